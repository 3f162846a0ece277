import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { AccountDocument, ActAsDocument } from '../generated/documents';
import type { AccountQuery } from '../generated/documents';
import { useWriting } from '../language';

type Me = AccountQuery['me'];
type Person = NonNullable<Me['person']>;

/** As the value of a choice; no role has an empty id. */
const PUBLIC = '';

/** As whom one looks: who is signed in and in which role, or the way to sign in. */
export function Account() {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: AccountDocument });
  if (data === undefined) return <p className="account" />;
  const { me } = data;
  if (me.person !== null) return <SignedIn me={me} person={me.person} />;
  const here = `${location.pathname}${location.search}${location.hash}`;
  return (
    <p className="account">
      {t('frame.asPublic')} · <a href={`/sign-in?return=${encodeURIComponent(here)}`}>{t('frame.signIn')}</a>
    </p>
  );
}

function SignedIn({ me, person }: { readonly me: Me; readonly person: Person }) {
  const { t } = useTranslation();
  const { words } = useWriting();
  const [{ data }, actAs] = useMutation(ActAsDocument);
  const problem = data?.actAs.userErrors[0]?.message;
  const goOn = async (assignment: string): Promise<void> => {
    const done = await actAs({ input: { assignment: assignment === PUBLIC ? null : assignment, dryRun: false } });
    // Whatever is on the page was answered to the role before.
    if (done.data?.actAs.userErrors.length === 0) location.reload();
  };
  return (
    <form className="account" method="post" action="/sign-out">
      <span>{person.name}</span>
      <label>
        {t('frame.role')}{' '}
        <select value={me.assignment ?? PUBLIC} onChange={(event) => void goOn(event.target.value)}>
          <option value={PUBLIC}>{words.role.PUBLIC}</option>
          {person.roles.map(({ id, role, agency }) => (
            <option key={id} value={id}>
              {words.role[role]}
              {agency === null ? '' : ` · ${agency.name}`}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="quiet">
        {t('frame.signOut')}
      </button>
      {problem !== undefined && <span role="alert">{problem}</span>}
    </form>
  );
}
