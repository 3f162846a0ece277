import type { Need } from './need.js';
import { termsOf } from './terms.js';

/** How rare words and capabilities are among the needs that are known. */
export interface Rarity {
  /** Above 0; a word that nobody used is the rarest. */
  term(term: string): number;
  capability(code: string): number;
}

/**
 * Counts how many needs have each word and each capability.
 * @param needs - each once, in any order: the counts do not depend on it.
 */
export function countRarity(needs: Iterable<Need>): Rarity {
  const terms = new Map<string, number>();
  const capabilities = new Map<string, number>();
  let all = 0;
  for (const need of needs) {
    all++;
    for (const term of termsOf([...need.names, need.description]).keys()) countIn(terms, term);
    for (const code of need.capabilities.keys()) countIn(capabilities, code);
  }
  const rarity = (holders: number): number => Math.log(1 + (all + 1) / (holders + 0.5));
  return {
    term: (term) => rarity(terms.get(term) ?? 0),
    capability: (code) => rarity(capabilities.get(code) ?? 0),
  };
}

function countIn(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
