import { RELATION_KINDS } from './model.js';
import type { RelationKind } from './model.js';

/**
 * Which end of a relation of each kind can not do its work without the other, by what the kind means; NEITHER where it
 * says nothing of the kind.
 */
const NEEDING_ENDS = {
  // It says so.
  DEPENDS_ON: 'SOURCE',
  // What is built on a platform, runs on a host or signs in with a service has nothing else for it.
  USES_PLATFORM: 'SOURCE',
  RUNS_ON: 'SOURCE',
  AUTHENTICATES_WITH: 'SOURCE',
  // Who consumes starves without who provides; who provides feels nothing.
  EXCHANGES_DATA_WITH: 'TARGET',
  // A whole is made of its parts; a part may be in several wholes, so it outlives each of them.
  PART_OF: 'TARGET',
  // What is brought about, or offered, is there by what brings it about, or offers it.
  REALIZES: 'TARGET',
  PROVIDES: 'TARGET',
  // Who answers for a thing or looks after it does not keep it running.
  OWNED_BY: 'NEITHER',
  OPERATED_BY: 'NEITHER',
  // Data are kept true by who holds the original, and grow by who writes them.
  MASTERS: 'TARGET',
  WRITES: 'TARGET',
  // Who reads can not without the data.
  READS: 'SOURCE',
  // A basis, a contract or a standard that ends makes a thing unlawful or odd, and stops nothing.
  GOVERNED_BY: 'NEITHER',
  CONFORMS_TO: 'NEITHER',
  // One comes after the other: neither stands on the other.
  REPLACES: 'NEITHER',
  // What was delivered is there when the project is over; a gap is closed for good.
  DELIVERS: 'NEITHER',
  CLOSES: 'NEITHER',
  // Nobody has told how the two are linked. Such links are counted apart.
  ASSOCIATED_WITH: 'NEITHER',
  // What an agency does with a system it can not do without it.
  USES: 'SOURCE',
} as const satisfies Record<RelationKind, 'SOURCE' | 'TARGET' | 'NEITHER'>;

type KindsNeedingAt<End extends 'SOURCE' | 'TARGET'> = {
  [Kind in RelationKind]: (typeof NEEDING_ENDS)[Kind] extends End ? Kind : never;
}[RelationKind];

/** A kind of relation of which one end needs the other. */
export type NeedKind = KindsNeedingAt<'SOURCE' | 'TARGET'>;

export function isNeedKind(kind: RelationKind): kind is NeedKind {
  return NEEDING_ENDS[kind] !== 'NEITHER';
}

/** Every kind of relation of which one end needs the other. */
export const NEED_KINDS: readonly NeedKind[] = RELATION_KINDS.filter(isNeedKind);

/**
 * The kinds of need that are followed where none are named: all but two. Over PART_OF a failure would climb every
 * hierarchy up to its top, and what stands on the whole it is a part of would stand in a circle with it. Over WRITES all
 * that reads what it writes would. Both can be named, and an answer that did not follow them where they lead on says so.
 */
export const FOLLOWED_KINDS: readonly NeedKind[] = NEED_KINDS.filter((kind) => kind !== 'PART_OF' && kind !== 'WRITES');

/** A set of kinds of relation: a bit for each place in RELATION_KINDS. */
export function kindBits(kinds: Iterable<RelationKind>): number {
  let bits = 0;
  for (const kind of kinds) bits |= 1 << RELATION_KINDS.indexOf(kind);
  return bits;
}

/** Those whose target needs their source. */
export const TARGET_NEEDS = kindBits(NEED_KINDS.filter((kind) => NEEDING_ENDS[kind] === 'TARGET'));
/** Those whose source needs their target. */
export const SOURCE_NEEDS = kindBits(NEED_KINDS.filter((kind) => NEEDING_ENDS[kind] === 'SOURCE'));
/**
 * Those over which data come. Who gets none any more works with what he has, and data that nobody keeps true are still
 * there: it works worse, and stops only where somebody said that it can not do without.
 */
export const DATA_KINDS = kindBits(['EXCHANGES_DATA_WITH', 'MASTERS', 'READS', 'WRITES']);
