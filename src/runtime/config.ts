import { join, resolve } from 'node:path';
import { VISIBILITIES } from '../core/landscape/model.js';
import type { Visibility } from '../core/landscape/model.js';

/** Everything the environment may say, read once at start. */
export interface Config {
  /** PostgreSQL to connect to; undefined = the embedded database in the data folder. */
  readonly databaseUrl: string | undefined;
  /** Folder of the embedded database, the lock and the administrator's token. */
  readonly dataFolder: string;
  readonly host: string;
  readonly port: number;
  /** Bearer token of the administrator; undefined = the one in the data folder (embedded), or none (PostgreSQL). */
  readonly adminToken: string | undefined;
  /** Who may read sums over findings. */
  readonly findingsVisibility: Visibility;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** @throws Error with the name of the variable and what it may be; the process must not start on a guess. */
export function readConfig(environment: Environment): Config {
  const port = Number(environment['PORT'] ?? '3000');
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`PORT must be a whole number from 0 to 65535, not "${environment['PORT']}".`);
  }
  const given = environment['KHUNG_FINDINGS_VISIBILITY'] ?? 'GOVERNMENT';
  const findingsVisibility = VISIBILITIES.find((each) => each === given);
  if (findingsVisibility === undefined) {
    throw new Error(`KHUNG_FINDINGS_VISIBILITY must be one of ${VISIBILITIES.join(', ')}, not "${given}".`);
  }
  return {
    databaseUrl: environment['DATABASE_URL'] === '' ? undefined : environment['DATABASE_URL'],
    dataFolder: resolve(environment['KHUNG_DATA'] ?? '.khung'),
    host: environment['HOST'] ?? '0.0.0.0',
    port,
    adminToken: environment['KHUNG_ADMIN_TOKEN'] === '' ? undefined : environment['KHUNG_ADMIN_TOKEN'],
    findingsVisibility,
  };
}

/** The places inside the data folder. */
export function dataPaths({ dataFolder }: Config): { database: string; lock: string; adminToken: string } {
  return {
    database: join(dataFolder, 'database'),
    lock: join(dataFolder, 'lock'),
    adminToken: join(dataFolder, 'admin-token'),
  };
}
