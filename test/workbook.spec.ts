import exceljs from 'exceljs';
import type { ImportReport } from '../src/exchange/import-report.js';
import { TEST_TOKEN, startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

const urn = (id: string): string => `urn:khung:${id}`;
const add = (id: string, value: object): object => ({ op: 'ADD', urn: urn(id), value });
const join = (id: string, kind: string, source: string, target: string): object =>
  add(id, { kind, source: urn(source), target: urn(target) });

const CITY = [
  add('so-a', { kind: 'AGENCY', name: 'Sở A', level: 'DEPARTMENT' }),
  add('da-dung', {
    kind: 'SYSTEM',
    name: 'Hệ thống đã dừng',
    phases: [{ phase: 'END_OF_LIFE', from: '2024' }],
  }),
  add('du-du', {
    kind: 'SYSTEM',
    name: 'Hệ thống khai báo đủ',
    layer: 3,
    attributes: { recordType: 'ORIGINAL', architectureState: 'BOTH', stateSecret: false, scope: 'CITY' },
  }),
  add('tham-chieu', {
    kind: 'DATABASE',
    name: 'Cơ sở dữ liệu tham chiếu',
    attributes: { recordType: 'REFERENCE' },
    externalIds: [{ scheme: 'NAS', value: 'NAS-2-DB-0007', recordType: 'REFERENCE' }],
  }),
  add('trung-ma', {
    kind: 'DATABASE',
    name: 'Cơ sở dữ liệu trùng mã',
    externalIds: [{ scheme: 'NAS', value: 'NAS-2-DB-0007', recordType: 'ORIGINAL' }],
  }),
  add('nang-luc', { kind: 'CAPABILITY', name: 'Tiếp nhận hồ sơ' }),
  add('nd-01', { kind: 'GAP', name: 'Chưa kết nối', attributes: { solution: 'Kết nối LGSP' } }),
  add('nd-02', { kind: 'GAP', name: 'Chưa có kho' }),
  add('nv-01', {
    kind: 'TASK',
    name: 'Kết nối',
    attributes: { dueOn: '2026-10', verification: 'IN_PROGRESS', progressPercent: 40 },
  }),
  add('nv-02', { kind: 'TASK', name: 'Việc không của khoảng cách nào', attributes: { timeline: 'Quý IV/2026' } }),
  join('chu-1', 'OWNED_BY', 'du-du', 'so-a'),
  join('van-hanh-1', 'OPERATED_BY', 'du-du', 'so-a'),
  join('anh-xa-1', 'REALIZES', 'du-du', 'nang-luc'),
  join('chu-2', 'OWNED_BY', 'tham-chieu', 'so-a'),
  join('dong-1', 'CLOSES', 'nv-01', 'nd-01'),
  add('kn-01', {
    kind: 'EXCHANGES_DATA_WITH',
    source: urn('du-du'),
    target: urn('tham-chieu'),
    channels: ['LGSP', 'FILE'],
    status: 'IN_USE',
    attributes: { nationalRelationType: 'Đồng bộ DL' },
  }),
  join('kn-dung', 'EXCHANGES_DATA_WITH', 'du-du', 'da-dung'),
];

const AUTHORIZATION = { authorization: `Bearer ${TEST_TOKEN}` };
let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  const { data } = await service.ask<{ commitChangeSet: { userErrors: unknown[] } }>(
    `mutation Commit($input: CommitChangeSetInput!) { commitChangeSet(input: $input) { userErrors { reason path } } }`,
    { asAdministrator: true, variables: { input: { reason: 'Kiểm thử', operations: CITY } } },
  );
  expect(data?.commitChangeSet.userErrors).toEqual([]);
});
afterAll(() => service.close());

async function exported(): Promise<Buffer> {
  const response = await fetch(`${service.url}/exports/workbooks/MAU_03.xlsx`, { headers: AUTHORIZATION });
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

async function imported(file: Buffer, options: Readonly<Record<string, string>> = {}): Promise<ImportReport> {
  const query = new URLSearchParams({ fileName: 'mau-03.xlsx', ...options });
  const response = await fetch(`${service.url}/imports?${query.toString()}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', ...AUTHORIZATION },
    body: new Uint8Array(file),
  });
  // The shape that the address answers with.
  return (await response.json()) as ImportReport;
}

async function opened(file: Buffer): Promise<exceljs.Workbook> {
  const book = new exceljs.Workbook();
  // Its types know an older buffer.
  await book.xlsx.load(file as unknown as exceljs.Buffer);
  return book;
}

async function edited(edit: (book: exceljs.Workbook) => void): Promise<Buffer> {
  const book = await opened(await exported());
  edit(book);
  return Buffer.from(await book.xlsx.writeBuffer());
}

type Row = Readonly<Record<string, string>>;
/** Cells by header that are written. */
type Written = Readonly<Record<string, string | number>>;

function sheetOf(book: exceljs.Workbook, name: string): exceljs.Worksheet {
  const sheet = book.getWorksheet(name);
  if (sheet === undefined) throw new Error(`There is no sheet ${name}.`);
  return sheet;
}

/** The rows of a sheet by header, as another program reads them. */
function rowsOf(book: exceljs.Workbook, name: string): Row[] {
  const sheet = sheetOf(book, name);
  const headers: string[] = [];
  sheet.getRow(1).eachCell((cell, at) => {
    headers[at] = cell.text;
  });
  const rows: Row[] = [];
  sheet.eachRow((row, line) => {
    if (line === 1) return;
    rows.push(Object.fromEntries(headers.map((header, at) => [header, row.getCell(at).text] as const).slice(1)));
  });
  return rows;
}

/** Writes into the cells of the row that has a value in a column; with no such row, of a new one. */
function write(book: exceljs.Workbook, name: string, [column, key]: readonly [string, string], cells: Written): void {
  const sheet = sheetOf(book, name);
  const at = new Map<string, number>();
  sheet.getRow(1).eachCell((cell, index) => at.set(cell.text, index));
  let line = sheet.rowCount + 1;
  sheet.eachRow((row, number) => {
    if (row.getCell(at.get(column) ?? 1).text === key) line = number;
  });
  for (const [header, value] of Object.entries({ [column]: key, ...cells })) {
    const index = at.get(header);
    if (index === undefined) throw new Error(`There is no column ${header}.`);
    sheet.getRow(line).getCell(index).value = value;
  }
}

const SAME = { created: 0, changed: 0, deleted: 0, refused: 0 };
/** What the form requires, written down here a second time. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  DM_DOITUONG: ['id', 'name', 'recordType', 'objectType', 'archLayer', 'owner', 'operator', 'status', 'isSecret'],
  QH_KETNOI: ['id', 'sourceId', 'relationType', 'targetId', 'channel', 'status'],
  ANHXA: ['objectId', 'componentId'],
  HOANTHIEN_NV: ['gapId', 'gapContent', 'solution', 'taskId', 'taskName', 'leadUnit', 'timeline', 'verifyStatus'],
};

interface Readiness {
  readonly workbook: {
    readonly version: string;
    readonly sheets: readonly { readonly name: string; readonly rows: number; readonly ready: number }[];
    readonly blockers: {
      readonly totalCount: number;
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      readonly nodes: readonly {
        readonly sheet: string;
        readonly line: number;
        readonly column: string;
        readonly element: { readonly urn: string };
        readonly reason: string;
        readonly owner: { readonly urn: string } | null;
      }[];
    };
    readonly referencesWithoutOrigin: number;
    readonly duplicateCodes: readonly string[];
  };
}

async function readiness(after: string | null = null): Promise<Readiness['workbook']> {
  const { data, errors } = await service.ask<Readiness>(
    `query Ready($after: String) { workbook(form: "MAU_03") { version sheets { name rows ready notReady }
      referencesWithoutOrigin duplicateCodes blockers(first: 500, after: $after) { totalCount
      pageInfo { hasNextPage endCursor } nodes { sheet line column element { urn } reason owner { urn } } } } }`,
    { asAdministrator: true, variables: { after } },
  );
  expect(errors).toBeUndefined();
  if (data === null || data === undefined) throw new Error('no answer');
  return data.workbook;
}

describe('the national form', () => {
  it('exports and comes in again with no difference', async () => {
    const report = await imported(await exported());
    expect(report).toMatchObject({ elements: SAME, relations: SAME, problems: [], notes: [], isApplied: false });
    expect(report.elements.unchanged).toBeGreaterThan(100);
    expect(report.relations.unchanged).toBeGreaterThan(50);
  });

  it('leaves out what has ended, and connections with it', async () => {
    const book = await opened(await exported());
    const ids = new Set(rowsOf(book, 'DM_DOITUONG').map(({ id }) => id));
    expect(ids.has('du-du')).toBe(true);
    expect(ids.has('da-dung')).toBe(false);
    const connections = new Set(rowsOf(book, 'QH_KETNOI').map(({ id }) => id));
    expect(connections.has('kn-01')).toBe(true);
    expect(connections.has('kn-dung')).toBe(false);
  });

  it('speaks the words of the form', async () => {
    const book = await opened(await exported());
    const row = (name: string, id: string): Row | undefined =>
      rowsOf(book, name).find((each) => Object.values(each)[0] === id);
    expect(row('DM_DOITUONG', 'du-du')).toMatchObject({
      name: 'Hệ thống khai báo đủ',
      recordType: 'Bản ghi gốc',
      objectType: 'Hệ thống số',
      archLayer: '3',
      owner: 'Sở A',
      operator: 'Sở A',
      status: 'Cả hai',
      isSecret: 'Không',
    });
    expect(row('QH_KETNOI', 'kn-01')).toMatchObject({
      sourceId: 'du-du',
      relationType: 'Đồng bộ DL',
      targetId: 'tham-chieu',
      channel: expect.stringContaining('LGSP/API; '),
      status: 'Đang khai thác',
    });
    expect(row('ANHXA', 'du-du')).toEqual({ objectId: 'du-du', componentId: 'nang-luc' });
    expect(row('ANHXA', 'tham-chieu')).toEqual({ objectId: 'tham-chieu', componentId: '' });
    expect(row('HOANTHIEN_NV', 'nd-01')).toMatchObject({
      gapContent: 'Chưa kết nối',
      taskId: 'nv-01',
      timeline: '2026-10',
      verifyStatus: 'Đang hoàn thiện',
      progress: '40',
    });
    expect(row('HOANTHIEN_NV', 'nd-02')).toMatchObject({ taskId: '', taskName: '' });
    expect(row('HOANTHIEN_NV', '')).toMatchObject({ taskId: 'nv-02', timeline: 'Quý IV/2026' });
  });

  it('is ready except for exactly the cells that are empty and required', async () => {
    const book = await opened(await exported());
    const empty: string[] = [];
    for (const [name, columns] of Object.entries(REQUIRED)) {
      let notReady = 0;
      for (const [at, row] of rowsOf(book, name).entries()) {
        const asked = row['recordType'] === 'Tham chiếu' ? [...columns, 'origId'] : columns;
        const missing = asked.filter((column) => row[column] === '');
        if (missing.length > 0) notReady += 1;
        empty.push(...missing.map((column) => `${name} ${at + 2} ${column}`));
      }
      const { sheets } = await readiness();
      const rows = rowsOf(book, name).length;
      expect(sheets).toContainEqual({ name, rows, ready: rows - notReady, notReady });
    }
    const told: string[] = [];
    let after: string | null = null;
    do {
      const { blockers } = await readiness(after);
      expect(blockers.totalCount).toBe(empty.length);
      told.push(...blockers.nodes.map(({ sheet, line, column }) => `${sheet} ${line} ${column}`));
      after = blockers.pageInfo.hasNextPage ? blockers.pageInfo.endCursor : null;
    } while (after !== null);
    expect(told.toSorted()).toEqual(empty.toSorted());
    expect(empty.length).toBeGreaterThan(100);
  });

  it('says why, whom to ask, and which codes are wrong', async () => {
    const all: Readiness['workbook']['blockers']['nodes'][number][] = [];
    let after: string | null = null;
    do {
      const { blockers, referencesWithoutOrigin, duplicateCodes } = await readiness(after);
      expect(referencesWithoutOrigin).toBe(1);
      expect(duplicateCodes).toEqual(['NAS-2-DB-0007']);
      all.push(...blockers.nodes);
      after = blockers.pageInfo.hasNextPage ? blockers.pageInfo.endCursor : null;
    } while (after !== null);
    expect(all.filter(({ element }) => element.urn === urn('du-du'))).toEqual([]);
    const origin = all.find(({ element, column }) => element.urn === urn('tham-chieu') && column === 'origId');
    expect(origin).toMatchObject({ sheet: 'DM_DOITUONG', owner: { urn: urn('so-a') } });
    expect(origin?.reason).not.toBe('');
  });

  it('is not for those who may not read what is weak', async () => {
    const { errors } = await service.ask('{ workbook(form: "MAU_03") { version } }');
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    // The empty cells of the file tell the same.
    const file = await fetch(`${service.url}/exports/workbooks/MAU_03.xlsx`);
    expect(file.status).toBe(403);
    expect(await file.json()).toMatchObject({ errors: [{ code: 'FORBIDDEN', reason: 'NOT_PERMITTED' }] });
  });

  it.each([
    ['form: "MAU_04"', 'form'],
    ['form: "MAU_03", version: "9"', 'version'],
  ])('refuses a form or version that there is not: %s', async (asked, path) => {
    const { errors } = await service.ask(`{ workbook(${asked}) { version } }`, { asAdministrator: true });
    expect(errors?.[0]?.extensions).toMatchObject({ reason: 'VALUE_NOT_ALLOWED', path: [path] });
  });
});

describe('a form that was filled in', () => {
  it('changes what its cells say, once, and then comes to nothing', async () => {
    const file = await edited((book) => {
      write(book, 'DM_DOITUONG', ['id', 'tham-chieu'], {
        archLayer: '2',
        origId: 'BTP-HT-01',
        status: 'Mục tiêu',
        isSecret: 'Không',
      });
      write(book, 'DM_DOITUONG', ['id', 'HT-MOI'], {
        name: 'Hệ thống mới',
        recordType: 'Bản ghi gốc',
        objectType: 'Hệ thống số',
        owner: 'Sở A',
      });
      write(book, 'QH_KETNOI', ['id', 'kn-01'], {
        channel: 'NDXP/API; TSLCD/VPN',
        relationType: 'Tra cứu & Thanh toán',
      });
      write(book, 'QH_KETNOI', ['id', 'KN-99'], {
        sourceId: 'HT-MOI',
        relationType: 'Liên thông dữ liệu',
        targetId: 'tham-chieu',
        channel: 'LGSP/API',
        status: 'Dự kiến triển khai',
      });
      write(book, 'ANHXA', ['objectId', 'tham-chieu'], { componentId: 'nang-luc' });
      write(book, 'HOANTHIEN_NV', ['gapId', 'nd-02'], {
        solution: 'Dựng kho',
        taskId: 'NV-03',
        taskName: 'Dựng kho dùng chung',
        leadUnit: 'Sở A',
        timeline: '12/2026',
        verifyStatus: 'Chưa thực hiện',
        progress: '10%',
      });
      write(book, 'HOANTHIEN_NV', ['gapId', 'ND-03'], {
        gapContent: 'Chưa có nhân lực',
        solution: 'Đào tạo',
        taskId: 'NV-03',
        taskName: 'Dựng kho dùng chung',
      });
    });
    const report = await imported(file);
    expect(report.problems).toEqual([]);
    expect(report).toMatchObject({
      isApplied: true,
      // The system, the task and the gap; the reference and the gap whose solution was told.
      elements: { created: 3, changed: 2, deleted: 0, refused: 0 },
      // Two owners, the new connection and the mapping, two closings; the connection whose channels were told.
      relations: { created: 6, changed: 1, deleted: 0, refused: 0 },
    });
    expect(await imported(file)).toMatchObject({ elements: SAME, relations: SAME, problems: [], isApplied: false });
    expect(await imported(await exported())).toMatchObject({ elements: SAME, relations: SAME, problems: [] });
    const { data } = await service.ask(
      `{ element(urn: "urn:khung:tham-chieu") { layer attributes { key value } }
         task: element(urn: "urn:khung:nv-03") { attributes { key value } } }`,
      { asAdministrator: true },
    );
    expect(data).toMatchObject({
      element: {
        layer: 2,
        attributes: expect.arrayContaining([
          { key: 'originCode', value: 'BTP-HT-01' },
          { key: 'architectureState', value: 'TARGET' },
        ]),
      },
      task: {
        attributes: expect.arrayContaining([
          { key: 'dueOn', value: '2026-12' },
          { key: 'progressPercent', value: 10 },
        ]),
      },
    });
  });

  it('has progress in per cent, however a spreadsheet shows it', async () => {
    const progressOf = async (file: Buffer): Promise<unknown> => {
      expect(await imported(file)).toMatchObject({ problems: [], elements: { changed: 1 } });
      const { data } = await service.ask<{ element: { attributes: { key: string; value: unknown }[] } }>(
        '{ element(urn: "urn:khung:nv-02") { attributes { key value } } }',
      );
      return data?.element.attributes.find(({ key }) => key === 'progressPercent')?.value;
    };
    const told = async (value: number, numFmt: string): Promise<Buffer> =>
      edited((book) => {
        write(book, 'HOANTHIEN_NV', ['taskId', 'nv-02'], { progress: value });
        // No other cell of that sheet holds a number like it.
        sheetOf(book, 'HOANTHIEN_NV').eachRow((row) =>
          row.eachCell((cell) => {
            if (cell.value === value) cell.numFmt = numFmt;
          }),
        );
      });
    expect(await progressOf(await told(1, '0%'))).toBe(100);
    expect(await progressOf(await told(0.29, '0%'))).toBe(29);
    expect(await progressOf(await told(1, '0'))).toBe(1);
  });

  it('has one time of a task: what is written last takes the place of the other', async () => {
    const timeOf = async (id: string): Promise<string | undefined> =>
      rowsOf(await opened(await exported()), 'HOANTHIEN_NV').find(({ taskId }) => taskId === id)?.['timeline'];
    for (const time of ['2026-11', 'Quý I/2027', '2027-02-01']) {
      const file = await edited((book) => write(book, 'HOANTHIEN_NV', ['taskId', 'nv-02'], { timeline: time }));
      expect(await imported(file)).toMatchObject({ problems: [], elements: { changed: 1 } });
      expect(await timeOf('nv-02')).toBe(time);
      expect(await imported(file)).toMatchObject({ elements: SAME, relations: SAME });
    }
  });

  it('tells the cell of a wrong word, of an unknown object, of a state secret, and of a gap told in two ways', async () => {
    const report = await imported(
      await edited((book) => {
        write(book, 'DM_DOITUONG', ['id', 'du-du'], { recordType: 'Bản sao' });
        write(book, 'DM_DOITUONG', ['id', 'trung-ma'], { isSecret: 'Có' });
        write(book, 'QH_KETNOI', ['id', 'KN-98'], {
          sourceId: 'khong-co',
          targetId: 'du-du',
          relationType: 'Trao đổi DL',
        });
        write(book, 'HOANTHIEN_NV', ['taskId', 'NV-77'], {
          taskName: 'Việc nữa',
          gapId: 'ND-01',
          gapContent: 'Một nội dung khác',
        });
      }),
      { dryRun: 'true' },
    );
    expect(report.problems.map(({ sheet, column, reason }) => `${sheet} ${column} ${reason}`).toSorted()).toEqual([
      'DM_DOITUONG C VALUE_NOT_ALLOWED',
      'DM_DOITUONG O STATE_SECRET',
      'HOANTHIEN_NV B ROW_REPEATED',
      'QH_KETNOI B NAME_UNKNOWN',
    ]);
    expect(report.isApplied).toBe(false);
  });
});
