import ExcelJS from 'exceljs';
import * as fc from 'fast-check';
import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Cell } from './sheet.js';
import { spreadsheetDay } from './spreadsheet-day.js';
import { XlsxArchive } from './xlsx-archive.js';
import { appendColumns } from './xlsx-append.js';
import { parseXlsx } from './xlsx-parse.js';
import { printXlsx } from './xlsx-print.js';

async function written(fill: (book: ExcelJS.Workbook) => void): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  fill(book);
  return Buffer.from(await book.xlsx.writeBuffer());
}

async function archived(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [path, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), path);
  zip.end();
  return buffer(zip.outputStream as Readable);
}

const HEADER = [
  { header: 'Mã', width: 12 },
  { header: 'Tên', width: 40 },
];

describe('parseXlsx', () => {
  it('reads what another library wrote: texts, numbers, days, truth, in several sheets', async () => {
    const bytes = await written((book) => {
      const sheet = book.addWorksheet('Hệ thống');
      sheet.addRow(['Mã', 'Tên', 'Ngày', 'Số', 'Đúng']);
      sheet.addRow(['a', 'Cổng dịch vụ công', new Date(Date.UTC(2025, 6, 1)), 12.5, true]);
      sheet.getCell('C2').numFmt = 'dd/mm/yyyy';
      sheet.getCell('B5').value = { richText: [{ text: 'nửa ' }, { text: 'đậm', font: { bold: true } }] };
      book.addWorksheet('Trống');
    });
    expect(await parseXlsx(bytes)).toEqual([
      {
        name: 'Hệ thống',
        rows: [
          { line: 1, cells: ['Mã', 'Tên', 'Ngày', 'Số', 'Đúng'] },
          {
            line: 2,
            cells: [
              'a',
              'Cổng dịch vụ công',
              { type: 'DATE', text: '2025-07-01' },
              { type: 'NUMBER', text: '12.5' },
              { type: 'BOOLEAN', text: 'true' },
            ],
          },
          { line: 5, cells: [undefined, 'nửa đậm'] },
        ],
        merged: [],
        issues: [],
      },
      { name: 'Trống', rows: [], merged: [], issues: [] },
    ]);
  });

  it('tells a number that is shown in hundredths', async () => {
    const formats = ['0%', '0.00%', '#,##0.0%;[Red]-#,##0.0%', '0"%"', String.raw`0\%`, '0', undefined];
    const bytes = await written((book) => {
      const sheet = book.addWorksheet('S');
      for (const [at, numFmt] of formats.entries()) {
        const cell = sheet.getCell(1, at + 1);
        cell.value = 0.57;
        if (numFmt !== undefined) cell.numFmt = numFmt;
      }
    });
    const [sheet] = await parseXlsx(bytes);
    const number = { type: 'NUMBER', text: '0.57' };
    const percent = { ...number, isPercent: true };
    expect(sheet?.rows[0]?.cells).toEqual([percent, percent, percent, number, number, number, number]);
  });

  it('names the cells of formulas, errors and texts that are too long, and takes no value from them', async () => {
    const bytes = await written((book) => {
      const sheet = book.addWorksheet('S');
      sheet.getCell('B2').value = { formula: '1+1', result: 2 };
      sheet.getCell('C3').value = { error: '#N/A' };
      sheet.getCell('D4').value = 'x'.repeat(40_000);
      sheet.mergeCells('A6:B7');
      sheet.getCell('A6').value = 'gộp';
    });
    const [sheet] = await parseXlsx(bytes);
    expect(sheet?.rows).toEqual([{ line: 6, cells: ['gộp'] }]);
    expect(sheet?.merged).toEqual([{ top: 5, left: 0, bottom: 6, right: 1 }]);
    expect(sheet?.issues).toMatchObject([
      { reason: 'CELL_FORMULA', path: ['S', 'B2'], params: { cell: 'S!B2' } },
      { reason: 'CELL_ERROR', path: ['S', 'C3'], params: { value: '#N/A' } },
      { reason: 'CELL_TOO_LONG', path: ['S', 'D4'] },
    ]);
  });

  it('reads a workbook with prefixed names, strict paths and texts in place', async () => {
    const main = 'xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"';
    const office = 'http://purl.oclc.org/ooxml/officeDocument/relationships';
    const relations = (inner: string) => `<Relationships xmlns="r">${inner}</Relationships>`;
    const bytes = await archived({
      '_rels/.rels': relations(`<Relationship Id="a" Type="${office}/officeDocument" Target="/book/main.xml"/>`),
      'book/main.xml': `<x:workbook ${main} xmlns:r="${office}"><x:sheets><x:sheet name="A&amp;B" r:id="s"/></x:sheets></x:workbook>`,
      'book/_rels/main.xml.rels': relations(`<Relationship Id="s" Type="${office}/worksheet" Target="tabs/one.xml"/>`),
      'book/tabs/one.xml': `<x:worksheet ${main}><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>một_x000A_hai</x:t></x:is></x:c><x:c><x:v>3</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
    });
    expect(await parseXlsx(bytes)).toMatchObject([
      { name: 'A&B', rows: [{ line: 1, cells: ['một\nhai', { type: 'NUMBER', text: '3' }] }] },
    ]);
  });

  it.each([
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), 'FILE_LEGACY'],
    ['an archive that is cut off', Buffer.from('PK\u0003\u0004 and nothing more of it'), 'FILE_DAMAGED'],
  ])('refuses %s', async (_, bytes, reason) => {
    await expect(parseXlsx(bytes)).rejects.toMatchObject({ issues: [{ reason }] });
  });

  it('refuses an archive of something else, and one whose parts are no XML', async () => {
    const other = await archived({ 'hello.txt': 'xin chào' });
    await expect(parseXlsx(other)).rejects.toMatchObject({ issues: [{ reason: 'FILE_NO_WORKBOOK' }] });
    const broken = await archived({ 'xl/workbook.xml': '<workbook><sheets>' });
    await expect(parseXlsx(broken)).rejects.toMatchObject({ issues: [{ reason: 'FILE_DAMAGED' }] });
    const entities = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><workbook>&c;</workbook>';
    await expect(parseXlsx(await archived({ 'xl/workbook.xml': entities }))).rejects.toMatchObject({
      issues: [{ reason: 'FILE_DAMAGED' }],
    });
  });

  it('does not unpack a bomb, and stops where an archive holds more than it states', async () => {
    const bytes = await archived({ 'xl/workbook.xml': Buffer.alloc(1024 * 1024) });
    const stating = (size: number) => {
      const forged = Buffer.from(bytes);
      // The size in the central directory, which stands behind the entry.
      forged.writeUInt32LE(size, forged.indexOf(Buffer.from('PK\u0001\u0002')) + 24);
      return parseXlsx(forged);
    };
    await expect(stating(500 * 1024 * 1024)).rejects.toMatchObject({
      issues: [{ reason: 'LIMIT_EXCEEDED', params: { field: 'bytes' } }],
    });
    await expect(stating(10)).rejects.toMatchObject({ issues: [{ reason: 'FILE_DAMAGED' }] });
  });
});

describe('printXlsx', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.trim() !== ''),
    fc.integer().map((number): Cell => ({ type: 'NUMBER', text: String(number) })),
    fc
      .date({ min: new Date('1901-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((date): Cell => ({ type: 'DATE', text: date.toISOString().slice(0, 10) })),
    fc.constantFrom<Cell>('=1+1', '@SUM(A1)', '\u0007 chuông', '_x0041_', 'a\r\nb', '<&">'),
    fc.constant(undefined),
  );

  it('is read back as it was, whatever the cells hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.constant('k'), cell, cell), { maxLength: 5 }), async (rows) => {
        const columns = [...HEADER, { header: 'Khác', width: 10 }];
        const [sheet] = await parseXlsx(await printXlsx([{ name: 'Bảng', columns, rows }]));
        const read = sheet?.rows.slice(1).map(({ cells }) => [cells[0], cells[1], cells[2]]);
        const normal = rows.map((cells) =>
          cells.map((each) => (typeof each === 'string' ? each.normalize('NFC') : each)),
        );
        expect(read).toEqual(normal);
      }),
      { numRuns: 100 },
    );
  });

  it('is read by another library with its lists, help and days', async () => {
    const values = ['Hiện trạng', 'Mục tiêu', 'x'.repeat(300)];
    const bytes = await printXlsx([
      {
        name: 'DM_DOITUONG',
        columns: [...HEADER, { header: 'Trạng thái', width: 20, help: 'Chọn một giá trị', values }],
        rows: [['a', '=cmd', { type: 'DATE', text: '2025-07-01' }]],
      },
    ]);
    const book = new ExcelJS.Workbook();
    // The library wants its own older type of the same bytes.
    await book.xlsx.load(bytes as unknown as Parameters<typeof book.xlsx.load>[0]);
    const sheet = book.getWorksheet('DM_DOITUONG');
    expect(sheet?.getCell('B2').value).toBe('=cmd');
    expect(sheet?.getCell('C2').value).toEqual(new Date(Date.UTC(2025, 6, 1)));
    expect(sheet?.getCell('C2').dataValidation).toMatchObject({
      type: 'list',
      formulae: ['_lists!$A$1:$A$3'],
      prompt: 'Chọn một giá trị',
    });
    expect(book.getWorksheet('_lists')?.state).toBe('hidden');
    expect(book.getWorksheet('_lists')?.getCell('A3').value).toBe('x'.repeat(300));
  });

  it('prints the same bytes for the same content', async () => {
    const sheets = [{ name: 'S', columns: HEADER, rows: [['a', 'b']] }];
    expect(await printXlsx(sheets)).toEqual(await printXlsx(sheets));
  });
});

describe('appendColumns', () => {
  it('adds columns to one sheet and leaves all else as the file has it', async () => {
    const bytes = await written((book) => {
      const sheet = book.addWorksheet('Kế hoạch');
      sheet.addRow(['STT', 'Tên dự án']);
      sheet.addRow([1, 'Cổng dữ liệu']);
      sheet.getCell('B2').font = { italic: true };
      sheet.addRow([2, 'Bản đồ số']);
      sheet.mergeCells('A5:B5');
      book.addWorksheet('Khác').addRow(['giữ nguyên']);
    });
    const texts = new Map([
      [1, ['Kết quả', 'Vì sao']],
      [3, ['=1+1', '']],
      [99, ['không có dòng này']],
    ]);
    const answer = await appendColumns(bytes, [{ sheet: 'Kế hoạch', widths: [20, 40], texts }]);
    const [plan, other] = await parseXlsx(answer);
    expect(plan?.rows.map(({ cells }) => cells.slice(1))).toEqual([
      ['Tên dự án', 'Kết quả', 'Vì sao'],
      ['Cổng dữ liệu'],
      ['Bản đồ số', '=1+1'],
    ]);
    expect(plan?.merged).toHaveLength(1);
    expect(other?.rows).toEqual([{ line: 1, cells: ['giữ nguyên'] }]);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(answer as unknown as Parameters<typeof book.xlsx.load>[0]);
    expect(book.getWorksheet('Kế hoạch')?.getCell('B2').font.italic).toBe(true);
    expect(book.getWorksheet('Kế hoạch')?.getCell('C3').value).toBe('=1+1');
  });

  it('takes the place of empty cells, in sight, and looks like the row it stands in', async () => {
    const bytes = await written((book) => {
      const sheet = book.addWorksheet('S');
      sheet.mergeCells('A1:C1');
      sheet.getCell('A1').value = 'Kế hoạch';
      sheet.getRow(2).values = ['STT', 'Tên'];
      sheet.getCell('B2').font = { bold: true };
      for (const address of ['C2', 'D2', 'E2', 'G2']) sheet.getCell(address).border = { top: { style: 'thin' } };
      sheet.getColumn(4).hidden = true;
      sheet.getColumn(2).width = 33;
    });
    const texts = new Map([[2, ['Một', '', 'Ba']]]);
    const answer = await appendColumns(bytes, [{ sheet: 'S', widths: [11, 12, 13], texts }]);
    expect((await parseXlsx(answer))[0]?.rows[1]).toEqual({
      line: 2,
      cells: ['STT', 'Tên', undefined, 'Một', undefined, 'Ba'],
    });
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(answer as unknown as Parameters<typeof book.xlsx.load>[0]);
    const sheet = book.getWorksheet('S');
    expect(sheet?.getCell('D2').font.bold).toBe(true);
    expect(sheet?.getCell('D2').alignment).toEqual({ vertical: 'top', wrapText: true });
    expect(sheet?.getCell('G2').border.top?.style).toBe('thin');
    expect([2, 4, 5, 6].map((at) => sheet?.getColumn(at).width)).toEqual([33, 11, 12, 13]);
    expect(sheet?.getColumn(4).hidden).toBe(false);
  });

  it('keeps every other part as it is, and gives the same file for the same', async () => {
    const bytes = await written((book) => book.addWorksheet('S').addRow(['Tên']));
    const columns = [{ sheet: 'S', widths: [9], texts: new Map([[1, ['a']]]) }];
    const answer = await appendColumns(bytes, columns);
    expect(await appendColumns(bytes, columns)).toEqual(answer);
    const [before, after] = [await XlsxArchive.open(bytes), await XlsxArchive.open(answer)];
    expect([...after.paths]).toEqual([...before.paths].filter((path) => !path.endsWith('/')));
    for (const path of after.paths) {
      if (/styles|sheet1/.test(path)) continue;
      expect([path, await after.text(path)]).toEqual([path, await before.text(path)]);
    }
  });

  it('refuses a sheet that has no room, and one that is not there', async () => {
    const bytes = await written((book) => book.addWorksheet('S').mergeCells('A1:XFD1'));
    const columns = (sheet: string) => [{ sheet, widths: [9], texts: new Map<number, string[]>() }];
    await expect(appendColumns(bytes, columns('S'))).rejects.toMatchObject({ issues: [{ reason: 'LIMIT_EXCEEDED' }] });
    await expect(appendColumns(bytes, columns('T'))).rejects.toMatchObject({
      issues: [{ reason: 'FILE_NO_WORKBOOK' }],
    });
  });
});

describe('spreadsheetDay', () => {
  it.each([
    [1, false, '1900-01-01'],
    [59, false, '1900-02-28'],
    [60, false, undefined],
    [61, false, '1900-03-01'],
    [45_839, false, '2025-07-01'],
    [45_839.354_166_666_664, false, '2025-07-01T08:30:00'],
    [45_839.999_999_99, false, '2025-07-02'],
    [44_377, true, '2025-07-01'],
    [2_958_465, false, '9999-12-31'],
    [2_958_466, false, undefined],
    [0.5, false, undefined],
    [-3, false, undefined],
    [Number.NaN, false, undefined],
  ])('%p is %p', (number, startsIn1904, day) => {
    expect(spreadsheetDay(number, startsIn1904)).toBe(day);
  });
});
