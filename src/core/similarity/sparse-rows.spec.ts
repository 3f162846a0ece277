import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { numberAt, packRows, postingsOf } from './sparse-rows.js';

const numbers = new Map([
  ['a', 0],
  ['b', 1],
  ['c', 2],
]);

describe('sparse rows', () => {
  it('leaves out terms without a number and keeps empty rows', () => {
    const rows = packRows(
      [
        new Map([
          ['a', 0.5],
          ['x', 1],
        ]),
        new Map(),
        new Map([['c', 0.25]]),
      ],
      (term) => numbers.get(term),
    );
    expect(Array.from(rows.start)).toEqual([0, 1, 1, 2]);
    expect(Array.from(rows.columns)).toEqual([0, 2]);
    expect(Array.from(rows.values)).toEqual([0.5, 0.25]);
  });

  it('finds in its postings exactly the cells of its rows', () => {
    const row = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom(0.25, 0.5, 1));
    fc.assert(
      fc.property(fc.array(row), (given) => {
        const maps = given.map((each) => new Map(Object.entries(each)));
        const postings = postingsOf(
          packRows(maps, (term) => numbers.get(term)),
          numbers.size,
        );
        for (const [term, column] of numbers) {
          const cells: [number, number][] = [];
          for (let at = numberAt(postings.start, column); at < numberAt(postings.start, column + 1); at++) {
            cells.push([numberAt(postings.columns, at), numberAt(postings.values, at)]);
          }
          expect(cells).toEqual(maps.flatMap((map, at) => (map.has(term) ? [[at, map.get(term)]] : [])));
        }
      }),
    );
  });

  it('counts nothing beyond its ends', () => {
    expect(numberAt([1], 5)).toBe(0);
  });
});
