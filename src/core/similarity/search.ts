import type { Element } from '../landscape/model.js';
import { addBonuses, matchesOfAllWords, matchesOfSomeWords } from './search-matching.js';
import type { Matches } from './search-matching.js';
import { readQuery } from './search-query.js';
import type { SearchQuery, Searched, Tolerance } from './search-query.js';
import type { SearchIndex } from './search-index.js';
import { numberAt } from './number-or-zero.js';

/** How closely the hits are what was asked for. */
export const SEARCH_MATCHES = ['ALL_WORDS', 'MISSPELT', 'SOME_WORDS', 'NOTHING'] as const;
export type SearchMatch = (typeof SEARCH_MATCHES)[number];

/** Everything that a search found. */
export interface SearchResult extends Matches {
  readonly match: SearchMatch;
  /** The text as it was read for this match. */
  readonly query: SearchQuery;
}

/**
 * Searches what a landscape shows.
 *
 * First for elements that have every word as it was written: the word itself, an abbreviation of it or what it
 * abbreviates, initials, a word it begins where it stands last. Where there are none, wrong letters are looked past;
 * where there are still none, half of the words are enough. Marks and case never decide whether something is found.
 *
 * @param landscape - a view of the snapshot that the index was made for; nothing it does not show changes the answer.
 * @param accepts - what else a hit must be; all elements by default. Which of the three it comes to is decided among
 *   these alone, what the words may stand for is not.
 * @returns the hits in no order; NOTHING for a text without words and for one that nothing comes near.
 */
export function search(
  index: SearchIndex,
  landscape: Searched,
  text: string,
  accepts: (element: Element) => boolean = () => true,
): SearchResult {
  const bound = landscape.elementBound;
  const isHit = (seq: number): boolean => {
    const element = landscape.elementAt(seq);
    return element !== undefined && accepts(element);
  };
  const read = (tolerance: Tolerance): SearchQuery => readQuery(index, landscape, text, tolerance);
  const result = (match: SearchMatch, query: SearchQuery, matches: Matches): SearchResult => {
    addBonuses(matches, query, index);
    return { match: matches.documents.length === 0 ? 'NOTHING' : match, query, ...matches };
  };
  const asWritten = read('AS_WRITTEN');
  const exact = matchesOfAllWords(asWritten, isHit, bound);
  if (exact.documents.length > 0) return result('ALL_WORDS', asWritten, exact);
  const tolerant = read('MISSPELT_TOO');
  const misspelt = matchesOfAllWords(tolerant, isHit, bound);
  if (misspelt.documents.length > 0) return result('MISSPELT', tolerant, misspelt);
  return result('SOME_WORDS', tolerant, matchesOfSomeWords(tolerant, isHit, bound));
}

/** The best hits, at most `count`, best first, then by seq. The rest is not sorted. */
export function bestOf({ documents, scores }: Matches, count: number): number[] {
  const worse = (one: number, other: number): boolean => {
    const difference = numberAt(scores, one) - numberAt(scores, other);
    return difference < 0 || (difference === 0 && one > other);
  };
  if (count >= documents.length) return documents.toSorted((one, other) => (worse(one, other) ? 1 : -1));
  // A heap with the worst of the best on top.
  const heap: number[] = [];
  for (const document of documents) {
    if (heap.length < count) {
      heap.push(document);
      rise(heap, worse);
    } else if (count > 0 && worse(numberAt(heap, 0), document)) {
      heap[0] = document;
      sink(heap, worse);
    }
  }
  return heap.toSorted((one, other) => (worse(one, other) ? 1 : -1));
}

type Worse = (one: number, other: number) => boolean;

function rise(heap: number[], worse: Worse): void {
  for (let at = heap.length - 1; at > 0;) {
    const above = (at - 1) >> 1;
    if (!worse(numberAt(heap, at), numberAt(heap, above))) return;
    swap(heap, at, above);
    at = above;
  }
}

function sink(heap: number[], worse: Worse): void {
  for (let at = 0; ;) {
    let worst = at;
    for (const below of [2 * at + 1, 2 * at + 2]) {
      if (below < heap.length && worse(numberAt(heap, below), numberAt(heap, worst))) worst = below;
    }
    if (worst === at) return;
    swap(heap, at, worst);
    at = worst;
  }
}

function swap(heap: number[], one: number, other: number): void {
  const kept = numberAt(heap, one);
  heap[one] = numberAt(heap, other);
  heap[other] = kept;
}
