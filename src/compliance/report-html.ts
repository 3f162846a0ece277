import type { ComplianceRow, ReportBy } from '../core/policy/report.js';
import type { Citation, Rule, RulePack, Text } from '../core/policy/rule.js';
import { SEVERITIES_DOWN } from '../core/policy/scoring.js';
import type { Scoring } from '../core/policy/scoring.js';
import type { TableCell } from '../exchange/table.writer.js';
import type { AuditHead } from '../runtime/audit/audit-record.js';
import { headText } from '../runtime/audit/issued-papers.js';
import { escaped } from '../runtime/html.js';
import type { Language } from '../runtime/messages.js';
import { inLanguage } from './finding-text.js';
import { SEVERITY_WORDS, reportColumns } from './report-table.js';

/** A report, and what it rests on. */
export interface PrintedReport {
  readonly rows: readonly ComplianceRow[];
  readonly by: ReportBy;
  readonly pack: RulePack;
  /** The rules that were asked. */
  readonly rules: readonly Rule[];
  readonly scoring: Scoring;
  readonly revision: number;
  readonly today: string;
}

const WORDS = {
  title: { vi: 'Báo cáo tuân thủ kiến trúc', en: 'Architecture compliance report' },
  by: {
    AGENCY: { vi: 'theo cơ quan chủ quản', en: 'by agency' },
    RULE: { vi: 'theo quy tắc', en: 'by rule' },
    LAYER: { vi: 'theo lớp', en: 'by layer' },
    SEVERITY: { vi: 'theo mức độ', en: 'by severity' },
  },
  day: { vi: 'Ngày', en: 'Day' },
  revision: { vi: 'Phiên bản dữ liệu', en: 'Revision of the landscape' },
  pack: { vi: 'Bộ quy tắc', en: 'Rule pack' },
  reading: {
    vi: 'Điểm là tỷ trọng của các kết luận đạt trong số đã kết luận; luôn đọc cùng tỷ lệ đã kết luận và khoảng điểm có thể. Việc được miễn có thời hạn được đếm riêng và không bao giờ tính là đạt.',
    en: 'The score is the weight of what passes among what is decided; it is read with the coverage and the band beside it. What is waived is counted apart, and never as passing.',
  },
  audit: { vi: 'Nhật ký kiểm toán', en: 'Audit log' },
  weights: { vi: 'Trọng số', en: 'Weights' },
  citations: { vi: 'Căn cứ của các quy tắc', en: 'What the rules rest on' },
  unverified: { vi: 'CHƯA ĐỐI CHIẾU BẢN KÝ', en: 'UNVERIFIED' },
  superseded: { vi: 'VĂN BẢN ĐÃ BỊ THAY THẾ', en: 'SUPERSEDED' },
} as const satisfies Record<string, Text | Record<ReportBy, Text>>;

const STYLE = `body{font-family:"Times New Roman",serif;margin:2rem;color:#111}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #555;padding:.25rem .4rem;text-align:left;vertical-align:top}
td.number{text-align:right;font-variant-numeric:tabular-nums}thead{display:table-header-group}tr{break-inside:avoid}
strong.mark{border:1px solid #111;padding:0 .2rem;font-size:.8em}
@page{size:A4 landscape;margin:15mm}@media print{body{margin:0}h2{break-before:page}}`;

/** The report as a page to print, up to `auditHeadHtml`: one document without scripts and without anything from elsewhere. */
export function reportHtml(report: PrintedReport, language: Language): string {
  const say = (words: Text): string => escaped(inLanguage(words, language));
  const { by, pack, scoring, revision, today } = report;
  const title = `${say(WORDS.title)} ${say(WORDS.by[by])}`;
  const facts = [
    `${say(WORDS.day)}: ${escaped(today)}`,
    `${say(WORDS.revision)}: ${revision}`,
    `${say(WORDS.pack)}: ${say(pack.title)} (${escaped(pack.code)} ${escaped(pack.version)})`,
  ];
  const weights = SEVERITIES_DOWN.map((severity) => `${say(SEVERITY_WORDS[severity])} ${scoring.weights[severity]}`);
  return `<!doctype html>
<html lang="${language.toLowerCase()}"><head><meta charset="utf-8"><title>${title}</title><style>${STYLE}</style></head><body>
<h1>${title}</h1>
<p>${facts.join('<br>')}</p>
<p>${say(WORDS.reading)}</p>
<p>${say(WORDS.weights)}: ${weights.join(', ')}. ${say(scoring.source)}</p>
${tableHtml(report, language)}
<h2>${say(WORDS.citations)}</h2>
<ul>${report.rules.map((rule) => ruleHtml(rule, say)).join('\n')}</ul>
`;
}

/** The end of the page: where the audit log ended when it was sent, which changes while the report does not. */
export function auditHeadHtml(head: AuditHead, language: Language): string {
  return `<p>${escaped(inLanguage(WORDS.audit, language))}: <code>${headText(head)}</code></p>
</body></html>
`;
}

function tableHtml({ rows, by }: PrintedReport, language: Language): string {
  const columns = reportColumns(by, language);
  const head = columns.map(({ header }) => `<th scope="col">${escaped(header)}</th>`).join('');
  const body = rows.map((row) => `<tr>${columns.map(({ cell }) => cellHtml(cell(row))).join('')}</tr>`);
  return `<table><thead><tr>${head}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table>`;
}

function cellHtml(cell: TableCell): string {
  if (cell === undefined) return '<td></td>';
  if (typeof cell === 'string') return `<td>${escaped(cell)}</td>`;
  return `<td class="number">${escaped(cell.text)}</td>`;
}

function ruleHtml({ code, title, citations }: Rule, say: (words: Text) => string): string {
  const sources = citations.map((citation) => `<li>${citationHtml(citation, say)}</li>`);
  return `<li>${escaped(code)}. ${say(title)}<ul>${sources.join('')}</ul></li>`;
}

function citationHtml({ text, article, verification }: Citation, say: (words: Text) => string): string {
  const source = `${say(text)}${article === null ? '' : ` (${escaped(article)})`}`;
  if (verification === 'VERIFIED_AGAINST_SIGNED_TEXT') return source;
  const mark = verification === 'SUPERSEDED' ? WORDS.superseded : WORDS.unverified;
  return `${source} <strong class="mark">${say(mark)}</strong>`;
}
