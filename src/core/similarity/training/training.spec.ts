import { randomNumbers } from '../../random-numbers.js';
import { sparseVector } from '../sparse-vector.js';
import type { WeighedNeed } from '../weighed-need.js';
import { knownPairs } from './labelled-pairs.js';
import type { LabelledTitle } from './labelled-pairs.js';
import { fitLogistic } from './logistic-regression.js';
import { averagePrecision, bestF, calibrationError, precisionAndRecall } from './quality.js';
import { trainModel } from './train-model.js';

function title(id: string, functionCode: string, workCode = 'B'): LabelledTitle {
  return { id, functionCode, workCode };
}

describe('known pairs', () => {
  const titles = [
    title('a', 'MAIL'),
    title('b', 'MAIL'),
    title('c', 'MAIL', 'U'),
    title('d', 'LAND'),
    title('e', 'MAP'),
  ];

  it('are the listed ones, and those that follow from functions and work', () => {
    const { pairs, groups } = knownPairs(titles, [{ left: 'd', right: 'e', label: 'OVERLAP' }]);
    const labels = Object.fromEntries(
      pairs.map(({ left, right, label }) => [`${titles[left]?.id}${titles[right]?.id}`, label]),
    );
    expect(labels).toMatchObject({ ab: 'DUPLICATE', ac: 'RELATED', bc: 'RELATED', ad: 'DISTINCT', de: 'OVERLAP' });
    expect(pairs).toHaveLength(10);
    expect(groups[0]).toBe(groups[2]);
    expect(groups[3]).toBe(groups[4]);
    expect(groups[0]).not.toBe(groups[3]);
  });

  it('leave out what two listed pairs of the same functions tell differently', () => {
    const more = [...titles, title('f', 'LAND'), title('g', 'MAP')];
    const { pairs } = knownPairs(more, [
      { left: 'd', right: 'e', label: 'OVERLAP' },
      { left: 'f', right: 'g', label: 'RELATED' },
    ]);
    const between = pairs.filter(
      ({ left, right }) => more[left]?.functionCode === 'LAND' && more[right]?.functionCode === 'MAP',
    );
    expect(between.map(({ label }) => label).toSorted()).toEqual(['OVERLAP', 'RELATED']);
  });

  it('of a function with very many titles count as few', () => {
    const many = Array.from({ length: 12 }, (_, at) => title(`t${at}`, 'MAIL'));
    const { pairs } = knownPairs(many, []);
    expect(pairs.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(15, 9);
  });

  it('without codes are the listed ones alone', () => {
    const bare = titles.map(({ id }) => ({ id, functionCode: undefined, workCode: undefined }));
    expect(knownPairs(bare, [{ left: 'a', right: 'b', label: 'DUPLICATE' }]).pairs).toEqual([
      { left: 0, right: 1, label: 'DUPLICATE', weight: 1 },
    ]);
    expect(() => knownPairs(bare, [{ left: 'a', right: 'z', label: 'DUPLICATE' }])).toThrow(RangeError);
  });
});

describe('logistic regression', () => {
  it('finds the weights that data were drawn with', () => {
    const random = randomNumbers(3);
    const observations = Array.from({ length: 20_000 }, () => {
      const measures = [random() * 4 - 2, random() * 4 - 2];
      const logOdds = -0.5 + 1.5 * (measures[0] ?? 0) - 0.8 * (measures[1] ?? 0);
      return { measures, isMatch: random() < 1 / (1 + Math.exp(-logOdds)), weight: 1 };
    });
    const { baseline, weights } = fitLogistic(observations, 1);
    expect(baseline).toBeCloseTo(-0.5, 1);
    expect(weights[0]).toBeCloseTo(1.5, 1);
    expect(weights[1]).toBeCloseTo(-0.8, 1);
  });

  it('gives no weight to what never varies', () => {
    const observations = [0, 1, 2, 3].map((x) => ({ measures: [x, 7], isMatch: x > 1, weight: 1 }));
    expect(fitLogistic(observations, 1).weights[1]).toBe(0);
  });
});

describe('quality', () => {
  const pairs = [
    { score: 0.9, isMatch: true, weight: 1 },
    { score: 0.8, isMatch: false, weight: 1 },
    { score: 0.6, isMatch: true, weight: 1 },
    { score: 0.1, isMatch: false, weight: 1 },
  ];

  it('is read from the order', () => {
    expect(averagePrecision(pairs)).toBeCloseTo((1 + 2 / 3) / 2, 12);
    expect(averagePrecision([])).toBe(0);
    expect(precisionAndRecall(pairs, 0.7)).toEqual({ precision: 0.5, recall: 0.5 });
    expect(bestF(pairs)).toEqual({ value: 0.8, threshold: 0.6 });
  });

  it('asks of a probability that it comes true as often as it says', () => {
    expect(calibrationError(pairs)).toBeCloseTo((0.1 + 0.8 + 0.4 + 0.1) / 4, 12);
  });
});

describe('training', () => {
  const empty = sparseVector(new Map());
  const need = (word: number): WeighedNeed => {
    const words = sparseVector(
      new Map([
        [word, 1],
        [100 + word, 2],
      ]),
    );
    return {
      names: [{ words, content: words }],
      description: undefined,
      capabilities: empty,
      capabilityTotal: 0,
      titleCapabilities: empty,
      nextCapabilities: empty,
      concepts: empty,
      workKind: 'NEW',
      byTexts: undefined,
    };
  };
  const titles = Array.from({ length: 30 }, (_, at) => title(`t${at}`, `F${at % 10}`));
  const needs = titles.map((_, at) => ({ covered: need(at % 10), masked: need(at % 10) }));
  const known = knownPairs(titles, []);

  it('tells what is alike from what is not, and gives the same model for the same pairs', () => {
    const { model, unseen } = trainModel(needs, known, { ridge: 1, folds: 5 });
    expect(trainModel(needs, known, { ridge: 1, folds: 5 }).model).toEqual(model);
    expect(unseen).toHaveLength(known.pairs.length);
    expect(
      averagePrecision(
        unseen.map(({ covered, label, weight }) => ({
          score: covered.score,
          isMatch: label === 'DUPLICATE',
          weight,
        })),
      ),
    ).toBe(1);
    expect(model.thresholds.overlap).toBeLessThanOrEqual(model.thresholds.duplicate.covered);
    expect(model.thresholds.overlap).toBeLessThanOrEqual(model.thresholds.duplicate.uncovered);
  });

  it('learns from a dismissed pair that it is no match, and nothing of what is related', () => {
    const dismissed = [
      ...known.pairs,
      ...known.pairs.slice(0, 40).map((pair) => ({ ...pair, label: 'DISMISSED' as const })),
    ];
    const taught = trainModel(needs, { ...known, pairs: dismissed }, { ridge: 1, folds: 5 }).model;
    const without = trainModel(needs, known, { ridge: 1, folds: 5 }).model;
    expect(taught.concern).toEqual(without.concern);
    expect(taught.match).not.toEqual(without.match);
    expect(taught.thresholds.related).toBe(without.thresholds.related);
  });
});
