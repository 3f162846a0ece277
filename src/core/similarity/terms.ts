import { numberAt } from './number-or-zero.js';
import { PLACE } from './text-reading.js';
import type { ReadText } from './text-reading.js';

/** Terms of a text with their importance, 0 to 1. A term said twice counts once, at its most important place. */
export type TermImportance = ReadonlyMap<string, number>;

/** Pairs carry word order, but each repeats two syllables that were counted already. */
const PAIR = 0.7;
const NUMBER = /^\d+$/;

/**
 * Syllables and pairs of neighbouring syllables: in Vietnamese a pair is most often a word, so pairs take the place of
 * a word segmenter. A pair is as important as its stronger syllable: many a word that tells is half made of a syllable that
 * every title has (`thư điện tử`, `quản lý tài sản`). With a number or a place it makes no word.
 */
export function termsOf(texts: readonly ReadText[]): TermImportance {
  const terms = new Map<string, number>();
  const raise = (term: string, importance: number): void => {
    if (importance > (terms.get(term) ?? 0)) terms.set(term, importance);
  };
  for (const { tokens, importance } of texts) {
    tokens.forEach((token, at) => {
      const weight = numberAt(importance, at);
      raise(token.text, weight);
      const next = tokens[at + 1];
      if (next === undefined) return;
      const weights = [weight, numberAt(importance, at + 1)];
      const isWord = Math.min(...weights) > PLACE && !NUMBER.test(token.text) && !NUMBER.test(next.text);
      raise(`${token.text} ${next.text}`, PAIR * (isWord ? Math.max(...weights) : Math.min(...weights)));
    });
  }
  return terms;
}

/** How strongly a text speaks of each capability: by code, 0 to 1. */
export type CapabilityWeights = ReadonlyMap<string, number>;

/** What a name says it is; what a description mentions it may only touch. */
export const FROM_DESCRIPTION = 0.35;

/** Capabilities by code, from names (weight 1) and descriptions (less). */
export function capabilitiesOf(names: readonly ReadText[], descriptions: readonly ReadText[]): CapabilityWeights {
  const weights = new Map<string, number>();
  for (const { tags } of descriptions) for (const { code } of tags) weights.set(code, FROM_DESCRIPTION);
  for (const { tags } of names) for (const { code } of tags) weights.set(code, 1);
  return weights;
}
