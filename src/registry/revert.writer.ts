import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/access/actor.js';
import { may, notPermitted } from '../core/access/decide.js';
import { RegistryError, issue } from '../core/errors.js';
import type { Conflict } from '../core/landscape/conflict.js';
import { conflictsOfIssues } from '../core/landscape/conflict-of-issue.js';
import type { LoggedOperation, Operation } from '../core/landscape/operation.js';
import type { LandscapeSnapshot } from '../core/landscape/snapshot.js';
import { unavailableIfDown } from '../runtime/database-errors.js';
import { ChangeSetWriter } from './change-set.writer.js';
import type { CommittedChangeSet } from './change-set-batch.js';
import { LandscapeStore } from './landscape.store.js';
import { RevertReader } from './revert.reader.js';

export interface UndoRequest {
  readonly reason: string;
  readonly dryRun: boolean;
}

/** What came of undoing: a change set, or what it would be, or the places that stand in its way. */
export interface Undone {
  readonly committed: CommittedChangeSet | null;
  readonly operations: readonly LoggedOperation[];
  /** Where there are any, nothing was changed. */
  readonly conflicts: readonly Conflict[];
}

/** Undoes what was committed: by change sets of its own, for nothing is ever taken out of the log. */
@Injectable()
export class RevertWriter {
  constructor(
    private readonly reverts: RevertReader,
    private readonly changeSets: ChangeSetWriter,
    private readonly store: LandscapeStore,
  ) {}

  /**
   * Undoes a change set on the landscape as it is now.
   * @throws RegistryError REVISION_UNKNOWN; NOTHING_TO_DO where all of it is undone already.
   */
  async revert(revision: number, request: UndoRequest, actor: Actor): Promise<Undone> {
    const snapshot = await this.newest(actor);
    const undoing = await this.reverts.undoing(revision);
    if (undoing === null) {
      const params = { revision, newest: snapshot.revision };
      throw RegistryError.of('REVISION_UNKNOWN', ['revision'], params);
    }
    const { operations, conflicts } = await undoing(snapshot);
    if (conflicts.length > 0) return { committed: null, operations: [], conflicts };
    return this.carryOut(operations, snapshot, request, actor);
  }

  /**
   * Gives a removed element, relation or attribute definition back as it last was, an element with those of the relations removed together
   * with it whose other ends are there. Values come with their sources.
   * @throws RegistryError URN_UNKNOWN where no such object ever was; NOTHING_TO_DO where it is there.
   */
  async restore(urn: string, request: UndoRequest, actor: Actor): Promise<Undone> {
    const snapshot = await this.newest(actor);
    if (
      (snapshot.elementByUrn(urn) ?? snapshot.relationByUrn(urn) ?? snapshot.definitions.made.get(urn)) !== undefined
    ) {
      throw RegistryError.of('NOTHING_TO_DO', ['urn']);
    }
    return this.carryOut(await this.reverts.restoration(urn, snapshot), snapshot, request, actor);
  }

  private async newest(actor: Actor): Promise<LandscapeSnapshot> {
    if (!may(actor, 'landscape.change')) throw notPermitted('revert');
    await unavailableIfDown(this.store.refresh());
    return this.store.snapshot;
  }

  /**
   * What was worked out on a snapshot is in conflict where one of its targets has changed since, or where the landscape
   * does not bear it: the caller wrote no operations that he could be told to mend.
   */
  private async carryOut(
    operations: readonly Operation[],
    { revision }: LandscapeSnapshot,
    { reason, dryRun }: UndoRequest,
    actor: Actor,
  ): Promise<Undone> {
    if (operations.length === 0) throw new RegistryError([issue('NOTHING_TO_DO', [])]);
    const request = { operations, reason, source: 'USER', expectedRevision: revision } as const;
    try {
      if (dryRun) {
        const { log } = await this.changeSets.dryRun(request, actor);
        return { committed: null, operations: log, conflicts: [] };
      }
      const committed = await this.changeSets.commit(request, actor);
      return { committed, operations: committed.operations, conflicts: [] };
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error;
      const conflicts = conflictsOfIssues(this.store.snapshot, operations, error.issues);
      if (conflicts.length === 0) throw error;
      return { committed: null, operations: [], conflicts };
    }
  }
}
