import { PROCUREMENT_STATES } from '../core/landscape/procurement.js';
import { TENDER_OUTCOMES } from '../core/similarity/tender-match.js';
import type { Language } from '../runtime/messages.js';
import { OUTCOME_TEXTS, STATE_TEXTS } from './tender-answer-text.js';
import type { TenderListAnswer } from './tender-answer.types.js';

/** The address, behind that of the service, to which a list of tenders is sent. @param fileName - what the answer is named after. */
export function tenderListAddress(fileName: string): string {
  return `/tender-lists?${new URLSearchParams({ fileName }).toString()}`;
}

const WORDS = {
  lines: { VI: 'Dòng', EN: 'Lines' },
  projects: { VI: 'Dự án nhận ra được', EN: 'Projects found' },
  mend: { VI: 'Dòng có ô cần sửa', EN: 'Lines with cells to be mended' },
} as const satisfies Record<string, Readonly<Record<Language, string>>>;

/** What the lines of a list come to. Every class is named, also where it is empty: none is not the same as unsaid. */
export function formatTenderSums(answer: TenderListAnswer, language: Language): string {
  const { counts, projects, lines, form } = answer;
  const found = Object.values(projects).reduce((sum, count) => sum + count, 0);
  return [
    `${WORDS.lines[language]}: ${lines.length}`,
    ...TENDER_OUTCOMES.map((outcome) => `  ${OUTCOME_TEXTS[outcome][language]}: ${counts[outcome]}`),
    `${WORDS.projects[language]}: ${found}`,
    ...PROCUREMENT_STATES.map((state) => `  ${STATE_TEXTS[state][language]}: ${projects[state]}`),
    `${WORDS.mend[language]}: ${linesToMend(answer)}`,
    form,
  ].join('\n');
}

/** Whether something in the list has to be mended before all of it can be answered. */
export function hasNothingToGoBy({ counts }: TenderListAnswer): boolean {
  return counts.NOTHING_TO_GO_BY > 0;
}

/** How many lines have something that could not be taken. */
function linesToMend({ lines }: TenderListAnswer): number {
  return lines.filter(({ problems }) => problems.length > 0).length;
}
