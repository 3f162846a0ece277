import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../core/access/actor.js';
import { mayCommit } from '../core/access/decide.js';
import { RegistryError } from '../core/errors.js';
import type { Operation, LoggedOperation } from '../core/landscape/operation.js';
import type { ChangeBase } from '../core/landscape/landscape.js';
import { isWritableText } from '../core/landscape/record-fields.js';
import { planChangeSet } from '../core/landscape/plan-change-set.js';
import type { ChangeSetPlan, ChangeSetRequest } from '../core/landscape/plan-change-set.js';
import { canonicalJson, hashOf } from '../runtime/canonical-json.js';
import { unavailableIfDown } from '../runtime/database-errors.js';
import { ChangeSetRow } from './change-set.entity.js';
import { withFormerSources } from './former-sources.js';
import { readCommitMoment, readHead, readMomentOf, writePlan } from './landscape-rows.js';
import type { Head } from './landscape-rows.js';
import { LandscapeStore } from './landscape.store.js';
import type { LandscapeSnapshot } from '../core/landscape/snapshot.js';

export const CHANGE_SOURCES = ['USER', 'IMPORT', 'JOB', 'MERGE', 'API_CLIENT', 'REFERENCE'] as const;
export type ChangeSource = (typeof CHANGE_SOURCES)[number];

export interface CommitRequest {
  readonly operations: readonly Operation[];
  readonly reason: string;
  readonly source: ChangeSource;
  readonly expectedRevision?: number | null;
  /** The same key with the same operations is committed once; the answer of the first time is given again. */
  readonly idempotencyKey?: string | null;
  /** Takes the place of `operations`, which is empty then. */
  readonly companion?: CommitCompanion;
}

/** What is decided and written in the transaction of a commit, together with it or not at all. */
export interface CommitCompanion {
  /**
   * Gives the operations for the landscape as it is under the lock. Nothing has been written yet: it may refuse with a
   * RegistryError.
   */
  decide(snapshot: LandscapeSnapshot, manager: EntityManager): Promise<readonly Operation[]>;
  /** Writes what belongs to the change set. A failure takes all of it back, so it may not refuse. */
  write(revision: number, manager: EntityManager): Promise<void>;
}

/** A change set in the log, without its operations. */
export interface CommittedChangeSet {
  readonly revision: number;
  readonly at: string;
  readonly author: string;
  readonly reason: string;
  readonly source: ChangeSource;
  readonly hash: string;
  readonly operations: readonly LoggedOperation[];
}

interface Waiting {
  readonly request: CommitRequest;
  readonly author: string;
  readonly done: (result: CommittedChangeSet) => void;
  readonly failed: (error: unknown) => void;
}

/** What became of a request inside the transaction of its batch, not yet told to anybody. */
interface Settled {
  readonly waiting: Waiting;
  readonly outcome: RegistryError | { readonly result: CommittedChangeSet; readonly plan: ChangeSetPlan | undefined };
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
    const author = authorOf(actor);
    checkReason(request);
    const result = new Promise<CommittedChangeSet>((done, failed) => {
      this.queue.push({ request, author, done, failed });
    });
    if (!this.draining) void this.drain();
    return result;
  }

  /** What committing now would do; nothing is written. */
  async dryRun(request: CommitRequest, actor: Actor): Promise<ChangeSetPlan> {
    authorOf(actor);
    checkReason(request);
    await unavailableIfDown(this.store.refresh());
    return this.preview(this.store.snapshot, request);
  }

  /**
   * What a change set would do to a landscape as somebody sees it, for a proposal that nobody commits.
   * @throws RegistryError with every issue found.
   */
  preview(landscape: ChangeBase, request: ChangeSetRequest): ChangeSetPlan {
    const counters = { element: landscape.elementBound, relation: PREVIEW_RELATION };
    return this.plan(request, landscape, { at: '', counters });
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
    let head = await readHead(manager, 'FOR_UPDATE');
    let snapshot = await this.store.catchUpTo(head, manager);
    const settled: Settled[] = [];
    for (const waiting of batch) {
      try {
        const { companion, reason, ...request } = waiting.request;
        const operations = (await companion?.decide(snapshot, manager)) ?? request.operations;
        const requestHash = hashOf({ operations, reason });
        const repeated = await findByKey(manager, waiting.request, requestHash);
        if (repeated !== undefined) {
          settled.push({ waiting, outcome: { result: repeated, plan: undefined } });
          continue;
        }
        const at = await readCommitMoment(manager);
        const counters = { element: head.nextElement, relation: head.nextRelation };
        const plan = this.plan({ ...request, operations }, snapshot, { at, counters });
        const result = await writeChangeSet(manager, { waiting, plan, head, requestHash });
        await companion?.write(result.revision, manager);
        head = headAfter(plan, result);
        snapshot = snapshot.with(plan.delta);
        settled.push({ waiting, outcome: { result, plan } });
      } catch (error) {
        // A refusal is decided before anything is written; any other failure ends the whole transaction.
        if (!(error instanceof RegistryError)) throw error;
        settled.push({ waiting, outcome: error });
      }
    }
    return settled;
  }

  private plan(
    request: ChangeSetRequest,
    snapshot: ChangeBase,
    { at, counters }: { readonly at: string; readonly counters: { element: number; relation: number } },
  ): ChangeSetPlan {
    const outcome = planChangeSet(snapshot, request, { definitions: snapshot.definitions.pack, at, counters });
    if ('issues' in outcome) throw new RegistryError(outcome.issues);
    return outcome.plan;
  }
}

const REASON_MAXIMUM = 2_000;

function checkReason({ reason, idempotencyKey }: CommitRequest): void {
  if (reason.trim() === '') throw RegistryError.of('VALUE_MISSING', ['reason'], { field: 'reason' });
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

function authorOf(actor: Actor): string {
  if (!mayCommit(actor)) throw RegistryError.of('NOT_PERMITTED', [], { action: 'commitChangeSet' });
  return actor.kind.toLowerCase();
}

function headAfter({ delta, counters }: ChangeSetPlan, { at, hash }: CommittedChangeSet): Head {
  return {
    revision: delta.revision,
    at,
    hash,
    nextElement: counters.element,
    nextRelation: counters.relation,
  };
}

async function findByKey(
  manager: EntityManager,
  { idempotencyKey }: CommitRequest,
  requestHash: string,
): Promise<CommittedChangeSet | undefined> {
  if (idempotencyKey === null || idempotencyKey === undefined) return undefined;
  const row = await manager.findOneBy(ChangeSetRow, { idempotencyKey });
  if (row === null) return undefined;
  const at = await readMomentOf(manager, row.revision);
  if (row.requestHash !== requestHash) {
    throw RegistryError.of('IDEMPOTENCY_KEY_REUSED', ['idempotencyKey'], { key: idempotencyKey });
  }
  return toChangeSet(row, at);
}

function toChangeSet(row: ChangeSetRow, at: string): CommittedChangeSet {
  const { revision, author, reason, source, hash, operations } = row;
  // Both were written here, from values of these types.
  const typed = { source: source as ChangeSource, operations: JSON.parse(operations) as LoggedOperation[] };
  return { revision, at, author, reason, hash, ...typed };
}

interface ChangeSetToWrite {
  readonly waiting: Waiting;
  readonly plan: ChangeSetPlan;
  readonly head: Head;
  readonly requestHash: string;
}

async function writeChangeSet(
  manager: EntityManager,
  { waiting, plan, head, requestHash }: ChangeSetToWrite,
): Promise<CommittedChangeSet> {
  const { revision, at } = plan.delta;
  const { reason, source, idempotencyKey } = waiting.request;
  const entry = { revision, at, author: waiting.author, reason, source, operations: plan.log };
  const hash = hashOf({ ...entry, previousHash: head.hash });
  await writePlan(manager, { ...plan, sources: await withFormerSources(manager, plan) });
  await manager.query(
    `insert into change_set (revision, at, author, reason, source, idempotency_key, request_hash, previous_hash, hash, operations)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      revision,
      at,
      waiting.author,
      reason,
      source,
      idempotencyKey ?? null,
      requestHash,
      head.hash,
      hash,
      canonicalJson(plan.log),
    ],
  );
  await manager.query(
    `update landscape_head set revision = $1, at = $2, hash = $3, next_element = $4, next_relation = $5 where id = 1`,
    [revision, at, hash, plan.counters.element, plan.counters.relation],
  );
  return { ...entry, hash };
}
