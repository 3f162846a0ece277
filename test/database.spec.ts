import { rmSync } from 'node:fs';
import { Client } from 'pg';
import type { MigrationInterface } from 'typeorm';
import { TABLES } from '../src/data-source.js';
import { readConfig } from '../src/runtime/config.js';
import { openDatabase, openPglite, schemaDrift } from '../src/runtime/database.js';
import type { Database } from '../src/runtime/database.js';
import { freshServerDatabase } from './support/database.js';
import { migratedFolder } from './support/process.js';

let database: Database;
beforeAll(async () => {
  database = await openPglite(undefined, TABLES);
});
afterAll(() => database.close());

it('says the same in entities and migrations', async () => {
  expect(await schemaDrift(database.source)).toEqual([]);
});

const SERVER = process.env['TEST_DATABASE_URL'] ?? '';

/** A migration of this release that is not made yet. */
class Pending9999999999998 implements MigrationInterface {
  name = 'Pending9999999999998';
  async up(): Promise<void> {
    throw new Error('Migrated on top of what is not known.');
  }
  async down(): Promise<void> {
    throw new Error('Nothing was migrated.');
  }
}

it('is not opened once a later release has migrated it, and is not migrated further', async () => {
  const folder = migratedFolder();
  const template = process.env['KHUNG_TEST_TEMPLATE_DATABASE'];
  const server = SERVER === '' ? undefined : await freshServerDatabase(SERVER, template);
  const config = readConfig({ KHUNG_DATA: folder, ...(server !== undefined && { DATABASE_URL: server.url }) });
  try {
    const first = await openDatabase(config, TABLES);
    await first.source.query(`insert into migrations (timestamp, name) values (9999999999999, 'Later9999999999999')`);
    await first.close();
    const next = { ...TABLES, migrations: [...TABLES.migrations, Pending9999999999998] };
    for (const tables of [TABLES, next]) {
      await expect(openDatabase(config, tables)).rejects.toMatchObject({
        issues: [{ reason: 'DATABASE_NEWER', params: { migrations: 'Later9999999999999' } }],
      });
    }
  } finally {
    await server?.drop();
    rmSync(folder, { recursive: true });
  }
}, 60_000);

// The embedded database has one connection: nobody else can hold a table of it.
if (SERVER !== '') {
  it('is not migrated while another connection holds a table, and says so', async () => {
    const { url, drop } = await freshServerDatabase(SERVER);
    const other = new Client({ connectionString: url });
    await other.connect();
    try {
      await other.query('begin');
      await other.query('create table trusted_document (id text)');
      await expect(openDatabase(readConfig({ DATABASE_URL: url }), TABLES)).rejects.toMatchObject({
        issues: [{ reason: 'MIGRATION_BLOCKED' }],
      });
      await other.query('rollback');
      const opened = await openDatabase(readConfig({ DATABASE_URL: url }), TABLES);
      await opened.close();
    } finally {
      await other.end();
      await drop();
    }
  }, 60_000);
}
