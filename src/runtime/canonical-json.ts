import { createHash } from 'node:crypto';
import canonicalizeModule from 'canonicalize';

// The package is CommonJS whose export is the function; its typings speak of a default export that is not there.
const canonicalize = canonicalizeModule as unknown as (value: unknown) => string | undefined;

/** The one text of a JSON value (RFC 8785): equal values have equal texts, whatever the order of their keys. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('Only JSON values have a canonical text.');
  return text;
}

/** SHA-256 of the canonical text, hexadecimal. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}
