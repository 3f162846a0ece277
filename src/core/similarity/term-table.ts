import { bitCount, isSpelled, lettersOf, mistakesAllowed, mistakesBetween } from './spelling.js';

/** Words of one length, with the letters each of them has. */
interface Bucket {
  readonly words: string[];
  readonly letters: number[];
}

/** A word of the table that another may have been meant to be. */
export interface SimilarWord {
  readonly word: string;
  readonly mistakes: number;
}

/**
 * Numbers of the terms of an index. Like the table of urns it is shared by all indexes of a lineage and only ever grows:
 * a term that a later revision added has no postings in an older one, and what nobody can see is found nowhere.
 *
 * Terms are plain words, or keys with a sign in them; prefixes and misspellings are looked for among words alone.
 */
export class TermTable {
  private readonly numbers = new Map<string, number>();
  private sorted: readonly string[] = [];
  private unsorted: string[] = [];
  private readonly buckets: (Bucket | undefined)[] = [];

  get size(): number {
    return this.numbers.size;
  }

  numberOf(term: string): number | undefined {
    return this.numbers.get(term);
  }

  /** The number of a term, given to it now if it is new. */
  add(term: string): number {
    const known = this.numbers.get(term);
    if (known !== undefined) return known;
    const number = this.numbers.size;
    this.numbers.set(term, number);
    if (isWord(term)) this.addWord(term);
    return number;
  }

  /** The words that begin with a text and are longer than it, in the order of their letters. */
  wordsBeginningWith(prefix: string): string[] {
    const sorted = this.inOrder();
    const found: string[] = [];
    for (let at = firstNotBefore(sorted, prefix); at < sorted.length; at++) {
      const word = sorted[at];
      if (word === undefined || !word.startsWith(prefix)) break;
      if (word.length > prefix.length) found.push(word);
    }
    return found;
  }

  /** The words that a word may have been meant to be: fewest mistakes first, then in the order of their letters. */
  wordsLike(word: string): SimilarWord[] {
    if (!isSpelled(word)) return [];
    const limit = mistakesAllowed(word.length);
    const letters = lettersOf(word);
    const found: SimilarWord[] = [];
    for (let length = word.length - limit; length <= word.length + limit; length++) {
      const bucket = this.buckets[length];
      if (bucket === undefined) continue;
      for (const [at, candidate] of bucket.words.entries()) {
        if (bitCount(letters ^ (bucket.letters[at] ?? 0)) > 2 * limit || candidate === word) continue;
        const mistakes = mistakesBetween(word, candidate, limit);
        // In two letters every other word of two letters is one mistake away; only a swap says something.
        if (mistakes <= limit && (word.length > 2 || letters === bucket.letters[at])) {
          found.push({ word: candidate, mistakes });
        }
      }
    }
    return found.toSorted((one, other) => one.mistakes - other.mistakes || (one.word < other.word ? -1 : 1));
  }

  private addWord(word: string): void {
    this.unsorted.push(word);
    if (!isSpelled(word)) return;
    const bucket = (this.buckets[word.length] ??= { words: [], letters: [] });
    bucket.words.push(word);
    bucket.letters.push(lettersOf(word));
  }

  private inOrder(): readonly string[] {
    if (this.unsorted.length > 0) {
      this.sorted = merged(this.sorted, this.unsorted.toSorted());
      this.unsorted = [];
    }
    return this.sorted;
  }
}

const WORD = /^[\p{L}\p{N}]+$/u;

function isWord(term: string): boolean {
  return WORD.test(term);
}

function merged(one: readonly string[], other: readonly string[]): string[] {
  const all: string[] = [];
  let at = 0;
  for (const word of one) {
    for (let next = other[at]; next !== undefined && next < word; next = other[at]) {
      all.push(next);
      at++;
    }
    all.push(word);
  }
  for (const rest of other.slice(at)) all.push(rest);
  return all;
}

/** Position of the first word that is not before the prefix, in a sorted list. */
function firstNotBefore(sorted: readonly string[], prefix: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < prefix) low = middle + 1;
    else high = middle;
  }
  return low;
}
