import { extname } from 'node:path';
import type { Language } from '../runtime/messages.js';
import type { PlanListAnswer } from './plan-answer.types.js';

/** The address, behind that of the service, to which a plan is sent. */
export const PLAN_LIST_ADDRESS = '/plan-lists';

/** Where the answer to a plan is written, where nobody says: beside it. */
export function answerFileName(file: string): string {
  const extension = extname(file);
  return `${file.slice(0, file.length - extension.length)}-khung${extension}`;
}

const WORDS = {
  written: { VI: 'Đã ghi câu trả lời vào {file}.', EN: 'The answer is in {file}.' },
} as const satisfies Record<string, Readonly<Record<Language, string>>>;

/** What is said of an answer that was written. */
export function writtenSentence(file: string, language: Language): string {
  return WORDS.written[language].replace('{file}', () => file);
}

/** Whether something in the list has to be mended before all of it can be answered. */
export function hasUnreadable({ counts }: PlanListAnswer): boolean {
  return counts.UNREADABLE > 0;
}
