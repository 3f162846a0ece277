import * as fc from 'fast-check';
import { parseCsv, printCsv } from './csv.js';

async function rowsOf(text: string): Promise<unknown[]> {
  return (await parseCsv(text)).rows.map(({ line, cells }) => [line, ...cells]);
}

describe('parseCsv', () => {
  it.each([
    [
      'commas',
      'a,b\n1,2\n',
      [
        [1, 'a', 'b'],
        [2, '1', '2'],
      ],
    ],
    [
      'semicolons',
      'a;b\r\n1,5;2\r\n',
      [
        [1, 'a', 'b'],
        [2, '1,5', '2'],
      ],
    ],
    [
      'tabs',
      'a\tb\n1\t2',
      [
        [1, 'a', 'b'],
        [2, '1', '2'],
      ],
    ],
    ['a separator within quotation marks', '"a;b;c",d\n', [[1, 'a;b;c', 'd']]],
    ['doubled quotation marks', 'a,"nói ""có"""\n', [[1, 'a', 'nói "có"']]],
    [
      'rows of different lengths',
      'a,b,c\n1\n1,2,3,4\n',
      [
        [1, 'a', 'b', 'c'],
        [2, '1'],
        [3, '1', '2', '3', '4'],
      ],
    ],
    [
      'empty cells and lines',
      'a,,b\n\n , \n,x\n',
      [
        [1, 'a', undefined, 'b'],
        [4, undefined, 'x'],
      ],
    ],
    ['a byte order mark', '\ufeffa,b\n', [[1, 'a', 'b']]],
    ['nothing', '', []],
  ])('reads %s', async (_, text, rows) => {
    expect(await rowsOf(text)).toEqual(rows);
  });

  it('tells the line on which a row begins, where cells have lines of their own', async () => {
    expect(await rowsOf('a,b\n"one\ntwo\nthree",x\ny,z\n')).toEqual([
      [1, 'a', 'b'],
      [2, 'one\ntwo\nthree', 'x'],
      [5, 'y', 'z'],
    ]);
  });

  it.each([
    ['is not closed', 'a,b\nc,"d\ne,f\n'],
    ['is closed too early', 'a,b\n"c"d,e\n'],
  ])('refuses a quotation mark that %s', async (_, text) => {
    await expect(parseCsv(text)).rejects.toMatchObject({ issues: [{ reason: 'CSV_QUOTES' }] });
  });

  it('refuses more columns than a table has, and tells of a cell that is too long', async () => {
    await expect(parseCsv(`${','.repeat(500)}\n`)).rejects.toMatchObject({ issues: [{ reason: 'LIMIT_EXCEEDED' }] });
    const { issues } = await parseCsv(`a,b\nc,${'d'.repeat(40_000)}\n`);
    expect(issues).toMatchObject([
      { reason: 'CELL_TOO_LONG', path: ['', 'B2'], params: { cell: 'B2', actual: 40_000 } },
    ]);
  });
});

describe('printCsv', () => {
  it('guards what a spreadsheet would take for a formula', () => {
    expect(printCsv([['=1+1', '+2', '-3', '@x', 'chữ']])).toBe("\ufeff'=1+1,'+2,'-3,'@x,chữ\r\n");
  });

  it('is read back as it was', async () => {
    const cell = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      .filter((text) => /^[\p{L}\p{N}'=+@-]/u.test(text));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 }), async (rows) => {
        // Above all a header without separators of its own, by which the separator is told.
        const { rows: read } = await parseCsv(printCsv([['mã', 'tên'], ...rows]));
        expect(read.slice(1).map(({ cells }) => cells)).toEqual(rows);
      }),
      { numRuns: 200 },
    );
  });
});
