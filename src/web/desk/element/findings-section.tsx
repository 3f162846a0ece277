import { useTranslation } from 'react-i18next';
import { Paged } from '../frame/paged';
import { ElementFindingsDocument } from '../generated/documents';
import { usePages } from '../pages';
import { FindingShown } from './finding-shown';

const PAGE = 20;

/** What the city's rules say of an element, to whoever may read it. */
export function FindingsSection({ urn }: { readonly urn: string }) {
  const { t } = useTranslation();
  const list = usePages({
    query: ElementFindingsDocument,
    variables: (after) => ({ urn, first: PAGE, after }),
    pick: (data) => data.element?.findings,
    listKey: urn,
  });
  return (
    <section aria-labelledby="findings-title">
      <h2 id="findings-title">{t('findings.title')}</h2>
      <Paged list={list} empty={<p>{t('findings.none')}</p>}>
        {(findings) => (
          <ul className="findings">
            {findings.map((finding) => (
              <FindingShown key={finding.id} finding={finding} />
            ))}
          </ul>
        )}
      </Paged>
    </section>
  );
}
