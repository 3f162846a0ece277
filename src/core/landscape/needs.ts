import { phaseOf } from './landscape.js';
import type { AdjacencyVisitor, Landscape } from './landscape.js';
import { mayHoldOn } from './model.js';
import type { Element, ElementKind } from './model.js';
import { FOLLOWED_KINDS, SOURCE_NEEDS, TARGET_NEEDS, kindBits } from './need-kinds.js';
import type { NeedKind } from './need-kinds.js';
import { isDated, isEnded, isOfKinds } from './relation-traits.js';
import type { RelationTraits } from './relation-traits.js';

/** One step of a path, by numbers. */
export interface PathStep {
  readonly relation: number;
  /** Whether the relation is taken from its source to its target. */
  readonly traversedForward: boolean;
  readonly from: number;
  readonly to: number;
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
 * How to walk from an element to what needs it (DEPENDENTS) or what it needs (DEPENDENCIES). What has ended on the day of
 * the landscape needs nothing and is not needed: no walk begins there, leads there or passes there. Relations that have
 * ENDED, or are surely over on that day, carry nothing; planned ones do, for what is planned fails with what it is planned
 * on.
 * @param kinds - the kinds of relation to follow, each from the end that is needed to the one that needs, or back.
 */
export function needWalk(
  landscape: Landscape,
  direction: ImpactDirection,
  kinds: Iterable<NeedKind> = FOLLOWED_KINDS,
): NeedWalk {
  const isAlive = livingIn(landscape);
  const follow = walkAmong(landscape, followed(direction, kinds), isAlive);
  return (seq, visit) => {
    if (isAlive(seq)) follow(seq, visit);
  };
}

/**
 * The needs that are on record whether an end has ended or not, for who asks what should no longer be there: a caller says
 * of itself which ends it looks at.
 */
export function recordedNeedWalk(landscape: Landscape, direction: ImpactDirection): NeedWalk {
  return walkAmong(landscape, followed(direction, FOLLOWED_KINDS), isRecorded);
}

function isRecorded(): boolean {
  return true;
}

function walkAmong(
  landscape: Landscape,
  { outgoing, incoming }: FollowedKinds,
  isAdmitted: (seq: number) => boolean,
): NeedWalk {
  let visit: NeedVisitor = visitNothing;
  const visitOutgoing: AdjacencyVisitor = (_kind, other, relation, traits) => {
    if (!isOfKinds(traits, outgoing) || !isAdmitted(other) || isOver(landscape, relation, traits)) return;
    visit(other, relation, true, traits);
  };
  const visitIncoming: AdjacencyVisitor = (_kind, other, relation, traits) => {
    if (!isOfKinds(traits, incoming) || !isAdmitted(other) || isOver(landscape, relation, traits)) return;
    visit(other, relation, false, traits);
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

function followed(direction: ImpactDirection, kinds: Iterable<NeedKind>): FollowedKinds {
  const bits = kindBits(kinds);
  const [atSource, atTarget] = [bits & SOURCE_NEEDS, bits & TARGET_NEEDS];
  return direction === 'DEPENDENTS'
    ? { outgoing: atTarget, incoming: atSource }
    : { outgoing: atSource, incoming: atTarget };
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

/** Whether an element is built, runs and has not ended: what can fail, need and be needed. */
export function isRunning(landscape: Landscape, element: Element): boolean {
  return RUNNING.has(element.kind) && livingIn(landscape)(element.seq);
}
