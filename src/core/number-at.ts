/**
 * The number at an index of which the caller knows that it lies inside.
 * @throws RangeError outside: a wrong index is our bug, and a silent 0 would pass for an answer.
 */
export function numberAt(numbers: ArrayLike<number>, index: number): number {
  const found = numbers[index];
  if (found === undefined) throw new RangeError(`index ${index} of ${numbers.length}`);
  return found;
}
