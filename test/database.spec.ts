import { Client } from 'pg';
import { TABLES } from '../src/data-source.js';
import { readConfig } from '../src/runtime/config.js';
import { openDatabase, openPglite, schemaDrift } from '../src/runtime/database.js';
import type { Database } from '../src/runtime/database.js';
import { freshServerDatabase } from './support/database.js';

let database: Database;
beforeAll(async () => {
  database = await openPglite(undefined, TABLES);
});
afterAll(() => database.close());

it('says the same in entities and migrations', async () => {
  expect(await schemaDrift(database.source)).toEqual([]);
});

const SERVER = process.env['TEST_DATABASE_URL'] ?? '';

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
