import * as fc from 'fast-check';
import {
  bitCount,
  isSpelled,
  lettersOf,
  mistakesAllowed,
  mistakesBetween,
  spellingsOf,
  withoutTypedMarks,
} from './spelling.js';

describe('mistakes between two words', () => {
  it.each([
    ['lieu', 'lieu', 0],
    ['lieu', 'lie', 1],
    ['lieu', 'lieuu', 1],
    ['lieu', 'lieo', 1],
    ['lieu', 'leiu', 1],
    ['chuyen', 'cuyne', 2],
    ['a', 'bcd', 3],
  ])('from %s to %s are %i', (one, other, mistakes) => {
    expect(mistakesBetween(one, other, 3)).toBe(mistakes);
  });

  it('are counted no further than asked', () => {
    expect(mistakesBetween('kho', 'nghiep', 1)).toBe(2);
    expect(mistakesBetween('khobai', 'nghiep', 1)).toBe(2);
    expect(mistakesBetween('dulieu', 'luudie', 2)).toBe(3);
  });

  it('are the same both ways, and change no more than two letters each', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 7 });
    fc.assert(
      fc.property(word, word, (one, other) => {
        const mistakes = mistakesBetween(one, other, 9);
        expect(mistakesBetween(other, one, 9)).toBe(mistakes);
        expect(bitCount(lettersOf(one) ^ lettersOf(other))).toBeLessThanOrEqual(2 * mistakes);
      }),
    );
  });
});

describe('keys of marks left in a word', () => {
  it.each([
    ['vuj', ['vu']],
    ['ddieenj', ['dienj', 'dien']],
    ['tuwr', ['tur', 'tu']],
    ['so61', ['so']],
    ['tra6t5', ['trat']],
    ['cong', []],
    ['123', []],
    ['s', []],
  ])('%s may have been %j', (word, plain) => {
    expect(withoutTypedMarks(word)).toEqual(plain);
  });
});

it.each([
  ['kho', true],
  ['a', false],
  ['h29', false],
  ['x'.repeat(25), false],
])('%s may be misspelt: %s', (word, expected) => {
  expect(isSpelled(word)).toBe(expected);
});

it('a letter, a syllable and a long word may have none, one and two letters wrong', () => {
  expect([1, 2, 5, 6, 20].map(mistakesAllowed)).toEqual([0, 1, 1, 2, 2]);
});

describe('a syllable that ends in i or y', () => {
  it.each([
    ['ki', 'ky'],
    ['ly', 'li'],
    ['qui', 'quy'],
    ['vi', 'vy'],
  ])('%s is also written %s, and the other way round', (one, other) => {
    expect([spellingsOf(one), spellingsOf(other)]).toEqual([
      [one, other],
      [other, one],
    ]);
  });

  it.each(['y', 'i', 'thuy', 'thui', 'tay', 'tai', 'chi', 'kiem', 'quyen', ''])(
    'has one spelling alone: "%s"',
    (word) => {
      expect(spellingsOf(word)).toEqual([word]);
    },
  );
});
