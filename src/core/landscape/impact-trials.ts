import { byteAt, integerAt, numberAt } from '../number-at.js';
import { HARMFUL, HARMLESS, Lanes, OPEN, OUTSIDE, UNTRIED } from './impact-lanes.js';
import type { TrialBudget } from './impact-lanes.js';
import { DEGRADES, MAY_DEGRADE, MAY_STOP, STOPS } from './impact-states.js';
import type { TrialGraph } from './impact-trial-graph.js';
import { ALONE, LANES } from './lane-counts.js';

/** What is asked of the trials. */
export interface TrialOptions {
  readonly maxDepth: number;
  /** Most edges to look at. */
  readonly effort: number;
  /** By place, the bits that are asked for. What is not asked for is not told, either. */
  readonly asked: Uint8Array;
}

/** What the origin feels when each of the places fails alone; by place, GUARDED bits. */
export interface TrialOutcome {
  /** Bits that come to the origin. */
  readonly harm: Uint8Array;
  /** Bits of which that stays open, for the effort ran out. */
  readonly untried: Uint8Array;
  /** Number of edges that were looked at. */
  readonly effort: number;
}

/** Each bit with those that come wherever it comes: what does not let these through does not let it through either. */
const BITS = [
  [MAY_DEGRADE],
  [DEGRADES, MAY_DEGRADE],
  [MAY_STOP, MAY_DEGRADE],
  [STOPS, MAY_STOP, DEGRADES],
] as const satisfies (readonly [number, ...number[]])[];

/**
 * Makes places fail and tells what the origin feels of each.
 *
 * Failures are not tried one by one. What a failure takes with it is closed: where x takes y with it, it takes all that y
 * does. So what fails with a failure that does not reach the origin does not reach it either, and what something HARMFUL
 * needs without a group is HARMFUL. What has nothing that needs it but one thing, without a group, is as that is. The
 * rest is tried 32 at a time, the farthest first, for it takes the most with it.
 *
 * Within a number of steps none of that holds, so what would be HARMFUL in the end is tried again, step by step.
 */
export function tryFailures(graph: TrialGraph, { maxDepth, effort, asked }: TrialOptions): TrialOutcome {
  const budget: TrialBudget = { most: effort, spent: 0 };
  const lanes = new Lanes(graph, budget);
  const statuses = new Map<number, Uint8Array>();
  const [harm, untried] = [new Uint8Array(graph.size), new Uint8Array(graph.size)];
  for (const [bit, ...weaker] of BITS) {
    const unlimited = new BitTrials(graph, lanes, bit).tryAll(weaker.map((each) => statuses.get(each) ?? harm));
    statuses.set(bit, unlimited);
    const status = maxDepth < graph.size ? tryWithin(lanes, bit, unlimited, { maxDepth, asked }) : unlimited;
    for (let place = 0; place < graph.size; place += 1) {
      const told = byteAt(asked, place) & bit;
      if (status[place] === HARMFUL) harm[place] = byteAt(harm, place) | told;
      else if (status[place] === UNTRIED) untried[place] = byteAt(untried, place) | told;
    }
  }
  return { harm, untried, effort: budget.spent };
}

/** What is HARMFUL within so many steps, of what is HARMFUL in the end and is asked for. */
function tryWithin(
  lanes: Lanes,
  bit: number,
  unlimited: Uint8Array,
  { maxDepth, asked }: Pick<TrialOptions, 'maxDepth' | 'asked'>,
): Uint8Array {
  const answer = unlimited.slice();
  const status = unlimited.map((each, place) => (place === 0 || each === OUTSIDE ? each : OPEN));
  const failing: number[] = [];
  for (let place = 1; place < unlimited.length; place += 1) {
    if (unlimited[place] === HARMFUL && (byteAt(asked, place) & bit) !== 0) failing.push(place);
  }
  for (let first = 0; first < failing.length; first += LANES) {
    const block = failing.slice(first, first + LANES);
    const hit = lanes.run(block, { bit, status, maxDepth });
    lanes.clear();
    block.forEach((place, lane) => {
      if (hit === undefined) answer[place] = UNTRIED;
      else if (((hit >>> lane) & 1) === 0) answer[place] = HARMLESS;
    });
  }
  return answer;
}

/** A place that is as another is. */
const ON_WAY = 5;
const NOBODY = -1;

/** The trials of one bit, without a limit of steps. */
class BitTrials {
  private readonly status: Uint8Array;
  /** By place: the one place that decides what it is; NOBODY where it has to be tried. */
  private readonly decidedBy: Int32Array;

  constructor(
    private readonly graph: TrialGraph,
    private readonly lanes: Lanes,
    private readonly bit: number,
  ) {
    this.status = new Uint8Array(graph.size);
    this.decidedBy = new Int32Array(graph.size).fill(NOBODY);
  }

  /** @param weaker - what was found of bits that come wherever this one does. */
  tryAll(weaker: readonly Uint8Array[]): Uint8Array {
    const { status } = this;
    this.spreadBack(OPEN, () => true);
    this.spreadBack(HARMFUL, (edge) => this.graph.groups[edge] === ALONE);
    const known = (place: number): boolean => weaker.some((each) => each[place] === HARMLESS);
    status.forEach((each, place) => {
      if (each === OPEN && known(place)) status[place] = HARMLESS;
    });
    let block: number[] = [];
    for (let place = status.length - 1; place > 0; place -= 1) {
      if (status[place] === OPEN && this.hasToBeTried(place)) block.push(place);
      if (block.length === LANES || place === 1) {
        this.tryBlock(block);
        block = [];
      }
    }
    status.forEach((each, place) => {
      if (each === OPEN) this.settle(place);
    });
    return status;
  }

  /** Gives a status to the origin and to all that harm comes from over some edges. */
  private spreadBack(as: number, isTaken: (edge: number) => boolean, from = 0): void {
    const { status, graph } = this;
    const { backStarts, back, sources, passes } = graph;
    const queue = [from];
    status[from] = as;
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const end = integerAt(backStarts, next + 1);
      for (let at = integerAt(backStarts, next); at < end; at += 1) {
        const edge = integerAt(back, at);
        const source = integerAt(sources, edge);
        if ((byteAt(passes, edge) & this.bit) === 0 || status[source] === as || !isTaken(edge)) continue;
        status[source] = as;
        queue.push(source);
      }
    }
  }

  /** Whether what an open place takes with it is not plain from what needs it; marks it where it is. */
  private hasToBeTried(place: number): boolean {
    const { starts, targets, passes, groups } = this.graph;
    let only = NOBODY;
    let isInGroup = false;
    for (let edge = integerAt(starts, place); edge < integerAt(starts, place + 1); edge += 1) {
      const target = integerAt(targets, edge);
      if ((byteAt(passes, edge) & this.bit) === 0 || this.status[target] === OUTSIDE) continue;
      if (integerAt(groups, edge) !== ALONE) isInGroup = true;
      else if (only === NOBODY || only === target) only = target;
      else return true;
    }
    if (only === NOBODY) this.status[place] = HARMLESS;
    else if (!isInGroup) this.decidedBy[place] = only;
    return only !== NOBODY && isInGroup;
  }

  private tryBlock(places: readonly number[]): void {
    // Some were decided by the blocks before.
    const open = places.filter((place) => this.status[place] === OPEN);
    if (open.length === 0) return;
    const hit = this.lanes.run(open, { bit: this.bit, status: this.status, maxDepth: Number.POSITIVE_INFINITY });
    if (hit !== undefined) {
      for (const place of this.lanes.failedIn(~hit)) this.status[place] = HARMLESS;
    }
    this.lanes.clear();
    open.forEach((place, lane) => {
      if (hit === undefined) this.status[place] = UNTRIED;
      else if (((hit >>> lane) & 1) === 1) this.spreadBack(HARMFUL, (edge) => this.graph.groups[edge] === ALONE, place);
    });
  }

  /** Decides an open place by the one that decides it. In a circle nothing does: no harm leaves it. */
  private settle(start: number): void {
    const way: number[] = [];
    let place = start;
    while (this.status[place] === OPEN) {
      this.status[place] = ON_WAY;
      way.push(place);
      place = integerAt(this.decidedBy, place);
    }
    const status = this.status[place] === ON_WAY ? HARMLESS : numberAt(this.status, place);
    for (const each of way) this.status[each] = status;
  }
}
