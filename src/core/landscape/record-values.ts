import { sameJson } from '../same-json.js';
import { DEFINITION_FIELDS, DEFINITION_KIND, definitionValue, parseDefinition } from './attribute-record.js';
import type { AttributeRecord } from './attribute-record.js';
import type { Landscape } from './landscape.js';
import { isElementKind } from './model.js';
import type { Element, Json, Relation, Urn } from './model.js';
import { ELEMENT_FIELDS, RELATION_FIELDS, isJson, isRecord, parseFields } from './record-fields.js';
import type { ElementFields, RelationFields } from './record-fields.js';

/**
 * A record as an ADD gives it: of an element or relation its fields and `attributes`, of a relation `source` and `target`
 * as urns too; of an attribute definition its fields.
 */
export type RecordValue = Readonly<Record<string, Json>>;

/** One field with two values, by the path an operation names it; undefined = there is nothing. Lists count as wholes. */
export interface FieldChange {
  readonly path: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

export const ATTRIBUTE_PREFIX = 'attributes.';
const ENDS = ['source', 'target'] as const;
/** Every field of a record but attributes, in the order in which differences tell them. */
const ELEMENT_PATHS = Object.keys(ELEMENT_FIELDS);
const RELATION_OWN_PATHS = Object.keys(RELATION_FIELDS);
const RELATION_PATHS = [...RELATION_OWN_PATHS, ...ENDS];
const DEFINITION_PATHS = Object.keys(DEFINITION_FIELDS);

export function isRelation(record: Element | Relation): record is Relation {
  return 'source' in record;
}

/**
 * The urn of an element that a relation of the landscape ends at.
 * @throws RangeError where there is none: a relation without an end is our bug.
 */
export function urnAt(landscape: Landscape, seq: number): Urn {
  const element = landscape.elementAt(seq);
  if (element === undefined) throw new RangeError(`no element ${seq}`);
  return element.urn;
}

/** A record without what numbers it and when it changed, ready to be given to an ADD. */
export function recordValue(landscape: Landscape, record: Element | Relation): RecordValue {
  const { seq: _seq, urn: _urn, revision: _revision, ...rest } = record;
  const ends = isRelation(record)
    ? { source: urnAt(landscape, record.source), target: urnAt(landscape, record.target) }
    : {};
  // Every field of a record is a JSON value.
  return { ...rest, ...ends } as unknown as RecordValue;
}

/**
 * A record value with every field in it, those not given with their defaults: what adding it makes.
 * @returns undefined where the value is not that of a record.
 */
export function completeValue(value: Json | undefined): RecordValue | undefined {
  if (!isRecord(value)) return undefined;
  if (value['kind'] === DEFINITION_KIND) return completeDefinition(value);
  const { attributes = {}, source, target } = value;
  const isElement = isElementKind(value['kind']);
  const { fields, issues } = isElement
    ? parseFields<ElementFields>(ELEMENT_FIELDS, value, [])
    : parseFields<RelationFields>(RELATION_FIELDS, value, []);
  if (issues.length > 0) return undefined;
  const whole: unknown = isElement ? { ...fields, attributes } : { ...fields, source, target, attributes };
  return isJson(whole) && isRecord(whole) ? whole : undefined;
}

function completeDefinition({ kind: _kind, ...given }: Record<string, unknown>): RecordValue | undefined {
  const parsed = parseDefinition(given, []);
  return 'issues' in parsed ? undefined : definitionValue(parsed);
}

/** The value at a path of an operation; undefined where there is nothing. */
export function valueAt(value: RecordValue, path: string): Json | undefined {
  if (!path.startsWith(ATTRIBUTE_PREFIX)) return ownAt(value, path);
  return ownAt(attributesOf(value), path.slice(ATTRIBUTE_PREFIX.length));
}

/** The record value with another value at a path; undefined takes an attribute away. */
export function withValueAt(value: RecordValue, path: string, item: Json | undefined): RecordValue {
  if (!path.startsWith(ATTRIBUTE_PREFIX)) return item === undefined ? value : { ...value, [path]: item };
  const key = path.slice(ATTRIBUTE_PREFIX.length);
  const { [key]: _replaced, ...others } = attributesOf(value);
  return { ...value, attributes: item === undefined ? others : { ...others, [key]: item } };
}

/** The fields in which two whole record values differ: fields in their order, then attributes by key. */
export function valueChanges(before: RecordValue, after: RecordValue): FieldChange[] {
  const paths = pathsOf(after);
  return [
    ...paths.flatMap((path) => changeAt(path, valueAt(before, path), valueAt(after, path))),
    ...attributeChanges(attributesOf(before), attributesOf(after)),
  ];
}

function pathsOf({ kind }: RecordValue): readonly string[] {
  if (kind === DEFINITION_KIND) return DEFINITION_PATHS;
  return isElementKind(kind) ? ELEMENT_PATHS : RELATION_PATHS;
}

/** The fields in which two states of one attribute definition differ; empty where only its revision does. */
export function definitionChanges(before: AttributeRecord, after: AttributeRecord): FieldChange[] {
  return valueChanges(definitionValue(before), definitionValue(after));
}

/** The fields in which two states of one element differ; empty where only its revision does. */
export function elementChanges(before: Element, after: Element): FieldChange[] {
  return recordChanges(before, after, ELEMENT_PATHS);
}

/**
 * The fields in which two states of one relation differ. Ends are compared by urn: in two branches of a landscape one
 * number may stand for two elements.
 */
export function relationChanges([before, from]: Placed<Relation>, [after, to]: Placed<Relation>): FieldChange[] {
  const ends = ENDS.flatMap((path) => changeAt(path, urnAt(from, before[path]), urnAt(to, after[path])));
  return [...recordChanges(before, after, RELATION_OWN_PATHS), ...ends];
}

/** A record and the landscape it stands in. */
export type Placed<T> = readonly [record: T, landscape: Landscape];

function recordChanges<T extends Element | Relation>(before: T, after: T, paths: readonly string[]): FieldChange[] {
  // The paths are fields of both records, and each of them holds a JSON value.
  const [older, newer] = [before, after] as unknown as [RecordValue, RecordValue];
  return [
    ...paths.flatMap((path) => changeAt(path, older[path], newer[path])),
    ...attributeChanges(before.attributes, after.attributes),
  ];
}

function attributesOf(value: RecordValue): Readonly<Record<string, Json>> {
  const attributes = value['attributes'];
  return isRecord(attributes) ? attributes : {};
}

function attributeChanges(
  before: Readonly<Record<string, Json>>,
  after: Readonly<Record<string, Json>>,
): FieldChange[] {
  if (before === after) return [];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].toSorted().flatMap((key) => changeAt(ATTRIBUTE_PREFIX + key, ownAt(before, key), ownAt(after, key)));
}

/** `constructor` and its like are found in every object, and given to none. */
function ownAt(values: Readonly<Record<string, Json>>, key: string): Json | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}

function changeAt(path: string, before: Json | undefined, after: Json | undefined): FieldChange[] {
  return sameJson(before, after) ? [] : [{ path, before, after }];
}
