import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useWriting } from '../language';
import type { PagedList } from '../pages';
import { Loading } from './loading';
import { ProblemNotice } from './problem-notice';

interface Props<Node> {
  readonly list: PagedList<Node>;
  /** What is said where the list is empty. */
  readonly empty: ReactNode;
  /** What is said where there is no such list. */
  readonly absent?: ReactNode;
  readonly children: (nodes: readonly Node[]) => ReactNode;
}

/** A list in each of its states: on its way, failed, absent, empty, and there with what comes after it. */
export function Paged<Node>({ list, empty, absent, children }: Props<Node>) {
  const isFirst = list.nodes.length === 0;
  if (list.error !== undefined && isFirst) return <ProblemNotice error={list.error} onRetry={list.more} />;
  if (list.isLoading && isFirst) return <Loading />;
  if (list.isAbsent) return <>{absent}</>;
  if (isFirst) return <>{empty}</>;
  return (
    <>
      {children(list.nodes)}
      {list.error !== undefined && <ProblemNotice error={list.error} onRetry={list.more} />}
      {list.error === undefined && list.next !== null && <More list={list} />}
    </>
  );
}

function More<Node>({ list }: { readonly list: PagedList<Node> }) {
  const { t } = useTranslation();
  const { number } = useWriting();
  return (
    <p className="more">
      <span className="muted">
        {t('frame.shown', { shown: number(list.nodes.length), total: number(list.totalCount) })}
      </span>
      <Button className="button quiet" isPending={list.isLoading} onPress={list.more}>
        {t('frame.more')}
      </Button>
    </p>
  );
}
