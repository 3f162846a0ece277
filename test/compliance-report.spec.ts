import exceljs from 'exceljs';
import { TEST_TOKEN, startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

const urn = (id: string): string => `urn:khung:${id}`;
/** Names that a spreadsheet would take for formulas, and a page for markup. */
const NASTY = ['=HYPERLINK("http://x","Sở")', '+1', '-1', '@SUM(A1)', '<script>alert("Sở")</script> & Co'] as const;

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  const add = (id: string, value: object): object => ({ op: 'ADD', urn: urn(id), value });
  const agencies = NASTY.flatMap((name, at) => [
    add(`xau-${at}`, { kind: 'AGENCY', name, level: 'DEPARTMENT' }),
    add(`xau-${at}-pm`, { kind: 'SYSTEM', name: `Phần mềm ${at}`, layer: 2, attributes: { hosting: 'AGENCY_SERVER' } }),
    add(`xau-${at}-chu`, { kind: 'OWNED_BY', source: urn(`xau-${at}-pm`), target: urn(`xau-${at}`) }),
  ]);
  const { commitChangeSet } = await service.askAs<{ commitChangeSet: { userErrors: object[] } }>(
    TEST_TOKEN,
    `mutation ($operations: [ChangeOperationInput!]!) {
      commitChangeSet(input: { operations: $operations, reason: "Kiểm thử" }) { userErrors { reason path } } }`,
    { operations: agencies },
  );
  expect(commitChangeSet.userErrors).toEqual([]);
});
afterAll(() => service.close());

interface Sums {
  readonly pass: number;
  readonly fail: number;
  readonly waived: number;
  readonly needsEvidence: number;
  readonly notApplicable: number;
  readonly error: number;
  readonly coverage: number;
  readonly score: number | null;
  readonly scoreLow: number | null;
  readonly scoreHigh: number | null;
}
interface Row extends Sums {
  readonly agency: { readonly urn: string } | null;
  readonly rule: { readonly code: string } | null;
  readonly layer: number | null;
  readonly severity: string | null;
}
const SUMS = 'pass fail waived needsEvidence notApplicable error coverage score scoreLow scoreHigh';
type By = 'AGENCY' | 'RULE' | 'LAYER' | 'SEVERITY';
const BYS: readonly By[] = ['AGENCY', 'RULE', 'LAYER', 'SEVERITY'];

async function report(by: By): Promise<readonly Row[]> {
  const { complianceReport } = await service.askAs<{ complianceReport: { rows: Row[] } }>(
    TEST_TOKEN,
    `{ complianceReport(by: ${by}) { rows { agency { urn } rule { code } layer severity ${SUMS} } } }`,
  );
  return complianceReport.rows;
}

function file(name: string, headers: Record<string, string> = {}): Promise<Response> {
  const authorization = `Bearer ${TEST_TOKEN}`;
  return fetch(`${service.url}/reports/compliance.${name}`, { headers: { authorization, ...headers } });
}

/** Rows of a list of separated values none of whose cells holds a line break. */
function cellsOf(text: string): string[][] {
  return text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split('\r\n')
    .map((line) =>
      Array.from(
        line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g),
        ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
      ),
    );
}

describe('the report', () => {
  it('sums the same findings up, whatever it has a row for', async () => {
    const count = (rows: readonly Row[]): number[] =>
      (['pass', 'fail', 'waived', 'needsEvidence', 'notApplicable', 'error'] as const).map((field) =>
        rows.reduce((sum, row) => sum + row[field], 0),
      );
    const [first, ...others] = await Promise.all(BYS.map(report));
    expect(first && count(first)[1]).toBeGreaterThanOrEqual(NASTY.length);
    for (const other of others) expect(count(other)).toEqual(first && count(first));
  });

  it('has a row for each layer and each severity, and nothing else in them', async () => {
    expect((await report('LAYER')).map(({ agency, rule, layer, severity }) => [agency, rule, layer, severity])).toEqual(
      [1, 2, 3, 4, null].map((layer) => [null, null, layer, null]),
    );
    const severities = await report('SEVERITY');
    expect(severities.map(({ layer, severity }) => [layer, severity])).toEqual(
      ['CRITICAL', 'MAJOR', 'MINOR', 'INFO'].map((severity) => [null, severity]),
    );
    expect(severities.at(-1)).toMatchObject({ score: null, scoreLow: null, scoreHigh: null });
  });

  it('tells the score of a row between its bounds, beside the coverage', async () => {
    const rows = await report('AGENCY');
    const scored = rows.filter(({ score }) => score !== null);
    expect(scored.length).toBeGreaterThan(5);
    for (const { score, scoreLow, scoreHigh, coverage, fail, waived, error } of scored) {
      expect(scoreLow).toBeLessThanOrEqual(score ?? -1);
      expect(scoreHigh).toBeGreaterThanOrEqual(score ?? 2);
      if (fail + waived + error === 0) expect([score, scoreHigh]).toEqual([1, 1]);
      if (coverage === 1) expect([scoreLow, scoreHigh]).toEqual([score, score]);
    }
  });
});

describe('an assessment', () => {
  interface Assessment extends Sums {
    readonly subject: { readonly urn: string };
    readonly packVersion: string;
    readonly landscapeRevision: number;
    readonly findings: {
      readonly totalCount: number;
      readonly nodes: { outcome: string; rule: { severity: string } }[];
    };
  }
  async function assessment(args: string, token: string | null = TEST_TOKEN): Promise<Assessment | null> {
    const { complianceAssessment } = await service.askAs<{ complianceAssessment: Assessment | null }>(
      token,
      `{ complianceAssessment(${args}) { subject { urn } packVersion landscapeRevision ${SUMS}
        findings { totalCount nodes { outcome rule { severity } } } } }`,
    );
    return complianceAssessment;
  }

  it('sums the findings on one element up by the weights of their severities', async () => {
    const told = await assessment(`subject: "${urn('xau-0-pm')}"`);
    expect(told).toMatchObject({ subject: { urn: urn('xau-0-pm') }, landscapeRevision: 2, error: 0, waived: 0 });
    expect(told?.packVersion).toMatch(/^\S+ \S+$/);
    const { nodes = [], totalCount = 0 } = told?.findings ?? {};
    const weights: Readonly<Record<string, number>> = { INFO: 0, MINOR: 2, MAJOR: 4, CRITICAL: 8 };
    const weight = (outcome: string): number =>
      nodes.reduce((sum, each) => sum + (each.outcome === outcome ? (weights[each.rule.severity] ?? 0) : 0), 0);
    const [pass, fail, unknown] = [weight('PASS'), weight('FAIL'), weight('NEEDS_EVIDENCE')];
    expect(Math.min(pass, fail, unknown)).toBeGreaterThan(0);
    expect(told?.score).toBeCloseTo(pass / (pass + fail), 12);
    expect(told?.scoreLow).toBeCloseTo(pass / (pass + fail + unknown), 12);
    expect(told?.scoreHigh).toBeCloseTo((pass + unknown) / (pass + fail + unknown), 12);
    const decided = nodes.filter(({ outcome }) => outcome === 'PASS' || outcome === 'FAIL').length;
    const applicable = nodes.filter(({ outcome }) => outcome !== 'NOT_APPLICABLE').length;
    expect([told?.coverage, totalCount]).toEqual([decided / applicable, nodes.length]);
  });

  it('is of what the caller sees, and for whoever may read findings', async () => {
    expect(await assessment(`subject: "${urn('khong-co')}"`)).toBeNull();
    expect(await assessment(`subject: "${urn('xau-0-pm')}", asOf: { revision: 1 }`)).toBeNull();
    await expect(assessment(`subject: "${urn('xau-0-pm')}"`, null)).rejects.toThrow('findings');
    await expect(assessment(`subject: "${urn('xau-0-pm')}", tier: 0`)).rejects.toThrow('tier');
  });
});

describe('the report as a file', () => {
  it.each(BYS)('says the same as separated values and as a workbook: by %s', async (by) => {
    const query = `?by=${by.toLowerCase()}`;
    const [head, ...lines] = cellsOf(await (await file(`csv${query}`)).text());
    const rows = await report(by);
    expect(head?.slice(2)).toEqual([
      'Đạt',
      'Không đạt',
      'Được miễn có thời hạn',
      'Chưa đủ thông tin',
      'Không áp dụng',
      'Lỗi',
      'Tỷ lệ đã kết luận',
      'Điểm',
      'Điểm thấp nhất có thể',
      'Điểm cao nhất có thể',
    ]);
    const share = (value: number | null): string => value?.toFixed(4) ?? '';
    expect(lines.map((cells) => cells.slice(2))).toEqual(
      rows.map((row) => [
        ...[row.pass, row.fail, row.waived, row.needsEvidence, row.notApplicable, row.error].map(String),
        ...[row.coverage, row.score, row.scoreLow, row.scoreHigh].map(share),
      ]),
    );
    const response = await file(`xlsx${query}`);
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="compliance-by-${by.toLowerCase()}.xlsx"`,
    );
    const book = new exceljs.Workbook();
    // The types of exceljs know an older Buffer.
    await book.xlsx.load(Buffer.from(await response.arrayBuffer()) as unknown as exceljs.Buffer);
    const printed: string[][] = [];
    book.worksheets[0]?.eachRow((row) => {
      const cells = Array.from({ length: 12 }, (_, at) => row.getCell(at + 1).value);
      printed.push(cells.map((value) => (typeof value === 'number' || typeof value === 'string' ? String(value) : '')));
    });
    const bare = (cells: readonly string[]): string[] =>
      cells.map((cell) => (/^'[=+\-@]/.test(cell) ? cell.slice(1) : cell));
    const numbers = (cells: readonly string[]): unknown[] =>
      cells.map((cell, at) => (at > 1 && cell !== '' ? Number(cell) : cell));
    expect(printed.map(numbers)).toEqual([head ?? [], ...lines].map(bare).map(numbers));
  });

  it('holds no formula, whatever somebody is called', async () => {
    const names = cellsOf(await (await file('csv?by=agency')).text()).map(([name]) => name);
    for (const name of NASTY.slice(0, 4)) {
      expect(names).toContain(`'${name}`);
      expect(names).not.toContain(name);
    }
    const book = new exceljs.Workbook();
    const body = Buffer.from(await (await file('xlsx?by=agency')).arrayBuffer());
    await book.xlsx.load(body as unknown as exceljs.Buffer);
    const texts: unknown[] = [];
    book.worksheets[0]?.eachRow((row) => texts.push(row.getCell(1).value));
    for (const name of NASTY) expect(texts).toContain(name);
  });

  it.each([
    ['xlsx', /^"[\w-]{43}"$/],
    ['html', /^W\/"[\w-]{43}"$/],
  ])('is not sent again while it is the same: %s', async (format, form) => {
    const first = await file(`${format}?by=layer`);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(form);
    expect((await file(`${format}?by=layer`, { 'if-none-match': etag.replace('W/', '') })).status).toBe(304);
    expect((await file(`${format}?by=layer`, { 'if-none-match': etag })).status).toBe(304);
    expect((await file(`${format}?by=severity`, { 'if-none-match': etag })).status).toBe(200);
  });

  it.each(['pdf?by=rule', 'html', 'xlsx?by=month', 'html?by=rule&tier=x'])('is refused as %s', async (name) => {
    const response = await file(name);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ reason: 'VALUE_NOT_ALLOWED' }] });
  });

  it('is for whoever may read findings', async () => {
    for (const format of ['csv', 'xlsx', 'html']) {
      expect((await fetch(`${service.url}/reports/compliance.${format}?by=rule`)).status).toBe(403);
    }
  });
});

describe('the report as a page to print', () => {
  it('is whole in itself, and says what it rests on and who verified it', async () => {
    const response = await file('html?by=rule');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    const page = await response.text();
    expect(page).toContain('<html lang="vi">');
    expect(page).toContain('Báo cáo tuân thủ kiến trúc theo quy tắc');
    for (const word of [
      'Tỷ lệ đã kết luận',
      'Điểm thấp nhất có thể',
      'Được miễn có thời hạn',
      'Nghiêm trọng 8',
      '@page',
      'không phải quy định của pháp luật',
    ]) {
      expect(page).toContain(word);
    }
    // Nobody has verified any citation yet.
    const { rulePack } = await service.askAs<{
      rulePack: { rules: { tier: number; citations: { verification: string }[] }[] };
    }>(TEST_TOKEN, '{ rulePack { rules { tier citations { verification } } } }');
    const cited = rulePack.rules.filter(({ tier }) => tier === 1).flatMap(({ citations }) => citations);
    const unverified = cited.filter(({ verification }) => verification === 'UNVERIFIED').length;
    expect(page.split('CHƯA ĐỐI CHIẾU BẢN KÝ').length - 1).toBe(unverified);
    expect(unverified).toBeGreaterThan(5);
    expect(await (await file('html?by=rule', { 'accept-language': 'en' })).text()).toContain('<html lang="en">');
  });

  it('takes no name for markup', async () => {
    const page = await (await file('html?by=agency')).text();
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;alert(&quot;Sở&quot;)&lt;/script&gt; &amp; Co');
  });
});
