import { element, landscapeOf, relation } from '../../../test/support/landscapes.js';
import { ownerOf } from './landscape.js';
import { NOBODY, ownerLookup, ownerTable } from './owner-table.js';

const COUNT = 300;
const landscape = landscapeOf(
  Array.from({ length: COUNT }, (_, seq) => element(seq)),
  Array.from({ length: COUNT / 2 }, (_, seq) => relation(seq, [seq * 2, (seq * 7) % COUNT], { kind: 'OWNED_BY' })),
);

describe('owners', () => {
  it('are those of each element, asked for one by one, many times, and as a table', () => {
    const expected = Array.from({ length: COUNT }, (_, seq) => ownerOf(landscape, seq)?.seq ?? NOBODY);
    const lookup = ownerLookup(landscape);
    // The first of them are asked for before there is a table, the last from it.
    expect(Array.from({ length: COUNT }, (_, seq) => lookup(seq))).toEqual(expected);
    expect([...ownerTable(landscape)]).toEqual(expected);
    expect(ownerTable(landscape)).toBe(ownerTable(landscape));
    expect(ownerLookup(landscape)(2)).toBe(expected[2]);
  });

  it('are nobody for what is not there', () => {
    expect(ownerLookup(landscape)(COUNT + 1)).toBe(NOBODY);
    expect(ownerLookup(landscapeOf(1, []))(5)).toBe(NOBODY);
  });
});
