import type { SparseVector } from './sparse-vector.js';
import type { WeighedCapabilities, WeighedNeed, WeighedText } from './weighed-need.js';

interface Slot {
  readonly spread: Float32Array;
  vector: SparseVector;
}

/** Spreads the vectors of one need after the other, in arrays that are used again. */
export class NeedSpreader {
  private readonly words: Slots;
  private readonly concepts: Slots;

  /** How many words and concepts are known; a need can have no others in common with a known one. */
  constructor(words: number, concepts: number) {
    this.words = new Slots(words);
    this.concepts = new Slots(concepts);
  }

  /** The same need, fast to compare with many. It is good until the next one is spread. */
  spread(need: WeighedNeed): WeighedNeed {
    this.words.clear();
    this.concepts.clear();
    const text = ({ words, content }: WeighedText): WeighedText => ({
      words: this.words.spread(words),
      content: this.words.spread(content),
    });
    const { byTexts } = need;
    const spread: WeighedNeed = {
      names: need.names.map(text),
      description: need.description === undefined ? undefined : text(need.description),
      ...this.capabilitiesOf(need),
      concepts: this.concepts.spread(need.concepts),
      workKind: need.workKind,
      byTexts: undefined,
    };
    return byTexts === undefined
      ? spread
      : { ...spread, byTexts: { ...spread, ...this.capabilitiesOf(byTexts), byTexts: undefined } };
  }

  private capabilitiesOf(need: WeighedNeed): WeighedCapabilities {
    return {
      capabilities: this.concepts.spread(need.capabilities),
      capabilityTotal: need.capabilityTotal,
      titleCapabilities: this.concepts.spread(need.titleCapabilities),
      nextCapabilities: this.concepts.spread(need.nextCapabilities),
    };
  }
}

/** Arrays of one length, as many as a need had vectors at most. */
class Slots {
  private readonly slots: Slot[] = [];
  private used = 0;

  constructor(private readonly length: number) {}

  clear(): void {
    for (let at = 0; at < this.used; at++) {
      const slot = this.slots[at];
      if (slot !== undefined) fillWith(slot, () => 0);
    }
    this.used = 0;
  }

  spread(vector: SparseVector): SparseVector {
    const slot = (this.slots[this.used++] ??= { spread: new Float32Array(this.length), vector });
    slot.vector = vector;
    fillWith(slot, (value) => value);
    return { ...vector, spread: slot.spread };
  }
}

/** An index beyond the array is left out, as typed arrays do. */
function fillWith({ spread, vector: { indices, values, from, to } }: Slot, numberFor: (value: number) => number): void {
  for (let at = from; at < to; at++) spread[indices[at] ?? 0] = numberFor(values[at] ?? 0);
}
