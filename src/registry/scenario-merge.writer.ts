import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../core/access/actor.js';
import { may, notPermitted } from '../core/access/decide.js';
import { RegistryError } from '../core/errors.js';
import type { Issue } from '../core/errors.js';
import type { Conflict } from '../core/landscape/conflict.js';
import { conflictsOfIssues } from '../core/landscape/conflict-of-issue.js';
import type { LoggedOperation, Operation } from '../core/landscape/operation.js';
import { judgedRebase } from '../core/landscape/judged-rebase.js';
import type { Rebased } from '../core/landscape/rebase.js';
import type { LandscapeSnapshot } from '../core/landscape/snapshot.js';
import { ChangeSetWriter } from './change-set.writer.js';
import type { CommitCompanion, CommittedChangeSet } from './change-set-batch.js';
import { RevertReader } from './revert.reader.js';
import { conflictIssue } from './scenario-checks.js';
import type { ScenarioTarget } from './scenario-requests.js';
import { lockExpected, writeLocked } from './scenario-rows.js';
import type { ScenarioRow } from './scenario.entity.js';
import { ScenarioReader } from './scenario.reader.js';
import { ScenarioWriter } from './scenario.writer.js';

export interface MergeRequest extends ScenarioTarget {
  /** Why, as it stands in the log. */
  readonly reason: string;
  readonly dryRun: boolean;
}

/** What came of merging or undoing a scenario. */
export interface MergeOutcome {
  readonly row: ScenarioRow;
  /** null where it was a dry run, or something stood in the way. */
  readonly committed: CommittedChangeSet | null;
  readonly operations: readonly LoggedOperation[];
  /** Revision of the landscape it made, or would make; null where something stood in the way. */
  readonly revision: number | null;
  readonly conflicts: readonly Conflict[];
  readonly issues: readonly Issue[];
}

/** Both sides went different ways. It is thrown inside a commit, and told with the conflicts outside of it. */
class WaysPart extends RegistryError {
  constructor(readonly conflicts: readonly [Conflict, ...Conflict[]]) {
    const [first, ...rest] = conflicts;
    super([conflictIssue(first), ...rest.map(conflictIssue)]);
  }
}

/** Operations that undo a scenario, and the landscape on which they were tried. */
interface Attempt {
  readonly landscape: LandscapeSnapshot;
  readonly operations: readonly Operation[];
}

/** What is wrong with an attempt, as conflicts: nobody wrote its operations. undefined where it is something else. */
function partingOf(error: unknown, attempt: Attempt | undefined): WaysPart | undefined {
  if (error instanceof WaysPart) return error;
  if (!(error instanceof RegistryError) || attempt === undefined) return undefined;
  const [first, ...rest] = conflictsOfIssues(attempt.landscape, attempt.operations, error.issues);
  return first && new WaysPart([first, ...rest]);
}

/** Makes a scenario part of the landscape, by one change set, and takes it out again by another. */
@Injectable()
export class ScenarioMergeWriter {
  constructor(
    private readonly scenarios: ScenarioReader,
    private readonly writer: ScenarioWriter,
    private readonly changeSets: ChangeSetWriter,
    private readonly reverts: RevertReader,
  ) {}

  /**
   * Merges a READY scenario. It is judged by the landscape as it is when the change set is written; where that went
   * another way, or would be left in a state that may not be, nothing is written but that the scenario needs a rebase.
   * @throws RegistryError where the caller may not, or the scenario is not as he saw it.
   */
  async merge(request: MergeRequest, actor: Actor): Promise<MergeOutcome> {
    checkMayCommit(actor, 'mergeScenario');
    const row = await this.writer.expected(request, request.dryRun ? 'PREVIEW_MERGE' : 'MERGE', actor);
    const head = await this.scenarios.head();
    const prepared = await this.writer.onto(row, head);
    const judgement = { passed: false };
    const companion: CommitCompanion = {
      decide: async (snapshot, manager) => {
        await lockExpected(manager, request, 'MERGE');
        judgement.passed = true;
        return decided(this.moved(prepared, head, snapshot));
      },
      write: async (revision, manager) => {
        const locked = await lockExpected(manager, request, 'MERGE');
        await writeLocked(manager, locked, { state: 'MERGED', mergedRevision: revision });
      },
    };
    try {
      if (request.dryRun) return await this.preview(row, decided(prepared), request, actor);
      return await this.commit(row, companion, request, actor);
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error;
      if (request.dryRun) return refusal(row, error);
      if (!judgement.passed || isNotOfTheScenario(error)) throw error;
      return refusal(await this.writer.write(request, 'MERGE', { state: 'REBASE_NEEDED' }), error);
    }
  }

  /**
   * Undoes a merged scenario by a change set of its own.
   * @throws RegistryError where the caller may not, the scenario is not as he saw it, or all of it is undone already.
   */
  async revert(request: MergeRequest, actor: Actor): Promise<MergeOutcome> {
    checkMayCommit(actor, 'revertScenario');
    const row = await this.writer.expected(request, 'REVERT', actor);
    const undoing = row.mergedRevision === null ? null : await this.reverts.undoing(row.mergedRevision);
    if (undoing === null) throw new Error(`The change set that merged scenario ${row.id} is not in the log.`);
    const attempts: Attempt[] = [];
    const undone = async (landscape: LandscapeSnapshot, manager?: EntityManager): Promise<readonly Operation[]> => {
      const { operations, conflicts } = await undoing(landscape, manager);
      attempts.push({ landscape, operations });
      return decided({ operations, unresolved: conflicts });
    };
    const companion: CommitCompanion = {
      decide: async (snapshot, manager) => {
        await lockExpected(manager, request, 'REVERT');
        return undone(snapshot, manager);
      },
      write: async (revision, manager) => {
        const locked = await lockExpected(manager, request, 'REVERT');
        await writeLocked(manager, locked, { state: 'REVERTED', revertedRevision: revision });
      },
    };
    try {
      if (request.dryRun) return await this.preview(row, await undone(await this.scenarios.head()), request, actor);
      return await this.commit(row, companion, request, actor);
    } catch (error) {
      const parting = partingOf(error, attempts.at(-1));
      if (parting === undefined) throw error;
      return refusal(row, parting);
    }
  }

  /** Moves what was worked out for one revision on to the one that the commit stands on. */
  private moved(
    prepared: Rebased,
    base: LandscapeSnapshot,
    current: LandscapeSnapshot,
  ): Pick<Rebased, 'operations' | 'unresolved'> {
    if (prepared.unresolved.length > 0 || base === current) return prepared;
    const { operations } = prepared;
    return judgedRebase({ base, scenario: this.scenarios.lay(base, operations), current, operations });
  }

  private async preview(
    row: ScenarioRow,
    operations: readonly Operation[],
    { reason }: MergeRequest,
    actor: Actor,
  ): Promise<MergeOutcome> {
    const { log, delta } = await this.changeSets.dryRun({ operations, reason, source: 'MERGE' }, actor);
    return { row, committed: null, operations: log, revision: delta.revision, conflicts: [], issues: [] };
  }

  private async commit(
    { id }: ScenarioRow,
    companion: CommitCompanion,
    { reason }: MergeRequest,
    actor: Actor,
  ): Promise<MergeOutcome> {
    const request = { operations: [], reason, source: 'MERGE', companion } as const;
    const committed = await this.changeSets.commit(request, actor);
    const row = await this.scenarios.find(id, actor);
    return {
      row,
      committed,
      operations: committed.operations,
      revision: committed.revision,
      conflicts: [],
      issues: [],
    };
  }
}

function decided({ operations, unresolved }: Pick<Rebased, 'operations' | 'unresolved'>): readonly Operation[] {
  const [first, ...rest] = unresolved;
  if (first !== undefined) throw new WaysPart([first, ...rest]);
  if (operations.length === 0) throw RegistryError.of('NOTHING_TO_DO', ['id']);
  return operations;
}

function refusal(row: ScenarioRow, error: RegistryError): MergeOutcome {
  const conflicts = error instanceof WaysPart ? error.conflicts : [];
  return { row, committed: null, operations: [], revision: null, conflicts, issues: error.issues };
}

/** What says nothing against the scenario: the reason of the merge is wrong, or the database is away. */
function isNotOfTheScenario({ issues: [{ reason, path }] }: RegistryError): boolean {
  return reason === 'DATABASE_UNAVAILABLE' || reason === 'NOTHING_TO_DO' || path[0] === 'reason';
}

function checkMayCommit(actor: Actor, operation: string): void {
  if (!may(actor, 'scenario.merge')) throw notPermitted(operation);
}
