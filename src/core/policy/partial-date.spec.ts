import * as fc from 'fast-check';
import { firstDayOf, isBefore, isWithin, lastDayOf } from './partial-date.js';

describe('a date known in part', () => {
  it.each([
    ['2026', '2026-01-01', '2026-12-31'],
    ['2026-07', '2026-07-01', '2026-07-31'],
    ['2026-07-05', '2026-07-05', '2026-07-05'],
  ])('%s means a day from %s to %s', (date, first, last) => {
    expect([firstDayOf(date), lastDayOf(date)]).toEqual([first, last]);
  });

  it.each([
    ['2025', '2026', true],
    ['2026-06', '2026-07-01', true],
    ['2026-07-01', '2026-07-01', false],
    ['2026-08', '2026-07', false],
    ['2026', '2026-07-01', undefined],
    ['2026-07', '2026-07', undefined],
  ])('%s before %s is %s', (date, other, expected) => {
    expect(isBefore(date, other)).toBe(expected);
  });

  it.each([
    ['2026-07-01', '2026-07-01', null, true],
    ['2026-06-30', '2026-07-01', null, false],
    ['2026-07-31', null, '2026-07-31', true],
    ['2026-08-01', null, '2026-07-31', false],
    ['2026', '2026-07-01', null, undefined],
    ['2026-07', '2026-07-01', '2026-07-15', undefined],
    ['2024', null, null, true],
    ['2026-03', '2026-07-01', '2026', false],
  ])('%s within %s to %s is %s', (date, from, to, expected) => {
    expect(isWithin(date, { from, to })).toBe(expected);
  });

  it('is never both before and after another one', () => {
    const date = fc
      .tuple(fc.integer({ min: 2019, max: 2027 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
      .chain(([year, month, day]) =>
        fc
          .constantFrom(4, 7, 10)
          .map((length) =>
            [`${year}`, `${month}`.padStart(2, '0'), `${day}`.padStart(2, '0')].join('-').slice(0, length),
          ),
      );
    fc.assert(
      fc.property(date, date, (a, b) => {
        expect(isBefore(a, b) === true && isBefore(b, a) === true).toBe(false);
        if (a.length === 10 && b.length === 10) expect(isBefore(a, b)).toBe(a < b);
      }),
    );
  });
});
