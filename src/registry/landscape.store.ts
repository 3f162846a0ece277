import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import type { LandscapeDelta } from '../core/landscape/snapshot.js';
import { LandscapeSnapshot } from '../core/landscape/snapshot.js';
import { AttributeDefinitionReader } from './attribute-definition.reader.js';
import type { HeadFollower } from './head-follower.types.js';
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
  private readonly followers: HeadFollower[] = [];
  private followed = 0;

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

  /** Number of the last change of the rules that is known. */
  get rules(): number {
    return this.followed;
  }

  /** Has somebody catch up whenever the rules have moved on. */
  follow(follower: HeadFollower): void {
    this.followers.push(follower);
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
      if (head.revision > this.head.revision || head.rules > this.followed) await this.catchUpTo(head, manager);
    });
  }

  /** Brings the snapshot to a head, in the transaction that read the head. */
  async catchUpTo(head: Head, manager: EntityManager): Promise<LandscapeSnapshot> {
    // Under the lock and behind what is known here, it is another database than it was (a fail-over, a restore).
    if (head.revision < this.head.revision) this.forget();
    if (head.revision > this.head.revision) {
      const since = this.head.revision;
      const delta = await readDelta(manager, since, head);
      // Another reader may have been faster; its snapshot is as good.
      if (this.head.revision < head.revision) this.apply(since, delta);
    }
    if (head.rules !== this.followed) {
      for (const follower of this.followers) await follower.followTo(head.rules, manager);
      this.followed = head.rules;
    }
    return this.head;
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
    this.followed = Number.NaN;
  }
}
