import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/access/actor.js';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import type { Conflict } from '../core/landscape/conflict.js';
import { conflictsBetween } from '../core/landscape/conflicts-between.js';
import { differenceBetween } from '../core/landscape/difference.js';
import { gapBetween } from '../core/landscape/gap.js';
import { judgedRebase } from '../core/landscape/judged-rebase.js';
import type { JudgedRebase } from '../core/landscape/judged-rebase.js';
import type { PartialDate } from '../core/landscape/model.js';
import type { Resolution } from '../core/landscape/rebase-decision.js';
import { isRecord } from '../core/landscape/record-fields.js';
import { OPEN_STATES } from '../core/landscape/scenario-state.js';
import type { LandscapeSnapshot } from '../core/landscape/snapshot.js';
import { unavailableIfDown } from '../runtime/database-errors.js';
import type { RequestContext } from '../runtime/request-context.js';
import { todayInVietnam } from '../runtime/today.js';
import type { SeenDifference } from './difference.types.js';
import { LandscapeStore } from './landscape.store.js';
import { ScenarioChanges } from './scenario-changes.js';
import type { ScenarioRow } from './scenario.entity.js';
import { ScenarioReader } from './scenario.reader.js';
import type { EvaluatedScenario } from './scenario.reader.js';

/** A place where a scenario and the landscape, or another scenario, went different ways. */
export interface ScenarioConflict extends Conflict {
  /** The other scenario; null = the landscape as it is now. */
  readonly otherScenario: string | null;
}

/** Where a scenario is to stand, for whom, and how its conflicts are decided. */
interface Move {
  readonly current: LandscapeSnapshot;
  readonly actor: Actor;
  readonly resolutions?: readonly Resolution[];
}

/** Compares scenarios with their base, with the landscape as it is now and with each other. */
@Injectable()
export class ScenarioComparisonReader {
  private readonly changes = new WeakMap<RequestContext, ScenarioChanges>();

  constructor(
    private readonly scenarios: ScenarioReader,
    private readonly store: LandscapeStore,
  ) {}

  /** What a scenario changes on its base, as somebody sees it. */
  async difference(row: ScenarioRow, actor: Actor): Promise<SeenDifference> {
    const { base, landscape } = await this.scenarios.evaluate(row);
    const [before, after] = [this.scenarios.view(base, actor), this.scenarios.view(landscape, actor, base)];
    const { revision } = base;
    return {
      before,
      after,
      fromRevision: revision,
      toRevision: revision,
      fromDay: null,
      toDay: null,
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
    const [before, after] = [this.scenarios.view(now, actor), this.scenarios.view(landscape, actor, now)];
    const fromDay = todayInVietnam();
    const difference = gapBetween({ landscape: before, day: fromDay }, { landscape: after, day });
    const { revision } = now;
    return { before, after, fromRevision: revision, toRevision: revision, fromDay, toDay: day, difference };
  }

  /**
   * A scenario on the landscape as it is now. One that was merged is part of that already.
   * @throws RegistryError REBASE_NEEDED where it can not stand there as it is.
   */
  private async forward(row: ScenarioRow, actor: Actor): Promise<EvaluatedScenario> {
    const evaluated = await this.scenarios.evaluate(row);
    const { snapshot: now } = this.store;
    if (row.state === 'MERGED') return { base: now, landscape: now };
    if (evaluated.base.revision === now.revision) return evaluated;
    const { operations, unresolved } = this.moved(row, evaluated, { current: now, actor });
    const outcome = unresolved.length === 0 ? this.scenarios.laidOn(now, row.id, operations) : undefined;
    // What stands in the way without being a conflict to this reader is something he may not see.
    if (outcome === undefined || 'issues' in outcome) {
      const count = Math.max(1, unresolved.length);
      throw RegistryError.of('REBASE_NEEDED', ['scenario'], { id: row.id, count });
    }
    return { base: now, landscape: outcome.landscape };
  }

  /**
   * What is left of a scenario to be done on another landscape, as somebody sees it: conflicts tell him nothing of what he
   * may not see. Whoever asks what stands in the way of a scenario, or moves it, asks here.
   */
  moved(
    { operations }: Pick<ScenarioRow, 'operations'>,
    { base, landscape }: EvaluatedScenario,
    { current, actor, resolutions = [] }: Move,
  ): JudgedRebase {
    const seen = (snapshot: LandscapeSnapshot): LandscapeView => this.scenarios.view(snapshot, actor, base);
    const sides = { base: seen(base), scenario: seen(landscape), current: seen(current) };
    return judgedRebase({ ...sides, operations, resolutions });
  }

  /** Where an open scenario and the landscape as it is now went different ways, and where other open scenarios do. */
  async conflicts(row: ScenarioRow, context: RequestContext): Promise<ScenarioConflict[]> {
    if (!OPEN_STATES.includes(row.state)) return [];
    const { actor } = context;
    const evaluated = await this.scenarios.evaluate(row);
    const rebased = this.moved(row, evaluated, { current: this.store.snapshot, actor });
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
    const query = this.scenarios
      .seenBy(actor)
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
        (ids) => this.scenarios.load(ids),
        async (row) => (await this.difference(row, context.actor)).difference,
      );
      this.changes.set(context, changes);
    }
    return changes;
  }
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
