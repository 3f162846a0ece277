import { Injectable } from '@nestjs/common';
import { DataSource, MoreThanOrEqual } from 'typeorm';
import type { EntityManager } from 'typeorm';
import type { LandscapeView } from '../core/access/view.js';
import type { PartialDate } from '../core/landscape/model.js';
import type { WaiverPolicy } from '../core/policy/waiver-policy.js';
import { readWaiverPolicy } from '../core/policy/waiver-policy.js';
import { waiverOn } from '../core/policy/waiver.js';
import type { WaiverTerms } from '../core/policy/waiver.js';
import { isDatabaseDown, unavailableIfDown } from '../runtime/database-errors.js';
import { readReferenceJson } from '../runtime/reference-file.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import type { RequestContext } from '../runtime/request-context.js';
import { WaiverEventRow } from './waiver.entity.js';
import type { KeptWaiver, KeptWaiverEvent, SeenWaiver } from './waiver.types.js';

const FILE = 'national/waivers.json';
const NO_WAIVERS: Promise<readonly KeptWaiver[]> = Promise.resolve([]);
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** All waivers as they were read at once, in the order in which they were asked for. */
interface Ledger {
  readonly rows: readonly WaiverEventRow[];
  readonly waivers: readonly KeptWaiver[];
}

/** Reads waivers. What was read stays in memory, for it is never changed: each request reads only what came since. */
@Injectable()
export class WaiverReader {
  /** How long and how often a rule may be waived. */
  readonly policy: WaiverPolicy = loadPolicy();
  private ledger: Ledger | undefined;
  private readonly ofRequests = new WeakMap<RequestContext, Promise<readonly KeptWaiver[]>>();

  constructor(
    private readonly database: DataSource,
    private readonly access: FindingsAccess,
  ) {}

  /**
   * All waivers; the same list for all fields of a request, and the same as before where nothing was added. For whoever
   * may not read findings there are none.
   * @throws RegistryError DATABASE_UNAVAILABLE where the database does not answer, and never did.
   */
  forRequest(context: RequestContext): Promise<readonly KeptWaiver[]> {
    if (!this.access.allows(context.actor)) return NO_WAIVERS;
    let waivers = this.ofRequests.get(context);
    if (waivers === undefined) {
      waivers = this.all();
      this.ofRequests.set(context, waivers);
    }
    return waivers;
  }

  /** One waiver, in the transaction that is about to add to it; undefined where there is none. */
  async one(id: string, manager: EntityManager): Promise<KeptWaiver | undefined> {
    if (!UUID.test(id)) return undefined;
    const rows = await manager.find(WaiverEventRow, { where: { waiver: id }, order: { number: 'ASC' } });
    return waiversOf(rows)[0];
  }

  /** What was recorded for an agency under a key before; null where nothing was. */
  keyed(agency: string, idempotencyKey: string, manager: EntityManager): Promise<WaiverEventRow | null> {
    return manager.findOneBy(WaiverEventRow, { agency, idempotencyKey });
  }

  /** While the database does not answer, what was read before goes on being told, like the landscape. */
  private async all(): Promise<readonly KeptWaiver[]> {
    const known = this.ledger;
    try {
      const ledger = await unavailableIfDown(this.newest(known));
      this.ledger = ledger;
      return ledger.waivers;
    } catch (error) {
      if (known === undefined || !(error instanceof Error) || !isDatabaseDown(error.cause)) throw error;
      return known.waivers;
    }
  }

  private async newest(known: Ledger | undefined): Promise<Ledger> {
    const last = known?.rows.at(-1);
    const rows = await this.rowsFrom(last?.number ?? 0);
    if (known === undefined || last === undefined) return ledgerOf(rows);
    const [same, ...more] = rows;
    // Behind what is known here it is another database than it was (a restore): all of it is read anew.
    if (same === undefined || !isSame(same, last)) return ledgerOf(await this.rowsFrom(0));
    return more.length === 0 ? known : ledgerOf([...known.rows, ...more]);
  }

  private rowsFrom(number: number): Promise<WaiverEventRow[]> {
    const where = { number: MoreThanOrEqual(number) };
    return this.database.manager.find(WaiverEventRow, { where, order: { number: 'ASC' } });
  }
}

function isSame(one: WaiverEventRow, other: WaiverEventRow): boolean {
  return one.number === other.number && one.waiver === other.waiver && one.requestHash === other.requestHash;
}

function ledgerOf(rows: readonly WaiverEventRow[]): Ledger {
  return { rows, waivers: waiversOf(rows) };
}

/** The waivers that rows tell of, in the order of their first. */
function waiversOf(rows: readonly WaiverEventRow[]): KeptWaiver[] {
  const byWaiver = new Map<string, WaiverEventRow[]>();
  for (const row of rows) {
    const known = byWaiver.get(row.waiver);
    if (known === undefined) byWaiver.set(row.waiver, [row]);
    else known.push(row);
  }
  return Array.from(byWaiver.values(), ([first, ...rest]) => {
    if (first === undefined) throw new Error('A waiver without events.');
    return keptWaiver(first, rest);
  });
}

/** The waiver that its events make, of which the first is its request. */
export function keptWaiver(first: WaiverEventRow, rest: readonly WaiverEventRow[]): KeptWaiver {
  return {
    id: first.waiver,
    terms: termsOf(first),
    pack: first.pack ?? '',
    events: [eventOf(first), ...rest.map(eventOf)],
  };
}

/** A waiver with one more event. */
export function withEvent(waiver: KeptWaiver, row: WaiverEventRow): KeptWaiver {
  return { ...waiver, events: [...waiver.events, eventOf(row)] };
}

function termsOf({
  rule,
  agency,
  subjects,
  validFrom,
  validTo,
  compensatingMeasure,
  waiver,
}: WaiverEventRow): WaiverTerms {
  // The table refuses a request without these, and a waiver begins with one.
  if (rule === null || validFrom === null || validTo === null) throw new Error(`Waiver ${waiver} was never asked for.`);
  return { rule, agency, subjects, validFrom, validTo, compensatingMeasure };
}

function eventOf({ kind, on, author, reason, document, validTo, at }: WaiverEventRow): KeptWaiverEvent {
  return { kind, on, by: author, reason, document, validTo: kind === 'RENEWED' ? validTo : null, at };
}

/**
 * A waiver as it stands on a day, as somebody sees it; undefined where he sees not its agency, or nothing of what it names,
 * and on days before it was asked for.
 */
export function seenWaiver(waiver: KeptWaiver, landscape: LandscapeView, today: PartialDate): SeenWaiver | undefined {
  const status = waiverOn(waiver, today);
  const { agency, subjects } = waiver.terms;
  const isSeen = (urn: string): boolean => landscape.elementByUrn(urn) !== undefined;
  if (status === undefined || !isSeen(agency) || subjects?.some(isSeen) === false) return undefined;
  return { landscape, waiver, status, today };
}

function loadPolicy(): WaiverPolicy {
  const { policy, problems } = readWaiverPolicy(readReferenceJson(FILE));
  if (problems.length === 0) return policy;
  throw new Error(`${FILE}: ${problems.map(({ path, expected }) => `${path} must be ${expected}`).join('; ')}`);
}
