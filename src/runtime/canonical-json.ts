import { createHash } from 'node:crypto';
import canonicalizeModule from 'canonicalize';

// The package is CommonJS whose export is the function; its typings speak of a default export that is not there.
const canonicalize = canonicalizeModule as unknown as (value: unknown) => string | undefined;

/** Keys that an object of JavaScript does not keep in the order in which they were set. */
const UNORDERED_KEY = /^(?:0|[1-9]\d*|__proto__)$/;

/**
 * The one text of a JSON value (RFC 8785): equal values have equal texts, whatever the order of their keys.
 *
 * The standard's numbers and strings are those of JSON.stringify, so only the order of keys is to be made; the engine's
 * own writer is four times cheaper than the package, which writes the values whose order no object can hold.
 * @throws TypeError where it is no JSON value.
 */
export function canonicalJson(value: unknown): string {
  const ordered = inOrder(value);
  const text = ordered === UNORDERED ? canonicalize(value) : JSON.stringify(ordered);
  if (text === undefined) throw new TypeError('Only JSON values have a canonical text.');
  return text;
}

/**
 * The canonical text of an object, some of whose values are canonical texts already: what is long is written once.
 * @param values - keys hold letters alone, and are others than those of `texts`.
 */
export function canonicalObject(
  values: Readonly<Record<string, unknown>>,
  texts: Readonly<Record<string, string>>,
): string {
  const members = [
    ...Object.entries(values).map(([key, value]) => [key, canonicalJson(value)]),
    ...Object.entries(texts),
  ];
  return `{${members
    .map(([key, text]) => `"${key}":${text}`)
    .toSorted()
    .join(',')}}`;
}

/** SHA-256 of the canonical text, hexadecimal. */
export function hashOf(value: unknown): string {
  return sha256(canonicalJson(value));
}

/** Hexadecimal. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const UNORDERED = Symbol('an object in it has a key of no order');

/** A copy whose keys were set in order. */
function inOrder(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError('Only finite numbers are JSON values.');
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return listInOrder(value);
  if ('toJSON' in value) return UNORDERED;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value).toSorted()) {
    if (UNORDERED_KEY.test(key)) return UNORDERED;
    const member = inOrder((value as Record<string, unknown>)[key]);
    if (member === UNORDERED) return UNORDERED;
    copy[key] = member;
  }
  return copy;
}

function listInOrder(list: readonly unknown[]): unknown {
  const copy: unknown[] = [];
  for (const each of list) {
    const member = inOrder(each);
    if (member === UNORDERED) return UNORDERED;
    copy.push(member);
  }
  return copy;
}
