import { integerAt, numberAt } from '../number-at.js';
import type { Landscape } from './landscape.js';
import { needGraph, stronglyConnected } from './need-graph.js';
import { FOLLOWED_KINDS } from './need-kinds.js';
import type { NeedKind } from './need-kinds.js';
import { isRunning, needWalk } from './needs.js';
import type { NeedWalk, PathStep } from './needs.js';
import { missingNeedFacts, presenceCoverage, unfollowedNeeds } from './structure-coverage.js';
import type { StructureAnswer } from './structure-coverage.js';

/** Things that all need one another, directly or through others. */
export interface Cycle {
  /** seqs, by urn. */
  readonly members: readonly number[];
  /** A shortest circle through the member with the smallest urn. */
  readonly cycle: readonly PathStep[];
}

/**
 * The circles of need: each strongly connected component of more than one element, or of one that needs itself; in
 * order of the smallest urn. What has ended is in none.
 */
export function cycles(landscape: Landscape, relationKinds: readonly NeedKind[] = FOLLOWED_KINDS): Cycle[] {
  const graph = needGraph(landscape, relationKinds);
  const { count, starts, members: all } = stronglyConnected(graph);
  const urnOf = (seq: number): string => landscape.elementAt(seq)?.urn ?? '';
  const byUrn = (a: number, b: number): number => (urnOf(a) < urnOf(b) ? -1 : Number(urnOf(a) > urnOf(b)));
  const found: Cycle[] = [];
  for (let component = 0; component < count; component += 1) {
    const [start, end] = [integerAt(starts, component), integerAt(starts, component + 1)];
    if (end - start === 1 && !needsItself(graph, integerAt(all, start))) continue;
    found.push(cycleOf(landscape, relationKinds, Array.from(all.subarray(start, end)).toSorted(byUrn)));
  }
  return found.toSorted((a, b) => byUrn(numberAt(a.members, 0), numberAt(b.members, 0)));
}

/** How many elements circles are sought among, and what is missing or was not followed that could close more of them. */
export function cycleCoverage(
  landscape: Landscape,
  found: number,
  relationKinds: readonly NeedKind[] = FOLLOWED_KINDS,
): Omit<StructureAnswer<Cycle>, 'items'> {
  let examined = 0;
  for (const element of landscape.elements()) if (isRunning(landscape, element)) examined += 1;
  return {
    examined,
    get coverage() {
      const missing = missingNeedFacts(landscape, { withStrengths: false });
      return presenceCoverage(found, missing, unfollowedNeeds(landscape, relationKinds));
    },
  };
}

function needsItself({ starts, targets }: ReturnType<typeof needGraph>, seq: number): boolean {
  const end = integerAt(starts, seq + 1);
  for (let at = integerAt(starts, seq); at < end; at += 1) if (targets[at] === seq) return true;
  return false;
}

function cycleOf(landscape: Landscape, relationKinds: readonly NeedKind[], members: readonly number[]): Cycle {
  return {
    members,
    // Most answers are read by the page: a way round is looked for in those that are looked at.
    get cycle() {
      const follow = needWalk(landscape, 'DEPENDENCIES', relationKinds);
      return shortestCircle(follow, numberAt(members, 0), new Set(members));
    },
  };
}

/** A shortest circle from an element back to itself inside its component. */
function shortestCircle(follow: NeedWalk, start: number, members: ReadonlySet<number>): PathStep[] {
  const cameBy = new Map<number, PathStep>();
  const queue = [start];
  for (let at = 0; at < queue.length && !cameBy.has(start); at += 1) {
    const from = numberAt(queue, at);
    follow(from, (to, relation, traversedForward) => {
      if (!members.has(to) || cameBy.has(to)) return;
      cameBy.set(to, { relation, traversedForward, from, to });
      queue.push(to);
    });
  }
  const back: PathStep[] = [];
  for (let step = cameBy.get(start); step !== undefined; step = cameBy.get(step.from)) {
    back.push(step);
    if (step.from === start) break;
  }
  return back.toReversed();
}
