import { MoreThanOrEqual } from 'typeorm';
import type { EntityManager, FindOptionsOrder, FindOptionsWhere } from 'typeorm';
import { unavailableIfDown } from '../runtime/database-errors.js';
import type { HeadFollower, Ledger, Recording } from './head-follower.types.js';
import type { LandscapeReader } from './landscape.reader.js';
import type { FindingsAccess } from '../runtime/findings-access.js';
import type { RequestContext } from '../runtime/request-context.js';
import { added, checkSameRequest, withNewest } from '../runtime/kept-event.js';
import type { Keeping, KeptEvent } from '../runtime/kept-event.js';
import type { NumberedEventRow } from '../runtime/numbered-event.entity.js';

/** What a ledger is of. */
export interface LedgerKind<Row extends NumberedEventRow, T> {
  /** Its name in the head, where its position stands. */
  readonly ledger: Ledger;
  readonly entity: new () => Row;
  /** Column of the id of the record that an event happened to. */
  readonly record: keyof Row & string;
  /** The record that its events make. */
  readonly recordOf: (first: Row, rest: readonly Row[]) => T;
}

/** All records as they were read at once, in the order in which they began. */
interface Known<Row, T> {
  readonly rows: readonly Row[];
  readonly records: readonly T[];
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Records that are made of numbered events, which are added and never changed. What was read stays in memory: each look at
 * the landscape's head reads only what came since.
 */
export class EventLedger<Row extends NumberedEventRow, T> implements HeadFollower {
  private known: Known<Row, T> = { rows: [], records: [] };
  private readonly ofRequests = new WeakMap<RequestContext, Promise<readonly T[]>>();
  private readonly none: Promise<readonly T[]> = Promise.resolve([]);

  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly access: FindingsAccess,
    private readonly kind: LedgerKind<Row, T>,
  ) {
    landscapes.follow(kind.ledger, this);
  }

  /**
   * All records; the same list for all fields of a request, and the same as before where nothing was added. For whoever
   * may not read findings there are none.
   * @throws RegistryError DATABASE_UNAVAILABLE where the database does not answer, and never did.
   */
  forRequest(context: RequestContext): Promise<readonly T[]> {
    if (!this.access.allows(context.actor)) return this.none;
    let records = this.ofRequests.get(context);
    if (records === undefined) {
      records = this.all();
      this.ofRequests.set(context, records);
    }
    return records;
  }

  /** One record, in the transaction that is about to add to it; undefined where there is none. */
  async one(id: string, manager: EntityManager): Promise<T | undefined> {
    if (!UUID.test(id)) return undefined;
    return this.recordsOf(await this.rows({ [this.kind.record]: id }, manager))[0];
  }

  /**
   * The record of what was recorded under a key before, as it is now; undefined where nothing was.
   * @param whose - the columns within which a key stands for one request.
   * @throws RegistryError IDEMPOTENCY_KEY_REUSED where it was something else.
   */
  async recorded(whose: Partial<Row>, { key, requestHash }: Keeping, manager: EntityManager): Promise<T | undefined> {
    if (key === null) return undefined;
    const [row] = await this.rows({ ...whose, idempotencyKey: key }, manager);
    if (row === undefined) return undefined;
    checkSameRequest(row, requestHash);
    return this.one(this.idOf(row), manager);
  }

  /** Gives a row its number and writes it; on a dry run it is only what it would be. */
  async add(said: Omit<Row, keyof KeptEvent>, keeping: Keeping, { manager, moved }: Recording): Promise<Row> {
    const row = await added(this.kind.entity, said, keeping, manager);
    if (!keeping.dryRun) await moved(row.number);
    return row;
  }

  async followTo(_number: number, manager: EntityManager): Promise<void> {
    const before = this.known;
    const from = (number: number): Promise<Row[]> => this.rows({ number: MoreThanOrEqual(number) }, manager);
    const rows = await withNewest(before.rows, from, (row) => `${this.idOf(row)} ${row.requestHash}`);
    // Another look may have been faster, and have seen as much.
    if (rows === before.rows || (this.known !== before && lastOf(this.known.rows) >= lastOf(rows))) return;
    this.known = { rows, records: this.recordsOf(rows) };
  }

  /** While the database does not answer, what was read before goes on being told, like the landscape. */
  private async all(): Promise<readonly T[]> {
    await unavailableIfDown(this.landscapes.look());
    return this.known.records;
  }

  private rows(where: object, manager: EntityManager): Promise<Row[]> {
    // The columns that are named are those of every ledger; of a row that is not known yet the compiler can not tell.
    const order = { number: 'ASC' } as FindOptionsOrder<Row>;
    return manager.find(this.kind.entity, { where: where as FindOptionsWhere<Row>, order });
  }

  private recordsOf(rows: readonly Row[]): T[] {
    const byRecord = new Map<string, [Row, ...Row[]]>();
    for (const row of rows) {
      const known = byRecord.get(this.idOf(row));
      if (known === undefined) byRecord.set(this.idOf(row), [row]);
      else known.push(row);
    }
    return Array.from(byRecord.values(), ([first, ...rest]) => this.kind.recordOf(first, rest));
  }

  private idOf(row: Row): string {
    return String(row[this.kind.record]);
  }
}

function lastOf(rows: readonly NumberedEventRow[]): number {
  return rows.at(-1)?.number ?? 0;
}
