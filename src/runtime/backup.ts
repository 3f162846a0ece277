import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { readAuditHead } from './audit/audit-log.js';
import type { AuditHead } from './audit/audit-record.js';
import { verifyAudit } from './audit/audit-verification.js';
import type { AuditVerification } from './audit/audit-verification.js';
import { isRecord } from '../core/landscape/record-fields.js';
import { errorCode } from './error-code.js';

/** Rows of one round trip. */
const CHUNK = 2_000;
const FORMAT = 1;
/** Classes of PostgreSQL errors that blame a row: its data, or a rule of its table. */
const REFUSED_ROW = /^2[23]...$/;

/** First line of a backup. */
interface Header {
  readonly khung: 'backup';
  readonly format: number;
  /** Names of the migrations that made the tables: a backup is restored by the release that made it, then upgraded. */
  readonly migrations: readonly string[];
  /** Where the audit log ended: whoever keeps a backup keeps an anchor. */
  readonly audit: AuditHead;
}

/** Last line of a backup: what everything before it must hash to. */
interface Trailer {
  readonly rows: number;
  readonly hash: string;
}

/** What was restored. */
export interface Restored extends Trailer {
  /** What is wrong with the audit log that the backup holds: it was so when it was made. */
  readonly audit: AuditVerification;
}

/** The backup can not be restored; the message says why, in Vietnamese and English. */
export class RestoreRefused extends Error {
  override readonly name = 'RestoreRefused';
}

interface Table {
  readonly name: string;
  /** Its primary key, which puts its rows into one order. */
  readonly key: string;
}

/**
 * The tables in an order in which each comes after those it refers to: the order in which they are listed. The one in which
 * they are known is that in which their files were loaded, and would be another one in another program.
 */
function tablesOf(source: DataSource): Table[] {
  const listed: readonly unknown[] = Object.values(source.options.entities ?? []);
  const metadatas = source.entityMetadatas.toSorted((a, b) => listed.indexOf(a.target) - listed.indexOf(b.target));
  return metadatas.map(({ tableName, primaryColumns }) => ({
    name: tableName,
    key: primaryColumns.map(({ databaseName }) => databaseName).join(', '),
  }));
}

function migrationNames(source: DataSource): string[] {
  return source.migrations.map((migration) => migration.name ?? migration.constructor.name);
}

/** The rows of a table as JSON texts that are the same for the same data on every database. */
async function* rowsOf(manager: EntityManager, { name, key }: Table): AsyncGenerator<string> {
  await manager.query(
    `declare backup_rows no scroll cursor for select to_jsonb(t)::text as row from ${name} t order by ${key}`,
  );
  for (;;) {
    const rows: { row: string }[] = await manager.query(`fetch ${CHUNK} from backup_rows`);
    for (const { row } of rows) yield row;
    if (rows.length < CHUNK) break;
  }
  await manager.query('close backup_rows');
}

/** Every row of every table as a line; what it returns at the end is the trailer that belongs to them. */
async function* hashedLines(source: DataSource, manager: EntityManager): AsyncGenerator<string, Trailer> {
  const hash = createHash('sha256');
  let rows = 0;
  for (const table of tablesOf(source)) {
    for await (const row of rowsOf(manager, table)) {
      const line = `${table.name} ${row}\n`;
      hash.update(line);
      rows += 1;
      yield line;
    }
  }
  return { rows, hash: hash.digest('hex') };
}

/** The whole database as lines of text, at one moment, whatever is written meanwhile. */
export async function* backupLines(source: DataSource): AsyncGenerator<string> {
  const runner = source.createQueryRunner();
  try {
    await runner.startTransaction('REPEATABLE READ');
    await runner.query(`set local timezone = 'UTC'`);
    const { number, hash } = await readAuditHead(runner.manager);
    const migrations = migrationNames(source);
    const header: Header = { khung: 'backup', format: FORMAT, migrations, audit: { number, hash } };
    yield `${JSON.stringify(header)}\n`;
    yield `${JSON.stringify(yield* hashedLines(source, runner.manager))}\n`;
  } finally {
    try {
      if (runner.isTransactionActive) await runner.rollbackTransaction();
    } finally {
      await runner.release();
    }
  }
}

/** Hash of everything in the database: equal hashes are equal registries. */
export async function databaseHash(source: DataSource): Promise<string> {
  let last = '';
  for await (const line of backupLines(source)) last = line;
  return toTrailer(last).hash;
}

/**
 * Puts a backup into a database that holds nothing yet, in one transaction, and undoes it unless what the database then
 * says has the hash that the backup ends with. Then the audit log is verified.
 * @param lines - the backup, line by line, without line ends.
 * @throws RestoreRefused where the database is not empty, or the backup is of another release, cut off or changed.
 */
export async function restoreLines(source: DataSource, lines: AsyncIterable<string>): Promise<Restored> {
  return source.transaction(async (manager) => {
    await manager.query(`set local timezone = 'UTC'`);
    await refuseUnlessEmpty(manager);
    // Migrations put the one row of each head there; that of the backup takes its place.
    const heads = tablesOf(source).filter(({ name }) => name.endsWith('_head'));
    for (const { name } of heads) await manager.query(`delete from ${name}`);
    const { header, trailer } = await insertLines(source, manager, lines);
    const restored = await trailerOf(hashedLines(source, manager));
    if (trailer?.hash !== restored.hash || trailer.rows !== restored.rows) throw spoilt();
    const anchors = header === undefined || header.audit.number === 0 ? [] : [header.audit];
    return { ...trailer, audit: await verifyAudit(manager, { anchors }) };
  });
}

async function trailerOf(lines: AsyncGenerator<string, Trailer>): Promise<Trailer> {
  for (;;) {
    const step = await lines.next();
    if (step.done === true) return step.value;
  }
}

/** Inserts the rows of a backup; the result is its first line and its last, undefined where one is missing. */
async function insertLines(
  source: DataSource,
  manager: EntityManager,
  lines: AsyncIterable<string>,
): Promise<{ readonly header: Header | undefined; readonly trailer: Trailer | undefined }> {
  const tables = new Set(tablesOf(source).map(({ name }) => name));
  let header: Header | undefined;
  let trailer: Trailer | undefined;
  let batch: { table: string; rows: string[] } = { table: '', rows: [] };
  for await (const line of lines) {
    if (header === undefined) header = toHeader(line, migrationNames(source));
    else if (line.startsWith('{')) trailer = toTrailer(line);
    else {
      const space = line.indexOf(' ');
      const table = line.slice(0, space);
      if (!tables.has(table)) throw new RestoreRefused(`Bảng lạ / Unknown table: ${table.slice(0, 60)}`);
      if (table !== batch.table || batch.rows.length >= CHUNK) {
        await insertRows(manager, batch);
        batch = { table, rows: [] };
      }
      batch.rows.push(line.slice(space + 1));
    }
  }
  await insertRows(manager, batch);
  return { header, trailer };
}

function spoilt(cause?: unknown): RestoreRefused {
  return new RestoreRefused('Bản sao lưu bị cắt hoặc đã bị sửa. / The backup is cut off or was changed.', { cause });
}

async function refuseUnlessEmpty(manager: EntityManager): Promise<void> {
  const [head]: { revision: number; audit: number }[] = await manager.query(
    'select revision, audit from landscape_head for update',
  );
  if (head !== undefined && head.revision + head.audit > 0) {
    throw new RestoreRefused(
      'Cơ sở dữ liệu đã có dữ liệu; chỉ khôi phục vào nơi còn trống. / ' +
        'The database holds data already; restore into an empty one.',
    );
  }
}

async function insertRows(manager: EntityManager, { table, rows }: { table: string; rows: string[] }): Promise<void> {
  if (rows.length === 0) return;
  try {
    await manager.query(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`, [
      `[${rows.join(',')}]`,
    ]);
  } catch (error) {
    if (REFUSED_ROW.test(errorCode(error) ?? '')) throw spoilt(error);
    throw error;
  }
}

function toHeader(line: string, migrations: readonly string[]): Header {
  const header = parseLine(line);
  if (header['khung'] !== 'backup' || header['format'] !== FORMAT) {
    throw new RestoreRefused('Tệp không phải bản sao lưu của Khung. / The file is no backup of Khung.');
  }
  if (JSON.stringify(header['migrations']) !== JSON.stringify(migrations)) {
    throw new RestoreRefused(
      'Bản sao lưu thuộc phiên bản phần mềm khác: khôi phục bằng phiên bản đó rồi nâng cấp. / ' +
        'The backup is of another release: restore it with that one, then upgrade.',
    );
  }
  return { khung: 'backup', format: FORMAT, migrations, audit: toAuditHead(header['audit']) };
}

function toAuditHead(value: unknown): AuditHead {
  const { number, hash } = isRecord(value) ? value : {};
  return { number: Number(number), hash: String(hash) };
}

function toTrailer(line: string): Trailer {
  const { rows, hash } = parseLine(line);
  return { rows: Number(rows), hash: String(hash) };
}

function parseLine(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return { ...value };
  } catch {
    // Not JSON: told below, as everything that is no line of a backup.
  }
  throw new RestoreRefused('Tệp không phải bản sao lưu của Khung. / The file is no backup of Khung.');
}
