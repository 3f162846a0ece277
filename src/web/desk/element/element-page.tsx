import { Link } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Loading } from '../frame/loading';
import { ProblemNotice } from '../frame/problem-notice';
import { useTitle } from '../frame/title';
import { ElementPageDocument } from '../generated/documents';
import { ElementHead } from './element-head';
import { ElementSections } from './element-sections';

/** How many missing facts are asked for at once; the page says how many there are. */
const MISSING_SHOWN = 100;

/** One element: what is known, from where, how surely, and what is not. */
export function ElementPage({ urn }: { readonly urn: string }) {
  const { t } = useTranslation();
  const [{ data, error }, again] = useQuery({ query: ElementPageDocument, variables: { urn, missing: MISSING_SHOWN } });
  const element = data?.element;
  useTitle(element?.name ?? (data === undefined ? undefined : t('problem.unknownTitle')));
  if (error !== undefined) {
    return <ProblemNotice error={error} onRetry={() => again({ requestPolicy: 'network-only' })} />;
  }
  if (data === undefined) return <Loading />;
  if (!element) return <UnknownElement urn={urn} />;
  return (
    <article className="element">
      <ElementHead element={element} />
      <ElementSections element={element} />
    </article>
  );
}

function UnknownElement({ urn }: { readonly urn: string }) {
  const { t } = useTranslation();
  return (
    <div className="notice">
      <h1>{t('problem.unknownTitle')}</h1>
      <p>{t('problem.unknown', { urn })}</p>
      <p>
        <Link href="/tim">{t('problem.toSearch')}</Link>
      </p>
    </div>
  );
}
