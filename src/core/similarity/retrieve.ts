import { capabilityTerm } from './indexed-element.js';
import type { SimilarityIndex } from './similarity-index.js';
import { numberAt } from './number-or-zero.js';
import type { Subject } from './subject.js';

/** A capability brings in what no word brings in: it counts like several rare words. */
const CAPABILITY_BOOST = 4;

/** The same of what is next to a capability: it is found by it, behind what has the capability itself. */
const NEXT_BOOST = 1;

const NOBODY = { documents: new Uint32Array(), impacts: new Float32Array() };

/**
 * Numbers of the entries worth scoring, best first by a cheap sum over the postings: at most `limit`, ties by number.
 * Entries that share no term and no capability with the component are never among them.
 */
export function retrieve(index: SimilarityIndex, subject: Subject, limit: number): number[] {
  const { inverted } = index;
  const sums = new Float32Array(index.entries.bound);
  const touched: number[] = [];
  const add = (term: number, gain: number): void => {
    const { documents, impacts } = inverted.postingAt(term) ?? NOBODY;
    for (let at = 0; at < documents.length; at++) {
      // Read in place: a function that reads arrays of every type is several times slower here.
      const entry = documents[at] ?? 0;
      const before = sums[entry] ?? 0;
      if (before === 0) touched.push(entry);
      sums[entry] = before + gain * (impacts[at] ?? 0);
    }
  };
  const { terms, weights } = subject.everything;
  for (const term of terms) add(term, numberAt(weights, term));
  const addCapability = (code: string, gain: number): void => {
    const term = inverted.terms.numberOf(capabilityTerm(code));
    if (term !== undefined) add(term, gain);
  };
  for (const [code, weight] of subject.capabilities) {
    addCapability(code, weight * CAPABILITY_BOOST);
    for (const next of index.reader.lexicon.capability(code)?.near ?? []) {
      if (!subject.capabilities.has(next)) addCapability(next, weight * NEXT_BOOST);
    }
  }
  return best(touched, sums, limit);
}

/** The best of many, of which most are not worth putting in order. */
function best(touched: readonly number[], sums: Float32Array, limit: number): number[] {
  const ranked = Float32Array.from(touched, (entry) => sums[entry] ?? 0).toSorted();
  const least = numberAt(ranked, Math.max(0, ranked.length - limit));
  const among = touched.filter((entry) => (sums[entry] ?? 0) >= least);
  return among.toSorted((a, b) => numberAt(sums, b) - numberAt(sums, a) || a - b).slice(0, limit);
}
