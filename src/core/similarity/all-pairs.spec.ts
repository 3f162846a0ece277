import * as fc from 'fast-check';
import { drawnNeeds, weighedNeed } from '../../../test/support/weighed-needs.js';
import { alikePairs, alikeScores } from './all-pairs.js';
import type { AlikePair } from './all-pairs.js';
import { NeedIndex } from './need-index.js';
import type { SearchBounds } from './need-index.js';
import { MEASURES, MEASURES_VERSION } from './pair-measure.js';
import { modelPair } from './pair-model.js';
import type { JudgedPair, PairModel } from './pair-model.js';
import type { WeighedNeed } from './weighed-need.js';

const SAME = { slope: 1, intercept: 0 };
const MODEL: PairModel = {
  version: 'made up',
  measures: MEASURES_VERSION,
  match: { baseline: -3, weights: MEASURES.map((_, at) => 2 - 0.3 * at) },
  concern: { baseline: -1, weights: MEASURES.map(() => 0.5) },
  calibration: { covered: SAME, uncovered: { slope: 0.8, intercept: -0.1 } },
  thresholds: { duplicate: { covered: 0.8, uncovered: 0.8 }, overlap: 0.4, related: 0.5 },
  trained: { data: '', titles: 0, pairs: 0, seed: 0, catalogue: '' },
};
const NO_BOUNDS: SearchBounds = { limit: Number.MAX_SAFE_INTEGER, postings: Number.MAX_SAFE_INTEGER };

function pairsAmong(
  needs: readonly WeighedNeed[],
  isTold: (pair: JudgedPair) => boolean = () => true,
  bounds?: SearchBounds,
): AlikePair[] {
  return [...alikePairs(NeedIndex.of(needs), MODEL, isTold, bounds)].flatMap(({ pairs }) => pairs);
}

/** Pairs as text, whatever order they are found in; scores to a part that rounding does not reach. */
function asSet(pairs: readonly AlikePair[], idOf: (number: number) => number): string[] {
  return pairs
    .map(({ left, right, score, band }) => {
      const ids = [idOf(left), idOf(right)].toSorted((a, b) => a - b);
      return `${ids.join(' ')} ${score.toFixed(9)} ${band}`;
    })
    .toSorted();
}

describe('all pairs of a list', () => {
  it('are none in an empty list, and none with a need that says nothing', () => {
    const nothing = weighedNeed({ words: [] });
    const pairs = pairsAmong([nothing, weighedNeed({ words: [1] }), nothing, weighedNeed({ words: [1] })]);
    expect(pairsAmong([])).toEqual([]);
    expect(pairs.map(({ left, right }) => [left, right])).toEqual([[1, 3]]);
  });

  it('come one need after the other, so that whoever asks can stop', () => {
    const needs = [weighedNeed({ words: [1] }), weighedNeed({ words: [1] }), weighedNeed({ words: [2] })];
    const steps = [...alikePairs(NeedIndex.of(needs), MODEL, () => true)];
    expect(steps.map(({ pairs }) => pairs.length)).toEqual([1, 0, 0]);
  });

  it('are the same where only how alike they are is asked for', () => {
    fc.assert(
      fc.property(drawnNeeds, fc.double({ min: 0, max: 1 }), (needs, least) => {
        const isTold = ({ score }: JudgedPair) => score >= least;
        const scores = [...alikeScores(NeedIndex.of(needs), MODEL, isTold)].flatMap(({ pairs }) => pairs);
        const explained = pairsAmong(needs, isTold);
        expect(scores).toEqual(explained.map(({ left, right, score, band }) => ({ left, right, score, band })));
      }),
    );
  });

  it('say where there may be more than there was room for', () => {
    const needs = Array.from({ length: 4 }, () => weighedNeed({ words: [1] }));
    const cut = (limit: number, isTold = true): boolean[] => {
      const bounds = { limit, postings: NO_BOUNDS.postings };
      return Array.from(
        alikePairs(NeedIndex.of(needs), MODEL, () => isTold, bounds),
        ({ isCut }) => isCut,
      );
    };
    expect(cut(3)).toEqual([true, true, true, true]);
    expect(cut(5)).toEqual([false, false, false, false]);
    expect(cut(3, false)).toEqual([false, false, false, false]);
  });

  it('are told once when one side finds the other and not the other way round', () => {
    // With one candidate beside itself the first finds the second, while the second and the third find each other.
    const needs = [
      [1, 5],
      [1, 2, 3],
      [1, 2, 3, 4],
    ].map((words) => weighedNeed({ words }));
    const bounds = { limit: 2, postings: NO_BOUNDS.postings };
    const found = pairsAmong(needs, undefined, bounds).map(({ left, right }) => [left, right]);
    expect(found).toEqual([
      [0, 1],
      [1, 2],
    ]);
  });

  it('are every pair that shares something, once, judged as the model judges it', () => {
    fc.assert(
      fc.property(drawnNeeds, (needs) => {
        const index = NeedIndex.of(needs);
        const expected = needs.flatMap((need, left) =>
          index
            .candidates(need, NO_BOUNDS)
            .flatMap((right) =>
              right > left ? [{ left, right, ...modelPair(MODEL, need, index.needs.need(right)) }] : [],
            ),
        );
        const byPlace = (one: AlikePair, other: AlikePair) => one.left - other.left || one.right - other.right;
        expect(pairsAmong(needs).toSorted(byPlace)).toEqual(expected.toSorted(byPlace));
      }),
    );
  });

  it('are those that are to be told, and no pair twice, however few candidates there are', () => {
    fc.assert(
      fc.property(drawnNeeds, fc.integer({ min: 1, max: 6 }), fc.double({ min: 0, max: 1 }), (needs, limit, least) => {
        const bounds = { limit, postings: 40 };
        const isTold = ({ score }: JudgedPair) => score >= least;
        const all = pairsAmong(needs, undefined, bounds);
        const told = pairsAmong(needs, isTold, bounds);
        const keys = all.map(({ left, right }) => `${left} ${right}`);
        expect(new Set(keys).size).toBe(keys.length);
        expect(all.every(({ left, right }) => left < right)).toBe(true);
        expect(asSet(told, Number)).toEqual(asSet(all.filter(isTold), Number));
      }),
    );
  });

  it('do not depend on the order of the list', () => {
    const shuffled = drawnNeeds.chain((needs) =>
      fc
        .shuffledSubarray([...needs.keys()], { minLength: needs.length, maxLength: needs.length })
        .map((order) => ({ needs, order })),
    );
    fc.assert(
      fc.property(shuffled, ({ needs, order }) => {
        const reordered = order.flatMap((number) => needs.slice(number, number + 1));
        expect(asSet(pairsAmong(reordered), (place) => order[place] ?? -1)).toEqual(asSet(pairsAmong(needs), Number));
      }),
    );
  });
});
