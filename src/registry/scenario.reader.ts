import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import type { SelectQueryBuilder } from 'typeorm';
import type { Actor } from '../core/access/actor.js';
import { mayUseScenario } from '../core/access/decide.js';
import { LandscapeView } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import type { Conflict } from '../core/landscape/conflict.js';
import { conflictsBetween } from '../core/landscape/conflicts-between.js';
import { differenceBetween } from '../core/landscape/difference.js';
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
import type { RequestContext } from '../runtime/request-context.js';
import { todayInVietnam } from '../runtime/today.js';
import type { SeenDifference } from './difference.types.js';
import { LandscapeHistory } from './landscape.history.js';
import { LandscapeStore } from './landscape.store.js';
import { ScenarioChanges } from './scenario-changes.js';
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

  private readonly changes = new WeakMap<RequestContext, ScenarioChanges>();

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
    const query = this.seenBy(actor)
      .select(LISTED.map((field) => `scenario.${field}`))
      .orderBy('scenario.changedAt', 'DESC')
      .addOrderBy('scenario.id');
    if (state != null) query.andWhere('scenario.state = any(:states)', { states: state });
    if (agency != null) query.andWhere('scenario.agency = any(:agencies)', { agencies: agency });
    if (isPlateau != null) query.andWhere(`scenario.targetDate is ${isPlateau ? 'not null' : 'null'}`);
    return unavailableIfDown(query.getMany());
  }

  /** The scenarios that an actor may see, as `mayUseScenario` has it. */
  private seenBy(actor: Actor): SelectQueryBuilder<ScenarioRow> {
    const query = this.database.manager.createQueryBuilder(ScenarioRow, 'scenario');
    if (actor.kind === 'OFFICER') return query.where('scenario.agency = :own', { own: actor.agency });
    return query.where(mayUseScenario(actor, null) ? 'true' : 'false');
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
  async conflicts(row: ScenarioRow, context: RequestContext): Promise<ScenarioConflict[]> {
    if (!OPEN_STATES.includes(row.state)) return [];
    const { actor } = context;
    const rebased = this.moved(row, await this.evaluate(row), { now: this.store.snapshot, actor });
    const conflicts = rebased.conflicts.map((each) => ({ ...each, otherScenario: null }));
    return [...conflicts, ...(await this.conflictsWithOthers(row, context))];
  }

  private async conflictsWithOthers(row: ScenarioRow, context: RequestContext): Promise<ScenarioConflict[]> {
    const ids = await this.meeting(row, context.actor);
    if (ids.length === 0) return [];
    const changes = this.changesIn(context);
    const others = await changes.of(ids);
    const [ours] = await changes.of([row.id]);
    if (ours === undefined) return [];
    return others.flatMap(({ id, difference }) =>
      conflictsBetween(ours.difference, difference).map((each) => ({ ...each, otherScenario: id })),
    );
  }

  /** Ids of the other open scenarios that speak of the same objects: only those can be in each other's way. */
  private async meeting(row: ScenarioRow, actor: Actor): Promise<string[]> {
    const query = this.seenBy(actor)
      .select('scenario.id', 'id')
      .andWhere('scenario.id <> :id', { id: row.id })
      .andWhere(OPEN)
      .andWhere(`${SPOKEN_OF} ?| :urns`, { urns: urnsOf(row) })
      .orderBy('scenario.id');
    const found = await unavailableIfDown(query.getRawMany<{ id: string }>());
    return found.map(({ id }) => id);
  }

  /** What scenarios change, worked out once in each request, however many of them ask for it. */
  private changesIn(context: RequestContext): ScenarioChanges {
    let changes = this.changes.get(context);
    if (changes === undefined) {
      changes = new ScenarioChanges(
        (ids) => this.load(ids),
        async (row) => (await this.difference(row, context.actor)).difference,
      );
      this.changes.set(context, changes);
    }
    return changes;
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

/** Spelled out, so that the index on what open scenarios speak of answers it. */
const OPEN = `scenario.state in (${OPEN_STATES.map((state) => `'${state}'`).join(', ')})`;

/** The urns that the operations of a row name, as the index on them has it. */
const SPOKEN_OF = `(jsonb_path_query_array(scenario.operations, '$[*].urn')
  || jsonb_path_query_array(scenario.operations, '$[*].value.source')
  || jsonb_path_query_array(scenario.operations, '$[*].value.target'))`;

/** What a scenario speaks of. */
function urnsOf({ operations }: ScenarioRow): string[] {
  const urns = operations.flatMap(({ urn, value }) => {
    const ends = isRecord(value) ? [value['source'], value['target']] : [];
    return [urn, ...ends.filter((end) => typeof end === 'string')];
  });
  return [...new Set(urns)];
}
