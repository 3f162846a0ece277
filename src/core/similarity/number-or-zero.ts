/** A number of an array; 0 beyond its ends, where nothing was counted. */
export function numberAt(numbers: ArrayLike<number>, at: number): number {
  return numbers[at] ?? 0;
}
