import { finished } from '../finished.js';
import { BestDocuments } from './best-documents.js';
import { NeedFeatures } from './need-features.js';
import { NeedSpreader } from './need-spreader.js';
import { NEEDS_OF_A_STEP, PackedNeeds } from './packed-needs.js';
import type { WeighedNeed } from './weighed-need.js';

/** How a query is bounded: work does not grow with what is known. */
export interface SearchBounds {
  /** Most candidates given. */
  readonly limit: number;
  /** Most postings read; the rarest words first, which are the telling ones. */
  readonly postings: number;
}

/** Bounds that lose next to nothing: what shares only words that very many have is not alike. */
export const DEFAULT_BOUNDS: SearchBounds = { limit: 400, postings: 20_000 };

interface Postings {
  /** By feature, where its postings begin; one more at the end. */
  readonly starts: Int32Array;
  readonly documents: Int32Array;
  readonly impacts: Float32Array;
}

/**
 * Finds the needs that are worth comparing with one, by the words and capabilities they share. Postings lie one after the
 * other in typed arrays, and a query is worked out in arrays that are there already: it leaves nothing behind.
 */
export class NeedIndex {
  private readonly features: NeedFeatures;
  private readonly spreader: NeedSpreader;
  private readonly sums: Float32Array;
  private readonly best: BestDocuments;
  private readonly touched: Int32Array;
  private touchedCount = 0;

  private constructor(
    /** The needs by number. */
    readonly needs: PackedNeeds,
    private readonly postings: Postings,
  ) {
    this.features = new NeedFeatures(needs.words, needs.concepts);
    this.spreader = new NeedSpreader(needs.words, needs.concepts);
    this.sums = new Float32Array(needs.size);
    this.touched = new Int32Array(needs.size);
    this.best = new BestDocuments(this.sums);
  }

  /** @param weighed - all of one measure; each is read once and not kept, so that they can be made on the way. */
  static of(weighed: Iterable<WeighedNeed>): NeedIndex {
    return finished(NeedIndex.stepsOf(weighed));
  }

  /** The same in steps of a millisecond, for whoever has other things to do in between. */
  static *stepsOf(weighed: Iterable<WeighedNeed>): Generator<void, NeedIndex> {
    const needs = yield* PackedNeeds.stepsOf(weighed);
    return new NeedIndex(needs, yield* postingsOf(needs));
  }

  /** The same need, fast to compare with many of these. It is good until the next one is asked for. */
  spread(need: WeighedNeed): WeighedNeed {
    return this.spreader.spread(need);
  }

  /** Numbers of the needs worth comparing with one, best first by a cheap sum, ties by number. */
  candidates(need: WeighedNeed, bounds: SearchBounds = DEFAULT_BOUNDS): number[] {
    this.addUp(need, bounds.postings);
    const { touched, touchedCount, sums } = this;
    const best = this.best.of(touched, touchedCount, bounds.limit);
    for (let at = 0; at < touchedCount; at++) sums[touched[at] ?? 0] = 0;
    this.touchedCount = 0;
    return best;
  }

  private addUp(need: WeighedNeed, budget: number): void {
    this.features.readAsked(need);
    const { numbers, count, weights } = this.features;
    this.rarestFirst(numbers, count);
    let left = budget;
    for (let at = 0; at < count; at++) {
      const number = numbers[at] ?? 0;
      left -= this.lengthOf(number);
      // The rarest is read whatever it costs: without it nothing would be found.
      if (left < 0 && this.touchedCount > 0) break;
      this.addPosting(number, weights[number] ?? 0);
    }
  }

  private lengthOf(number: number): number {
    const { starts } = this.postings;
    return (starts[number + 1] ?? 0) - (starts[number] ?? 0);
  }

  /** Sorts by insertion: a need has some tens of features. */
  private rarestFirst(numbers: Int32Array, count: number): void {
    for (let sorted = 1; sorted < count; sorted++) {
      const number = numbers[sorted] ?? 0;
      const length = this.lengthOf(number);
      let at = sorted;
      for (; at > 0; at--) {
        const before = numbers[at - 1] ?? 0;
        const difference = this.lengthOf(before) - length || before - number;
        if (difference <= 0) break;
        numbers[at] = before;
      }
      numbers[at] = number;
    }
  }

  private addPosting(number: number, weight: number): void {
    const { sums, touched } = this;
    const { starts, documents, impacts } = this.postings;
    const end = starts[number + 1] ?? 0;
    let count = this.touchedCount;
    for (let at = starts[number] ?? end; at < end; at++) {
      const document = documents[at] ?? 0;
      const before = sums[document] ?? 0;
      if (before === 0) touched[count++] = document;
      sums[document] = before + weight * (impacts[at] ?? 0);
    }
    this.touchedCount = count;
  }
}

function increase(numbers: Int32Array, at: number, by: number): void {
  numbers[at] = (numbers[at] ?? 0) + by;
}

/** Two walks over all needs: the first tells how long each posting list is, so that none has to grow. */
function* postingsOf(needs: PackedNeeds): Generator<void, Postings> {
  const features = new NeedFeatures(needs.words, needs.concepts);
  const starts = yield* startsOf(needs, features);
  const next = starts.slice();
  const documents = new Int32Array(starts.at(-1) ?? 0);
  const impacts = new Float32Array(documents.length);
  for (let document = 0; document < needs.size; document++) {
    features.read(needs.need(document));
    for (let at = 0; at < features.count; at++) {
      const number = features.numbers[at] ?? 0;
      const place = next[number] ?? 0;
      documents[place] = document;
      impacts[place] = features.weights[number] ?? 0;
      next[number] = place + 1;
    }
    if (document % NEEDS_OF_A_STEP === 0) yield;
  }
  return { starts, documents, impacts };
}

function* startsOf(needs: PackedNeeds, features: NeedFeatures): Generator<void, Int32Array> {
  const starts = new Int32Array(needs.words + needs.concepts + 1);
  for (let document = 0; document < needs.size; document++) {
    features.read(needs.need(document));
    for (let at = 0; at < features.count; at++) increase(starts, (features.numbers[at] ?? 0) + 1, 1);
    if (document % NEEDS_OF_A_STEP === 0) yield;
  }
  for (let at = 1; at < starts.length; at++) increase(starts, at, starts[at - 1] ?? 0);
  return starts;
}
