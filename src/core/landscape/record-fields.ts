import { closestWord } from '../closest-word.js';
import { issue } from '../errors.js';
import type { Issue } from '../errors.js';
import {
  AGENCY_LEVELS,
  CONFIDENCES,
  DATE_SHAPE,
  DEPENDENCY_STRENGTHS,
  ELEMENT_KINDS,
  EXCHANGE_CHANNELS,
  LIFECYCLE_PHASES,
  RECORD_TYPES,
  RELATION_KINDS,
  RELATION_STATUSES,
  RESPONSIBILITY_ROLES,
  VISIBILITIES,
  isPartialDate,
  isUrn,
} from './model.js';
import type { Element, ExternalId, Json, PhaseDate, Relation, Responsibility, Urn } from './model.js';

/** The value a field takes, or what is wrong with what was given. */
export type Parsed<T> = { readonly value: T } | { readonly issue: Issue };
/** Puts what was given into normal form, or says what is wrong with it; `path` is the way to it in the caller's input. */
export type Parser<T> = (value: unknown, path: readonly string[]) => Parsed<T>;
type Path = readonly string[];

const NAME_MAXIMUM = 500;
const TEXT_MAXIMUM = 10_000;
const LIST_MAXIMUM = 200;

function fieldOf(path: Path): string {
  return path.at(-1) ?? '';
}
function wrong<T>(path: Path, expected: string): Parsed<T> {
  return { issue: issue('VALUE_OF_WRONG_TYPE', path, { field: fieldOf(path), expected }) };
}

function missing<T>(path: Path): Parsed<T> {
  return { issue: issue('VALUE_MISSING', path, { field: fieldOf(path) }) };
}

/** NUL and halves of surrogate pairs: no database and no UTF-8 document can hold them. */
const UNWRITABLE = /[\0\p{Surrogate}]/u;

/** Whether a value is a text, and one that can be written down at all. */
export function isWritableText(value: unknown): value is string {
  return typeof value === 'string' && !UNWRITABLE.test(value);
}

/** A value of any type as it is told in a message. */
export function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A text that is not blank, composed (NFC), of up to so many characters. */
export function text(maximum: number): Parser<string> {
  return (value, path) => {
    if (value === undefined || value === null) return missing(path);
    if (!isWritableText(value) || value.trim() === '') return wrong(path, 'text');
    const composed = value.normalize('NFC');
    if (composed.length <= maximum) return { value: composed };
    return { issue: issue('LIMIT_EXCEEDED', path, { field: fieldOf(path), limit: maximum, actual: composed.length }) };
  };
}

/** One word of a closed list. */
export function oneOf<T extends string>(allowed: readonly T[]): Parser<T> {
  return (value, path) => {
    if (value === undefined || value === null) return missing(path);
    const found = allowed.find((each) => each === value);
    if (found !== undefined) return { value: found };
    const params = { field: fieldOf(path), value: shown(value), allowed: allowed.join(', ') };
    return { issue: issue('VALUE_NOT_ALLOWED', path, params) };
  };
}

/** null where nothing is given. */
export function orNull<T>(parser: Parser<T>): Parser<T | null> {
  return (value, path) => (value === null || value === undefined ? { value: null } : parser(value, path));
}

/** A list of up to 200 items; empty where nothing is given. */
export function listOf<T>(parser: Parser<T>): Parser<readonly T[]> {
  return (value, path) => {
    if (value === null || value === undefined) return { value: [] };
    if (!Array.isArray(value)) return wrong(path, 'list');
    if (value.length > LIST_MAXIMUM) {
      const params = { field: fieldOf(path), limit: LIST_MAXIMUM, actual: value.length };
      return { issue: issue('LIMIT_EXCEEDED', path, params) };
    }
    const items: T[] = [];
    for (const [index, item] of value.entries()) {
      const parsed = parser(item, [...path, `${index}`]);
      if ('issue' in parsed) return parsed;
      items.push(parsed.value);
    }
    return { value: items };
  };
}

/** A whole number, both bounds included. */
export function integerBetween(minimum: number, maximum: number): Parser<number> {
  return (value, path) => {
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) return wrong(path, 'integer');
    if (value >= minimum && value <= maximum) return { value };
    return { issue: issue('VALUE_OUT_OF_BOUNDS', path, { field: fieldOf(path), value, minimum, maximum }) };
  };
}

function date(value: unknown, path: Path): Parsed<string> {
  return typeof value === 'string' && isPartialDate(value) ? { value } : wrong(path, DATE_SHAPE);
}

function urn(value: unknown, path: Path): Parsed<Urn> {
  if (typeof value !== 'string') return wrong(path, 'urn');
  return isUrn(value) ? { value } : { issue: issue('URN_MALFORMED', path, { value }) };
}

/** Parses an object of known keys; a key it does not know is an issue with the closest one it does. */
function objectOf<T extends object>(parsers: { readonly [K in keyof T]: Parser<T[K]> }): Parser<T> {
  return (value, path) => {
    if (!isRecord(value)) return wrong(path, 'object');
    for (const key of Object.keys(value)) {
      if (!Object.hasOwn(parsers, key)) return { issue: unknownField(key, Object.keys(parsers), [...path, key]) };
    }
    const result: Partial<T> = {};
    for (const key in parsers) {
      const parsed = parsers[key](value[key], [...path, key]);
      if ('issue' in parsed) return parsed;
      result[key] = parsed.value;
    }
    // Every key of T has a parser, and each of them has given a value.
    return { value: result as T };
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The issue of a field that the record does not have. */
export function unknownField(field: string, known: readonly string[], path: Path): Issue {
  return issue('FIELD_UNKNOWN', path, { field, suggestion: closestWord(field, known) });
}

/** Where a value is known from, in words; null where nobody says. */
export const SOURCE_FIELD: Parser<string | null> = orNull(text(TEXT_MAXIMUM));

/** The fields of an element that an operation may set, apart from its attributes. */
export type ElementFields = Omit<Element, 'seq' | 'urn' | 'attributes' | 'revision'>;
export const ELEMENT_FIELDS: { readonly [K in keyof ElementFields]: Parser<ElementFields[K]> } = {
  kind: oneOf(ELEMENT_KINDS),
  name: text(NAME_MAXIMUM),
  nameEn: orNull(text(NAME_MAXIMUM)),
  aliases: listOf(text(NAME_MAXIMUM)),
  description: orNull(text(TEXT_MAXIMUM)),
  externalIds: listOf<ExternalId>(
    objectOf<ExternalId>({ scheme: text(100), value: text(200), recordType: orNull(oneOf(RECORD_TYPES)) }),
  ),
  layer: orNull(integerBetween(1, 4)),
  phases: listOf<PhaseDate>(objectOf<PhaseDate>({ phase: oneOf(LIFECYCLE_PHASES), from: orNull(date) })),
  // Only silence at birth means PUBLIC: null must not publish what was hidden.
  visibility: (value, path) => oneOf(VISIBILITIES)(value === undefined ? 'PUBLIC' : value, path),
  level: orNull(oneOf(AGENCY_LEVELS)),
  responsibilities: listOf<Responsibility>(
    objectOf<Responsibility>({
      role: oneOf(RESPONSIBILITY_ROLES),
      person: orNull(text(200)),
      agency: orNull(urn),
      from: orNull(date),
      until: orNull(date),
    }),
  ),
};

/** The fields of a relation that an operation may set, apart from its ends and attributes. */
export type RelationFields = Omit<Relation, 'seq' | 'urn' | 'source' | 'target' | 'attributes' | 'revision'>;
export const RELATION_FIELDS: { readonly [K in keyof RelationFields]: Parser<RelationFields[K]> } = {
  kind: oneOf(RELATION_KINDS),
  strength: (value, path) => oneOf(DEPENDENCY_STRENGTHS)(value ?? 'UNKNOWN', path),
  minAvailable: orNull(integerBetween(1, LIST_MAXIMUM)),
  redundancyGroup: orNull(text(100)),
  status: (value, path) => oneOf(RELATION_STATUSES)(value ?? 'UNKNOWN', path),
  channels: listOf(oneOf(EXCHANGE_CHANNELS)),
  validFrom: orNull(date),
  validTo: orNull(date),
  provenance: orNull(text(TEXT_MAXIMUM)),
  confidence: (value, path) => oneOf(CONFIDENCES)(value ?? 'UNSOURCED', path),
};

/**
 * Parses the fields named by a table out of an object.
 * @returns the fields, with their defaults where the object says nothing, and everything that is wrong.
 */
export function parseFields<T extends object>(
  table: { readonly [K in keyof T]: Parser<T[K]> },
  value: Readonly<Record<string, unknown>>,
  path: Path,
): { readonly fields: T; readonly issues: readonly Issue[] } {
  const fields: Partial<T> = {};
  const issues: Issue[] = [];
  for (const key in table) {
    const parsed = table[key](value[key], [...path, key]);
    if ('issue' in parsed) issues.push(parsed.issue);
    else fields[key] = parsed.value;
  }
  // Complete where there is no issue; a caller that has issues does not use the fields.
  return { fields: fields as T, issues };
}

/** Whether a value is a JSON document; what comes out of a JSON parser always is. */
export function isJson(value: unknown): value is Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  return isRecord(value) && Object.values(value).every(isJson);
}
