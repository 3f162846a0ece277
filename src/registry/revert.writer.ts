import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/access/actor.js';
import { mayCommit } from '../core/access/decide.js';
import { RegistryError, issue } from '../core/errors.js';
import { definitionValue } from '../core/landscape/attribute-record.js';
import type { Conflict } from '../core/landscape/conflict.js';
import { holdersOf } from '../core/landscape/definition-table.js';
import type { Element, Relation } from '../core/landscape/model.js';
import type { LoggedOperation, Operation } from '../core/landscape/operation.js';
import { recordValue } from '../core/landscape/record-values.js';
import { revertOf } from '../core/landscape/revert.js';
import type { LandscapeSnapshot } from '../core/landscape/snapshot.js';
import { restoring } from '../core/landscape/undoing-steps.js';
import { unavailableIfDown } from '../runtime/database-errors.js';
import { ChangeSetReader } from './change-set.reader.js';
import { ChangeSetWriter } from './change-set.writer.js';
import type { CommittedChangeSet } from './change-set-batch.js';
import { LandscapeHistory } from './landscape.history.js';
import { LandscapeStore } from './landscape.store.js';

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
    private readonly log: ChangeSetReader,
    private readonly changeSets: ChangeSetWriter,
    private readonly history: LandscapeHistory,
    private readonly store: LandscapeStore,
  ) {}

  /**
   * Undoes a change set on the landscape as it is now.
   * @throws RegistryError REVISION_UNKNOWN; NOTHING_TO_DO where all of it is undone already.
   */
  async revert(revision: number, request: UndoRequest, actor: Actor): Promise<Undone> {
    const snapshot = await this.newest(actor);
    const changeSet = await this.log.find(revision);
    if (changeSet === null) {
      const params = { revision, newest: snapshot.revision };
      throw RegistryError.of('REVISION_UNKNOWN', ['revision'], params);
    }
    const then = await this.history.definitionsAround(revision);
    const { operations, conflicts } = revertOf(snapshot, changeSet.operations, then);
    if (conflicts.length > 0) return { committed: null, operations: [], conflicts };
    return this.carryOut(operations, snapshot, request, actor);
  }

  /**
   * Gives a removed element, relation or attribute definition back as it last was, an element with those of the relations removed together
   * with it whose other ends are there.
   * @throws RegistryError URN_UNKNOWN where no such object ever was; NOTHING_TO_DO where it is there.
   */
  async restore(urn: string, request: UndoRequest, actor: Actor): Promise<Undone> {
    const snapshot = await this.newest(actor);
    if (
      (snapshot.elementByUrn(urn) ?? snapshot.relationByUrn(urn) ?? snapshot.definitions.made.get(urn)) !== undefined
    ) {
      throw RegistryError.of('NOTHING_TO_DO', ['urn']);
    }
    const removedIn = await this.log.removalOf(urn);
    if (removedIn === null) throw RegistryError.of('URN_UNKNOWN', ['urn'], { urn });
    const past = await unavailableIfDown(this.history.at(removedIn - 1));
    refuseOtherMeanings(past, snapshot, urn);
    return this.carryOut(restoration(past, snapshot, urn), snapshot, request, actor);
  }

  private async newest(actor: Actor): Promise<LandscapeSnapshot> {
    if (!mayCommit(actor)) throw RegistryError.of('NOT_PERMITTED', [], { action: 'revert' });
    await unavailableIfDown(this.store.refresh());
    return this.store.snapshot;
  }

  /** What was worked out on a snapshot is refused where one of its targets has changed since. */
  private async carryOut(
    operations: readonly Operation[],
    { revision }: LandscapeSnapshot,
    { reason, dryRun }: UndoRequest,
    actor: Actor,
  ): Promise<Undone> {
    if (operations.length === 0) throw new RegistryError([issue('NOTHING_TO_DO', [])]);
    const request = { operations, reason, source: 'USER', expectedRevision: revision } as const;
    if (dryRun) {
      const { log } = await this.changeSets.dryRun(request, actor);
      return { committed: null, operations: log, conflicts: [] };
    }
    const committed = await this.changeSets.commit(request, actor);
    return { committed, operations: committed.operations, conflicts: [] };
  }
}

/**
 * A value is not given back under a key that another definition has by now.
 * @throws RegistryError ATTRIBUTE_KEY_TAKEN
 */
function refuseOtherMeanings(past: LandscapeSnapshot, present: LandscapeSnapshot, urn: string): void {
  const [then, now] = [holdersOf(past.definitions), holdersOf(present.definitions)];
  const { attributes = {} } = past.elementByUrn(urn) ?? past.relationByUrn(urn) ?? {};
  for (const key of Object.keys(attributes)) {
    const holder = now.get(key);
    if (holder === undefined || holder === then.get(key)) continue;
    throw RegistryError.of('ATTRIBUTE_KEY_TAKEN', ['urn'], { key, holder });
  }
}

/** The operations that give back what a past landscape had and the present one has not. */
function restoration(past: LandscapeSnapshot, present: LandscapeSnapshot, urn: string): Operation[] {
  const definition = past.definitions.made.get(urn);
  if (definition !== undefined) return [restoring(urn, definitionValue(definition))];
  const element = past.elementByUrn(urn);
  const relation = past.relationByUrn(urn);
  const give = (record: Element | Relation): Operation => restoring(record.urn, recordValue(past, record));
  if (element === undefined) return relation === undefined ? [] : [give(relation)];
  const relations = new Map<number, Relation>();
  const note = (other: number, seq: number): void => {
    const found = past.relationAt(seq);
    const isThere = other === element.seq || present.elementAt(other) !== undefined;
    if (found !== undefined && isThere && present.relationAt(seq) === undefined) relations.set(seq, found);
  };
  past.forEachOutgoing(element.seq, (_kind, other, seq) => note(other, seq));
  past.forEachIncoming(element.seq, (_kind, other, seq) => note(other, seq));
  return [give(element), ...Array.from(relations.values(), give)];
}
