import * as fc from 'fast-check';
import { readLanguageData } from '../../duplicates/language-data.reader.js';
import { readPairModel } from '../../duplicates/pair-model.reader.js';
import { foldVietnamese } from '../fold-vietnamese.js';
import { ConceptSpace } from './concept-space.js';
import { readNeed } from './need.js';
import type { Need } from './need.js';
import { MEASURES } from './pair-measure.js';
import { checkModel, modelPair } from './pair-model.js';
import type { ModelledPair } from './pair-model.js';
import { TextReader } from './text-reading.js';
import { NeedMeasure } from './weighed-need.js';
import type { WeighedNeed } from './weighed-need.js';

const TITLES = [
  'Thuê dịch vụ hệ thống thư điện tử công vụ tỉnh Lào Cai',
  'Xây dựng hệ thống email công vụ cho cán bộ Sở Y tế',
  'Nâng cấp hệ thống thư điện tử công vụ',
  'Phần mềm thư viện điện tử trường trung học',
  'Lắp đặt camera giám sát an ninh trật tự phường 5',
  'Hệ thống camera giám sát giao thông thông minh',
  'Xây dựng trung tâm giám sát, điều hành đô thị thông minh (IOC)',
  'Số hóa sổ hộ tịch trên địa bàn huyện',
  'Cơ sở dữ liệu đất đai thành phố',
  'Chợ phiên trực tuyến bán gốm thủ công',
];
const language = readLanguageData();
const reader = new TextReader(language, []);
const space = new ConceptSpace(language);
const model = readPairModel();

function needOfTitle(title: string, description: string | null = null): Need {
  return readNeed(reader, { names: [title], description, workType: 'UNKNOWN' });
}

function weighed(titles: readonly string[]): WeighedNeed[] {
  const needs = titles.map((title) => needOfTitle(title));
  const measure = new NeedMeasure(space);
  return needs.map((need) => measure.weigh(need));
}

function pairOf(needs: readonly WeighedNeed[], left: number, right: number): ModelledPair {
  const [one, other] = [needs[left], needs[right]];
  if (one === undefined || other === undefined) throw new RangeError(`${left}, ${right}`);
  return modelPair(model, one, other);
}

const place = fc.integer({ min: 0, max: TITLES.length - 1 });
const text = fc.array(fc.constantFrom(...TITLES.flatMap((title) => title.split(' '))), { maxLength: 12 });

describe('a pair of needs', () => {
  const needs = weighed(TITLES);

  it('is judged alike from both sides', () => {
    fc.assert(
      fc.property(place, place, (left, right) => {
        expect(pairOf(needs, left, right)).toEqual(pairOf(needs, right, left));
      }),
    );
  });

  it('has contributions that sum to the log-odds of its score', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const { logOdds, baseline, signals, score } = pairOf(weighed([one.join(' '), other.join(' ')]), 0, 1);
        expect(signals.reduce((sum, { contribution }) => sum + contribution, baseline)).toBeCloseTo(logOdds, 9);
        expect(score).toBeCloseTo(1 / (1 + Math.exp(-logOdds)), 12);
      }),
    );
  });

  it('is judged alike in whatever order the titles came', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(TITLES, { minLength: TITLES.length }), place, place, (titles, left, right) => {
        const [from, to] = [titles.indexOf(TITLES[left] ?? ''), titles.indexOf(TITLES[right] ?? '')];
        expect(pairOf(weighed(titles), from, to).score).toBeCloseTo(pairOf(needs, left, right).score, 6);
      }),
      { numRuns: 20 },
    );
  });

  it('of the same words is a duplicate, and more alike than either is to anything else', () => {
    const twice = weighed([...TITLES, ...TITLES]);
    for (const left of TITLES.keys()) {
      const same = pairOf(twice, left, left + TITLES.length);
      expect(same.band).toBe('DUPLICATE');
      for (const right of TITLES.keys()) {
        if (right !== left) expect(pairOf(twice, left, right).score).toBeLessThan(same.score);
      }
    }
  });

  it('is judged alike with and without marks', () => {
    const plain = weighed(TITLES.map(foldVietnamese));
    for (const left of TITLES.keys()) {
      for (const right of TITLES.keys()) {
        expect(pairOf(plain, left, right).band).toBe(pairOf(needs, left, right).band);
      }
    }
  });

  it('knows e-mail by another name, and from an e-library', () => {
    expect(pairOf(needs, 0, 1).score).toBeGreaterThan(model.thresholds.overlap);
    expect(pairOf(needs, 0, 3).band).toBe('DISTINCT');
  });

  it('is related where the work is another', () => {
    expect(pairOf(needs, 0, 2).score).toBeLessThan(pairOf(needs, 0, 1).score);
    expect(pairOf(needs, 0, 2).signals.find(({ name }) => name === 'WORK_TYPE')?.contribution).toBeLessThan(0);
  });

  it('of nothing resembles nothing', () => {
    const [nothing, ...rest] = weighed(['', ...TITLES]);
    for (const need of rest) {
      if (nothing !== undefined) expect(modelPair(model, nothing, need).band).toBe('DISTINCT');
    }
  });

  it('is weighed alike whether it stays or is only asked about', () => {
    const kept = TITLES.map((title) => needOfTitle(title));
    const measure = new NeedMeasure(space);
    const stored = kept.map((need) => measure.weigh(need));
    const asked = measure.beside().weighAsked(needOfTitle('Hộp thư điện tử của thợ gốm', 'gửi và nhận thư'));
    const again = measure.weigh(needOfTitle('Hộp thư điện tử của thợ gốm', 'gửi và nhận thư'));
    for (const each of stored) {
      expect(modelPair(model, asked, each).score).toBeCloseTo(modelPair(model, again, each).score, 9);
    }
  });
});

describe('a pair of which capabilities are declared', () => {
  const BANDS = ['DISTINCT', 'RELATED', 'OVERLAP', 'DUPLICATE'];
  const codes = language.capabilities.map(({ code }) => code);
  const someCodes = fc.uniqueArray(fc.constantFrom(...codes), { maxLength: 3 });
  const titles = fc.tuple(
    fc.oneof(
      fc.constantFrom(...TITLES),
      text.map((words) => words.join(' ')),
    ),
    text,
  );
  const measure = new NeedMeasure(space);
  const declaring = ([title, description]: readonly [string, readonly string[]], declared: string[]): WeighedNeed =>
    measure.weigh(needOfTitle(title, description.join(' ')), declared);
  const judged = (left: WeighedNeed, right: WeighedNeed): ModelledPair => modelPair(model, left, right);

  it('is never less alike for what both sides declare, and no worse than an overlap if it was as much', () => {
    fc.assert(
      fc.property(titles, titles, fc.constantFrom(...codes), (one, other, code) => {
        const before = judged(declaring(one, []), declaring(other, []));
        const after = judged(declaring(one, [code]), declaring(other, [code]));
        expect(after.score).toBeGreaterThanOrEqual(before.score);
        // A title of which nothing was known may now be known to say less than the other: a part of it.
        const least = Math.min(BANDS.indexOf(before.band), BANDS.indexOf('OVERLAP'));
        expect(BANDS.indexOf(after.band)).toBeGreaterThanOrEqual(least);
        expect(after.duplicateFrom).toBeLessThanOrEqual(before.duplicateFrom);
      }),
      { numRuns: 500 },
    );
  });

  it('is a duplicate still where the words are the same, whatever both or one of them declare', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TITLES), someCodes, fc.boolean(), (title, declared, both) => {
        const left = declaring([title, []], declared);
        expect(judged(left, declaring([title, []], both ? declared : [])).band).toBe('DUPLICATE');
      }),
    );
  });

  it('is judged alike from both sides, with contributions that sum to the log-odds', () => {
    fc.assert(
      fc.property(titles, titles, someCodes, someCodes, (one, other, mine, theirs) => {
        const [left, right] = [declaring(one, mine), declaring(other, theirs)];
        const pair = judged(left, right);
        expect(judged(right, left)).toEqual(pair);
        const sum = pair.signals.reduce((all, { contribution }) => all + contribution, pair.baseline);
        expect(sum).toBeCloseTo(pair.logOdds, 9);
      }),
    );
  });

  it('of which no words tell it is found alike by what is declared, and unlike where that differs', () => {
    const named = (title: string, declared: string[]): WeighedNeed => declaring([title, []], declared);
    const unknown = judged(named('Phần mềm Sao Mai', []), named('Nền tảng Hừng Đông', [])).score;
    const same = judged(named('Phần mềm Sao Mai', ['EMAIL']), named('Nền tảng Hừng Đông', ['EMAIL']));
    const oneSided = judged(named('Phần mềm Sao Mai', ['EMAIL']), named('Hệ thống thư điện tử', []));
    const other = judged(named('Phần mềm thư điện tử', ['EMAIL']), named('Hừng Đông thư điện tử', ['DATA_WAREHOUSE']));
    expect(same.score).toBeGreaterThan(3 * unknown);
    expect(oneSided.score).toBeGreaterThan(
      judged(named('Phần mềm Sao Mai', []), named('Hệ thống thư điện tử', [])).score,
    );
    expect(other.capabilityConflict).toBe(false);
    expect(judged(named('Sao Mai', ['EMAIL']), named('Sao Mai', ['DATA_WAREHOUSE'])).capabilityConflict).toBe(true);
  });
});

describe('a model', () => {
  it('that ships lets likeness speak for a match, and what differs against it', () => {
    for (const [at, [, what, direction]] of MEASURES.entries()) {
      expect({ what, isRight: direction * (model.match.weights[at] ?? -direction) >= 0 }).toEqual({
        what,
        isRight: true,
      });
    }
  });

  it('of other measures is refused', () => {
    expect(() => checkModel({ ...model, measures: 'pairs-0' })).toThrow(RangeError);
  });
});
