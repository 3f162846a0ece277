import { rarityAmong } from './rarity.js';
import type { Rarity } from './rarity.js';
import { sparseVector } from './sparse-vector.js';
import type { SparseVector } from './sparse-vector.js';
import { termsOf } from './terms.js';
import type { TermImportance } from './terms.js';
import { TextReader } from './text-reading.js';
import type { LanguageData, ReadText } from './text-reading.js';

/** Below this a title shares no more with a capability than any two titles share. */
const LEAST_LIKENESS = 0.03;

/** The capabilities that have a word, and what part of each the word is. */
interface WordPosting {
  readonly concepts: Uint16Array;
  readonly shares: Float64Array;
}

/** The words of each capability: they depend on the catalogue alone, and thousands of aliases are read once. */
const WORDS = new WeakMap<LanguageData, readonly ReadonlySet<string>[]>();

function wordsOf(language: LanguageData): readonly ReadonlySet<string>[] {
  const known = WORDS.get(language);
  if (known !== undefined) return known;
  const reader = new TextReader(language, []);
  const words = language.capabilities.map(({ nameVi, nameEn, aliases }) => {
    const read = [nameVi, nameEn, ...aliases].map((name): ReadText => reader.read(name));
    return new Set(termsOf(read).keys());
  });
  WORDS.set(language, words);
  return words;
}

/**
 * The capabilities of the catalogue as points to measure titles by, each made of all words of its names. A title that no
 * alias fits still lies nearer to some of them than to others, and two titles that lie alike want alike.
 */
export class ConceptSpace {
  private readonly numbers: ReadonlyMap<string, number>;
  private readonly neighbours: readonly (readonly number[])[];
  /** How rare the words of the catalogue are in it. */
  readonly rarity: Rarity;
  private readonly postings: ReadonlyMap<string, WordPosting>;
  private readonly sums: Float64Array;

  constructor(language: LanguageData) {
    this.numbers = new Map(language.capabilities.map(({ code }, at) => [code, at]));
    this.neighbours = language.capabilities.map(({ near }) => near.map((code) => this.numberOf(code)));
    const words = wordsOf(language);
    this.rarity = rarityAmong(words);
    this.postings = postingsOf(words, this.rarity);
    this.sums = new Float64Array(words.length);
  }

  /** The number of a capability: dense, in the order of the catalogue. */
  numberOf(code: string): number {
    const number = this.numbers.get(code);
    if (number === undefined) throw new RangeError(`capability ${code} is not in the catalogue`);
    return number;
  }

  /**
   * The capabilities next to some that are none of them, each at the most that one of its neighbours counts.
   * @param capabilities - by number, what each counts.
   */
  nextTo(capabilities: ReadonlyMap<number, number>): SparseVector {
    const next = new Map<number, number>();
    for (const [number, weight] of capabilities) {
      for (const near of this.neighbours[number] ?? []) {
        if (!capabilities.has(near)) next.set(near, Math.max(next.get(near) ?? 0, weight));
      }
    }
    return sparseVector(next);
  }

  /** How near some words lie to each capability, 0 to 1, by number of the capability. */
  likeness(terms: TermImportance): SparseVector {
    const { sums, rarity } = this;
    sums.fill(0);
    let squares = 0;
    for (const [term, importance] of terms) {
      const weight = importance * rarity.term(term);
      squares += weight * weight;
      const posting = this.postings.get(term);
      if (posting === undefined) continue;
      const { concepts, shares } = posting;
      for (let at = 0; at < concepts.length; at++) {
        const concept = concepts[at] ?? 0;
        sums[concept] = (sums[concept] ?? 0) + weight * (shares[at] ?? 0);
      }
    }
    const norm = Math.sqrt(squares);
    const near = new Map<number, number>();
    for (const [concept, sum] of sums.entries())
      if (sum >= LEAST_LIKENESS * norm && sum > 0) near.set(concept, sum / norm);
    return sparseVector(near);
  }
}

function postingsOf(words: readonly ReadonlySet<string>[], rarity: Rarity): Map<string, WordPosting> {
  const concepts = new Map<string, number[]>();
  const norms = words.map((each, concept) => {
    let squares = 0;
    for (const term of each) {
      squares += rarity.term(term) ** 2;
      const holders = concepts.get(term);
      if (holders === undefined) concepts.set(term, [concept]);
      else holders.push(concept);
    }
    return Math.sqrt(squares);
  });
  return new Map(
    Array.from(concepts, ([term, holders]) => {
      const weight = rarity.term(term);
      const shares = Float64Array.from(holders, (concept) => weight / (norms[concept] ?? 1));
      return [term, { concepts: Uint16Array.from(holders), shares }];
    }),
  );
}
