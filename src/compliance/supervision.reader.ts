import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import { DataSource } from 'typeorm';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import type { Element } from '../core/landscape/model.js';
import { firstDayOf, lastDayOf } from '../core/policy/partial-date.js';
import type { FindingOutcome } from '../core/policy/rule.js';
import { outcomesByMonth } from '../core/policy/finding-trend.js';
import type { OutcomeCounts, RecordedOutcome } from '../core/policy/finding-trend.js';
import { latestDay } from '../core/landscape/calendar-day.js';
import type { WorkBudget } from '../core/work-budget.js';
import { OwnershipReader } from '../registry/ownership.reader.js';
import { ownerSeqOf } from '../core/landscape/landscape.js';
import { owningAgency } from '../registry/owning-agency.reader.js';
import { unavailableIfDown } from '../runtime/database-errors.js';
import type { RequestContext } from '../runtime/request-context.js';
import { ComplianceRunRow, FindingTransitionRow } from './supervision.entity.js';
import type { ComplianceTrendArgs, FindingChangeArgs, SeenTransition } from './supervision.types.js';

/** Most changes that are read for one list; beyond it the question has to be narrowed. */
const CHANGES_MAXIMUM = 20_000;
/** Most recorded outcomes that are read for the trend of an agency. */
const OUTCOMES_MAXIMUM = 100_000;
/** Months of one finding that are counted in the time of one look at a record. */
const MONTHS_A_LOOK = 10;
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

/** How many findings had which outcome at the end of a month. */
export interface TrendPoint {
  /** YYYY-MM. */
  readonly month: string;
  readonly counts: OutcomeCounts;
}

/** Of what, and on whose account, a trend is told. */
interface Asked {
  readonly landscape: LandscapeView;
  readonly today: string;
  readonly work: WorkBudget;
}

/** How findings went over time, and the runs that judged everything. All of it is of the whole landscape. */
@Injectable()
export class SupervisionReader {
  private readonly loaders = new WeakMap<RequestContext, DataLoader<FindingKey, FindingSince | undefined, string>>();

  constructor(
    private readonly database: DataSource,
    private readonly ownership: OwnershipReader,
  ) {}

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

  /**
   * How many findings had which outcome at the end of each month, the earliest first; only months that were looked at.
   * Those of an agency are those on itself and on what it owned at the end of that month, as it was recorded then: a few
   * statements, however many months.
   * @throws RegistryError LIMIT_EXCEEDED for an agency of which more is recorded than is read at once.
   */
  async trend(
    { months, agency = null, rule = null }: ComplianceTrendArgs,
    asked: Asked,
  ): Promise<readonly TrendPoint[]> {
    const { landscape, today } = asked;
    const owner = owningAgency(landscape, agency);
    const first = await this.firstMonth(rule);
    if (first === undefined) return [];
    const all = monthsFrom(first, today.slice(0, 7)).slice(-months);
    if (owner === undefined) return this.ofCity(all, rule);
    const days = all.map((month) => (latestDay(month) < today ? latestDay(month) : today));
    const owned = await this.ownership.owned(owner.seq, days);
    const rows = await this.outcomesOf([owner.urn, ...owned.keys()], rule);
    asked.work.spend(rows.length * (1 + days.length / MONTHS_A_LOOK));
    const counts = (subject: string, place: number): boolean =>
      subject === owner.urn || owned.get(subject)?.[place] === true;
    return outcomesByMonth(rows, all, counts).map((sums, place) => ({ month: all[place] ?? '', counts: sums }));
  }

  private async firstMonth(rule: string | null): Promise<string | undefined> {
    const [row]: { month: string | null }[] = await unavailableIfDown(
      this.database.manager.query(
        `select substr(min(happened_on), 1, 7) as month from finding_transition where $1::text is null or rule = $1`,
        [rule],
      ),
    );
    return row?.month ?? undefined;
  }

  /** The whole city is summed up by the database: nobody's part has to be told from it. */
  private async ofCity(months: readonly string[], rule: string | null): Promise<TrendPoint[]> {
    const rows: readonly MonthChange[] = await unavailableIfDown(
      this.database.manager.query(
        `select month, outcome, sum(change)::integer as change from (
           select rule, substr(happened_on, 1, 7) as month, outcome, 1 as change from finding_transition
           union all
           select rule, substr(happened_on, 1, 7), previous, -1 from finding_transition
         ) as changes where outcome is not null and ($1::text is null or rule = $1) group by month, outcome`,
        [rule],
      ),
    );
    return months.map((month) => {
      const counts = new Map<FindingOutcome, number>();
      for (const row of rows) {
        if (row.month <= month) counts.set(row.outcome, (counts.get(row.outcome) ?? 0) + row.change);
      }
      return { month, counts };
    });
  }

  private async outcomesOf(subjects: readonly string[], rule: string | null): Promise<readonly RecordedOutcome[]> {
    const rows: readonly RecordedOutcome[] = await unavailableIfDown(
      this.database.manager.query(
        `select subject, rule, substr(happened_on, 1, 7) as month, outcome from finding_transition
         where subject = any($1) and ($2::text is null or rule = $2) order by number limit $3`,
        [subjects, rule, OUTCOMES_MAXIMUM + 1],
      ),
    );
    if (rows.length <= OUTCOMES_MAXIMUM) return rows;
    const params = { field: 'complianceTrend', limit: OUTCOMES_MAXIMUM, actual: rows.length };
    throw RegistryError.of('LIMIT_EXCEEDED', ['agency'], params);
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
