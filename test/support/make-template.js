import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Client } from 'pg';

/**
 * Says where an empty, migrated embedded database is, packed and as a folder, and, where TEST_DATABASE_URL names a server,
 * which database of it is one; as JSON. They are made where they are not there yet, by the service itself as it is built, and
 * anew when a migration or the engine changes.
 */
const ROOT = new URL('../..', import.meta.url).pathname;
const BUILT = join(ROOT, 'dist');
const CACHE = join(ROOT, 'node_modules/.cache/khung');

function key() {
  const hash = createHash('sha256');
  const migrations = join(BUILT, 'migrations');
  const files = readdirSync(migrations).filter((name) => name.endsWith('.js'));
  for (const name of files.toSorted()) hash.update(readFileSync(join(migrations, name)));
  hash.update(readFileSync(join(ROOT, 'node_modules/@electric-sql/pglite/package.json')));
  return hash.digest('hex').slice(0, 16);
}

async function make(file, kept) {
  const { openPglite } = await import(join(BUILT, 'src/runtime/database.js'));
  const { TABLES } = await import(join(BUILT, 'src/data-source.js'));
  mkdirSync(CACHE, { recursive: true });
  const folder = `${kept}.${process.pid}`;
  const database = await openPglite(folder, TABLES);
  await database.close();
  const engine = await PGlite.create(folder);
  const files = await engine.dumpDataDir('none');
  await engine.close();
  // Another run may be making the same: whole files take each other's place.
  writeFileSync(`${folder}.tar`, Buffer.from(await files.arrayBuffer()));
  renameSync(`${folder}.tar`, file);
  try {
    renameSync(folder, kept);
  } catch (error) {
    if (error.code !== 'ENOTEMPTY') throw error;
    rmSync(folder, { recursive: true });
  }
}

/** On the server a name is taken once: of two that make the same at once the second keeps what the first has made. */
async function makeOnServer(server, name) {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 1) return;
    const unfinished = `${name}_${process.pid}`;
    await client.query(`create database ${unfinished}`);
    const { openDatabase } = await import(join(BUILT, 'src/runtime/database.js'));
    const { TABLES } = await import(join(BUILT, 'src/data-source.js'));
    const { readConfig } = await import(join(BUILT, 'src/runtime/config.js'));
    const url = new URL(server);
    url.pathname = `/${unfinished}`;
    const database = await openDatabase(readConfig({ DATABASE_URL: url.href }), TABLES);
    await database.close();
    const taken = '42P04';
    await client.query(`alter database ${unfinished} rename to ${name}`).catch(async (error) => {
      if (error.code !== taken) throw error;
      await client.query(`drop database ${unfinished}`);
    });
  } finally {
    await client.end();
  }
}

const made = key();
const file = join(CACHE, `${made}.tar`);
const folder = join(CACHE, made);
if (!existsSync(file) || !existsSync(folder)) await make(file, folder);
const server = process.env.TEST_DATABASE_URL;
const database = server === undefined || server === '' ? null : `khung_template_${made}`;
if (database !== null) await makeOnServer(server, database);
process.stdout.write(JSON.stringify({ file, folder, database }));
