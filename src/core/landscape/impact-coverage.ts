import { byteAt, integerAt, numberAt } from '../number-at.js';
import type { Reach, ReachOptions } from './impact-reach.js';
import {
  ALL_HARM,
  DEGRADES,
  MAY_DEGRADE,
  MAY_STOP,
  SHIELDED,
  STOPS,
  passIndexOf,
  passesOf,
  severityOf,
} from './impact-states.js';
import { ownerOf } from './landscape.js';
import type { AdjacencyVisitor, Landscape } from './landscape.js';
import type { Element, ElementKind } from './model.js';
import { NEED_KINDS, feels, isOver, livingIn, needWalk } from './needs.js';
import { isFlow, strengthOf } from './relation-traits.js';
import type { RelationTraits } from './relation-traits.js';

/** A fact that would make the answer surer; `askedFrom` is the seq of an agency. */
export type MissingImpactFact =
  | { readonly kind: 'STRENGTH' | 'TYPE'; readonly relation: number; readonly askedFrom: number | null }
  | { readonly kind: 'FLOWS'; readonly element: number; readonly askedFrom: number | null };

/** How far an answer about impact can be trusted, and what is missing to trust it more. */
export interface ImpactCoverage {
  readonly verdict: 'COMPLETE' | 'LOWER_BOUND' | 'UNKNOWN';
  readonly missing: readonly MissingImpactFact[];
}

/** Kinds that run and can fail; a link of unknown kind to anything else (an agency, a law) carries no failure. */
export const RUNNING: ReadonlySet<ElementKind> = new Set<ElementKind>([
  'SYSTEM',
  'PLATFORM',
  'DATABASE',
  'DIGITAL_SERVICE',
  'INTERFACE',
  'INFRASTRUCTURE',
]);

/**
 * How an answer is covered. What was cut off or not tried is missing too. What does not run, an agency or a law, does not
 * fail: that nothing is reached from it says nothing.
 */
export function coverageOf(landscape: Landscape, origin: number, reach: Reach, options: ReachOptions): ImpactCoverage {
  const missing = missingFacts(landscape, origin, reach, options);
  const kind = landscape.elementAt(origin)?.kind;
  const runs = kind !== undefined && RUNNING.has(kind);
  if (runs && missing.length === 0 && !reach.isCut && reach.untried === 0) return { verdict: 'COMPLETE', missing };
  return { verdict: reach.elements.length === 0 ? 'UNKNOWN' : 'LOWER_BOUND', missing };
}

/**
 * seqs of the elements that would be reached if links of unknown kind carried the impact too, either way. A link that is
 * known to be weaker than what is asked for does not.
 */
export function reachedWithUntyped(landscape: Landscape, origin: number, options: ReachOptions): readonly number[] {
  const { direction, relationKinds = NEED_KINDS, minStrength, maxDepth = Number.POSITIVE_INFINITY } = options;
  const follow = needWalk(landscape, direction, relationKinds);
  const [passes, isAlive] = [passesOf(minStrength), livingIn(landscape)];
  const mayCarry = linkCheck(landscape, options);
  const depths = new Int32Array(landscape.elementBound);
  depths[origin] = 1;
  const queue = [origin];
  let depth = 1;
  const enter = (other: number): void => {
    depths[other] = depth + 1;
    queue.push(other);
  };
  const enterOver = (other: number, _relation: number, _forward: boolean, traits: RelationTraits): void => {
    if (depths[other] === 0 && byteAt(passes, passIndexOf(traits)) !== 0 && isAlive(other)) enter(other);
  };
  const untyped: AdjacencyVisitor = (kind, other, relation, traits) => {
    if (kind === 'ASSOCIATED_WITH' && depths[other] === 0 && mayCarry(other, relation, traits)) enter(other);
  };
  for (let at = 0; at < queue.length; at += 1) {
    const seq = numberAt(queue, at);
    depth = integerAt(depths, seq);
    if (depth > maxDepth) break;
    follow(seq, enterOver);
    landscape.forEachOutgoing(seq, untyped);
    landscape.forEachIncoming(seq, untyped);
  }
  return queue.slice(1);
}

type LinkCheck = (other: number, relation: number, traits: RelationTraits) => boolean;

/** `mayCarry`, but for links that are known to be weaker than what is asked for. */
function linkCheck(landscape: Landscape, { minStrength }: ReachOptions): LinkCheck {
  const passes = passesOf(minStrength);
  return (other, relation, traits) => {
    const isWeaker = byteAt(passes, passIndexOf(traits)) === 0 && strengthOf(traits) !== 'UNKNOWN';
    return !isWeaker && mayCarry(landscape, other, relation, traits);
  };
}

/** Whether a link of unknown kind may carry an impact to something that runs and has not ended, over what has not ended. */
export function mayCarry(landscape: Landscape, other: number, relation: number, traits: RelationTraits): boolean {
  if (isOver(landscape, relation, traits)) return false;
  const element = landscape.elementAt(other);
  return element !== undefined && RUNNING.has(element.kind) && feels(landscape, other);
}

/** What is not known of the relations that were followed or may have to be, and of what was reached. */
function missingFacts(landscape: Landscape, origin: number, reach: Reach, options: ReachOptions): MissingImpactFact[] {
  const follow = needWalk(landscape, options.direction, options.relationKinds ?? NEED_KINDS);
  const mayCarry = linkCheck(landscape, options);
  const isAsked = strengthCheck(landscape, origin, reach, options);
  const facts: MissingImpactFact[] = [];
  const told = new Set<number>();
  let from = origin;
  let owner: number | null | undefined;
  const askedFrom = (): number | null => (owner ??= ownerOf(landscape, from)?.seq ?? null);
  const strength = (other: number, relation: number, _forward: boolean, traits: RelationTraits): void => {
    if (strengthOf(traits) !== 'UNKNOWN' || !isAsked(from, other, traits)) return;
    facts.push({ kind: 'STRENGTH', relation, askedFrom: askedFrom() });
  };
  const untyped: AdjacencyVisitor = (kind, other, relation, traits) => {
    if (kind !== 'ASSOCIATED_WITH' || told.has(relation) || !mayCarry(other, relation, traits)) return;
    told.add(relation);
    facts.push({ kind: 'TYPE', relation, askedFrom: askedFrom() });
  };
  for (const seq of [origin, ...reach.elements]) {
    from = seq;
    owner = undefined;
    follow(seq, strength);
    landscape.forEachOutgoing(seq, untyped);
    landscape.forEachIncoming(seq, untyped);
    const element = landscape.elementAt(seq);
    if (element !== undefined && RUNNING.has(element.kind) && !isDeclared(element)) {
      facts.push({ kind: 'FLOWS', element: seq, askedFrom: askedFrom() });
    }
  }
  return facts;
}

/** Whether the owner declared on a day that all flows of an element are told. */
export function isDeclared({ attributes }: Element): boolean {
  return typeof attributes['flowsDeclaredCompleteOn'] === 'string';
}

/**
 * Whether an unknown strength between two elements, the first of which was reached, can change the answer.
 *
 * Of a need it can where the severity of the other end is open, and the first may pass on more than the other surely
 * has. Of a flow less is open: whatever it is, its consumer counts as DEGRADED, so it matters only where it may be the
 * HARD one that stops the consumer. Behind a redundancy group that holds back what one failure alone would do, a severity
 * says less of what others pass on, and all is asked. Where unknown strengths were not followed, each of them may lead
 * on, except to what surely stops.
 */
function strengthCheck(
  landscape: Landscape,
  origin: number,
  { elements, states }: Reach,
  { minStrength }: ReachOptions,
): (from: number, other: number, traits: RelationTraits) => boolean {
  const [passes, isAlive] = [passesOf(minStrength), livingIn(landscape)];
  const stateOf = new Uint8Array(landscape.elementBound);
  stateOf[origin] = ALL_HARM;
  elements.forEach((seq, at) => {
    stateOf[seq] = byteAt(states, at);
  });
  return (from, other, traits) => {
    const [before, after] = [byteAt(stateOf, from), byteAt(stateOf, other)];
    // Nobody has to be asked how strongly something needs what it no longer feels, or what stops anyway.
    if (from === other || (after & STOPS) !== 0 || !isAlive(other)) return false;
    if (byteAt(passes, passIndexOf(traits)) === 0 || (after & SHIELDED) !== 0) return true;
    if (isFlow(traits)) return (before & MAY_STOP) !== 0 && after !== 0;
    if (severityOf(after) !== 'UNKNOWN') return false;
    return (before & MAY_STOP) !== 0 || ((before & MAY_DEGRADE) !== 0 && (after & DEGRADES) === 0);
  };
}
