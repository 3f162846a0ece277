import type { Landscape } from '../../src/core/landscape/landscape.js';
import { normalise, wordsOf } from '../../src/core/similarity/normalise.js';
import type { SearchMatch } from '../../src/core/similarity/search.js';
import { termsOfElement } from '../../src/core/similarity/searched-text.js';
import type { SearchLanguage } from '../../src/core/similarity/searched-text.js';
import { withoutTypedMarks } from '../../src/core/similarity/spelling.js';

/** One hit of the search that looks at everything. */
export interface ExhaustiveHit {
  readonly seq: number;
  readonly score: number;
}

interface Document {
  readonly seq: number;
  readonly isPublic: boolean;
  readonly terms: ReadonlyMap<string, number>;
}

/** Factors of the terms that a word may stand for, and how rare it is to have one of them. */
interface Reading {
  readonly factors: ReadonlyMap<string, number>;
  readonly rarity: number;
}

/**
 * The same search said as plainly as can be: every element is scored against every term of every element, without an
 * index, in whatever time that takes. What the index answers must equal this.
 */
export function exhaustiveSearch(
  landscape: Landscape,
  language: SearchLanguage,
  typed: string,
): { readonly match: SearchMatch; readonly hits: readonly ExhaustiveHit[] } {
  const documents = Array.from(landscape.elements(), (element): Document => {
    return { seq: element.seq, isPublic: element.visibility === 'PUBLIC', terms: termsOfElement(element, language) };
  });
  const text = typed.replace(/^urn:khung:/, '');
  const corpus = new Corpus(documents);
  const all = wordsOf(text);
  const words = all.filter((word, at) => all.findIndex((each) => each.text === word.text) === at);
  const meant = normalise(text, language.abbreviations).map((token) => token.text);
  const last = all.at(-1);
  const readings = (tolerant: boolean): Reading[] =>
    words.map((word) => corpus.read(word.text, word.text === last?.text && last.end === text.length, tolerant));
  const bonus = (document: Document, read: readonly Reading[]): number => {
    let sum = 0;
    for (const pair of new Set(meant.slice(1).map((word, at) => `${meant[at] ?? ''} ${word}`))) {
      const impact = document.terms.get(pair);
      if (impact !== undefined) sum += rounded(0.35 * corpus.rarity(corpus.publicHolders([pair])), impact);
    }
    words.forEach((word, at) => {
      const marked = text.slice(word.start, word.end).normalize('NFC').toLowerCase();
      const impact = marked === word.text ? undefined : document.terms.get(`'${marked}`);
      if (impact !== undefined) sum += rounded(0.05 * (read[at]?.rarity ?? 0), impact);
    });
    const wholes = [`=${all.map((word) => word.text).join(' ')}`, `=${meant.join(' ')}`];
    const whole = wholes.find((key) => documents.some(({ terms }) => terms.has(key)));
    const impact = whole === undefined ? undefined : document.terms.get(whole);
    return impact === undefined ? sum : sum + rounded(1_000_000, impact);
  };
  const ranked = (read: readonly Reading[], scoreOf: (document: Document) => number): ExhaustiveHit[] =>
    documents
      .map((document) => ({ document, score: scoreOf(document) }))
      .filter(({ score }) => score > 0)
      .map(({ document, score }) => ({ seq: document.seq, score: score + bonus(document, read) }))
      .toSorted((one, other) => other.score - one.score || one.seq - other.seq);
  for (const match of ['ALL_WORDS', 'MISSPELT'] as const) {
    const read = readings(match === 'MISSPELT');
    const hits = ranked(read, (document) => {
      const scores = read.map((each) => scoreOfWord(each, document));
      return scores.every((score) => score > 0) ? scores.reduce((sum, score) => sum + score, 0) : 0;
    });
    if (hits.length > 0) return { match, hits };
  }
  const read = readings(true);
  const hits = ranked(read, (document) => scoreOfSome(read, document));
  return { match: hits.length === 0 ? 'NOTHING' : 'SOME_WORDS', hits };
}

function scoreOfSome(read: readonly Reading[], document: Document): number {
  const known = read.filter(({ factors }) => factors.size > 0);
  const had = known.filter((each) => scoreOfWord(each, document) > 0);
  const weightOf = (of: readonly Reading[]): number => of.reduce((sum, { rarity }) => sum + rarity, 0);
  const part = had.length / read.length;
  if (had.length === 0 || part < 0.5 || weightOf(had) < weightOf(known) / 2) return 0;
  const sum = had.reduce((total, each) => total + scoreOfWord(each, document), 0);
  return Math.max(1, Math.round(sum * part * part));
}

function scoreOfWord({ factors, rarity }: Reading, { terms }: Document): number {
  let best = 0;
  for (const [term, factor] of factors) {
    const impact = terms.get(term);
    if (impact !== undefined) best = Math.max(best, rounded(rarity * factor, impact));
  }
  return best;
}

function rounded(weight: number, impact: number): number {
  return Math.max(1, Math.round(1000 * weight * Math.fround(impact)));
}

class Corpus {
  private readonly publicDocuments: readonly Document[];
  private readonly terms: ReadonlySet<string>;
  private readonly words: readonly string[];

  constructor(documents: readonly Document[]) {
    this.publicDocuments = documents.filter(({ isPublic }) => isPublic);
    this.terms = new Set(documents.flatMap(({ terms }) => [...terms.keys()]));
    this.words = [...this.terms].filter((term) => /^[\p{L}\p{N}]+$/u.test(term)).toSorted();
  }

  publicHolders(terms: readonly string[]): number {
    return terms.reduce((sum, term) => sum + this.publicDocuments.filter((each) => each.terms.has(term)).length, 0);
  }

  rarity(holders: number): number {
    const all = this.publicDocuments.length;
    return Math.log(1 + (all + 1) / (Math.min(holders, all) + 0.5));
  }

  read(word: string, unfinished: boolean, tolerant: boolean): Reading {
    const factors = new Map<string, number>();
    const add = (term: string, factor: number): void => {
      if (this.terms.has(term) && !factors.has(term)) factors.set(term, factor);
    };
    add(word, 1);
    const isKnown = factors.size > 0;
    for (const each of this.words) {
      if (each.startsWith(word) && each !== word && (unfinished || !isKnown)) add(each, unfinished ? 0.8 : 0.6);
    }
    add(`~${word}`, 1);
    if (!isKnown) {
      for (const plain of withoutTypedMarks(word)) add(plain, 0.9);
      for (let at = 1; at < word.length; at++) add(`${word.slice(0, at)} ${word.slice(at)}`, 0.9);
    }
    if (tolerant) {
      const close = this.words
        .filter((each) => !factors.has(each) && mayBeMeant(word, each))
        .map((each) => ({ each, mistakes: mistakes(word, each) }))
        .toSorted((one, other) => one.mistakes - other.mistakes || (one.each < other.each ? -1 : 1));
      for (const { each, mistakes: count } of close.slice(0, 24)) add(each, count === 1 ? 0.6 : 0.35);
    }
    return { factors, rarity: this.rarity(this.publicHolders([...factors.keys()])) };
  }
}

function mayBeMeant(word: string, other: string): boolean {
  if (![word, other].every((each) => /^[a-z]{2,24}$/.test(each)) || word === other) return false;
  if (word.length === 2) return other === `${word[1] ?? ''}${word[0] ?? ''}`;
  return mistakes(word, other) <= (word.length < 6 ? 1 : 2);
}

/** Optimal string alignment, the whole table. */
function mistakes(one: string, other: string): number {
  const table = Array.from({ length: one.length + 1 }, (_, row) =>
    Array.from({ length: other.length + 1 }, (__, column) => (row === 0 ? column : column === 0 ? row : 0)),
  );
  const at = (row: number, column: number): number => table[row]?.[column] ?? 0;
  for (let row = 1; row <= one.length; row++) {
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      let best = Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + same);
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (swapped) best = Math.min(best, at(row - 2, column - 2) + 1);
      const cells = table[row];
      if (cells !== undefined) cells[column] = best;
    }
  }
  return at(one.length, other.length);
}
