import { closestWord } from '../closest-word.js';
import { issue } from '../errors.js';
import type { Issue } from '../errors.js';
import { DATE_SHAPE, isPartialDate, isUrn } from './model.js';
import type { ElementKind, Json, PartialDate, RelationKind, Visibility } from './model.js';
import { isJson, isRecord, isWritableText } from './record-fields.js';

export const ATTRIBUTE_TYPES = [
  'STRING',
  'INTEGER',
  'BOOLEAN',
  'DATE',
  'ENUM',
  'URN',
  'STRING_LIST',
  'URN_LIST',
  'URL',
] as const;
export type AttributeType = (typeof ATTRIBUTE_TYPES)[number];

/** Why somebody may not read what there may be. */
export const WITHHELD_REASONS = ['PRE_DECISIONAL', 'PROCUREMENT', 'SECURITY', 'PERSONAL_DATA'] as const;
export type WithheldReason = (typeof WITHHELD_REASONS)[number];

/** Who can answer the question behind a missing attribute. */
export const ASKED_FROM = ['OWNER', 'OPERATOR', 'SELF'] as const;
export type AskedFrom = (typeof ASKED_FROM)[number];

/** What can have attributes. */
export type AttributedKind = ElementKind | RelationKind;

/** What an attribute means, which values it takes, and the question that fills it. */
export interface AttributeDefinition {
  readonly key: string;
  readonly type: AttributeType;
  /** ENUM: the values it takes. STRING_LIST: the values its items take; absent = any text. */
  readonly values?: readonly string[];
  /** INTEGER: bounds, both included. */
  readonly minimum?: number;
  readonly maximum?: number;
  /** STRING_LIST, URN_LIST: the largest number of items. */
  readonly listMaximum?: number;
  /** URN, URN_LIST: kinds of the elements that may be named; absent = any. */
  readonly targetKinds?: readonly ElementKind[];
  /**
   * URN, URN_LIST: whether it names who is responsible now, so that the name of an agency that ends gives way to its
   * successor's; absent = it tells what was, such as who approved something, and stays.
   */
  readonly passesToSuccessor?: boolean;
  /** DATE: key of another date of the same record that this one may not be before. */
  readonly notBefore?: string;
  readonly unit?: string;
  readonly appliesTo: readonly AttributedKind[];
  readonly visibility: Visibility;
  /** Who may read its values, where that are fewer than may know of it; they are told why, and until when. */
  readonly valueVisibility?: Visibility;
  /** Why; there just where `valueVisibility` is. */
  readonly withheldReason?: WithheldReason;
  /** Last whole day on which they are withheld; absent = it is not known when they will be open. */
  readonly withheldUntil?: PartialDate;
  readonly nameVi: string;
  readonly nameEn: string;
  readonly questionVi: string;
  readonly questionEn: string;
  readonly askedFrom: AskedFrom;
  /** Values under which the whole record may not be kept here (state secrets). */
  readonly refuses?: readonly Json[];
}

/** Who may read the values of an attribute on a day. */
export function valueVisibilityOn(
  { visibility, valueVisibility, withheldUntil }: AttributeDefinition,
  day: PartialDate,
): Visibility {
  const isOpen = withheldUntil !== undefined && withheldUntil < day;
  return valueVisibility === undefined || isOpen ? visibility : valueVisibility;
}

/** The fewest who may ever have been the only ones to read its values. */
export function narrowestVisibility({
  visibility,
  valueVisibility,
}: Pick<AttributeDefinition, 'visibility' | 'valueVisibility'>): Visibility {
  return valueVisibility ?? visibility;
}

export type AttributeDefinitions = ReadonlyMap<string, AttributeDefinition>;

/** Longest text of one attribute value, characters. */
const TEXT_MAXIMUM = 4000;
const LIST_MAXIMUM = 200;

function wrongType(path: readonly string[], key: string, expected: string): Issue {
  return issue('VALUE_OF_WRONG_TYPE', path, { field: key, expected });
}

function checkText(definition: AttributeDefinition, value: Json, path: readonly string[]): Issue | undefined {
  if (!isWritableText(value)) return wrongType(path, definition.key, definition.type);
  if (value.length > TEXT_MAXIMUM) {
    return issue('LIMIT_EXCEEDED', path, { field: definition.key, limit: TEXT_MAXIMUM, actual: value.length });
  }
  const allowed = definition.values ?? [];
  switch (definition.type) {
    case 'DATE':
      return isPartialDate(value) ? undefined : wrongType(path, definition.key, DATE_SHAPE);
    case 'URN':
      return isUrn(value) ? undefined : issue('URN_MALFORMED', path, { value });
    case 'URL':
      return /^https?:\/\/\S+$/.test(value) ? undefined : wrongType(path, definition.key, 'http(s) URL');
    case 'ENUM':
      if (allowed.includes(value)) return undefined;
      return issue('VALUE_NOT_ALLOWED', path, { field: definition.key, value, allowed: allowed.join(', ') });
    default:
      return undefined;
  }
}

function checkInteger(definition: AttributeDefinition, value: Json, path: readonly string[]): Issue | undefined {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return wrongType(path, definition.key, 'INTEGER');
  const { minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER } = definition;
  if (value >= minimum && value <= maximum) return undefined;
  return issue('VALUE_OUT_OF_BOUNDS', path, { field: definition.key, value, minimum, maximum });
}

function checkRefused({ refuses, key }: AttributeDefinition, value: Json, path: readonly string[]): Issue | undefined {
  return refuses?.includes(value) === true ? issue('STATE_SECRET', path, { field: key }) : undefined;
}

function itemTypeOf({ type, values }: AttributeDefinition): AttributeType {
  if (type === 'URN_LIST') return 'URN';
  return values === undefined ? 'STRING' : 'ENUM';
}

function checkList(definition: AttributeDefinition, value: Json, path: readonly string[]): Issue | undefined {
  if (!Array.isArray(value)) return wrongType(path, definition.key, definition.type);
  const limit = definition.listMaximum ?? LIST_MAXIMUM;
  if (value.length > limit)
    return issue('LIMIT_EXCEEDED', path, { field: definition.key, limit, actual: value.length });
  const type = itemTypeOf(definition);
  for (const [index, item] of value.entries()) {
    const at = [...path, `${index}`];
    const found = checkRefused(definition, item, at) ?? checkText({ ...definition, type }, item, at);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * The issue of an attribute that a kind of element or relation does not have, with the closest one it does; undefined
 * where it has it.
 * @param path - the way to what names the attribute or the kind in the caller's input.
 */
export function unknownAttribute(
  key: string,
  kind: AttributedKind,
  definitions: AttributeDefinitions,
  path: readonly string[],
): Issue | undefined {
  if (definitions.get(key)?.appliesTo.includes(kind) === true) return undefined;
  const known = [...definitions.values()].flatMap((each) => (each.appliesTo.includes(kind) ? each.key : []));
  return issue('ATTRIBUTE_UNKNOWN', path, { key, kind, suggestion: closestWord(key, known) });
}

/**
 * What is wrong with a value of an attribute; undefined where nothing is. null (declared absent) is always right.
 * @param path - the way to the value in the caller's input.
 */
export function checkAttribute(
  definition: AttributeDefinition,
  value: Json,
  path: readonly string[],
): Issue | undefined {
  const refused = checkRefused(definition, value, path);
  if (refused !== undefined || value === null) return refused;
  switch (definition.type) {
    case 'INTEGER':
      return checkInteger(definition, value, path);
    case 'BOOLEAN':
      return typeof value === 'boolean' ? undefined : wrongType(path, definition.key, 'BOOLEAN');
    case 'STRING_LIST':
    case 'URN_LIST':
      return checkList(definition, value, path);
    default:
      return checkText(definition, value, path);
  }
}

/** Checks attributes against their definitions. A value that is undefined counts as not given. */
export function parseAttributes(
  given: unknown,
  kind: AttributedKind,
  definitions: AttributeDefinitions,
  path: readonly string[],
): { readonly attributes: Readonly<Record<string, Json>>; readonly issues: readonly Issue[] } {
  const attributes: Record<string, Json> = {};
  const issues: Issue[] = [];
  const at = [...path, 'attributes'];
  if (!isRecord(given)) {
    return { attributes, issues: [issue('VALUE_OF_WRONG_TYPE', at, { field: 'attributes', expected: 'object' })] };
  }
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const found = attributeIssue(key, value, kind, { definitions, path: [...at, key] });
    if (found !== undefined) issues.push(found);
    else if (isJson(value)) attributes[key] = value;
  }
  return { attributes, issues };
}

/**
 * What is wrong with an attribute of an element or relation of some kind, its key or its value; undefined where nothing is.
 * @param path - the way to the value in the caller's input.
 */
export function attributeIssue(
  key: string,
  value: unknown,
  kind: AttributedKind,
  { definitions, path }: { readonly definitions: AttributeDefinitions; readonly path: readonly string[] },
): Issue | undefined {
  const definition = definitions.get(key);
  if (definition === undefined || !definition.appliesTo.includes(kind)) {
    return unknownAttribute(key, kind, definitions, path);
  }
  if (!isJson(value)) return issue('VALUE_OF_WRONG_TYPE', path, { field: key, expected: definition.type });
  return checkAttribute(definition, value, path);
}

/** The urns that a value of an attribute names, in order; none where it is of another type, or absent. */
export function urnsNamedBy({ type }: AttributeDefinition, value: Json | undefined): readonly string[] {
  if (type === 'URN' && typeof value === 'string') return [value];
  if (type === 'URN_LIST' && Array.isArray(value)) return value.filter((item) => typeof item === 'string');
  return [];
}
