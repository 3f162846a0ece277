import { issue } from '../errors.js';
import type { Issue } from '../errors.js';
import { ASKED_FROM, ATTRIBUTE_TYPES, WITHHELD_REASONS } from './attribute.js';
import type { AttributeDefinition, AttributedKind } from './attribute.js';
import { isCalendarDay } from './calendar-day.js';
import { ELEMENT_KINDS, RELATION_KINDS, VISIBILITIES } from './model.js';
import type { Json, PartialDate, Urn } from './model.js';
import { integerBetween, isRecord, listOf, oneOf, orNull, parseFields, text, unknownField } from './record-fields.js';
import type { Parsed, Parser } from './record-fields.js';

/** The `kind` by which an operation says that it adds an attribute definition, not an element or a relation. */
export const DEFINITION_KIND = 'ATTRIBUTE_DEFINITION';

/** How the urn of an attribute definition begins. */
export const DEFINITION_URN_PREFIX = 'urn:khung:attribute-';

/** An attribute definition made at run time, by a change set. */
export interface AttributeRecord {
  readonly urn: Urn;
  readonly definition: AttributeDefinition;
  /** Revision of the landscape in which it last changed. */
  readonly revision: number;
}

/** Every field of a definition; null where the definition does not have it. */
export type DefinitionFields = {
  readonly [K in keyof AttributeDefinition]-?: undefined extends AttributeDefinition[K]
    ? Exclude<AttributeDefinition[K], undefined> | null
    : AttributeDefinition[K];
};

const WORD_MAXIMUM = 200;
const TEXT_MAXIMUM = 1_000;
const KEY = /^[a-z][A-Za-z0-9]{0,59}$/;

/** A key is a name in the rule language and in paths; what every object has (`constructor`) would be found everywhere. */
function key(value: unknown, path: readonly string[]): Parsed<string> {
  const parsed = text(WORD_MAXIMUM)(value, path);
  if ('issue' in parsed) return parsed;
  if (KEY.test(parsed.value) && !(parsed.value in {})) return parsed;
  return { issue: issue('VALUE_OF_WRONG_TYPE', path, { field: path.at(-1) ?? '', expected: 'lowerCamelCase' }) };
}

function someOf<T extends string>(allowed: readonly T[]): Parser<readonly T[]> {
  return (value, path) => {
    const parsed = listOf(oneOf(allowed))(value, path);
    if ('issue' in parsed || parsed.value.length > 0) return parsed;
    return { issue: issue('VALUE_MISSING', path, { field: path.at(-1) ?? '' }) };
  };
}

/** A value that an attribute, or an item of its list, may have. */
function scalar(value: unknown, path: readonly string[]): Parsed<Json> {
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return { value };
  return text(WORD_MAXIMUM)(value, path);
}

function boolean(value: unknown, path: readonly string[]): Parsed<boolean> {
  if (typeof value === 'boolean') return { value };
  return { issue: issue('VALUE_OF_WRONG_TYPE', path, { field: path.at(-1) ?? '', expected: 'BOOLEAN' }) };
}

function wholeDay(value: unknown, path: readonly string[]): Parsed<PartialDate> {
  if (typeof value === 'string' && isCalendarDay(value)) return { value };
  return { issue: issue('VALUE_OF_WRONG_TYPE', path, { field: path.at(-1) ?? '', expected: 'YYYY-MM-DD' }) };
}

const INTEGER = integerBetween(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);

/** The fields of a definition that an operation may set; the key is fixed at birth. */
export const DEFINITION_FIELDS: { readonly [K in keyof DefinitionFields]: Parser<DefinitionFields[K]> } = {
  key,
  type: oneOf(ATTRIBUTE_TYPES),
  values: orNull(listOf(text(WORD_MAXIMUM))),
  minimum: orNull(INTEGER),
  maximum: orNull(INTEGER),
  listMaximum: orNull(integerBetween(1, 200)),
  targetKinds: orNull(someOf(ELEMENT_KINDS)),
  passesToSuccessor: orNull(boolean),
  notBefore: orNull(key),
  unit: orNull(text(WORD_MAXIMUM)),
  appliesTo: someOf<AttributedKind>([...ELEMENT_KINDS, ...RELATION_KINDS]),
  // Only silence at birth means PUBLIC: null must not publish what was hidden.
  visibility: (value, path) => oneOf(VISIBILITIES)(value === undefined ? 'PUBLIC' : value, path),
  valueVisibility: orNull(oneOf(VISIBILITIES)),
  withheldReason: orNull(oneOf(WITHHELD_REASONS)),
  withheldUntil: orNull(wholeDay),
  nameVi: text(TEXT_MAXIMUM),
  nameEn: text(TEXT_MAXIMUM),
  questionVi: text(TEXT_MAXIMUM),
  questionEn: text(TEXT_MAXIMUM),
  askedFrom: oneOf(ASKED_FROM),
  refuses: orNull(listOf(scalar)),
};

/** A definition without the fields it does not have. */
export function definitionOf(fields: DefinitionFields): AttributeDefinition {
  const entries = Object.entries(fields).filter(([, value]) => value !== null);
  // Only optional fields are ever null.
  return Object.fromEntries(entries) as unknown as AttributeDefinition;
}

/** The fields of a definition, null where it has none. */
export function fieldsOf(definition: AttributeDefinition): DefinitionFields {
  const none = Object.fromEntries(Object.keys(DEFINITION_FIELDS).map((field) => [field, null]));
  // Every field is given: by the definition, or as null where that may lack it.
  return { ...none, ...definition } as DefinitionFields;
}

/** A definition without its urn and when it changed, ready to be given to an ADD; null where it lacks a field. */
export function definitionValue({ definition }: Pick<AttributeRecord, 'definition'>): Readonly<Record<string, Json>> {
  return { kind: DEFINITION_KIND, ...fieldsOf(definition) };
}

/**
 * Reads a definition out of a JSON object.
 * @param path - the way to the object in the caller's input.
 */
export function parseDefinition(
  value: unknown,
  path: readonly string[],
): { readonly definition: AttributeDefinition } | { readonly issues: readonly Issue[] } {
  if (!isRecord(value)) return { issues: [issue('VALUE_OF_WRONG_TYPE', path, { field: '', expected: 'object' })] };
  const known = Object.keys(DEFINITION_FIELDS);
  const strange = Object.keys(value).filter((field) => !known.includes(field));
  const { fields, issues } = parseFields<DefinitionFields>(DEFINITION_FIELDS, value, path);
  const found = [...strange.map((field) => unknownField(field, known, [...path, field])), ...issues];
  return found.length > 0 ? { issues: found } : { definition: definitionOf(fields) };
}

/** A field of a definition that does not go with its others. */
export interface Contradiction {
  readonly field: keyof AttributeDefinition;
  readonly reason: 'VALUE_MISSING' | 'VALUE_NOT_ALLOWED' | 'FIELD_SENSELESS' | 'VALUE_OUT_OF_BOUNDS' | 'URN_UNKNOWN';
  readonly params: Issue['params'];
}

/** The types that each optional field makes sense for. */
const SENSE: readonly (readonly [keyof AttributeDefinition, readonly AttributeDefinition['type'][]])[] = [
  ['values', ['ENUM', 'STRING_LIST']],
  ['minimum', ['INTEGER']],
  ['maximum', ['INTEGER']],
  ['listMaximum', ['STRING_LIST', 'URN_LIST']],
  ['targetKinds', ['URN', 'URN_LIST']],
  ['passesToSuccessor', ['URN', 'URN_LIST']],
  ['notBefore', ['DATE']],
];

/** What contradicts itself in a definition: each field alone is right. */
export function contradictionsOf(definition: AttributeDefinition): Contradiction[] {
  const { type, values, minimum, maximum } = definition;
  const found: Contradiction[] = SENSE.filter(
    ([field, types]) => definition[field] !== undefined && !types.includes(type),
  ).map(([field, types]) => ({ field, reason: 'FIELD_SENSELESS', params: { field, type, types: types.join(', ') } }));
  if (values?.length === 0 || (type === 'ENUM' && values === undefined)) {
    found.push({ field: 'values', reason: 'VALUE_MISSING', params: { field: 'values' } });
  }
  if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
    const bounds = { minimum, maximum: Number.MAX_SAFE_INTEGER };
    found.push({
      field: 'maximum',
      reason: 'VALUE_OUT_OF_BOUNDS',
      params: { field: 'maximum', value: maximum, ...bounds },
    });
  }
  return [...found, ...withholdingContradictions(definition)];
}

function missing(field: 'valueVisibility' | 'withheldReason'): Contradiction {
  return { field, reason: 'VALUE_MISSING', params: { field } };
}

/** Values are withheld from some who know of the attribute, and these are told why. */
function withholdingContradictions({
  visibility,
  valueVisibility,
  withheldReason,
  withheldUntil,
}: AttributeDefinition): Contradiction[] {
  if (valueVisibility === undefined) {
    return withheldReason === undefined && withheldUntil === undefined ? [] : [missing('valueVisibility')];
  }
  const narrower = VISIBILITIES.slice(VISIBILITIES.indexOf(visibility) + 1);
  if (!narrower.includes(valueVisibility)) {
    const params = { field: 'valueVisibility', value: valueVisibility, allowed: narrower.join(', ') };
    return [{ field: 'valueVisibility', reason: 'VALUE_NOT_ALLOWED', params }];
  }
  return withheldReason === undefined ? [missing('withheldReason')] : [];
}
