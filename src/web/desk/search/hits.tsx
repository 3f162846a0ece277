import { useState } from 'react';
import { Button, ListBox } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Loading } from '../frame/loading';
import { ProblemNotice } from '../frame/problem-notice';
import { SearchElementsDocument } from '../generated/documents';
import type { ElementKind, SearchElementsQuery } from '../generated/documents';
import { useWriting } from '../language';
import { CoverageLine } from './coverage-line';
import { Hit } from './hit';
import { KindChoice } from './kind-choice';
import { SearchStatus } from './search-status';

/** How many are shown at first, and the most that the service gives. */
const [FEW, MOST] = [20, 50];

interface Props {
  readonly text: string;
  readonly kind: ElementKind | undefined;
  readonly onKind: (kind: ElementKind | undefined) => void;
}

/** What was found, the best first, with how it was understood and among how much it was sought. */
export function Hits({ text, kind, onKind }: Props) {
  const search = `${kind ?? ''} ${text}`;
  const [widened, setWidened] = useState<string>();
  const first = widened === search ? MOST : FEW;
  const [{ data, error, fetching }, again] = useQuery({
    query: SearchElementsDocument,
    variables: { text, kinds: kind === undefined ? null : [kind], first },
  });
  if (error !== undefined) {
    return <ProblemNotice error={error} onRetry={() => again({ requestPolicy: 'network-only' })} />;
  }
  if (data === undefined) return <Loading />;
  return (
    <section className="hits" aria-busy={fetching}>
      <SearchStatus answer={data.search} text={text} kind={kind} />
      <KindChoice answer={data.search} kind={kind} onKind={onKind} />
      <HitList answer={data.search} />
      <Rest answer={data.search} isPending={fetching} onMore={() => setWidened(search)} />
      <CoverageLine coverage={data.search.coverage} isSearch />
    </section>
  );
}

type Answer = SearchElementsQuery['search'];

function HitList({ answer }: { readonly answer: Answer }) {
  const { t } = useTranslation();
  if (answer.hits.length === 0) return null;
  return (
    <ListBox className="hit-list" aria-label={t('search.results')} items={answer.hits} selectionMode="none">
      {(hit) => <Hit id={hit.element.urn} hit={hit} />}
    </ListBox>
  );
}

/** What was found beyond what is shown: a button while the service gives more, then a word of it. */
function Rest(props: { readonly answer: Answer; readonly isPending: boolean; readonly onMore: () => void }) {
  const { t } = useTranslation();
  const { number } = useWriting();
  const { hits, totalCount } = props.answer;
  if (hits.length >= totalCount) return null;
  if (hits.length >= MOST) return <p className="muted">{t('search.best', { shown: number(hits.length) })}</p>;
  return (
    <p className="more">
      <span className="muted">{t('frame.shown', { shown: number(hits.length), total: number(totalCount) })}</span>
      <Button className="button quiet" isPending={props.isPending} onPress={props.onMore}>
        {t('frame.more')}
      </Button>
    </p>
  );
}
