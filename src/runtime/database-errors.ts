import { RegistryError } from '../core/errors.js';
import { errorCode } from './error-code.js';

/**
 * Classes of PostgreSQL errors that mean "not now": connection, a transaction that gave way to others and wrote nothing,
 * resources, operator intervention, system.
 */
const DOWN_CLASSES: ReadonlySet<string> = new Set(['08', '40', '53', '57', '58']);
const DOWN_CODES: ReadonlySet<string> = new Set([
  // The database is there and takes no connections.
  '55000',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
]);
/** What pg, TypeORM and PGlite say without a code; TypeORM releases the runner of a connection that was cut in its use. */
const DOWN_MESSAGE =
  /connection terminated|timeout exceeded when trying to connect|client was closed|not (yet )?established|driver not connected|runner (was )?already released|PGlite is clos/i;

/** Whether an error says that the database does not answer, as against a statement that it refused. */
export function isDatabaseDown(error: unknown): boolean {
  const code = errorCode(error) ?? '';
  if (DOWN_CODES.has(code) || (code.length === 5 && DOWN_CLASSES.has(code.slice(0, 2)))) return true;
  if (typeof error !== 'object' || error === null) return false;
  if ('errors' in error && Array.isArray(error.errors)) return error.errors.some(isDatabaseDown);
  return 'message' in error && typeof error.message === 'string' && DOWN_MESSAGE.test(error.message);
}

/** The promise's result; where the database does not answer, the error that says so to the caller. */
export async function unavailableIfDown<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!isDatabaseDown(error)) throw error;
    throw new RegistryError([{ reason: 'DATABASE_UNAVAILABLE', params: {}, path: [] }], { cause: error });
  }
}
