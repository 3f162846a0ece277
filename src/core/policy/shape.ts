import { closestWord } from '../closest-word.js';
import { isCalendarDay } from '../landscape/calendar-day.js';
import { isPartialDate, isUrn } from '../landscape/model.js';
import type { PartialDate, Urn } from '../landscape/model.js';
import { isJson, isRecord } from '../landscape/record-fields.js';
import { isRecordValue } from './value.js';
import type { Facts } from './value.js';

/** A document is not of its shape: where, and what was expected there. */
export interface ShapeProblem {
  /** `rules[3].citations[0].url` */
  readonly path: string;
  readonly expected: string;
}

/** Reads a value or notes what is wrong with it; the value it then returns is not used. */
export type Shape<T> = (value: unknown, path: string, problems: ShapeProblem[]) => T;

function wrong(problems: ShapeProblem[], path: string, expected: string): void {
  problems.push({ path, expected });
}

/** A text that is not blank, in Unicode's composed form. */
export const text: Shape<string> = (value, path, problems) => {
  if (typeof value === 'string' && value.trim() !== '') return value.normalize('NFC');
  wrong(problems, path, 'a text');
  return '';
};

export const wholeNumber: Shape<number> = (value, path, problems) => {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  wrong(problems, path, 'a whole number');
  return 0;
};

export const partialDate: Shape<PartialDate> = (value, path, problems) => {
  if (typeof value === 'string' && isPartialDate(value)) return value;
  wrong(problems, path, 'YYYY, YYYY-MM or YYYY-MM-DD');
  return '';
};

/** A whole day. */
export const calendarDay: Shape<PartialDate> = (value, path, problems) => {
  if (typeof value === 'string' && isCalendarDay(value)) return value;
  wrong(problems, path, 'YYYY-MM-DD');
  return '';
};

const NO_URN = 'urn:khung:none';
export const urn: Shape<Urn> = (value, path, problems) => {
  if (typeof value === 'string' && isUrn(value)) return value;
  wrong(problems, path, 'a urn');
  if (isUrn(NO_URN)) return NO_URN;
  throw new RangeError(NO_URN);
};

/** An object of plain values. */
export const facts: Shape<Facts> = (value, path, problems) => {
  if (isJson(value) && isRecordValue(value)) return value;
  wrong(problems, path, 'an object of facts');
  return {};
};

export function oneOf<T extends string>(allowed: readonly [T, ...T[]]): Shape<T> {
  return (value, path, problems) => {
    const found = allowed.find((each) => each === value);
    if (found === undefined) wrong(problems, path, `one of ${allowed.join(', ')}`);
    return found ?? allowed[0];
  };
}

/** null and a missing value are both null. */
export function orNull<T>(shape: Shape<T>): Shape<T | null> {
  return (value, path, problems) => (value === null || value === undefined ? null : shape(value, path, problems));
}

/** A missing value is the given one. */
export function orElse<T>(shape: Shape<T>, otherwise: T): Shape<T> {
  return (value, path, problems) => (value === undefined ? otherwise : shape(value, path, problems));
}

export function listOf<T>(shape: Shape<T>): Shape<readonly T[]> {
  return (value, path, problems) => {
    if (Array.isArray(value)) return value.map((item, index) => shape(item, `${path}[${index}]`, problems));
    wrong(problems, path, 'a list');
    return [];
  };
}

/** A list of at least one item. */
export function someOf<T>(shape: Shape<T>): Shape<readonly [T, ...T[]]> {
  return (value, path, problems) => {
    const [first, ...more] = listOf(shape)(value, path, problems);
    if (first !== undefined) return [first, ...more];
    wrong(problems, path, 'a list that is not empty');
    return [shape(undefined, `${path}[0]`, [])];
  };
}

/** An object with any keys and values of one shape. */
export function mapOf<T>(shape: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return (value, path, problems) => {
    if (!isRecord(value)) {
      wrong(problems, path, 'an object');
      return {};
    }
    const entries = Object.entries(value).map(([key, each]) => [key, shape(each, `${path}.${key}`, problems)] as const);
    return Object.fromEntries(entries);
  };
}

/** An object of known keys; any other key is a problem that names the closest one. */
export function objectOf<T extends object>(shapes: { readonly [K in keyof T]: Shape<T[K]> }): Shape<T> {
  return (value, path, problems) => {
    const record = isRecord(value) ? value : {};
    if (!isRecord(value)) wrong(problems, path, 'an object');
    const within = (key: string): string => (path === '' ? key : `${path}.${key}`);
    for (const key of Object.keys(record)) {
      if (Object.hasOwn(shapes, key)) continue;
      const suggestion = closestWord(key, Object.keys(shapes));
      wrong(problems, within(key), suggestion === '' ? 'no such field' : `no such field; did you mean ${suggestion}`);
    }
    const result: Partial<T> = {};
    for (const key in shapes) result[key] = shapes[key](record[key], within(key), problems);
    // Every key of T has a shape, and each of them has given a value.
    return result as T;
  };
}
