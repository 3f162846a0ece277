import type { EntityManager } from 'typeorm';
import { canonicalObject, sha256 } from '../canonical-json.js';
import type { RecordedLedger } from './audit-record.js';

/** Rows of a ledger that are hashed by one statement. */
const ROWS_MAXIMUM = 500;
/** Characters of the operations of change sets that are read by one statement, unless one alone has more. */
const CHARACTERS_MAXIMUM = 4_000_000;

/** A row with the hash of what it says. */
export interface HashedRow {
  readonly number: number;
  readonly hash: string;
}

/**
 * SHA-256 of all that a row says, by the database: its columns as one object of JSON, without those that hold nothing, so
 * that a column which is added later changes no hash. The session's time zone has no part in it.
 */
const ROW_HASH = `encode(sha256(convert_to((
    select jsonb_object_agg(key, value)
    from jsonb_each(to_jsonb(said) || jsonb_build_object('at', to_char(said.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')))
    where value <> 'null')::text, 'UTF8')), 'hex')`;

/** The hash of a row that is there. */
export async function rowHash(manager: EntityManager, table: RecordedLedger, number: number): Promise<string> {
  const [row] = await hashedRows(manager, table, { from: number, to: number });
  if (row === undefined) throw new Error(`There is no row ${number} of ${table}.`);
  return row.hash;
}

/** Rows of a ledger by number, as many as one statement gives. @param range - both ends belong to it. */
export function hashedRows(
  manager: EntityManager,
  table: RecordedLedger,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<HashedRow[]> {
  return manager.query(
    `select number, ${ROW_HASH} as hash from ${table} said
     where number between $1 and $2 order by number limit ${ROWS_MAXIMUM}`,
    [from, to],
  );
}

/** What the hash of a change set covers, beside its operations. */
export interface ChangeSetSaid {
  readonly revision: number;
  readonly at: string;
  readonly author: string;
  readonly reason: string;
  readonly source: string;
  readonly previousHash: string;
}

/** The hash that a change set has to have. @param operations - as canonical JSON. */
export function changeSetHash(
  { revision, at, author, reason, source, previousHash }: ChangeSetSaid,
  operations: string,
): string {
  return sha256(canonicalObject({ revision, at, author, reason, source, previousHash }, { operations }));
}

/** What a record says of a change set. */
export interface RecordedChangeSet {
  readonly revision: number;
  readonly hash: string;
  readonly idempotencyKey: string | null;
  readonly requestHash: string;
}

/** A change set of the log, with the hash that it has to have. */
export interface HashedChangeSet extends RecordedChangeSet {
  readonly previousHash: string;
  readonly computed: string;
}

/** Change sets by revision, as many as one statement gives. @param range - both ends belong to it. */
export async function hashedChangeSets(
  manager: EntityManager,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<HashedChangeSet[]> {
  const rows: (ChangeSetSaid & RecordedChangeSet & { readonly operations: string })[] = await manager.query(
    `select revision, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, author, reason, source,
       previous_hash as "previousHash", idempotency_key as "idempotencyKey", request_hash as "requestHash", hash, operations
     from (select *, sum(octet_length(operations)) over (order by revision) - octet_length(operations) as before
           from (select * from change_set where revision between $1 and $2 order by revision limit ${ROWS_MAXIMUM}) page)
       as measured
     where before < ${CHARACTERS_MAXIMUM} order by revision`,
    [from, to],
  );
  return rows.map((row) => {
    const { revision, hash, previousHash, idempotencyKey, requestHash } = row;
    return { revision, hash, previousHash, idempotencyKey, requestHash, computed: changeSetHash(row, row.operations) };
  });
}
