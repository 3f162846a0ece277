import exceljs from 'exceljs';
import type { PlanLineAnswer, PlanListAnswer } from '../src/review/plan-answer.types.js';
import { TEST_TOKEN, startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

type Headers = Readonly<Record<string, string>>;

async function send(file: Buffer | string, headers: Headers = {}): Promise<Response> {
  return fetch(`${service.url}/plan-lists`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', ...headers },
    body: typeof file === 'string' ? file : new Uint8Array(file),
  });
}

/** The answers alone. */
async function answered(file: Buffer | string, headers: Headers = {}): Promise<PlanListAnswer> {
  const response = await send(file, { accept: 'application/json', ...headers });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(JSON.stringify(answer));
  // The shape that the address answers with.
  return answer as PlanListAnswer;
}

async function reasons(file: Buffer | string): Promise<[number, unknown]> {
  const response = await send(file);
  const { errors } = (await response.json()) as { errors: readonly { reason: string }[] };
  return [response.status, errors.map(({ reason }) => reason)];
}

async function manyAtOnce(count: number): Promise<Response[]> {
  const lines = Array.from({ length: 200 }, (_, at) => `${at + 1},Xây dựng phần mềm quản lý hồ sơ số ${at}`);
  return Promise.all(Array.from({ length: count }, () => send(`STT,Tên dự án\n${lines.join('\n')}`)));
}

async function workbook(fill: (book: exceljs.Workbook) => void): Promise<Buffer> {
  const book = new exceljs.Workbook();
  fill(book);
  return Buffer.from(await book.xlsx.writeBuffer());
}

async function opened(file: Buffer): Promise<exceljs.Workbook> {
  const book = new exceljs.Workbook();
  // Its types know an older buffer.
  await book.xlsx.load(file as unknown as exceljs.Buffer);
  return book;
}

const HEADER = ['STT', 'Tên nhiệm vụ, dự án', 'Đơn vị chủ trì', 'Nội dung', 'Kinh phí', 'Thời gian', 'Hình thức'];

/** A yearly plan as it comes: titles above, a header of two rows, numbers of columns, parts, a sum, a signature. */
function yearlyPlan(book: exceljs.Workbook): void {
  const sheet = book.addWorksheet('Phụ lục 1');
  sheet.getCell('A1').value = 'DANH MỤC NHIỆM VỤ, DỰ ÁN CÔNG NGHỆ THÔNG TIN NĂM 2027';
  sheet.mergeCells('A1:G1');
  sheet.getCell('F2').value = 'Đơn vị tính: triệu đồng';
  sheet.getRow(4).values = HEADER;
  for (const column of 'ABCDFG') sheet.mergeCells(`${column}4:${column}5`);
  sheet.getCell('E5').value = 'Tổng số';
  sheet.getRow(6).values = HEADER.map((_, at) => `(${at + 1})`);
  sheet.getRow(7).values = ['I', 'Sở Y tế'];
  sheet.getRow(8).values = [
    1,
    'Xây dựng phần mềm quản lý văn bản và điều hành',
    undefined,
    'Văn bản đi, đến',
    1250.5,
    '2027',
  ];
  sheet.getRow(9).values = [2, 'Vườn thực vật ba chiều'];
  sheet.getRow(10).values = ['II', 'Nhiệm vụ chuyển tiếp'];
  const row = [
    3,
    'Hệ thống quản lý văn bản, điều hành công việc',
    'UBND phường Sài Gòn',
    undefined,
    800,
    '2027-2028',
    'Mua sắm',
  ];
  sheet.getRow(11).values = row;
  sheet.getRow(12).values = [4, 'Dự án X'];
  sheet.getRow(13).values = ['', 'Tổng cộng', undefined, undefined, { formula: 'SUM(E8:E12)', result: 2050.5 }];
  sheet.getRow(15).values = ['', '', 'GIÁM ĐỐC'];
  sheet.getRow(8).font = { italic: true };
  book.addWorksheet('Ghi chú').getCell('A1').value = 'Giữ nguyên trang này';
}

function lineAt(answer: PlanListAnswer, row: number): PlanLineAnswer {
  const found = answer.lines.find(({ line }) => line === row);
  if (found === undefined) throw new Error(`Row ${row} was not answered.`);
  return found;
}

function problemsAt(answer: PlanListAnswer, row: number): (readonly [unknown, string])[] {
  return lineAt(answer, row).problems.map(({ reason, path }) => [reason, path.at(-1) ?? ''] as const);
}

describe('a yearly plan', () => {
  it('is answered line by line: what exists, what to do, the five lights, what is missing, whom to ask', async () => {
    const answer = await answered(await workbook(yearlyPlan));
    expect(answer.lines.map(({ line, number }) => [line, number])).toEqual([
      [8, '1'],
      [9, '2'],
      [11, '3'],
      [12, '4'],
    ]);
    const first = lineAt(answer, 8);
    expect(first).toMatchObject({
      sheet: 'Phụ lục 1',
      agency: { urn: 'urn:khung:so-y-te', name: 'Sở Y tế' },
      budget: 1_250_500_000,
      year: 2027,
      problems: [],
    });
    expect(first.verdict).toMatchObject({ band: 'DUPLICATE', advice: 'REUSE_AS_IS' });
    expect(first.verdict?.matches[0]).toMatchObject({ urn: 'urn:khung:hcm-qlvb', band: 'DUPLICATE' });
    expect(first.verdict?.matches.length).toBeLessThanOrEqual(3);
    expect(first.verdict?.selfCheck).toHaveLength(5);
    expect(first.verdict?.conditions[0]?.textVi).toContain('Hệ thống quản lý văn bản và điều hành');
    const asked = first.verdict?.missing.flatMap(({ askedFrom }) => askedFrom?.name ?? []);
    expect(asked).toContain('Sở Y tế');
    expect(lineAt(answer, 9).verdict).toMatchObject({ band: 'DISTINCT', advice: 'BUILD_NEW', matches: [] });
    expect(lineAt(answer, 9).agency?.urn).toBe('urn:khung:so-y-te');
    expect(lineAt(answer, 12).verdict?.band).toBe('TOO_LITTLE_TO_JUDGE');
    expect(lineAt(answer, 12).agency).toBeNull();
    expect(answer).toMatchObject({
      objectsKnown: 192,
      counts: { DUPLICATE: 2, DISTINCT: 1, TOO_LITTLE_TO_JUDGE: 1, UNREADABLE: 0 },
    });
  });

  it('tells what a line wants that another line wants too', async () => {
    const answer = await answered(await workbook(yearlyPlan));
    const [first, third] = [lineAt(answer, 8), lineAt(answer, 11)];
    expect(first.verdict?.inList).toMatchObject([{ line: 11, title: third.title }]);
    expect(third.verdict?.inList).toMatchObject([{ line: 8, title: first.title }]);
    expect(lineAt(answer, 9).verdict?.inList).toEqual([]);
  });

  it('says of a line what the check of that proposal says', async () => {
    const { verdict } = lineAt(await answered(await workbook(yearlyPlan)), 8);
    const { data } = await service.ask<{ checkProposal: { check: { selfCheck: unknown; duplicates: object } } }>(
      `query ($input: ProposalInput!) { checkProposal(input: $input) { check {
        selfCheck { criterion titleVi titleEn light reasonVi reasonEn } conditionsSuggested { textVi textEn }
        duplicates { byComponent { band advice candidates { match { urn } band } } } } } }`,
      {
        variables: {
          input: {
            title: 'Xây dựng phần mềm quản lý văn bản và điều hành',
            agency: 'urn:khung:so-y-te',
            components: [{ name: 'Xây dựng phần mềm quản lý văn bản và điều hành', description: 'Văn bản đi, đến' }],
          },
        },
      },
    );
    expect(data?.checkProposal.check).toMatchObject({
      selfCheck: verdict?.selfCheck,
      conditionsSuggested: verdict?.conditions,
      duplicates: { byComponent: [{ band: verdict?.band, advice: verdict?.advice }] },
    });
  });

  it('comes back as the same workbook with columns at the right', async () => {
    const response = await send(await workbook(yearlyPlan));
    expect(response.headers.get('content-type')).toContain('spreadsheetml');
    const book = await opened(Buffer.from(await response.arrayBuffer()));
    const sheet = book.getWorksheet('Phụ lục 1');
    const texts = (row: number) => Array.from({ length: 20 }, (_, at) => sheet?.getRow(row).getCell(at + 1).text ?? '');
    expect(texts(4).slice(0, 7)).toEqual(HEADER);
    expect(texts(4).slice(7, 10)).toEqual(['Khung: Kết luận', 'Khung: Đối tượng tương tự', 'Khung: Khuyến nghị']);
    expect(texts(4).filter((text) => text.startsWith('Khung: '))).toHaveLength(12);
    expect(texts(8)[7]).toBe('Trùng lặp');
    expect(texts(8)[8]).toMatch(
      /^1\. Hệ thống quản lý văn bản và điều hành \(urn:khung:hcm-qlvb\): Trùng lặp, điểm [01]\.\d\d/,
    );
    expect(texts(9)[7]).toBe('Chưa thấy trùng lặp, trong 192 đối tượng đã biết');
    expect(texts(8)).toContainEqual(expect.stringContaining('Hỏi Sở Y tế:'));
    expect(texts(8)).toContainEqual(expect.stringContaining('Dòng 11: Hệ thống quản lý văn bản'));
    expect(texts(7).slice(7).join('')).toBe('');
    expect(sheet?.getCell('B8').font.italic).toBe(true);
    expect(sheet?.getCell('E13').formula).toBe('SUM(E8:E12)');
    expect(book.getWorksheet('Ghi chú')?.getCell('A1').value).toBe('Giữ nguyên trang này');
  });

  it('is answered in English too', async () => {
    const response = await send(await workbook(yearlyPlan), { 'accept-language': 'en' });
    const book = await opened(Buffer.from(await response.arrayBuffer()));
    expect(book.getWorksheet('Phụ lục 1')?.getCell('H8').text).toBe('Duplicate');
  });
});

describe('a text file', () => {
  const csv = 'STT;Tên dự án;Hình thức;Lớp kiến trúc\r\n1;=HYPERLINK(x) quản lý văn bản và điều hành;Mua sắm;3\r\n';

  it('comes back with its own separator, and nothing in it is a formula', async () => {
    const response = await send(csv);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const text = await response.text();
    const [header, line] = text.split('\r\n');
    expect(header).toMatch(/^\uFEFF?STT;Tên dự án;Hình thức;Lớp kiến trúc;Khung: Kết luận;/);
    expect(line).toMatch(/^1;'=HYPERLINK/);
  });

  it('is read with marks and without, and a position in the framework is a green light', async () => {
    const { lines } = await answered('STT,Ten nhiem vu,Lop kien truc\n1,Vườn thực vật ba chiều,3\n');
    expect(lines[0]?.verdict?.selfCheck[0]).toMatchObject({ criterion: 'LAYER_STATED', light: 'GREEN' });
  });
});

describe('what can not be read', () => {
  it('is told with its cell, and the other lines are answered', async () => {
    const answer = await answered(
      await workbook((book) => {
        const sheet = book.addWorksheet('KH');
        sheet.addRow(['Mã', 'Tên dự án', 'Đơn vị', 'Kinh phí', 'Ngày quyết định', 'Hình thức', 'Mục tiêu']);
        sheet.addRow(['a', { formula: '"Cổng"&"x"', result: 'Cổng x' }, 'Sở Y tế', 5, '01/02/2027']);
        sheet.addRow(['b', 'Cổng dữ liệu mở', 'Sở Không Có', 'một tỷ', '31/02/2027', 'Thuê dịch vụ']);
        sheet.addRow(['b', 'Kho dữ liệu', 'Sở Y tế', '1.250,5 triệu đồng', '12/2026', 'Mua sắm', 'x'.repeat(6000)]);
        sheet.addRow(['c', 'T'.repeat(600), 'Sở Y tế']);
        sheet.addRow(['d', '', 'Sở Y tế']);
        sheet.addRow(['e', 'Bản đồ số', 'Sở Y tế']);
        sheet.addRow(['f', 'Bản đồ quy hoạch', '']);
        sheet.mergeCells('C7:C8');
      }),
    );
    expect(problemsAt(answer, 2)).toEqual([
      ['CELL_FORMULA', 'B2'],
      ['VALUE_MISSING', 'D2'],
    ]);
    expect(lineAt(answer, 2).verdict).toBeNull();
    expect(problemsAt(answer, 3)).toEqual([
      ['NAME_UNKNOWN', 'C3'],
      ['VALUE_NOT_ALLOWED', 'F3'],
      ['VALUE_OF_WRONG_TYPE', 'D3'],
      ['VALUE_OF_WRONG_TYPE', 'E3'],
    ]);
    expect(lineAt(answer, 3).verdict).not.toBeNull();
    expect(problemsAt(answer, 4)).toEqual([
      ['ROW_REPEATED', 'A4'],
      ['CELL_TOO_LONG', 'G4'],
    ]);
    expect(lineAt(answer, 4).budget).toBe(1_250_500_000);
    expect(problemsAt(answer, 5)).toEqual([['CELL_TOO_LONG', 'B5']]);
    expect(problemsAt(answer, 6)).toEqual([['VALUE_MISSING', 'B6']]);
    expect(problemsAt(answer, 8)).toEqual([['CELL_MERGED', 'C8']]);
    expect(answer.counts.UNREADABLE).toBe(3);
    expect(lineAt(answer, 8).problems[0]?.message).toContain('bỏ gộp ô');
  });

  it('is refused as a whole where there is nothing to answer', async () => {
    expect(await reasons('xin chào\nkhông có bảng nào')).toEqual([400, ['SHEET_UNRECOGNISED']]);
    expect(await reasons(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))).toEqual([400, ['FILE_LEGACY']]);
    expect(await reasons(Buffer.from('PK\u0003\u0004'))).toEqual([400, ['FILE_DAMAGED']]);
    const lines = Array.from({ length: 1001 }, (_, at) => `${at + 1},Dự án số ${at + 1}`);
    expect(await reasons(`STT,Tên dự án\n${lines.join('\n')}`)).toEqual([400, ['LIMIT_EXCEEDED']]);
    expect(await reasons('x'.repeat(1024 * 1024 + 1))).toEqual([413, ['LIMIT_EXCEEDED']]);
  });

  it('of a line that says it holds a state secret is not answered', async () => {
    const { lines } = await answered('STT,Tên dự án,Có bí mật nhà nước\n1,Vườn thực vật ba chiều,Có\n');
    expect(lines[0]).toMatchObject({ verdict: null, problems: [{ reason: 'STATE_SECRET' }] });
  });
});

describe('lists that are sent together', () => {
  it('are answered two at once; whoever comes then is told to come again', async () => {
    const answers = await manyAtOnce(5);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(answers.filter(({ status }) => status === 200).length).toBe(answers.length - refused.length);
    for (const response of refused) {
      expect(response.headers.get('retry-after')).toBe('30');
      expect(await response.json()).toMatchObject({ errors: [{ code: 'LIMIT_EXCEEDED', reason: 'BUSY' }] });
    }
    expect((await send('STT,Tên dự án\n1,Vườn thực vật ba chiều\n')).status).toBe(200);
  });
});

describe('what the caller may not see', () => {
  it('is no match of his, whoever else sees it', async () => {
    const operations = [
      {
        op: 'ADD',
        urn: 'urn:khung:kin',
        value: { kind: 'SYSTEM', name: 'Đài quan trắc sao chổi khuya', visibility: 'RESTRICTED' },
      },
    ];
    const { data } = await service.ask(
      'mutation ($input: CommitChangeSetInput!) { commitChangeSet(input: $input) { userErrors { message } } }',
      { variables: { input: { operations, reason: 'Kiểm thử' } }, asAdministrator: true },
    );
    expect(data).toEqual({ commitChangeSet: { userErrors: [] } });
    const plan = 'STT,Tên dự án\n1,Đài quan trắc sao chổi khuya\n';
    const [seen, unseen] = [await answered(plan, { authorization: `Bearer ${TEST_TOKEN}` }), await answered(plan)];
    const urns = ({ lines }: PlanListAnswer) => lines[0]?.verdict?.matches.map(({ urn }) => urn) ?? [];
    expect(urns(seen)[0]).toBe('urn:khung:kin');
    expect(urns(unseen)).not.toContain('urn:khung:kin');
    expect(seen.objectsKnown).toBe(unseen.objectsKnown + 1);
    expect(JSON.stringify(unseen)).not.toContain('khung:kin');
  });
});
