import type { SimilarityIndex, TermVector } from './similarity-index.js';

/** Cosine of a text and a row of the index, 0 to 1; 0 where either is empty. */
export function cosine({ rows }: SimilarityIndex, text: TermVector, row: number): number {
  let [squares, dot] = [0, 0];
  for (let at = rows.start[row] ?? 0; at < (rows.start[row + 1] ?? 0); at++) {
    const value = rows.values[at] ?? 0;
    squares += value * value;
    dot += value * (text.weights[rows.columns[at] ?? 0] ?? 0);
  }
  return dot === 0 ? 0 : dot / (text.norm * Math.sqrt(squares));
}
