import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import type { LandscapeDelta } from '../core/landscape/snapshot.js';
import { LandscapeSnapshot } from '../core/landscape/snapshot.js';
import { AttributeDefinitionReader } from './attribute-definition.reader.js';
import { LEDGERS } from './head-follower.types.js';
import type { HeadFollower, Ledger, LedgerPositions } from './head-follower.types.js';
import { readDelta, readHead } from './landscape-rows.js';
import type { Head } from './landscape-rows.js';

/** How old the knowledge of the database's head may be before a read looks again: milliseconds. */
const FRESH_FOR = 1_000;

/**
 * How much memory earlier revisions may hold together, and what one costs: its pages of the elements and relations that
 * it changed, and the directories of pages. Upper estimates, bytes.
 */
const RECENT_BYTES = 64 * 2 ** 20;
export const BYTES_A_REVISION = 16 * 2 ** 10;
export const BYTES_A_CHANGE = 12 * 2 ** 10;

/** How far each ledger is before its first row, and where nothing is known of it. */
const BEFORE_ALL: LedgerPositions = { rules: 0, waivers: 0, evidence: 0, cases: 0 };
const UNKNOWN: LedgerPositions = { rules: Number.NaN, waivers: Number.NaN, evidence: Number.NaN, cases: Number.NaN };

interface Recent {
  readonly snapshot: LandscapeSnapshot;
  readonly bytes: number;
}

/** Holds the landscape in memory at the newest revision known, and lets it catch up with the database. */
@Injectable()
export class LandscapeStore {
  private head: LandscapeSnapshot;
  private origin = {};
  private lastLook = Number.NEGATIVE_INFINITY;
  private looking: Promise<void> | undefined;
  /** Earlier revisions that are still in memory, oldest first. */
  private readonly earlier = new Map<number, Recent>();
  private earlierBytes = 0;
  private readonly followers: { readonly ledger: Ledger; readonly follower: HeadFollower }[] = [];
  private followed = BEFORE_ALL;

  constructor(
    private readonly database: DataSource,
    private readonly definitions: AttributeDefinitionReader,
  ) {
    this.head = this.nothing;
  }

  /** The snapshot as it is in memory; `refresh` first where others may have written. */
  get snapshot(): LandscapeSnapshot {
    return this.head;
  }

  /** Another object once the database is another one than it was: nothing that was read before leads on to what is now. */
  get lineage(): object {
    return this.origin;
  }

  /** A revision that is still in memory. */
  recent(revision: number): LandscapeSnapshot | undefined {
    return revision === this.head.revision ? this.head : this.earlier.get(revision)?.snapshot;
  }

  /** How far each ledger beside the landscape is known. */
  get positions(): LedgerPositions {
    return this.followed;
  }

  /** Has somebody catch up whenever a ledger has moved on. */
  follow(ledger: Ledger, follower: HeadFollower): void {
    this.followers.push({ ledger, follower });
  }

  /** Looks at once, for whoever has just written himself. */
  async lookNow(): Promise<void> {
    // A look that has begun may have seen what was before; what goes wrong with it is told to whoever waits for it.
    await Promise.allSettled([this.looking]);
    this.lastLook = Number.NEGATIVE_INFINITY;
    await this.refresh();
  }

  /** Looks whether the database has moved on, at most once a second; throws where the database does not answer. */
  refresh(): Promise<void> {
    if (performance.now() - this.lastLook < FRESH_FOR) return Promise.resolve();
    this.looking ??= this.catchUp().finally(() => {
      // A failed look counts too: while the database is away, not every read has to wait for it.
      this.lastLook = performance.now();
      this.looking = undefined;
    });
    return this.looking;
  }

  private async catchUp(): Promise<void> {
    await this.database.transaction('REPEATABLE READ', async (manager) => {
      const head = await readHead(manager);
      // Without the lock, a head that is behind may only be older than a commit of this moment.
      if (head.revision > this.head.revision) await this.readTo(head, manager);
      await this.followTo(head, manager, (ledger) => !(head[ledger] <= this.followed[ledger]));
    });
  }

  /** Brings the snapshot to a head, in the transaction that read the head. */
  async catchUpTo(head: Head, manager: EntityManager): Promise<LandscapeSnapshot> {
    // Under the lock and behind what is known here, it is another database than it was (a fail-over, a restore).
    if (head.revision < this.head.revision) this.forget();
    if (head.revision > this.head.revision) await this.readTo(head, manager);
    await this.followTo(head, manager, (ledger) => head[ledger] !== this.followed[ledger]);
    return this.head;
  }

  private async readTo(head: Head, manager: EntityManager): Promise<void> {
    const since = this.head.revision;
    const delta = await readDelta(manager, since, head);
    // Another reader may have been faster; its snapshot is as good.
    if (this.head.revision < head.revision) this.apply(since, delta);
  }

  private async followTo(head: Head, manager: EntityManager, isNews: (ledger: Ledger) => boolean): Promise<void> {
    for (const ledger of LEDGERS) {
      if (!isNews(ledger)) continue;
      for (const each of this.followers) {
        if (each.ledger === ledger) await each.follower.followTo(head[ledger], manager);
      }
      // Another look may have been faster, and have seen more.
      if (isNews(ledger)) this.followed = { ...this.followed, [ledger]: head[ledger] };
    }
  }

  /** The landscape before its first commit: what attributes mean is known already. */
  get nothing(): LandscapeSnapshot {
    return LandscapeSnapshot.empty(this.definitions.all);
  }

  /** Enters a committed delta. `since` is the revision it leads on from. */
  apply(since: number, delta: LandscapeDelta): void {
    if (this.head.revision !== since) return;
    const changes = delta.elements.length + delta.relations.length + (delta.definitions?.length ?? 0);
    this.remember(this.head, BYTES_A_REVISION + changes * BYTES_A_CHANGE);
    this.head = this.head.with(delta).settled();
  }

  /** @param bytes - what the revision holds that the one after it does not. */
  private remember(snapshot: LandscapeSnapshot, bytes: number): void {
    this.earlier.set(snapshot.revision, { snapshot, bytes });
    this.earlierBytes += bytes;
    for (const [revision, oldest] of this.earlier) {
      if (this.earlierBytes <= RECENT_BYTES) break;
      this.earlier.delete(revision);
      this.earlierBytes -= oldest.bytes;
    }
  }

  private forget(): void {
    this.origin = {};
    this.head = this.nothing;
    this.earlier.clear();
    this.earlierBytes = 0;
    this.followed = UNKNOWN;
  }
}
