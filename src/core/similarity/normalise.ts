import { foldVietnamese } from '../fold-vietnamese.js';
import { PhraseTrie } from './phrase-trie.js';
import type { Token } from './phrase-trie.js';

/** One row of the table of abbreviations. */
export interface Abbreviation {
  readonly abbreviation: string;
  readonly expansion: string;
}

interface Expansion {
  readonly syllables: readonly string[];
  /** Written in capitals it is an abbreviation, in small letters it is a Vietnamese syllable ("ai", "his"). */
  readonly onlyInCapitals: boolean;
}

/** A compiled table of abbreviations. */
export type Abbreviations = PhraseTrie<Expansion>;

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
/** Composed Latin letters and common signs: each folds to one unit, so a text of them can be folded as a whole. */
const COMPOSED_LATIN = /^[\u0020-\u02ff\u1e00-\u1eff\u2010-\u2027]*$/;
/** Host names say where a system is served, not what it does; they would match each other by "gov vn". */
const HOST = /[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.(?:vn|com|net|org)(?![\p{L}\p{N}])/giu;

/** The words of a text, folded: runs of letters, marks and digits. Punctuation is left out, host names are not. */
export function wordsOf(text: string): Token[] {
  const folded = COMPOSED_LATIN.test(text) ? foldVietnamese(text) : undefined;
  const words: Token[] = [];
  for (const word of text.matchAll(WORD)) {
    const start = word.index;
    const end = start + word[0].length;
    const plain = folded?.slice(start, end) ?? foldVietnamese(word[0]);
    // Marks without a letter, as emoji carry them, are no word.
    if (plain !== '') words.push({ text: plain, start, end });
  }
  return words;
}

/** The syllables of a text, folded, without expanding abbreviations. Punctuation and host names are left out. */
export function syllablesOf(text: string): Token[] {
  return wordsOf(text.includes('.') ? text.replaceAll(HOST, (host) => ' '.repeat(host.length)) : text);
}

/** Compiles a table of abbreviations; a row given twice keeps its first expansion. */
export function compileAbbreviations(rows: Iterable<Abbreviation>): Abbreviations {
  const trie: Abbreviations = new PhraseTrie();
  for (const { abbreviation, expansion } of rows) {
    const key = syllablesOf(abbreviation).map((token) => token.text);
    const pronounceable = key.length === 1 && abbreviation.length <= 3 && /[aeiouy]/.test(key.join(''));
    trie.add(key, {
      syllables: syllablesOf(expansion).map((token) => token.text),
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
    for (const syllable of expansion.syllables) tokens.push({ text: syllable, start: first.start, end: last.end });
    at = hit.to;
  }
  return tokens;
}
