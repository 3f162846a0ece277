import { STATE_BITS } from './impact-states.js';

/** Marks of this walk are at least this; each walk has a stamp of its own, so nothing has to be cleared between walks. */
const STAMP_STEP = 1 << STATE_BITS;
const STAMP_END = 2 ** 31 - STAMP_STEP;

/** Arrays that a walk writes to, indexed by seq or by position in a queue; what is in them from before means nothing. */
export class WalkScratch {
  /** Of each element: the stamp of the walk that marked it last, and its bits. */
  readonly marks: Int32Array;
  /** Of each element that was marked: its last position in the queue. */
  readonly slots: Int32Array;
  /** Elements that were found. */
  readonly found: Int32Array;
  /** Elements to go on from: one may stand there once for each bit it got, the origin once more. */
  readonly queue: Int32Array;
  /** The bits they go on with. */
  readonly pending: Uint8Array;
  stamp = 0;

  constructor(readonly bound: number) {
    this.marks = new Int32Array(bound);
    this.slots = new Int32Array(bound);
    this.found = new Int32Array(bound);
    this.queue = new Int32Array(bound * STATE_BITS + 1);
    this.pending = new Uint8Array(bound * STATE_BITS + 1);
  }

  begin(): this {
    this.stamp += STAMP_STEP;
    if (this.stamp >= STAMP_END) {
      this.marks.fill(0);
      this.stamp = STAMP_STEP;
    }
    return this;
  }

  release(): void {
    if (idle.length < IDLE_MAXIMUM) idle.push(this);
  }
}

/** No walk needs more than one for each of its two sides. */
const IDLE_MAXIMUM = 2;
const idle: WalkScratch[] = [];

/**
 * A scratch for one walk, to be released when all that is needed was copied out of it. Released ones are used again; a
 * walk begun while others are under way gets one of its own, so none can see the marks of another.
 */
export function takeScratch(bound: number): WalkScratch {
  let taken = idle.pop();
  if (taken === undefined || taken.bound < bound) taken = new WalkScratch(bound);
  return taken.begin();
}
