import { DEPENDENCY_STRENGTHS, RELATION_KINDS, RELATION_STATUSES } from './model.js';
import type { DependencyStrength, Relation, RelationKind } from './model.js';

declare const traitsBrand: unique symbol;
/**
 * What a walk has to know of a relation, packed into one integer so that it stands beside the relation's number:
 * kind (5 bits), strength (2), status (3), whether it has dates (1), whether it belongs to a redundancy group (1).
 */
export type RelationTraits = number & { readonly [traitsBrand]: true };

const KIND_MASK = 0b11111;
const STRENGTH_AT = 5;
const STRENGTH_MASK = 0b11;
const STATUS_AT = 7;
const STATUS_MASK = 0b111;
const DATED = 1 << 10;
const REDUNDANT = 1 << 11;
const ENDED = RELATION_STATUSES.indexOf('ENDED');
const PLANNED = RELATION_STATUSES.indexOf('PLANNED');

/** Packs a relation. */
export function traitsOf({ kind, strength, status, validFrom, validTo, minAvailable }: Relation): RelationTraits {
  const packed =
    RELATION_KINDS.indexOf(kind) |
    (DEPENDENCY_STRENGTHS.indexOf(strength) << STRENGTH_AT) |
    (RELATION_STATUSES.indexOf(status) << STATUS_AT) |
    (validFrom === null && validTo === null ? 0 : DATED) |
    (minAvailable === null ? 0 : REDUNDANT);
  // This is the one place where a number becomes traits.
  return packed as RelationTraits;
}

/** Position of the kind in RELATION_KINDS. */
export function kindCodeOf(traits: RelationTraits): number {
  return traits & KIND_MASK;
}

export function kindOf(traits: RelationTraits): RelationKind {
  return RELATION_KINDS[traits & KIND_MASK] ?? 'ASSOCIATED_WITH';
}

/** Position of the strength in DEPENDENCY_STRENGTHS. */
export function strengthCodeOf(traits: RelationTraits): number {
  return (traits >> STRENGTH_AT) & STRENGTH_MASK;
}

export function strengthOf(traits: RelationTraits): DependencyStrength {
  return DEPENDENCY_STRENGTHS[strengthCodeOf(traits)] ?? 'UNKNOWN';
}

/** Whether the relation's status is PLANNED. */
export function isPlanned(traits: RelationTraits): boolean {
  return ((traits >> STATUS_AT) & STATUS_MASK) === PLANNED;
}

/** Whether the relation's status is ENDED. */
export function isEnded(traits: RelationTraits): boolean {
  return ((traits >> STATUS_AT) & STATUS_MASK) === ENDED;
}

/** Whether the relation says since or until when it holds. */
export function isDated(traits: RelationTraits): boolean {
  return (traits & DATED) !== 0;
}

/** Whether the relation belongs to a redundancy group: it has a `minAvailable`. */
export function isRedundant(traits: RelationTraits): boolean {
  return (traits & REDUNDANT) !== 0;
}

/** Whether the relation is of one of some kinds, given as `kindBits`. */
export function isOfKinds(traits: RelationTraits, kinds: number): boolean {
  return ((kinds >> (traits & KIND_MASK)) & 1) !== 0;
}
