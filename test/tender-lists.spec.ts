import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import exceljs from 'exceljs';
import { matchTenders } from '../src/list-commands.js';
import { readReferenceProjects } from '../src/portfolio/reference-projects.js';
import type { TenderLineAnswer, TenderListAnswer } from '../src/review/tender-answer.types.js';
import { SUMS_HEADER, formatTenderSums } from '../src/review/tender-list-command.js';
import { migratedFolder, run } from './support/process.js';
import { TEST_TOKEN, startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

const AGENCY = 'urn:khung:so-vuon-uom';
const FORMULA_NAME = '=HYPERLINK("http://x.vn";"Kho mẫu lá cây thuốc nam")';

function projectOperations(id: string, name: string, code: string | null, attributes: object = {}): object[] {
  const urn = `urn:khung:${id}`;
  const externalIds =
    code === null ? [] : [{ scheme: `MUASAMCONG-${code.slice(0, 2)}`, value: code, recordType: null }];
  return [
    { op: 'ADD', urn, value: { kind: 'PROJECT', name, externalIds, attributes } },
    { op: 'ADD', urn: `${urn}.chu`, value: { kind: 'OWNED_BY', source: urn, target: AGENCY } },
  ];
}

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  const operations = [
    { op: 'ADD', urn: AGENCY, value: { kind: 'AGENCY', name: 'Sở Vườn ươm' } },
    ...projectOperations('vu-1', 'Xây dựng phần mềm quản lý vườn ươm hoa kiểng', 'IB2600000001-00', {
      architectureCheckedOn: null,
    }),
    ...projectOperations('vu-2', 'Lắp đặt trạm quan trắc sao chổi gói 1', 'PL2600000009', {
      architectureCheckedOn: '2026-01',
      tenderedOn: '2026-03',
    }),
    ...projectOperations('vu-3', 'Lắp đặt trạm quan trắc sao chổi gói 2', 'PL2600000009'),
    ...projectOperations('vu-4', FORMULA_NAME, 'IB2600000004'),
    ...projectOperations('vu-5', 'Số hóa bản vẽ gốm sứ cổ', null),
    ...projectOperations('vu-6', 'Số hóa bản vẽ gốm sứ cổ', null),
    {
      op: 'ADD',
      urn: 'urn:khung:vu-kin',
      value: { kind: 'PROJECT', name: 'Đài thiên văn dạ quang', visibility: 'RESTRICTED' },
    },
  ];
  const { data, errors } = await service.ask<{ commitChangeSet: { userErrors: object[] } }>(
    'mutation ($input: CommitChangeSetInput!) { commitChangeSet(input: $input) { userErrors { message path } } }',
    { variables: { input: { operations, reason: 'Kiểm thử' } }, asAdministrator: true },
  );
  expect([errors, data?.commitChangeSet.userErrors]).toEqual([undefined, []]);
});
afterAll(() => service.close());

type Headers = Readonly<Record<string, string>>;
const TOKEN = { authorization: `Bearer ${TEST_TOKEN}` };

function send(file: Buffer | string, headers: Headers = TOKEN, query = ''): Promise<Response> {
  return fetch(`${service.url}/tender-lists${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', ...headers },
    body: typeof file === 'string' ? file : new Uint8Array(file),
  });
}

async function answered(file: Buffer | string, headers: Headers = {}): Promise<TenderListAnswer> {
  const response = await send(file, { ...TOKEN, accept: 'application/json', ...headers });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(JSON.stringify(answer));
  // The shape that the address answers with.
  return answer as TenderListAnswer;
}

async function reasons(file: Buffer | string): Promise<[number, unknown]> {
  const response = await send(file);
  const { errors } = (await response.json()) as { errors: readonly { reason: string }[] };
  return [response.status, errors.map(({ reason }) => reason)];
}

async function workbook(fill: (sheet: exceljs.Worksheet, book: exceljs.Workbook) => void): Promise<Buffer> {
  const book = new exceljs.Workbook();
  fill(book.addWorksheet('Gói thầu'), book);
  return Buffer.from(await book.xlsx.writeBuffer());
}

async function opened(response: Response): Promise<exceljs.Workbook> {
  const book = new exceljs.Workbook();
  // Its types know an older buffer.
  await book.xlsx.load(Buffer.from(await response.arrayBuffer()) as unknown as exceljs.Buffer);
  return book;
}

function lineAt(answer: TenderListAnswer, row: number): TenderLineAnswer {
  const found = answer.lines.find(({ line }) => line === row);
  if (found === undefined) throw new Error(`Row ${row} was not answered.`);
  return found;
}

function problemsAt(answer: TenderListAnswer, row: number): (readonly [unknown, string])[] {
  return lineAt(answer, row).problems.map(({ reason, path }) => [reason, path.at(-1) ?? ''] as const);
}

/** A list as it is handed over: a title above, numbers of columns, a part, a sum, a signature. */
function tenders(sheet: exceljs.Worksheet, book: exceljs.Workbook): void {
  sheet.getCell('A1').value = 'DANH SÁCH GÓI THẦU CÔNG NGHỆ THÔNG TIN NĂM 2026';
  sheet.mergeCells('A1:F1');
  sheet.getRow(3).values = ['STT', 'Mã TBMT', 'Mã KHLCNT', 'Tên gói thầu', 'Chủ đầu tư', 'Giá gói thầu'];
  sheet.getRow(4).values = ['(1)', '(2)', '(3)', '(4)', '(5)', '(6)'];
  sheet.getRow(5).values = ['I', '', '', 'Các gói đã mời thầu'];
  sheet.getRow(6).values = [1, 'ib 2600 000 001-02', '', 'Phần mềm quản lý vườn ươm hoa kiểng', 'Sở Vườn ươm', 5];
  sheet.getRow(7).values = [2, '', 'PL2600000009', 'Gói thầu 1: Lắp đặt trạm quan trắc sao chổi', 'Sở Vườn ươm'];
  sheet.getRow(8).values = [3, '', '', 'Số hóa bản vẽ gốm sứ cổ'];
  sheet.getRow(9).values = [4, 'IB2600000001', '', 'Lắp đặt trạm quan trắc sao chổi gói 2'];
  sheet.getRow(10).values = [5, 'IB2699999999', '', 'Nuôi cá cảnh biển sâu'];
  sheet.getRow(11).values = [6, '', '', '', 'Sở Vườn ươm', 9];
  sheet.getRow(12).values = ['', '', '', 'Tổng cộng', '', { formula: 'SUM(F6:F11)', result: 14 }];
  sheet.getRow(14).values = ['', '', '', '', '', 'GIÁM ĐỐC'];
  book.addWorksheet('Ghi chú').getCell('A1').value = 'Giữ nguyên';
}

describe('a list of tenders', () => {
  it('is answered line by line: which project, by what, how sure, whether it was checked, whom to ask', async () => {
    const answer = await answered(await workbook(tenders));
    expect(answer.lines.map(({ line, outcome }) => [line, outcome])).toEqual([
      [6, 'FOUND'],
      [7, 'FOUND'],
      [8, 'UNDECIDED'],
      [9, 'CONTRADICTION'],
      [10, 'NOTHING_FOUND'],
      [11, 'NOTHING_TO_GO_BY'],
    ]);
    expect(lineAt(answer, 6)).toMatchObject({
      codes: ['IB2600000001'],
      by: 'CODE',
      confidence: 'HIGH',
      project: { urn: 'urn:khung:vu-1', agency: { urn: AGENCY }, state: 'NOT_CHECKED', sameAgency: true },
      problems: [],
      missing: [],
    });
    expect(lineAt(answer, 7)).toMatchObject({
      by: 'CODE',
      project: { urn: 'urn:khung:vu-2', state: 'CHECKED_BEFORE', checkedOn: '2026-01', tenderedOn: '2026-03' },
      candidates: [{ urn: 'urn:khung:vu-3', differing: { title: ['1'], name: ['2'] } }],
    });
    expect(lineAt(answer, 8)).toMatchObject({ project: null, confidence: null, by: 'TITLE', candidateCount: 2 });
    expect(lineAt(answer, 9).candidates.map(({ urn }) => urn)).toEqual(['urn:khung:vu-3', 'urn:khung:vu-1']);
    expect(lineAt(answer, 10)).toMatchObject({ by: 'NONE', unknownCodes: ['IB2699999999'], candidates: [] });
    expect(answer).toMatchObject({
      counts: { FOUND: 2, UNDECIDED: 1, CONTRADICTION: 1, NOTHING_FOUND: 1, NOTHING_TO_GO_BY: 1 },
      projects: { NOT_CHECKED: 1, CHECKED_BEFORE: 1, NO_CHECK_KNOWN: 0 },
      projectsKnown: 69,
    });
    expect(answer.form).toContain('chưa đối chiếu');
  });

  it('tells what is wrong with its lines, with the cell', async () => {
    const answer = await answered(await workbook(tenders));
    expect(problemsAt(answer, 9)).toEqual([['ROW_REPEATED', 'B9']]);
    expect(lineAt(answer, 9).problems[0]?.message).toContain('Gói thầu!B6');
    expect(problemsAt(answer, 11)).toEqual([['VALUE_MISSING', 'B11']]);
    expect(answer.notes.map(({ reason, path }) => [reason, path.join('!')])).toEqual([
      ['SHEET_UNRECOGNISED', 'Ghi chú'],
      ['COLUMN_UNKNOWN', 'Gói thầu!F3'],
    ]);
  });

  it('asks of a project what is missing, and of no one whom nobody knows', async () => {
    const { lines } = await answered('Mã TBMT\nIB2600000004\nIB2500627668-00\n');
    expect(lines[0]).toMatchObject({ project: { urn: 'urn:khung:vu-4', state: 'NO_CHECK_KNOWN' } });
    expect(lines[0]?.missing.map(({ askedFrom }) => askedFrom?.name)).toEqual(['Sở Vườn ươm', 'Sở Vườn ươm']);
    expect(lines[0]?.missing[0]?.question).toContain('kiểm tra sự phù hợp với kiến trúc');
    expect(lines[1]).toMatchObject({ project: { urn: 'urn:khung:p0079' }, by: 'CODE', confidence: 'HIGH' });
  });

  it('comes back as the same workbook with columns at the right, in either language', async () => {
    const file = await workbook(tenders);
    const response = await send(file, TOKEN, `?${new URLSearchParams({ fileName: 'gói thầu.xlsx' }).toString()}`);
    expect(response.headers.get('content-disposition')).toContain(
      "filename*=UTF-8''g%C3%B3i%20th%E1%BA%A7u-khung.xlsx",
    );
    const book = await opened(response);
    const sheet = book.getWorksheet('Gói thầu');
    const texts = (row: number) => Array.from({ length: 7 }, (_, at) => sheet?.getRow(row).getCell(at + 7).text ?? '');
    expect(texts(3)).toEqual([
      'Khung: Dự án',
      'Khung: Cơ quan chủ quản',
      'Khung: Nhận ra nhờ đâu',
      'Khung: Dự án khác có thể',
      'Khung: Kiểm tra kiến trúc',
      'Khung: Còn thiếu, hỏi ai',
      'Khung: Cần sửa trong tệp',
    ]);
    expect(texts(6).slice(0, 5)).toEqual([
      'Xây dựng phần mềm quản lý vườn ươm hoa kiểng (urn:khung:vu-1)',
      'Sở Vườn ươm',
      expect.stringMatching(
        /^theo mã IB2600000001; tên giống \d\.\d\d; từ trùng: .*vườn ươm hoa kiểng; chắc chắn cao$/,
      ),
      '',
      'Không kiểm tra',
    ]);
    expect(texts(7)[3]).toMatch(/^1\. Lắp đặt trạm quan trắc sao chổi gói 2 .*khác nhau: 1 \/ 2/);
    expect(texts(7)[4]).toBe('Kiểm tra trước khi mời thầu (kiểm tra: 2026-01; mời thầu: 2026-03)');
    expect(texts(8)[2]).toBe('Chưa phân định được giữa các dự án');
    expect(texts(10)[2]).toBe('Không có dự án nào khớp trong sổ, trong 69 dự án đã biết');
    expect(texts(10)[5]).toBe('Mã IB2699999999 chưa được ghi ở dự án nào');
    expect(texts(5).join('')).toBe('');
    expect(sheet?.getCell('F12').formula).toBe('SUM(F6:F11)');
    expect(book.getWorksheet('Ghi chú')?.getCell('A1').value).toBe('Giữ nguyên');
    const english = await opened(await send(file, { ...TOKEN, 'accept-language': 'en' }));
    expect(english.getWorksheet('Gói thầu')?.getCell('K6').text).toBe('Not checked');
  });
});

describe('the projects of the city', () => {
  it('are each found by their own title and by nothing else, however little it says', async () => {
    const rows = readReferenceProjects().projects.map(({ id = '', title = '' }) => ({ id: id.toLowerCase(), title }));
    const quoted = rows.map(({ title }) => `"${title.replaceAll('"', '""')}"`);
    const { lines } = await answered(
      `STT,Tên gói thầu\n${quoted.map((title, at) => `${at + 1},${title}`).join('\n')}\n`,
    );
    expect(lines).toHaveLength(62);
    const others = lines.filter(({ project }, at) => project?.urn !== `urn:khung:${rows[at]?.id}`);
    expect(others.map(({ title, outcome }) => [title, outcome])).toEqual([]);
  });
});

describe('what comes back', () => {
  it('is never a formula, whether it was sent or stands in the registry', async () => {
    const response = await send('Mã TBMT;Tên gói thầu\r\nIB2600000004;=1+1 cây thuốc nam\r\n');
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const [header, line] = (await response.text()).split('\r\n');
    expect(header).toMatch(/^\uFEFF?Mã TBMT;Tên gói thầu;Khung: Dự án;/);
    expect(line).toContain(";'=1+1 cây thuốc nam;");
    expect(line).toContain(`"'=HYPERLINK(""http://x.vn"";`);
    const sheet = (
      await opened(
        await send(
          await workbook((each) => {
            each.addRow(['Mã TBMT', 'Tên gói thầu']);
            each.addRow(['IB2600000004', 'Cây thuốc nam']);
          }),
        ),
      )
    ).getWorksheet('Gói thầu');
    expect(sheet?.getCell('C2').type).not.toBe(exceljs.ValueType.Formula);
    expect(sheet?.getCell('C2').text).toBe(`${FORMULA_NAME} (urn:khung:vu-4)`);
  });
});

describe('what can not be read', () => {
  it('is told with its cell, and the other lines are answered', async () => {
    const answer = await answered(
      await workbook((sheet) => {
        sheet.addRow(['Mã', 'Tên gói thầu', 'Chủ đầu tư']);
        sheet.addRow([{ formula: '"IB"&"2600000001"', result: 'IB2600000001' }, 'Phần mềm vườn ươm hoa kiểng']);
        sheet.addRow(['IB26000001', 'Phần mềm vườn ươm hoa kiểng', 'Sở Không Có']);
        sheet.addRow(['IB2600000001, IB26000', 'x'.repeat(1_100)]);
        sheet.addRow([2_600_000_001, '']);
        sheet.addRow(['', 'Gói thầu số 1', '']);
        sheet.addRow(['IB2600000004', 'Kho mẫu', 'Sở Vườn ươm']);
        sheet.addRow(['', 'Trạm quan trắc', '']);
        sheet.mergeCells('C7:C8');
        sheet.addRow([undefined, { formula: '"a"', result: 'a' }]);
      }),
    );
    expect(problemsAt(answer, 2)).toEqual([['CELL_FORMULA', 'A2']]);
    expect(lineAt(answer, 2)).toMatchObject({ by: 'TITLE', project: { urn: 'urn:khung:vu-1' } });
    expect(problemsAt(answer, 3)).toEqual([
      ['VALUE_NOT_ALLOWED', 'A3'],
      ['NAME_UNKNOWN', 'C3'],
    ]);
    expect(problemsAt(answer, 4)).toEqual([
      ['CELL_TOO_LONG', 'B4'],
      ['VALUE_NOT_ALLOWED', 'A4'],
    ]);
    expect(lineAt(answer, 4)).toMatchObject({ by: 'CODE', project: { urn: 'urn:khung:vu-1' } });
    expect(problemsAt(answer, 5)).toEqual([['VALUE_NOT_ALLOWED', 'A5']]);
    expect(lineAt(answer, 5).outcome).toBe('NOTHING_TO_GO_BY');
    expect([lineAt(answer, 6).outcome, problemsAt(answer, 6)]).toEqual(['NOTHING_TO_GO_BY', []]);
    expect(problemsAt(answer, 8)).toEqual([['CELL_MERGED', 'C8']]);
    expect([lineAt(answer, 9).outcome, problemsAt(answer, 9)]).toEqual(['NOTHING_TO_GO_BY', [['CELL_FORMULA', 'B9']]]);
  });

  it('is refused as a whole where there is nothing to answer', async () => {
    expect(await reasons('xin chào\nkhông có bảng nào')).toEqual([400, ['SHEET_UNRECOGNISED']]);
    expect(await reasons('')).toEqual([400, ['SHEET_UNRECOGNISED']]);
    expect(await reasons('Tên gói thầu\nMột gói')).toEqual([400, ['SHEET_UNRECOGNISED']]);
    expect(await reasons(await workbook((sheet) => sheet.addRow(['Họ tên', 'Ngày sinh'])))).toEqual([
      400,
      ['SHEET_UNRECOGNISED'],
    ]);
    expect(await reasons(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))).toEqual([400, ['FILE_LEGACY']]);
    expect(await reasons(Buffer.from('PK\u0003\u0004'))).toEqual([400, ['FILE_DAMAGED']]);
    const lines = Array.from({ length: 1_001 }, (_, at) => `IB${2_600_000_000 + at},Gói số ${at}`);
    expect(await reasons(`Mã TBMT,Tên gói thầu\n${lines.join('\n')}`)).toEqual([400, ['LIMIT_EXCEEDED']]);
  });

  it('has a header and no lines is answered with none', async () => {
    const { lines, counts } = await answered('Mã TBMT,Tên gói thầu\n');
    expect([lines, counts.FOUND]).toEqual([[], 0]);
  });
});

describe('who may ask', () => {
  it('is whoever may read findings', async () => {
    const response = await send('Mã TBMT\nIB2600000001\n', {});
    expect(response.status).toBe(403);
  });

  it('learns of what he may not see neither the project nor that there is one', async () => {
    const open = await startTestService({ KHUNG_FINDINGS_VISIBILITY: 'PUBLIC' });
    const other = service;
    try {
      const seen = await answered('STT,Tên gói thầu\n1,Đài thiên văn dạ quang\n');
      expect(seen.lines[0]).toMatchObject({ outcome: 'FOUND', project: { urn: 'urn:khung:vu-kin' } });
      service = open;
      const operations = projectOperations('vu-kin', 'Đài thiên văn dạ quang', 'IB2600000077').slice(0, 1);
      const hide = { op: 'UPDATE', urn: 'urn:khung:vu-kin', path: 'visibility', value: 'RESTRICTED' };
      await open.ask(
        'mutation ($input: CommitChangeSetInput!) { commitChangeSet(input: $input) { userErrors { message } } }',
        { variables: { input: { operations: [...operations, hide], reason: 'Kiểm thử' } }, asAdministrator: true },
      );
      const list = 'STT,Mã TBMT,Tên gói thầu\n1,IB2600000077,Đài thiên văn dạ quang\n';
      const response = await send(list, { accept: 'application/json' });
      const unseen = (await response.json()) as TenderListAnswer;
      expect(unseen.lines[0]).toMatchObject({ outcome: 'NOTHING_FOUND', unknownCodes: ['IB2600000077'] });
      expect(JSON.stringify(unseen)).not.toContain('vu-kin');
      expect((await answered(list)).lines[0]?.outcome).toBe('FOUND');
    } finally {
      service = other;
      await open.close();
    }
  });
});

describe('the command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'khung-tenders-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('writes the answer beside the list and tells the sums, or gives all of it as JSON', async () => {
    const file = join(folder, 'gói thầu.csv');
    writeFileSync(file, 'Mã TBMT,Tên gói thầu\nIB2600000001,Vườn ươm hoa kiểng\n,Gói thầu số 1\n');
    const asked = { url: service.url, token: TEST_TOKEN };
    const { text, hasUnreadable } = await matchTenders(file, { language: 'VI' }, asked);
    expect(hasUnreadable).toBe(false);
    expect(text).toContain('gói thầu-khung.csv');
    expect(text).toMatch(/Dòng: 2\n {2}Đã nhận ra dự án: 1\n[^]*Dự án nhận ra được: 1\n {2}Không kiểm tra: 1\n/);
    expect(readFileSync(join(folder, 'gói thầu-khung.csv'), 'utf8')).toContain('urn:khung:vu-1');
    const json = await matchTenders(file, { language: 'EN', json: true }, asked);
    expect(JSON.parse(json.text)).toMatchObject({ counts: { FOUND: 1, NOTHING_TO_GO_BY: 1 } });
    expect(json.hasUnreadable).toBe(true);
    const response = await send(readFileSync(file), TOKEN);
    expect(formatTenderSums(response.headers.get(SUMS_HEADER) ?? '', 'VI')).toBe(text.split('\n').slice(1).join('\n'));
    await expect(matchTenders(file, { language: 'VI' }, { url: service.url, token: undefined })).rejects.toThrow(
      'quyền',
    );
  });

  it('is one of the program', async () => {
    const data = migratedFolder();
    const [file, target] = [join(folder, 'thu.csv'), join(folder, 'tra-loi.csv')];
    writeFileSync(file, 'Mã TBMT\nib2500627668-00\n');
    const { code, output } = await run(data, 'match-tenders', file, '-o', target, '--language', 'en');
    expect([code, output]).toEqual([0, expect.stringMatching(/Project found: 1[^]*Nobody has told[^\n]*: 1/)]);
    expect(readFileSync(target, 'utf8')).toContain('urn:khung:p0079');
    rmSync(data, { recursive: true, force: true });
  }, 120_000);
});
