import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { ADMINISTRATOR } from '../core/access/actor.js';
import type { Actor } from '../core/access/actor.js';
import { roleOf } from '../core/access/actor.js';
import { may, notPermitted } from '../core/access/decide.js';
import { LandscapeView } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import { isAttestation } from '../core/landscape/attestation-check.js';
import { saidOf } from '../core/landscape/operation.js';
import type { Issue } from '../core/errors.js';
import { finished } from '../core/finished.js';
import type { Operation } from '../core/landscape/operation.js';
import type { ChangeBase } from '../core/landscape/landscape.js';
import { isWritableText } from '../core/landscape/record-fields.js';
import { planningChangeSet } from '../core/landscape/plan-change-set.js';
import type { ChangeSetPlan, ChangeSetRequest } from '../core/landscape/plan-change-set.js';
import { auditedActor } from '../runtime/audit/audit-record.js';
import type { AuditedActor } from '../runtime/audit/audit-record.js';
import { hashOf } from '../runtime/canonical-json.js';
import { unavailableIfDown } from '../runtime/database-errors.js';
import { inSlices } from '../runtime/slices.js';
import { todayInVietnam } from '../runtime/today.js';
import { ChangeSetBatch } from './change-set-batch.js';
import type { ChangeSource, CommitCompanion, CommittedChangeSet } from './change-set-batch.js';
import { lockHead, writePosition } from './landscape-rows.js';
import type { Ledger, Recording } from './head-follower.types.js';
import { LandscapeStore } from './landscape.store.js';
import type { LandscapeSnapshot } from '../core/landscape/snapshot.js';

export interface CommitRequest {
  readonly operations: readonly Operation[];
  readonly reason: string;
  readonly source: ChangeSource;
  readonly expectedRevision?: number | null;
  /** The same key with the same operations is committed once; the answer of the first time is given again. */
  readonly idempotencyKey?: string | null;
  /** Takes the place of `operations`, which is empty then. */
  readonly companion?: CommitCompanion;
  /**
   * urn of the agency that speaks here of its own records. Its officer may commit this too, and nobody may commit
   * anything else by it.
   */
  readonly attestedBy?: string;
}

interface Waiting {
  readonly request: CommitRequest;
  readonly author: string;
  readonly by: AuditedActor;
  readonly done: (result: CommittedChangeSet) => void;
  readonly failed: (error: unknown) => void;
}

/** The plan is absent where a change set was committed before and is only told again. */
interface Committed {
  readonly result: CommittedChangeSet;
  readonly plan: ChangeSetPlan | undefined;
}

/** What became of a request inside the transaction of its batch, not yet told to anybody. */
interface Settled {
  readonly waiting: Waiting;
  readonly outcome: RegistryError | Committed;
}

/** A number above any that is given: a relation that is only previewed is never looked up by it. */
const PREVIEW_RELATION = 2 ** 30;

/** Most change sets that share one transaction. */
const BATCH_MAXIMUM = 64;

/**
 * The one way in which the landscape changes. Commits are serial: each is judged by the landscape the one before it
 * left. Those that wait for each other share a transaction; one that is refused does not harm its neighbours.
 */
@Injectable()
export class ChangeSetWriter {
  private readonly queue: Waiting[] = [];
  private draining = false;

  constructor(
    private readonly database: DataSource,
    private readonly store: LandscapeStore,
  ) {}

  /**
   * Commits a change set, whole or not at all.
   * @throws RegistryError with every issue found; DATABASE_UNAVAILABLE where the database does not answer.
   */
  commit(request: CommitRequest, actor: Actor): Promise<CommittedChangeSet> {
    const author = authorOf(actor, request);
    checkReason(request);
    const result = new Promise<CommittedChangeSet>((done, failed) => {
      this.queue.push({ request, author, by: auditedActor(actor), done, failed });
    });
    if (!this.draining) void this.drain();
    return result;
  }

  /** What committing now would do; nothing is written. */
  async dryRun(request: CommitRequest, actor: Actor): Promise<ChangeSetPlan> {
    authorOf(actor, request);
    checkReason(request);
    await unavailableIfDown(this.store.refresh());
    checkAttestation(this.store.snapshot, request);
    return this.preview(this.store.snapshot, request);
  }

  /**
   * Does something about the landscape while nobody can commit, whole or not at all. The landscape itself stays as it is.
   * @throws RegistryError what the work refuses; DATABASE_UNAVAILABLE where the database does not answer.
   */
  underLock<T>(work: (snapshot: LandscapeSnapshot, manager: EntityManager) => Promise<T>): Promise<T> {
    return unavailableIfDown(
      this.database.transaction(async (manager) => {
        const head = await lockHead(manager, 1);
        return work(await this.store.catchUpTo(head, manager), manager);
      }),
    );
  }

  /** The same for whoever adds to a ledger: who asks here next is answered by what was added. */
  async recording<T>(ledger: Ledger, work: (recording: Recording) => Promise<T>): Promise<T> {
    let hasMoved = false;
    const result = await this.underLock((snapshot, manager) => {
      const moved = async (number: number): Promise<void> => {
        await writePosition(manager, ledger, number);
        hasMoved = true;
      };
      return work({ snapshot, manager, moved });
    });
    if (hasMoved) await unavailableIfDown(this.store.lookNow());
    return result;
  }

  /**
   * What a change set would do to a landscape as somebody sees it, for a proposal that nobody commits.
   * @throws RegistryError with every issue found.
   */
  preview(landscape: ChangeBase, request: ChangeSetRequest): ChangeSetPlan {
    const counters = { element: landscape.elementBound, relation: PREVIEW_RELATION };
    return finished(planning(request, landscape, { at: '', counters }));
  }

  /** Everything that is wrong with a proposal, however much it is; in steps short enough for others to go on in between. */
  *issuesOf(landscape: ChangeBase, request: ChangeSetRequest): Generator<void, readonly Issue[]> {
    const counters = { element: landscape.elementBound, relation: PREVIEW_RELATION };
    const context = { definitions: landscape.definitions.pack, at: '', counters };
    const all = { ...context, issuesMaximum: Number.POSITIVE_INFINITY };
    const outcome = yield* planningChangeSet(landscape, request, all);
    return 'issues' in outcome ? outcome.issues : [];
  }

  /** Never rejects: every failure goes to those who wait for it. */
  private async drain(): Promise<void> {
    this.draining = true;
    while (this.queue.length > 0) await this.commitBatch(this.queue.splice(0, BATCH_MAXIMUM));
    // In the same turn as the last look at the queue, so that nothing can be queued in between and be forgotten.
    this.draining = false;
  }

  private async commitBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      const settled = await unavailableIfDown(this.database.transaction((manager) => this.writeBatch(manager, batch)));
      for (const { waiting, outcome } of settled) {
        if (outcome instanceof RegistryError) waiting.failed(outcome);
        else {
          if (outcome.plan !== undefined) this.store.apply(outcome.plan.delta.revision - 1, outcome.plan.delta);
          waiting.done(outcome.result);
        }
      }
    } catch (error) {
      if (batch.length === 1 || error instanceof RegistryError) for (const { failed } of batch) failed(error);
      // One of them broke the transaction that all shared: alone, each gets its own answer.
      else for (const waiting of batch) await this.commitBatch([waiting]);
    }
  }

  /** Nobody is told anything before the transaction is committed: a refusal may rest on what is then taken back. */
  private async writeBatch(manager: EntityManager, batch: readonly Waiting[]): Promise<Settled[]> {
    const head = await lockHead(manager, batch.length);
    let snapshot = await this.store.catchUpTo(head, manager);
    const written = new ChangeSetBatch(manager, head);
    const settled: Settled[] = [];
    for (const [place, waiting] of batch.entries()) {
      try {
        const outcome = await this.writeOne(waiting, { written, snapshot, at: head.moments[place] ?? '' });
        if (outcome.plan !== undefined) snapshot = snapshot.with(outcome.plan.delta);
        settled.push({ waiting, outcome });
      } catch (error) {
        // A refusal is decided before anything is written; any other failure ends the whole transaction.
        if (!(error instanceof RegistryError)) throw error;
        settled.push({ waiting, outcome: error });
      }
    }
    await written.flush();
    return settled;
  }

  private async writeOne(
    { request, author, by }: Waiting,
    { written, snapshot, at }: { written: ChangeSetBatch; snapshot: LandscapeSnapshot; at: string },
  ): Promise<Committed> {
    const { companion, reason, source, idempotencyKey } = request;
    const operations = companion === undefined ? request.operations : await written.decide(companion, snapshot);
    checkAttestation(snapshot, { ...request, operations });
    const requestHash = hashOf({ operations: operations.map(saidOf), reason });
    const repeated = await written.findRepeated(idempotencyKey ?? null, requestHash);
    if (repeated !== undefined) return { result: repeated, plan: undefined };
    // Nobody else writes meanwhile: the head is locked.
    const plan = await inSlices(planning({ ...request, operations }, snapshot, { at, counters: written.counters }));
    const entry = { author, by, reason, source, idempotencyKey: idempotencyKey ?? null, requestHash };
    const result = await written.add(plan, entry);
    if (companion !== undefined) await written.complete(companion, result.revision);
    return { result, plan };
  }
}

/** @throws RegistryError with what is found to be wrong. */
function* planning(
  request: ChangeSetRequest,
  snapshot: ChangeBase,
  { at, counters }: { readonly at: string; readonly counters: { element: number; relation: number } },
): Generator<void, ChangeSetPlan> {
  const context = { definitions: snapshot.definitions.pack, at, counters };
  const outcome = yield* planningChangeSet(snapshot, request, context);
  if ('issues' in outcome) throw new RegistryError(outcome.issues);
  return outcome.plan;
}

const REASON_MAXIMUM = 2_000;

function checkReason({ reason, idempotencyKey }: CommitRequest): void {
  for (const [field, text] of [
    ['reason', reason],
    // A key that says nothing would be everybody's.
    ['idempotencyKey', idempotencyKey],
  ] as const) {
    if (text?.trim() === '') throw RegistryError.of('VALUE_MISSING', [field], { field });
  }
  for (const [field, text, limit] of [
    ['reason', reason, REASON_MAXIMUM],
    ['idempotencyKey', idempotencyKey ?? '', 200],
  ] as const) {
    if (!isWritableText(text)) throw RegistryError.of('VALUE_OF_WRONG_TYPE', [field], { field, expected: 'text' });
    if (text.length > limit) {
      throw RegistryError.of('LIMIT_EXCEEDED', [field], { field, limit, actual: text.length });
    }
  }
}

/** @throws RegistryError NOT_PERMITTED where an agency is said to speak, and it is not of its own records alone. */
function checkAttestation(snapshot: LandscapeSnapshot, { attestedBy, operations }: CommitRequest): void {
  if (attestedBy === undefined) return;
  // Whose something is goes by dates: who owns it today speaks for it, also where it is to be another's.
  const today = todayInVietnam();
  const landscape = LandscapeView.of(snapshot, ADMINISTRATOR, { day: today, onlyValid: false, today }, [snapshot]);
  if (isAttestation(landscape, attestedBy, operations, today)) return;
  throw notPermitted('commitChangeSet');
}

function authorOf(actor: Actor, { attestedBy }: CommitRequest): string {
  const isAllowed =
    attestedBy === undefined ? may(actor, 'landscape.change') : may(actor, 'attestation.give', { agency: attestedBy });
  if (!isAllowed) throw notPermitted('commitChangeSet');
  return roleOf(actor);
}
