import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import iconv from 'iconv-lite';
import { Command, CommanderError } from 'commander';
import { explainFailure, languageOption } from '../src/command-line.js';
import { addDuplicatesCommand } from '../src/duplicates-command.js';
import { migratedFolder, run, runUnread, serve } from './support/process.js';

const LIST = `id,title,description,agency
a,Thuê dịch vụ hệ thống thư điện tử công vụ,,Sở Y tế
b,Xây dựng hệ thống email công vụ cho cán bộ,,Sở Tư pháp
c,Phần mềm thư viện điện tử trường trung học,,Sở Giáo dục và Đào tạo
d,Xây dựng hệ thống phần mềm,,Sở Nội vụ
`;

interface PrintedPair {
  readonly a: string;
  readonly b: string;
  readonly score: number;
  readonly band: string;
  readonly logOdds: number;
  readonly baseline: number;
  readonly signals: readonly { readonly name: string; readonly contribution: number }[];
  readonly placeOfA: string | null;
  readonly placeOfB: string | null;
}

/** What is told beside the pairs comes on the other stream. */
function pairsIn(output: string): PrintedPair[] {
  const lines = output.split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line) as PrintedPair);
}

interface Answered {
  readonly code: number | null;
  readonly output: string;
}

/** The command as the program has it, but for the process around it, in which what compares would be loaded every time. */
async function duplicates(...args: string[]): Promise<Answered> {
  let output = '';
  const write = (text: unknown): void => void (output += String(text));
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      write(chunk);
      done();
    },
  });
  const khung = new Command('khung').exitOverride().configureOutput({ writeOut: write, writeErr: write });
  const nobody = (): never => {
    throw new Error('Nobody is to be asked.');
  };
  addDuplicatesCommand(khung, languageOption(), nobody, { stdout: stream, stderr: stream });
  try {
    await khung.parseAsync(['duplicates', ...args], { from: 'user' });
    return { code: 0, output };
  } catch (error) {
    if (error instanceof CommanderError) return { code: error.exitCode, output };
    const told = await explainFailure(error);
    if (told === undefined) throw error;
    return { code: 1, output: `${output}${told}\n` };
  }
}

describe('khung duplicates', () => {
  const folder = migratedFolder();
  const file = join(folder, 'danh-sach.csv');
  beforeAll(() => writeFileSync(file, LIST));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function pairs(...options: string[]): Promise<PrintedPair[]> {
    const { code, output } = await duplicates(file, '--json', ...options);
    expect(code).toBe(0);
    return pairsIn(output);
  }

  it('prints a line of JSON for each pair that is alike, with signals that sum to the log-odds', async () => {
    const found = await pairs('--all-pairs');
    expect(found.map(({ a, b }) => a + b)).toEqual(['ab']);
    for (const { score, logOdds, baseline, signals } of found) {
      expect(signals.reduce((sum, { contribution }) => sum + contribution, baseline)).toBeCloseTo(logOdds, 6);
      expect(score).toBeCloseTo(1 / (1 + Math.exp(-logOdds)), 9);
    }
  });

  it('prints what scores high enough, whatever it is called', async () => {
    expect((await pairs('--min-score', '0')).length).toBeGreaterThan(1);
    expect(await pairs('--min-score', '1')).toEqual([]);
  });

  it('tells a person which lines say too little, in either language', async () => {
    const vietnamese = await duplicates(file);
    expect(vietnamese.output).toContain('a  Thuê dịch vụ hệ thống thư điện tử công vụ');
    expect(vietnamese.output).toContain('1 dòng chưa đủ thông tin để so sánh, hãy ghi rõ chức năng: d');
    expect((await duplicates(file, '--language', 'en')).output).toContain('name the function: d');
  });

  it.each([
    ['--min-score', '2'],
    ['--min-score', 'cao'],
  ])('refuses %s %s', async (...options) => {
    expect((await run(folder, 'duplicates', file, ...options)).code).toBe(1);
  });

  it('refuses a list without titles, and a file that is not there', async () => {
    const other = join(folder, 'khac.csv');
    writeFileSync(other, 'x,y\n1,2\n');
    const refused = await duplicates(other);
    expect([refused.code, refused.output]).toEqual([1, expect.stringContaining('id, title, description, agency')]);
    expect((await duplicates(join(folder, 'khong-co.csv'))).code).toBe(1);
  });

  function fileOf(text: string | Buffer): string {
    const other = join(folder, 'mot-danh-sach.csv');
    writeFileSync(other, text);
    return other;
  }
  const ofList = (text: string | Buffer, ...options: string[]): Promise<Answered> =>
    duplicates(fileOf(text), ...options);
  /** As a process, which finds a service or runs its own. */
  const processOfList = (text: string, ...options: string[]): Promise<Answered> =>
    run(folder, 'duplicates', fileOf(text), ...options);

  it('compares the lines with what anybody sees of the registry, and with each other only where that is asked for', async () => {
    const against = ['--against', 'registry', '--json', '--language', 'en'];
    const service = await serve(folder);
    const { code, output } = await processOfList(LIST, ...against);
    const found = pairsIn(output);
    expect(code).toBe(0);
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ b, placeOfB }) => b.startsWith('urn:khung:') && placeOfB === null)).toBe(true);
    const mail = found.find(({ a }) => a === 'b');
    expect([mail?.placeOfA, mail?.band]).toEqual(['3', 'DUPLICATE']);
    // Line after line, best first.
    const order = found.map(({ a, score }) => `${a} ${(1 - score).toFixed(9)}`);
    expect(order).toEqual(order.toSorted());
    expect(output).toMatch(/compared with \d{3} registered objects that anybody sees/);
    const both = pairsIn((await processOfList(LIST, ...against, '--all-pairs')).output);
    expect(both.filter(({ placeOfB }) => placeOfB === null)).toEqual(found);
    expect(both.flatMap(({ a, b, placeOfB }) => (placeOfB === null ? [] : [a + b]))).toEqual(['ab']);
    await service.end('SIGTERM');
  });

  it('asks a service of its own where none runs, and refuses to compare with anything else', async () => {
    const { code, output } = await processOfList(LIST, '--against', 'registry', '--json');
    expect([code, pairsIn(output).length > 0]).toEqual([0, true]);
    expect((await processOfList(LIST, '--against', 'world')).code).toBe(1);
  });

  it('tells every pair of more equal lines than one is compared with', async () => {
    const titles = Array.from({ length: 301 }, (_, at) => `x${at},Xây dựng hệ thống email công vụ cho cán bộ`);
    // As a process: all of it has to come through a pipe before the process ends.
    const { output } = await processOfList(`id,title\n${titles.join('\n')}\n`, '--json');
    const found = pairsIn(output);
    expect(new Set(found.map(({ a, b }) => `${a} ${b}`)).size).toBe((301 * 300) / 2);
  });

  it('ends quietly where its output is read no further', async () => {
    const titles = Array.from({ length: 400 }, (_, at) => `x${at},Xây dựng hệ thống email công vụ cho cán bộ`);
    writeFileSync(join(folder, 'dai.csv'), `id,title\n${titles.join('\n')}\n`);
    const { code, signal, output } = await runUnread(folder, 'duplicates', join(folder, 'dai.csv'), '--json');
    expect([code, signal, output]).toEqual([0, null, '']);
  });

  it('tells lines of one id apart by where they stand', async () => {
    const { output } = await ofList(
      'id,title\n1,Thuê hệ thống thư điện tử công vụ\n1,Xây dựng hệ thống thư điện tử công vụ\n',
      '--json',
    );
    expect(pairsIn(output).map(({ placeOfA, placeOfB }) => [placeOfA, placeOfB])).toEqual([['2', '3']]);
    expect(output).toContain('1 mã có ở nhiều dòng');
  });

  it('reads the beginning of a text of a megabyte, and says so', async () => {
    const started = Date.now();
    const title = 'Xây dựng hệ thống thư điện tử công vụ ';
    const { code, output } = await ofList(`id,title,description\n1,${title},${title.repeat(27_000)}\n2,${title},\n`);
    expect([code, output.length < 3000]).toEqual([0, true]);
    expect(output).toContain('1 dòng có nội dung dài hơn 5000 ký tự, chỉ phần đầu được so sánh: 1');
    expect(output).not.toContain('C2');
    expect(Date.now() - started).toBeLessThan(20_000);
  });

  it('tells which lines are garbled and what they should say, and compares the others', async () => {
    const garbled = Buffer.from('Hệ thống thư điện tử công vụ').toString('latin1');
    const text = `id,title,description\nx,${garbled},\n${LIST.split('\n').slice(1, 3).join('\n')}\ny,Thư điện tử,${garbled}\n`;
    const vietnamese = await ofList(text, '--json');
    expect([vietnamese.code, pairsIn(vietnamese.output).map(({ a, b }) => a + b)]).toEqual([0, ['ab']]);
    expect(vietnamese.output).toContain('2 dòng bị lỗi mã ký tự nên không được so sánh');
    for (const place of [2, 5]) {
      expect(vietnamese.output).toContain(`dòng ${place}: có phải "Hệ thống thư điện tử công vụ"?`);
    }
    const { output } = await ofList(text, '--language', 'en');
    expect(output).toContain('2 lines are garbled and were not compared');
    expect(output).toContain('line 2: "Hệ thống thư điện tử công vụ"?');
  });

  it.each([
    ['an empty file', '', 1, 'không có dòng tiêu đề'],
    ['a header alone', 'id,title\n', 1, 'Không dòng nào có tên'],
    ['a file that is no text', Buffer.from([0, 159, 146, 150, 255, 1, 2, 3]), 1, 'không có dòng tiêu đề'],
    ['one word', 'title\nPhần\n', 0, '1 dòng chưa đủ thông tin để so sánh, hãy ghi rõ chức năng: 2'],
    [
      'words that say nothing',
      'title\nXây dựng hệ thống phần mềm\nHệ thống thông tin\n',
      0,
      '2 dòng chưa đủ thông tin',
    ],
  ])('answers %s', async (_, text, code, said) => {
    const answer = await ofList(text);
    expect(answer.code).toBe(code);
    expect(answer.output).toContain(said);
  });

  it('reads the Vietnamese code page, and refuses a file of two encodings', async () => {
    const old = iconv.encode(
      'title\nThuê hệ thống thư điện tử công vụ\nXây dựng hệ thống thư điện tử công vụ\n'.normalize('NFD'),
      'windows-1258',
    );
    expect(pairsIn((await ofList(old, '--json')).output).map(({ a, b }) => [a, b])).toEqual([['2', '3']]);
    const mixed = await ofList(
      Buffer.concat([Buffer.from('title\nThư điện tử\n'), iconv.encode('Thư cũ\n', 'windows-1258')]),
    );
    expect([mixed.code, mixed.output]).toEqual([1, expect.stringContaining('UTF-8')]);
  });
});

describe('khung verdicts', () => {
  const folder = migratedFolder();
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('writes the two files that training reads, from the service that has the data', async () => {
    const [pairs, titles] = ['cap.csv', 'ten.csv'].map((name) => join(folder, name)) as [string, string];
    const { code, output } = await run(folder, 'verdicts', '--pairs', pairs, '--titles', titles);
    expect([code, output]).toEqual([0, expect.stringContaining('Đã ghi 0 cặp đã kết luận')]);
    expect([pairs, titles].map((file) => readFileSync(file, 'utf8'))).toEqual([
      'id_a,id_b,label\n',
      'id,title,description\n',
    ]);
  }, 120_000);
});
