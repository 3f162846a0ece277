import { finished } from '../finished.js';
import { GrowingNumbers } from './growing-numbers.js';
import { WORK_KINDS } from './need.js';
import { totalOf } from './sparse-vector.js';
import type { SparseVector } from './sparse-vector.js';
import type { WeighedCapabilities, WeighedNeed, WeighedText } from './weighed-need.js';

/** Bits of what is kept of a need in one byte; the kind of work lies above them. */
const DESCRIBED = 1;
const DECLARED = 2;
const WORK_KIND_SHIFT = 2;
/** Vectors of a need behind its texts: what it says of capabilities, and its concepts; and of one with declarations what its texts alone say of capabilities. */
const BEHIND_TEXTS = 4;
const OF_CAPABILITIES = 3;

/** Needs that are packed, or numbered, in about a millisecond. */
export const NEEDS_OF_A_STEP = 64;

interface PackedVectors {
  /** By need, its first vector; one more at the end. */
  readonly firstVectors: Int32Array;
  readonly bits: Uint8Array;
  /** By vector, where it begins; one more at the end. */
  readonly starts: Int32Array;
  readonly norms: Float64Array;
  readonly indices: Int32Array;
  readonly values: Float32Array;
  readonly words: number;
  readonly concepts: number;
}

/**
 * Weighed needs in a few long arrays, some hundreds of bytes each: as objects of their own they take several times that.
 * A need is a run of vectors: two of each name (words, content), two of the description if there is one, the capabilities,
 * those of the title, those next to them, the concepts; where something is declared beside, the capabilities once more as the
 * texts alone tell them.
 */
export class PackedNeeds {
  /** One more than the largest number of a word. */
  readonly words: number;
  /** The same of a capability or concept. */
  readonly concepts: number;

  private constructor(
    readonly size: number,
    private readonly packed: PackedVectors,
  ) {
    this.words = packed.words;
    this.concepts = packed.concepts;
  }

  /** @param needs - each is read once and not kept, so that they can be made on the way. */
  static of(needs: Iterable<WeighedNeed>): PackedNeeds {
    return finished(PackedNeeds.stepsOf(needs));
  }

  /** The same in steps of a millisecond, for whoever has other things to do in between. */
  static *stepsOf(needs: Iterable<WeighedNeed>): Generator<void, PackedNeeds> {
    const packer = new Packer();
    let size = 0;
    for (const need of needs) {
      packer.add(need);
      size++;
      if (size % NEEDS_OF_A_STEP === 0) yield;
    }
    return new PackedNeeds(size, packer.finish());
  }

  /**
   * A need as it was weighed; its vectors share the arrays.
   * @throws RangeError for a number that no need has.
   */
  need(number: number): WeighedNeed {
    if (!(number >= 0 && number < this.size)) throw new RangeError(`need ${number} of ${this.size}`);
    const { bits, firstVectors } = this.packed;
    const flags = bits[number] ?? 0;
    const isDeclared = (flags & DECLARED) !== 0;
    const behind = BEHIND_TEXTS + (isDeclared ? OF_CAPABILITIES : 0);
    const capabilities = (firstVectors[number + 1] ?? 0) - behind;
    const namesEnd = (flags & DESCRIBED) === 0 ? capabilities : capabilities - 2;
    const names: WeighedText[] = [];
    for (let at = firstVectors[number] ?? 0; at < namesEnd; at += 2) names.push(this.text(at));
    const need: WeighedNeed = {
      names,
      description: namesEnd < capabilities ? this.text(namesEnd) : undefined,
      ...this.capabilities(capabilities),
      concepts: this.vector(capabilities + OF_CAPABILITIES),
      workKind: WORK_KINDS[flags >> WORK_KIND_SHIFT] ?? 'NEW',
      byTexts: undefined,
    };
    if (!isDeclared) return need;
    return { ...need, byTexts: { ...need, ...this.capabilities(capabilities + BEHIND_TEXTS) } };
  }

  private capabilities(at: number): WeighedCapabilities {
    const capabilities = this.vector(at);
    return {
      capabilities,
      capabilityTotal: totalOf(capabilities),
      titleCapabilities: this.vector(at + 1),
      nextCapabilities: this.vector(at + 2),
    };
  }

  private text(words: number): WeighedText {
    return { words: this.vector(words), content: this.vector(words + 1) };
  }

  private vector(at: number): SparseVector {
    const { indices, values, starts, norms } = this.packed;
    return {
      indices,
      values,
      from: starts[at] ?? 0,
      to: starts[at + 1] ?? 0,
      norm: norms[at] ?? 0,
      spread: undefined,
    };
  }
}

class Packer {
  private readonly firstVectors = new GrowingNumbers((length) => new Int32Array(length));
  private readonly bits = new GrowingNumbers((length) => new Uint8Array(length));
  private readonly starts = new GrowingNumbers((length) => new Int32Array(length));
  private readonly norms = new GrowingNumbers((length) => new Float64Array(length));
  private readonly indices = new GrowingNumbers((length) => new Int32Array(length));
  private readonly values = new GrowingNumbers((length) => new Float32Array(length));
  private words = 0;
  private concepts = 0;

  add(need: WeighedNeed): void {
    this.firstVectors.push(this.starts.length);
    this.bits.push(bitsOf(need));
    for (const { words, content } of textsOf(need)) {
      this.addVector(words);
      this.addVector(content);
      this.words = Math.max(this.words, endOf(words));
    }
    this.addCapabilities(need);
    this.addVector(need.concepts);
    this.concepts = Math.max(this.concepts, endOf(need.concepts));
    if (need.byTexts !== undefined) this.addCapabilities(need.byTexts);
  }

  finish(): PackedVectors {
    this.firstVectors.push(this.starts.length);
    this.starts.push(this.indices.length);
    return {
      firstVectors: this.firstVectors.finish(),
      bits: this.bits.finish(),
      starts: this.starts.finish(),
      norms: this.norms.finish(),
      indices: this.indices.finish(),
      values: this.values.finish(),
      words: this.words,
      concepts: this.concepts,
    };
  }

  private addCapabilities({ capabilities, titleCapabilities, nextCapabilities }: WeighedCapabilities): void {
    this.addVector(capabilities);
    this.addVector(titleCapabilities);
    this.addVector(nextCapabilities);
    this.concepts = Math.max(this.concepts, endOf(capabilities), endOf(nextCapabilities));
  }

  private addVector({ indices, values, from, to, norm }: SparseVector): void {
    this.starts.push(this.indices.length);
    this.norms.push(norm);
    for (let at = from; at < to; at++) {
      this.indices.push(indices[at] ?? 0);
      this.values.push(values[at] ?? 0);
    }
  }
}

/** The names, and the description if there is one. */
export function textsOf({ names, description }: WeighedNeed): readonly WeighedText[] {
  return description === undefined ? names : [...names, description];
}

function bitsOf({ description, workKind, byTexts }: WeighedNeed): number {
  const bits = (description === undefined ? 0 : DESCRIBED) | (byTexts === undefined ? 0 : DECLARED);
  return bits | (WORK_KINDS.indexOf(workKind) << WORK_KIND_SHIFT);
}

/** One more than the largest index of a vector; 0 where it is empty. */
function endOf({ indices, from, to }: SparseVector): number {
  return from === to ? 0 : (indices[to - 1] ?? 0) + 1;
}
