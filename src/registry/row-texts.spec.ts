import * as fc from 'fast-check';
import { ROWS_MAXIMUM, rowTexts } from './row-texts.js';

describe('the texts of rows', () => {
  it('hold every row once, in order, in as few lists as their bound lets', () => {
    const anyRows = fc.array(fc.record({ urn: fc.string({ maxLength: 40 }) }), { maxLength: 30 });
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 1, max: 200 }), (rows, characters) => {
        const lists = Array.from(rowTexts(rows, characters), (text) => JSON.parse(text) as object[]);
        expect(lists.flat()).toEqual(rows);
        const lengths = lists.map((list) => list.map((row) => JSON.stringify(row).length));
        const sums = lengths.map((list) => list.reduce((sum, each) => sum + each, 0));
        for (const [at, list] of lengths.entries()) {
          expect(list.length).toBeGreaterThan(0);
          if (list.length > 1) expect(sums[at]).toBeLessThanOrEqual(characters);
          const next = lengths[at + 1]?.[0];
          if (next !== undefined) expect((sums[at] ?? 0) + next).toBeGreaterThan(characters);
        }
      }),
    );
  });

  it('hold no more than so many rows', () => {
    const rows = Array.from({ length: ROWS_MAXIMUM + 1 }, (_, seq) => ({ seq }));
    expect(Array.from(rowTexts(rows), (text) => (JSON.parse(text) as object[]).length)).toEqual([ROWS_MAXIMUM, 1]);
    expect([...rowTexts([])]).toEqual([]);
  });
});
