import { numberAt } from './number-or-zero.js';

describe('a number of an array', () => {
  it('counts nothing beyond its ends', () => {
    expect([numberAt([1, 7], 1), numberAt([1], 5), numberAt(new Float32Array(1), 1)]).toEqual([7, 0, 0]);
  });
});
