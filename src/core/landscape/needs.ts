import type { Landscape } from './landscape.js';
import type { RelationKind } from './model.js';

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
 */
export type NeedVisitor = (other: number, relation: number, forward: boolean) => void;

/** Follows one element's needs in one direction. */
export type NeedWalk = (seq: number, visit: NeedVisitor) => void;

/**
 * How to walk from an element to what needs it (DEPENDENTS) or what it needs (DEPENDENCIES). The source of a relation
 * needs its target; over EXCHANGES_DATA_WITH it is the consumer, the target, that needs the source. Relations that have
 * ENDED carry nothing; planned ones do, for what is planned fails with what it is planned on.
 */
export function needWalk(
  landscape: Landscape,
  direction: ImpactDirection,
  kinds: Iterable<RelationKind> = NEED_KINDS,
): NeedWalk {
  const followed = new Set(kinds);
  const flows = followed.delete('EXCHANGES_DATA_WITH');
  const outgoingIsFlow = direction === 'DEPENDENTS';
  const isAlive = (relation: number): boolean => landscape.relationAt(relation)?.status !== 'ENDED';
  return (seq, visit) => {
    landscape.forEachOutgoing(seq, (kind, other, relation) => {
      const leads = kind === 'EXCHANGES_DATA_WITH' ? flows && outgoingIsFlow : followed.has(kind) && !outgoingIsFlow;
      if (leads && isAlive(relation)) visit(other, relation, true);
    });
    landscape.forEachIncoming(seq, (kind, other, relation) => {
      const leads = kind === 'EXCHANGES_DATA_WITH' ? flows && !outgoingIsFlow : followed.has(kind) && outgoingIsFlow;
      if (leads && isAlive(relation)) visit(other, relation, false);
    });
  };
}
