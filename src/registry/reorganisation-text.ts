import type { Consequence, ReorganisationQuestion } from '../core/landscape/reorganisation.js';
import { fillTemplate } from '../runtime/sentence.js';
import type { Language } from '../runtime/messages.js';

type Text = Readonly<Record<Language, string>>;

/** What is asked. {thing} is what it is about, {from} and {to} the agencies, {others} what else is concerned. */
const QUESTIONS: Readonly<Record<ReorganisationQuestion, Text>> = {
  WHO_TAKES_OVER: {
    VI: 'Cơ quan nào tiếp nhận "{thing}" từ {from}?',
    EN: 'Which agency takes over "{thing}" from {from}?',
  },
  WHO_ANSWERS: {
    VI: 'Thông tin "{path}" của "{thing}" còn ghi {from}: cơ quan nào thay thế?',
    EN: '"{path}" of "{thing}" still names {from}: which agency takes its place?',
  },
  SAME_CAPABILITY: {
    VI: 'Sau sắp xếp, {to} có nhiều hệ thống cùng phục vụ "{thing}": {others}. Gộp, giữ hay dừng hệ thống nào?',
    EN: 'Afterwards {to} has several systems for "{thing}": {others}. Which are merged, kept, or retired?',
  },
  SAME_DATA: {
    VI: 'Sau sắp xếp, {to} có nhiều hệ thống cùng giữ bản gốc của "{thing}": {others}. Hệ thống nào giữ bản gốc?',
    EN: 'Afterwards several systems of {to} hold the original of "{thing}": {others}. Which one is to hold it?',
  },
  CONTRACT_PARTY: {
    VI: '"{thing}" do {from} ký hoặc quản lý: {to} kế thừa, ký phụ lục hay chấm dứt hợp đồng?',
    EN: '"{thing}" was signed or held by {from}: does {to} take it over, amend it, or end it?',
  },
  USAGE_DIFFERS: {
    VI: 'Các cơ quan trước đây ghi "{path}" khác nhau cho "{thing}": giá trị của {to} là gì?',
    EN: 'The former agencies said different things of "{path}" for "{thing}": what holds for {to}?',
  },
  MASTER_SCOPE: {
    VI: '"{thing}" giữ dữ liệu gốc trong phạm vi "{before}" của {from}: phạm vi nào áp dụng cho {to}?',
    EN: '"{thing}" holds the original for "{before}", of {from}: which scope holds for {to}?',
  },
};

/** The sentence of a question; null where a consequence asks nothing. */
export function questionText(
  { question, element, from, to, path, before, concerned }: Consequence,
  nameOf: (urn: string) => string,
  language: Language,
): string | null {
  if (question === null) return null;
  return fillTemplate(QUESTIONS[question][language], {
    thing: nameOf(element),
    from: from === null ? '?' : nameOf(from),
    to: to === null ? '?' : nameOf(to),
    path: path ?? '',
    before: typeof before === 'string' ? before : '?',
    others: concerned.map(nameOf).join(', '),
  });
}
