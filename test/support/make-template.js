import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';

/**
 * Says where the files of an empty, migrated embedded database are, and makes them where they are not there yet: by the
 * service itself, as it is built. They are made anew when a migration or the engine changes.
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

async function make(file) {
  const { openPglite } = await import(join(BUILT, 'src/runtime/database.js'));
  const { TABLES } = await import(join(BUILT, 'src/data-source.js'));
  mkdirSync(CACHE, { recursive: true });
  const folder = `${file}.${process.pid}`;
  const database = await openPglite(folder, TABLES);
  await database.close();
  const engine = await PGlite.create(folder);
  const files = await engine.dumpDataDir('none');
  await engine.close();
  // Another run may be making the same: whole files take each other's place.
  writeFileSync(`${folder}.tar`, Buffer.from(await files.arrayBuffer()));
  renameSync(`${folder}.tar`, file);
  rmSync(folder, { recursive: true });
}

const file = join(CACHE, `${key()}.tar`);
if (!existsSync(file)) await make(file);
process.stdout.write(file);
