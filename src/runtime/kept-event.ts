import type { EntityManager } from 'typeorm';
import { RegistryError } from '../core/errors.js';

/** What every row of a table has to which rows are only added: numbers without gaps, given while nobody else can write. */
export interface KeptEvent {
  number: number;
  idempotencyKey: string | null;
  requestHash: string;
  at: Date;
}

/** How a row is kept, beside what it says. */
export interface Keeping {
  readonly key: string | null;
  /** Hash of what was asked for. */
  readonly requestHash: string;
  readonly dryRun: boolean;
}

/** Gives a row its number and writes it, under the lock of the head; on a dry run it is only what it would be. */
export async function added<T extends KeptEvent>(
  table: new () => T,
  said: Omit<T, keyof KeptEvent>,
  { key, requestHash, dryRun }: Keeping,
  manager: EntityManager,
): Promise<T> {
  const { tableName } = manager.connection.getMetadata(table);
  const [last]: { number: number | null }[] = await manager.query(`select max(number) as number from ${tableName}`);
  const kept = { number: (last?.number ?? 0) + 1, idempotencyKey: key, requestHash };
  const row: T = Object.assign(new table(), said, kept);
  return dryRun ? Object.assign(row, { at: new Date() }) : manager.save(row);
}

/**
 * Rows that are known, with those that came since: what was read is never changed, so only these are read. Behind what is
 * known it is another database than it was (a restore): all of it is read anew.
 * @param rowsFrom - the rows from a number on, in order.
 * @param identity - what tells a row from another one of its number.
 * @returns the same list where nothing came.
 */
export async function withNewest<T extends KeptEvent>(
  known: readonly T[],
  rowsFrom: (number: number) => Promise<readonly T[]>,
  identity: (row: T) => string,
): Promise<readonly T[]> {
  const last = known.at(-1);
  if (last === undefined) return rowsFrom(0);
  const [same, ...more] = await rowsFrom(last.number);
  if (same?.number !== last.number || identity(same) !== identity(last)) return rowsFrom(0);
  return more.length === 0 ? known : [...known, ...more];
}

/** @throws RegistryError where a key stands for something else than is asked for now. */
export function checkSameRequest({ idempotencyKey, requestHash }: KeptEvent, asked: string): void {
  if (requestHash === asked) return;
  throw RegistryError.of('IDEMPOTENCY_KEY_REUSED', ['idempotencyKey'], { key: idempotencyKey ?? '' });
}

/** @param action - name of the mutation. */
export function notPermitted(action: string): RegistryError {
  return RegistryError.of('NOT_PERMITTED', [], { action });
}
