import type { Confidence, Json, ValueSource } from './model.js';

export const CHANGE_OPS = ['ADD', 'UPDATE', 'REMOVE'] as const;
export type ChangeOp = (typeof CHANGE_OPS)[number];

/**
 * One step of a change set, as its author writes it. Steps are carried out in order: what a step names must exist by
 * then.
 *
 * - `ADD urn value` makes an element, a relation or an attribute definition (the value's `kind` tells which; a
 *   relation's `source` and `target` are urns). With `restore` it gives a removed object back under its own urn and
 *   number.
 * - `UPDATE urn path value` sets one field, for example `name` or `attributes.hosting`; null declares it absent.
 * - `REMOVE urn` removes the object; `REMOVE urn path` makes one field unknown again.
 */
export interface Operation {
  readonly op: ChangeOp;
  readonly urn: string;
  readonly path?: string | null;
  readonly value?: unknown;
  /** ADD: the urn is that of a removed object, which is given back. Urns are never given to anything else. */
  readonly restore?: boolean | null;
  /** Where the value is known from; holds for every field the operation sets. */
  readonly source?: string | null;
  readonly confidence?: Confidence | null;
  /**
   * ADD that restores: where each value is known from, by path. It takes the place of `source`, and of the sources that
   * the object had at last. Undoing gives it; callers can not.
   */
  readonly sources?: Readonly<Record<string, ValueSource>>;
}

/** An operation as it is kept in the log: with what was there before and after. Undefined = there was nothing. */
export interface LoggedOperation {
  readonly op: ChangeOp;
  readonly urn: string;
  readonly path: string | null;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  readonly source: ValueSource | null;
  /** ADD: a removed object was given back. Missing otherwise. */
  readonly restore?: true;
}

/** What an author said, without what he did not say: two operations that mean the same become the same. */
export function saidOf({ op, urn, path, value, restore, source, confidence }: Operation): Operation {
  return {
    op,
    urn,
    ...(path != null && { path }),
    // Nobody reads the value of a removal.
    ...(value !== undefined && op !== 'REMOVE' && { value }),
    ...(restore === true && { restore }),
    ...(source != null && { source }),
    ...(confidence != null && { confidence }),
  };
}
