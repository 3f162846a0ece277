import { createHash, randomBytes } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { letRowsStay } from './rows-that-stay.js';

const LEDGERS = ['attestation', 'duplicate_case_event', 'evidence_event', 'rule_event', 'waiver_event'];
const UTC = `at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'`;
/** So many rows are hashed by one statement. */
const CHUNK = 500;

/**
 * One chain of all that happens, append-only. Where something happened before, its first record holds how far the log of
 * change sets and the ledgers were, with hashes of what stood in them.
 */
export class AuditRecord1795920000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table audit_record (
        number integer constraint audit_record_pk primary key,
        at timestamptz not null,
        kind text not null,
        actor text not null,
        agency text,
        person uuid,
        subject text,
        payload text not null,
        nonce text not null,
        previous_hash text not null,
        hash text not null
      )`);
    await db.query(`alter table landscape_head add column audit integer not null default 0`);
    await db.query(`alter table landscape_head add column audit_hash text not null default ''`);
    await begin(db);
    await letRowsStay(db, {
      refusal: 'audit_record_stays',
      tables: ['audit_record'],
      message: 'A record of the audit log is neither changed nor taken back',
    });
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`alter table landscape_head drop column audit_hash`);
    await db.query(`alter table landscape_head drop column audit`);
    await db.query(`drop table audit_record`);
    await db.query(`drop function audit_record_stays`);
  }
}

/** Writes the first record, where there is something that it can speak of. */
async function begin(db: QueryRunner): Promise<void> {
  const [head]: { revision: number; hash: string; at: string }[] = await db.query(
    `select revision, hash, to_char(clock_timestamp() ${UTC}) as at from landscape_head where id = 1`,
  );
  if (head === undefined) throw new Error('The landscape has no head row.');
  const ledgers: string[] = [];
  let isAnything = head.revision > 0;
  for (const table of LEDGERS) {
    const { rows, hash } = await standing(db, table);
    isAnything ||= rows > 0;
    ledgers.push(`"${table}":{"hash":"${hash}","rows":${rows}}`);
  }
  if (!isAnything) return;
  // Canonical JSON by hand: what a released migration writes must not change with the service's own code.
  const payload = `{"changeSets":{"hash":"${head.hash}","revision":${head.revision}},"ledgers":{${ledgers.join(',')}}}`;
  const nonce = randomBytes(16).toString('hex');
  const text =
    `{"actor":"system","agency":null,"at":"${head.at}","kind":"GENESIS","nonce":"${nonce}","number":1,"payload":${payload},` +
    `"person":null,"previousHash":"","subject":null}`;
  const hash = createHash('sha256').update(text).digest('hex');
  await db.query(
    `insert into audit_record (number, at, kind, actor, payload, nonce, previous_hash, hash)
     values (1, $1, 'GENESIS', 'system', $2, $3, '', $4)`,
    [head.at, payload, nonce, hash],
  );
  await db.query(`update landscape_head set audit = 1, audit_hash = $1 where id = 1`, [hash]);
}

/** How many rows stand in a ledger, and a hash of the hashes of all, by number. */
async function standing(db: QueryRunner, table: string): Promise<{ readonly rows: number; readonly hash: string }> {
  const all = createHash('sha256');
  let rows = 0;
  for (;;) {
    const some: { hash: string }[] = await db.query(
      `select encode(sha256(convert_to((
         select jsonb_object_agg(key, value)
         from jsonb_each(to_jsonb(said) || jsonb_build_object('at', to_char(said.at ${UTC})))
         where value <> 'null')::text, 'UTF8')), 'hex') as hash
       from ${table} said where number > $1 order by number limit ${CHUNK}`,
      [rows],
    );
    for (const { hash } of some) all.update(hash);
    rows += some.length;
    if (some.length < CHUNK) return { rows, hash: all.digest('hex') };
  }
}
