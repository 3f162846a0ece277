import { integerAt } from '../number-at.js';

/** Entries of a list by the row that each belongs to. */
export interface RowPositions {
  /** The entries of row `r` are `positions[starts[r]]` up to `positions[starts[r + 1]]`; one number more than that needs. */
  readonly starts: Int32Array;
  /** Positions in the list; within a row in the order of the list. */
  readonly positions: Int32Array;
}

/**
 * Sorts the entries of a list by their rows, in linear time.
 * @param count - of rows.
 * @param rowOf - of each entry its row, from 0 and below the count.
 */
export function positionsByRow(count: number, rowOf: Int32Array): RowPositions {
  const starts = new Int32Array(count + 2);
  // Counted two places further, so that filling leaves each start where it belongs.
  for (const row of rowOf) starts[row + 2] = integerAt(starts, row + 2) + 1;
  for (let row = 2; row < starts.length; row += 1) starts[row] = integerAt(starts, row) + integerAt(starts, row - 1);
  const positions = new Int32Array(rowOf.length);
  rowOf.forEach((row, position) => {
    const at = integerAt(starts, row + 1);
    positions[at] = position;
    starts[row + 1] = at + 1;
  });
  return { starts, positions };
}
