import type { Issue } from '../errors.js';
import type { Json } from './model.js';

export const CONFLICT_CAUSES = [
  'CHANGED_OTHERWISE',
  'CHANGED_THERE',
  'REMOVED_THERE',
  'END_GONE',
  'STILL_RELATED',
  'URN_TAKEN',
  'NOT_POSSIBLE_THERE',
] as const;
/**
 * Why two changes do not go together.
 *
 * - CHANGED_OTHERWISE: both set the field, to different values.
 * - CHANGED_THERE: the other side changed what this side removes.
 * - REMOVED_THERE: the other side removed what this side changes.
 * - END_GONE: the other side removed the element at an end of a relation that this side adds.
 * - STILL_RELATED: the other side added relations to an element that this side removes.
 * - URN_TAKEN: the other side gave the urn to something else.
 * - NOT_POSSIBLE_THERE: what the other side left does not bear it: a second master, an illegal relation, a circle of parts.
 */
export type ConflictCause = (typeof CONFLICT_CAUSES)[number];

/** One place where two changes do not go together, with its value on each side; undefined = there is nothing. */
export interface Conflict {
  readonly urn: string;
  /** The field; null for the whole object, whose values are then whole records. */
  readonly path: string | null;
  readonly cause: ConflictCause;
  /** What both sides began with. */
  readonly base: Json | undefined;
  /** What is there now, or what the other scenario makes of it. */
  readonly current: Json | undefined;
  /** What this side makes of it. */
  readonly scenario: Json | undefined;
  /** What is wrong with it on the other side, where planning it there told; its path leads nowhere. */
  readonly because?: Issue;
}
