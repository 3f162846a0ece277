import * as fc from 'fast-check';
import type { Sheet } from './sheet.js';
import { UnreadableCells } from './unreadable-cells.js';

type Merge = Sheet['merged'][number];

function hiddenCells(merged: readonly Merge[]): [line: number, column: number][] {
  const cells = new UnreadableCells({ name: 'Trang 1', rows: [], merged, issues: [] });
  const found: [number, number][] = [];
  for (let line = 1; line <= 12; line += 1) {
    for (let column = 0; column < 3; column += 1) {
      if (cells.inRow(line, [column]).length > 0) found.push([line, column]);
    }
  }
  return found;
}

const row = fc.nat(11);
const column = fc.nat(2);
const merge: fc.Arbitrary<Merge> = fc.record({ top: row, bottom: row, left: column, right: column });

describe('cells that are shown as one', () => {
  it('hide those of the rows below, and not their first', () => {
    expect(hiddenCells([{ top: 1, bottom: 3, left: 0, right: 0 }])).toEqual([
      [3, 0],
      [4, 0],
    ]);
    expect(hiddenCells([{ top: 1, bottom: 1, left: 0, right: 2 }])).toEqual([]);
  });

  it('hide what each merge by itself hides, also where some overlap', () => {
    fc.assert(
      fc.property(fc.array(merge, { maxLength: 8 }), (merged) => {
        const expected = hiddenCells([]);
        for (let line = 1; line <= 12; line += 1) {
          for (let at = 0; at < 3; at += 1) {
            const isHidden = merged.some(
              ({ top, bottom, left, right }) => top < line - 1 && line - 1 <= bottom && left <= at && at <= right,
            );
            if (isHidden) expected.push([line, at]);
          }
        }
        expect(hiddenCells(merged)).toEqual(expected);
      }),
    );
  });
});
