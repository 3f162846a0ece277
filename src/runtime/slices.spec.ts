import { describe, expect, it } from '@jest/globals';
import { inSlices } from './slices.js';

function* busy(milliseconds: number): Generator<void, string> {
  for (const end = performance.now() + milliseconds; performance.now() < end;) yield;
  return 'done';
}

describe('work in slices', () => {
  it('gives its result, and lets others go on in between', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    expect(await inSlices(busy(100))).toBe('done');
    clearInterval(timer);
    expect(turns).toBeGreaterThanOrEqual(3);
  });

  it('fails as the work does', async () => {
    const failing = (function* (): Generator<void, string> {
      yield;
      throw new RangeError('no more');
    })();
    await expect(inSlices(failing)).rejects.toThrow('no more');
  });
});
