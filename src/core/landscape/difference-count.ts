import type { LandscapeDifference, TableDifference } from './difference.js';
import { ownerOf } from './landscape.js';
import { ELEMENT_KINDS, RELATION_KINDS } from './model.js';
import type { Element, ElementKind, RelationKind } from './model.js';

/** How many objects differ, and how. */
export interface DifferenceCount {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
}

export interface DifferenceCounts {
  readonly elements: DifferenceCount;
  readonly relations: DifferenceCount;
  /** Kinds that differ, in the order of ELEMENT_KINDS; of a reclassified element its new kind. */
  readonly byElementKind: readonly (DifferenceCount & { readonly kind: ElementKind })[];
  /** In the order of RELATION_KINDS. */
  readonly byRelationKind: readonly (DifferenceCount & { readonly kind: RelationKind })[];
  /**
   * Elements by the agency that owns them, of what was removed by the one that owned it; in order of its urn, those
   * whose owner nobody knows (undefined) last.
   */
  readonly byOwner: readonly (DifferenceCount & { readonly owner: Element | undefined })[];
}

const WAYS = ['added', 'removed', 'changed'] as const;
type Tally = { -readonly [K in keyof DifferenceCount]: DifferenceCount[K] };

/** Counted once, however many fields of an answer ask for a part of it. */
const counted = new WeakMap<LandscapeDifference, DifferenceCounts>();

/** Counts a difference. Every list of counts sums up to the whole of its table. */
export function countDifference(difference: LandscapeDifference): DifferenceCounts {
  const known = counted.get(difference) ?? count(difference);
  counted.set(difference, known);
  return known;
}

function count(difference: LandscapeDifference): DifferenceCounts {
  const { before, after, elements, relations } = difference;
  const elementKinds = tally(elements, (record) => record.kind);
  const relationKinds = tally(relations, (record) => record.kind);
  const owners = tally(elements, ({ seq }, way) => ownerOf(way === 'removed' ? before : after, seq)?.urn);
  const ownerUrns = [...owners.keys()].flatMap((urn) => urn ?? []).toSorted();
  return {
    elements: sizes(elements),
    relations: sizes(relations),
    byElementKind: ELEMENT_KINDS.flatMap((kind) => withKind(kind, elementKinds.get(kind))),
    byRelationKind: RELATION_KINDS.flatMap((kind) => withKind(kind, relationKinds.get(kind))),
    byOwner: [...ownerUrns, undefined].flatMap((urn) => {
      const counts = owners.get(urn);
      const owner = urn === undefined ? undefined : (after.elementByUrn(urn) ?? before.elementByUrn(urn));
      return counts === undefined ? [] : [{ owner, ...counts }];
    }),
  };
}

function sizes({ added, removed, changed }: TableDifference<unknown>): DifferenceCount {
  return { added: added.length, removed: removed.length, changed: changed.length };
}

function tally<T, K>(
  table: TableDifference<T>,
  keyOf: (record: T, way: (typeof WAYS)[number]) => K,
): ReadonlyMap<K, DifferenceCount> {
  const counts = new Map<K, Tally>();
  for (const way of WAYS) {
    for (const { before, after } of table[way]) {
      const record = after ?? before;
      if (record === undefined) continue;
      const key = keyOf(record, way);
      const count = counts.get(key) ?? { added: 0, removed: 0, changed: 0 };
      count[way] += 1;
      counts.set(key, count);
    }
  }
  return counts;
}

function withKind<K>(kind: K, counts: DifferenceCount | undefined): (DifferenceCount & { readonly kind: K })[] {
  return counts === undefined ? [] : [{ kind, ...counts }];
}
