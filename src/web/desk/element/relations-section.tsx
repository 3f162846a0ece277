import { useTranslation } from 'react-i18next';
import { Paged } from '../frame/paged';
import { ElementRelationsDocument } from '../generated/documents';
import type { RelationFilterInput } from '../generated/documents';
import { usePages } from '../pages';
import { RelationTable } from './relation-table';

const PAGE = 50;

/** Relations both ways: what it needs, and what points to it. */
export function RelationsSection({ urn }: { readonly urn: string }) {
  return (
    <>
      <RelationList urn={urn} direction="OUTGOING" />
      <RelationList urn={urn} direction="INCOMING" />
    </>
  );
}

/** Relations of an element that match, page by page. */
export function useRelations(urn: string, filter: RelationFilterInput) {
  return usePages({
    query: ElementRelationsDocument,
    variables: (after) => ({ urn, filter, first: PAGE, after }),
    pick: (data) => data.element?.relations,
    listKey: `${urn} ${JSON.stringify(filter)}`,
  });
}

function RelationList({ urn, direction }: { readonly urn: string; readonly direction: 'OUTGOING' | 'INCOMING' }) {
  const { t } = useTranslation();
  const list = useRelations(urn, { direction });
  const title = t(direction === 'OUTGOING' ? 'relations.outgoing' : 'relations.incoming');
  return (
    <section aria-labelledby={direction}>
      <h2 id={direction}>{title}</h2>
      <Paged list={list} empty={<p className="unknown">{t('relations.none')}</p>}>
        {(relations) => <RelationTable title={title} urn={urn} relations={relations} />}
      </Paged>
    </section>
  );
}
