import { RegistryError } from '../core/errors.js';
import { PAGE_DEFAULT, PAGE_MAXIMUM } from './page.js';
import type { ForwardPageArgs } from './page.js';

/** A part of a log, newest first. */
export interface NumberPage {
  readonly first: number;
  /** Only what has a lower number; null = from the newest. */
  readonly before: number | null;
}

/** The numbers of logs are 32-bit integers in the database. */
const NUMBER_MAXIMUM = 2 ** 31 - 1;

/**
 * What part of a log is asked for: a cursor is the number before which to go on, so what is added meanwhile moves nothing.
 * @throws RegistryError where the page is larger than one may be, or the cursor is none.
 */
export function beforeNumber({ first, after }: ForwardPageArgs, maximum = PAGE_MAXIMUM): NumberPage {
  const size = first ?? Math.min(PAGE_DEFAULT, maximum);
  if (size < 0) {
    const params = { field: 'first', value: size, minimum: 0, maximum };
    throw RegistryError.of('VALUE_OUT_OF_BOUNDS', ['first'], params);
  }
  if (size > maximum) {
    throw RegistryError.of('LIMIT_EXCEEDED', ['first'], { field: 'first', limit: maximum, actual: size });
  }
  if (after === null || after === undefined) return { first: size, before: null };
  const before = Number(Buffer.from(after, 'base64url').toString('utf8'));
  if (Number.isSafeInteger(before) && before > 0 && before <= NUMBER_MAXIMUM) return { first: size, before };
  throw RegistryError.of('CURSOR_MALFORMED', ['after'], { cursor: after });
}

/** The cursor of a number; null where there is none. */
export function numberCursor(number: number | undefined): string | null {
  return number === undefined ? null : Buffer.from(`${number}`, 'utf8').toString('base64url');
}
