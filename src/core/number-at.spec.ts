import { byteAt, integerAt, numberAt } from './number-at.js';

describe('the number at an index', () => {
  it('is what stands there', () => {
    expect([0, 1, 2].map((index) => numberAt([7, 0, -3], index))).toEqual([7, 0, -3]);
    expect([0, 1, 2].map((index) => integerAt(Int32Array.of(7, 0, -3), index))).toEqual([7, 0, -3]);
    expect([0, 1, 2].map((index) => byteAt(Uint8Array.of(7, 0, 3), index))).toEqual([7, 0, 3]);
  });

  it.each([-1, 3, 0.5, Number.NaN])('is a bug outside: %d', (index) => {
    expect(() => numberAt([7, 0, -3], index)).toThrow(RangeError);
    expect(() => integerAt(Int32Array.of(7, 0, -3), index)).toThrow(RangeError);
    expect(() => byteAt(Uint8Array.of(7, 0, 3), index)).toThrow(RangeError);
  });
});
