import type { EntityManager } from 'typeorm';
import { nextRecord } from './audit-record.js';
import type { AuditEvent, AuditHead, AuditRecord, AuditedActor, RecordedLedger } from './audit-record.js';
import { rowHash } from './recorded-rows.js';

/** A moment as hashes cover it. */
const UTC = `at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'`;

const COLUMNS = 'number, at, kind, actor, agency, person, subject, payload, nonce, previous_hash, hash';

/** The columns of a record under the names that it has here. */
export const RECORD_SELECT = `number, to_char(at ${UTC}) as at, kind, actor, agency, person, subject, payload, nonce,
  previous_hash as "previousHash", hash`;

/**
 * A statement that enters records, as a part of one that moves the head as well.
 * @param records - one at least.
 * @param before - number of the parameters that stand before its own.
 */
export function entering(
  records: readonly AuditRecord[],
  before: number,
): { readonly insert: string; readonly parameters: readonly unknown[] } {
  const rows = records.map(valuesOf);
  const places = rows.map(
    (row, at) => `(${row.map((_, place) => `$${before + at * row.length + place + 1}`).join(', ')})`,
  );
  return { insert: `insert into audit_record (${COLUMNS}) values ${places.join(', ')}`, parameters: rows.flat() };
}

/** In the order of `COLUMNS`. */
function valuesOf(record: AuditRecord): unknown[] {
  const { number, at, kind, actor, agency, person, subject, payload, nonce, previousHash, hash } = record;
  return [number, at, kind, actor, agency, person, subject, payload, nonce, previousHash, hash];
}

/** Where the chain ends, as it is read. */
export async function readAuditHead(manager: EntityManager): Promise<AuditHead & { readonly at: string | null }> {
  const [head]: (AuditHead & { readonly at: string | null })[] = await manager.query(
    `select head.audit as number, head.audit_hash as hash, to_char(record.at ${UTC}) as at
     from landscape_head head left join audit_record record on record.number = head.audit where head.id = 1`,
  );
  return headOf(head);
}

/**
 * Records what happens, in the transaction in which it does and after it was written. The landscape's head is locked with
 * it: who waits for that waits for this.
 */
export async function appendAudit(manager: EntityManager, events: readonly AuditEvent[]): Promise<void> {
  const [locked]: (AuditHead & { readonly at: string })[] = await manager.query(
    `select audit as number, audit_hash as hash, to_char(clock_timestamp() ${UTC}) as at
     from landscape_head where id = 1 for update`,
  );
  const { at, ...before } = headOf(locked);
  const records = chained(before, events, () => at);
  const head = records.at(-1);
  if (head === undefined) return;
  const { insert, parameters } = entering(records, 2);
  await manager.query(
    `with audited as (${insert}) update landscape_head set audit = $1, audit_hash = $2 where id = 1`,
    [head.number, head.hash, ...parameters],
  );
}

/** The records that follow a head. @param atOf - the moment of each, by its place. */
export function chained(
  before: AuditHead,
  events: readonly AuditEvent[],
  atOf: (place: number) => string,
): AuditRecord[] {
  const records: AuditRecord[] = [];
  for (const [place, event] of events.entries()) {
    records.push(nextRecord(records.at(-1) ?? before, event, atOf(place)));
  }
  return records;
}

/** Records a row of a ledger that was just written, by a hash of all that it says. */
export async function appendRow(
  manager: EntityManager,
  { table, number }: { readonly table: RecordedLedger; readonly number: number },
  by: AuditedActor,
): Promise<void> {
  const hash = await rowHash(manager, table, number);
  // The kind is the table's name in capitals, as the type says.
  const kind = table.toUpperCase() as Uppercase<RecordedLedger>;
  await appendAudit(manager, [{ kind, by, subject: `${number}`, payload: { hash, row: number } }]);
}

function headOf<T>(head: T | undefined): T {
  // The migration that makes the table puts its one row there.
  if (head === undefined) throw new Error('The landscape has no head row.');
  return head;
}
