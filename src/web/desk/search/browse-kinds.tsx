import { Link } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { searchAddress } from '../addresses';
import { Loading } from '../frame/loading';
import { ProblemNotice } from '../frame/problem-notice';
import { LandscapeCountsDocument } from '../generated/documents';
import { useWriting } from '../language';
import { CoverageLine } from './coverage-line';
import { isKind } from './search-address';

/** Before anything is typed: what there is, kind by kind. */
export function BrowseKinds() {
  const { t } = useTranslation();
  const { number, moment, words } = useWriting();
  const [{ data, error }, again] = useQuery({ query: LandscapeCountsDocument, variables: {} });
  if (error !== undefined) {
    return <ProblemNotice error={error} onRetry={() => again({ requestPolicy: 'network-only' })} />;
  }
  if (data === undefined) return <Loading />;
  const { counts, coverage, relationCount, at } = data.landscape;
  if (counts.length === 0) return <p>{t('search.nothingYet')}</p>;
  return (
    <section aria-labelledby="browse">
      <h2 id="browse">{t('search.browse')}</h2>
      <ul className="kind-cards">
        {counts.map(({ key, count }) => (
          <li key={key}>
            <Link className="kind-card" href={searchAddress('', key)}>
              <span className="kind-count">{number(count)}</span>
              <span>{isKind(key) ? words.kind[key] : key}</span>
            </Link>
          </li>
        ))}
      </ul>
      {at !== null && (
        <p className="muted">{t('search.relations', { total: number(relationCount), at: moment(at) })}</p>
      )}
      <CoverageLine coverage={coverage} />
    </section>
  );
}
