import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../core/access/actor.js';
import { mayHaveScenarios, mayUseScenario } from '../core/access/decide.js';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError, issue } from '../core/errors.js';
import type { Issue } from '../core/errors.js';
import type { Conflict } from '../core/landscape/conflict.js';
import { saidOf } from '../core/landscape/operation.js';
import type { Operation } from '../core/landscape/operation.js';
import { isWritableText } from '../core/landscape/record-fields.js';
import { judgedRebase } from '../core/landscape/judged-rebase.js';
import type { JudgedRebase } from '../core/landscape/judged-rebase.js';
import type { Resolution } from '../core/landscape/rebase-decision.js';
import { OPEN_STATES, STATES_FOR, stateAfterChange } from '../core/landscape/scenario-state.js';
import type { ScenarioAction } from '../core/landscape/scenario-state.js';
import type { LandscapeSnapshot } from '../core/landscape/snapshot.js';
import { unavailableIfDown } from '../runtime/database-errors.js';
import { ChangeSetWriter } from './change-set.writer.js';
import { LandscapeStore } from './landscape.store.js';
import { ScenarioRow } from './scenario.entity.js';
import { ScenarioReader } from './scenario.reader.js';

/** Most operations of one scenario: what is larger is imported, not thought over. */
export const SCENARIO_OPERATIONS_MAXIMUM = 5_000;
/** Most scenarios of one agency that are open at once. */
export const OPEN_SCENARIOS_MAXIMUM = 200;
const NAME_MAXIMUM = 200;
const PURPOSE_MAXIMUM = 4_000;

export interface NewScenario {
  readonly name: string;
  readonly purpose?: string | null;
  readonly agency?: string | null;
  readonly targetDate?: string | null;
  readonly operations?: readonly Operation[] | null;
  readonly dryRun: boolean;
}

/** Which scenario is meant, as the caller last saw it. */
export interface ScenarioTarget {
  readonly id: string;
  readonly expectedVersion: number;
}

export interface ScenarioChange extends ScenarioTarget {
  readonly name?: string | null;
  /** null takes it away; undefined leaves it. So do the other fields that may be null. */
  readonly purpose?: string | null;
  readonly targetDate?: string | null;
  /** All operations anew; null and undefined leave those that are. */
  readonly operations?: readonly Operation[] | null;
  /** Operations to come after those that are. */
  readonly append?: readonly Operation[] | null;
  readonly ready?: boolean | null;
  readonly dryRun: boolean;
}

export interface ScenarioRebase extends ScenarioTarget {
  readonly resolutions: readonly Resolution[];
  readonly dryRun: boolean;
}

/** A scenario after something was done with it, and what still stands in the way. */
export interface ScenarioOutcome {
  readonly row: ScenarioRow;
  readonly conflicts: readonly Conflict[];
  readonly issues: readonly Issue[];
}

/** A scenario after it was moved, with what was given up of it. */
export interface RebaseOutcome extends ScenarioOutcome {
  readonly dropped: readonly Operation[];
}

/** Writes scenarios. None of it touches the landscape. */
@Injectable()
export class ScenarioWriter {
  constructor(
    private readonly database: DataSource,
    private readonly store: LandscapeStore,
    private readonly scenarios: ScenarioReader,
    private readonly changeSets: ChangeSetWriter,
  ) {}

  /**
   * Begins a scenario on the landscape as it is now.
   * @throws RegistryError with everything that is wrong with it.
   */
  async create(request: NewScenario, actor: Actor): Promise<ScenarioRow> {
    const { name, purpose = null, targetDate = null } = request;
    const agency = request.agency ?? (actor.kind === 'OFFICER' ? actor.agency : null);
    if (!mayUseScenario(actor, agency)) throw RegistryError.of('NOT_PERMITTED', [], { action: 'createScenario' });
    await unavailableIfDown(this.store.refresh());
    const base = this.store.snapshot;
    const operations = (request.operations ?? []).map(saidOf);
    refuse([...textIssues({ name, purpose }), ...agencyIssues(agency, this.scenarios.view(base, actor))]);
    this.check(base, operations, actor);
    const row = Object.assign(new ScenarioRow(), {
      id: randomUUID(),
      name,
      purpose,
      agency,
      targetDate,
      author: actor.kind.toLowerCase(),
      baseRevision: base.revision,
      operations,
      state: 'DRAFT',
      version: 1,
      mergedRevision: null,
      revertedRevision: null,
    } satisfies Omit<ScenarioRow, 'createdAt' | 'changedAt'>);
    return unavailableIfDown(
      this.database.transaction(async (manager) => {
        await checkRoom(manager, agency);
        if (!request.dryRun) return manager.save(row);
        const now = new Date();
        return Object.assign(row, { createdAt: now, changedAt: now });
      }),
    );
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
    const head = await this.head();
    const { operations, unresolved, unused, dropped } = await this.seenOnto(row, head, { resolutions, actor });
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
    const moved = dryRun ? Object.assign(new ScenarioRow(), row, changes) : await this.write(target, 'REBASE', changes);
    return { row: moved, conflicts: [], issues: [], dropped };
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

  /** The same as somebody sees it: conflicts tell him nothing of what he may not see. */
  private async seenOnto(
    row: ScenarioRow,
    head: LandscapeSnapshot,
    { resolutions, actor }: { readonly resolutions: readonly Resolution[]; readonly actor: Actor },
  ): Promise<JudgedRebase> {
    const { base, landscape } = await this.scenarios.evaluate(row);
    const seen = (snapshot: LandscapeSnapshot): LandscapeView => this.scenarios.view(snapshot, actor, base);
    const sides = { base: seen(base), scenario: seen(landscape), current: seen(head) };
    return judgedRebase({ ...sides, operations: row.operations, resolutions });
  }

  async head(): Promise<LandscapeSnapshot> {
    await unavailableIfDown(this.store.refresh());
    return this.store.snapshot;
  }

  /**
   * A scenario as the caller expects it.
   * @throws RegistryError NOT_PERMITTED, SCENARIO_UNKNOWN, SCENARIO_VERSION_STALE, SCENARIO_STATE.
   */
  async expected(target: ScenarioTarget, action: ScenarioAction, actor: Actor): Promise<ScenarioRow> {
    if (!mayHaveScenarios(actor)) throw RegistryError.of('NOT_PERMITTED', [], { action: 'scenario' });
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

/** A conflict as something that is wrong with the request. */
export function conflictIssue({ urn, path, cause, because }: Conflict): Issue {
  if (cause === 'NOT_POSSIBLE_THERE' && because !== undefined) return { ...because, path: ['id'] };
  return issue('CHANGED_MEANWHILE', ['id'], { urn, field: path ?? '', cause });
}

/** Locks a scenario that must be as the caller saw it. */
export async function lockExpected(
  manager: EntityManager,
  target: ScenarioTarget,
  action: ScenarioAction,
): Promise<ScenarioRow> {
  const { id } = target;
  const row = await manager.findOne(ScenarioRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (row === null) throw RegistryError.of('SCENARIO_UNKNOWN', ['id'], { id });
  checkExpected(row, target, action);
  return row;
}

/** Writes changes of a row that is locked. */
export function writeLocked(
  manager: EntityManager,
  locked: ScenarioRow,
  changes: Partial<ScenarioRow>,
): Promise<ScenarioRow> {
  return manager.save(Object.assign(new ScenarioRow(), locked, changes, { version: locked.version + 1 }));
}

function checkExpected({ version, state }: ScenarioRow, target: ScenarioTarget, action: ScenarioAction): void {
  if (version !== target.expectedVersion) {
    const params = { expected: target.expectedVersion, actual: version };
    throw RegistryError.of('SCENARIO_VERSION_STALE', ['expectedVersion'], params);
  }
  const allowed = STATES_FOR[action];
  if (!allowed.includes(state)) {
    throw RegistryError.of('SCENARIO_STATE', ['id'], { state, allowed: allowed.join(', ') });
  }
}

/** Counts under a lock on the open ones, so that two that begin at once can not both take the last place. */
async function checkRoom(manager: EntityManager, agency: string | null): Promise<void> {
  await manager.query(`select pg_advisory_xact_lock(hashtext('scenario'))`);
  const counted: { count: number }[] = await manager.query(
    `select count(*)::integer as count from scenario where agency is not distinct from $1 and state = any($2)`,
    [agency, OPEN_STATES],
  );
  const open = counted[0]?.count ?? 0;
  if (open < OPEN_SCENARIOS_MAXIMUM) return;
  const params = { field: 'scenarios', limit: OPEN_SCENARIOS_MAXIMUM, actual: open + 1 };
  throw RegistryError.of('LIMIT_EXCEEDED', ['agency'], params);
}

function refuse([first, ...rest]: readonly Issue[]): void {
  if (first !== undefined) throw new RegistryError([first, ...rest]);
}

function textIssues({ name, purpose }: { readonly name: string; readonly purpose: string | null }): Issue[] {
  const issues: Issue[] = [];
  if (name.trim() === '') issues.push(issue('VALUE_MISSING', ['name'], { field: 'name' }));
  for (const [field, text, limit] of [
    ['name', name, NAME_MAXIMUM],
    ['purpose', purpose ?? '', PURPOSE_MAXIMUM],
  ] as const) {
    if (!isWritableText(text)) issues.push(issue('VALUE_OF_WRONG_TYPE', [field], { field, expected: 'text' }));
    else if (text.length > limit) {
      issues.push(issue('LIMIT_EXCEEDED', [field], { field, limit, actual: text.length }));
    }
  }
  return issues;
}

function agencyIssues(agency: string | null, landscape: LandscapeView): Issue[] {
  if (agency === null || landscape.elementByUrn(agency)?.kind === 'AGENCY') return [];
  return [issue('URN_UNKNOWN', ['agency'], { urn: agency })];
}
