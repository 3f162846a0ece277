import { integerAt, numberAt } from '../number-at.js';
import { mayCarry } from './impact-coverage.js';
import { ownerOf } from './landscape.js';
import type { AdjacencyVisitor, Landscape } from './landscape.js';
import type { Element } from './model.js';
import type { NeedKind } from './need-kinds.js';
import { isRunning, livingIn, needWalk } from './needs.js';
import type { ImpactDirection } from './needs.js';
import { presenceCoverage, undeclaredFlows } from './structure-coverage.js';
import type { MissingStructureFact, StructureCoverage } from './structure-coverage.js';
import { UnfollowedKinds } from './unfollowed-kinds.js';

/** How far an answer about ways can be trusted. */
export interface PathCoverage extends StructureCoverage {
  /** Number of elements from which a way was looked for: the first, and all that ways from it lead to. */
  readonly examined: number;
}

/** What was asked, and what came of it. */
interface PathAnswer {
  readonly direction: ImpactDirection;
  readonly relationKinds: readonly NeedKind[];
  readonly maxDepth?: number;
  /** Number of ways that were found. */
  readonly found: number;
  readonly truncated: boolean;
}

/**
 * How the ways between two elements are covered. A way that nobody has told of begins as those do that are known, and
 * leaves what they lead to by a link of unknown kind, a flow that was not declared or a kind of need that was not followed:
 * what is missing there could give another way, or a shorter one. What does not run or has ended stands on nothing: that
 * no way was found says nothing of it.
 */
export function pathCoverage(
  landscape: Landscape,
  ends: readonly [from: Element, to: Element],
  answer: PathAnswer,
): PathCoverage {
  const { found, truncated, direction, relationKinds } = answer;
  const [from, to] = ends;
  const seqs = livingIn(landscape)(from.seq) ? beginnings(landscape, [from.seq, to.seq], answer) : [];
  const unfollowed = new UnfollowedKinds(landscape, direction, relationKinds);
  for (const seq of seqs) unfollowed.lookFrom(seq, (other) => other !== from.seq);
  const coverage = presenceCoverage(found, missingWays(landscape, seqs), unfollowed.kinds);
  const isWhole = coverage.verdict === 'COMPLETE' && !truncated && ends.every((end) => isRunning(landscape, end));
  const verdict = isWhole ? 'COMPLETE' : found === 0 ? 'UNKNOWN' : 'LOWER_BOUND';
  return { ...coverage, verdict, examined: seqs.length };
}

/** seqs of an element and of all that ways from it lead to with a step to spare; what lies behind the goal is on none. */
function beginnings(
  landscape: Landscape,
  [origin, goal]: readonly [origin: number, goal: number],
  { direction, relationKinds, maxDepth = Number.POSITIVE_INFINITY }: PathAnswer,
): number[] {
  const follow = needWalk(landscape, direction, relationKinds);
  const depths = new Int32Array(landscape.elementBound);
  depths[origin] = 1;
  const queue = [origin];
  let depth = 1;
  const enter = (other: number): void => {
    if (other === goal || depths[other] !== 0) return;
    depths[other] = depth + 1;
    queue.push(other);
  };
  for (let at = 0; at < queue.length; at += 1) {
    const seq = numberAt(queue, at);
    depth = integerAt(depths, seq);
    if (depth < maxDepth) follow(seq, enter);
  }
  return queue;
}

/** Links of unknown kind, each told once, and flows that were not declared. */
function missingWays(landscape: Landscape, seqs: readonly number[]): MissingStructureFact[] {
  const facts: MissingStructureFact[] = [];
  const told = new Set<number>();
  let askedFrom: number | null = null;
  const untyped: AdjacencyVisitor = (kind, other, relation, traits) => {
    if (kind !== 'ASSOCIATED_WITH' || told.has(relation) || !mayCarry(landscape, other, relation, traits)) return;
    told.add(relation);
    facts.push({ kind: 'TYPE', relation, askedFrom });
  };
  for (const seq of seqs) {
    askedFrom = ownerOf(landscape, seq)?.seq ?? null;
    landscape.forEachOutgoing(seq, untyped);
    landscape.forEachIncoming(seq, untyped);
    const element = landscape.elementAt(seq);
    if (element !== undefined && isRunning(landscape, element)) facts.push(...undeclaredFlows(landscape, element));
  }
  return facts;
}
