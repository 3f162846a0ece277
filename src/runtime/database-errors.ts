import { RegistryError } from '../core/errors.js';
import { errorCode } from './error-code.js';

/** Classes of PostgreSQL errors that mean "not now": connection, resources, operator intervention, system. */
const DOWN_CLASSES: ReadonlySet<string> = new Set(['08', '53', '57', '58']);
const DOWN_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
]);
const DOWN_MESSAGE =
  /connection terminated|timeout exceeded when trying to connect|client was closed|not established|PGlite is closed/i;

/** Whether an error says that the database does not answer, as against a statement that it refused. */
export function isDatabaseDown(error: unknown): boolean {
  const code = errorCode(error) ?? '';
  if (DOWN_CODES.has(code) || (code.length === 5 && DOWN_CLASSES.has(code.slice(0, 2)))) return true;
  if (error instanceof AggregateError) return error.errors.some(isDatabaseDown);
  return error instanceof Error && DOWN_MESSAGE.test(error.message);
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
