import { openAsBlob } from 'node:fs';
import { Client } from 'pg';
import { TABLES } from '../../src/data-source.js';
import { openDatabase, openPglite } from '../../src/runtime/database.js';
import type { Database } from '../../src/runtime/database.js';
import { readConfig } from '../../src/runtime/config.js';

let made = 0;

/** Files of an empty, migrated embedded database, made once before the suite: making them anew takes three seconds. */
const template = async (): Promise<Blob> => openAsBlob(process.env['KHUNG_TEST_TEMPLATE'] ?? '');

/** A migrated, empty database of its own: on the server that TEST_DATABASE_URL names, else in memory. */
export async function freshDatabase(): Promise<Database> {
  const server = process.env['TEST_DATABASE_URL'];
  if (server === undefined || server === '') return openPglite(await template(), TABLES);
  const { url, drop } = await freshServerDatabase(server, process.env['KHUNG_TEST_TEMPLATE_DATABASE']);
  const database = await openDatabase(readConfig({ DATABASE_URL: url }), TABLES);
  return {
    ...database,
    close: async () => {
      await database.close();
      await drop();
    },
  };
}

/**
 * A database of its own on a server.
 * @param template - the database that it begins as; nothing = it is empty.
 */
export async function freshServerDatabase(
  server: string,
  template = '',
): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const name = `khung_test_${process.pid}_${process.env['JEST_WORKER_ID'] ?? '0'}_${++made}`;
  await onServer(server, `create database ${name}${template === '' ? '' : ` template ${template}`}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(server, `drop database ${name} with (force)`) };
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
