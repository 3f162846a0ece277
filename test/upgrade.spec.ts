import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { brotliDecompressSync } from 'node:zlib';
import { PGlite } from '@electric-sql/pglite';
import { Client } from 'pg';
import { TABLES } from '../src/data-source.js';
import { serveOn } from '../src/main.js';
import type { Service } from '../src/main.js';
import { verifyAudit } from '../src/runtime/audit/audit-verification.js';
import { readConfig } from '../src/runtime/config.js';
import type { Config } from '../src/runtime/config.js';
import { openDatabase, schemaDrift } from '../src/runtime/database.js';
import type { Database } from '../src/runtime/database.js';
import { freshServerDatabase } from './support/database.js';
import { tableSums } from './support/table-sums.js';

/** What the previous release left behind: `.ci/previous-release/record.mjs` has recorded it. */
interface Recorded {
  readonly version: string;
  readonly engine: { readonly catalog: number; readonly control: number };
  readonly tables: Awaited<ReturnType<typeof tableSums>>;
  readonly audit: { readonly number: number; readonly hash: string };
  readonly answers: readonly { readonly query: string; readonly answer: { landscape?: { revision: number } } }[];
}

const KEPT = 'test/previous-release';
const recorded = JSON.parse(readFileSync(join(KEPT, 'recorded.json'), 'utf8')) as Recorded;
const dump = brotliDecompressSync(readFileSync(join(KEPT, 'database.sql.br'))).toString();
const SERVER = process.env['TEST_DATABASE_URL'] ?? '';
const TOKEN = 'only-for-tests';

interface Place {
  readonly config: Config;
  drop(): Promise<void>;
}

const MORE = { KHUNG_ADMIN_TOKEN: TOKEN, KHUNG_SUPERVISION_SECONDS: '0', PORT: '0', HOST: '127.0.0.1' };

/** A data folder as the previous release leaves it. */
async function folderOfBefore(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'khung-upgrade-'));
  const engine = await PGlite.create(join(folder, 'database'));
  await engine.exec(dump);
  await engine.close();
  return {
    config: readConfig({ ...MORE, KHUNG_DATA: folder }),
    drop: async () => rmSync(folder, { recursive: true }),
  };
}

/** A database of the previous release on a server. */
async function databaseOfBefore(): Promise<Place> {
  const { url, drop } = await freshServerDatabase(SERVER);
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(dump);
  await client.end();
  const folder = mkdtempSync(join(tmpdir(), 'khung-upgrade-'));
  return {
    config: readConfig({ ...MORE, KHUNG_DATA: folder, DATABASE_URL: url }),
    drop: async () => {
      await drop();
      rmSync(folder, { recursive: true });
    },
  };
}

const rowsOf =
  ({ source }: Database) =>
  async (statement: string): Promise<Record<string, unknown>[]> =>
    source.query(statement);

let place: Place;
let database: Database;
let service: Service;
beforeAll(async () => {
  place = await (SERVER === '' ? folderOfBefore() : databaseOfBefore());
  database = await openDatabase(place.config, TABLES);
}, 120_000);
afterAll(async () => {
  await service.close();
  await place.drop();
});

async function ask<T>(query: string, variables: object = {}): Promise<T> {
  const response = await fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: T; errors?: unknown };
  if (errors !== undefined || data === undefined) throw new Error(JSON.stringify(errors));
  return data;
}

describe('what the previous release left behind', () => {
  if (SERVER === '') {
    it('lies in a folder that the engine of this one opens', async () => {
      const [engine] = await database.source.query(
        'select catalog_version_no as catalog, pg_control_version as control from pg_control_system()',
      );
      expect(engine).toEqual(recorded.engine);
    });
  }

  it('is brought to the tables of this one', async () => {
    const executed: { name: string }[] = await database.source.query('select name from migrations order by id');
    expect(executed.map(({ name }) => name)).toEqual(TABLES.migrations.map(({ name }) => name));
    expect(await schemaDrift(database.source)).toEqual([]);
  });

  it('is kept, row by row', async () => {
    const tables = await tableSums(rowsOf(database), recorded.tables);
    expect(tables).toEqual(recorded.tables);
    // Something is in every table, or keeping it would say nothing.
    expect(Object.values(tables).filter(({ rows }) => rows === 0)).toEqual([]);
  });

  it('has a whole audit log, in which the old head is where it was', async () => {
    const { faults, head } = await verifyAudit(database.source.manager, { anchors: [recorded.audit] });
    expect([faults, head.number >= recorded.audit.number]).toEqual([[], true]);
  });

  it('is answered as it was, changed, and verified by a job in the old queue', async () => {
    service = await serveOn(database, place.config);
    for (const { query, answer } of recorded.answers) expect([query, await ask(query)]).toEqual([query, answer]);
    const revision = recorded.answers.find(({ answer }) => answer.landscape !== undefined)?.answer.landscape?.revision;
    const operations = [
      { op: 'UPDATE', urn: 'urn:khung:pht-mot', path: 'name', value: 'Sau nâng cấp' },
      { op: 'ADD', urn: 'urn:khung:sau-nang-cap', value: { kind: 'SYSTEM', name: 'Sau nâng cấp' } },
    ];
    const { done } = await ask<{ done: { revision: number; userErrors: object[] } }>(
      `mutation ($input: CommitChangeSetInput!) {
        done: commitChangeSet(input: $input) { revision userErrors { message } } }`,
      { input: { reason: 'Sau nâng cấp', operations } },
    );
    expect(done).toEqual({ revision: Number(revision) + 1, userErrors: [] });
    expect(await audited()).toEqual({ faultCount: 0, headNumber: expect.any(Number) });
  });
});

interface Job {
  readonly id: string;
  readonly failure: object | null;
  readonly auditVerification: object | null;
}

async function audited(): Promise<object> {
  const fields = 'id failure { message } auditVerification { faultCount headNumber }';
  const { started } = await ask<{ started: { job: Job } }>(
    `mutation { started: startAuditVerification(input: {}) { job { ${fields} } } }`,
  );
  let { job } = started;
  while (job.auditVerification === null) {
    expect(job.failure).toBeNull();
    await setTimeout(100);
    ({ job } = await ask<{ job: Job }>(`query ($id: ID!) { job(id: $id) { ${fields} } }`, { id: job.id }));
  }
  return job.auditVerification;
}
