import type { Landscape } from './landscape.js';
import { isRelationKind } from './model.js';
import type { Json } from './model.js';
import type { LoggedOperation } from './operation.js';
import { isRecord } from './record-fields.js';
import { completeValue, withValueAt } from './record-values.js';
import type { RecordValue } from './record-values.js';

/** What a field was before a change set and what it is after. */
export interface FieldSpan {
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** What a whole change set does to one object, its steps taken together. */
export interface NetChange {
  readonly urn: string;
  /** The whole record before; null = it was not there; undefined = it was there, and of it only `fields` is known. */
  readonly before: RecordValue | null | undefined;
  /** The whole record after; null = it is not there; undefined = it is there, and of it only `fields` is known. */
  readonly after: RecordValue | null | undefined;
  /** What was set on an object that was there before and after, by path. */
  readonly fields: ReadonlyMap<string, FieldSpan>;
}

/**
 * Takes the steps of a logged change set together by object, in the order in which it first names them.
 * @param landscape - tells the urns of ends that an entry names by number.
 * @throws RangeError where an entry holds no record where it must: the log is ours.
 */
export function netChanges(landscape: Landscape, log: readonly LoggedOperation[]): NetChange[] {
  const changes = new Map<string, NetChange>();
  for (const entry of log) {
    const known = changes.get(entry.urn) ?? { urn: entry.urn, before: undefined, after: undefined, fields: new Map() };
    changes.set(entry.urn, followed(known, entry, landscape));
  }
  return [...changes.values()];
}

function followed(change: NetChange, entry: LoggedOperation, landscape: Landscape): NetChange {
  const { path } = entry;
  if (entry.op === 'ADD') {
    const before = change.before === undefined ? null : change.before;
    return { ...change, before, after: addedValue(entry), fields: new Map() };
  }
  if (path === null) {
    const before = change.before === undefined ? valueBefore(change, entry, landscape) : change.before;
    return { ...change, before, after: null, fields: new Map() };
  }
  if (change.after !== undefined && change.after !== null) {
    return { ...change, after: withValueAt(change.after, path, entry.after) };
  }
  const span = { before: (change.fields.get(path) ?? entry).before, after: entry.after };
  return { ...change, fields: new Map(change.fields).set(path, span) };
}

/** The record that an ADD made. A new relation takes its provenance and confidence from the source of the operation. */
function addedValue({ urn, after, source }: LoggedOperation): RecordValue {
  const isBare = source === null || !isRecord(after) || !isRelationKind(after['kind']);
  const given = isBare ? after : withProvenance(after, source);
  const value = completeValue(given);
  if (value === undefined) throw new RangeError(`the log holds no record of ${urn}`);
  return value;
}

function withProvenance(
  value: RecordValue,
  { source, confidence }: NonNullable<LoggedOperation['source']>,
): RecordValue {
  return { ...value, provenance: value['provenance'] ?? source, confidence: value['confidence'] ?? confidence };
}

/** The record that a REMOVE found, as it was before the fields were set that the change set had set by then. */
function valueBefore({ fields }: NetChange, { urn, before }: LoggedOperation, landscape: Landscape): RecordValue {
  let value = completeValue(isRecord(before) ? withEnds(before, landscape) : before);
  if (value === undefined) throw new RangeError(`the log holds no record of ${urn}`);
  for (const [path, span] of fields) value = withValueAt(value, path, span.before);
  return value;
}

/** Ends that are told by number become urns, where the element is still there. */
function withEnds(value: RecordValue, landscape: Landscape): RecordValue {
  const ends = (['source', 'target'] as const).flatMap((end): [string, Json][] => {
    const number = value[end];
    const urn = typeof number === 'number' ? landscape.elementAt(number)?.urn : undefined;
    return urn === undefined ? [] : [[end, urn]];
  });
  return { ...value, ...Object.fromEntries(ends) };
}
