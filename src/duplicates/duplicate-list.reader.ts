import { alikePairs } from '../core/similarity/all-pairs.js';
import type { AlikePair } from '../core/similarity/all-pairs.js';
import { saysTooLittle } from '../core/similarity/need.js';
import { NeedIndex } from '../core/similarity/need-index.js';
import { fillTemplate } from '../runtime/sentence.js';
import type { Language } from '../runtime/messages.js';
import type { TitleLine } from '../exchange/title-list.reader.js';
import { MATCH_BAND_WORDS } from './match-band.types.js';
import { NeedReader } from './need-list.js';
import { readPairModel } from './pair-model.reader.js';

/** Two lines of a list that are alike. */
export interface ListedPair {
  readonly a: TitleLine;
  readonly b: TitleLine;
  readonly pair: AlikePair;
}

/** What a list has that is alike. */
export interface ListedPairs {
  /** Highest score first, ties by the place in the list. */
  readonly pairs: readonly ListedPair[];
  /** Lines whose title names nothing that could be compared. */
  readonly tooLittle: readonly TitleLine[];
  readonly linesCompared: number;
  readonly model: string;
}

/**
 * Compares each line of a list with those that share words or capabilities with it: 200 of them at most. A line that says
 * too little is compared with none.
 * @param least - pairs from this score on; undefined = those that are called more than distinct.
 */
export function alikeInList(lines: readonly TitleLine[], least: number | undefined): ListedPairs {
  const reader = new NeedReader();
  const tooLittle = new Set<TitleLine>();
  const measure = reader.measureFor(
    eachOf(lines, (line) => {
      const need = reader.read(line);
      if (saysTooLittle(need)) tooLittle.add(line);
      return need;
    }),
  );
  // Read again: what was read takes several times the memory of the index, and reading is quick.
  const index = NeedIndex.of(eachOf(lines, (line) => measure.weigh(reader.read(line))));
  const model = readPairModel();
  const isTold = ({ score, band }: Pick<AlikePair, 'score' | 'band'>): boolean =>
    least === undefined ? band !== 'DISTINCT' : score >= least;
  const pairs: ListedPair[] = [];
  for (const found of alikePairs(index, model, isTold)) {
    for (const pair of found) {
      const [a, b] = [lines[pair.left], lines[pair.right]];
      if (a === undefined || b === undefined || tooLittle.has(a) || tooLittle.has(b)) continue;
      pairs.push({ a, b, pair });
    }
  }
  return {
    pairs: pairs.toSorted((one, other) => byScore(one.pair, other.pair)),
    tooLittle: [...tooLittle],
    linesCompared: lines.length,
    model: model.version,
  };
}

/** What is made of each, made when it is asked for and kept nowhere. */
function* eachOf<T, U>(items: Iterable<T>, make: (item: T) => U): Generator<U> {
  for (const item of items) yield make(item);
}

function byScore(one: AlikePair, other: AlikePair): number {
  return other.score - one.score || one.left - other.left || one.right - other.right;
}

/** A pair as one line of JSON, for programs. */
export function pairJson({ a, b, pair: { score, band, logOdds, baseline, signals } }: ListedPair): string {
  return JSON.stringify({ a: a.id, b: b.id, score, band, logOdds, baseline, signals });
}

type Text = Readonly<Record<Language, string>>;

const SUMMARY: Text = {
  VI: '{pairs} cặp trong {lines} dòng. Mô hình {model}; điểm là xác suất ước tính, không phải kết luận.',
  EN: '{pairs} pairs among {lines} lines. Model {model}; the score is an estimated probability, not a decision.',
};
const TOO_LITTLE: Text = {
  VI: '{count} dòng chưa đủ thông tin để so sánh, hãy ghi rõ chức năng: {ids}',
  EN: '{count} lines say too little to be compared, name the function: {ids}',
};
/** Lines named in a message. */
const NAMED = 10;

/** The pairs in words, for a person. */
export function formatPairs(found: ListedPairs, language: Language): string {
  const told = found.pairs.map(
    ({ a, b, pair }) =>
      `${pair.score.toFixed(2)}  ${MATCH_BAND_WORDS[pair.band][language]}\n      ${a.id}  ${shown(a.title)}\n      ${b.id}  ${shown(b.title)}`,
  );
  return [...told, formatSummary(found, language)].join('\n');
}

/** Control signs of a list must not move the cursor of whoever reads it. */
function shown(title: string): string {
  return title.replaceAll(/\p{Cc}+/gu, ' ');
}

/** What was compared, by which model, and what could not be. */
export function formatSummary({ pairs, tooLittle, linesCompared, model }: ListedPairs, language: Language): string {
  const params = { pairs: String(pairs.length), lines: String(linesCompared), model };
  const lines = [fillTemplate(SUMMARY[language], params)];
  if (tooLittle.length > 0) {
    const ids = tooLittle.slice(0, NAMED).map(({ id }) => id);
    lines.push(fillTemplate(TOO_LITTLE[language], { count: String(tooLittle.length), ids: ids.join(', ') }));
  }
  return lines.join('\n');
}
