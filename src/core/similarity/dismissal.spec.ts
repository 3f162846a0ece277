import * as fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { element, landscapeOf } from '../../../test/support/landscapes.js';
import { readLanguageData } from '../../duplicates/language-data.reader.js';
import { readPairModel } from '../../duplicates/pair-model.reader.js';
import { readReferenceText } from '../../runtime/reference-file.js';
import type { Element } from '../landscape/model.js';
import { SIGNAL_TOLERANCE, changeSince } from './dismissal.js';
import { findDuplicates } from './duplicate-answer.js';
import { MATCH_BANDS } from './match-band.js';
import { MATCH_SIGNAL_NAMES } from './match-signal.js';
import type { MatchSignalName } from './match-signal.js';
import { pairStanding } from './pair-standing.js';
import type { PairStanding } from './pair-standing.js';
import { registeredSubject } from './registered-subject.js';
import { buildSimilarityIndex } from './similarity-index.js';
import type { SimilarityIndex } from './similarity-index.js';

const MODEL = readPairModel();
const LANGUAGE = readLanguageData();

const standing = (more: Partial<PairStanding> = {}): PairStanding => ({
  band: 'OVERLAP',
  score: 0.6,
  signals: [{ name: 'NAME', contribution: 2 }],
  modelVersion: 'm',
  ...more,
});

const aStanding: fc.Arbitrary<PairStanding> = fc.record({
  band: fc.constantFrom(...MATCH_BANDS),
  score: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  signals: fc.uniqueArray(
    fc.record({
      name: fc.constantFrom<MatchSignalName>(...MATCH_SIGNAL_NAMES),
      contribution: fc.double({ min: -9, max: 9, noNaN: true }),
    }),
    { selector: ({ name }) => name },
  ),
  modelVersion: fc.constantFrom('m', 'n'),
});

describe('a pair since it was dismissed', () => {
  it('is no other one where nothing moved', () => {
    fc.assert(
      fc.property(aStanding, (same) => {
        expect(changeSince(same, same)).toEqual({ isChanged: false, signals: [] });
      }),
    );
  });

  it('is another one exactly by the signals that moved beyond the tolerance, whichever came first', () => {
    fc.assert(
      fc.property(aStanding, aStanding, (then, now) => {
        const there = changeSince(then, now);
        expect(changeSince(now, then)).toEqual(there);
        const of = (side: PairStanding, wanted: MatchSignalName): number =>
          side.signals.find(({ name }) => name === wanted)?.contribution ?? 0;
        const moved = MATCH_SIGNAL_NAMES.filter((name) => Math.abs(of(then, name) - of(now, name)) > SIGNAL_TOLERANCE);
        expect(there.signals).toEqual(moved);
        if (moved.length > 0) expect(there.isChanged).toBe(true);
      }),
    );
  });

  it('is another one by a signal that came or went', () => {
    expect(changeSince(standing(), standing({ signals: [] })).signals).toEqual(['NAME']);
    expect(changeSince(standing({ signals: [] }), standing()).signals).toEqual(['NAME']);
  });

  it('is another one by its band', () => {
    const duplicate = standing({ band: 'DUPLICATE' });
    expect(changeSince(standing(), duplicate)).toEqual({ isChanged: true, signals: [] });
    const little = standing({ band: 'TOO_LITTLE_TO_JUDGE', score: null, signals: [] });
    expect(changeSince(little, standing({ score: 0.1, signals: [] })).isChanged).toBe(true);
  });
});

/** Every so many of the city's systems is registered later. */
const LATER = 20;

/** What the city has. */
const CITY = rowsOf<{ name_vi: string; description_vi: string }>('hcmc/systems.csv').map((row, seq) =>
  element(seq, { name: row.name_vi, description: row.description_vi === '' ? null : row.description_vi }),
);

function rowsOf<T>(file: string): T[] {
  return parse(readReferenceText(file), { columns: true });
}

function indexOf(elements: readonly Element[]): SimilarityIndex {
  return buildSimilarityIndex(landscapeOf(elements, []), LANGUAGE);
}

/** Pairs that somebody would be told of. */
function pairsIn(index: SimilarityIndex, subjects: readonly Element[]): [Element, Element][] {
  return subjects.flatMap((subject) => {
    const { proposal, ...options } = registeredSubject(index.landscape, subject);
    const { byComponent } = findDuplicates(index, proposal, { model: MODEL, candidateLimit: 5, ...options });
    return byComponent.flatMap(({ alike }) => alike.map(({ match }): [Element, Element] => [subject, match]));
  });
}

describe('of what the city has', () => {
  const before = CITY.map((each) => (each.seq % LATER === 0 ? element(each.seq, { kind: 'CONCEPT' }) : each));
  const [small, whole] = [indexOf(before), indexOf(CITY)];
  const subjects = CITY.filter(({ seq }) => seq % LATER !== 0);
  const pairs = pairsIn(small, subjects);
  const changes = (there: SimilarityIndex, changed: (each: Element) => Element): boolean[] =>
    pairs.map(
      ([subject, match]) =>
        changeSince(pairStanding(small, [subject, match], MODEL), pairStanding(there, [changed(subject), match], MODEL))
          .isChanged,
    );
  const share = (all: readonly boolean[]): number => all.filter(Boolean).length / all.length;

  it('no pair is another one because more is registered', () => {
    expect(pairs.length).toBeGreaterThan(100);
    expect(share(changes(whole, same))).toBe(0);
  });

  it('most are where one of the two says something else', () => {
    const described = (each: Element): Element => ({
      ...each,
      description: 'Cấp giấy phép xây dựng nhà ở riêng lẻ cho người dân và doanh nghiệp',
    });
    expect(share(changes(small, described))).toBeGreaterThan(0.9);
    const renamed = (each: Element): Element => ({ ...each, name: 'Phần mềm cấp giấy phép xây dựng' });
    expect(share(changes(small, renamed))).toBeGreaterThan(0.9);
  });
});

function same(each: Element): Element {
  return each;
}
