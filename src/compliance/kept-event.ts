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

/** @throws RegistryError where a key stands for something else than is asked for now. */
export function checkSameRequest({ idempotencyKey, requestHash }: KeptEvent, asked: string): void {
  if (requestHash === asked) return;
  throw RegistryError.of('IDEMPOTENCY_KEY_REUSED', ['idempotencyKey'], { key: idempotencyKey ?? '' });
}

/** @param action - name of the mutation. */
export function notPermitted(action: string): RegistryError {
  return RegistryError.of('NOT_PERMITTED', [], { action });
}
