import { derivation } from './archimate-derivation.js';
import type { Derivation } from './archimate-derivation.js';
import { archimateConcept, archimateRelation } from './archimate-mapping.js';
import type { Classified } from './archimate-mapping.js';
import type { Relation } from './model.js';

/** One relation on a path, walked from one element to the next. */
export interface WalkedRelation {
  readonly relation: Pick<Relation, 'kind'>;
  /** Whether it is walked from its source to its target. */
  readonly traversedForward: boolean;
  readonly from: Classified;
  readonly to: Classified;
}

/**
 * What a path of ours as a whole says of its two ends in ArchiMate, seen from its start; null for no step, or where nothing
 * can be derived. Each step is to start where the one before it ended.
 */
export function pathDerivation(steps: readonly WalkedRelation[]): Derivation | null {
  const [first] = steps;
  if (first === undefined) return null;
  const concepts = [archimateConcept(first.from), ...steps.map(({ to }) => archimateConcept(to))];
  const said = steps.map(({ relation, traversedForward, from, to }) => {
    const [source, target] = traversedForward ? [from, to] : [to, from];
    const { relationship, reversed } = archimateRelation(relation.kind, source, target);
    return { relationship, forward: traversedForward !== reversed };
  });
  return derivation(said, concepts);
}
