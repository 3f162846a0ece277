import type { AttributeRecord } from './attribute-record.js';
import { phaseOf } from './landscape.js';
import type { Landscape } from './landscape.js';
import type { Element, LifecyclePhase, Relation, Urn } from './model.js';
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
  /** Of an element that is in other phases on the days of the two sides; undefined otherwise. */
  readonly phase?: PhaseChange | undefined;
}

/** The phases of an element on the days of two landscapes; UNKNOWN where nobody can say which. */
export interface PhaseChange {
  readonly before: LifecyclePhase;
  readonly after: LifecyclePhase;
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
 * What changed between two landscapes: two revisions, a base and a scenario, two branches of one base, two days. Objects
 * are the same by urn, whatever their numbers, so that what was removed and given back has changed at most. When an object
 * last changed is no difference, and neither is where a value is known from.
 *
 * Between two days an element differs that is in another phase, though nobody changed what is recorded. Each side is taken
 * as it is: where only one of them leaves out what does not hold on its day, all that the other has beside it counts as
 * added or removed.
 *
 * Two snapshots that share pages cost what differs; any other two landscapes are read once.
 */
export function differenceBetween(before: Landscape, after: Landscape): LandscapeDifference {
  const { elements, relations } =
    before instanceof LandscapeSnapshot && after instanceof LandscapeSnapshot
      ? after.unlike(before)
      : {
          elements: unlike(before.elements(), after.elements(), phaseTelling(before, after)),
          relations: unlike(before.relations(), after.relations()),
        };
  const phaseBetween = (older: Element, newer: Element): PhaseChange | undefined =>
    phaseChange(phaseOf(before, older), phaseOf(after, newer));
  return differenceOf(before, after, { elements, relations, phaseBetween });
}

/** The objects in which two landscapes may differ, and how the phases of an element do. */
export interface Differing {
  readonly elements: readonly Unlike<Element>[];
  readonly relations: readonly Unlike<Relation>[];
  readonly phaseBetween: (before: Element, after: Element) => PhaseChange | undefined;
}

/** The difference between two landscapes of which it is known which objects are not the same. */
export function differenceOf(before: Landscape, after: Landscape, differing: Differing): LandscapeDifference {
  return {
    before,
    after,
    elements: tableDifference(differing.elements, {
      changes: elementChanges,
      endsOf: noEnds,
      phaseBetween: differing.phaseBetween,
    }),
    relations: tableDifference(differing.relations, {
      changes: (older, newer) => relationChanges([older, before], [newer, after]),
      endsOf: ({ source, target }, side) => {
        const landscape = side === 'BEFORE' ? before : after;
        return [urnAt(landscape, source), urnAt(landscape, target)];
      },
    }),
    definitions: tableDifference(unlikeDefinitions(before, after), { changes: definitionChanges, endsOf: noEnds }),
  };
}

/** Whether there is no difference at all. */
export function isSame({ elements, relations, definitions }: LandscapeDifference): boolean {
  return [elements, relations, definitions].every(
    (each) => each.added.length + each.removed.length + each.changed.length === 0,
  );
}

function noEnds(): readonly Urn[] {
  return [];
}

/** Undefined where the phases are the same. */
export function phaseChange(before: LifecyclePhase, after: LifecyclePhase): PhaseChange | undefined {
  return before === after ? undefined : { before, after };
}

/** Tells whether one and the same element is in other phases on two sides; undefined where none can be. */
function phaseTelling(before: Landscape, after: Landscape): ((element: Element) => boolean) | undefined {
  if (before.day === after.day && before.today === after.today) return undefined;
  return (element) => phaseOf(before, element) !== phaseOf(after, element);
}

/**
 * Pairs by number, without the objects that both sides share.
 * @param differs - whether an object that both share differs all the same.
 */
export function unlike<T extends Element | Relation>(
  before: Iterable<T>,
  after: Iterable<T>,
  differs?: (shared: T) => boolean,
): Unlike<T>[] {
  const older = new Map<number, T>();
  for (const record of before) older.set(record.seq, record);
  const pairs: Unlike<T>[] = [];
  for (const record of after) {
    const found = older.get(record.seq);
    older.delete(record.seq);
    if (found !== record || differs?.(record) === true) pairs.push({ before: found, after: record });
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
  readonly phaseBetween?: (before: T, after: T) => PhaseChange | undefined;
}

function tableDifference<T extends { readonly urn: Urn }>(
  pairs: readonly Unlike<T>[],
  { changes, endsOf, phaseBetween }: TableRules<T>,
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
    const ends = endsOf(after, 'AFTER');
    if (before === undefined) {
      added.push({ urn, before, after, fields: [], ends });
      continue;
    }
    const [fields, phase] = [changes(before, after), phaseBetween?.(before, after)];
    if (fields.length > 0 || phase !== undefined) changed.push({ urn, before, after, fields, ends, phase });
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
