import { foldVietnamese } from '../fold-vietnamese.js';
import type { Landscape } from './landscape.js';
import type { Element } from './model.js';

/** Finds elements by words. Made once for a landscape. */
export interface SearchIndex {
  /**
   * The seqs of the elements that have, for every word of the text, a word that begins with it; best first, then by seq.
   * Marks and case do not count. A text without words finds nothing.
   */
  search(text: string): number[];
}

const WORD = /[\p{L}\p{N}]+/gu;

function wordsOf(text: string): string[] {
  return foldVietnamese(text).match(WORD) ?? [];
}

interface Entry {
  readonly seq: number;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly words: readonly string[];
}

function entryOf({ seq, urn, name, nameEn, aliases, externalIds }: Element): Entry {
  const id = urn.slice(urn.lastIndexOf(':') + 1);
  const others = [nameEn ?? '', ...aliases, id, ...externalIds.map(({ value }) => value)];
  return {
    seq,
    name: wordsOf(name).join(' '),
    aliases: others.map((each) => wordsOf(each).join(' ')),
    words: [name, ...others].flatMap(wordsOf),
  };
}

/** 0 the name itself, 1 an alias or code itself, 2 the name begins so, 3 an alias does, 4 the words stand somewhere. */
function rankOf({ name, aliases }: Entry, text: string): number {
  if (name === text) return 0;
  if (aliases.includes(text)) return 1;
  if (name.startsWith(text)) return 2;
  return aliases.some((alias) => alias.startsWith(text)) ? 3 : 4;
}

/** Makes the index of a landscape: every element, by its names, codes and urn. */
export function searchIndex(landscape: Landscape): SearchIndex {
  const entries = Array.from(landscape.elements(), entryOf);
  const holders = new Map<string, Set<number>>();
  for (const [position, { words }] of entries.entries()) {
    for (const word of words) {
      const positions = holders.get(word);
      if (positions === undefined) holders.set(word, new Set([position]));
      else positions.add(position);
    }
  }
  const vocabulary = [...holders.keys()].toSorted();
  const holdersOf = (prefix: string): Set<number> => {
    const found = new Set<number>();
    for (let at = firstNotBefore(vocabulary, prefix); vocabulary[at]?.startsWith(prefix) === true; at += 1) {
      for (const position of holders.get(vocabulary[at] ?? '') ?? []) found.add(position);
    }
    return found;
  };
  return { search: (text) => searchEntries(entries, holdersOf, wordsOf(text)) };
}

function searchEntries(
  entries: readonly Entry[],
  holdersOf: (prefix: string) => ReadonlySet<number>,
  words: readonly string[],
): number[] {
  const [first, ...rest] = [...new Set(words)].map(holdersOf).toSorted((a, b) => a.size - b.size);
  const text = words.join(' ');
  const hits: { readonly seq: number; readonly rank: number }[] = [];
  for (const position of first ?? []) {
    const entry = entries[position];
    if (entry !== undefined && rest.every((positions) => positions.has(position))) {
      hits.push({ seq: entry.seq, rank: rankOf(entry, text) });
    }
  }
  return hits.toSorted((a, b) => a.rank - b.rank || a.seq - b.seq).map(({ seq }) => seq);
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
