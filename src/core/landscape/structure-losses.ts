import { integerAt } from '../number-at.js';
import type { LossGraph } from './loss-graph.js';
import { stronglyConnected } from './need-graph.js';
import type { Components } from './need-graph.js';

/** Origins that are followed at once: one bit each of a number. */
const LANES = 32;
/** Bits of a count of elements. */
const COUNT_BITS = 31;

/**
 * How many others are lost with each element that stops. Gives up control after each block of 32 origins, so that a
 * caller can do something else in between; the result is what the generator returns.
 *
 * The closure of 32 origins is worked out in one sweep over the elements, each after all that it needs: bit `i` of an
 * element's mask says that it is lost with origin `i`. A redundancy group adds the masks of its members bit by bit and
 * compares with its threshold. Elements that need one another are swept until nothing changes. With n elements that
 * matter and m needs among them that makes (n + m) n / 32 steps, whatever the shape of the graph: walking from each
 * origin would take n * n / 2 in a chain.
 * @returns one number a seq.
 */
export function* lostCounts(graph: LossGraph): Generator<void, Int32Array> {
  const counts = new Int32Array(graph.bound);
  const plan = sweepPlan(graph);
  const masks = new Int32Array(plan.seqs.length);
  const planes = new Int32Array(COUNT_BITS);
  for (let first = 0; first < plan.origins.length; first += LANES) {
    const block = plan.origins.subarray(first, first + LANES);
    planes.fill(0);
    masks.fill(0);
    block.forEach((origin, lane) => (masks[origin] = 1 << lane));
    sweep(plan, integerAt(block, 0), { masks, planes });
    block.forEach((origin, lane) => {
      // Each origin is lost with itself.
      counts[integerAt(plan.seqs, origin)] = countOf(planes, lane) - 1;
    });
    yield;
  }
  return counts;
}

/** What a sweep needs, with the elements that matter numbered by their place in the order in which they are swept. */
interface SweepPlan {
  /** seq by place. */
  readonly seqs: Int32Array;
  /** Places that something is lost with, ascending. */
  readonly origins: Int32Array;
  /** In order: elements that need only what comes before them, or elements that all need one another. */
  readonly stretches: readonly Stretch[];
  /** Places whose loss alone is enough, as compressed rows by place. */
  readonly needStarts: Int32Array;
  readonly needs: Int32Array;
  /** Groups that bear a loss or more, by place. */
  readonly groups: ReadonlyMap<number, readonly PlacedGroup[]>;
}

/** The places from `start` up to `end`. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly isCircular: boolean;
}

interface PlacedGroup {
  readonly threshold: number;
  /** Places. */
  readonly members: readonly number[];
}

function sweepPlan(graph: LossGraph): SweepPlan {
  const { bound, groupStarts, memberStarts, members } = graph;
  const starts = new Int32Array(bound + 1);
  const matters = new Uint8Array(bound);
  const isNeeded = new Uint8Array(bound);
  for (let seq = 0; seq < bound; seq += 1) {
    starts[seq + 1] = integerAt(memberStarts, integerAt(groupStarts, seq + 1));
    if (integerAt(starts, seq + 1) > integerAt(starts, seq)) matters[seq] = 1;
  }
  for (const member of members) matters[member] = isNeeded[member] = 1;
  const components = stronglyConnected({ bound, starts, targets: members });
  const placed = placesOf(components, matters);
  const rows = placedRows(graph, placed);
  return {
    ...placed,
    ...rows,
    origins: placed.places.filter((place) => isNeeded[integerAt(placed.seqs, place)] === 1),
  };
}

/** The elements that matter, each component after what it needs. */
function placesOf(
  { count, starts, members }: Components,
  matters: Uint8Array,
): Pick<SweepPlan, 'seqs' | 'stretches'> & { readonly places: Int32Array } {
  const seqs = new Int32Array(members.length);
  const stretches: Stretch[] = [];
  let [size, straight] = [0, 0];
  const closeStraight = (end: number): void => {
    if (end > straight) stretches.push({ start: straight, end, isCircular: false });
  };
  for (let component = 0; component < count; component += 1) {
    const before = size;
    for (let at = integerAt(starts, component); at < integerAt(starts, component + 1); at += 1) {
      const seq = integerAt(members, at);
      if (matters[seq] !== 1) continue;
      seqs[size] = seq;
      size += 1;
    }
    if (size - before < 2) continue;
    closeStraight(before);
    stretches.push({ start: before, end: size, isCircular: true });
    straight = size;
  }
  closeStraight(size);
  return { seqs: seqs.subarray(0, size), stretches, places: Int32Array.from({ length: size }, (_, place) => place) };
}

function placedRows(
  { bound, groupStarts, memberStarts, members, thresholds }: LossGraph,
  { seqs }: Pick<SweepPlan, 'seqs'>,
): Pick<SweepPlan, 'needStarts' | 'needs' | 'groups'> {
  const placeOf = new Int32Array(bound);
  seqs.forEach((seq, place) => (placeOf[seq] = place));
  const needStarts = new Int32Array(seqs.length + 1);
  const needs = new Int32Array(members.length);
  const groups = new Map<number, PlacedGroup[]>();
  let count = 0;
  seqs.forEach((seq, place) => {
    for (let group = integerAt(groupStarts, seq); group < integerAt(groupStarts, seq + 1); group += 1) {
      const row = members.subarray(integerAt(memberStarts, group), integerAt(memberStarts, group + 1));
      const threshold = integerAt(thresholds, group);
      if (threshold === 1) {
        for (const member of row) {
          needs[count] = integerAt(placeOf, member);
          count += 1;
        }
      } else {
        const ofPlace = groups.get(place) ?? [];
        ofPlace.push({ threshold, members: Array.from(row, (member) => integerAt(placeOf, member)) });
        groups.set(place, ofPlace);
      }
    }
    needStarts[place + 1] = count;
  });
  return { needStarts, needs: needs.subarray(0, count), groups };
}

interface Lanes {
  /** By place, the lanes in which it is lost. */
  readonly masks: Int32Array;
  /** How many are lost in each lane: bit `i` of plane `b` is bit `b` of the count of lane `i`. */
  readonly planes: Int32Array;
}

/** Fills the masks and counts them, beginning with a place: what comes before needs nothing that comes later. */
function sweep(plan: SweepPlan, first: number, { masks, planes }: Lanes): void {
  for (const { start, end, isCircular } of plan.stretches) {
    if (end <= first) continue;
    const from = isCircular ? start : Math.max(start, first);
    for (let changed = true; changed;) changed = fill(plan, masks, from, end) && isCircular;
    for (let place = from; place < end; place += 1) {
      let carry = integerAt(masks, place);
      for (let bit = 0; carry !== 0; bit += 1) {
        const plane = integerAt(planes, bit);
        planes[bit] = plane ^ carry;
        carry &= plane;
      }
    }
  }
}

/** Adds to the masks of some places what they lose by what they need; whether any of them changed. */
function fill({ needStarts, needs, groups }: SweepPlan, masks: Int32Array, start: number, end: number): boolean {
  let changed = false;
  for (let place = start; place < end; place += 1) {
    const before = integerAt(masks, place);
    let after = before;
    const last = integerAt(needStarts, place + 1);
    for (let at = integerAt(needStarts, place); at < last; at += 1) after |= integerAt(masks, integerAt(needs, at));
    if (groups.size > 0) for (const group of groups.get(place) ?? []) after |= lostLanes(group, masks);
    if (after === before) continue;
    masks[place] = after;
    changed = true;
  }
  return changed;
}

/** The lanes in which at least as many members of a group are lost as its threshold says. */
function lostLanes({ threshold, members }: PlacedGroup, masks: Int32Array): number {
  const planes = new Int32Array(32 - Math.clz32(members.length));
  for (const member of members) {
    let carry = integerAt(masks, member);
    for (let bit = 0; carry !== 0; bit += 1) {
      const plane = integerAt(planes, bit);
      planes[bit] = plane ^ carry;
      carry &= plane;
    }
  }
  let [more, equal] = [0, -1];
  for (let bit = planes.length - 1; bit >= 0; bit -= 1) {
    const plane = integerAt(planes, bit);
    if (((threshold >> bit) & 1) === 1) equal &= plane;
    else {
      more |= equal & plane;
      equal &= ~plane;
    }
  }
  return more | equal;
}

function countOf(planes: Int32Array, lane: number): number {
  return planes.reduce((total, plane, bit) => total + (((plane >>> lane) & 1) << bit), 0);
}
