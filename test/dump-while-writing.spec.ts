import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { TABLES } from '../src/data-source.js';
import { serveOn } from '../src/main.js';
import { verifyAudit } from '../src/runtime/audit/audit-verification.js';
import { restoreLines } from '../src/runtime/backup.js';
import { readConfig } from '../src/runtime/config.js';
import { openDatabase } from '../src/runtime/database.js';
import type { Database } from '../src/runtime/database.js';
import { freshDatabase, freshServerDatabase } from './support/database.js';
import { dumpPrograms } from './support/dump-programs.js';
import { TEST_TOKEN, startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

const SERVER = process.env['TEST_DATABASE_URL'] ?? '';
const run = promisify(execFile);
/** Commits there are at least before a dump begins, and after it has ended. */
const AROUND = 5;

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

interface Committed {
  readonly done: { readonly revision: number | null; readonly userErrors: readonly object[] };
}

const COMMIT = `mutation ($input: CommitChangeSetInput!) {
  done: commitChangeSet(input: $input) { revision userErrors { message } } }`;

/** Commits three things at once: a system, its database, and that the one needs the other. */
async function commit(ask: TestService['askAs'], id: string): Promise<number> {
  const [source, target] = [`urn:khung:ghi-${id}`, `urn:khung:ghi-${id}.kho`];
  const operations = [
    { op: 'ADD', urn: source, value: { kind: 'SYSTEM', name: `Hệ thống ${id}` } },
    { op: 'ADD', urn: target, value: { kind: 'DATABASE', name: `Kho ${id}` } },
    { op: 'ADD', urn: `${source}.can`, value: { kind: 'DEPENDS_ON', source, target } },
  ];
  const { done } = await ask<Committed>(TEST_TOKEN, COMMIT, { input: { reason: 'Ghi', operations } });
  expect(done.userErrors).toEqual([]);
  return Number(done.revision);
}

/** Has something dumped while three people commit without a pause; the revisions before it and at the end. */
async function whileWriting(name: string, dump: () => Promise<void>): Promise<{ first: number; last: number }> {
  const acknowledged: number[] = [];
  const over = new AbortController();
  const write = async (who: string): Promise<void> => {
    for (let index = 0; !over.signal.aborted; index += 1) {
      acknowledged.push(await commit(service.askAs, `${name}-${who}-${index}`));
    }
  };
  const more = async (): Promise<void> => {
    const enough = acknowledged.length + AROUND;
    while (acknowledged.length < enough) await setTimeout(5);
  };
  const writing = Promise.all(['a', 'b', 'c'].map(write));
  await more();
  const first = Math.max(...acknowledged);
  try {
    await dump();
    await more();
  } finally {
    over.abort();
    await writing;
  }
  return { first, last: Math.max(...acknowledged) };
}

const numberOf = async (source: DataSource, statement: string): Promise<number> => {
  const [row]: { number: number }[] = await source.query(`select (${statement})::int as number`);
  return Number(row?.number);
};

/** A restored database is one revision between two: of each commit all or nothing, in rows, log and audit log alike. */
async function expectOneRevision(
  { source }: Database,
  { first, last }: { first: number; last: number },
): Promise<number> {
  const revision = await numberOf(source, 'select revision from landscape_head');
  expect(revision).toBeGreaterThanOrEqual(first);
  expect(revision).toBeLessThan(last);
  const written = await numberOf(source, `select count(*) from change_set where reason = 'Ghi'`);
  expect(written).toBeGreaterThanOrEqual(AROUND);
  const counts = await Promise.all(
    [
      'select max(revision) from change_set',
      'select count(*) from change_set',
      `select ${revision} - ${written} + count(*) from element where urn like 'urn:khung:ghi-%' and kind = 'SYSTEM'`,
      `select ${revision} - ${written} + count(*) from element where urn like 'urn:khung:ghi-%' and kind = 'DATABASE'`,
      `select ${revision} - ${written} + count(*) from relation where urn like 'urn:khung:ghi-%'`,
      'select max(revision) from element',
      'select max(revision) from relation',
    ].map((statement) => numberOf(source, statement)),
  );
  expect(counts).toEqual(counts.map(() => revision));
  const { faults, head } = await verifyAudit(source.manager, { anchors: [] });
  expect(faults).toEqual([]);
  expect(head.number).toBe(await numberOf(source, 'select count(*) from audit_record'));
  return revision;
}

/** The service opens a restored database, and goes on from there. */
async function expectToGoOn(database: Database, revision: number): Promise<void> {
  const config = readConfig({ KHUNG_ADMIN_TOKEN: TEST_TOKEN, KHUNG_SUPERVISION_SECONDS: '0', PORT: '0' });
  const restored = await serveOn(database, { ...config, host: '127.0.0.1', isProduction: false });
  try {
    expect(restored.revision).toBe(revision);
    const ask: TestService['askAs'] = async <T>(token: string | null, query: string, variables: object = {}) => {
      const response = await fetch(`${restored.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query, variables }),
      });
      return ((await response.json()) as { data: T }).data;
    };
    expect(await commit(ask, 'sau-khi-khoi-phuc')).toBe(revision + 1);
  } finally {
    await restored.close();
  }
}

it('a backup that is downloaded while others commit is one revision, and the service goes on from it', async () => {
  let lines: string[] = [];
  const span = await whileWriting('tai', async () => {
    const response = await fetch(`${service.url}/backup`, { headers: { authorization: `Bearer ${TEST_TOKEN}` } });
    lines = gunzipSync(Buffer.from(await response.arrayBuffer()))
      .toString()
      .trimEnd()
      .split('\n');
  });
  const database = await freshDatabase();
  await restoreLines(
    database.source,
    (async function* () {
      yield* lines;
    })(),
  );
  await expectToGoOn(database, await expectOneRevision(database, span));
}, 120_000);

async function majorOf(server: string): Promise<number> {
  const client = new Client({ connectionString: server });
  await client.connect();
  const { rows } = await client.query(`select current_setting('server_version_num')::int / 10000 as major`);
  await client.end();
  return Number(rows[0].major);
}

const programs = SERVER === '' ? undefined : dumpPrograms(await majorOf(SERVER));
if (SERVER !== '' && programs === undefined) {
  process.stderr.write('No pg_dump for this server is here: dumps by PostgreSQL itself were not tested.\n');
}

// The embedded database is no server, and one that comes without its programs for dumps has none to be tested.
if (programs !== undefined) {
  it('a dump by pg_dump while others commit is one revision, and the service goes on from it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'khung-dump-'));
    const file = join(folder, 'khung.dump');
    const { options } = service.database.source;
    const from = 'url' in options ? options.url : '';
    const span = await whileWriting('dump', async () => {
      await run(programs.dump, ['--format=custom', '--file', file, '--dbname', from]);
    });
    const { url, drop } = await freshServerDatabase(SERVER);
    try {
      await run(programs.restore, ['--exit-on-error', '--no-owner', '--no-privileges', '--dbname', url, file]);
      const database = await openDatabase(readConfig({ DATABASE_URL: url }), TABLES);
      await expectToGoOn(database, await expectOneRevision(database, span));
    } finally {
      await drop();
      rmSync(folder, { recursive: true });
    }
  }, 120_000);
}
