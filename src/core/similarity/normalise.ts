import { foldVietnamese } from '../fold-vietnamese.js';
import { PhraseTrie } from './phrase-trie.js';
import type { Syllable, Token } from './phrase-trie.js';

/** One row of the table of abbreviations. */
export interface Abbreviation {
  readonly abbreviation: string;
  readonly expansion: string;
}

interface Expansion {
  readonly syllables: readonly Syllable[];
  /** Written in capitals it is an abbreviation, in small letters it is a Vietnamese syllable ("ai", "his"). */
  readonly onlyInCapitals: boolean;
}

/** A compiled table of abbreviations. */
export type Abbreviations = PhraseTrie<Expansion>;

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
/** Host names say where a system is served, not what it does; they would match each other by "gov vn". */
const HOST = /[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.(?:vn|com|net|org)(?![\p{L}\p{N}])/giu;

/** The words of a text, folded: runs of letters, marks and digits. Punctuation is left out, host names are not. */
export function wordsOf(text: string): Token[] {
  const words: Token[] = [];
  for (const word of text.matchAll(WORD)) {
    const syllable = syllableOf(word[0]);
    // Marks without a letter, as emoji carry them, are no word.
    if (syllable.text !== '')
      words.push({ ...syllable, start: word.index, end: word.index + word[0].length, isWritten: true });
  }
  return words;
}

/**
 * What words were read as. A language has some thousands of syllables and a registry says them over and over; what is more
 * is forgotten, so that texts of random letters take no memory.
 */
const READ = new Map<string, Syllable>();
const MOST_READ = 20_000;
/** A longer word is often a part of its text that keeps all of it in memory; syllables are shorter. */
const LONGEST_KEPT = 12;

function syllableOf(word: string): Syllable {
  if (word.length > LONGEST_KEPT) return readSyllable(word);
  const known = READ.get(word);
  if (known !== undefined) return known;
  if (READ.size >= MOST_READ) READ.clear();
  const syllable = readSyllable(word);
  READ.set(word, syllable);
  return syllable;
}

function readSyllable(word: string): Syllable {
  const text = foldVietnamese(word);
  return { text, marks: marksOf(word, text) };
}

const NO_MARK = /[^\p{M}đ]+/gu;

/** The marks of a word, sorted: `hoá` and `hóa` have the same. A letter `đ` is a `d` with a mark. */
function marksOf(word: string, folded: string): string {
  const small = word.toLowerCase();
  return small === folded ? '' : Array.from(small.normalize('NFD').replaceAll(NO_MARK, '')).toSorted().join('');
}

/** The syllables of a text, folded, without expanding abbreviations. Punctuation and host names are left out. */
export function syllablesOf(text: string): Token[] {
  return wordsOf(text.includes('.') ? text.replaceAll(HOST, (host) => ' '.repeat(host.length)) : text);
}

/** Compiles a table of abbreviations; a row given twice keeps its first expansion. */
export function compileAbbreviations(rows: Iterable<Abbreviation>): Abbreviations {
  const trie: Abbreviations = new PhraseTrie();
  for (const { abbreviation, expansion } of rows) {
    const key = syllablesOf(abbreviation);
    const [only] = key;
    const pronounceable = key.length === 1 && abbreviation.length <= 3 && /[aeiouy]/.test(only?.text ?? '');
    trie.add(key, {
      syllables: syllablesOf(expansion).map(({ text, marks }) => ({ text, marks })),
      onlyInCapitals: pronounceable && abbreviation === abbreviation.toUpperCase(),
    });
  }
  return trie;
}

/**
 * Reads a text as folded syllables with abbreviations expanded. All syllables of an expansion carry the span of the
 * abbreviation, so that whatever matched can be shown in the original. An empty text gives no tokens.
 */
export function normalise(text: string, abbreviations: Abbreviations): Token[] {
  const raw = syllablesOf(text);
  const tokens: Token[] = [];
  for (let at = 0; at < raw.length;) {
    const hit = abbreviations.longestAt(raw, at);
    const expansion = hit?.values[0];
    const [first, last] = [raw[at], raw[(hit?.to ?? at + 1) - 1]];
    if (first === undefined || last === undefined) break;
    const written = text.slice(first.start, last.end);
    if (
      hit === undefined ||
      expansion === undefined ||
      (expansion.onlyInCapitals && written !== written.toUpperCase())
    ) {
      tokens.push(first);
      at++;
      continue;
    }
    for (const syllable of expansion.syllables)
      tokens.push({ ...syllable, start: first.start, end: last.end, isWritten: false });
    at = hit.to;
  }
  return tokens;
}
