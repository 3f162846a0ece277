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
/** Host names say where a system is served, not what it does; they would match each other by "gov vn". */
const HOST = /[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.(?:vn|com|net|org)(?![\p{L}\p{N}])/giu;

/** The syllables of a text, folded, without expanding abbreviations. Punctuation and host names are left out. */
export function syllablesOf(text: string): Token[] {
  const withoutHosts = text.replaceAll(HOST, (host) => ' '.repeat(host.length));
  return Array.from(withoutHosts.matchAll(WORD), (word) => ({
    text: foldVietnamese(word[0]),
    start: word.index,
    end: word.index + word[0].length,
  }));
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
