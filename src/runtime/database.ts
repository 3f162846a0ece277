import { mkdirSync } from 'node:fs';
import { DataSource, MigrationExecutor } from 'typeorm';
import type { DataSourceOptions, EntitySchema, MigrationInterface } from 'typeorm';
import { RegistryError, issue } from '../core/errors.js';
import { dataPaths } from './config.js';
import type { Config } from './config.js';
import { errorCode } from './error-code.js';
import { lockFolder } from './folder-lock.js';
import type { FolderLock } from './folder-lock.js';
import { grantToService } from './service-role.js';

/** The tables and migrations of the whole service; `data-source.ts` is the one list of them. */
export interface Tables {
  readonly entities: readonly (new () => object)[] | readonly EntitySchema[];
  readonly migrations: readonly (new () => MigrationInterface)[];
}

/** An open database. Close it once, at the end. */
export interface Database {
  readonly source: DataSource;
  readonly kind: 'EMBEDDED' | 'POSTGRESQL';
  /** The lock of the data folder; undefined on PostgreSQL, which needs none. */
  readonly lock: FolderLock | undefined;
  close(): Promise<void>;
}

/** A connection that is not had within this time is an error, not a wait for ever: milliseconds. */
const CONNECT_TIMEOUT = 10_000;

/**
 * So long a migration waits for a table that another connection holds, seconds. Whoever asks for the table meanwhile waits
 * behind it, so a service that still runs would stand still as well.
 */
const LOCK_TIMEOUT = 10;
/** What PostgreSQL says then. */
const LOCK_NOT_AVAILABLE = '55P03';

function commonOptions(tables: Tables): {
  type: 'postgres';
  entities: (new () => object)[];
  migrations: (new () => MigrationInterface)[];
  synchronize: false;
  installExtensions: false;
  connectTimeoutMS: number;
} {
  return {
    type: 'postgres',
    // Entity classes and schemas alike are what TypeORM takes here.
    entities: [...tables.entities] as (new () => object)[],
    migrations: [...tables.migrations],
    synchronize: false,
    installExtensions: false,
    connectTimeoutMS: CONNECT_TIMEOUT,
  };
}

/**
 * Opens the database the configuration names and brings it to the newest migration.
 * @throws FolderLocked where another process has the embedded database open.
 */
export async function openDatabase(config: Config, tables: Tables): Promise<Database> {
  const { databaseUrl: url, migrationDatabaseUrl: ownerUrl } = config;
  if (url === undefined) return openEmbedded(config, tables);
  if (ownerUrl !== undefined) await migrateAsOwner(ownerUrl, url, tables);
  return openServer(url, tables);
}

async function openServer(url: string, tables: Tables): Promise<Database> {
  const source = await connect({ ...commonOptions(tables), url, poolSize: 10 });
  return { source, kind: 'POSTGRESQL', lock: undefined, close: () => source.destroy() };
}

/** Brings a database to the newest migration as its owner, and lets the service's role use it. */
async function migrateAsOwner(ownerUrl: string, serviceUrl: string, tables: Tables): Promise<void> {
  const source = await connect({ ...commonOptions(tables), url: ownerUrl, poolSize: 1 });
  try {
    await grantToService(source, serviceUrl);
  } finally {
    await source.destroy();
  }
}

async function openEmbedded(config: Config, tables: Tables): Promise<Database> {
  const paths = dataPaths(config);
  mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 });
  const lock = lockFolder(paths.lock);
  try {
    const database = await openPglite(paths.database, tables);
    return {
      ...database,
      lock,
      close: async () => {
        await database.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * Opens PostgreSQL in this process.
 * @param files - the folder where its files are; or those it shall begin with, to be kept in memory alone; undefined =
 * none, in memory.
 */
export async function openPglite(files: string | Blob | undefined, tables: Tables): Promise<Database> {
  // One after the other: under Jest's module loader the two share a chunk that is not ready when asked for at once.
  const { PGlite } = await import('@electric-sql/pglite');
  const { createPgConfig } = await import('@electric-sql/pglite/node-postgres');
  const engine = await (typeof files === 'string'
    ? PGlite.create(files)
    : PGlite.create(files === undefined ? {} : { loadDataDir: files }));
  try {
    const source = await connect({ ...commonOptions(tables), extra: createPgConfig(engine) });
    return {
      source,
      kind: 'EMBEDDED',
      lock: undefined,
      close: async () => {
        await source.destroy();
        await engine.close();
      },
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

async function connect(options: DataSourceOptions): Promise<DataSource> {
  const source = await new DataSource(options).initialize();
  try {
    await migrate(source);
    return source;
  } catch (error) {
    await source.destroy();
    throw error;
  }
}

/**
 * All pending migrations or none.
 * @throws RegistryError MIGRATION_BLOCKED where another connection holds a table, DATABASE_NEWER where the database was
 * brought further than this release knows.
 */
async function migrate(source: DataSource): Promise<void> {
  const runner = source.createQueryRunner();
  try {
    await runner.query(`SET lock_timeout = '${LOCK_TIMEOUT}s'`);
    const executor = new MigrationExecutor(source, runner);
    executor.transaction = 'all';
    refuseNewer(source, await executor.getExecutedMigrations());
    await executor.executePendingMigrations();
    await runner.query('RESET lock_timeout');
  } catch (error) {
    if (errorCode(error) !== LOCK_NOT_AVAILABLE) throw error;
    const params = { seconds: LOCK_TIMEOUT };
    throw new RegistryError([issue('MIGRATION_BLOCKED', [], params)], { cause: error });
  } finally {
    await runner.release();
  }
}

/** What a later release made of the tables nobody knows here: to write into them could break what it promises of them. */
function refuseNewer(source: DataSource, executed: readonly { readonly name: string }[]): void {
  const known = new Set(source.migrations.map((migration) => migration.name ?? migration.constructor.name));
  const unknown = executed.filter(({ name }) => !known.has(name));
  if (unknown.length === 0) return;
  throw RegistryError.of('DATABASE_NEWER', [], { migrations: unknown.map(({ name }) => name).join(', ') });
}

/** The statements that would bring a migrated database to what the entities say; empty where both agree. */
export async function schemaDrift(source: DataSource): Promise<string[]> {
  const { upQueries } = await source.driver.createSchemaBuilder().log();
  return upQueries.map(({ query }) => query);
}
