import * as fc from 'fast-check';
import { finished } from '../finished.js';
import { numberAt, packRowsSteps } from './sparse-rows.js';
import type { SparseRows } from './sparse-rows.js';

const numbers = new Map([
  ['a', 0],
  ['b', 1],
  ['c', 2],
]);

function packRows(...given: Parameters<typeof packRowsSteps>): SparseRows {
  return finished(packRowsSteps(...given));
}

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

  it('holds exactly the cells of its maps, row by row', () => {
    const row = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom(0.25, 0.5, 1));
    fc.assert(
      fc.property(fc.array(row), (given) => {
        const maps = given.map((each) => new Map(Object.entries(each)));
        const rows = packRows(maps, (term) => numbers.get(term));
        maps.forEach((map, at) => {
          const cells: [number, number][] = [];
          for (let cell = numberAt(rows.start, at); cell < numberAt(rows.start, at + 1); cell++) {
            cells.push([numberAt(rows.columns, cell), numberAt(rows.values, cell)]);
          }
          expect(cells).toEqual(Array.from(map, ([term, value]) => [numbers.get(term), value]));
        });
      }),
    );
  });

  it('counts nothing beyond its ends', () => {
    expect(numberAt([1], 5)).toBe(0);
  });
});
