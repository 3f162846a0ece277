import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { ADMINISTRATOR } from '../core/access/actor.js';
import type { LandscapeView } from '../core/access/view.js';
import type { Urn } from '../core/landscape/model.js';
import type { EvidenceCover } from '../core/policy/evidence-cover.js';
import type { FindingOutcome } from '../core/policy/rule.js';
import { FIRST_TIER } from '../core/policy/rule-pack.js';
import { Supervision } from '../core/policy/supervision.js';
import type { SupervisionSetting, Transition } from '../core/policy/supervision.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { inSlices } from '../runtime/slices.js';
import { todayInVietnam } from '../runtime/today.js';
import { FactSources } from './fact-sources.js';
import { RulePackReader } from './rule-pack.reader.js';
import { SupervisionHeadRow } from './supervision.entity.js';

/** The highest tier of rules whose findings are watched: those that are asked of everything. */
export const WATCHED_TIER = FIRST_TIER;
/** How often a look begins again because another service recorded meanwhile. */
const ATTEMPTS = 5;
/** Rows that are written with one statement. */
const ROWS = 1_000;

/** What is looked at. */
interface Seen {
  readonly landscape: LandscapeView;
  readonly evidence: EvidenceCover;
  /** Number of the last event of the ledger of evidence that counts. */
  readonly evidenceNumber: number;
}

/** What is watched, and how far it is recorded. */
interface Watched extends Seen {
  readonly supervision: Supervision;
  /** Number of the last transition that it knows. */
  readonly number: number;
}

/** What came of judging, before it is recorded. */
interface Judged {
  readonly seen: Seen;
  readonly setting: SupervisionSetting;
  readonly supervision: Supervision;
  /** What changed since the last look; undefined where everything was judged anew. */
  readonly moved: readonly Transition[] | undefined;
}

/** Where the rules stand on everything, at one revision and day. */
export interface Standing extends Seen {
  readonly supervision: Supervision;
  /** Transitions that were recorded on the way here. */
  readonly recorded: number;
}

/**
 * Follows the landscape, judges what its changes concern, and records every finding that is another one than before.
 * What was not recorded while no service ran is recorded when one looks again, as of then.
 */
@Injectable()
export class SupervisionWriter {
  private watched: Watched | undefined;
  /** One look at a time. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly database: DataSource,
    private readonly landscapes: LandscapeReader,
    private readonly packs: RulePackReader,
    private readonly facts: FactSources,
  ) {}

  /** Looks at the newest landscape, of today. */
  catchUp(signal?: AbortSignal): Promise<Standing> {
    return this.inTurn(() => this.look(signal));
  }

  /**
   * Judges everything anew, as of what is watched, while nothing moves it on.
   * @returns where what was kept up to date told otherwise; nothing where nothing is watched yet.
   */
  check(signal: AbortSignal): Promise<readonly Transition[]> {
    return this.inTurn(async () => {
      const { watched } = this;
      if (watched === undefined) return [];
      const anew = await judged(watched, watched.supervision.setting, signal);
      const differences = anew.differencesFrom(watched.supervision);
      // Whatever it is that was wrong, what is judged anew stands; the next look records it.
      if (differences.length > 0) this.watched = undefined;
      return differences;
    });
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work);
    this.last = turn.catch(() => undefined);
    return turn;
  }

  /** Looks until nobody else recorded meanwhile: what was seen before that may be older than what is recorded. */
  private async look(signal: AbortSignal | undefined): Promise<Standing> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const before = this.watched;
      // What is moved on is of no revision until its transitions are recorded.
      this.watched = undefined;
      const number = before?.number ?? (await headNow(this.database.manager)).number;
      // Whoever recorded up to there may have seen more than is known here.
      if (before === undefined) await this.landscapes.lookNow();
      const judged = await this.judge(before, await this.see(), signal);
      const recorded = await this.record(judged, number);
      if (recorded === undefined) continue;
      const { supervision, seen } = judged;
      this.watched = { ...seen, supervision, number: number + recorded };
      return { ...this.watched, recorded };
    }
    throw new Error('Other services record findings all the time.');
  }

  private async see(): Promise<Seen & Pick<Judged, 'setting'>> {
    const asked = { actor: ADMINISTRATOR, language: 'VI' as const };
    const landscape = await this.landscapes.read(ADMINISTRATOR);
    const today = todayInVietnam();
    const setting = { pack: this.packs.ofTier(WATCHED_TIER), definitions: this.facts.definitions, today };
    const evidence = await this.facts.evidence.cover(landscape, today, asked);
    return { landscape, evidence, evidenceNumber: await this.facts.evidence.lastNumber(asked), setting };
  }

  private async judge(
    before: Watched | undefined,
    { setting, ...seen }: Seen & Pick<Judged, 'setting'>,
    signal: AbortSignal | undefined,
  ): Promise<Judged> {
    if (before === undefined || !leadsOn(before, seen.landscape, setting)) {
      return { seen, setting, supervision: await judged(seen, setting, signal), moved: undefined };
    }
    const changed = seen.landscape.snapshot.unlike(before.landscape.snapshot);
    const { supervision } = before;
    const moved = await inSlices(supervision.moveTo(seen.landscape, changed, seen.evidence), signal);
    return { seen, setting, supervision, moved };
  }

  /**
   * Records what changed, after a number of transitions that were known before anything was looked at.
   * @returns how many; undefined where another service recorded meanwhile, or had seen more.
   */
  private record(judgedNow: Judged, known: number): Promise<number | undefined> {
    const { seen, supervision, moved, setting } = judgedNow;
    return this.database.transaction(async (manager) => {
      const head = await headNow(manager, true);
      const isBehind = head.revision > seen.landscape.revision || (head.on ?? '') > setting.today;
      if (head.number !== known || isBehind) return undefined;
      const transitions = moved ?? changesFrom(await recordedOutcomes(manager), supervision);
      const isNews = transitions.length > 0 || head.revision !== seen.landscape.revision || head.on !== setting.today;
      if (isNews) await write(manager, transitions, judgedNow, known);
      return transitions.length;
    });
  }
}

/** Everything judged, with turns for others between. */
async function judged(
  { landscape, evidence }: Seen,
  setting: SupervisionSetting,
  signal: AbortSignal | undefined,
): Promise<Supervision> {
  const supervision = new Supervision(landscape, setting, evidence);
  await inSlices(supervision.judgeAll(), signal);
  return supervision;
}

/** Whether what is watched leads on to a landscape: the same day, rules and definitions, and none that lies before. */
function leadsOn({ supervision, landscape }: Watched, next: LandscapeView, setting: SupervisionSetting): boolean {
  const { pack, definitions, today } = supervision.setting;
  if (pack !== setting.pack || definitions !== setting.definitions || today !== setting.today) return false;
  return landscape.revision <= next.revision && landscape.definitions === next.definitions;
}

/** How far transitions are recorded; in a transaction that writes, nobody else goes on meanwhile. */
function headNow(manager: EntityManager, isLocked = false): Promise<SupervisionHeadRow> {
  return manager.findOneOrFail(SupervisionHeadRow, {
    where: { id: 1 },
    ...(isLocked ? { lock: { mode: 'pessimistic_write' as const } } : {}),
  });
}

interface RecordedOutcome {
  readonly subject: Urn;
  readonly rule: string;
  readonly outcome: FindingOutcome;
}

async function recordedOutcomes(manager: EntityManager): Promise<readonly RecordedOutcome[]> {
  const rows: readonly (RecordedOutcome | (RecordedOutcome & { outcome: null }))[] = await manager.query(
    `select distinct on (subject, rule) subject, rule, outcome from finding_transition
     order by subject, rule, number desc`,
  );
  return rows.filter(({ outcome }) => outcome !== null);
}

/** What leads from the outcomes that are recorded to those of now. */
function changesFrom(recorded: readonly RecordedOutcome[], supervision: Supervision): Transition[] {
  const open = new Map(recorded.map((each) => [`${each.subject} ${each.rule}`, each]));
  const transitions: Transition[] = [];
  for (const { subject, rule, outcome } of supervision.outcomes()) {
    const key = `${subject} ${rule}`;
    const from = open.get(key)?.outcome ?? null;
    open.delete(key);
    if (from !== outcome) transitions.push({ subject, rule, from, to: outcome });
  }
  for (const { subject, rule, outcome } of open.values()) transitions.push({ subject, rule, from: outcome, to: null });
  return transitions;
}

/** Writes transitions with the numbers that follow a known one. */
async function write(
  manager: EntityManager,
  transitions: readonly Transition[],
  { seen: { landscape }, setting }: Judged,
  known: number,
): Promise<void> {
  const { pack: checked, today } = setting;
  const pack = `${checked.pack.code} ${checked.pack.version}`;
  const rows = transitions.map(({ rule, subject, from, to }, place) => {
    return { number: known + 1 + place, rule, subject, previous: from, outcome: to };
  });
  for (let start = 0; start < rows.length; start += ROWS) {
    await manager.query(
      `insert into finding_transition (number, revision, happened_on, pack, rule, subject, previous, outcome)
       select number, $2, $3, $4, rule, subject, previous, outcome
       from jsonb_to_recordset($1::jsonb)
         as row (number integer, rule text, subject text, previous text, outcome text)`,
      [JSON.stringify(rows.slice(start, start + ROWS)), landscape.revision, today, pack],
    );
  }
  const number = known + rows.length;
  await manager.update(SupervisionHeadRow, { id: 1 }, { number, revision: landscape.revision, on: today });
}
