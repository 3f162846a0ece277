/** Sparse rows in compressed form: row r holds columns[start[r] .. start[r + 1]) with their values. */
export interface SparseRows {
  readonly start: Uint32Array;
  readonly columns: Uint32Array;
  readonly values: Float32Array;
}

/** Some milliseconds of packing. */
const ROWS_OF_A_STEP = 500;

/** Packs maps from term to value; terms without a number are left out. Columns keep the order of the maps. */
export function* packRowsSteps(
  rows: readonly ReadonlyMap<string, number>[],
  numberOf: (term: string) => number | undefined,
): Generator<void, SparseRows> {
  const start = new Uint32Array(rows.length + 1);
  const columns: number[] = [];
  const values: number[] = [];
  for (const [at, row] of rows.entries()) {
    for (const [term, value] of row) {
      const column = numberOf(term);
      if (column === undefined) continue;
      columns.push(column);
      values.push(value);
    }
    start[at + 1] = columns.length;
    if (at % ROWS_OF_A_STEP === 0) yield;
  }
  return { start, columns: Uint32Array.from(columns), values: Float32Array.from(values) };
}

/** A number of an array; 0 beyond its ends, where nothing was counted. */
export function numberAt(numbers: ArrayLike<number>, at: number): number {
  return numbers[at] ?? 0;
}
