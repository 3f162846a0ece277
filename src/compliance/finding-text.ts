import type { Json } from '../core/landscape/model.js';
import type { Finding, MissingFact } from '../core/policy/finding.js';
import type { RulePack, Text } from '../core/policy/rule.js';
import { fillTemplate } from '../runtime/sentence.js';
import type { Language } from '../runtime/messages.js';

/** Most questions that a sentence asks; it says how many more there are. */
const QUESTIONS_MAXIMUM = 5;

const UNKNOWN: Text = { vi: 'chưa rõ', en: 'not known' };
const NONE: Text = { vi: 'không có', en: 'none' };
const YES: Text = { vi: 'có', en: 'yes' };
const NO: Text = { vi: 'không', en: 'no' };
const ERROR: Text = {
  vi: 'Chưa tính được quy tắc này cho {subject}; người quản trị bộ quy tắc cần xem lại.',
  en: 'This rule could not be computed for {subject}; whoever keeps the rules has to look at it.',
};

/** A text in one of its two languages. */
export function inLanguage({ vi, en }: Text, language: Language): string {
  return language === 'VI' ? vi : en;
}

/** The sentence of a finding, as a reviewer reads it aloud: what is so, and what has yet to be asked. */
export function sentenceOf(finding: Finding, words: RulePack['words'], language: Language): string {
  const template = inLanguage(finding.message ?? ERROR, language);
  const values: Record<string, string> = { subject: finding.subjectName };
  for (const name of namesOf(template)) values[name] ??= valueText(finding.values[name], words, language);
  return [
    fillTemplate(template, values),
    questionsText(finding.missingFacts, language),
    unverifiedText(finding.unverifiedDays, language),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function namesOf(template: string): string[] {
  return Array.from(template.matchAll(/\{(\w+)\}/g), (match) => match[1] ?? '');
}

/** undefined is unknown, null declared absent; codes are called what the pack calls them. */
export function valueText(value: Json | undefined, words: RulePack['words'], language: Language): string {
  if (value === undefined) return inLanguage(UNKNOWN, language);
  if (value === null) return inLanguage(NONE, language);
  if (typeof value === 'boolean') return inLanguage(value ? YES : NO, language);
  if (typeof value === 'number') return value.toLocaleString(language === 'VI' ? 'vi-VN' : 'en-GB');
  if (typeof value === 'string') {
    const word = Object.hasOwn(words, value) ? words[value] : undefined;
    return word === undefined ? dateText(value, language) : inLanguage(word, language);
  }
  const items = Array.isArray(value) ? value : Object.values(value);
  if (items.length === 0) return inLanguage(NONE, language);
  return [...new Set(items.map((item: Json) => valueText(item, words, language)))].join('; ');
}

/** A day or a month as a Vietnamese document writes it; all other texts, and English, as they are. */
function dateText(value: string, language: Language): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(value) ?? [];
  if (language !== 'VI' || year === undefined) return value;
  return [day, month, year].filter((part) => part !== undefined).join('/');
}

/** Days that were counted although no source says what they are: whoever quotes the count has to know. */
function unverifiedText(days: Finding['unverifiedDays'], language: Language): string {
  if (days.length === 0) return '';
  const listed = days.map(({ date, name }) => `${date} (${name})`).join('; ');
  if (language === 'VI') return `Số ngày làm việc tính theo lịch có ngày chưa được kiểm chứng: ${listed}.`;
  return `Working days were counted by a calendar with days that nobody verified: ${listed}.`;
}

function questionsText(missing: readonly MissingFact[], language: Language): string {
  const questions = missing.flatMap(({ question, item }) => {
    if (question === null) return [];
    const text = inLanguage(question, language);
    return [item === null ? text : `${text} (${item})`];
  });
  const distinct = [...new Set(questions)];
  if (distinct.length === 0) return '';
  const more = distinct.length - QUESTIONS_MAXIMUM;
  const asked = distinct.slice(0, QUESTIONS_MAXIMUM).join(' ');
  if (language === 'VI') return `Cần hỏi: ${asked}${more > 0 ? ` Và ${more} câu hỏi khác.` : ''}`;
  return `To be asked: ${asked}${more > 0 ? ` And ${more} more.` : ''}`;
}
