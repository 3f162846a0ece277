import type { AttributeRecord } from './attribute-record.js';
import { ownerOf } from './landscape.js';
import type { Landscape } from './landscape.js';
import { ELEMENT_KINDS, RELATION_KINDS } from './model.js';
import type { Element, ElementKind, Relation, RelationKind, Urn } from './model.js';
import { definitionChanges, elementChanges, relationChanges, urnAt } from './record-values.js';
import type { FieldChange } from './record-values.js';
import { LandscapeSnapshot } from './snapshot.js';
import type { Unlike } from './snapshot.js';

/** One object on both sides of a difference; undefined where a side does not have it. */
export interface RecordDifference<T> {
  readonly urn: Urn;
  readonly before: T | undefined;
  readonly after: T | undefined;
  /** The fields that changed; empty where the object was added or removed. */
  readonly fields: readonly FieldChange[];
  /** urns of a relation's ends, source first; empty for an element. */
  readonly ends: readonly Urn[];
}

/** Objects of one table, each list in order of urn. */
export interface TableDifference<T> {
  readonly added: readonly RecordDifference<T>[];
  readonly removed: readonly RecordDifference<T>[];
  readonly changed: readonly RecordDifference<T>[];
}

/** What leads from one landscape to another. */
export interface LandscapeDifference {
  readonly before: Landscape;
  readonly after: Landscape;
  readonly elements: TableDifference<Element>;
  readonly relations: TableDifference<Relation>;
  /** Attribute definitions made at run time. */
  readonly definitions: TableDifference<AttributeRecord>;
}

/**
 * What changed between two landscapes: two revisions, a base and a scenario, two branches of one base. Objects are the
 * same by urn, whatever their numbers. When an object last changed is no difference, and neither is where a value is
 * known from.
 *
 * Two snapshots that share pages cost what differs; any other two landscapes are read once.
 */
export function differenceBetween(before: Landscape, after: Landscape): LandscapeDifference {
  const { elements, relations } =
    before instanceof LandscapeSnapshot && after instanceof LandscapeSnapshot
      ? after.unlike(before)
      : {
          elements: unlike(before.elements(), after.elements()),
          relations: unlike(before.relations(), after.relations()),
        };
  return differenceOf(before, after, { elements, relations });
}

/** The difference between two landscapes of which it is known which objects are not the same. */
export function differenceOf(
  before: Landscape,
  after: Landscape,
  differing: { readonly elements: readonly Unlike<Element>[]; readonly relations: readonly Unlike<Relation>[] },
): LandscapeDifference {
  return {
    before,
    after,
    elements: tableDifference(differing.elements, { changes: elementChanges, endsOf: () => [] }),
    relations: tableDifference(differing.relations, {
      changes: (older, newer) => relationChanges([older, before], [newer, after]),
      endsOf: ({ source, target }, side) => {
        const landscape = side === 'BEFORE' ? before : after;
        return [urnAt(landscape, source), urnAt(landscape, target)];
      },
    }),
    definitions: tableDifference(unlikeDefinitions(before, after), { changes: definitionChanges, endsOf: () => [] }),
  };
}

/** Whether there is no difference at all. */
export function isSame({ elements, relations, definitions }: LandscapeDifference): boolean {
  return [elements, relations, definitions].every(
    (each) => each.added.length + each.removed.length + each.changed.length === 0,
  );
}

/** Pairs by number, without the objects that both sides share. */
export function unlike<T extends Element | Relation>(before: Iterable<T>, after: Iterable<T>): Unlike<T>[] {
  const older = new Map<number, T>();
  for (const record of before) older.set(record.seq, record);
  const pairs: Unlike<T>[] = [];
  for (const record of after) {
    const found = older.get(record.seq);
    older.delete(record.seq);
    if (found !== record) pairs.push({ before: found, after: record });
  }
  for (const record of older.values()) pairs.push({ before: record, after: undefined });
  return pairs;
}

function unlikeDefinitions(before: Landscape, after: Landscape): Unlike<AttributeRecord>[] {
  const [older, newer] = [before.definitions.made, after.definitions.made];
  if (older === newer) return [];
  return [...new Set([...older.keys(), ...newer.keys()])]
    .map((urn) => ({ before: older.get(urn), after: newer.get(urn) }))
    .filter((pair) => pair.before !== pair.after);
}

interface TableRules<T> {
  readonly changes: (before: T, after: T) => FieldChange[];
  readonly endsOf: (record: T, side: 'BEFORE' | 'AFTER') => readonly Urn[];
}

function tableDifference<T extends { readonly urn: Urn }>(
  pairs: readonly Unlike<T>[],
  { changes, endsOf }: TableRules<T>,
): TableDifference<T> {
  const older = new Map<Urn, T>();
  for (const { before } of pairs) if (before !== undefined) older.set(before.urn, before);
  const added: RecordDifference<T>[] = [];
  const changed: RecordDifference<T>[] = [];
  for (const { after } of pairs) {
    if (after === undefined) continue;
    const { urn } = after;
    const before = older.get(urn);
    older.delete(urn);
    const fields = before === undefined ? [] : changes(before, after);
    if (before === undefined) added.push({ urn, before, after, fields, ends: endsOf(after, 'AFTER') });
    else if (fields.length > 0) changed.push({ urn, before, after, fields, ends: endsOf(after, 'AFTER') });
  }
  const removed = Array.from(older.values(), (before): RecordDifference<T> => {
    return { urn: before.urn, before, after: undefined, fields: [], ends: endsOf(before, 'BEFORE') };
  });
  return { added: added.toSorted(byUrn), removed: removed.toSorted(byUrn), changed: changed.toSorted(byUrn) };
}

function byUrn(a: { readonly urn: string }, b: { readonly urn: string }): number {
  if (a.urn === b.urn) return 0;
  return a.urn < b.urn ? -1 : 1;
}

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

/** Counts a difference. Every list of counts sums up to the whole of its table. */
export function countDifference(difference: LandscapeDifference): DifferenceCounts {
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
