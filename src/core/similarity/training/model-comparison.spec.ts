import { compareModels, formatComparison, modelQuality, ordersWorse } from './model-comparison.js';
import type { JudgedLabel } from './model-comparison.js';

const pair = (label: JudgedLabel['label'], band: JudgedLabel['band'], score: number, weight = 1): JudgedLabel => ({
  label,
  band,
  score,
  weight,
});

const RIGHT = [
  pair('DUPLICATE', 'DUPLICATE', 1),
  pair('DUPLICATE', 'DUPLICATE', 1),
  pair('OVERLAP', 'OVERLAP', 1),
  pair('DISTINCT', 'DISTINCT', 0),
];
const WRONG = [
  pair('DUPLICATE', 'DISTINCT', 0.05),
  pair('DUPLICATE', 'DUPLICATE', 0.9),
  pair('OVERLAP', 'DUPLICATE', 0.9),
  pair('DISTINCT', 'OVERLAP', 0.6),
];

describe('how a model does', () => {
  it('is perfect where every pair is called what it is, and knows nothing of a band that is not there', () => {
    expect(Object.fromEntries(modelQuality(RIGHT))).toEqual({
      'average precision': 1,
      'best F1': 1,
      'calibration error from 0.1 on': 0,
      'DUPLICATE precision': 1,
      'DUPLICATE recall': 1,
      'OVERLAP precision': 1,
      'OVERLAP recall': 1,
      'RELATED precision': null,
      'RELATED recall': null,
    });
  });

  it('holds a dismissed pair against duplicates and overlaps, and not against what is related', () => {
    const dismissed = [pair('DISMISSED', 'RELATED', 0.1), pair('DISMISSED', 'OVERLAP', 0.6)];
    const quality = modelQuality([...RIGHT, pair('RELATED', 'RELATED', 0.2), ...dismissed]);
    expect([quality.get('RELATED precision'), quality.get('OVERLAP precision')]).toEqual([1, 1 / 2]);
  });

  it('counts pairs by their weights, and errors of calibration where somebody would look', () => {
    const quality = modelQuality([...WRONG, pair('DISTINCT', 'DUPLICATE', 0.95, 2)]);
    expect(quality.get('DUPLICATE precision')).toBe(1 / 4);
    expect(quality.get('DUPLICATE recall')).toBe(1 / 2);
    expect(modelQuality([pair('DUPLICATE', 'DISTINCT', 0.05)]).get('calibration error from 0.1 on')).toBe(0);
    expect(modelQuality([pair('DISTINCT', 'DUPLICATE', 0.9)]).get('calibration error from 0.1 on')).toBeCloseTo(0.9, 9);
  });
});

describe('two models beside each other', () => {
  it('are told apart by a plain sentence where the new one is worse', () => {
    const text = formatComparison(compareModels(modelQuality(RIGHT), modelQuality(WRONG)));
    expect(text).toContain('THE NEW MODEL IS WORSE in 7 of 9: average precision, best F1, calibration error');
    expect(text).toMatch(/DUPLICATE recall +1\.000 +0\.500 {2}worse/);
    expect(text).toMatch(/RELATED recall +- +-\n/);
  });

  it('do not differ in how precise a band is that one of them never calls', () => {
    const never = RIGHT.map((each) => ({ ...each, band: 'DISTINCT' as const }));
    const compared = compareModels(modelQuality(RIGHT), modelQuality(never));
    const isWorse = (wanted: string): boolean | undefined =>
      compared.find(({ measure }) => measure === wanted)?.isWorse;
    expect([isWorse('OVERLAP precision'), isWorse('OVERLAP recall')]).toEqual([false, true]);
  });

  it('are the same where nothing differs, and better the other way round', () => {
    for (const before of [RIGHT, WRONG]) {
      const text = formatComparison(compareModels(modelQuality(before), modelQuality(RIGHT)));
      expect(text).toContain('worse in none');
    }
  });
});

describe('a new model', () => {
  const [right, wrong] = [modelQuality(RIGHT), modelQuality(WRONG)];

  it('does not take the place of one that orders pairs better which neither had seen', () => {
    expect(ordersWorse(compareModels(right, wrong), false)).toBe(true);
    expect(ordersWorse(compareModels(wrong, right), false)).toBe(false);
    expect(ordersWorse(compareModels(right, right), false)).toBe(false);
  });

  it('is not held against one that had seen the pairs', () => {
    expect(ordersWorse(compareModels(right, wrong), true)).toBe(false);
  });
});
