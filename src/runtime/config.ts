import { join, resolve } from 'node:path';
import { VISIBILITIES } from '../core/landscape/model.js';
import type { Visibility } from '../core/landscape/model.js';
import { isLoopbackName } from './loopback.js';

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
  /** Real data and people: demo people can not sign in, and nobody unknown is shown the whole schema. */
  readonly isProduction: boolean;
  /** Where people's browsers find the service, without a slash at the end; undefined = where it listens. */
  readonly publicUrl: string | undefined;
  /** Who tells who people are; undefined = nobody outside of the registry. */
  readonly issuer: IssuerConfig | undefined;
  /** How long the service says that it is not ready before it lets nobody in, at its end. */
  readonly noticeSeconds: number;
  /** The least that is written into the log. */
  readonly logLevel: LogLevel;
  /** Whether people who do not exist may sign in, without a secret: only where that was asked for. */
  readonly demoPeople: boolean;
  /** 32 bytes under which secrets of people are kept; undefined = those in the data folder (development), or none. */
  readonly secretKey: Buffer | undefined;
}

export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** An issuer of OpenID Connect, and as whom this registry is known there. */
export interface IssuerConfig {
  /** As the issuer writes it in its tokens. */
  readonly url: string;
  readonly clientId: string;
  /** undefined = a public client, which PKCE alone protects. */
  readonly clientSecret: string | undefined;
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
  const signIn = whoSignsIn(value);
  return {
    databaseUrl: value('DATABASE_URL'),
    migrationDatabaseUrl: migrationUrl(value),
    dataFolder: resolve(value('KHUNG_DATA') ?? '.khung'),
    port: wholeNumber(value('PORT') ?? '3000', { name: 'PORT', maximum: 65_535 }),
    adminToken: value('KHUNG_ADMIN_TOKEN'),
    tokensFile: value('KHUNG_TOKENS'),
    findingsVisibility,
    allowedOrigins: originsOf(value(ORIGINS) ?? ''),
    requestsPerMinute: wholeNumber(value(REQUESTS) ?? '60000', { name: REQUESTS, maximum: 1_000_000_000 }),
    supervisionSeconds: wholeNumber(value(SECONDS) ?? '10', { name: SECONDS, maximum: 86_400 }),
    noticeSeconds: wholeNumber(value(NOTICE) ?? (signIn.isProduction ? '2' : '0'), { name: NOTICE, maximum: 600 }),
    logLevel: logLevelOf(value),
    ...signIn,
  };
}

type Value = (name: string) => string | undefined;
type SignInConfig = Pick<Config, 'isProduction' | 'host' | 'publicUrl' | 'issuer' | 'demoPeople' | 'secretKey'>;

/** Who may sign in, and so who may reach the service. */
function whoSignsIn(value: Value): SignInConfig {
  const isProduction = isInProduction(value);
  // Demo people sign in without a secret: without real data the service is for this machine alone.
  const host = value('HOST') ?? (isProduction ? '0.0.0.0' : '127.0.0.1');
  const issuer = issuerOf(value);
  const url = publicUrl(value(PUBLIC_URL));
  const secretKey = secretKeyOf(value(SECRET_KEY));
  if (isProduction && (issuer !== undefined || secretKey !== undefined) && !isProtected(url)) {
    // The issuer sends people back to no other address, and what a browser keeps of a session goes over no open line.
    throw notAllowed(PUBLIC_URL, 'https://host[:port]', url);
  }
  const isAskedFor = demoPeopleAskedFor(value);
  if (isProduction && isAskedFor) {
    throw new ConfigWrong(
      `${DEMO_PEOPLE}: người dùng mẫu không dùng được cùng dữ liệu thật. / demo people are not for real data (${MODE}=production).`,
    );
  }
  const demoPeople = isAskedFor && issuer === undefined && isOfThisMachine(host, url);
  return { isProduction, host, publicUrl: url, issuer, demoPeople, secretKey };
}

/** A server of PostgreSQL is not set up to try something out. */
function isInProduction(value: Value): boolean {
  const mode = value(MODE) ?? (value('DATABASE_URL') === undefined ? 'development' : 'production');
  if (mode === 'production' || mode === 'development') return mode === 'production';
  throw notAllowed(MODE, 'development, production', mode);
}

function demoPeopleAskedFor(value: Value): boolean {
  const given = value(DEMO_PEOPLE);
  if (given === undefined || given === '1') return given === '1';
  throw notAllowed(DEMO_PEOPLE, '1', given);
}

/** The environment as it is where the service is tried out: with demo people, unless people and data are real. */
export function withDemoPeople(environment: Environment): Environment {
  return readConfig(environment).isProduction ? environment : { ...environment, [DEMO_PEOPLE]: '1' };
}

/** Whether nobody on the way reads what goes between a browser and the service. */
function isProtected(url: string | undefined): boolean {
  return url !== undefined && (url.startsWith('https:') || isLoopbackName(new URL(url).hostname));
}

/** Whether nobody but this machine reaches the service, nor is told that he could. */
function isOfThisMachine(host: string, url: string | undefined): boolean {
  return isLoopbackName(host) && (url === undefined || isLoopbackName(new URL(url).hostname));
}

function publicUrl(given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  if (URL.canParse(given) && new URL(given).origin === given && /^https?:/.test(given)) return given;
  throw notAllowed(PUBLIC_URL, 'https://host[:port]', given);
}

function issuerOf(value: Value): IssuerConfig | undefined {
  const [url, clientId] = [value(ISSUER), value(CLIENT_ID)];
  if (url === undefined && clientId === undefined) return undefined;
  if (url === undefined || !URL.canParse(url) || !/^https?:/.test(url)) throw notAllowed(ISSUER, 'https://...', url);
  if (clientId === undefined) throw notAllowed(CLIENT_ID, '...', clientId);
  return { url, clientId, clientSecret: value('KHUNG_CLIENT_SECRET') };
}

function logLevelOf(value: Value): LogLevel {
  const given = value(LOG_LEVEL) ?? 'info';
  const level = LOG_LEVELS.find((each) => each === given);
  if (level === undefined) throw notAllowed(LOG_LEVEL, LOG_LEVELS.join(', '), given);
  return level;
}

function secretKeyOf(given: string | undefined): Buffer | undefined {
  if (given === undefined) return undefined;
  const key = Buffer.from(given, 'base64');
  if (key.length === SECRET_KEY_BYTES && key.toString('base64') === given) return key;
  // What was given is a secret, or nearly one: it is not shown.
  throw new ConfigWrong(`${SECRET_KEY}: phải là 32 byte viết bằng base64 / must be 32 bytes in base64.`);
}

function migrationUrl(value: Value): string | undefined {
  const url = value('MIGRATION_DATABASE_URL');
  if (url === undefined || value('DATABASE_URL') !== undefined) return url;
  throw new ConfigWrong(
    'MIGRATION_DATABASE_URL: cần có DATABASE_URL của dịch vụ. / needs the DATABASE_URL of the service.',
  );
}

const MODE = 'KHUNG_MODE';
const DEMO_PEOPLE = 'KHUNG_DEMO_PEOPLE';
const NOTICE = 'KHUNG_NOTICE_SECONDS';
const LOG_LEVEL = 'KHUNG_LOG_LEVEL';
const PUBLIC_URL = 'KHUNG_PUBLIC_URL';
const ISSUER = 'KHUNG_ISSUER';
const CLIENT_ID = 'KHUNG_CLIENT_ID';
const SECRET_KEY = 'KHUNG_SECRET_KEY';
/** Length of the key that secrets of people are kept under. */
export const SECRET_KEY_BYTES = 32;
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
  return new ConfigWrong(`${name}="${given ?? ''}": chỉ được là / must be: ${allowed}.`);
}

/** The places inside the data folder. */
export function dataPaths({ dataFolder }: Config): {
  database: string;
  lock: string;
  adminToken: string;
  secretKey: string;
} {
  return {
    database: join(dataFolder, 'database'),
    lock: join(dataFolder, 'lock'),
    adminToken: join(dataFolder, 'admin-token'),
    secretKey: join(dataFolder, 'secret-key'),
  };
}
