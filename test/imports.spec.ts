import exceljs from 'exceljs';
import type { ImportReport } from '../src/exchange/import-report.js';
import { TEST_TOKEN, startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

const AUTHORIZATION = { authorization: `Bearer ${TEST_TOKEN}` };

async function send(
  file: Buffer | string,
  options: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = AUTHORIZATION,
): Promise<Response> {
  const query = new URLSearchParams({ fileName: 'danh-sach.xlsx', ...options });
  return fetch(`${service.url}/imports?${query.toString()}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', ...headers },
    body: typeof file === 'string' ? file : new Uint8Array(file),
  });
}

async function imported(file: Buffer | string, options: Readonly<Record<string, string>> = {}): Promise<ImportReport> {
  const response = await send(file, options);
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(JSON.stringify(answer));
  // The shape that the address answers with.
  return answer as ImportReport;
}

async function exported(path: string): Promise<Buffer> {
  const response = await fetch(`${service.url}/exports/${path}`, { headers: AUTHORIZATION });
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

async function revision(): Promise<number> {
  const { data } = await service.ask<{ landscape: { revision: number } }>('{ landscape { revision } }');
  return data?.landscape.revision ?? Number.NaN;
}

/** A workbook changed by another program than ours. */
async function edited(file: Buffer, edit: (book: exceljs.Workbook) => void): Promise<Buffer> {
  const book = new exceljs.Workbook();
  // Its types know an older buffer.
  await book.xlsx.load(file as unknown as exceljs.Buffer);
  edit(book);
  // Unfolded into a cell each, which takes that program seconds to put together again; an import does not read them.
  for (const sheet of book.worksheets) Object.assign(sheet, { dataValidations: { model: {} } });
  return Buffer.from(await book.xlsx.writeBuffer());
}

function columnOf(sheet: exceljs.Worksheet, header: string): number {
  let found = 0;
  sheet.getRow(1).eachCell((cell, column) => {
    if (cell.text === header) found = column;
  });
  expect(found).toBeGreaterThan(0);
  return found;
}

function sheetOf(book: exceljs.Workbook, name: string): exceljs.Worksheet {
  const sheet = book.getWorksheet(name);
  if (sheet === undefined) throw new Error(`There is no sheet ${name}.`);
  return sheet;
}

/** The template of systems with a row for each record of headers and values. */
async function filled(...records: readonly Readonly<Record<string, exceljs.CellValue>>[]): Promise<Buffer> {
  return edited(await exported('templates/SYSTEM.xlsx'), (book) => {
    const sheet = sheetOf(book, 'Hệ thống');
    for (const [at, record] of records.entries()) {
      for (const [header, value] of Object.entries(record)) {
        sheet.getRow(at + 2).getCell(columnOf(sheet, header)).value = value;
      }
    }
  });
}

const NOTHING = { created: 0, changed: 0, deleted: 0, refused: 0 };

describe('what is exported', () => {
  it('comes in again with no difference, the whole landscape', async () => {
    const report = await imported(await exported('landscape.xlsx'));
    expect(report).toMatchObject({ elements: NOTHING, relations: NOTHING, problems: [], isApplied: false });
    expect(report.elements.unchanged).toBeGreaterThan(300);
    expect(report.relations.unchanged).toBeGreaterThan(100);
  });

  it.each(['elements.csv?kind=SYSTEM', 'elements.xlsx?kind=AGENCY', 'relations.csv', 'relations.xlsx'])(
    'comes in again with no difference: %s',
    async (path) => {
      const kind = /kind=(\w+)/.exec(path)?.[1];
      const report = await imported(await exported(path), kind === undefined ? {} : { kind });
      expect(report).toMatchObject({ elements: NOTHING, relations: NOTHING, problems: [] });
      expect(report.elements.unchanged + report.relations.unchanged).toBeGreaterThan(50);
    },
  );

  it('and changed in one cell is one change, which is done once and can be undone', async () => {
    const before = await revision();
    const file = await edited(await exported('elements.xlsx?kind=SYSTEM'), (book) => {
      const sheet = sheetOf(book, 'Hệ thống');
      sheet.getRow(2).getCell(columnOf(sheet, 'Mô tả')).value = 'Mô tả đã sửa trong Excel';
    });
    expect(await imported(file, { dryRun: 'true' })).toMatchObject({
      elements: { ...NOTHING, changed: 1 },
      isApplied: false,
      revision: before,
    });
    expect(await imported(file, { reason: 'Sửa mô tả' })).toMatchObject({
      elements: { ...NOTHING, changed: 1 },
      relations: NOTHING,
      isApplied: true,
      revision: before + 1,
    });
    expect(await imported(await exported('landscape.xlsx'))).toMatchObject({
      elements: NOTHING,
      isApplied: false,
      revision: before + 1,
    });
    const { data } = await service.ask(
      'mutation ($input: RevertChangeSetInput!) { revertChangeSet(input: $input) { userErrors { message } } }',
      { variables: { input: { revision: before + 1, reason: 'Hoàn tác' } }, asAdministrator: true },
    );
    expect(data).toEqual({ revertChangeSet: { userErrors: [] } });
  });

  it('is not taken for a formula, and comes back as it was', async () => {
    const name = '=HYPERLINK("http://x","y")';
    expect(await imported(await filled({ Mã: 'cong-thuc-1', Tên: name }))).toMatchObject({
      elements: { created: 1 },
      isApplied: true,
    });
    const csv = (await exported('elements.csv?kind=SYSTEM')).toString();
    expect(csv).not.toMatch(/(^|,|\n)"?=HYPERLINK/);
    for (const path of ['elements.csv?kind=SYSTEM', 'elements.xlsx?kind=SYSTEM']) {
      const report = await imported(await exported(path), { kind: 'SYSTEM' });
      expect([path, report.elements, report.problems]).toMatchObject([path, NOTHING, []]);
    }
  });

  it('is what the caller may see, in a format that there is', async () => {
    const open = await fetch(`${service.url}/exports/elements.csv?kind=SYSTEM`);
    expect([open.status, open.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    for (const path of ['elements.pdf?kind=SYSTEM', 'elements.csv?kind=KHAC', 'elements.csv', 'templates/KHAC.xlsx']) {
      const response = await fetch(`${service.url}/exports/${path}`);
      expect([path, response.status]).toEqual([path, 400]);
    }
  });
});

describe('a template that was filled in', () => {
  it('makes elements with their owners', async () => {
    const report = await imported(
      await filled({
        Mã: 'ht-moi-1',
        Tên: 'Hệ thống mới một',
        'Cơ quan chủ quản': 'Sở Tư pháp',
        'Giai đoạn': 'Dự kiến',
      }),
    );
    expect(report).toMatchObject({
      elements: { created: 1 },
      relations: { created: 1 },
      problems: [],
      isApplied: true,
    });
    const { data } = await service.ask(
      '{ element(urn: "urn:khung:ht-moi-1") { name owner { name } lifecycle { phase } } }',
    );
    expect(data).toEqual({
      element: { name: 'Hệ thống mới một', owner: { name: 'Sở Tư pháp' }, lifecycle: { phase: 'PLAN' } },
    });
  });

  it('is taken whole or not at all, or, where that is asked for, what is right of it', async () => {
    const before = await revision();
    const file = await filled(
      { Mã: 'ht-dung', Tên: 'Dòng đúng' },
      { Mã: 'ht-sai', Tên: 'Dòng sai', 'Giai đoạn': 'Màu xanh' },
    );
    const refused = await imported(file);
    expect(refused).toMatchObject({ elements: { created: 1, refused: 1 }, isApplied: false, revision: before });
    expect(refused.problems).toMatchObject([{ sheet: 'Hệ thống', line: 3, reason: 'VALUE_NOT_ALLOWED' }]);
    expect(refused.problems[0]?.message.vi).toContain('Màu xanh');
    expect(await revision()).toBe(before);
    expect(await imported(file, { acceptValid: 'true' })).toMatchObject({
      elements: { created: 1, refused: 1 },
      isApplied: true,
      revision: before + 1,
    });
  });

  it('becomes a scenario where somebody is to look at it first', async () => {
    const before = await revision();
    const report = await imported(await filled({ Mã: 'ht-kich-ban', Tên: 'Hệ thống trong kịch bản' }), {
      scenario: 'Đề nghị của đơn vị ngoài',
    });
    expect(report).toMatchObject({ elements: { created: 1 }, isApplied: true, revision: before });
    const { data } = await service.ask('query ($id: ID!) { scenario(id: $id) { name } }', {
      variables: { id: report.scenario },
      asAdministrator: true,
    });
    expect(data).toEqual({ scenario: { name: 'Đề nghị của đơn vị ngoài' } });
  });
});

describe('what can not be taken names the cell, and changes nothing', () => {
  let before: number;
  beforeAll(async () => {
    before = await revision();
  });

  const row = { Mã: 'ht-xau', Tên: 'Hệ thống xấu' };
  it.each<[string, () => Promise<Buffer>, string, string | null]>([
    ['a formula', () => filled({ ...row, 'Mô tả': { formula: '1+1', result: 2 } }), 'CELL_FORMULA', 'Hệ thống'],
    [
      'merged cells',
      async () => edited(await filled(row), (book) => sheetOf(book, 'Hệ thống').mergeCells('A2:A3')),
      'CELL_MERGED',
      'Hệ thống',
    ],
    [
      'a day that is none',
      () => filled({ ...row, 'Giai đoạn': 'Dự kiến', 'Giai đoạn từ ngày': '31/02/2026' }),
      'VALUE_OF_WRONG_TYPE',
      'Hệ thống',
    ],
    ['a code twice', () => filled(row, row), 'ROW_REPEATED', 'Hệ thống'],
    [
      'a sheet without a header',
      async () =>
        edited(await filled(row), (book) =>
          sheetOf(book, 'Hệ thống')
            .getRow(1)
            .eachCell((cell, at) => (cell.value = `Cột ${at}`)),
        ),
      'SHEET_UNRECOGNISED',
      'Hệ thống',
    ],
  ])('%s', async (_what, file, reason, sheet) => {
    const report = await imported(await file());
    expect(report.isApplied).toBe(false);
    expect(report.problems).toEqual(expect.arrayContaining([expect.objectContaining({ reason, sheet })]));
    expect(await revision()).toBe(before);
  });

  it('other ends of a relation than it was born with', async () => {
    const rows = (await exported('relations.csv')).toString().split('\r\n');
    const [header = '', row = ''] = rows;
    const cells = row.split(',');
    const swapped = [cells[0], cells[2], cells[1], ...cells.slice(3)].join(',');
    const report = await imported([header, swapped].join('\n'));
    expect(report).toMatchObject({ relations: { refused: 1 }, isApplied: false });
    expect(report.problems.map(({ reason, column }) => [reason, column])).toEqual([
      ['FIELD_FIXED', 'B'],
      ['FIELD_FIXED', 'C'],
    ]);
  });

  it.each<[string, Buffer | string, string]>([
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'FILE_LEGACY'],
    ['an archive that is cut off', Buffer.from('504b0304140000000800', 'hex'), 'FILE_DAMAGED'],
    ['quotation marks that do not end', 'Mã,Tên\n1,"Không đóng\n', 'CSV_QUOTES'],
  ])('%s', async (_what, file, reason) => {
    const response = await send(file);
    const { errors } = (await response.json()) as { errors: { reason: string; message: string }[] };
    expect([response.status, errors[0]?.reason]).toEqual([400, reason]);
    expect(await revision()).toBe(before);
  });

  it('however many rows it is in, and others are answered meanwhile', async () => {
    const count = 5_000;
    const rows = Array.from({ length: count }, (_, at) => `v${at},Hệ thống ${at},v${at}`);
    let answered = 0;
    const asking = setInterval(() => {
      void fetch(`${service.url}/health/live`).then(({ ok }) => (answered += Number(ok)));
    }, 50);
    const report = await imported(['Mã,Tên,Thuộc', ...rows].join('\n'), { kind: 'SYSTEM' });
    clearInterval(asking);
    expect(answered).toBeGreaterThan(3);
    expect(report).toMatchObject({ elements: { created: 0, refused: count, unjudged: 0 }, isApplied: false });
    expect(report.problems).toHaveLength(count);
    expect(report.problems.at(-1)).toMatchObject({ line: count + 1, column: 'C', reason: 'PART_OF_CYCLE' });
    expect(await revision()).toBe(before);
  }, 60_000);

  it('from whom it may not come', async () => {
    for (const options of [{}, { dryRun: 'true' }, { scenario: 'x' }]) {
      expect((await send('Tên\nX\n', options, {})).status).toBe(403);
    }
  });

  it('and an option that is none', async () => {
    for (const options of [{ kind: 'KHAC' }, { dryRun: 'maybe' }, { reason: 'x'.repeat(201) }]) {
      expect((await send('Tên\nX\n', options)).status).toBe(400);
    }
    expect((await send('{}', {}, { ...AUTHORIZATION, 'content-type': 'application/json' })).status).toBe(400);
  });
});
