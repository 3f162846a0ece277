import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder, run } from './support/process.js';

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
}

describe('khung duplicates', () => {
  const folder = freshFolder();
  const file = join(folder, 'danh-sach.csv');
  beforeAll(() => writeFileSync(file, LIST));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function pairs(...options: string[]): Promise<PrintedPair[]> {
    const { code, output } = await run(folder, 'duplicates', file, '--json', ...options);
    expect(code).toBe(0);
    // What is told beside the pairs comes on the other stream.
    const lines = output.split('\n').filter((line) => line.startsWith('{'));
    return lines.map((line) => JSON.parse(line) as PrintedPair);
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
    const vietnamese = await run(folder, 'duplicates', file);
    expect(vietnamese.output).toContain('a  Thuê dịch vụ hệ thống thư điện tử công vụ');
    expect(vietnamese.output).toContain('1 dòng chưa đủ thông tin để so sánh, hãy ghi rõ chức năng: d');
    expect((await run(folder, 'duplicates', file, '--language', 'en')).output).toContain('name the function: d');
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
    const refused = await run(folder, 'duplicates', other);
    expect([refused.code, refused.output]).toEqual([1, expect.stringContaining('id, title, description, agency')]);
    expect((await run(folder, 'duplicates', join(folder, 'khong-co.csv'))).code).toBe(1);
  });
});
