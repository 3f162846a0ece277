import type { EntityManager } from 'typeorm';
import type { LandscapeSnapshot } from '../core/landscape/snapshot.js';

/**
 * What is recorded beside the landscape under the lock of its head, in rows that are numbered and never changed. The head
 * holds the number of the last row of each that counts.
 */
export const LEDGERS = ['rules', 'waivers', 'evidence', 'cases'] as const;
export type Ledger = (typeof LEDGERS)[number];

/** How far each ledger is; 0 before its first row. */
export type LedgerPositions = Readonly<Record<Ledger, number>>;

/** What somebody has who adds to a ledger, while nobody else can write. */
export interface Recording {
  readonly snapshot: LandscapeSnapshot;
  readonly manager: EntityManager;
  /** Notes in the head the number up to which the ledger has to be read. */
  readonly moved: (number: number) => Promise<void>;
}

/**
 * Who keeps something in memory that is changed under the lock of the landscape's head, and whose number stands there: one
 * look at the head tells all readers whether anything has moved on.
 */
export interface HeadFollower {
  /**
   * Catches up, before anybody is told that the head was looked at.
   * @param number - what stands in the head; lower than known where the database is another one than it was.
   * @param manager - of the transaction that read the head.
   */
  followTo(number: number, manager: EntityManager): Promise<void>;
}
