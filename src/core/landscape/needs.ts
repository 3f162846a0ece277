import type { Landscape } from './landscape.js';
import { mayHoldOn } from './model.js';
import type { RelationKind } from './model.js';
import { isDated, isEnded } from './relation-traits.js';
import type { RelationTraits } from './relation-traits.js';

/** One step of a path, by numbers. */
export interface PathStep {
  readonly relation: number;
  /** Whether the relation is taken from its source to its target. */
  readonly traversedForward: boolean;
  readonly from: number;
  readonly to: number;
}

/** The kinds of relation over which a failure spreads. */
export const NEED_KINDS: readonly RelationKind[] = [
  'DEPENDS_ON',
  'USES_PLATFORM',
  'RUNS_ON',
  'AUTHENTICATES_WITH',
  'EXCHANGES_DATA_WITH',
];

/** DEPENDENTS: what is hurt if something stops. DEPENDENCIES: what it stands on. */
export type ImpactDirection = 'DEPENDENTS' | 'DEPENDENCIES';

/**
 * Called for one thing that needs another, or is needed by it, without allocating.
 * @param other - seq of the element at the other end.
 * @param relation - seq of the relation.
 * @param forward - whether the step goes from the relation's source to its target.
 * @param traits - what a walk has to know of the relation.
 */
export type NeedVisitor = (other: number, relation: number, forward: boolean, traits: RelationTraits) => void;

/** Follows one element's needs in one direction. */
export type NeedWalk = (seq: number, visit: NeedVisitor) => void;

/**
 * How to walk from an element to what needs it (DEPENDENTS) or what it needs (DEPENDENCIES). The source of a relation
 * needs its target; over EXCHANGES_DATA_WITH it is the consumer, the target, that needs the source. Relations that have
 * ENDED, or are surely over on the day of the landscape, carry nothing; planned ones do, for what is planned fails with
 * what it is planned on.
 */
export function needWalk(
  landscape: Landscape,
  direction: ImpactDirection,
  kinds: Iterable<RelationKind> = NEED_KINDS,
): NeedWalk {
  const followed = new Set(kinds);
  const flows = followed.delete('EXCHANGES_DATA_WITH');
  const outgoingIsFlow = direction === 'DEPENDENTS';
  return (seq, visit) => {
    landscape.forEachOutgoing(seq, (kind, other, relation, traits) => {
      const leads = kind === 'EXCHANGES_DATA_WITH' ? flows && outgoingIsFlow : followed.has(kind) && !outgoingIsFlow;
      if (leads && !isOver(landscape, relation, traits)) visit(other, relation, true, traits);
    });
    landscape.forEachIncoming(seq, (kind, other, relation, traits) => {
      const leads = kind === 'EXCHANGES_DATA_WITH' ? flows && !outgoingIsFlow : followed.has(kind) && outgoingIsFlow;
      if (leads && !isOver(landscape, relation, traits)) visit(other, relation, false, traits);
    });
  };
}

/** Whether a relation has ENDED, or is surely over on the day of the landscape. */
export function isOver(landscape: Landscape, relation: number, traits: RelationTraits): boolean {
  if (isEnded(traits)) return true;
  if (landscape.day === null || !isDated(traits)) return false;
  const validTo = landscape.relationAt(relation)?.validTo ?? null;
  return validTo !== null && !mayHoldOn({ validFrom: null, validTo }, landscape.day);
}
