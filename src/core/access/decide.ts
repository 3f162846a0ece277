import type { Visibility } from '../landscape/model.js';
import type { Actor } from './actor.js';

/** Whether an actor may change the landscape at all. */
export function mayCommit(actor: Actor): boolean {
  return actor.kind === 'ADMINISTRATOR';
}

/**
 * Whether an actor may read the log: who changed what, when and why, of every object. Reasons and authors are not
 * published, and the log speaks of objects that few may see.
 */
export function mayReadLog(actor: Actor): boolean {
  return actor.kind === 'ADMINISTRATOR';
}

/** Whether an actor may read records of a visibility class. */
export function mayRead(actor: Actor, visibility: Visibility): boolean {
  return actor.kind === 'ADMINISTRATOR' || visibility === 'PUBLIC';
}

/**
 * Whether an actor may read sums over findings. A list of a city's weak points is itself sensitive, so the class of
 * these sums is set by the operator and is not that of the systems they speak of.
 */
export function mayReadFindings(actor: Actor, visibility: Visibility): boolean {
  return mayRead(actor, visibility);
}
