import pc from 'picocolors';
import type { Language } from '../runtime/messages.js';
import { IMPORT_OUTCOMES } from './import-row.js';
import type { ImportCounts, ImportReport } from './import-report.js';

/** What `khung import` was told to do. */
export interface ImportCommandOptions {
  readonly dryRun?: boolean;
  readonly acceptValid?: boolean;
  readonly kind?: string;
  readonly reason?: string;
  readonly scenario?: string;
}

/** The address, behind that of the service, to which a file is sent. */
export function importAddress(fileName: string, options: ImportCommandOptions): string {
  const query = new URLSearchParams({ fileName });
  for (const [key, value] of Object.entries(options)) if (value !== undefined) query.set(key, String(value));
  return `/imports?${query.toString()}`;
}

const WORDS = {
  elements: { VI: 'Đối tượng', EN: 'Elements' },
  relations: { VI: 'Quan hệ', EN: 'Relations' },
  created: { VI: 'thêm', EN: 'created' },
  changed: { VI: 'sửa', EN: 'changed' },
  deleted: { VI: 'xóa', EN: 'deleted' },
  unchanged: { VI: 'không đổi', EN: 'unchanged' },
  refused: { VI: 'từ chối', EN: 'refused' },
  unjudged: { VI: 'chưa xét được', EN: 'not judged' },
  applied: { VI: 'Đã ghi, phiên bản', EN: 'Written, revision' },
  scenario: { VI: 'Đã lập kịch bản', EN: 'Made scenario' },
  notApplied: { VI: 'Chưa ghi gì.', EN: 'Nothing was written.' },
  more: { VI: 'và {n} điều khác (xem --json)', EN: 'and {n} more (see --json)' },
} as const satisfies Record<string, Readonly<Record<Language, string>>>;

/** Problems and notes that are printed each; the JSON output has them all. */
const PRINTED = 50;

/** The report as lines for a terminal. */
export function formatImport(report: ImportReport, language: Language): string {
  const { elements, relations, problems, notes, isApplied, revision, scenario } = report;
  const made = `${WORDS.scenario[language]} ${scenario}`;
  const done = scenario === null ? `${WORDS.applied[language]} ${revision}.` : `${made}.`;
  return [
    `${WORDS.elements[language]}: ${countsLine(elements, language)}`,
    `${WORDS.relations[language]}: ${countsLine(relations, language)}`,
    ...toldLines(problems, language).map((line) => pc.red(line)),
    ...toldLines(notes, language).map((line) => pc.dim(line)),
    isApplied ? done : WORDS.notApplied[language],
  ].join('\n');
}

function countsLine(counts: ImportCounts, language: Language): string {
  const outcomes = IMPORT_OUTCOMES.filter((outcome) => outcome !== 'unjudged' || counts.unjudged > 0);
  return outcomes.map((outcome) => `${counts[outcome]} ${WORDS[outcome][language]}`).join(', ');
}

function toldLines(told: ImportReport['problems'], language: Language): string[] {
  const lines = told.slice(0, PRINTED).map(({ sheet, line, column, message }) => {
    const cell = column === null ? (line ?? '') : `${column}${line ?? ''}`;
    const place = [sheet, cell].filter((part) => part !== null && part !== '').join('!');
    const text = language === 'VI' ? message.vi : message.en;
    return place === '' ? text : `${place}: ${text}`;
  });
  const rest = told.length - lines.length;
  return rest > 0 ? [...lines, WORDS.more[language].replace('{n}', `${rest}`)] : lines;
}
