import { useTranslation } from 'react-i18next';
import { NoPermission } from '../frame/problem-notice';
import { Paged } from '../frame/paged';
import { ElementHistoryDocument } from '../generated/documents';
import type { ElementHistoryQuery } from '../generated/documents';
import { useWriting } from '../language';
import { usePages } from '../pages';
import type { ElementSeen } from './element-seen';

const PAGE = 20;
type History = NonNullable<NonNullable<ElementHistoryQuery['element']>['history']>;
type Change = History['nodes'][number];

/** The change sets that touched an element, newest first, to whoever may read them. */
export function HistorySection({ element }: { readonly element: ElementSeen }) {
  const { t } = useTranslation();
  const { urn, revision } = element;
  const list = usePages({
    query: ElementHistoryDocument,
    variables: (after) => ({ urn, first: PAGE, after }),
    pick: (data) => data.element?.history,
    listKey: urn,
  });
  return (
    <section aria-labelledby="history-title">
      <h2 id="history-title">{t('history.title')}</h2>
      <Paged
        list={list}
        empty={<p>{t('history.none')}</p>}
        absent={<NoPermission message={t('history.hidden', { revision })} />}
      >
        {(changes) => <ChangeTable changes={changes} />}
      </Paged>
    </section>
  );
}

function ChangeTable({ changes }: { readonly changes: readonly Change[] }) {
  const { t } = useTranslation();
  const { moment, number, words } = useWriting();
  return (
    <table className="table">
      <caption className="hidden">{t('history.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('history.when')}</th>
          <th scope="col">{t('history.who')}</th>
          <th scope="col">{t('history.why')}</th>
          <th scope="col">{t('history.from')}</th>
          <th scope="col">{t('history.revision')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ id, at, author, reason, source, revision }) => (
          <tr key={id}>
            <td data-label={t('history.when')}>{moment(at)}</td>
            <td data-label={t('history.who')}>{author}</td>
            <td data-label={t('history.why')}>{reason}</td>
            <td data-label={t('history.from')}>{words.changeSource[source]}</td>
            <td data-label={t('history.revision')}>{number(revision)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
