import { numberAt } from './number-at.js';

/** Nobody misspells a longer word; comparing one would cost time for nothing. Characters. */
const WORD_MAXIMUM = 100;

/** Edit distance by insertion, deletion and substitution; the whole table is two rows. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const substitution = numberAt(previous, column - 1) + Number(a[row - 1] !== b[column - 1]);
      current.push(Math.min(substitution, numberAt(previous, column) + 1, numberAt(current, column - 1) + 1));
    }
    previous = current;
  }
  return numberAt(previous, b.length);
}

/**
 * The word somebody probably meant: the closest candidate at no more than a third of the word's length in edits,
 * the first in order of the candidates on a tie; the empty text where none is close.
 */
export function closestWord(word: string, candidates: Iterable<string>): string {
  if (word.length > WORD_MAXIMUM) return '';
  let best = '';
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}
