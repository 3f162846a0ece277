type Numbers = Int32Array | Float32Array | Float64Array | Uint8Array;

/** How much longer the array becomes when it is full: little is left empty, and each number is copied twice at most on average. */
const GROWTH = 1.5;
const FIRST_LENGTH = 1024;

/** A typed array that numbers are added to. */
export class GrowingNumbers<T extends Numbers> {
  length = 0;
  private held: T;

  /** @param make - makes an array of a length, filled with 0. */
  constructor(private readonly make: (length: number) => T) {
    this.held = make(FIRST_LENGTH);
  }

  push(value: number): void {
    if (this.length === this.held.length) this.resize(Math.ceil(GROWTH * this.length));
    this.held[this.length++] = value;
  }

  /** What was added, in an array of just that length; nothing may be added any more. */
  finish(): T {
    if (this.held.length !== this.length) this.resize(this.length);
    return this.held;
  }

  private resize(length: number): void {
    const longer = this.make(length);
    longer.set(this.held.subarray(0, this.length));
    this.held = longer;
  }
}
