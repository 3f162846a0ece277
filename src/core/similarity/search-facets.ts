import type { Landscape } from '../landscape/landscape.js';
import { ownerSeqOf, phaseOf } from '../landscape/landscape.js';

/** By what found elements are counted. */
export const SEARCH_FACETS = ['kind', 'owner', 'layer', 'phase'] as const;
export type SearchFacetField = (typeof SEARCH_FACETS)[number];

/** How many elements share a value. */
export interface SearchFacetBucket {
  /** The code of a kind or phase, the number of a layer, the urn of an owner; UNKNOWN where nobody has told. */
  readonly key: string;
  readonly count: number;
}

export interface SearchFacet {
  readonly field: SearchFacetField;
  /** The most frequent first, then by key. Their counts sum up to the number of elements counted. */
  readonly buckets: readonly SearchFacetBucket[];
}

const UNKNOWN = 'UNKNOWN';

/** Counts elements of a landscape by kind, owner, layer and phase: each of the given seqs, and nothing else. */
export function facetsOf(landscape: Landscape, seqs: Iterable<number>): SearchFacet[] {
  const counts = new Map(SEARCH_FACETS.map((field) => [field, new Map<string, number>()]));
  const owners = new Map<number, number>();
  const count = (field: SearchFacetField, key: string): void => {
    const buckets = counts.get(field);
    buckets?.set(key, (buckets.get(key) ?? 0) + 1);
  };
  for (const seq of seqs) {
    const element = landscape.elementAt(seq);
    if (element === undefined) continue;
    count('kind', element.kind);
    count('layer', element.layer === null ? UNKNOWN : `${element.layer}`);
    count('phase', phaseOf(landscape, element));
    const owner = ownerSeqOf(landscape, seq) ?? -1;
    owners.set(owner, (owners.get(owner) ?? 0) + 1);
  }
  for (const [owner, holders] of owners) counts.get('owner')?.set(landscape.elementAt(owner)?.urn ?? UNKNOWN, holders);
  return Array.from(counts, ([field, buckets]) => ({
    field,
    buckets: Array.from(buckets, ([key, number]) => ({ key, count: number })).toSorted(
      (one, other) => other.count - one.count || (one.key < other.key ? -1 : 1),
    ),
  }));
}
