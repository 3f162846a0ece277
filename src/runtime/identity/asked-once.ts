import type { EntityManager, ObjectType } from 'typeorm';
import { RegistryError } from '../../core/errors.js';
import { isWritableText } from '../../core/landscape/record-fields.js';
import { hashOf } from '../canonical-json.js';

/** How something is asked for, beside what. */
export interface Asking {
  readonly idempotencyKey?: string | null;
  readonly dryRun: boolean;
}

/** What a row keeps of the request that made it. */
export interface AskedFor {
  readonly idempotencyKey: string | null;
  readonly requestHash: string | null;
}

/** What a row is to keep of a request. @throws RegistryError where the key can not be kept. */
export function askedFor(asked: object, { idempotencyKey = null }: Asking): AskedFor {
  if (idempotencyKey === null) return { idempotencyKey, requestHash: null };
  if (isWritableText(idempotencyKey)) return { idempotencyKey, requestHash: hashOf(asked) };
  const field = 'idempotencyKey';
  throw RegistryError.of('VALUE_OF_WRONG_TYPE', [field], { field, expected: 'text' });
}

/**
 * What the same request made before; null where it is the first of its key.
 * @throws RegistryError IDEMPOTENCY_KEY_REUSED where the key stands for something else.
 */
export async function madeBefore<T extends AskedFor>(
  manager: EntityManager,
  table: ObjectType<T>,
  { idempotencyKey, requestHash }: AskedFor,
): Promise<T | null> {
  if (idempotencyKey === null) return null;
  // Whoever repeats himself at once waits until the first is done.
  await manager.query('select pg_advisory_xact_lock(hashtext($1))', [`asked once: ${idempotencyKey}`]);
  const [row] = await manager
    .getRepository<T>(table)
    .createQueryBuilder('made')
    .where('made.idempotency_key = :idempotencyKey', { idempotencyKey })
    .getMany();
  if (row === undefined || row.requestHash === requestHash) return row ?? null;
  throw RegistryError.of('IDEMPOTENCY_KEY_REUSED', ['idempotencyKey'], { key: idempotencyKey });
}
