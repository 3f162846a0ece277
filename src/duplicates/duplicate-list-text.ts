import { fillTemplate } from '../runtime/sentence.js';
import type { Language } from '../runtime/messages.js';
import type { ListSummary, ListedPair, ListedSide } from './duplicate-list.reader.js';
import { MATCH_BAND_WORDS } from './match-band.types.js';
import { TEXT_MAXIMUM } from './need-list.js';

/** Pairs that a person is shown; programs are given all. */
export const PAIRS_SHOWN = 10_000;

/** A pair as one line of JSON, for programs. */
export function pairJson({ a, b, pair: { score, band, logOdds, baseline, signals } }: ListedPair): string {
  const places = { placeOfA: a.place, placeOfB: b.place };
  return JSON.stringify({ a: a.id, b: b.id, score, band, logOdds, baseline, signals, ...places });
}

/** The best of many pairs, of which no more are held than are shown twice over. */
export class BestPairs {
  private held: ListedPair[] = [];

  constructor(private readonly most = PAIRS_SHOWN) {}

  add(pair: ListedPair): void {
    this.held.push(pair);
    if (this.held.length === 2 * this.most) this.held = this.best();
  }

  /** Highest score first, those of one score in the order in which they came. */
  best(): ListedPair[] {
    return this.held.toSorted((one, other) => other.pair.score - one.pair.score).slice(0, this.most);
  }
}

type Text = Readonly<Record<Language, string>>;

const AMONG: Text = {
  VI: '{pairs} cặp trong {lines} dòng. Mô hình {model}; điểm là xác suất ước tính, không phải kết luận.',
  EN: '{pairs} pairs among {lines} lines. Model {model}; the score is an estimated probability, not a decision.',
};
const AGAINST: Text = {
  VI: '{pairs} cặp của {lines} dòng, đối chiếu với {registered} đối tượng đã đăng ký mà mọi người đều xem được. Chưa thấy giống không có nghĩa là chưa có. Mô hình {model}; điểm là xác suất ước tính, không phải kết luận.',
  EN: '{pairs} pairs of {lines} lines, compared with {registered} registered objects that anybody sees. What is not found may still exist. Model {model}; the score is an estimated probability, not a decision.',
};
const NOT_SHOWN: Text = {
  VI: 'Chỉ hiện {shown} cặp điểm cao nhất; dùng --json để lấy tất cả.',
  EN: 'Only the {shown} of the highest score are shown; --json gives all.',
};
const TOO_LITTLE: Text = {
  VI: '{count} dòng chưa đủ thông tin để so sánh, hãy ghi rõ chức năng: {ids}',
  EN: '{count} lines say too little to be compared, name the function: {ids}',
};
const GARBLED: Text = {
  VI: '{count} dòng bị lỗi mã ký tự nên không được so sánh; hãy lưu lại tệp bằng UTF-8:',
  EN: '{count} lines are garbled and were not compared; save the file as UTF-8:',
};
const GARBLED_LINE: Text = {
  VI: '  dòng {place}: có phải "{suggestion}"?',
  EN: '  line {place}: "{suggestion}"?',
};
const CUT_TEXTS: Text = {
  VI: '{count} dòng có nội dung dài hơn {limit} ký tự, chỉ phần đầu được so sánh: {ids}',
  EN: '{count} lines have a text of more than {limit} characters, of which the beginning alone was compared: {ids}',
};
const SHARED_IDS: Text = {
  VI: '{count} mã có ở nhiều dòng, hãy phân biệt theo vị trí dòng (placeOfA, placeOfB): {ids}',
  EN: '{count} ids stand on more than one line, tell these apart by their place (placeOfA, placeOfB): {ids}',
};
const CUT_LINES: Text = {
  VI: '{count} dòng có thể còn giống nhiều dòng khác nữa: chỉ vài trăm dòng gần nhất được so sánh: {ids}',
  EN: '{count} lines may be alike to more, for each is compared with the few hundred closest: {ids}',
};
const UNTOLD: Text = {
  VI: '{count} cặp của các dòng ghi giống hệt nhau không được liệt kê: với nhóm quá lớn chỉ nêu dòng đầu với từng dòng còn lại.',
  EN: '{count} pairs of lines that say exactly the same are not listed: of very large groups the first line is told with each other.',
};
/** Lines named in a message. */
const NAMED = 10;
/** Characters of a title, or an id, that a person is shown. */
const SHOWN = 200;

/** Pairs in words, for a person. */
export function formatPairs(pairs: readonly ListedPair[], language: Language): string {
  return pairs
    .map(
      ({ a, b, pair }) =>
        `${pair.score.toFixed(2)}  ${MATCH_BAND_WORDS[pair.band][language]}\n      ${sideText(a)}\n      ${sideText(b)}`,
    )
    .join('\n');
}

function sideText({ id, title }: ListedSide): string {
  return `${shown(id)}  ${shown(title)}`;
}

/** Control signs of a list must not move the cursor of whoever reads it. */
function shown(text: string): string {
  const plain = text.slice(0, SHOWN).replaceAll(/\p{Cc}+/gu, ' ');
  return text.length > SHOWN ? `${plain} …` : plain;
}

/**
 * Among what was compared, by which model, and what could not be.
 * @param most - pairs that are shown; undefined where all are.
 */
export function formatSummary(summary: ListSummary, language: Language, most?: number): string {
  const { pairs, lines, registered, model, tooLittle } = summary;
  const params = { pairs, lines, registered: registered ?? 0, model };
  const said = [fillTemplate((registered === undefined ? AMONG : AGAINST)[language], params)];
  if (most !== undefined && pairs > most) said.push(fillTemplate(NOT_SHOWN[language], { shown: most }));
  return [...said, ...named(TOO_LITTLE[language], idsOf(tooLittle))].join('\n');
}

/** What was left out or cut short, a sentence each. */
export function notesOn({ garbled, cutTexts, sharedIds, cutLines, untold }: ListSummary, language: Language): string[] {
  return [
    ...garbledNotes(garbled, language),
    ...named(CUT_TEXTS[language], idsOf(cutTexts), { limit: TEXT_MAXIMUM }),
    ...named(SHARED_IDS[language], sharedIds),
    ...named(CUT_LINES[language], idsOf(cutLines)),
    ...(untold === 0 ? [] : [fillTemplate(UNTOLD[language], { count: untold })]),
  ];
}

function garbledNotes(garbled: ListSummary['garbled'], language: Language): string[] {
  if (garbled.length === 0) return [];
  const lines = garbled.slice(0, NAMED).map(({ line, suggestion }) => {
    return fillTemplate(GARBLED_LINE[language], { place: line.place, suggestion: shown(suggestion) });
  });
  const more = garbled.length > NAMED ? ['  …'] : [];
  return [fillTemplate(GARBLED[language], { count: garbled.length }), ...lines, ...more];
}

function idsOf(lines: readonly { readonly id: string }[]): string[] {
  return lines.map(({ id }) => id);
}

function named(template: string, ids: readonly string[], params: Readonly<Record<string, number>> = {}): string[] {
  if (ids.length === 0) return [];
  const shownIds = ids.slice(0, NAMED).map(shown);
  const more = ids.length > NAMED ? ['…'] : [];
  return [fillTemplate(template, { ...params, count: ids.length, ids: [...shownIds, ...more].join(', ') })];
}
