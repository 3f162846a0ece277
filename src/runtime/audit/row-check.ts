import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { isRecord } from '../../core/landscape/record-fields.js';
import { canonicalJson } from '../canonical-json.js';
import type { AuditFault, AuditFaults } from './audit-chain.js';
import { RECORDED_LEDGERS, isRecordedLedger } from './audit-record.js';
import type { AuditRecord, RecordedLedger } from './audit-record.js';
import { hashedChangeSets, hashedRows } from './recorded-rows.js';
import type { HashedChangeSet, HashedRow, RecordedChangeSet } from './recorded-rows.js';

/** Tables whose rows are looked at, with the number of the last row of each. */
export type LastRows = Readonly<Record<RecordedTable, number>>;
export type RecordedTable = RecordedLedger | 'change_set';
export const RECORDED_TABLES: readonly RecordedTable[] = ['change_set', ...RECORDED_LEDGERS];

/** Numbers of the rows of a table of which records have spoken. */
class Spoken {
  next = 1;
  readonly skipped = new Set<number>();

  add(row: number): void {
    for (; this.next < row; this.next += 1) this.skipped.add(this.next);
    if (this.next === row) this.next += 1;
    else this.skipped.delete(row);
  }
}

/** Compares rows with what the records say of them. */
export class RowCheck {
  checked = 0;
  private readonly spoken = new Map<RecordedTable, Spoken>(RECORDED_TABLES.map((table) => [table, new Spoken()]));

  constructor(
    private readonly manager: EntityManager,
    private readonly faults: AuditFaults,
    private readonly last: LastRows,
  ) {}

  /**
   * Looks at the rows that some records speak of.
   * @param records - a page of them, in order.
   * @param intact - those of them that say what they said when they were written.
   */
  async add(records: readonly AuditRecord[], intact: ReadonlySet<AuditRecord>): Promise<void> {
    const byTable = new Map<RecordedTable, Map<number, AuditRecord>>();
    for (const record of records) {
      const payload = parsed(record.payload);
      const table = tableOf(record.kind);
      if (record.kind === 'GENESIS' && record.number === 1) await this.begin(record, payload, intact.has(record));
      if (table === undefined) continue;
      const row = numberIn(payload, table === 'change_set' ? 'revision' : 'row');
      const isIntact = intact.has(record);
      if (!this.canBe({ table, row }, isIntact ? record : undefined)) continue;
      this.spoken.get(table)?.add(row);
      if (!isIntact) continue;
      const rows = byTable.get(table) ?? new Map<number, AuditRecord>();
      byTable.set(table, rows.set(row, record));
    }
    for (const [table, rows] of byTable) await this.compare(table, rows);
  }

  /**
   * Whether a row can be there. What can not is not counted up to: whoever can add a record could name any number.
   * @param intact - the record that names it; undefined where that is spoilt, and its word not taken.
   */
  private canBe({ table, row }: { table: RecordedTable; row: number }, intact: AuditRecord | undefined): boolean {
    if (row > 0 && row <= this.last[table]) return true;
    if (row > 0 && intact !== undefined) this.say('ROW_MISSING', intact, { table, row });
    return false;
  }

  /** Says which rows no record spoke of. */
  end(): void {
    for (const [table, { next, skipped }] of this.spoken) {
      for (const row of skipped) this.faults.add({ kind: 'ROW_NOT_RECORDED', number: null, table, row });
      if (next > this.last[table]) continue;
      this.faults.add({ kind: 'ROW_NOT_RECORDED', number: null, table, row: next, through: this.last[table] });
    }
  }

  private async compare(table: RecordedTable, records: ReadonlyMap<number, AuditRecord>): Promise<void> {
    const range = { from: Math.min(...records.keys()), to: Math.max(...records.keys()) };
    const missing = new Map(records);
    for await (const { number: row, payload } of this.payloads(table, range)) {
      this.checked += 1;
      const record = missing.get(row);
      missing.delete(row);
      if (record !== undefined && record.payload !== payload) this.say('ROW_CHANGED', record, { table, row });
    }
    for (const [row, record] of missing) this.say('ROW_MISSING', record, { table, row });
  }

  /** The rows of a table, each with the payload that its record has to have. */
  private async *payloads(
    table: RecordedTable,
    range: Range,
  ): AsyncGenerator<{ readonly number: number; readonly payload: string }> {
    if (table === 'change_set') {
      for await (const row of this.changeSets(range)) yield { number: row.revision, payload: payloadOf(row) };
    } else {
      for await (const { number, hash } of this.rows(table, range)) {
        yield { number, payload: canonicalJson({ hash, row: number }) };
      }
    }
  }

  /** What stood there before the log began. */
  private async begin(record: AuditRecord, payload: unknown, isIntact: boolean): Promise<void> {
    const changeSets = memberOf(payload, 'changeSets');
    this.begun('change_set', numberIn(changeSets, 'revision'));
    if (isIntact) await this.beginLog(record, changeSets);
    for (const table of RECORDED_LEDGERS) {
      const ledger = memberOf(memberOf(payload, 'ledgers'), table);
      const rows = numberIn(ledger, 'rows');
      this.begun(table, rows);
      if (!isIntact) continue;
      const all = createHash('sha256');
      for await (const { hash } of this.rows(table, { from: 1, to: rows })) {
        this.checked += 1;
        all.update(hash);
      }
      if (all.digest('hex') !== memberOf(ledger, 'hash')) this.say('START_CHANGED', record, { table });
    }
  }

  /** The log of change sets is a chain of its own: the row that was changed can be named. */
  private async beginLog(record: AuditRecord, changeSets: unknown): Promise<void> {
    const table = 'change_set';
    const to = numberIn(changeSets, 'revision');
    let before = { revision: 0, hash: '' };
    for await (const { revision, hash, computed, previousHash } of this.changeSets({ from: 1, to })) {
      this.checked += 1;
      for (let row = before.revision + 1; row < revision; row += 1) this.say('ROW_MISSING', record, { table, row });
      const isNext = revision === before.revision + 1;
      if (hash !== computed || (isNext && previousHash !== before.hash)) {
        this.say('ROW_CHANGED', record, { table, row: revision });
      }
      before = { revision, hash };
    }
    if (before.hash !== memberOf(changeSets, 'hash')) this.say('START_CHANGED', record, { table });
  }

  private begun(table: RecordedTable, rows: number): void {
    const spoken = this.spoken.get(table);
    if (spoken !== undefined && rows <= this.last[table]) spoken.next = rows + 1;
  }

  private rows(table: RecordedLedger, range: Range): AsyncGenerator<HashedRow> {
    return ranged(range, (rest) => hashedRows(this.manager, table, rest), numberOf);
  }

  private changeSets(range: Range): AsyncGenerator<HashedChangeSet> {
    return ranged(range, (rest) => hashedChangeSets(this.manager, rest), revisionOf);
  }

  private say(kind: AuditFault['kind'], { number }: AuditRecord, place: Pick<AuditFault, 'table' | 'row'>): void {
    this.faults.add({ kind, number, ...place });
  }
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** All rows of a range, a statement's worth at a time; others have their turn in between. */
async function* ranged<T>(
  { from, to }: Range,
  read: (range: Range) => Promise<readonly T[]>,
  numberIt: (row: T) => number,
): AsyncGenerator<T> {
  for (let next = from; next <= to;) {
    const rows = await read({ from: next, to });
    const last = rows.at(-1);
    if (last === undefined) return;
    yield* rows;
    next = numberIt(last) + 1;
    // The embedded database answers within the turn.
    await setImmediate();
  }
}

const numberOf = ({ number }: HashedRow): number => number;
const revisionOf = ({ revision }: HashedChangeSet): number => revision;

/** A change set that is not what its own hash says has no payload that any record could have. */
function payloadOf({ revision, hash, computed, idempotencyKey, requestHash }: HashedChangeSet): string {
  const payload = { revision, hash, idempotencyKey, requestHash } satisfies RecordedChangeSet;
  return hash === computed ? canonicalJson(payload) : '';
}

function tableOf(kind: string): RecordedTable | undefined {
  const table = kind.toLowerCase();
  return table === 'change_set' || isRecordedLedger(table) ? table : undefined;
}

/** What a payload says; undefined where it is no JSON. */
function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function memberOf(value: unknown, key: string): unknown {
  return isRecord(value) ? value[key] : undefined;
}

/** A whole number; 0 where there is none. */
function numberIn(value: unknown, key: string): number {
  const number = memberOf(value, key);
  return Number.isSafeInteger(number) ? Number(number) : 0;
}
