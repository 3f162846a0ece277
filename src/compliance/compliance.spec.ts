import { UNEXPLAINED } from '../../test/support/unexplained.js';
import { ADMINISTRATOR, PUBLIC } from '../core/access/actor.js';
import { isUrn } from '../core/landscape/model.js';
import type { Element } from '../core/landscape/model.js';
import { contextOf, evaluateRule } from '../core/policy/finding.js';
import type { Finding } from '../core/policy/finding.js';
import type { ComplianceRow, ReportBy } from '../core/policy/report.js';
import { printTable } from '../exchange/table.writer.js';
import { AttributeDefinitionReader } from '../registry/attribute-definition.reader.js';
import { readReferenceRows, referenceUrn, requiredCell } from '../registry/reference-files.reader.js';
import { readReferenceRulePack } from '../runtime/reference-file.js';
import type { Language } from '../runtime/messages.js';
import { todayInVietnam } from '../runtime/today.js';
import { sentenceOf } from './finding-text.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import { RegimeReader } from './regime.reader.js';
import { reportColumns } from './report-table.js';
import { worldOfExample } from '../core/policy/rule-pack.js';
import { checkedPack } from './rule-pack.reader.js';

const definitions = new AttributeDefinitionReader();
const { reference } = new RegimeReader();
const checked = checkedPack(readReferenceRulePack('hcmc/rule-pack.json'), definitions.all, reference);
const { pack } = checked;
const { words } = pack;

/** The findings of every example of every rule, for each kind of subject. */
function findingsOfExamples(): Finding[] {
  return checked.rules.flatMap((each) =>
    each.rule.cases.flatMap(({ appliesTo, examples }) =>
      examples.flatMap(({ facts, graph }) => {
        const respondents = { OWNER: null, OPERATOR: null, SELF: null };
        const subject = { kind: appliesTo[0], urn: null, name: 'Hệ thống ví dụ', values: facts, respondents };
        const context = contextOf('2026-12-01', worldOfExample(graph, checked.reference));
        return evaluateRule(each, subject, context, checked.questions) ?? [];
      }),
    ),
  );
}

describe("the city's rules", () => {
  it('cite instruments that have a record', () => {
    const records = new Set(
      readReferenceRows('national/legislation.csv').map((row) => referenceUrn(requiredCell(row, 'id'))),
    );
    const cited = pack.rules.flatMap(({ citations }) => citations.flatMap(({ instrument }) => instrument ?? []));
    const regimes = new RegimeReader().regimes.flatMap(({ instruments }) => instruments);
    expect([...cited, ...regimes].filter((urn) => !records.has(urn))).toEqual([]);
    expect(cited.length).toBeGreaterThanOrEqual(80);
  });

  it('speak whole sentences in both languages, of every outcome', () => {
    const findings = findingsOfExamples();
    expect(findings.length).toBeGreaterThan(300);
    for (const finding of findings) {
      const [vi, en] = [sentenceOf(finding, words, 'VI'), sentenceOf(finding, words, 'EN')];
      for (const sentence of [vi, en]) {
        expect(sentence).not.toMatch(/[{}]|undefined|null|[A-Z]+_[A-Z]+/);
        expect(sentence).toMatch(/^.{20,}[.?)]$/);
        expect(sentence).toContain('ví dụ');
      }
      expect(vi).not.toBe(en);
      expect(vi.normalize('NFC')).toBe(vi);
    }
  });

  it('stop the start where one of them is broken, and say which', () => {
    const document = JSON.stringify(readReferenceRulePack('hcmc/rule-pack.json'));
    const broken: unknown = JSON.parse(document.replace('self.layer >= 1', 'self.layr >= 1'));
    expect(() => checkedPack(broken, definitions.all, reference)).toThrow(
      /R-03 cases\[0\]\.expression 1:\d+: UNKNOWN_FIELD \(name: layr, suggestion: layer\)/,
    );
    expect(() => checkedPack(null, definitions.all, reference)).toThrow(/WRONG_SHAPE/);
  });
});

const subject = {
  subject: null,
  subjectName: 'Kho dữ liệu',
  explanation: UNEXPLAINED,
  unverifiedDays: [],
  provisional: false,
};
function finding(more: Partial<Finding>): Finding {
  const rule = pack.rules.find(({ code }) => code === 'R-03');
  if (rule === undefined) throw new Error('The pack has no rule R-03.');
  return { rule, ...subject, outcome: 'PASS', message: undefined, values: {}, missingFacts: [], ...more };
}

describe('the sentence of a finding', () => {
  it.each<[Finding['values'], string]>([
    [{}, 'chưa rõ'],
    [{ x: null }, 'không có'],
    [{ x: [] }, 'không có'],
    [{ x: true }, 'có'],
    [{ x: false }, 'không'],
    [{ x: 1234567 }, '1.234.567'],
    [{ x: 'PUBLIC_CLOUD' }, 'đám mây công cộng'],
    [{ x: 'toString' }, 'toString'],
    [{ x: '2026-07-01' }, '01/07/2026'],
    [{ x: '2026-07' }, '07/2026'],
    [{ x: '2026' }, '2026'],
    [{ x: ['FILE', 'LGSP', 'FILE'] }, 'tệp; LGSP'],
    [{ x: { a: 'LGSP', b: 2 } }, 'LGSP; 2'],
  ])('says %j as %s', (values, said) => {
    expect(sentenceOf(finding({ message: { vi: '{x}', en: '{x}' }, values }), words, 'VI')).toBe(said);
  });

  it('says which days of the calendar nobody verified', () => {
    const day = { date: '2026-08-31', name: 'Nghỉ hoán đổi', kind: 'SWAPPED_OFF', confidence: 'UNSOURCED' } as const;
    const counted = finding({
      message: { vi: 'Đạt.', en: 'Met.' },
      unverifiedDays: [{ ...day, source: 'to verify' }],
    });
    expect(sentenceOf(counted, words, 'VI')).toMatch(/^Đạt\. .* chưa được kiểm chứng: 2026-08-31 \(Nghỉ hoán đổi\)\.$/);
    expect(sentenceOf(counted, words, 'EN')).toMatch(/^Met\. .* nobody verified: 2026-08-31 \(Nghỉ hoán đổi\)\.$/);
  });

  it('asks five questions and says how many more there are', () => {
    const missingFacts = Array.from({ length: 7 }, (_, index) => ({
      path: `flows[${index}].channels`,
      field: 'flows.channels',
      item: `k${index}`,
      question: { vi: 'Kênh nào?', en: 'Which channel?' },
      askedFrom: null,
      element: null,
    }));
    const open = finding({ message: { vi: 'Chưa rõ.', en: 'Open.' }, missingFacts });
    expect(sentenceOf(open, words, 'VI')).toMatch(/^Chưa rõ\. Cần hỏi: Kênh nào\? \(k0\) .* Và 2 câu hỏi khác\.$/);
    expect(sentenceOf(open, words, 'EN')).toMatch(/^Open\. To be asked: .* And 2 more\.$/);
  });

  it('says of an error that it could not be computed', () => {
    expect(sentenceOf(finding({ outcome: 'ERROR' }), words, 'EN')).toContain('could not be computed for Kho dữ liệu');
  });
});

describe('the words for a legal regime', () => {
  const regimes = new RegimeReader();
  it.each([
    ['2026-05-04', 'Nghị định 45/2026/NĐ-CP', /2026-05-04/],
    [null, 'Nghị định 224/2026/NĐ-CP', /Chưa có quyết định .* 2026-11-23/],
    ['2026', 'Nghị định 224/2026/NĐ-CP', /chỉ biết đến "2026".*45\/2026.*224\/2026/],
  ])('of %s are %s', (decidedOn, name, because) => {
    const described = regimes.describe(regimes.of(decidedOn, '2026-11-23'), 'VI');
    expect(described.name).toBe(name);
    expect(described.because).toMatch(because);
    expect(regimes.describe(regimes.of(decidedOn, '2026-11-23'), 'EN').name).toMatch(/^Decree/);
  });

  it('say that there is none', () => {
    const none = { regime: null, reason: 'NONE' as const, date: '1990', possible: [], provisional: false };
    expect(regimes.describe(none, 'EN')).toMatchObject({ code: 'NONE', because: 'No law on record applies to 1990.' });
  });
});

function agency(name: string): Element {
  const urn = 'urn:khung:so-a';
  if (!isUrn(urn)) throw new Error(urn);
  const none = {
    nameEn: null,
    aliases: [],
    description: null,
    externalIds: [],
    layer: null,
    phases: [],
    level: null,
    responsibilities: [],
  };
  return { seq: 0, urn, kind: 'AGENCY', name, ...none, visibility: 'PUBLIC', attributes: {}, revision: 1 };
}
function row(name: string | null): ComplianceRow {
  const counts = { PASS: 3, FAIL: 1, NEEDS_EVIDENCE: 2, NOT_APPLICABLE: 4, ERROR: 0 };
  const score = { score: 0.75, scoreLow: 0.5, scoreHigh: null };
  const of = { agency: name === null ? null : agency(name), rule: null, layer: null, severity: null };
  return { ...of, counts, waived: 0, coverage: 2 / 3, ...score };
}
async function linesOf(one: ComplianceRow, by: ReportBy, language: Language): Promise<string[]> {
  const columns = reportColumns(by, language);
  const rows = [one, row(null)].map((each) => columns.map(({ cell }) => cell(each)));
  return (await printTable({ name: 'report', columns, rows }, 'csv')).toString('utf8').split('\r\n');
}

describe('the report as a spreadsheet', () => {
  it('begins with a byte order mark and keeps Vietnamese marks', async () => {
    expect(await linesOf(row('Sở Y tế, Thành phố'), 'AGENCY', 'VI')).toEqual([
      '\uFEFFCơ quan,urn,Đạt,Không đạt,Được miễn có thời hạn,Chưa đủ thông tin,Không áp dụng,Lỗi,Tỷ lệ đã kết luận,' +
        'Điểm,Điểm thấp nhất có thể,Điểm cao nhất có thể',
      '"Sở Y tế, Thành phố",urn:khung:so-a,3,1,0,2,4,0,0.6667,0.7500,0.5000,',
      '(chưa rõ chủ quản),,3,1,0,2,4,0,0.6667,0.7500,0.5000,',
      '',
    ]);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '=HYPERLINK("http://x")'])('disarms %s', async (name) => {
    const [, cell = ''] = await linesOf(row(name), 'AGENCY', 'EN');
    expect(cell.replaceAll('"', '')).toMatch(/^'/);
  });

  it('names rules, layers and severities in the language asked for', async () => {
    const rule = pack.rules.find(({ code }) => code === 'R-03') ?? null;
    const numbers = '3,1,0,2,4,0,0.6667,0.7500,0.5000,';
    const [, byRule] = await linesOf({ ...row(null), rule }, 'RULE', 'EN');
    expect(byRule).toBe(`State the framework layer of each component,R-03,${numbers}`);
    const [, byLayer, unknown] = await linesOf({ ...row(null), layer: 3 }, 'LAYER', 'VI');
    expect([byLayer, unknown]).toEqual([`Lớp 3,3,${numbers}`, `(không có hoặc chưa rõ lớp),,${numbers}`]);
    const [, bySeverity] = await linesOf({ ...row(null), severity: 'MAJOR' }, 'SEVERITY', 'VI');
    expect(bySeverity).toBe(`Nặng,MAJOR,${numbers}`);
  });
});

describe('who may read findings', () => {
  it('is who may read the class that the operator set', () => {
    const guarded = new FindingsAccess({ findingsVisibility: 'GOVERNMENT' });
    expect(() => guarded.require(PUBLIC)).toThrow('NOT_PERMITTED');
    expect(() => guarded.require(ADMINISTRATOR)).not.toThrow();
    const open = new FindingsAccess({ findingsVisibility: 'PUBLIC' });
    expect(() => open.require(PUBLIC)).not.toThrow();
    expect([guarded.isPublic, open.isPublic]).toEqual([false, true]);
  });
});

describe('today', () => {
  it('begins at midnight in Viet Nam', () => {
    expect(todayInVietnam(new Date('2026-11-23T16:59:59Z'))).toBe('2026-11-23');
    expect(todayInVietnam(new Date('2026-11-23T17:00:00Z'))).toBe('2026-11-24');
  });
});
