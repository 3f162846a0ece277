import { byteAt, integerAt } from '../number-at.js';
import type { TrialGraph } from './impact-trial-graph.js';
import { ALONE, LANES, LaneCounts } from './lane-counts.js';

/* What a place is to a walk of failures. */
/** No harm leads from it to the origin: it is not entered. */
export const OUTSIDE = 0;
/** Whether its failure alone would hurt the origin is open. */
export const OPEN = 1;
/** It would. */
export const HARMFUL = 2;
/** It would not. With others it may. */
export const HARMLESS = 3;
/** It stays open: finding out takes more than the effort that is left. */
export const UNTRIED = 4;

/** Effort that several walks share, in edges. */
export interface TrialBudget {
  readonly most: number;
  spent: number;
}

/** One walk. */
export interface LaneWalk {
  /** The bit that is spread. */
  readonly bit: number;
  /** By place, what it is. A failure that reaches a HARMFUL place is followed no further. */
  readonly status: Uint8Array;
  readonly maxDepth: number;
}

/**
 * Makes up to 32 places of a graph fail at once, each in a lane of its own, one step of everything at a time.
 */
export class Lanes {
  private readonly masks: Int32Array;
  private pending: Int32Array;
  private arriving: Int32Array;
  private current: Int32Array;
  private next: Int32Array;
  /** Number of places in `next`. */
  private end = 0;
  private readonly touched: Int32Array;
  private touchedCount = 0;
  private readonly counts: LaneCounts;

  constructor(
    private readonly graph: TrialGraph,
    private readonly budget: TrialBudget,
  ) {
    const { size, thresholds } = graph;
    this.masks = new Int32Array(size);
    this.pending = new Int32Array(size);
    this.arriving = new Int32Array(size);
    this.current = new Int32Array(size);
    this.next = new Int32Array(size);
    this.touched = new Int32Array(size);
    this.counts = new LaneCounts(thresholds);
  }

  /**
   * Follows failures until nothing more fails.
   * @returns the lanes in which something HARMFUL fails; undefined where the effort ran out before that was clear. What
   *   failed is told by `failedIn` until `clear` is called.
   */
  run(failing: readonly number[], walk: LaneWalk): number | undefined {
    let count = 0;
    failing.forEach((place, lane) => {
      this.touch(place);
      this.masks[place] = this.pending[place] = 1 << lane;
      this.current[count++] = place;
    });
    const all = failing.length === LANES ? -1 : (1 << failing.length) - 1;
    let hit = 0;
    for (let depth = 0; count > 0 && hit !== all && depth < walk.maxDepth; depth += 1) {
      this.end = 0;
      for (let at = 0; at < count; at += 1) {
        if (this.budget.spent > this.budget.most) return undefined;
        const place = integerAt(this.current, at);
        const bits = integerAt(this.pending, place) & ~hit;
        this.pending[place] = 0;
        if (bits !== 0) hit |= this.goOn(place, bits, walk);
      }
      count = this.end;
      [this.pending, this.arriving] = [this.arriving, this.pending];
      [this.current, this.next] = [this.next, this.current];
    }
    return hit;
  }

  /** What failed in one of these lanes or several. */
  *failedIn(lanes: number): Generator<number> {
    for (let at = 0; at < this.touchedCount; at += 1) {
      const place = integerAt(this.touched, at);
      if ((integerAt(this.masks, place) & lanes) !== 0) yield place;
    }
  }

  clear(): void {
    for (let at = 0; at < this.touchedCount; at += 1) {
      const place = integerAt(this.touched, at);
      this.masks[place] = this.pending[place] = this.arriving[place] = 0;
    }
    this.touchedCount = 0;
    this.counts.clear();
  }

  /** Lets what failed in some lanes be felt one step on; the lanes in which that is HARMFUL. */
  private goOn(place: number, bits: number, { bit, status }: LaneWalk): number {
    const { starts, targets, passes, groups } = this.graph;
    const last = integerAt(starts, place + 1);
    let hit = 0;
    this.budget.spent += 1 + last - integerAt(starts, place);
    for (let edge = integerAt(starts, place); edge < last; edge += 1) {
      if ((byteAt(passes, edge) & bit) === 0) continue;
      const target = integerAt(targets, edge);
      const role = byteAt(status, target);
      if (role === OUTSIDE) continue;
      const group = integerAt(groups, edge);
      let arrived = bits & ~integerAt(this.masks, target);
      if (arrived !== 0 && group !== ALONE) arrived = this.counts.add(group, arrived);
      if (arrived === 0) continue;
      if (role === HARMFUL) hit |= arrived;
      else this.enter(target, arrived);
    }
    return hit;
  }

  private enter(place: number, arrived: number): void {
    const mask = integerAt(this.masks, place);
    if (mask === 0) this.touch(place);
    this.masks[place] = mask | arrived;
    const arriving = integerAt(this.arriving, place);
    if (arriving === 0) this.next[this.end++] = place;
    this.arriving[place] = arriving | arrived;
  }

  private touch(place: number): void {
    this.touched[this.touchedCount] = place;
    this.touchedCount += 1;
  }
}
