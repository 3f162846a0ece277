import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import type { SelectQueryBuilder } from 'typeorm';
import type { Actor } from '../core/access/actor.js';
import { may } from '../core/access/decide.js';
import { toldOperations } from '../core/access/told-operations.js';
import { LandscapeView } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import type { Operation } from '../core/landscape/operation.js';
import { overlay } from '../core/landscape/overlay.js';
import { OPEN_STATES } from '../core/landscape/scenario-state.js';
import type { ScenarioState } from '../core/landscape/scenario-state.js';
import type { LandscapeSnapshot } from '../core/landscape/snapshot.js';
import { unavailableIfDown } from '../runtime/database-errors.js';
import { todayInVietnam } from '../runtime/today.js';
import { LandscapeHistory } from './landscape.history.js';
import { LandscapeStore } from './landscape.store.js';
import { ScenarioRow } from './scenario.entity.js';

export type { ScenarioRow } from './scenario.entity.js';

/** Operations on a revision. */
type ToldOperations = Pick<ScenarioRow, 'baseRevision' | 'operations'> & Partial<Pick<ScenarioRow, 'id'>>;

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
    if (row === null || !may(actor, 'scenario.use', { agency: row.agency })) {
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
  seenBy(actor: Actor): SelectQueryBuilder<ScenarioRow> {
    const query = this.database.manager.createQueryBuilder(ScenarioRow, 'scenario');
    if (actor.kind === 'OFFICER') return query.where('scenario.agency = :own', { own: actor.agency });
    return query.where(may(actor, 'scenario.use', { agency: null }) ? 'true' : 'false');
  }

  /** Whole scenarios, in the order of their ids as given. */
  async load(ids: readonly string[]): Promise<ScenarioRow[]> {
    const rows = await unavailableIfDown(this.database.manager.findBy(ScenarioRow, { id: In([...ids]) }));
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  /**
   * The scenarios of some agencies that are still to be decided, whole, the one begun first first.
   * @param among - SQL that selects the ids of those that are meant.
   * @param manager - of the transaction that asks, where one does.
   */
  openOf(agencies: readonly string[], among: string, manager = this.database.manager): Promise<ScenarioRow[]> {
    const query = manager
      .createQueryBuilder(ScenarioRow, 'scenario')
      .where('scenario.agency = any(:agencies)', { agencies })
      .andWhere('scenario.state = any(:states)', { states: OPEN_STATES })
      .andWhere(`scenario.id in (${among})`)
      .orderBy('scenario.createdAt')
      .addOrderBy('scenario.id');
    return unavailableIfDown(query.getMany());
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
  laidOn(base: LandscapeSnapshot, id: string, operations: readonly Operation[]): ReturnType<typeof overlay> {
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

  /**
   * The operations of a scenario that somebody may be told. Where attributes have been defined otherwise since, so that
   * it can not be laid on its base, they are judged by the base.
   * @param id - of the scenario; nothing for operations of which none was made.
   */
  async told({ id, baseRevision, operations }: ToldOperations, actor: Actor): Promise<readonly Operation[]> {
    const base = await this.baseOf(baseRevision);
    const outcome = id === undefined ? undefined : this.laidOn(base, id, operations);
    const laid = outcome === undefined || 'issues' in outcome ? [] : [this.view(outcome.landscape, actor, base)];
    return toldOperations(operations, [this.view(base, actor), ...laid]);
  }

  /** A base or a scenario as somebody sees it: of what is there now, and was at its base, only what he may see there. */
  view(snapshot: LandscapeSnapshot, actor: Actor, base: LandscapeSnapshot = snapshot): LandscapeView {
    const today = todayInVietnam();
    const moment = { day: today, onlyValid: false, today };
    return LandscapeView.of(snapshot, actor, moment, [base, this.store.snapshot]);
  }

  async baseOf(revision: number): Promise<LandscapeSnapshot> {
    await this.head();
    return unavailableIfDown(this.history.at(revision));
  }

  /** The landscape as it is now. */
  async head(): Promise<LandscapeSnapshot> {
    await unavailableIfDown(this.store.refresh());
    return this.store.snapshot;
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
