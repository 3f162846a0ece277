/** A source of numbers that gives the same sequence for the same seed. */
export interface SeededRandom {
  /** In [0, 1). */
  next(): number;
  /** A whole number in [0, bound); 0 where bound is 0. */
  below(bound: number): number;
  /** One of the items. */
  pick<T>(items: readonly [T, ...T[]]): T;
  /** One of the values, as often as its weight says; weights need not sum to anything. */
  weighted<T>(choices: readonly [readonly [T, number], ...(readonly [T, number])[]]): T;
}

/**
 * mulberry32: 32 bits of state, good enough for test data, the same on every machine.
 * @see https://github.com/bryc/code/blob/master/jshash/PRNGs.md
 */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), bits | 61)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (bound: number): number => Math.floor(next() * bound);
  return {
    next,
    below,
    pick: ([first, ...others]) => {
      const index = below(others.length + 1);
      return index === 0 ? first : (others[index - 1] ?? first);
    },
    weighted: ([first, ...others]) => {
      const total = others.reduce((sum, [, weight]) => sum + weight, first[1]);
      let left = next() * total - first[1];
      for (const [value, weight] of others) {
        if (left < 0) break;
        left -= weight;
        if (left < 0) return value;
      }
      return first[0];
    },
  };
}
