import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import type { Actor } from '../core/access/actor.js';
import { mayUseScenario } from '../core/access/decide.js';
import { LandscapeView } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import type { Conflict } from '../core/landscape/conflict.js';
import { conflictsBetween } from '../core/landscape/conflicts-between.js';
import type { DefinitionTable } from '../core/landscape/definition-table.js';
import { differenceBetween } from '../core/landscape/difference.js';
import type { LandscapeDifference } from '../core/landscape/difference.js';
import { gapBetween } from '../core/landscape/gap.js';
import type { PartialDate } from '../core/landscape/model.js';
import type { Operation } from '../core/landscape/operation.js';
import { judgedRebase } from '../core/landscape/judged-rebase.js';
import type { JudgedRebase } from '../core/landscape/judged-rebase.js';
import { overlay } from '../core/landscape/overlay.js';
import { isRecord } from '../core/landscape/record-fields.js';
import { OPEN_STATES } from '../core/landscape/scenario-state.js';
import type { ScenarioState } from '../core/landscape/scenario-state.js';
import type { LandscapeSnapshot } from '../core/landscape/snapshot.js';
import { unavailableIfDown } from '../runtime/database-errors.js';
import { todayInVietnam } from '../runtime/today.js';
import type { SeenDifference } from './difference.types.js';
import { LandscapeHistory } from './landscape.history.js';
import { LandscapeStore } from './landscape.store.js';
import { ScenarioRow } from './scenario.entity.js';

/** A scenario at its base, and what it makes of it. */
export interface EvaluatedScenario {
  readonly base: LandscapeSnapshot;
  readonly landscape: LandscapeSnapshot;
}

export interface ScenarioFilter {
  readonly state?: readonly ScenarioState[] | null | undefined;
  readonly agency?: readonly string[] | null | undefined;
  /** Only those with a target date, or only those without. */
  readonly isPlateau?: boolean | null | undefined;
}

/** A place where a scenario and the landscape, or another scenario, went different ways. */
export interface ScenarioConflict extends Conflict {
  /** The other scenario; null = the landscape as it is now. */
  readonly otherScenario: string | null;
}

interface Laid {
  readonly operations: readonly Operation[];
  readonly landscape: LandscapeSnapshot;
}

/** Most scenarios whose landscapes are kept on one base: each holds the pages that it changes. */
const LAID_MAXIMUM = 50;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads scenarios: what they say, and the landscapes they make. */
@Injectable()
export class ScenarioReader {
  /** What scenarios make of a base, by their id, the one asked last at the end; goes when the base goes. */
  private readonly laid = new WeakMap<LandscapeSnapshot, Map<string, Laid>>();

  constructor(
    private readonly database: DataSource,
    private readonly store: LandscapeStore,
    private readonly history: LandscapeHistory,
  ) {}

  /**
   * @param argument - what the caller calls the id.
   * @throws RegistryError SCENARIO_UNKNOWN where there is none, or none that the actor may see.
   */
  async find(id: string, actor: Actor, argument = 'id'): Promise<ScenarioRow> {
    const row = UUID.test(id) ? await unavailableIfDown(this.database.manager.findOneBy(ScenarioRow, { id })) : null;
    if (row === null || !mayUseScenario(actor, row.agency)) {
      throw RegistryError.of('SCENARIO_UNKNOWN', [argument], { id });
    }
    return row;
  }

  /** The scenarios that an actor may see, without their operations, the one changed last first. */
  async list({ state, agency, isPlateau }: ScenarioFilter, actor: Actor): Promise<Omit<ScenarioRow, 'operations'>[]> {
    const query = this.database.manager
      .createQueryBuilder(ScenarioRow, 'scenario')
      .select(LISTED.map((field) => `scenario.${field}`))
      .orderBy('scenario.changedAt', 'DESC')
      .addOrderBy('scenario.id');
    const rows = await unavailableIfDown(query.getMany());
    return rows.filter(
      (row) =>
        mayUseScenario(actor, row.agency) &&
        (state == null || state.includes(row.state)) &&
        (agency == null || (row.agency !== null && agency.includes(row.agency))) &&
        (isPlateau == null || isPlateau === (row.targetDate !== null)),
    );
  }

  /** Whole scenarios, in the order of their ids as given. */
  async load(ids: readonly string[]): Promise<ScenarioRow[]> {
    const rows = await unavailableIfDown(this.database.manager.findBy(ScenarioRow, { id: In([...ids]) }));
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  /**
   * The landscape that a scenario makes of its base: a snapshot that answers every question.
   * @throws RegistryError SCENARIO_UNKNOWN where there is none, or none that the actor may see.
   */
  async snapshotOf(scenarioId: string, actor: Actor): Promise<LandscapeSnapshot> {
    return (await this.evaluate(await this.find(scenarioId, actor, 'scenarioId'))).landscape;
  }

  /** @throws RegistryError with everything that is wrong, where attributes have been defined otherwise since. */
  async evaluate({ id, baseRevision, operations }: ScenarioRow): Promise<EvaluatedScenario> {
    const base = await this.baseOf(baseRevision);
    const outcome = this.laidOn(base, id, operations);
    if ('issues' in outcome) throw new RegistryError(outcome.issues);
    return { base, landscape: outcome.landscape };
  }

  /** What a scenario makes of a base, worked out once as long as few others are asked for in between. */
  private laidOn(base: LandscapeSnapshot, id: string, operations: readonly Operation[]): ReturnType<typeof overlay> {
    const kept = this.laid.get(base) ?? new Map<string, Laid>();
    this.laid.set(base, kept);
    const known = kept.get(id);
    kept.delete(id);
    if (known !== undefined && isSameText(known.operations, operations)) {
      kept.set(id, known);
      return known;
    }
    const outcome = overlay(base, operations);
    if ('issues' in outcome) return outcome;
    kept.set(id, { operations, landscape: outcome.landscape });
    for (const oldest of kept.keys()) if (kept.size > LAID_MAXIMUM) kept.delete(oldest);
    return outcome;
  }

  /** What operations make of a base. @throws RegistryError with everything that is wrong with them. */
  lay(base: LandscapeSnapshot, operations: readonly Operation[]): LandscapeSnapshot {
    const outcome = overlay(base, operations);
    if ('issues' in outcome) throw new RegistryError(outcome.issues);
    return outcome.landscape;
  }

  /** A base or a scenario as somebody sees it: of what is there now, and was at its base, only what he may see there. */
  view(snapshot: LandscapeSnapshot, actor: Actor, base: LandscapeSnapshot = snapshot): LandscapeView {
    const moment = { day: todayInVietnam(), onlyValid: false };
    return LandscapeView.of(snapshot, actor, moment, [base, this.store.snapshot]);
  }

  async baseOf(revision: number): Promise<LandscapeSnapshot> {
    await unavailableIfDown(this.store.refresh());
    return unavailableIfDown(this.history.at(revision));
  }

  /** The attribute definitions after the change set of a revision and before it. */
  definitionsAround(revision: number): Promise<DefinitionTable[]> {
    return this.history.definitionsAround(revision);
  }

  /** What a scenario changes on its base, as somebody sees it. */
  async difference(row: ScenarioRow, actor: Actor): Promise<SeenDifference> {
    const { base, landscape } = await this.evaluate(row);
    const [before, after] = [this.view(base, actor), this.view(landscape, actor, base)];
    const { revision } = base;
    return {
      before,
      after,
      fromRevision: revision,
      toRevision: revision,
      difference: differenceBetween(before, after),
    };
  }

  /**
   * What leads from the landscape that stands today to the scenario's on a day. A scenario that began earlier is moved
   * to today's landscape first: what came since is no part of what it retires.
   * @throws RegistryError REBASE_NEEDED where both went different ways.
   */
  async gap(row: ScenarioRow, day: PartialDate, actor: Actor): Promise<SeenDifference> {
    const { base: now, landscape } = await this.forward(row, actor);
    const [before, after] = [this.view(now, actor), this.view(landscape, actor, now)];
    const difference = gapBetween({ landscape: before, day: todayInVietnam() }, { landscape: after, day });
    return { before, after, fromRevision: now.revision, toRevision: now.revision, difference };
  }

  /**
   * A scenario on the landscape as it is now. One that was merged is part of that already.
   * @throws RegistryError REBASE_NEEDED where it can not stand there as it is.
   */
  async forward(row: ScenarioRow, actor: Actor): Promise<EvaluatedScenario> {
    const evaluated = await this.evaluate(row);
    const { snapshot: now } = this.store;
    if (row.state === 'MERGED') return { base: now, landscape: now };
    if (evaluated.base.revision === now.revision) return evaluated;
    const { operations, unresolved } = this.moved(row, evaluated, { now, actor });
    const outcome = unresolved.length === 0 ? this.laidOn(now, row.id, operations) : undefined;
    // What stands in the way without being a conflict to this reader is something he may not see.
    if (outcome === undefined || 'issues' in outcome) {
      const count = Math.max(1, unresolved.length);
      throw RegistryError.of('REBASE_NEEDED', ['scenario'], { id: row.id, count });
    }
    return { base: now, landscape: outcome.landscape };
  }

  private moved(
    { operations }: ScenarioRow,
    { base, landscape }: EvaluatedScenario,
    { now, actor }: { readonly now: LandscapeSnapshot; readonly actor: Actor },
  ): JudgedRebase {
    return judgedRebase({
      base: this.view(base, actor),
      scenario: this.view(landscape, actor, base),
      current: this.view(now, actor),
      operations,
    });
  }

  /** Where an open scenario and the landscape as it is now went different ways, and where other open scenarios do. */
  async conflicts(row: ScenarioRow, actor: Actor): Promise<ScenarioConflict[]> {
    if (!OPEN_STATES.includes(row.state)) return [];
    const rebased = this.moved(row, await this.evaluate(row), { now: this.store.snapshot, actor });
    const conflicts = rebased.conflicts.map((each) => ({ ...each, otherScenario: null }));
    return [...conflicts, ...(await this.conflictsWithOthers(row, actor))];
  }

  private async conflictsWithOthers(row: ScenarioRow, actor: Actor): Promise<ScenarioConflict[]> {
    const spoken = urnsOf(row);
    const others = (await this.open(actor)).filter((other) => other.id !== row.id && meets(spoken, urnsOf(other)));
    if (others.length === 0) return [];
    const ours = await this.changesOf(row, actor);
    const conflicts: ScenarioConflict[] = [];
    for (const other of others) {
      const found = conflictsBetween(ours, await this.changesOf(other, actor));
      conflicts.push(...found.map((each) => ({ ...each, otherScenario: other.id })));
    }
    return conflicts;
  }

  private async changesOf(row: ScenarioRow, actor: Actor): Promise<LandscapeDifference> {
    return (await this.difference(row, actor)).difference;
  }

  private async open(actor: Actor): Promise<ScenarioRow[]> {
    const where = { state: In([...OPEN_STATES]) };
    const rows = await unavailableIfDown(this.database.manager.find(ScenarioRow, { where, order: { id: 'ASC' } }));
    return rows.filter(({ agency }) => mayUseScenario(actor, agency));
  }
}

/** Every column but the operations, which may be many. */
const LISTED: readonly (keyof ScenarioRow)[] = [
  'id',
  'name',
  'purpose',
  'agency',
  'targetDate',
  'author',
  'baseRevision',
  'state',
  'version',
  'mergedRevision',
  'revertedRevision',
  'createdAt',
  'changedAt',
];

/** What was only looked at, as on a dry run, may have the id of what is kept. */
function isSameText(some: readonly Operation[], others: readonly Operation[]): boolean {
  return some === others || JSON.stringify(some) === JSON.stringify(others);
}

/** What a scenario speaks of: only scenarios that speak of the same object can be in each other's way. */
function urnsOf({ operations }: ScenarioRow): ReadonlySet<string> {
  return new Set(
    operations.flatMap(({ urn, value }) => {
      const ends = isRecord(value) ? [value['source'], value['target']] : [];
      return [urn, ...ends.filter((end) => typeof end === 'string')];
    }),
  );
}

function meets(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  for (const urn of some) if (others.has(urn)) return true;
  return false;
}
