import type { Facet } from './facets.js';
import type { ImpactSeverity } from './impact-states.js';

/** What an analysis knows of an element beside the element itself. */
interface Counted {
  readonly depth: number;
  readonly severity: ImpactSeverity;
}

/** The fields of an impacted element that are no fields of the element. */
export const IMPACT_FACET_FIELDS = ['severity', 'depth'] as const;
export type ImpactFacetField = (typeof IMPACT_FACET_FIELDS)[number];

/**
 * Counts impacted elements by one field of the impact; the counts sum up to their number. The most frequent value comes
 * first, of equals the one met first. By fields of the elements they are counted as any elements are.
 */
export function impactFacet(items: readonly Counted[], field: ImpactFacetField): Facet {
  const counts = new Map<string, number>();
  for (const item of items) {
    const key = `${item[field]}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const buckets = Array.from(counts, ([key, count]) => ({ key, count })).toSorted((a, b) => b.count - a.count);
  return { field, buckets };
}
