import { textsOf } from './packed-needs.js';
import type { SparseVector } from './sparse-vector.js';
import type { WeighedNeed } from './weighed-need.js';

/**
 * What capabilities count beside words; as both sides have it, it counts squared. Among 100,000 titles thousands share a
 * capability: with more of it they crowd out those that say the same (of titles said again in other words 0.5 finds 97 in
 * 100, 2 finds 93), and with none those that say it in words of their own are not found.
 */
const CAPABILITY_BOOST = 0.5;
/** The same of what is next to them: enough to be found by it alone where little is known, less than any word of its own. */
const NEXT_BOOST = 0.2;
const MOST_AT_FIRST = 256;

/** Where the indices of a vector are numbered from, how many there are, and what each counts. */
interface FeatureSpace {
  readonly base: number;
  readonly size: number;
  readonly factor: number;
}

/**
 * The words and capabilities of one need after the other, in arrays that are used again. Every word of the names and the
 * description counts once, at its heaviest; capabilities are numbered behind the words.
 */
export class NeedFeatures {
  count = 0;
  /** The first `count` are those of the need that was read last. */
  numbers = new Int32Array(MOST_AT_FIRST);
  /** By number of the feature, how much it says of the need that was read last; 0 for what it does not have. */
  readonly weights: Float32Array;

  /** How many words and capabilities are known; others are left out, for no known need has them. */
  constructor(
    private readonly words: number,
    private readonly capabilities: number,
  ) {
    this.weights = new Float32Array(words + capabilities);
  }

  /** What a need is found by. */
  read(need: WeighedNeed): void {
    for (let at = 0; at < this.count; at++) this.weights[this.numbers[at] ?? 0] = 0;
    this.count = 0;
    for (const { words } of textsOf(need)) this.add(words, { base: 0, size: this.words, factor: 1 });
    this.add(need.capabilities, { base: this.words, size: this.capabilities, factor: CAPABILITY_BOOST });
  }

  /** What a need looks for: what it would be found by, and what has something next to its capabilities. */
  readAsked(need: WeighedNeed): void {
    this.read(need);
    this.add(need.nextCapabilities, { base: this.words, size: this.capabilities, factor: NEXT_BOOST });
  }

  private add({ indices, values, from, to, norm }: SparseVector, { base, size, factor }: FeatureSpace): void {
    for (let at = from; at < to; at++) {
      const index = indices[at] ?? 0;
      if (index >= size) continue;
      const number = base + index;
      const before = this.weights[number] ?? 0;
      if (before === 0) this.push(number);
      this.weights[number] = Math.max(before, (factor * (values[at] ?? 0)) / norm);
    }
  }

  private push(number: number): void {
    if (this.count === this.numbers.length) {
      const longer = new Int32Array(2 * this.count);
      longer.set(this.numbers);
      this.numbers = longer;
    }
    this.numbers[this.count++] = number;
  }
}
