import * as fc from 'fast-check';
import { daysLater, daysUntil, earliestDay, latestDay } from './calendar-day.js';
import { isPartialDate, isSurelyAfter } from './model.js';

const DAY = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('the days that a date may mean', () => {
  it.each([
    ['2024', '2024-01-01', '2024-12-31'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2025-02', '2025-02-01', '2025-02-28'],
    ['2025-12', '2025-12-01', '2025-12-31'],
    ['2025-04-30', '2025-04-30', '2025-04-30'],
    ['1000-02', '1000-02-01', '1000-02-28'],
    ['9998', '9998-01-01', '9998-12-31'],
  ])('%s', (date, first, last) => {
    expect([earliestDay(date), latestDay(date)]).toEqual([first, last]);
  });

  it('are in order, and agree with what is surely after what', () => {
    const date = fc.tuple(DAY, fc.constantFrom(4, 7, 10)).map(([day, length]) => day.slice(0, length));
    fc.assert(
      fc.property(date, date, (one, other) => {
        expect(isPartialDate(earliestDay(one)) && isPartialDate(latestDay(one))).toBe(true);
        expect(earliestDay(one) <= latestDay(one)).toBe(true);
        expect(isSurelyAfter(one, other)).toBe(earliestDay(one) > latestDay(other));
      }),
    );
  });

  it('are counted over months, leap days and the turn of a year', () => {
    expect([daysLater('2024-02-28', 2), daysLater('2025-12-31', 1), daysLater('2025-01-01', -1)]).toEqual([
      '2024-03-01',
      '2026-01-01',
      '2024-12-31',
    ]);
    fc.assert(
      fc.property(DAY, fc.integer({ min: -4000, max: 4000 }), (day, days) => {
        expect(daysUntil(daysLater(day, days), day)).toBe(days);
      }),
    );
  });
});
