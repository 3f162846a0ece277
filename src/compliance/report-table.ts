import type { ComplianceRow, ReportBy } from '../core/policy/report.js';
import type { Severity, Text } from '../core/policy/rule.js';
import type { TableCell } from '../exchange/table.writer.js';
import type { Language } from '../runtime/messages.js';
import { inLanguage } from './finding-text.js';

/** A column of a report: what it is called, and what it says of a row. */
interface ReportColumn {
  readonly header: string;
  /** In characters. */
  readonly width: number;
  readonly cell: (row: ComplianceRow) => TableCell;
}

const FIRST_COLUMNS: Readonly<Record<ReportBy, readonly [Text, Text]>> = {
  AGENCY: [
    { vi: 'Cơ quan', en: 'Agency' },
    { vi: 'urn', en: 'urn' },
  ],
  RULE: [
    { vi: 'Quy tắc', en: 'Rule' },
    { vi: 'Mã', en: 'Code' },
  ],
  LAYER: [
    { vi: 'Lớp', en: 'Layer' },
    { vi: 'Số', en: 'Number' },
  ],
  SEVERITY: [
    { vi: 'Mức độ', en: 'Severity' },
    { vi: 'Mã', en: 'Code' },
  ],
};
const UNKNOWN_OWNER: Text = { vi: '(chưa rõ chủ quản)', en: '(owner not known)' };
const UNKNOWN_LAYER: Text = { vi: '(không có hoặc chưa rõ lớp)', en: '(no layer, or not known)' };
const LAYER: Text = { vi: 'Lớp', en: 'Layer' };
/** What a severity is called. */
export const SEVERITY_WORDS: Readonly<Record<Severity, Text>> = {
  CRITICAL: { vi: 'Nghiêm trọng', en: 'Critical' },
  MAJOR: { vi: 'Nặng', en: 'Major' },
  MINOR: { vi: 'Nhẹ', en: 'Minor' },
  INFO: { vi: 'Để biết', en: 'Info' },
};

const NAME_WIDTH = 60;
const CODE_WIDTH = 30;
const NUMBER_WIDTH = 14;

const NUMBERS: readonly (readonly [Text, (row: ComplianceRow) => TableCell])[] = [
  [{ vi: 'Đạt', en: 'Pass' }, ({ counts }) => whole(counts.PASS)],
  [{ vi: 'Không đạt', en: 'Fail' }, ({ counts }) => whole(counts.FAIL)],
  [{ vi: 'Được miễn có thời hạn', en: 'Waived' }, ({ waived }) => whole(waived)],
  [{ vi: 'Chưa đủ thông tin', en: 'Needs evidence' }, ({ counts }) => whole(counts.NEEDS_EVIDENCE)],
  [{ vi: 'Không áp dụng', en: 'Not applicable' }, ({ counts }) => whole(counts.NOT_APPLICABLE)],
  [{ vi: 'Lỗi', en: 'Error' }, ({ counts }) => whole(counts.ERROR)],
  [{ vi: 'Tỷ lệ đã kết luận', en: 'Coverage' }, ({ coverage }) => share(coverage)],
  [{ vi: 'Điểm', en: 'Score' }, ({ score }) => share(score)],
  [{ vi: 'Điểm thấp nhất có thể', en: 'Lowest possible score' }, ({ scoreLow }) => share(scoreLow)],
  [{ vi: 'Điểm cao nhất có thể', en: 'Highest possible score' }, ({ scoreHigh }) => share(scoreHigh)],
];

/** The columns of a report; shares are numbers from 0 to 1 with four decimals, and empty where there is none. */
export function reportColumns(by: ReportBy, language: Language): ReportColumn[] {
  const [name, code] = FIRST_COLUMNS[by];
  return [
    { header: inLanguage(name, language), width: NAME_WIDTH, cell: (row) => rowName(row, by, language) },
    { header: inLanguage(code, language), width: CODE_WIDTH, cell: rowCode },
    ...NUMBERS.map(([header, cell]) => ({ header: inLanguage(header, language), width: NUMBER_WIDTH, cell })),
  ];
}

/** What a row of a report is called. */
function rowName({ agency, rule, layer, severity }: ComplianceRow, by: ReportBy, language: Language): string {
  if (rule !== null) return inLanguage(rule.title, language);
  if (severity !== null) return inLanguage(SEVERITY_WORDS[severity], language);
  if (layer !== null) return `${inLanguage(LAYER, language)} ${layer}`;
  if (agency !== null) return language === 'EN' ? (agency.nameEn ?? agency.name) : agency.name;
  return inLanguage(by === 'LAYER' ? UNKNOWN_LAYER : UNKNOWN_OWNER, language);
}

function rowCode({ agency, rule, layer, severity }: ComplianceRow): TableCell {
  return rule?.code ?? severity ?? agency?.urn ?? layer?.toString();
}

function whole(value: number): TableCell {
  return { type: 'NUMBER', text: String(value) };
}

function share(value: number | null): TableCell {
  return value === null ? undefined : { type: 'NUMBER', text: value.toFixed(4) };
}
