import type { EntityManager } from 'typeorm';

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
