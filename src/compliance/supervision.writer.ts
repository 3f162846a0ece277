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
    const look = this.last.then(() => this.look(signal));
    this.last = look.catch(() => undefined);
    return look;
  }

  /** Where things stood at the last look; undefined before the first. */
  get standing(): Standing | undefined {
    return this.watched && { ...this.watched, recorded: 0 };
  }

  /** Judges everything anew, as of what is watched. @returns where what was kept up to date told otherwise. */
  async check(standing: Standing, signal: AbortSignal): Promise<readonly Transition[]> {
    const { supervision } = standing;
    const anew = await judged(standing, supervision.setting, signal);
    const differences = anew.differencesFrom(supervision);
    // Whatever it is that was wrong, what is judged anew stands; the next look records it.
    if (differences.length > 0 && this.watched?.supervision === supervision) this.watched = undefined;
    return differences;
  }

  private async look(signal: AbortSignal | undefined): Promise<Standing> {
    const asked = { actor: ADMINISTRATOR, language: 'VI' as const };
    const setting = this.setting();
    const landscape = await this.landscapes.read(ADMINISTRATOR);
    const evidence = await this.facts.evidence.cover(landscape, setting.today, asked);
    const seen = { landscape, evidence, evidenceNumber: await this.facts.evidence.lastNumber(asked) };
    const before = this.watched;
    // What is moved on is of no revision until its transitions are recorded.
    this.watched = undefined;
    const next =
      before !== undefined && leadsOn(before, landscape, setting)
        ? await this.moved(before, seen, signal)
        : await this.anew(seen, setting, signal);
    this.watched = next.watched;
    return { ...next.watched, recorded: next.recorded };
  }

  private setting(): SupervisionSetting {
    return { pack: this.packs.ofTier(WATCHED_TIER), definitions: this.facts.definitions, today: todayInVietnam() };
  }

  private async moved(
    { supervision, landscape: before, number }: Watched,
    seen: Seen,
    signal: AbortSignal | undefined,
  ): Promise<{ watched: Watched; recorded: number }> {
    const { landscape, evidence } = seen;
    const changed = landscape.snapshot.unlike(before.snapshot);
    const transitions = await inSlices(supervision.moveTo(landscape, changed, evidence), signal);
    const watched = { ...seen, supervision, number: number + transitions.length };
    if (transitions.length === 0 && landscape.revision === before.revision) return { watched, recorded: 0 };
    const isRecorded = await this.database.transaction(async (manager) => {
      if ((await lockedNumber(manager)) !== number) return false;
      await record(manager, transitions, watched);
      return true;
    });
    // Another service recorded meanwhile: what is recorded is read anew.
    return isRecorded ? { watched, recorded: transitions.length } : this.anew(seen, supervision.setting, signal);
  }

  /** Judges everything, and records where that differs from what is recorded. */
  private async anew(
    seen: Seen,
    setting: SupervisionSetting,
    signal: AbortSignal | undefined,
  ): Promise<{ watched: Watched; recorded: number }> {
    const supervision = await judged(seen, setting, signal);
    return this.database.transaction(async (manager) => {
      const known = await lockedNumber(manager);
      const transitions = changesFrom(await recordedOutcomes(manager), supervision);
      const watched = { ...seen, supervision, number: known + transitions.length };
      await record(manager, transitions, watched);
      return { watched, recorded: transitions.length };
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

async function lockedNumber(manager: EntityManager): Promise<number> {
  const head = await manager.findOneOrFail(SupervisionHeadRow, {
    where: { id: 1 },
    lock: { mode: 'pessimistic_write' },
  });
  return head.number;
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

/** Writes transitions with the numbers that end in that of what is watched. */
async function record(
  manager: EntityManager,
  transitions: readonly Transition[],
  { number, landscape, supervision }: Watched,
): Promise<void> {
  const { pack: checked, today } = supervision.setting;
  const pack = `${checked.pack.code} ${checked.pack.version}`;
  const first = number - transitions.length + 1;
  const rows = transitions.map(({ rule, subject, from, to }, place) => {
    return { number: first + place, rule, subject, previous: from, outcome: to };
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
  await manager.update(SupervisionHeadRow, { id: 1 }, { number, revision: landscape.revision, on: today });
}
