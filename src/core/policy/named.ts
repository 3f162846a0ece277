import type { RelationKind } from '../landscape/model.js';

/** Kinds of relation that a rule names. */
export interface RelationKinds {
  readonly kinds: readonly RelationKind[];
  /** As `kindBits`. */
  readonly bits: number;
  readonly size: number;
}

/** Elements that a rule names. */
export interface Urns {
  /** In order, each once. */
  readonly urns: readonly string[];
  /** The same for the same elements. */
  readonly key: string;
  readonly size: number;
}

export const NO_URNS: Urns = { urns: [], key: '', size: 0 };
