import { byteAt, integerAt } from '../number-at.js';

/** Stands for no group: what is hit is felt at once. */
export const ALONE = -1;

/** How many things are followed at once: one bit each of a number. */
export const LANES = 32;

/**
 * Counts the members of groups that are hit, in 32 lanes at once.
 *
 * Bit `i` of plane `b` of a group is bit `b` of its count in lane `i`. A count begins so that it runs over just when the
 * group has lost one member too many.
 */
export class LaneCounts {
  /** By group, the position of its first plane; one more than there are groups. */
  private readonly starts: Int32Array;
  private readonly planes: Int32Array;
  private readonly isCounting: Uint8Array;
  private readonly counting: number[] = [];

  /** @param thresholds - by group, how many members have to be hit before it is felt; at least 2. */
  constructor(private readonly thresholds: Int32Array) {
    this.starts = new Int32Array(thresholds.length + 1);
    thresholds.forEach((threshold, group) => {
      this.starts[group + 1] = integerAt(this.starts, group) + 32 - Math.clz32(threshold - 1);
    });
    this.planes = new Int32Array(integerAt(this.starts, thresholds.length));
    this.isCounting = new Uint8Array(thresholds.length);
  }

  /** Counts one more hit member of a group in some lanes; the lanes in which it is the one too many. */
  add(group: number, lanes: number): number {
    const [start, end] = [integerAt(this.starts, group), integerAt(this.starts, group + 1)];
    if (byteAt(this.isCounting, group) === 0) this.begin(group, start, end);
    let carry = lanes;
    for (let at = start; at < end && carry !== 0; at += 1) {
      const plane = integerAt(this.planes, at);
      this.planes[at] = plane ^ carry;
      carry &= plane;
    }
    return carry;
  }

  /** Forgets all counts. */
  clear(): void {
    for (const group of this.counting) this.isCounting[group] = 0;
    this.counting.length = 0;
  }

  private begin(group: number, start: number, end: number): void {
    this.isCounting[group] = 1;
    this.counting.push(group);
    const first = 2 ** (end - start) - integerAt(this.thresholds, group);
    for (let at = start; at < end; at += 1) this.planes[at] = -((first >> (at - start)) & 1);
  }
}
