import { RequestRate } from './request-rate.js';

it('takes as many as are allowed at once, then as many as time gives back', () => {
  const rate = new RequestRate(60);
  for (let count = 0; count < 60; count += 1) expect(rate.take('a', 0)).toBe(0);
  expect(rate.take('a', 0)).toBe(1);
  expect(rate.take('b', 0)).toBe(0);
  expect(rate.take('a', 999)).toBe(1);
  expect(rate.take('a', 1_001)).toBe(0);
  expect(rate.take('a', 1_001)).toBe(1);
});

it('tells the seconds to wait, and gives back no more than are allowed at once', () => {
  const rate = new RequestRate(1);
  expect([rate.take('a', 0), rate.take('a', 0), rate.take('a', 30_000)]).toEqual([0, 60, 30]);
  expect([rate.take('a', 3_600_000), rate.take('a', 3_600_000)]).toEqual([0, 60]);
});
