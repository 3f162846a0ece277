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
import type { Element } from './model.js';
import { DATA_KINDS, FOLLOWED_KINDS } from './need-kinds.js';
import type { NeedKind } from './need-kinds.js';
import { RUNNING, isOver, isRunning, livingIn, needWalk } from './needs.js';
import { isOfKinds, strengthOf } from './relation-traits.js';
import type { RelationTraits } from './relation-traits.js';
import { UnfollowedKinds } from './unfollowed-kinds.js';

/** A fact that would make the answer surer; `askedFrom` is the seq of an agency. */
export type MissingImpactFact =
  | { readonly kind: 'STRENGTH' | 'TYPE'; readonly relation: number; readonly askedFrom: number | null }
  | { readonly kind: 'FLOWS'; readonly element: number; readonly askedFrom: number | null };

/** How far an answer about impact can be trusted, and what is missing to trust it more. */
export interface ImpactCoverage {
  readonly verdict: 'COMPLETE' | 'LOWER_BOUND' | 'UNKNOWN';
  readonly missing: readonly MissingImpactFact[];
  /** Kinds of need that lead on from what was reached and were not followed; more may be hurt over them. */
  readonly unfollowed: readonly NeedKind[];
}

/**
 * How an answer is covered. What was cut off, not tried or not followed is missing too. What does not run, an agency or a
 * law, does not fail, nor does what has ended: that nothing is reached from it says nothing.
 */
export function coverageOf(landscape: Landscape, origin: number, reach: Reach, options: ReachOptions): ImpactCoverage {
  const element = landscape.elementAt(origin);
  if (!livingIn(landscape)(origin)) return { verdict: 'UNKNOWN', missing: [], unfollowed: [] };
  const stateOf = statesOf(landscape, origin, reach);
  const seqs = [origin, ...reach.elements];
  const runs = element !== undefined && isRunning(landscape, element);
  const missing = missingFacts(landscape, seqs, stateOf, options);
  const unfollowed = unfollowedKinds(landscape, seqs, stateOf, options);
  const isWhole = missing.length === 0 && unfollowed.length === 0 && !reach.isCut && reach.untried === 0;
  const verdict = runs && isWhole ? 'COMPLETE' : reach.elements.length === 0 ? 'UNKNOWN' : 'LOWER_BOUND';
  return { verdict, missing, unfollowed };
}

/** The state of every element by seq; 0 of what was not reached. */
function statesOf(landscape: Landscape, origin: number, { elements, states }: Reach): Uint8Array {
  const stateOf = new Uint8Array(landscape.elementBound);
  stateOf[origin] = ALL_HARM;
  elements.forEach((seq, at) => {
    stateOf[seq] = byteAt(states, at);
  });
  return stateOf;
}

/** The kinds of need that were not followed and over which something may be reached, or hurt worse than it is. */
function unfollowedKinds(
  landscape: Landscape,
  seqs: readonly number[],
  stateOf: Uint8Array,
  { direction, relationKinds = FOLLOWED_KINDS, minStrength }: ReachOptions,
): NeedKind[] {
  const [asked, any] = [passesOf(minStrength), passesOf()];
  const unfollowed = new UnfollowedKinds(landscape, direction, relationKinds);
  for (const seq of seqs) {
    unfollowed.lookFrom(seq, (other, traits) => {
      // An unknown strength may be as strong as was asked for.
      const passes = byteAt(strengthOf(traits) === 'UNKNOWN' ? any : asked, passIndexOf(traits));
      return (byteAt(stateOf, seq) & passes & ~byteAt(stateOf, other)) !== 0;
    });
  }
  return unfollowed.kinds;
}

/**
 * seqs of the elements that would be reached if links of unknown kind carried the impact too, either way. A link that is
 * known to be weaker than what is asked for does not.
 */
export function reachedWithUntyped(landscape: Landscape, origin: number, options: ReachOptions): readonly number[] {
  const { direction, relationKinds, minStrength, maxDepth = Number.POSITIVE_INFINITY } = options;
  const follow = needWalk(landscape, direction, relationKinds);
  if (!livingIn(landscape)(origin)) return [];
  const passes = passesOf(minStrength);
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
    if (depths[other] === 0 && byteAt(passes, passIndexOf(traits)) !== 0) enter(other);
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
  return element !== undefined && isRunning(landscape, element);
}

/** What is not known of the relations that were followed or may have to be, and of what was reached. */
function missingFacts(
  landscape: Landscape,
  seqs: readonly number[],
  stateOf: Uint8Array,
  options: ReachOptions,
): MissingImpactFact[] {
  const follow = needWalk(landscape, options.direction, options.relationKinds);
  const mayCarry = linkCheck(landscape, options);
  const isAsked = strengthCheck(stateOf, options);
  const facts: MissingImpactFact[] = [];
  const told = new Set<number>();
  let from = -1;
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
  for (const seq of seqs) {
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
 * has. Where data come less is open: whatever it is, who starves counts as DEGRADED, so it matters only where it may be
 * the HARD one that stops him. Behind a redundancy group that holds back what one failure alone would do, a severity
 * says less of what others pass on, and all is asked. Where unknown strengths were not followed, each of them may lead
 * on, except to what surely stops.
 */
function strengthCheck(
  stateOf: Uint8Array,
  { minStrength }: ReachOptions,
): (from: number, other: number, traits: RelationTraits) => boolean {
  const passes = passesOf(minStrength);
  return (from, other, traits) => {
    const [before, after] = [byteAt(stateOf, from), byteAt(stateOf, other)];
    // Nobody has to be asked how strongly something needs what it no longer feels, or what stops anyway.
    if (from === other || (after & STOPS) !== 0) return false;
    if (byteAt(passes, passIndexOf(traits)) === 0 || (after & SHIELDED) !== 0) return true;
    if (isOfKinds(traits, DATA_KINDS)) return (before & MAY_STOP) !== 0 && after !== 0;
    if (severityOf(after) !== 'UNKNOWN') return false;
    return (before & MAY_STOP) !== 0 || ((before & MAY_DEGRADE) !== 0 && (after & DEGRADES) === 0);
  };
}
