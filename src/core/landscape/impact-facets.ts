import type { ImpactSeverity } from './impact-states.js';
import { ownerOf } from './landscape.js';
import type { Landscape } from './landscape.js';
import type { ElementKind } from './model.js';

/** What is counted of each item. */
interface Counted {
  /** seq */
  readonly element: number;
  readonly depth: number;
  readonly severity: ImpactSeverity;
}

/** How many of a set share one value. */
export interface FacetCount<K> {
  /** null = the value is not known. */
  readonly key: K | null;
  readonly count: number;
}

/**
 * The same set of impacted elements counted by several of their values: each facet sums up to the size of the set. The
 * most frequent value comes first, of equals the one met first.
 */
export interface ImpactFacets {
  readonly kind: readonly FacetCount<ElementKind>[];
  /** seq of the agency that owns the element. */
  readonly owner: readonly FacetCount<number>[];
  readonly layer: readonly FacetCount<number>[];
  readonly severity: readonly FacetCount<ImpactSeverity>[];
  readonly depth: readonly FacetCount<number>[];
}

/** Each facet is counted when it is read. */
export function impactFacets(landscape: Landscape, impacted: () => readonly Counted[]): ImpactFacets {
  const by = <K>(keyOf: (item: Counted) => K | null): FacetCount<K>[] => countBy(impacted(), keyOf);
  return {
    get kind() {
      return by(({ element }) => landscape.elementAt(element)?.kind ?? null);
    },
    get owner() {
      return by(({ element }) => ownerOf(landscape, element)?.seq ?? null);
    },
    get layer() {
      return by(({ element }) => landscape.elementAt(element)?.layer ?? null);
    },
    get severity() {
      return by(({ severity }) => severity);
    },
    get depth() {
      return by(({ depth }) => depth);
    },
  };
}

function countBy<T, K>(items: readonly T[], keyOf: (item: T) => K | null): FacetCount<K>[] {
  const counts = new Map<K | null, number>();
  for (const item of items) {
    const key = keyOf(item);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return Array.from(counts, ([key, count]) => ({ key, count })).toSorted((a, b) => b.count - a.count);
}
