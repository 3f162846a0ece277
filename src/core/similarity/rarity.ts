/** How rare words and capabilities are. */
export interface Rarity {
  /** Above 0; a word that no capability has is the rarest. */
  term(term: string): number;
  readonly capability: number;
}

/**
 * How rare words are among the capabilities of a catalogue: a word that the names of many share tells little of any of them.
 * It does not depend on what is registered, so that the score of two texts stays the same however the registry grows, for
 * whoever sees much and whoever sees little, and nobody can read off a score what he may not see. (Names of public agencies
 * are read as places, so that a new agency can move the texts that name it.)
 * @param words - of each capability, all words of all its names.
 */
export function rarityAmong(words: readonly ReadonlySet<string>[]): Rarity {
  const holders = new Map<string, number>();
  for (const each of words) for (const term of each) holders.set(term, (holders.get(term) ?? 0) + 1);
  const rarity = (count: number): number => Math.log(1 + (words.length + 1) / (count + 0.5));
  return { term: (term) => rarity(holders.get(term) ?? 0), capability: rarity(1) };
}
