import * as fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { AuditRecord1795920000000 } from '../migrations/1795920000000-audit-record.js';
import { AuditedRevision1795940000000 } from '../migrations/1795940000000-audited-revision.js';
import { appendAudit, readAuditHead } from '../src/runtime/audit/audit-log.js';
import { ADMINISTRATOR } from '../src/core/access/actor.js';
import { RECORDED_LEDGERS, auditedActor } from '../src/runtime/audit/audit-record.js';
import type { AuditEvent } from '../src/runtime/audit/audit-record.js';
import type { AuditFault } from '../src/runtime/audit/audit-chain.js';
import { verifyAudit } from '../src/runtime/audit/audit-verification.js';
import { freshDatabase } from './support/database.js';
import { commit, startAuditedService } from './support/audited-service.js';
import type { TestService } from './support/service.js';

/** Tables whose rows stay too, and are worked out: whoever doubts them can make them again from what is recorded. */
const WORKED_OUT = ['compliance_run', 'finding_transition', 'rule_pack_document'];

const faultsOf = async ({ manager }: DataSource): Promise<readonly AuditFault[]> =>
  (await verifyAudit(manager, { anchors: [] })).faults;

/** Does what triggers forbid, looks, and takes it back. */
async function whileSpoilt<T>(
  source: DataSource,
  tables: readonly string[],
  spoil: readonly string[],
  look: () => Promise<T>,
): Promise<T> {
  for (const table of tables) {
    await source.query(`create table spoilt_${table} as select * from ${table}`);
    await source.query(`alter table ${table} disable trigger user`);
  }
  try {
    for (const statement of spoil) await source.query(statement);
    return await look();
  } finally {
    for (const table of tables) {
      await source.query(`delete from ${table}`);
      await source.query(`insert into ${table} select * from spoilt_${table}`);
      await source.query(`drop table spoilt_${table}`);
      await source.query(`alter table ${table} enable trigger user`);
    }
  }
}

/** SQL that flips the lowest bit of a byte of a text column. */
const flip = (table: string, column: string, where: string, at = 0): string =>
  `update ${table} set ${column} = convert_from(set_byte(bytes, place, get_byte(bytes, place) # 1), 'UTF8')
   from (select ctid as row, convert_to(${column}, 'UTF8') as bytes,
           ${at} % octet_length(convert_to(${column}, 'UTF8')) as place from ${table} where ${where}) as flipped
   where ${table}.ctid = flipped.row`;

describe('where something of every kind happened', () => {
  let service: TestService;
  let source: DataSource;
  beforeAll(async () => {
    service = await startAuditedService();
    ({ source } = service.database);
  });
  afterAll(() => service.close());

  it('each thing has a record, and every record and row is right', async () => {
    const counted = async (table: string): Promise<number> =>
      (await source.query(`select count(*)::integer as count from ${table}`))[0].count;
    const verification = await verifyAudit(source.manager, { anchors: [] });
    expect(verification).toMatchObject({
      faults: [],
      faultCount: 0,
      head: await readAuditHead(source.manager).then(({ number, hash }) => ({ number, hash })),
    });
    let rows = await counted('change_set');
    for (const table of RECORDED_LEDGERS) {
      const own = await counted(table);
      expect([table, own >= 2]).toEqual([table, true]);
      expect([table, await counted(`audit_record where kind = '${table.toUpperCase()}'`)]).toEqual([table, own]);
      rows += own;
    }
    expect([verification.recordsChecked, verification.rowsChecked]).toEqual([rows, rows]);
  });

  it('records say as whom somebody did it', async () => {
    const actors = await source.query(
      `select distinct kind, actor, agency from audit_record where kind like '%WAIVER%' order by actor`,
    );
    expect(actors).toEqual([
      { kind: 'WAIVER_EVENT', actor: 'administrator', agency: null },
      { kind: 'WAIVER_EVENT', actor: 'officer', agency: 'urn:khung:so-kt' },
    ]);
  });

  it('every table whose rows stay is recorded, or can be made again', async () => {
    const tables: { name: string }[] = await source.query(
      `select distinct event_object_table as name from information_schema.triggers where trigger_name like '%_stays' order by 1`,
    );
    const recorded = [...RECORDED_LEDGERS, ...WORKED_OUT, 'audit_record'].toSorted();
    expect(tables.map(({ name }) => name)).toEqual(recorded);
  });

  it('a byte of any field of a row that is recorded is found and named', async () => {
    const columns: { table: string; column: string }[] = await source.query(
      `select table_name as table, column_name as column from information_schema.columns
       where table_name = any($1) and data_type = 'text'`,
      [['change_set', ...RECORDED_LEDGERS]],
    );
    expect(columns.length).toBeGreaterThan(40);
    for (const { table, column } of columns) {
      const key = table === 'change_set' ? 'revision' : 'number';
      const [given] = await source.query(
        `select ${key} as row from ${table} where ${column} <> '' and ${key} > 1 order by 1 limit 1`,
      );
      // What is a code of a closed list is refused by the table itself.
      if (given === undefined || column === 'kind' || column === 'state') continue;
      const where = `${key} = ${given.row}`;
      const kind = table.toUpperCase();
      const [record] = await source.query(
        `select number from audit_record where kind = '${kind}' and subject = '${given.row}'`,
      );
      const told = await whileSpoilt(source, [table], [flip(table, column, where, 3)], () => faultsOf(source));
      expect([column, told]).toEqual([column, [{ kind: 'ROW_CHANGED', number: record.number, table, row: given.row }]]);
    }
    expect(await faultsOf(source)).toEqual([]);
  }, 120_000);

  it.each<[string, string[], (last: number) => AuditFault[]]>([
    [
      'a row that is gone',
      [`delete from waiver_event where number = 2`],
      () => [expect.objectContaining({ kind: 'ROW_MISSING', table: 'waiver_event', row: 2 })],
    ],
    [
      'a row that nobody recorded',
      [
        `insert into waiver_event select 3, waiver, kind, happened_on, agency, rule, pack, subjects, valid_from, valid_to,
          compensating_measure, reason, document, author, 'x', request_hash, at from waiver_event where number = 2`,
      ],
      () => [{ kind: 'ROW_NOT_RECORDED', number: null, table: 'waiver_event', row: 3, through: 3 }],
    ],
    [
      'a value of no text',
      [`update duplicate_case_event set avoided_cost = avoided_cost + 1 where number = 2`],
      () => [expect.objectContaining({ kind: 'ROW_CHANGED', table: 'duplicate_case_event', row: 2 })],
    ],
    [
      'the last record that is gone',
      [`delete from audit_record where number = (select audit from landscape_head)`],
      (last) => [
        { kind: 'RECORD_MISSING', number: last, through: last },
        { kind: 'ROW_NOT_RECORDED', number: null, table: 'attestation', row: 2, through: 2 },
      ],
    ],
  ])('%s is found and named', async (_what, spoil, faults) => {
    const tables = ['waiver_event', 'duplicate_case_event', 'audit_record'];
    const { number } = await readAuditHead(source.manager);
    const told = await whileSpoilt(source, tables, spoil, () => faultsOf(source));
    expect(told).toEqual(faults(number));
  });

  it('a record that names a row far behind the last is told, and not counted up to', async () => {
    const undone = new Error('undone');
    const told: AuditFault[] = [];
    const written = source.transaction(async (manager) => {
      const by = auditedActor(ADMINISTRATOR);
      await appendAudit(manager, [{ kind: 'WAIVER_EVENT', by, subject: '30000000', payload: { row: 30_000_000 } }]);
      told.push(...(await verifyAudit(manager, { anchors: [] })).faults);
      throw undone;
    });
    await expect(written).rejects.toBe(undone);
    expect(told).toEqual([expect.objectContaining({ kind: 'ROW_MISSING', table: 'waiver_event', row: 30_000_000 })]);
  });

  it('a revision does not go up without a record: a release that writes none is refused', async () => {
    const head = (): Promise<unknown> => source.query('select revision, audit from landscape_head');
    const before = await head();
    const { revision } = (before as { revision: number }[])[0] ?? { revision: -1 };
    await expect(source.query('update landscape_head set revision = revision + 1')).rejects.toThrow('older release');
    expect(await head()).toEqual(before);
    await source.query('update landscape_head set revision = revision + 1, audit = audit + 1');
    await source.query('update landscape_head set revision = $1, audit = audit - 1', [revision]);
    expect(await head()).toEqual(before);
  });

  it('a head that was set back, or has another hash, is found', async () => {
    const { number, hash } = await readAuditHead(source.manager);
    const told = async (change: string): Promise<readonly AuditFault[]> => {
      await source.query(`update landscape_head set ${change}`);
      const faults = await faultsOf(source);
      await source.query(`update landscape_head set audit = $1, audit_hash = $2`, [number, hash]);
      return faults;
    };
    expect(await told(`audit = audit - 1`)).toContainEqual({ kind: 'RECORD_AFTER_HEAD', number, through: number });
    expect(await told(`audit = audit + 1`)).toContainEqual({
      kind: 'RECORD_MISSING',
      number: number + 1,
      through: number + 1,
    });
    expect(await told(`audit_hash = 'x'`)).toEqual([{ kind: 'HEAD_CHANGED', number }]);
    expect(await told(`hash = repeat('0', 64)`)).toEqual([{ kind: 'HEAD_CHANGED', number, table: 'change_set' }]);
    await source.query(`update landscape_head set hash = (select hash from change_set order by revision desc limit 1)`);
  });

  it('a head that was kept elsewhere is held, or is not', async () => {
    const { number, hash } = await readAuditHead(source.manager);
    await commit(service, { op: 'UPDATE', urn: 'urn:khung:kt-b', path: 'name', value: 'Sau mỏ neo' });
    const [other, later] = [
      { number, hash: 'f'.repeat(64) },
      { number: number + 99, hash },
    ];
    const { faults } = await verifyAudit(source.manager, { anchors: [{ number, hash }, other, later] });
    expect(faults).toEqual([
      { kind: 'ANCHOR_NOT_HELD', number },
      { kind: 'ANCHOR_NOT_HELD', number: number + 99 },
    ]);
  });

  it('a record is neither changed, nor taken back', async () => {
    for (const change of [
      'update audit_record set actor = $$x$$',
      'delete from audit_record',
      'truncate audit_record',
    ]) {
      await expect(source.query(change)).rejects.toThrow(/neither changed nor taken back/);
    }
  });

  it('a database of before begins with what stood in it, and goes on', async () => {
    const migrations = [new AuditRecord1795920000000(), new AuditedRevision1795940000000()];
    const runner = source.createQueryRunner();
    for (const each of migrations.toReversed()) await each.down(runner);
    for (const each of migrations) await each.up(runner);
    await runner.release();
    expect(await faultsOf(source)).toEqual([]);
    expect(await source.query(`select kind from audit_record`)).toEqual([{ kind: 'GENESIS' }]);
    await commit(service, { op: 'UPDATE', urn: 'urn:khung:kt-b', path: 'name', value: 'Sau nâng cấp' });
    expect(await faultsOf(source)).toEqual([]);
    expect(await readAuditHead(source.manager)).toMatchObject({ number: 2 });
    const of = (table: string, statement: string): Promise<readonly AuditFault[]> =>
      whileSpoilt(source, [table], [statement], () => faultsOf(source));
    expect(await of('change_set', flip('change_set', 'operations', 'revision = 2', 50))).toEqual([
      { kind: 'ROW_CHANGED', number: 1, table: 'change_set', row: 2 },
    ]);
    expect(await of('rule_event', flip('rule_event', 'reason', 'number = 1'))).toEqual([
      { kind: 'START_CHANGED', number: 1, table: 'rule_event' },
    ]);
  });
});

it('one flipped byte anywhere in 10,000 records of a database is found and named', async () => {
  const database = await freshDatabase();
  try {
    const { source } = database;
    const by = { actor: 'administrator', agency: 'urn:khung:so-kt', person: null };
    for (let from = 1; from <= 10_000; from += 1_000) {
      const events = Array.from({ length: 1_000 }, (_, place): AuditEvent => {
        return { kind: 'EXPORT', by, subject: `tệp-${from + place}.csv`, payload: { size: from + place } };
      });
      await source.transaction((manager) => appendAudit(manager, events));
    }
    expect(await verifyAudit(source.manager, { anchors: [] })).toMatchObject({ faults: [], recordsChecked: 10_000 });
    await source.query('alter table audit_record disable trigger user');
    const place = fc.record({
      number: fc.integer({ min: 1, max: 10_000 }),
      column: fc.constantFrom('kind', 'actor', 'agency', 'subject', 'payload', 'nonce', 'previous_hash', 'hash'),
      at: fc.nat({ max: 200 }),
    });
    const property = fc.asyncProperty(place, async ({ number, column, at }) => {
      fc.pre(number > 1 || column !== 'previous_hash');
      const statement = flip('audit_record', column, `number = ${number}`, at);
      await source.query(statement);
      const faults = await faultsOf(source);
      await source.query(statement);
      const kinds: Record<string, string> = { hash: 'HASH_CHANGED', previous_hash: 'LINK_CHANGED' };
      expect(faults).toEqual([{ kind: kinds[column] ?? 'CONTENT_CHANGED', number }]);
    });
    await fc.assert(property, { numRuns: 15 });
    await source.query(`update audit_record set number = 10007 where number = 7`);
    expect(await faultsOf(source)).toEqual([
      { kind: 'RECORD_MISSING', number: 7, through: 7 },
      { kind: 'RECORD_AFTER_HEAD', number: 10_001, through: 10_007 },
    ]);
  } finally {
    await database.close();
  }
}, 120_000);
