import { Link } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { ElementLines } from '../element/element-lines';
import { Paged } from '../frame/paged';
import { BrowseElementsDocument } from '../generated/documents';
import type { ElementKind } from '../generated/documents';
import { useWriting } from '../language';
import { usePages } from '../pages';

const PAGE = 50;

/** All elements of one kind by name, page by page. */
export function BrowseKind({ kind }: { readonly kind: ElementKind }) {
  const { t } = useTranslation();
  const { number, words } = useWriting();
  const list = usePages({
    query: BrowseElementsDocument,
    variables: (after) => ({ kinds: [kind], first: PAGE, after }),
    pick: (data) => data.elements,
    listKey: kind,
  });
  const title = t('search.ofKind', { kind: words.kind[kind], total: number(list.totalCount) });
  return (
    <section aria-labelledby="of-kind">
      <p className="crumbs">
        <Link href="/tim">{t('search.browse')}</Link>
      </p>
      <h2 id="of-kind">{list.nodes.length === 0 ? words.kind[kind] : title}</h2>
      <Paged list={list} empty={<p>{t('search.nothingYet')}</p>}>
        {(nodes) => <ElementLines elements={nodes} />}
      </Paged>
    </section>
  );
}
