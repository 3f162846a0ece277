import type { EntityManager } from 'typeorm';
import { RegistryError } from '../core/errors.js';
import type { Counters } from '../core/landscape/change-draft.js';
import type { Operation, LoggedOperation } from '../core/landscape/operation.js';
import type { ChangeSetPlan } from '../core/landscape/plan-change-set.js';
import type { LandscapeSnapshot } from '../core/landscape/snapshot.js';
import { chained, entering, readAuditHead } from '../runtime/audit/audit-log.js';
import type { AuditEvent, AuditHead, AuditRecord, AuditedActor } from '../runtime/audit/audit-record.js';
import { changeSetHash } from '../runtime/audit/recorded-rows.js';
import type { RecordedChangeSet } from '../runtime/audit/recorded-rows.js';
import { canonicalJson } from '../runtime/canonical-json.js';
import { ChangeSetRow } from './change-set.entity.js';
import { withFormerSources } from './former-sources.js';
import { readMomentOf, writePlans } from './landscape-rows.js';
import type { LockedHead } from './landscape-rows.js';
import { CHARACTERS_MAXIMUM } from './row-texts.js';

export const CHANGE_SOURCES = ['USER', 'IMPORT', 'JOB', 'MERGE', 'API_CLIENT', 'REFERENCE'] as const;
export type ChangeSource = (typeof CHANGE_SOURCES)[number];

/** What is decided and written in the transaction of a commit, together with it or not at all. */
export interface CommitCompanion {
  /**
   * Gives the operations for the landscape as it is under the lock. Nothing has been written yet: it may refuse with a
   * RegistryError.
   */
  decide(snapshot: LandscapeSnapshot, manager: EntityManager): Promise<readonly Operation[]>;
  /** Writes what belongs to the change set. A failure takes all of it back, so it may not refuse. */
  write?(revision: number, manager: EntityManager): Promise<void>;
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

/** What the log keeps of a request besides what it does. */
interface Entry {
  readonly author: string;
  readonly by: AuditedActor;
  readonly reason: string;
  readonly source: ChangeSource;
  readonly idempotencyKey: string | null;
  readonly requestHash: string;
}

interface Pending {
  readonly plan: ChangeSetPlan;
  readonly entry: Entry;
  readonly result: CommittedChangeSet;
  /** The canonical text of its operations. */
  readonly operations: string;
  readonly previousHash: string;
}

/**
 * The change sets of one transaction, one after the other. Those that touch nothing in common are written together: each
 * statement is a way to the database and back, and who commits waits for all of them.
 */
export class ChangeSetBatch {
  private pending: Pending[] = [];
  /** What the pending ones touch. Elements and relations have numbers of their own. */
  private readonly elements = new Set<number>();
  private readonly relations = new Set<number>();
  /** Length of the operations of the pending ones: they are entered in the log by one statement. */
  private characters = 0;
  private next: Counters;
  private hash: string;
  /** Where the audit log ends; undefined where somebody else may have added to it in this transaction. */
  private audit: AuditHead | undefined;

  /** @param head - locked by the transaction. */
  constructor(
    private readonly manager: EntityManager,
    head: LockedHead,
  ) {
    this.next = { element: head.nextElement, relation: head.nextRelation };
    this.hash = head.hash;
    this.audit = head.audit;
  }

  get counters(): Counters {
    return this.next;
  }

  /** Asks a companion for its operations: it sees all that came before it, in the database too. */
  async decide(companion: CommitCompanion, snapshot: LandscapeSnapshot): Promise<readonly Operation[]> {
    await this.flush();
    this.audit = undefined;
    return companion.decide(snapshot, this.manager);
  }

  /** Lets a companion write what belongs to its change set. */
  async complete(companion: CommitCompanion, revision: number): Promise<void> {
    if (companion.write === undefined) return;
    await this.flush();
    this.audit = undefined;
    await companion.write(revision, this.manager);
  }

  /**
   * The change set that was committed with a key, in this transaction or before.
   * @throws RegistryError IDEMPOTENCY_KEY_REUSED where it did something else.
   */
  async findRepeated(key: string | null, requestHash: string): Promise<CommittedChangeSet | undefined> {
    if (key === null) return undefined;
    if (this.pending.some(({ entry }) => entry.idempotencyKey === key)) await this.flush();
    const row = await this.manager.findOneBy(ChangeSetRow, { idempotencyKey: key });
    if (row === null) return undefined;
    if (row.requestHash !== requestHash) {
      throw RegistryError.of('IDEMPOTENCY_KEY_REUSED', ['idempotencyKey'], { key });
    }
    return toChangeSet(row, await readMomentOf(this.manager, row.revision));
  }

  /** Enters the next change set; it is written at the latest by `flush`. */
  async add(plan: ChangeSetPlan, entry: Entry): Promise<CommittedChangeSet> {
    const operations = canonicalJson(plan.log);
    if (this.meets(plan) || this.characters + operations.length > CHARACTERS_MAXIMUM) await this.flush();
    const sources = await withFormerSources(this.manager, plan);
    const { revision, at } = plan.delta;
    const { author, reason, source } = entry;
    const previousHash = this.hash;
    const hash = changeSetHash({ revision, at, author, reason, source, previousHash }, operations);
    const result = { revision, at, author, reason, source, hash, operations: plan.log };
    this.pending.push({ plan: { ...plan, sources }, entry, result, operations, previousHash });
    for (const { seq } of plan.elements) this.elements.add(seq);
    for (const { seq } of plan.relations) this.relations.add(seq);
    this.characters += operations.length;
    this.next = plan.counters;
    this.hash = hash;
    return result;
  }

  /** Writes all that is pending. */
  async flush(): Promise<void> {
    const last = this.pending.at(-1);
    if (last === undefined) return;
    await writePlans(
      this.manager,
      this.pending.map(({ plan }) => plan),
    );
    const before = this.audit ?? (await readAuditHead(this.manager));
    const events = this.pending.map(auditEventOf);
    const records = chained(before, events, (place) => this.pending[place]?.result.at ?? '');
    const { revision, at } = last.result;
    await writeLog(this.manager, this.pending, { records, revision, at, hash: this.hash, next: this.next });
    this.audit = records.at(-1);
    this.pending = [];
    this.characters = 0;
    this.elements.clear();
    this.relations.clear();
  }

  /** Whether a plan has to see the pending ones in the database. Definitions are few, and wait for each other. */
  private meets({ elements, relations, definitions }: ChangeSetPlan): boolean {
    return (
      elements.some(({ seq }) => this.elements.has(seq)) ||
      relations.some(({ seq }) => this.relations.has(seq)) ||
      (definitions.length > 0 && this.pending.length > 0)
    );
  }
}

function auditEventOf({ entry, result: { revision, hash } }: Pending): AuditEvent {
  const { idempotencyKey, requestHash, by } = entry;
  const payload = { revision, hash, idempotencyKey, requestHash } satisfies RecordedChangeSet;
  return { kind: 'CHANGE_SET', by, subject: `${revision}`, payload };
}

function toChangeSet(row: ChangeSetRow, at: string): CommittedChangeSet {
  const { revision, author, reason, source, hash, operations } = row;
  // Both were written here, from values of these types.
  const typed = { source: source as ChangeSource, operations: JSON.parse(operations) as LoggedOperation[] };
  return { revision, at, author, reason, hash, ...typed };
}

const LOG_COLUMNS =
  'revision, at, author, reason, source, idempotency_key, request_hash, previous_hash, hash, operations';

/** What the head becomes, and the records that stand for the change sets. */
interface LogHead {
  readonly revision: number;
  readonly at: string;
  readonly hash: string;
  readonly next: Counters;
  readonly records: readonly AuditRecord[];
}

/** Enters change sets in the log, and moves the head to the last of them. */
async function writeLog(manager: EntityManager, pending: readonly Pending[], head: LogHead): Promise<void> {
  const { revision, at, hash, next, records } = head;
  const last = records.at(-1);
  const heads = [revision, at, hash, next.element, next.relation, last?.number, last?.hash];
  const rows = pending.map(({ result, entry, operations, previousHash }) => [
    result.revision,
    result.at,
    result.author,
    result.reason,
    result.source,
    entry.idempotencyKey,
    entry.requestHash,
    previousHash,
    result.hash,
    operations,
  ]);
  const places = rows.map(
    (row, at) => `(${row.map((_, place) => `$${heads.length + at * row.length + place + 1}`).join(', ')})`,
  );
  const before = [...heads, ...rows.flat()];
  const { insert, parameters } = entering(records, before.length);
  await manager.query(
    `with logged as (insert into change_set (${LOG_COLUMNS}) values ${places.join(', ')}),
          audited as (${insert})
     update landscape_head set revision = $1, at = $2, hash = $3, next_element = $4, next_relation = $5, audit = $6,
       audit_hash = $7
     where id = 1`,
    [...before, ...parameters],
  );
}
