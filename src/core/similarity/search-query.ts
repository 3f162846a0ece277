import type { Landscape } from '../landscape/landscape.js';
import type { InvertedIndex, Posting } from './inverted-index.js';
import { normalise, wordsOf } from './normalise.js';
import type { Token } from './phrase-trie.js';
import type { SearchIndex } from './search-index.js';
import { initialsTerm, markedTerm, pairTerm, wholeTerm, withoutUrnPrefix } from './searched-text.js';
import { spellingsOf, withoutTypedMarks } from './spelling.js';

/** How a typed word was understood. */
export const WORD_READINGS = ['WORD', 'BEGINNING', 'INITIALS', 'JOINED', 'TYPED_MARKS', 'MISSPELT'] as const;
export type WordReading = (typeof WORD_READINGS)[number];

/** One term that a typed word may stand for. */
export interface Alternative {
  readonly term: string;
  readonly reading: WordReading;
  /** Above 0 to 1: how far the term is what was typed. */
  readonly factor: number;
  readonly posting: Posting;
}

/** A typed word with all it may stand for in what the asker sees; no alternative where it stands for nothing. */
export interface QueryWord extends Token {
  readonly alternatives: readonly Alternative[];
  /** How rare it is among public elements to have one of the alternatives. */
  readonly rarity: number;
  /** Key of the word with the marks that were typed; undefined where none were. */
  readonly marked: string | undefined;
}

/** A text to search for, read against an index as one view shows it. */
export interface SearchQuery {
  readonly words: readonly QueryWord[];
  /** Neighbouring words that stand together in something the asker sees. */
  readonly pairs: readonly RatedPosting[];
  /** What has the whole text, as typed or else with abbreviations expanded; undefined where nothing the asker sees has. */
  readonly whole: Posting | undefined;
}

/** The elements that have a term, and how rare it is among public elements to have it. */
export interface RatedPosting {
  readonly posting: Posting;
  readonly rarity: number;
}

/** What is searched: a snapshot, or a view of one. */
export interface Searched extends Landscape {
  /** How many elements it hides that the index counts as public; none by default. */
  readonly hiddenPublicCount?: number;
}

/** Whether wrong letters are looked past. */
export type Tolerance = 'AS_WRITTEN' | 'MISSPELT_TOO';

const BEGINNING = 0.8;
/** The beginning of a word that another one follows: a shortened word ("P. Sài Gòn"). */
const SHORTENED = 0.6;
const TYPED_MARKS = 0.9;
const JOINED = 0.9;
const ONE_MISTAKE = 0.6;
const TWO_MISTAKES = 0.35;
/** Most words that a misspelt one is taken for. */
const CANDIDATES = 24;

/** The words of a text that are searched for, each once. */
export function searchedWords(text: string): Token[] {
  const seen = new Set<string>();
  return wordsOf(withoutUrnPrefix(text)).filter((word) => !seen.has(word.text) && seen.add(word.text));
}

/** Reads a text against an index. What the landscape does not show stands for nothing. */
export function readQuery(index: SearchIndex, landscape: Searched, typed: string, tolerance: Tolerance): SearchQuery {
  const text = withoutUrnPrefix(typed);
  const all = wordsOf(text);
  const meant = normalise(text, index.language.abbreviations);
  const reader = new WordReader(index.inverted, landscape, tolerance);
  const last = all.at(-1);
  const words = searchedWords(text).map((word): QueryWord => {
    // A word is still being typed while nothing follows it.
    const unfinished = word.text === last?.text && last.end === text.length;
    const alternatives = reader.alternativesOf(word.text, unfinished);
    const marked = markedTerm(text.slice(word.start, word.end));
    return {
      ...word,
      alternatives,
      rarity: reader.rarity(alternatives.map(({ posting }) => posting)),
      marked: marked === `'${word.text}` ? undefined : marked,
    };
  });
  const pairs = pairsOf(meant).flatMap((pair): RatedPosting[] => {
    const posting = reader.visiblePosting(pair);
    return posting === undefined ? [] : [{ posting, rarity: reader.rarity([posting]) }];
  });
  // Both forms of a whole text are one text: only the first that is known counts, or a sum would pass what fits.
  const whole = reader.visiblePosting(wholeTerm(all)) ?? reader.visiblePosting(wholeTerm(meant));
  return { words, pairs, whole };
}

function pairsOf(meant: readonly Token[]): string[] {
  const pairs = meant.flatMap(({ text }, at) => {
    const next = meant[at + 1];
    return next === undefined ? [] : [pairTerm(text, next.text)];
  });
  return [...new Set(pairs)];
}

type AddAlternative = (term: string, reading: WordReading, factor: number) => void;

/** Finds what words stand for, in what a landscape shows of an index. */
class WordReader {
  constructor(
    private readonly inverted: InvertedIndex,
    private readonly landscape: Searched,
    private readonly tolerance: Tolerance,
  ) {}

  alternativesOf(word: string, unfinished: boolean): Alternative[] {
    const found = new Map<string, Alternative>();
    const add: AddAlternative = (term, reading, factor) => {
      const posting = found.has(term) ? undefined : this.visiblePosting(term);
      if (posting !== undefined) found.set(term, { term, reading, factor, posting });
    };
    for (const spelling of spellingsOf(word)) add(spelling, 'WORD', 1);
    const isKnown = found.size > 0;
    if (unfinished || !isKnown) {
      const factor = unfinished ? BEGINNING : SHORTENED;
      for (const longer of this.inverted.terms.wordsBeginningWith(word)) add(longer, 'BEGINNING', factor);
    }
    add(initialsTerm(word), 'INITIALS', 1);
    if (!isKnown) {
      for (const plain of withoutTypedMarks(word)) add(plain, 'TYPED_MARKS', TYPED_MARKS);
      for (let at = 1; at < word.length; at++) add(pairTerm(word.slice(0, at), word.slice(at)), 'JOINED', JOINED);
    }
    if (this.tolerance === 'MISSPELT_TOO') this.addMisspelt(word, found, add);
    return [...found.values()];
  }

  private addMisspelt(word: string, found: ReadonlyMap<string, Alternative>, add: AddAlternative): void {
    const enough = found.size + CANDIDATES;
    for (const { word: term, mistakes } of this.inverted.terms.wordsLike(word)) {
      if (found.size === enough) return;
      add(term, 'MISSPELT', mistakes === 1 ? ONE_MISTAKE : TWO_MISTAKES);
    }
  }

  /** The posting of a term that something visible has. */
  visiblePosting(term: string): Posting | undefined {
    const posting = this.inverted.posting(term);
    return posting?.documents.some((seq) => this.landscape.elementAt(seq) !== undefined) === true ? posting : undefined;
  }

  /** How rare it is among the public elements that are visible to have one of some terms. */
  rarity(postings: readonly Posting[]): number {
    const hidden = this.landscape.hiddenPublicCount ?? 0;
    const holders = (posting: Posting): number =>
      hidden === 0 || posting.publicCount === 0 ? posting.publicCount : this.visiblePublicHolders(posting);
    return this.inverted.rarity(
      postings.reduce((sum, posting) => sum + holders(posting), 0),
      hidden,
    );
  }

  private visiblePublicHolders({ documents }: Posting): number {
    let count = 0;
    for (const seq of documents) if (this.landscape.elementAt(seq)?.visibility === 'PUBLIC') count += 1;
    return count;
  }
}
