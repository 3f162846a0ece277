import type { ValueSource } from './model.js';

/** Where values are known from at one revision: by the urn of their object and the path of their field. */
export type SourceTable = ReadonlyMap<string, Readonly<Record<string, ValueSource>>>;

/** Where the values that a change set touched were known from before it, after it, and are known from now. */
export interface SourcesAround {
  readonly before: SourceTable;
  readonly after: SourceTable;
  readonly now: SourceTable;
}

/** The source of one value; undefined where none is known. */
export function sourceAt(table: SourceTable, urn: string, path: string): ValueSource | undefined {
  const sources = table.get(urn);
  return sources !== undefined && Object.hasOwn(sources, path) ? sources[path] : undefined;
}

/** The fields of an object whose source a change set changed and nobody since, in order. */
export function sourcesLeft({ before, after, now }: SourcesAround, urn: string): string[] {
  const paths = new Set([before, after].flatMap((table) => Object.keys(table.get(urn) ?? {})));
  return [...paths].toSorted().filter((path) => {
    const left = sourceAt(after, urn, path);
    return !isSameSource(sourceAt(before, urn, path), left) && isSameSource(left, sourceAt(now, urn, path));
  });
}

function isSameSource(one: ValueSource | undefined, other: ValueSource | undefined): boolean {
  return one?.source === other?.source && one?.confidence === other?.confidence;
}
