/**
 * Numbers by index, most of them 0: the indices in rising order, with their values. They lie at [from, to) of arrays that
 * many vectors may share: an array object for each would be larger than what is in it.
 */
export interface SparseVector {
  readonly indices: Int32Array;
  readonly values: Float32Array;
  readonly from: number;
  readonly to: number;
  /** Euclidean length. */
  readonly norm: number;
  /**
   * All values by index, 0 where there is none, for a vector that is compared with many: looking up the few indices of the
   * other is several times faster than walking through both. Undefined for the many.
   */
  readonly spread: Float32Array | undefined;
}

/**
 * Parts of 1 that values are kept in. Products of two values, and sums of them, are then exact in a double whatever their
 * order, for texts of less than fifty thousand words: numbers of words come in another order in an index that was made in
 * one go than in one that was moved on, and both must judge a pair alike to the last bit.
 */
const PARTS = 2 ** 16;

/** Packs a map from index to value; values are rounded to 2^-16. */
export function sparseVector(values: ReadonlyMap<number, number>): SparseVector {
  const indices = Int32Array.from(values.keys()).toSorted();
  const packed = new Float32Array(indices.length);
  let squares = 0;
  for (let at = 0; at < indices.length; at++) {
    packed[at] = Math.round((values.get(indices[at] ?? 0) ?? 0) * PARTS) / PARTS;
    // Read back: its length is told of what is kept.
    squares += (packed[at] ?? 0) ** 2;
  }
  return { indices, values: packed, from: 0, to: indices.length, norm: Math.sqrt(squares), spread: undefined };
}

/** Cosine of two vectors, 0 to 1 for values that are not negative; 0 where either is empty. */
export function cosineOf(left: SparseVector, right: SparseVector): number {
  const dot = dotOf(left, right);
  return dot === 0 ? 0 : dot / (left.norm * right.norm);
}

/** Sum of the smaller of the two values over the indices that both have. */
export function sharedSum(left: SparseVector, right: SparseVector): number {
  if (left.spread !== undefined) return sharedWith(left.spread, right);
  if (right.spread !== undefined) return sharedWith(right.spread, left);
  const { indices, values, to } = left;
  const { indices: otherIndices, values: otherValues, to: otherTo } = right;
  let shared = 0;
  for (let at = left.from, other = right.from; at < to && other < otherTo;) {
    const difference = (indices[at] ?? 0) - (otherIndices[other] ?? 0);
    if (difference === 0) shared += Math.min(values[at] ?? 0, otherValues[other] ?? 0);
    if (difference <= 0) at++;
    if (difference >= 0) other++;
  }
  return shared;
}

function dotOf(left: SparseVector, right: SparseVector): number {
  if (left.spread !== undefined) return dotWith(left.spread, right);
  if (right.spread !== undefined) return dotWith(right.spread, left);
  const { indices, values, to } = left;
  const { indices: otherIndices, values: otherValues, to: otherTo } = right;
  let dot = 0;
  for (let at = left.from, other = right.from; at < to && other < otherTo;) {
    // Read in place: both are in range.
    const difference = (indices[at] ?? 0) - (otherIndices[other] ?? 0);
    if (difference === 0) dot += (values[at] ?? 0) * (otherValues[other] ?? 0);
    if (difference <= 0) at++;
    if (difference >= 0) other++;
  }
  return dot;
}

/** The same in the same order, so that it is the same to the last bit. */
function dotWith(spread: Float32Array, { indices, values, from, to }: SparseVector): number {
  let dot = 0;
  for (let at = from; at < to; at++) dot += (spread[indices[at] ?? 0] ?? 0) * (values[at] ?? 0);
  return dot;
}

function sharedWith(spread: Float32Array, { indices, values, from, to }: SparseVector): number {
  let shared = 0;
  for (let at = from; at < to; at++) shared += Math.min(spread[indices[at] ?? 0] ?? 0, values[at] ?? 0);
  return shared;
}

/** The indices with their values. */
export function entriesOf({ indices, values, from, to }: SparseVector): [index: number, value: number][] {
  return Array.from(indices.subarray(from, to), (index, at) => [index, values[from + at] ?? 0]);
}

/** Sum of the values. */
export function totalOf({ values, from, to }: SparseVector): number {
  let total = 0;
  for (let at = from; at < to; at++) total += values[at] ?? 0;
  return total;
}
