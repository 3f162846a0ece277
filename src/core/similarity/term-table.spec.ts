import * as fc from 'fast-check';
import { mistakesBetween } from './spelling.js';
import { TermTable } from './term-table.js';

function tableOf(terms: readonly string[]): TermTable {
  const table = new TermTable();
  for (const term of terms) table.add(term);
  return table;
}

describe('a table of terms', () => {
  it('numbers terms in the order in which they come, each once', () => {
    const table = new TermTable();
    expect(['kho', 'du lieu', 'kho', '~dl'].map((term) => table.add(term))).toEqual([0, 1, 0, 2]);
    expect(table.size).toBe(3);
    expect(table.numberOf('~dl')).toBe(2);
    expect(table.numberOf('khong')).toBeUndefined();
  });

  it('knows the longer words of a beginning, in order, with those that came later, and no keys', () => {
    const table = tableOf(['khoa', 'kho', 'kho du', '~kho', 'lieu']);
    expect(table.wordsBeginningWith('kho')).toEqual(['khoa']);
    table.add('khi');
    table.add('khoi');
    table.add('zz');
    expect(table.wordsBeginningWith('kh')).toEqual(['khi', 'kho', 'khoa', 'khoi']);
    expect(table.wordsBeginningWith('x')).toEqual([]);
  });

  it('takes a word of two letters for its swap alone, and a code for nothing', () => {
    const table = tableOf(['ut', 'tu', 'ta', 'h29', 'h28']);
    expect(table.wordsLike('tu')).toEqual([{ word: 'ut', mistakes: 1 }]);
    expect(table.wordsLike('h29')).toEqual([]);
  });

  it('finds every word within the mistakes allowed and no other', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 3, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), word, (words, asked) => {
        const limit = asked.length < 6 ? 1 : 2;
        const expected = [...new Set(words)]
          .map((each) => ({ word: each, mistakes: mistakesBetween(asked, each, limit) }))
          .filter(({ word: each, mistakes }) => each !== asked && mistakes <= limit)
          .toSorted((one, other) => one.mistakes - other.mistakes || (one.word < other.word ? -1 : 1));
        expect(tableOf(words).wordsLike(asked)).toEqual(expected);
      }),
    );
  });
});
