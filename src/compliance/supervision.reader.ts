import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import { DataSource } from 'typeorm';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import type { Element } from '../core/landscape/model.js';
import { firstDayOf, lastDayOf } from '../core/policy/partial-date.js';
import type { FindingOutcome } from '../core/policy/rule.js';
import { ownerSeqOf } from '../core/landscape/landscape.js';
import { owningAgency } from '../registry/owning-agency.reader.js';
import { unavailableIfDown } from '../runtime/database-errors.js';
import type { RequestContext } from '../runtime/request-context.js';
import { ComplianceRunRow, FindingTransitionRow } from './supervision.entity.js';
import type { ComplianceTrendPointType, FindingChangeArgs, SeenTransition } from './supervision.types.js';

/** Most changes that are read for one list; beyond it the question has to be narrowed. */
const CHANGES_MAXIMUM = 20_000;
const LAST_DAY = '9999-12-31';
/** Revision of the first look. */
const FIRST_REVISION = 'select first.revision from finding_transition first where first.number = 1';

/** Since when a finding is as it is. */
export interface FindingSince {
  readonly outcome: FindingOutcome | null;
  readonly on: string;
}

interface FindingKey {
  readonly subject: string;
  readonly rule: string;
}

interface MonthChange {
  readonly month: string;
  readonly outcome: FindingOutcome;
  readonly change: number;
}

/** How findings went over time, and the runs that judged everything. All of it is of the whole landscape. */
@Injectable()
export class SupervisionReader {
  private readonly loaders = new WeakMap<RequestContext, DataLoader<FindingKey, FindingSince | undefined, string>>();

  constructor(private readonly database: DataSource) {}

  /** The last recorded change of a finding: one statement for all of a request. */
  since(key: FindingKey, context: RequestContext): Promise<FindingSince | undefined> {
    let loader = this.loaders.get(context);
    if (loader === undefined) {
      loader = new DataLoader((keys) => this.lastOf(keys), { cacheKeyFn: keyText });
      this.loaders.set(context, loader);
    }
    return loader.load(key);
  }

  /**
   * Recorded changes, the first first. What was found at the very first look is no change, and is left out.
   * @throws RegistryError LIMIT_EXCEEDED for more than are read at once.
   */
  async changes(landscape: LandscapeView, asked: FindingChangeArgs): Promise<SeenTransition[]> {
    const { since, until = null, agency: urn = null, rule = null, to = null } = asked;
    const agency = owningAgency(landscape, urn);
    const query = this.database.manager
      .createQueryBuilder(FindingTransitionRow, 'row')
      .where('row.on between :since and :until', { since: firstDayOf(since), until: lastDayOf(until ?? LAST_DAY) })
      .andWhere(`(row.previous is not null or row.revision <> (${FIRST_REVISION}))`)
      .orderBy('row.number')
      .limit(CHANGES_MAXIMUM + 1);
    if (rule !== null) query.andWhere('row.rule = any(:rules)', { rules: rule });
    if (to !== null) query.andWhere('row.outcome = any(:outcomes)', { outcomes: to });
    if (agency !== undefined) query.andWhere('row.subject = any(:urns)', { urns: urnsOf(landscape, agency) });
    const rows = await unavailableIfDown(query.getMany());
    if (rows.length > CHANGES_MAXIMUM) {
      const params = { field: 'findingChanges', limit: CHANGES_MAXIMUM, actual: rows.length };
      throw RegistryError.of('LIMIT_EXCEEDED', ['since'], params);
    }
    return rows.map((row) => ({ row, landscape }));
  }

  /** How many findings had which outcome at the end of each month, the earliest first; only months that were looked at. */
  async trend(months: number, today: string): Promise<ComplianceTrendPointType[]> {
    const rows: readonly MonthChange[] = await unavailableIfDown(
      this.database.manager.query(
        `select month, outcome, sum(change)::integer as change from (
           select substr(happened_on, 1, 7) as month, outcome, 1 as change from finding_transition
           union all
           select substr(happened_on, 1, 7), previous, -1 from finding_transition
         ) as changes where outcome is not null group by month, outcome order by month`,
      ),
    );
    const [first] = rows;
    if (first === undefined) return [];
    const counts = new Map<FindingOutcome, number>();
    const points = monthsFrom(first.month, today.slice(0, 7)).map((month) => {
      for (const row of rows) {
        if (row.month === month) counts.set(row.outcome, (counts.get(row.outcome) ?? 0) + row.change);
      }
      return pointOf(month, counts);
    });
    return points.slice(-months);
  }

  /** One run, without what it found; null where there is none of that number. */
  run(number: number): Promise<ComplianceRunRow | null> {
    return unavailableIfDown(this.database.manager.findOneBy(ComplianceRunRow, { number }));
  }

  /** The day of the last run; null before the first. */
  async lastRunDay(): Promise<string | null> {
    const [last] = await unavailableIfDown(
      this.database.manager.find(ComplianceRunRow, { order: { number: 'DESC' }, take: 1 }),
    );
    return last?.on ?? null;
  }

  /** All runs, the first first, without what they found. */
  runs(): Promise<ComplianceRunRow[]> {
    return unavailableIfDown(this.database.manager.find(ComplianceRunRow, { order: { number: 'ASC' } }));
  }

  private async lastOf(keys: readonly FindingKey[]): Promise<(FindingSince | undefined)[]> {
    const rows: readonly (FindingKey & FindingSince)[] = await unavailableIfDown(
      this.database.manager.query(
        `select distinct on (subject, rule) subject, rule, outcome, happened_on as "on"
         from finding_transition where subject = any($1) order by subject, rule, number desc`,
        [[...new Set(keys.map(({ subject }) => subject))]],
      ),
    );
    const found = new Map(rows.map((row) => [keyText(row), row]));
    return keys.map((key) => found.get(keyText(key)));
  }
}

/** What an agency owns today, and itself. */
function urnsOf(landscape: LandscapeView, agency: Element): string[] {
  const owned = [...landscape.elements()].filter(({ seq }) => ownerSeqOf(landscape, seq) === agency.seq);
  return [agency.urn, ...owned.map(({ urn }) => urn)];
}

function keyText({ subject, rule }: FindingKey): string {
  return `${subject} ${rule}`;
}

function numberOfMonth(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
}

/** All months between two, with both. */
function monthsFrom(first: string, last: string): string[] {
  const [from, to] = [numberOfMonth(first), numberOfMonth(last)];
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, place) => {
    const month = from + place;
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
  });
}

function pointOf(month: string, counts: ReadonlyMap<FindingOutcome, number>): ComplianceTrendPointType {
  const of = (outcome: FindingOutcome): number => counts.get(outcome) ?? 0;
  const decided = of('PASS') + of('FAIL');
  const applicable = decided + of('NEEDS_EVIDENCE') + of('ERROR');
  return {
    month,
    pass: of('PASS'),
    fail: of('FAIL'),
    needsEvidence: of('NEEDS_EVIDENCE'),
    notApplicable: of('NOT_APPLICABLE'),
    error: of('ERROR'),
    coverage: applicable === 0 ? 1 : decided / applicable,
  };
}
