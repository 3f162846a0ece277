import { capabilityTerm } from './similarity-index.js';
import type { SimilarityIndex } from './similarity-index.js';
import { numberAt } from './sparse-rows.js';
import type { Subject } from './subject.js';

/** A capability brings in what no word brings in: it counts like several rare words. */
const CAPABILITY_BOOST = 4;

/**
 * Numbers of the entries worth scoring, best first by a cheap sum over the postings: at most `limit`, ties by number.
 * Entries that share no term and no capability with the component are never among them.
 */
export function retrieve(index: SimilarityIndex, subject: Subject, limit: number): number[] {
  const { postings } = index;
  const sums = new Float32Array(index.entries.length);
  const touched: number[] = [];
  const add = (term: number, weight: number): void => {
    const gain = weight * numberAt(index.rarity, term);
    for (let at = numberAt(postings.start, term); at < numberAt(postings.start, term + 1); at++) {
      const entry = numberAt(postings.columns, at);
      const before = numberAt(sums, entry);
      if (before === 0) touched.push(entry);
      sums[entry] = before + gain * numberAt(postings.values, at);
    }
  };
  for (const [term, weight] of subject.everything.weights) add(term, weight);
  for (const [code, weight] of subject.capabilities) {
    const term = index.vocabulary.get(capabilityTerm(code));
    if (term !== undefined) add(term, weight * CAPABILITY_BOOST);
  }
  return touched.toSorted((a, b) => numberAt(sums, b) - numberAt(sums, a) || a - b).slice(0, limit);
}
