import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useCallback, useEffect, useState } from 'react';
import { useClient } from 'urql';
import type { AnyVariables, CombinedError } from 'urql';

/** A page of any list of the schema. */
export interface Page<Node> {
  readonly totalCount: number;
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface Read<Node> {
  readonly nodes: readonly Node[];
  readonly totalCount: number;
  /** Where to go on; null where everything is there. */
  readonly next: string | null;
  /** The service gives no such list here: to this reader, or of this kind. */
  readonly isAbsent: boolean;
}

/** A list as far as it was read. */
export interface PagedList<Node> extends Read<Node> {
  readonly isLoading: boolean;
  readonly error: CombinedError | undefined;
  /** Reads the next page; after a failure, the one that failed. */
  readonly more: () => void;
}

interface Asked<Data, Variables extends AnyVariables, Node> {
  readonly query: TypedDocumentNode<Data, Variables>;
  /** What is asked, with the cursor to go on after. */
  readonly variables: (after: string | null) => Variables;
  readonly pick: (data: Data) => Page<Node> | null | undefined;
  /** Another key is another list. */
  readonly listKey: string;
}

const NOTHING: Read<never> = { nodes: [], totalCount: 0, next: null, isAbsent: false };

/** Reads a list page by page, and keeps what was read when a later page fails. */
export function usePages<Data, Variables extends AnyVariables, Node>(
  asked: Asked<Data, Variables, Node>,
): PagedList<Node> {
  const client = useClient();
  const [read, setRead] = useState<Read<Node>>(NOTHING);
  const [error, setError] = useState<CombinedError>();
  const [isLoading, setLoading] = useState(true);

  const load = useCallback(
    async (before: Read<Node>, isCurrent: () => boolean) => {
      setLoading(true);
      const answer = await client.query(asked.query, asked.variables(before.next)).toPromise();
      if (!isCurrent()) return;
      const page = answer.data === undefined ? undefined : asked.pick(answer.data);
      setError(page ? undefined : answer.error);
      if (page) setRead(joined(before, page));
      else if (answer.data !== undefined) setRead({ ...before, isAbsent: true });
      setLoading(false);
    },
    // The key stands for the variables and the way to pick, which are made anew by each rendering.
    [client, asked.query, asked.listKey],
  );

  useEffect(() => {
    let isCurrent = true;
    setRead(NOTHING);
    void load(NOTHING, () => isCurrent);
    return () => {
      isCurrent = false;
    };
  }, [load]);

  return { ...read, isLoading, error, more: () => void load(read, () => true) };
}

function joined<Node>(before: Read<Node>, page: Page<Node>): Read<Node> {
  return {
    nodes: [...before.nodes, ...page.nodes],
    totalCount: page.totalCount,
    next: page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null,
    isAbsent: false,
  };
}
