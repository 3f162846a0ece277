import { join, resolve } from 'node:path';
import { VISIBILITIES } from '../core/landscape/model.js';
import type { Visibility } from '../core/landscape/model.js';

/** Everything the environment may say, read once at start. */
export interface Config {
  /** PostgreSQL to connect to; undefined = the embedded database in the data folder. */
  readonly databaseUrl: string | undefined;
  /**
   * The same database as its owner, who makes the tables; undefined = the service owns them. With it the service's role
   * can change nothing that is append-only.
   */
  readonly migrationDatabaseUrl: string | undefined;
  /** Folder of the embedded database, the lock and the administrator's token. */
  readonly dataFolder: string;
  readonly host: string;
  readonly port: number;
  /** Bearer token of the administrator; undefined = the one in the data folder (embedded), or none (PostgreSQL). */
  readonly adminToken: string | undefined;
  /** File that says who may ask with which token; undefined = the administrator alone. */
  readonly tokensFile: string | undefined;
  /** Who may read sums over findings. */
  readonly findingsVisibility: Visibility;
  /** Origins of other pages that may read answers; none = what anybody may read at /q/ alone. */
  readonly allowedOrigins: ReadonlySet<string>;
  /** Requests that one caller may send in a minute; 0 = any number. */
  readonly requestsPerMinute: number;
  /** How often changes of findings are looked for; 0 = never. */
  readonly supervisionSeconds: number;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the service was told at its start can not be followed; the message says what and why, in both languages. */
export class ConfigWrong extends Error {
  override readonly name = 'ConfigWrong';
}

/**
 * Reads the environment. A variable that is set to nothing counts as not set.
 * @throws ConfigWrong with the name of the variable and what it may be; the process must not start on a guess.
 */
export function readConfig(environment: Environment): Config {
  const value = (name: string): string | undefined => environment[name] || undefined;
  const given = value('KHUNG_FINDINGS_VISIBILITY') ?? 'GOVERNMENT';
  const findingsVisibility = VISIBILITIES.find((each) => each === given);
  if (findingsVisibility === undefined) {
    throw notAllowed('KHUNG_FINDINGS_VISIBILITY', VISIBILITIES.join(', '), given);
  }
  return {
    databaseUrl: value('DATABASE_URL'),
    migrationDatabaseUrl: migrationUrl(value),
    dataFolder: resolve(value('KHUNG_DATA') ?? '.khung'),
    host: value('HOST') ?? '0.0.0.0',
    port: wholeNumber(value('PORT') ?? '3000', { name: 'PORT', maximum: 65_535 }),
    adminToken: value('KHUNG_ADMIN_TOKEN'),
    tokensFile: value('KHUNG_TOKENS'),
    findingsVisibility,
    allowedOrigins: originsOf(value(ORIGINS) ?? ''),
    requestsPerMinute: wholeNumber(value(REQUESTS) ?? '60000', { name: REQUESTS, maximum: 1_000_000_000 }),
    supervisionSeconds: wholeNumber(value(SECONDS) ?? '10', { name: SECONDS, maximum: 86_400 }),
  };
}

function migrationUrl(value: (name: string) => string | undefined): string | undefined {
  const url = value('MIGRATION_DATABASE_URL');
  if (url === undefined || value('DATABASE_URL') !== undefined) return url;
  throw new ConfigWrong(
    'MIGRATION_DATABASE_URL: cần có DATABASE_URL của dịch vụ. / needs the DATABASE_URL of the service.',
  );
}

const SECONDS = 'KHUNG_SUPERVISION_SECONDS';
const ORIGINS = 'KHUNG_ALLOWED_ORIGINS';
const REQUESTS = 'KHUNG_REQUESTS_PER_MINUTE';

/** A list with commas, each as a browser names the origin of a page. */
function originsOf(given: string): ReadonlySet<string> {
  const origins = given.split(',').flatMap((each) => each.trim() || []);
  for (const each of origins) {
    if (!URL.canParse(each) || new URL(each).origin !== each) {
      throw notAllowed(ORIGINS, 'https://host[:port], ...', each);
    }
  }
  return new Set(origins);
}

/** A whole number from 0. */
function wholeNumber(given: string, { name, maximum }: { readonly name: string; readonly maximum: number }): number {
  const number = Number(given);
  if (Number.isInteger(number) && number >= 0 && number <= maximum) return number;
  throw notAllowed(name, `0 - ${maximum}`, given);
}

function notAllowed(name: string, allowed: string, given: string | undefined): ConfigWrong {
  return new ConfigWrong(`${name}="${given}": chỉ được là / must be: ${allowed}.`);
}

/** The places inside the data folder. */
export function dataPaths({ dataFolder }: Config): { database: string; lock: string; adminToken: string } {
  return {
    database: join(dataFolder, 'database'),
    lock: join(dataFolder, 'lock'),
    adminToken: join(dataFolder, 'admin-token'),
  };
}
