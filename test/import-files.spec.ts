import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import iconv from 'iconv-lite';
import { ZipFile } from 'yazl';
import type { ImportReport } from '../src/exchange/import-report.js';
import { printXlsx } from '../src/exchange/xlsx-print.js';
import { TEST_TOKEN, startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

const OFFICER = 'token-of-an-officer';
const HIDDEN = 'he-thong-mat';

let service: TestService;
beforeAll(async () => {
  service = await startTestService({}, [{ token: OFFICER, kind: 'OFFICER', agency: 'urn:khung:so-y-te' }]);
  const hidden = `Mã,Tên,Phạm vi xem,Cơ quan chủ quản\n${HIDDEN},Hệ thống mật,RESTRICTED,Sở Tư pháp\n`;
  expect(await imported(Buffer.from(hidden))).toMatchObject({
    elements: { created: 1 },
    isApplied: true,
    problems: [],
  });
});
afterAll(() => service.close());

async function send(file: Buffer, options: Readonly<Record<string, string>>, token: string): Promise<Response> {
  const query = new URLSearchParams({ fileName: 'tep', kind: 'SYSTEM', ...options });
  return fetch(`${service.url}/imports?${query.toString()}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', authorization: `Bearer ${token}` },
    body: new Uint8Array(file),
  });
}

async function imported(
  file: Buffer,
  options: Readonly<Record<string, string>> = {},
  token = TEST_TOKEN,
): Promise<ImportReport> {
  const response = await send(file, options, token);
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(JSON.stringify(answer));
  // The shape that the address answers with.
  return answer as ImportReport;
}

/** What is wrong with a file as a whole. */
async function refusal(file: Buffer): Promise<{ readonly status: number; readonly reason: unknown }> {
  const response = await send(file, {}, TEST_TOKEN);
  const { errors } = (await response.json()) as { errors?: { reason: string }[] };
  return { status: response.status, reason: errors?.[0]?.reason };
}

async function revision(): Promise<number> {
  const { data } = await service.ask<{ landscape: { revision: number } }>('{ landscape { revision } }');
  return data?.landscape.revision ?? Number.NaN;
}

/** Tones stand behind their letters there, save where a letter with its tone has a place of its own. */
function in1258(text: string): Buffer {
  const parts = Array.from(text.normalize('NFC'), (letter) => {
    if (iconv.decode(iconv.encode(letter, 'windows-1258'), 'windows-1258') === letter) return letter;
    const tones = letter.normalize('NFD').match(/[\u0300\u0301\u0303\u0309\u0323]/g) ?? [];
    const bare = letter
      .normalize('NFD')
      .replaceAll(/[\u0300\u0301\u0303\u0309\u0323]/g, '')
      .normalize('NFC');
    return bare + tones.join('');
  });
  return iconv.encode(parts.join(''), 'windows-1258');
}

describe('a text is read as it was written', () => {
  const text = (code: string, name: string): string => `Mã;Tên\n${code};${name}\n`;
  const VIETNAMESE = 'Hệ thống quản lý văn bản, kỹ thuật số';
  const WESTERN = 'Façade management – déjà vu';

  it.each<[string, string, (text: string) => Buffer, string]>([
    ['utf-8', VIETNAMESE, (given) => Buffer.from(given), 'UTF-8'],
    ['utf-8-bom', VIETNAMESE, (given) => Buffer.from(`\ufeff${given}`), 'UTF-8'],
    ['utf-16le', VIETNAMESE, (given) => iconv.encode(given, 'utf-16le', { addBOM: true }), 'UTF-16'],
    ['utf-16be', VIETNAMESE, (given) => iconv.encode(given, 'utf-16be', { addBOM: true }), 'UTF-16'],
    ['cp1258', VIETNAMESE, in1258, 'windows-1258'],
  ])('%s', async (code, name, encode, encoding) => {
    const report = await imported(encode(text(code, name)));
    expect(report).toMatchObject({ encoding, elements: { created: 1, refused: 0 }, isApplied: true, problems: [] });
    const { data } = await service.ask(`{ element(urn: "urn:khung:${code}") { name } }`);
    expect(data).toEqual({ element: { name } });
  });

  it('cp1252', async () => {
    const western = `Id;Name\ncp1252;${WESTERN}\n`;
    const report = await imported(iconv.encode(western, 'windows-1252'));
    expect(report).toMatchObject({ encoding: 'windows-1252', elements: { created: 1 }, isApplied: true });
    const { data } = await service.ask('{ element(urn: "urn:khung:cp1252") { name } }');
    expect(data).toEqual({ element: { name: WESTERN } });
  });

  it('or refused where its lines were written in two ways', async () => {
    const mixed = Buffer.concat([Buffer.from('Mã;Tên\n'), in1258('x;Kỹ thuật số\n')]);
    expect(await refusal(mixed)).toEqual({ status: 400, reason: 'TEXT_ENCODING_MIXED' });
  });
});

describe('the same file twice', () => {
  it('changes nothing the second time, and is undone as one change set', async () => {
    const file = Buffer.from(
      [
        'Mã,Tên,Cơ quan chủ quản,Thuộc,Giai đoạn,Giai đoạn từ ngày',
        'hai-lan-1,Hệ thống một,Sở Y tế,,Đang vận hành,01/07/2025',
        'hai-lan-2,Hệ thống hai,Sở chưa biết,hai-lan-1,Dự kiến,2026',
        ',Hệ thống không mã,,hai-lan-2,,',
      ].join('\n'),
    );
    const first = await imported(file);
    expect(first).toMatchObject({ elements: { created: 3 }, relations: { created: 3 }, isApplied: true, problems: [] });
    const second = await imported(file);
    expect(second).toMatchObject({ elements: { unchanged: 3, changed: 0 }, isApplied: false, problems: [] });
    expect(second.revision).toBe(first.revision);
    const { data } = await service.ask(
      'mutation ($input: RevertChangeSetInput!) { revertChangeSet(input: $input) { userErrors { message } } }',
      { variables: { input: { revision: first.revision, reason: 'Hoàn tác' } }, asAdministrator: true },
    );
    expect(data).toEqual({ revertChangeSet: { userErrors: [] } });
    const { data: gone } = await service.ask('{ element(urn: "urn:khung:hai-lan-1") { name } }');
    expect(gone).toEqual({ element: null });
  });
});

describe('an officer', () => {
  const row = (cells: string): Buffer => Buffer.from(`Mã,Tên,Đơn vị vận hành,Thuộc\n${cells}\n`);

  it('writes nothing into the registry, and may propose a scenario', async () => {
    const file = row('cua-can-bo,Hệ thống của cán bộ,,');
    const before = await revision();
    expect((await send(file, {}, OFFICER)).status).toBe(403);
    expect(await imported(file, { dryRun: 'true' }, OFFICER)).toMatchObject({ elements: { created: 1 } });
    const report = await imported(file, { scenario: 'Đề nghị' }, OFFICER);
    expect(report).toMatchObject({ elements: { created: 1 }, isApplied: true, revision: before });
    expect(await revision()).toBe(before);
  });

  it.each<[string, string, string]>([
    ['its code', HIDDEN, 'khong-co'],
    ['its urn', `urn:khung:${HIDDEN}`, 'urn:khung:khong-co'],
    ['its name', 'Hệ thống mật', 'Hệ thống không có'],
  ])(
    'is told of what is hidden from him, by %s, what he is told of what is not there',
    async (_by, hidden, unknown) => {
      const answers = await Promise.all(
        [hidden, unknown].flatMap((name) => [
          imported(row(`moi,Hệ thống mới,,${name}`), { dryRun: 'true' }, OFFICER),
          imported(Buffer.from(`từ,Loại quan hệ,đến\n${name},DEPENDS_ON,hcm-lgsp\n`), { dryRun: 'true' }, OFFICER),
        ]),
      );
      const told = answers.map((answer) => JSON.stringify(answer).replaceAll(hidden, '*').replaceAll(unknown, '*'));
      expect(told.slice(0, 2)).toEqual(told.slice(2));
      expect(answers.map(({ problems }) => problems.map(({ reason }) => reason))).toEqual(
        Array.from({ length: 4 }, () => ['NAME_UNKNOWN']),
      );
      // Who sees it is not told so.
      const open = await imported(row(`moi,Hệ thống mới,,${hidden}`), { dryRun: 'true' });
      expect(open.problems).toEqual([]);
    },
  );
});

const CONTENT_TYPES = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`;
const MIB = 1024 * 1024;

/** A workbook whose one sheet holds a cell of so many megabytes. */
async function workbookWithLongCell(megabytes: number): Promise<Buffer> {
  const template = await printXlsx([
    {
      name: 'Hệ thống',
      columns: [
        { header: 'Mã', width: 9 },
        { header: 'Tên', width: 9 },
      ],
      rows: [['dai', 'DAI']],
    },
  ]);
  const { XlsxArchive } = await import('../src/exchange/xlsx-archive.js');
  const archive = await XlsxArchive.open(template);
  const zip = new ZipFile();
  for (const path of archive.paths) {
    const xml = (await archive.text(path)) ?? '';
    zip.addReadStream(Readable.from(lengthened(xml, megabytes)), path);
  }
  zip.end();
  archive.close();
  return buffer(zip.outputStream as Readable);
}

function* lengthened(xml: string, megabytes: number): Generator<string> {
  const [before = '', after] = xml.split('DAI');
  yield before;
  if (after === undefined) return;
  const part = 'x'.repeat(MIB);
  for (let count = 0; count < megabytes; count += 1) yield part;
  yield after;
}

/** An archive that unpacks to so many megabytes of blanks. */
function bomb(megabytes: number): Promise<Buffer> {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(CONTENT_TYPES), '[Content_Types].xml');
  zip.addReadStream(Readable.from(lengthened('DAI', megabytes)), 'xl/worksheets/sheet1.xml');
  zip.end();
  return buffer(zip.outputStream as Readable);
}

describe('what is too much, or says what nobody can tell, names its place and changes nothing', () => {
  it('a cell of 100 MB in a workbook', async () => {
    const before = await revision();
    const { problems, isApplied } = await imported(await workbookWithLongCell(100));
    expect(problems).toMatchObject([{ sheet: 'Hệ thống', line: 2, column: 'B', reason: 'CELL_TOO_LONG' }]);
    expect([isApplied, await revision()]).toEqual([false, before]);
  });

  it('a cell of 20 MB in a text, and one of 100 MB, which is more than may be sent', async () => {
    const text = (megabytes: number): Buffer => Buffer.from(`Mã,Tên\ndai,${'x'.repeat(megabytes * MIB)}\n`);
    const { problems } = await imported(text(20));
    expect(problems).toMatchObject([{ line: 2, column: 'B', reason: 'CELL_TOO_LONG' }]);
    expect(await refusal(text(100))).toEqual({ status: 413, reason: 'LIMIT_EXCEEDED' });
  });

  it('an archive that unpacks to more than a workbook may hold', async () => {
    const file = await bomb(410);
    expect(file.length).toBeLessThan(2 * MIB);
    expect(await refusal(file)).toEqual({ status: 400, reason: 'LIMIT_EXCEEDED' });
  });

  it.each<[string, string, string, string | null]>([
    [
      'a day that is none, as text',
      'Mã,Tên,Giai đoạn,Giai đoạn từ ngày\nx,Tên,Dự kiến,30/02/2026',
      'VALUE_OF_WRONG_TYPE',
      'D',
    ],
    ['a code twice', 'Mã,Tên\nx,Một\nX,Hai', 'ROW_REPEATED', 'B'],
    ['no header', 'a,b\n1,2', 'SHEET_UNRECOGNISED', null],
  ])('%s', async (_what, text, reason, column) => {
    const before = await revision();
    const { problems, isApplied } = await imported(Buffer.from(text));
    expect(problems).toMatchObject([{ reason, column }]);
    expect([isApplied, await revision()]).toEqual([false, before]);
  });

  it('sheets of which no name and no column says what they hold', async () => {
    const columns = [
      { header: 'Mã', width: 9 },
      { header: 'Tên', width: 9 },
    ];
    const file = await printXlsx([
      {
        name: 'Trang tính 1',
        columns,
        rows: [
          ['x', 'Tên'],
          ['y', 'Tên khác'],
        ],
      },
    ]);
    const { problems, elements } = await imported(file, { kind: '' });
    expect(problems).toMatchObject([
      { sheet: 'Trang tính 1', line: 2, column: 'B', reason: 'KIND_UNTOLD' },
      { line: 3 },
    ]);
    expect(elements).toMatchObject({ created: 0, refused: 2, unjudged: 0 });
  });
});
