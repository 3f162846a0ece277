import { PROCUREMENT_STATES } from '../core/landscape/procurement.js';
import { TENDER_OUTCOMES } from '../core/similarity/tender-match.js';
import type { Language } from '../runtime/messages.js';
import { OUTCOME_TEXTS, STATE_TEXTS } from './tender-answer-text.js';
import type { TenderListAnswer, TenderSums } from './tender-answer.types.js';

/** The address, behind that of the service, to which a list of tenders is sent. @param fileName - what the answer is named after. */
export function tenderListAddress(fileName: string): string {
  return `/tender-lists?${new URLSearchParams({ fileName }).toString()}`;
}

const WORDS = {
  lines: { VI: 'Dòng', EN: 'Lines' },
  projects: { VI: 'Dự án nhận ra được', EN: 'Projects found' },
  mend: { VI: 'Dòng có ô cần sửa', EN: 'Lines with cells to be mended' },
} as const satisfies Record<string, Readonly<Record<Language, string>>>;

/** The header of an answer in which the sums of its lines come with the file. */
export const SUMS_HEADER = 'khung-list-sums';

/** What the lines of a list come to, as that header says it: JSON, percent-encoded. */
export function sumsHeader({ lines, counts, projects, form }: TenderListAnswer): string {
  const linesToMend = lines.filter(({ problems }) => problems.length > 0).length;
  const sums: TenderSums = { lines: lines.length, counts, projects, form, linesToMend };
  return encodeURIComponent(JSON.stringify(sums));
}

/** What the lines of a list come to. Every class is named, also where it is empty: none is not the same as unsaid. */
export function formatTenderSums(header: string, language: Language): string {
  // The service and this command are of one version.
  const { counts, projects, lines, form, linesToMend } = JSON.parse(decodeURIComponent(header)) as TenderSums;
  const found = Object.values(projects).reduce((sum, count) => sum + count, 0);
  return [
    `${WORDS.lines[language]}: ${lines}`,
    ...TENDER_OUTCOMES.map((outcome) => `  ${OUTCOME_TEXTS[outcome][language]}: ${counts[outcome]}`),
    `${WORDS.projects[language]}: ${found}`,
    ...PROCUREMENT_STATES.map((state) => `  ${STATE_TEXTS[state][language]}: ${projects[state]}`),
    `${WORDS.mend[language]}: ${linesToMend}`,
    form,
  ].join('\n');
}

/** Whether something in the list has to be mended before all of it can be answered. */
export function hasNothingToGoBy({ counts }: TenderListAnswer): boolean {
  return counts.NOTHING_TO_GO_BY > 0;
}
