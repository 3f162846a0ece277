import { firstAtLeast } from './inverted-index.js';
import type { Posting } from './inverted-index.js';
import type { SearchIndex } from './search-index.js';
import type { QueryWord, SearchQuery } from './search-query.js';
import { numberAt } from './number-or-zero.js';

/** Elements that match a query, by seq in no order, and by seq what each scores. */
export interface Matches {
  readonly documents: readonly number[];
  /** Whole numbers, so that a sum does not depend on the order of its parts. 0 for what does not match. */
  readonly scores: Int32Array;
}

/** Scores are counted in thousandths. */
const UNIT = 1000;
/** Two words that stand together as they were typed. */
const PAIR = 0.35;
/** Marks as they were typed decide between what is alike otherwise. */
const MARKED = 0.05;
/** A text that is the whole name comes before everything that merely has its words. */
const WHOLE = 1_000_000_000 / UNIT;

/** What one term adds to the score of a document; at least 1. */
export function termScore(weight: number, impact: number): number {
  return Math.max(1, Math.round(UNIT * weight * impact));
}

/**
 * The elements that have every word of a query in some reading.
 * @param accepts - whether an element may be a hit at all; asked once of each that has every word.
 * @param bound - one more than the largest seq.
 */
export function matchesOfAllWords(query: SearchQuery, accepts: (seq: number) => boolean, bound: number): Matches {
  const scores = new Int32Array(bound);
  const [first, ...rest] = query.words
    .map((word) => ({ word, length: lengthOf(word) }))
    .toSorted((one, other) => one.length - other.length);
  if (first === undefined || first.length === 0) return { documents: [], scores };
  const best = new Int32Array(bound);
  let candidates = touchedBy(first.word, best);
  for (const document of candidates) scores[document] = numberAt(best, document);
  for (const { word } of rest) {
    best.fill(0);
    raiseCandidates(word, candidates, best);
    const kept: number[] = [];
    for (const document of candidates) {
      const gain = numberAt(best, document);
      scores[document] = gain === 0 ? 0 : numberAt(scores, document) + gain;
      if (gain > 0) kept.push(document);
    }
    candidates = kept;
  }
  // Asked last, of what has every word: with which word one begins hangs on what others alone may see, and so would the work.
  const documents: number[] = [];
  for (const document of candidates) {
    if (accepts(document)) documents.push(document);
    else scores[document] = 0;
  }
  return { documents, scores };
}

/**
 * The elements that have at least half of the words of a query, and half of what the known ones weigh. The score falls
 * with the square of the part of the words that an element has.
 */
export function matchesOfSomeWords(query: SearchQuery, accepts: (seq: number) => boolean, bound: number): Matches {
  const { words } = query;
  const known = words.filter(({ alternatives }) => alternatives.length > 0);
  const scores = new Int32Array(bound);
  const counts = new Uint8Array(bound);
  const weights = new Float64Array(bound);
  const touched = new Set<number>();
  for (const word of known) {
    const best = new Int32Array(bound);
    for (const document of touchedBy(word, best)) {
      touched.add(document);
      scores[document] = numberAt(scores, document) + numberAt(best, document);
      counts[document] = numberAt(counts, document) + 1;
      weights[document] = numberAt(weights, document) + word.rarity;
    }
  }
  const least = known.reduce((sum, { rarity }) => sum + rarity, 0) / 2;
  const documents: number[] = [];
  for (const document of touched) {
    const part = numberAt(counts, document) / words.length;
    const matches = part >= 0.5 && numberAt(weights, document) >= least && accepts(document);
    scores[document] = matches ? Math.max(1, Math.round(numberAt(scores, document) * part * part)) : 0;
    if (matches) documents.push(document);
  }
  return { documents, scores };
}

/** Adds what speaks for a match beyond its words: neighbours, the marks, the whole text. */
export function addBonuses({ scores }: Matches, query: SearchQuery, { inverted }: SearchIndex): void {
  const add = (posting: Posting | undefined, weight: number): void => {
    if (posting === undefined) return;
    for (let at = 0; at < posting.documents.length; at++) {
      const document = numberAt(posting.documents, at);
      const score = numberAt(scores, document);
      if (score > 0) scores[document] = score + termScore(weight, numberAt(posting.impacts, at));
    }
  };
  for (const { posting, rarity } of query.pairs) add(posting, PAIR * rarity);
  for (const { marked, rarity } of query.words) {
    if (marked !== undefined) add(inverted.posting(marked), MARKED * rarity);
  }
  add(query.whole, WHOLE);
}

/** How many postings a word has to be looked up in, all readings together. */
function lengthOf({ alternatives }: QueryWord): number {
  return alternatives.reduce((sum, { posting }) => sum + posting.documents.length, 0);
}

/** The documents that have a word in any reading; `best`, all 0 before, gets the most that a reading gives each. */
function touchedBy(word: QueryWord, best: Int32Array): number[] {
  const touched: number[] = [];
  for (const { posting, factor } of word.alternatives) {
    const weight = word.rarity * factor;
    for (let at = 0; at < posting.documents.length; at++) {
      const document = numberAt(posting.documents, at);
      const before = numberAt(best, document);
      const gain = termScore(weight, numberAt(posting.impacts, at));
      if (before === 0) touched.push(document);
      if (gain > before) best[document] = gain;
    }
  }
  return touched;
}

/** Raises `best` for the candidates at least: few candidates are looked up in a long posting, many are run through. */
function raiseCandidates(word: QueryWord, candidates: readonly number[], best: Int32Array): void {
  for (const { posting, factor } of word.alternatives) {
    const weight = word.rarity * factor;
    const { documents, impacts } = posting;
    const raise = (document: number, at: number): void => {
      const gain = termScore(weight, numberAt(impacts, at));
      if (gain > numberAt(best, document)) best[document] = gain;
    };
    if (candidates.length * Math.log2(documents.length + 1) < documents.length) {
      for (const document of candidates) {
        const at = firstAtLeast(documents, document);
        if (documents[at] === document) raise(document, at);
      }
    } else {
      for (let at = 0; at < documents.length; at++) raise(numberAt(documents, at), at);
    }
  }
}
