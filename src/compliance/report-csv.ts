import { stringify } from 'csv-stringify/sync';
import type { ComplianceRow, ReportBy } from '../core/policy/report.js';
import type { Language } from '../runtime/messages.js';
import { inLanguage } from './finding-text.js';

const FIRST_COLUMNS: Readonly<Record<ReportBy, Readonly<Record<Language, readonly string[]>>>> = {
  AGENCY: { VI: ['Cơ quan', 'urn'], EN: ['Agency', 'urn'] },
  RULE: { VI: ['Quy tắc', 'Mã'], EN: ['Rule', 'Code'] },
};
const COUNT_COLUMNS: Readonly<Record<Language, readonly string[]>> = {
  VI: ['Đạt', 'Không đạt', 'Được miễn có thời hạn', 'Chưa đủ thông tin', 'Không áp dụng', 'Lỗi', 'Tỷ lệ đã kết luận'],
  EN: ['Pass', 'Fail', 'Waived', 'Needs evidence', 'Not applicable', 'Error', 'Coverage'],
};
const UNKNOWN_OWNER: Readonly<Record<Language, string>> = { VI: '(chưa rõ chủ quản)', EN: '(owner not known)' };

/**
 * The report as a table for a spreadsheet: UTF-8 with a byte order mark, without which Excel garbles Vietnamese, and no
 * cell that a spreadsheet would take for a formula. Coverage is a share from 0 to 1 with four decimals.
 */
export function reportCsv(rows: readonly ComplianceRow[], by: ReportBy, language: Language): string {
  const header = [...FIRST_COLUMNS[by][language], ...COUNT_COLUMNS[language]];
  const lines = rows.map((row) => [...firstCells(row, language), ...countCells(row)]);
  return stringify([header, ...lines], { bom: true, escape_formulas: true, record_delimiter: 'windows' });
}

function firstCells({ agency, rule }: ComplianceRow, language: Language): string[] {
  if (rule !== null) return [inLanguage(rule.title, language), rule.code];
  if (agency === null) return [UNKNOWN_OWNER[language], ''];
  return [language === 'EN' ? (agency.nameEn ?? agency.name) : agency.name, agency.urn];
}

function countCells({ counts, waived, coverage }: ComplianceRow): string[] {
  const { PASS, FAIL, NEEDS_EVIDENCE, NOT_APPLICABLE, ERROR } = counts;
  return [...[PASS, FAIL, waived, NEEDS_EVIDENCE, NOT_APPLICABLE, ERROR].map(String), coverage.toFixed(4)];
}
