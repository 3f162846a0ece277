import { Client } from 'pg';
import { TABLES } from '../../src/data-source.js';
import { openDatabase, openPglite } from '../../src/runtime/database.js';
import type { Database } from '../../src/runtime/database.js';
import { readConfig } from '../../src/runtime/config.js';

let made = 0;

/** A migrated, empty database of its own: on the server that TEST_DATABASE_URL names, else in memory. */
export async function freshDatabase(): Promise<Database> {
  const server = process.env['TEST_DATABASE_URL'];
  if (server === undefined || server === '') return openPglite(undefined, TABLES);
  const name = `khung_test_${process.pid}_${process.env['JEST_WORKER_ID'] ?? '0'}_${++made}`;
  await onServer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const database = await openDatabase(readConfig({ DATABASE_URL: url.href }), TABLES);
  return {
    ...database,
    close: async () => {
      await database.close();
      await onServer(server, `drop database ${name} with (force)`);
    },
  };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
