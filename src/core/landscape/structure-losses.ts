import { integerAt } from '../number-at.js';
import { ALONE, LANES, LaneCounts } from './lane-counts.js';
import type { LossGraph } from './loss-graph.js';
import { lossPlan } from './loss-plan.js';
import type { LossPlan, Stretch } from './loss-plan.js';

/** Bits of a count of elements. */
const COUNT_BITS = 31;

/**
 * How many others are lost with each element that stops. Gives up control after each block of 32 origins, so that a
 * caller can do something else in between; the result is what the generator returns.
 *
 * The closure of 32 origins is worked out in one sweep over the elements, each after all that it needs: bit `i` of an
 * element's mask says that it is lost with origin `i`. What is lost all together is one origin. Where elements need one
 * another through redundancy groups, what is newly lost is handed on until nothing is. With n elements and m needs among
 * them that makes (n + m) n / 32 steps, and at most m n where all is one circle through groups.
 * @returns one number a seq.
 */
export function* lostCounts(graph: LossGraph): Generator<void, Int32Array> {
  const counts = new Int32Array(graph.bound);
  const plan = lossPlan(graph);
  const sweep = new LossSweep(plan);
  const origins: number[] = [];
  // Nothing else is lost with what nobody else needs.
  for (let place = 0; place < plan.size; place += 1) if (takesOthers(plan, place)) origins.push(place);
  for (let first = 0; first < origins.length; first += LANES) {
    const block = origins.slice(first, first + LANES);
    sweep.run(block);
    block.forEach((place, lane) => {
      // Each origin is lost with itself.
      const lost = sweep.countIn(lane) - 1;
      for (const seq of seqsOf(plan, place)) counts[seq] = lost;
    });
    yield;
  }
  return counts;
}

function takesOthers({ starts, seqStarts }: LossPlan, place: number): boolean {
  const isNeeded = integerAt(starts, place + 1) > integerAt(starts, place);
  return isNeeded || weightOf(seqStarts, place) > 1;
}

function weightOf(seqStarts: Int32Array, place: number): number {
  return integerAt(seqStarts, place + 1) - integerAt(seqStarts, place);
}

function seqsOf({ seqs, seqStarts }: LossPlan, place: number): Int32Array {
  return seqs.subarray(integerAt(seqStarts, place), integerAt(seqStarts, place + 1));
}

/** Sweeps over a plan, 32 origins at a time. */
class LossSweep {
  /** By place, the lanes in which it is lost. */
  private readonly masks: Int32Array;
  /** By place of a circular stretch, the lanes that were not handed on yet; not zero just for those in the queue. */
  private readonly pending: Int32Array;
  private readonly groupCounts: LaneCounts;
  /** How many are lost in each lane: bit `i` of plane `b` is bit `b` of the count of lane `i`. */
  private readonly planes = new Int32Array(COUNT_BITS);

  constructor(private readonly plan: LossPlan) {
    this.masks = new Int32Array(plan.size);
    this.pending = new Int32Array(plan.size);
    this.groupCounts = new LaneCounts(plan.thresholds);
  }

  /** Loses some places, ascending, each in a lane of its own. */
  run(origins: readonly number[]): void {
    this.planes.fill(0);
    this.masks.fill(0);
    this.groupCounts.clear();
    origins.forEach((origin, lane) => (this.masks[origin] = 1 << lane));
    const first = origins[0] ?? 0;
    for (const stretch of this.plan.stretches) {
      // What comes before needs nothing that comes later.
      if (stretch.end <= first) continue;
      if (stretch.isCircular) this.circle(stretch);
      const from = stretch.isCircular ? stretch.start : Math.max(stretch.start, first);
      for (let place = from; place < stretch.end; place += 1) {
        const mask = integerAt(this.masks, place);
        if (mask === 0) continue;
        if (!stretch.isCircular) this.handOn(place, mask);
        this.count(mask, weightOf(this.plan.seqStarts, place));
      }
    }
  }

  countIn(lane: number): number {
    return this.planes.reduce((total, plane, bit) => total + (((plane >>> lane) & 1) << bit), 0);
  }

  /** Hands on what is lost until nothing new is, first come first served. */
  private circle({ start, end }: Stretch): void {
    let queue: number[] = [];
    for (let place = start; place < end; place += 1) {
      this.pending[place] = integerAt(this.masks, place);
      if (this.pending[place] !== 0) queue.push(place);
    }
    while (queue.length > 0) {
      const next: number[] = [];
      for (const place of queue) {
        const lanes = integerAt(this.pending, place);
        this.pending[place] = 0;
        this.handOn(place, lanes, (target, fresh) => {
          if (target >= end) return;
          const before = integerAt(this.pending, target);
          if (before === 0) next.push(target);
          this.pending[target] = before | fresh;
        });
      }
      queue = next;
    }
  }

  /** Loses what needs a place in the lanes in which that was lost. */
  private handOn(place: number, lanes: number, onLoss?: (target: number, fresh: number) => void): void {
    const { starts, targets, groups } = this.plan;
    const last = integerAt(starts, place + 1);
    for (let edge = integerAt(starts, place); edge < last; edge += 1) {
      const target = integerAt(targets, edge);
      const group = integerAt(groups, edge);
      const mask = integerAt(this.masks, target);
      let fresh = lanes & ~mask;
      if (fresh !== 0 && group !== ALONE) fresh = this.groupCounts.add(group, fresh);
      if (fresh === 0) continue;
      this.masks[target] = mask | fresh;
      onLoss?.(target, fresh);
    }
  }

  /** Counts what is lost in some lanes. */
  private count(lanes: number, weight: number): void {
    for (let from = 0; weight >> from !== 0; from += 1) {
      if (((weight >> from) & 1) === 0) continue;
      let carry = lanes;
      for (let bit = from; carry !== 0; bit += 1) {
        const plane = integerAt(this.planes, bit);
        this.planes[bit] = plane ^ carry;
        carry &= plane;
      }
    }
  }
}
