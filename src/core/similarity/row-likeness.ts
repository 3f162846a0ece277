import type { SparseRow } from './indexed-element.js';
import type { TermVector } from './similarity-index.js';

/** Cosine of a text and a row of the index that it was weighed by, 0 to 1; 0 where either is empty. */
export function cosine(text: TermVector, { columns, values }: SparseRow): number {
  let [squares, dot] = [0, 0];
  for (let at = 0; at < columns.length; at++) {
    const value = values[at] ?? 0;
    squares += value * value;
    dot += value * (text.weights[columns[at] ?? 0] ?? 0);
  }
  return dot === 0 ? 0 : dot / (text.norm * Math.sqrt(squares));
}
