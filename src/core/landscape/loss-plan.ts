import { integerAt, numberAt } from '../number-at.js';
import { positionsByRow } from './compressed-rows.js';
import { ALONE } from './lane-counts.js';
import type { LossGraph } from './loss-graph.js';
import { stronglyConnected } from './need-graph.js';
import type { Components } from './need-graph.js';

/**
 * A loss graph made ready for many walks. Elements that are all lost with one another, whatever the groups do, are one
 * knot. Places number the knots so that each comes after what it needs, but for those of a stretch that is circular.
 */
export interface LossPlan {
  /** Number of places. */
  readonly size: number;
  /** The seqs of place `p` are `seqs[seqStarts[p]]` up to `seqs[seqStarts[p + 1]]`. */
  readonly seqStarts: Int32Array;
  readonly seqs: Int32Array;
  /** In order, all places. */
  readonly stretches: readonly Stretch[];
  /** Where losses go on: the edges of place `p` are from `starts[p]` up to `starts[p + 1]`. None leads back to its place. */
  readonly starts: Int32Array;
  /** Of each edge, the place where it leads. */
  readonly targets: Int32Array;
  /** Of each edge, its group among those that bear a loss; ALONE where the loss alone is enough. */
  readonly groups: Int32Array;
  /** Of each group, how many of its members have to be lost; at least 2. */
  readonly thresholds: Int32Array;
}

/** The places from `start` up to `end`. Those of one that is not circular need nothing that comes later. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly isCircular: boolean;
}

/** Makes a plan; all steps are linear. */
export function lossPlan(graph: LossGraph): LossPlan {
  const knots = knotsOf(graph);
  const knotOf = new Int32Array(graph.bound);
  forEachMember(knots, (knot, seq) => (knotOf[seq] = knot));
  const needs = needsOfKnots(graph, knots, knotOf);
  const order = stronglyConnected({ bound: knots.count, starts: needs.starts, targets: needs.targets });
  const { knotAt, stretches } = placesOf(order);
  const placeOf = new Int32Array(knots.count);
  knotAt.forEach((knot, place) => (placeOf[knot] = place));
  const seqStarts = new Int32Array(knots.count + 1);
  const seqs = new Int32Array(graph.bound);
  knotAt.forEach((knot, place) => {
    const members = knots.members.subarray(integerAt(knots.starts, knot), integerAt(knots.starts, knot + 1));
    seqs.set(members, integerAt(seqStarts, place));
    seqStarts[place + 1] = integerAt(seqStarts, place) + members.length;
  });
  return { size: knots.count, seqStarts, seqs, stretches, ...lossRows(needs, placeOf) };
}

function forEachMember(
  { count, starts, members }: Components,
  visit: (component: number, member: number) => void,
): void {
  for (let component = 0; component < count; component += 1) {
    for (let at = integerAt(starts, component); at < integerAt(starts, component + 1); at += 1) {
      visit(component, integerAt(members, at));
    }
  }
}

/** Elements that need one another, directly or not, over needs that stand alone. */
function knotsOf({ bound, groupStarts, memberStarts, thresholds, members }: LossGraph): Components {
  const starts = new Int32Array(bound + 1);
  const targets: number[] = [];
  for (let seq = 0; seq < bound; seq += 1) {
    for (let group = integerAt(groupStarts, seq); group < integerAt(groupStarts, seq + 1); group += 1) {
      if (integerAt(thresholds, group) > 1) continue;
      for (let at = integerAt(memberStarts, group); at < integerAt(memberStarts, group + 1); at += 1) {
        targets.push(integerAt(members, at));
      }
    }
    starts[seq + 1] = targets.length;
  }
  return stronglyConnected({ bound, starts, targets: Int32Array.from(targets) });
}

/** What knots need of others, as compressed rows by knot. */
interface KnotNeeds {
  readonly starts: Int32Array;
  readonly targets: Int32Array;
  /** Of each need, its group or ALONE. */
  readonly groups: readonly number[];
  readonly thresholds: Int32Array;
}

function needsOfKnots(
  { groupStarts, memberStarts, thresholds, members }: LossGraph,
  knots: Components,
  knotOf: Int32Array,
): KnotNeeds {
  const starts = new Int32Array(knots.count + 1);
  const [targets, groups, kept]: [number[], number[], number[]] = [[], [], []];
  forEachMember(knots, (knot, seq) => {
    for (let group = integerAt(groupStarts, seq); group < integerAt(groupStarts, seq + 1); group += 1) {
      const threshold = integerAt(thresholds, group);
      if (threshold > 1) kept.push(threshold);
      for (let at = integerAt(memberStarts, group); at < integerAt(memberStarts, group + 1); at += 1) {
        const target = integerAt(knotOf, integerAt(members, at));
        // What a knot needs of itself is lost when it is lost already.
        if (target === knot) continue;
        targets.push(target);
        groups.push(threshold > 1 ? kept.length - 1 : ALONE);
      }
    }
    starts[knot + 1] = targets.length;
  });
  return { starts, targets: Int32Array.from(targets), groups, thresholds: Int32Array.from(kept) };
}

/** The knots in the order of places, cut into stretches. */
function placesOf({ count, starts, members }: Components): {
  readonly knotAt: Int32Array;
  readonly stretches: readonly Stretch[];
} {
  const stretches: Stretch[] = [];
  let straight = 0;
  const closeStraight = (end: number): void => {
    if (end > straight) stretches.push({ start: straight, end, isCircular: false });
  };
  for (let component = 0; component < count; component += 1) {
    const [start, end] = [integerAt(starts, component), integerAt(starts, component + 1)];
    if (end - start < 2) continue;
    closeStraight(start);
    stretches.push({ start, end, isCircular: true });
    straight = end;
  }
  closeStraight(members.length);
  return { knotAt: members, stretches };
}

/** Needs turned round. */
function lossRows(
  needs: KnotNeeds,
  placeOf: Int32Array,
): Pick<LossPlan, 'starts' | 'targets' | 'groups' | 'thresholds'> {
  const size = placeOf.length;
  const { starts, positions } = positionsByRow(
    size,
    needs.targets.map((knot) => integerAt(placeOf, knot)),
  );
  const needers = new Int32Array(needs.targets.length);
  for (let knot = 0; knot < size; knot += 1) {
    needers.fill(integerAt(placeOf, knot), integerAt(needs.starts, knot), integerAt(needs.starts, knot + 1));
  }
  return {
    starts,
    targets: positions.map((need) => integerAt(needers, need)),
    groups: positions.map((need) => numberAt(needs.groups, need)),
    thresholds: needs.thresholds,
  };
}
