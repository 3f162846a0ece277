import type { EntityManager } from 'typeorm';
import type { Actor } from '../core/access/actor.js';
import { RegistryError } from '../core/errors.js';
import { appendRow } from './audit/audit-log.js';
import { auditedActor, isRecordedLedger } from './audit/audit-record.js';

/** What every row of a table has to which rows are only added: numbers without gaps, given while nobody else can write. */
export interface KeptEvent {
  number: number;
  person: string | null;
  idempotencyKey: string | null;
  requestHash: string;
  at: Date;
}

/** How a row is kept, beside what it says. */
export interface Keeping {
  /** Who says it. */
  readonly actor: Actor;
  readonly key: string | null;
  /** Hash of what was asked for. */
  readonly requestHash: string;
  readonly dryRun: boolean;
}

/** Gives a row its number, writes it and records it in the audit log, under the lock of the head; on a dry run it is only what it would be. */
export async function added<T extends KeptEvent>(
  table: new () => T,
  said: Omit<T, keyof KeptEvent>,
  { actor, key, requestHash, dryRun }: Keeping,
  manager: EntityManager,
): Promise<T> {
  const { tableName } = manager.connection.getMetadata(table);
  const [last]: { number: number | null }[] = await manager.query(`select max(number) as number from ${tableName}`);
  // Whoever issued a token answers for what it asks for.
  const person = actor.issuedBy ?? actor.principal ?? null;
  const kept = { number: (last?.number ?? 0) + 1, person, idempotencyKey: key, requestHash };
  const row: T = Object.assign(new table(), said, kept);
  if (dryRun) return Object.assign(row, { at: new Date() });
  if (!isRecordedLedger(tableName)) throw new Error(`The audit log knows no ledger ${tableName}.`);
  const saved = await manager.save(row);
  await appendRow(manager, { table: tableName, number: saved.number }, auditedActor(actor));
  return saved;
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
