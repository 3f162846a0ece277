/**
 * A source of numbers in [0, 1) that gives the same sequence for the same seed, for methods that need chance and must
 * give the same answer every time. mulberry32: 32 bits of state, no good for secrets.
 * @see https://github.com/bryc/code/blob/master/jshash/PRNGs.md
 */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), bits | 61)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296;
  };
}
