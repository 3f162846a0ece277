import { phaseOf } from './landscape.js';
import type { AdjacencyVisitor, Landscape } from './landscape.js';
import { RELATION_KINDS, mayHoldOn } from './model.js';
import type { RelationKind } from './model.js';
import { isDated, isEnded, kindCodeOf } from './relation-traits.js';
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
  const { outgoing, incoming } = followedKinds(direction, kinds);
  let visit: NeedVisitor = visitNothing;
  const visitOutgoing: AdjacencyVisitor = (_kind, other, relation, traits) => {
    if (isAmong(outgoing, traits) && !isOver(landscape, relation, traits)) visit(other, relation, true, traits);
  };
  const visitIncoming: AdjacencyVisitor = (_kind, other, relation, traits) => {
    if (isAmong(incoming, traits) && !isOver(landscape, relation, traits)) visit(other, relation, false, traits);
  };
  return (seq, next) => {
    // A visitor may walk on by the same walk before it returns.
    const before = visit;
    visit = next;
    if (outgoing !== 0) landscape.forEachOutgoing(seq, visitOutgoing);
    if (incoming !== 0) landscape.forEachIncoming(seq, visitIncoming);
    visit = before;
  };
}

function visitNothing(): void {
  // What a walk calls before it is told what to call.
}

/** Sets of kinds of relation, a bit for each code. */
interface FollowedKinds {
  readonly outgoing: number;
  readonly incoming: number;
}

/** The one kind whose target is what needs. */
const FLOWS = 1 << RELATION_KINDS.indexOf('EXCHANGES_DATA_WITH');

function followedKinds(direction: ImpactDirection, kinds: Iterable<RelationKind>): FollowedKinds {
  let needs = 0;
  for (const kind of kinds) needs |= 1 << RELATION_KINDS.indexOf(kind);
  const flows = needs & FLOWS;
  needs &= ~flows;
  return direction === 'DEPENDENTS' ? { outgoing: flows, incoming: needs } : { outgoing: needs, incoming: flows };
}

function isAmong(kinds: number, traits: RelationTraits): boolean {
  return ((kinds >> kindCodeOf(traits)) & 1) !== 0;
}

/** Whether a relation has ENDED, or is surely over on the day of the landscape. */
export function isOver(landscape: Landscape, relation: number, traits: RelationTraits): boolean {
  if (isEnded(traits)) return true;
  if (landscape.day === null || !isDated(traits)) return false;
  const validTo = landscape.relationAt(relation)?.validTo ?? null;
  return validTo !== null && !mayHoldOn({ validFrom: null, validTo }, landscape.day);
}

const UNASKED = 0;
const ALIVE = 1;
const ENDED = 2;
const livesOf = new WeakMap<Landscape, (seq: number) => boolean>();

/**
 * Tells of each element whether it may feel anything: it is there, and its life has not ended on the day of the
 * landscape. Remembered with the landscape, and only for those elements that somebody asked for.
 */
export function livingIn(landscape: Landscape): (seq: number) => boolean {
  let isAlive = livesOf.get(landscape);
  if (isAlive === undefined) {
    const lives = new Uint8Array(landscape.elementBound);
    isAlive = (seq) => {
      if ((lives[seq] ?? UNASKED) === UNASKED) lives[seq] = feels(landscape, seq) ? ALIVE : ENDED;
      return lives[seq] === ALIVE;
    };
    livesOf.set(landscape, isAlive);
  }
  return isAlive;
}

/** Whether an element is there and its life has not ended on the day of the landscape. */
export function feels(landscape: Landscape, seq: number): boolean {
  const element = landscape.elementAt(seq);
  return element !== undefined && phaseOf(landscape, element) !== 'END_OF_LIFE';
}
