import { sameJson } from '../same-json.js';
import { definitionValue } from './attribute-record.js';
import type { AttributeRecord } from './attribute-record.js';
import type { Conflict } from './conflict.js';
import type { LandscapeDifference, RecordDifference } from './difference.js';
import type { Landscape } from './landscape.js';
import type { Element, Json, Relation, Urn } from './model.js';
import { recordValue, valueChanges } from './record-values.js';
import type { FieldChange, RecordValue } from './record-values.js';

type AnyRecord = Element | Relation | AttributeRecord;

/** What one side does to an object. */
export interface Deed {
  readonly way: 'added' | 'removed' | 'changed';
  readonly record: RecordDifference<AnyRecord>;
}

/** What a side does, by urn: elements, relations, attribute definitions, each way in order of urn. */
export function deedsOf({ elements, relations, definitions }: LandscapeDifference): ReadonlyMap<string, Deed> {
  const deeds = new Map<string, Deed>();
  for (const table of [elements, relations, definitions]) {
    for (const way of ['added', 'removed', 'changed'] as const) {
      for (const record of table[way]) deeds.set(record.urn, { way, record });
    }
  }
  return deeds;
}

/**
 * The places where two changes of one landscape do not go together, in order of urn and field. Both may have begun at
 * the same revision or not: only what each of them does is compared. The same deed on both sides is no conflict.
 * @param ours - the side whose values are told as `scenario`; those of `theirs` are told as `current`.
 */
export function conflictsBetween(ours: LandscapeDifference, theirs: LandscapeDifference): Conflict[] {
  const [ourDeeds, theirDeeds] = [deedsOf(ours), deedsOf(theirs)];
  const joined = addedAt(theirs);
  const conflicts: Conflict[] = [];
  for (const [urn, deed] of ourDeeds) {
    const sides: Sides = { ours, theirs, deed, other: theirDeeds.get(urn) };
    if (deed.way === 'added') {
      conflicts.push(...(sides.other?.way === 'added' ? bothAdded(sides) : endsGone(deed, theirDeeds)));
    } else if (deed.way === 'removed') conflicts.push(...removedHere(sides, joined.get(urn) ?? []));
    else conflicts.push(...changedHere(sides));
  }
  return inOrder(conflicts);
}

/** Conflicts in order of urn and field. */
export function inOrder(conflicts: readonly Conflict[]): Conflict[] {
  return conflicts.toSorted(byPlace);
}

interface Sides {
  readonly ours: LandscapeDifference;
  readonly theirs: LandscapeDifference;
  readonly deed: Deed;
  readonly other: Deed | undefined;
}

/** The fields in which two objects that were added under one urn differ: first theirs, then ours. */
export function addedOtherwise({ ours, theirs, deed, other }: Sides): FieldChange[] {
  const [here, there] = [wholeOf(ours.after, deed.record.after), wholeOf(theirs.after, other?.record.after)];
  return here === undefined || there === undefined ? [] : valueChanges(there, here);
}

/** Whether one urn was given to two things: an element and a relation, or relations between other ends. */
export function isAnotherThing({ deed, other }: Pick<Sides, 'deed' | 'other'>): boolean {
  return !sameJson(natureOf(deed), natureOf(other));
}

/** What can not be changed by setting fields: whether it is an element, a relation between which ends, or a definition. */
function natureOf(deed: Deed | undefined): Json {
  const record = deed?.record.after ?? deed?.record.before;
  return [record !== undefined && 'definition' in record, ...(deed?.record.ends ?? [])];
}

function bothAdded(sides: Sides): Conflict[] {
  const { ours, theirs, deed, other } = sides;
  const { urn } = deed.record;
  if (isAnotherThing(sides)) {
    const current = wholeOf(theirs.after, other?.record.after);
    const scenario = wholeOf(ours.after, deed.record.after);
    return [{ urn, path: null, cause: 'URN_TAKEN', base: undefined, current, scenario }];
  }
  // Where one side says nothing the other completes it.
  return addedOtherwise(sides).flatMap(({ path, before: current, after: scenario }) =>
    current === undefined || scenario === undefined
      ? []
      : [{ urn, path, cause: 'CHANGED_OTHERWISE' as const, base: undefined, current, scenario }],
  );
}

function endsGone({ record: { urn, ends } }: Deed, theirs: ReadonlyMap<string, Deed>): Conflict[] {
  return ends.flatMap((end, index): Conflict[] => {
    if (theirs.get(end)?.way !== 'removed') return [];
    const path = index === 0 ? 'source' : 'target';
    return [{ urn, path, cause: 'END_GONE', base: end, current: undefined, scenario: end }];
  });
}

function removedHere({ ours, theirs, deed, other }: Sides, joined: readonly Urn[]): Conflict[] {
  const { urn, before } = deed.record;
  const place = { urn, path: null, base: wholeOf(ours.before, before), scenario: undefined };
  const conflicts: Conflict[] = [];
  if (other?.way === 'changed') {
    conflicts.push({ ...place, cause: 'CHANGED_THERE', current: wholeOf(theirs.after, other.record.after) });
  }
  if (joined.length > 0) conflicts.push({ ...place, cause: 'STILL_RELATED', current: joined });
  return conflicts;
}

function changedHere({ ours, deed, other }: Sides): Conflict[] {
  const { urn, before, after, fields } = deed.record;
  if (other?.way === 'removed') {
    const [base, scenario] = [wholeOf(ours.before, before), wholeOf(ours.after, after)];
    return [{ urn, path: null, cause: 'REMOVED_THERE', base, current: undefined, scenario }];
  }
  if (other?.way !== 'changed') return [];
  const there = new Map(other.record.fields.map((field) => [field.path, field]));
  return fields.flatMap(({ path, before: base, after: scenario }): Conflict[] => {
    const field = there.get(path);
    if (field === undefined || sameJson(field.after, scenario)) return [];
    return [{ urn, path, cause: 'CHANGED_OTHERWISE', base, current: field.after, scenario }];
  });
}

/** urns of the relations that a side adds, by the element at either end. */
function addedAt({ relations }: LandscapeDifference): ReadonlyMap<string, Urn[]> {
  const joined = new Map<string, Urn[]>();
  for (const { urn, ends } of relations.added) {
    for (const end of new Set(ends)) joined.set(end, [...(joined.get(end) ?? []), urn]);
  }
  return joined;
}

/** The whole record of a side as an ADD gives it. */
export function wholeOf(landscape: Landscape, record: AnyRecord | undefined): RecordValue | undefined {
  if (record === undefined) return undefined;
  return 'definition' in record ? definitionValue(record) : recordValue(landscape, record);
}

function byPlace(a: Conflict, b: Conflict): number {
  const [one, other] = [a, b]
    .map(({ urn, path, cause }): Json => [urn, path ?? '', cause])
    .map((each) => JSON.stringify(each));
  return one === other || one === undefined || other === undefined ? 0 : one < other ? -1 : 1;
}
