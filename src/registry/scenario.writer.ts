import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../core/access/actor.js';
import { agencyOf } from '../core/access/actor.js';
import { may, mayAtAll, notPermitted } from '../core/access/decide.js';
import { RegistryError, issue, refuse } from '../core/errors.js';
import { judgedRebase } from '../core/landscape/judged-rebase.js';
import type { JudgedRebase } from '../core/landscape/judged-rebase.js';
import { saidOf } from '../core/landscape/operation.js';
import type { Operation } from '../core/landscape/operation.js';
import { stateAfterChange } from '../core/landscape/scenario-state.js';
import type { ScenarioAction } from '../core/landscape/scenario-state.js';
import type { LandscapeSnapshot } from '../core/landscape/snapshot.js';
import { unavailableIfDown } from '../runtime/database-errors.js';
import { ChangeSetWriter } from './change-set.writer.js';
import { agencyIssues, conflictIssue, textIssues } from './scenario-checks.js';
import { ScenarioComparisonReader } from './scenario-comparison.reader.js';
import type {
  NewScenario,
  RebaseOutcome,
  ScenarioChange,
  ScenarioRebase,
  ScenarioTarget,
} from './scenario-requests.js';
import { checkExpected, checkRoom, lockExpected, writeLocked } from './scenario-rows.js';
import { ScenarioRow } from './scenario.entity.js';
import { ScenarioReader } from './scenario.reader.js';

/** Most operations of one scenario: what is larger is imported, not thought over. */
export const SCENARIO_OPERATIONS_MAXIMUM = 5_000;

/** Writes scenarios. None of it touches the landscape. */
@Injectable()
export class ScenarioWriter {
  constructor(
    private readonly database: DataSource,
    private readonly scenarios: ScenarioReader,
    private readonly comparisons: ScenarioComparisonReader,
    private readonly changeSets: ChangeSetWriter,
  ) {}

  /**
   * Begins a scenario on the landscape as it is now.
   * @throws RegistryError with everything that is wrong with it.
   */
  async create(request: NewScenario, actor: Actor): Promise<ScenarioRow> {
    const row = this.draft(request, await this.scenarios.head(), actor);
    return unavailableIfDown(
      this.database.transaction(async (manager) => {
        await checkRoom(manager, row.agency);
        if (!request.dryRun) return manager.save(row);
        const now = new Date();
        return Object.assign(row, { createdAt: now, changedAt: now });
      }),
    );
  }

  /**
   * A scenario that nobody has written yet, for whoever writes it together with something else, in a transaction of his.
   * @param base - the head of the landscape in that transaction.
   * @throws RegistryError with everything that is wrong with it.
   */
  async prepare(
    request: NewScenario,
    base: LandscapeSnapshot,
    { actor, manager }: { readonly actor: Actor; readonly manager: EntityManager },
  ): Promise<ScenarioRow> {
    const row = this.draft(request, base, actor);
    await checkRoom(manager, row.agency);
    return row;
  }

  private draft(request: NewScenario, base: LandscapeSnapshot, actor: Actor): ScenarioRow {
    const { name, purpose = null, targetDate = null } = request;
    const agency = request.agency ?? agencyOf(actor);
    if (!may(actor, 'scenario.use', { agency })) throw notPermitted('createScenario');
    const operations = (request.operations ?? []).map(saidOf);
    refuse([...textIssues({ name, purpose }), ...agencyIssues(agency, this.scenarios.view(base, actor))]);
    this.check(base, operations, actor);
    return Object.assign(new ScenarioRow(), {
      id: randomUUID(),
      name,
      purpose,
      agency,
      targetDate,
      author: actor.kind.toLowerCase(),
      baseRevision: base.revision,
      operations,
      state: request.ready === true ? 'READY' : 'DRAFT',
      version: 1,
      mergedRevision: null,
      revertedRevision: null,
    } satisfies Omit<ScenarioRow, 'createdAt' | 'changedAt'>);
  }

  /** Changes what an open scenario says. @throws RegistryError with everything that is wrong with it. */
  async change(request: ScenarioChange, actor: Actor): Promise<ScenarioRow> {
    const row = await this.expected(request, 'CHANGE', actor);
    const name = request.name ?? row.name;
    const purpose = request.purpose === undefined ? row.purpose : request.purpose;
    const targetDate = request.targetDate === undefined ? row.targetDate : request.targetDate;
    refuse(textIssues({ name, purpose }));
    const isChanged = (request.operations ?? request.append ?? null) !== null;
    const operations = [...(request.operations?.map(saidOf) ?? row.operations), ...(request.append ?? []).map(saidOf)];
    if (isChanged) this.check(await this.scenarios.baseOf(row.baseRevision), operations, actor);
    const state = stateAfterChange(row.state, { operations: isChanged, ready: request.ready ?? undefined });
    return this.written(row, request, 'CHANGE', { name, purpose, targetDate, operations, state });
  }

  /**
   * Moves an open scenario to the landscape as it is now. Conflicts that nobody decided leave it where it is.
   * @throws RegistryError with everything that is wrong with it there.
   */
  async rebase({ resolutions, dryRun, ...target }: ScenarioRebase, actor: Actor): Promise<RebaseOutcome> {
    const row = await this.expected(target, 'REBASE', actor);
    const head = await this.scenarios.head();
    const evaluated = await this.scenarios.evaluate(row);
    const moved = this.comparisons.moved(row, evaluated, { current: head, actor, resolutions });
    const { operations, unresolved, unused, dropped } = moved;
    refuse(
      unused.map((each) => {
        const at = resolutions.indexOf(each);
        return issue('CONFLICT_UNKNOWN', ['resolutions', `${at}`], { urn: each.urn, field: each.path ?? '' });
      }),
    );
    if (unresolved.length > 0) {
      return { row, conflicts: unresolved, issues: unresolved.map(conflictIssue), dropped: [] };
    }
    this.check(head, operations, actor);
    const state = row.state === 'REBASE_NEEDED' ? 'READY' : row.state;
    const changes = { operations: [...operations], baseRevision: head.revision, state };
    const written = await this.written(row, { ...target, dryRun }, 'REBASE', changes);
    return { row: written, conflicts: [], issues: [], dropped };
  }

  /** Gives an open scenario up. It can still be read. */
  async archive(target: ScenarioTarget & { readonly dryRun: boolean }, actor: Actor): Promise<ScenarioRow> {
    const row = await this.expected(target, 'ARCHIVE', actor);
    return this.written(row, target, 'ARCHIVE', { state: 'ARCHIVED' });
  }

  /** A row with changes, which a dry run only looks at. */
  private async written(
    row: ScenarioRow,
    target: ScenarioTarget & { readonly dryRun: boolean },
    action: ScenarioAction,
    changes: Partial<ScenarioRow>,
  ): Promise<ScenarioRow> {
    if (target.dryRun) return Object.assign(new ScenarioRow(), row, changes);
    return this.write(target, action, changes);
  }

  /** What is left of a scenario to be done on another landscape, judged by all there is. */
  async onto(row: ScenarioRow, current: LandscapeSnapshot): Promise<JudgedRebase> {
    const { base, landscape } = await this.scenarios.evaluate(row);
    return judgedRebase({ base, scenario: landscape, current, operations: row.operations });
  }

  /**
   * A scenario as the caller expects it.
   * @throws RegistryError NOT_PERMITTED, SCENARIO_UNKNOWN, SCENARIO_VERSION_STALE, SCENARIO_STATE.
   */
  async expected(target: ScenarioTarget, action: ScenarioAction, actor: Actor): Promise<ScenarioRow> {
    if (!mayAtAll(actor, 'scenario.use')) throw notPermitted('scenario');
    const row = await this.scenarios.find(target.id, actor);
    checkExpected(row, target, action);
    return row;
  }

  /** Writes changes of a row, unless somebody changed it since it was looked at. */
  write(target: ScenarioTarget, action: ScenarioAction, changes: Partial<ScenarioRow>): Promise<ScenarioRow> {
    return unavailableIfDown(
      this.database.transaction(async (manager) => {
        return writeLocked(manager, await lockExpected(manager, target, action), changes);
      }),
    );
  }

  /**
   * An author is told what is wrong in the words of what he may see. Where only what he may not see stands in the way,
   * he is told no more than that.
   */
  private check(base: LandscapeSnapshot, operations: readonly Operation[], actor: Actor): void {
    if (operations.length > SCENARIO_OPERATIONS_MAXIMUM) {
      const params = { field: 'operations', limit: SCENARIO_OPERATIONS_MAXIMUM, actual: operations.length };
      throw RegistryError.of('LIMIT_EXCEEDED', ['operations'], params);
    }
    if (operations.length === 0) return;
    const view = this.scenarios.view(base, actor);
    this.changeSets.preview(view, { operations });
    try {
      this.scenarios.lay(base, operations);
    } catch (error) {
      if (!(error instanceof RegistryError) || !view.isPartial) throw error;
      const [{ reason, path }] = error.issues;
      throw RegistryError.of('NOT_PERMITTED', path, { action: reason });
    }
  }
}
