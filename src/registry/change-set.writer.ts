import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../core/access/actor.js';
import { mayCommit } from '../core/access/decide.js';
import { RegistryError } from '../core/errors.js';
import type { Operation, LoggedOperation } from '../core/landscape/operation.js';
import { planChangeSet } from '../core/landscape/plan-change-set.js';
import type { ChangeSetPlan, ChangeSetRequest } from '../core/landscape/plan-change-set.js';
import type { LandscapeSnapshot } from '../core/landscape/snapshot.js';
import { canonicalJson, hashOf } from '../runtime/canonical-json.js';
import { unavailableIfDown } from '../runtime/database-errors.js';
import { AttributeDefinitionReader } from './attribute-definition.reader.js';
import { ChangeSetRow } from './change-set.entity.js';
import { readCommitMoment, readHead, writePlan } from './landscape-rows.js';
import type { Head } from './landscape-rows.js';
import { LandscapeStore } from './landscape.store.js';

export const CHANGE_SOURCES = ['USER', 'IMPORT', 'JOB', 'MERGE', 'API_CLIENT', 'REFERENCE'] as const;
export type ChangeSource = (typeof CHANGE_SOURCES)[number];

export interface CommitRequest {
  readonly operations: readonly Operation[];
  readonly reason: string;
  readonly source: ChangeSource;
  readonly expectedRevision?: number | null;
  /** The same key with the same operations is committed once; the answer of the first time is given again. */
  readonly idempotencyKey?: string | null;
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

/** A commit inside the transaction of its batch, not yet visible to anybody. */
interface Pending {
  readonly waiting: Waiting;
  readonly result: CommittedChangeSet;
  readonly plan: ChangeSetPlan | undefined;
}

/** Numbers far above any that are given: what is only previewed takes none. */
const PREVIEW_COUNTERS = { element: 2 ** 40, relation: 2 ** 40 };

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
    private readonly definitions: AttributeDefinitionReader,
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
    return this.preview(request);
  }

  /**
   * What a change set would do to the landscape in memory, for a proposal that nobody commits. It is judged by all there
   * is: a caller that may not see everything must have been told of what it names before.
   * @throws RegistryError with every issue found.
   */
  preview(request: ChangeSetRequest): ChangeSetPlan {
    const { snapshot } = this.store;
    return this.plan(request, snapshot, { at: snapshot.at ?? '', counters: PREVIEW_COUNTERS });
  }

  /** Never rejects: every failure goes to those who wait for it. */
  private async drain(): Promise<void> {
    this.draining = true;
    while (this.queue.length > 0) {
      const batch = this.queue.splice(0, BATCH_MAXIMUM);
      try {
        const pending = await unavailableIfDown(
          this.database.transaction((manager) => this.writeBatch(manager, batch)),
        );
        for (const { waiting, result, plan } of pending) {
          if (plan !== undefined) this.store.apply(plan.delta.revision - 1, plan.delta);
          waiting.done(result);
        }
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    // In the same turn as the last look at the queue, so that nothing can be queued in between and be forgotten.
    this.draining = false;
  }

  private async writeBatch(manager: EntityManager, batch: readonly Waiting[]): Promise<Pending[]> {
    let head = await readHead(manager, 'FOR_UPDATE');
    let snapshot = await this.store.catchUpTo(head, manager);
    const pending: Pending[] = [];
    for (const waiting of batch) {
      const requestHash = hashOf(waiting.request.operations);
      try {
        const repeated = await findByKey(manager, waiting.request, requestHash);
        if (repeated !== undefined) {
          pending.push({ waiting, result: repeated, plan: undefined });
          continue;
        }
        const at = await readCommitMoment(manager);
        const counters = { element: head.nextElement, relation: head.nextRelation };
        const plan = this.plan(waiting.request, snapshot, { at, counters });
        const result = await writeChangeSet(manager, { waiting, plan, head, requestHash });
        head = headAfter(plan, result);
        snapshot = snapshot.with(plan.delta);
        pending.push({ waiting, result, plan });
      } catch (error) {
        // A refusal is decided before anything is written; any other failure ends the whole transaction.
        if (!(error instanceof RegistryError)) throw error;
        waiting.failed(error);
      }
    }
    return pending;
  }

  private plan(
    request: ChangeSetRequest,
    snapshot: LandscapeSnapshot,
    { at, counters }: { readonly at: string; readonly counters: { element: number; relation: number } },
  ): ChangeSetPlan {
    const outcome = planChangeSet(snapshot, request, { definitions: this.definitions.all, at, counters });
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
  if (row.requestHash !== requestHash) {
    throw RegistryError.of('IDEMPOTENCY_KEY_REUSED', ['idempotencyKey'], { key: idempotencyKey });
  }
  return toChangeSet(row);
}

/** A row of the log as callers see it. */
export function toChangeSet(row: ChangeSetRow): CommittedChangeSet {
  const { revision, at, author, reason, source, hash, operations } = row;
  // Both were written here, from values of these types.
  const typed = { source: source as ChangeSource, operations: JSON.parse(operations) as LoggedOperation[] };
  return { revision, at: at.toISOString(), author, reason, hash, ...typed };
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
  await writePlan(manager, plan);
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
