import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { daysLater, daysUntil } from '../landscape/calendar-day.js';
import { readWorkingCalendar } from './working-calendar.js';
import type { CalendarDay } from './working-calendar.js';

const PATH = new URL('../../reference/national/calendar.json', import.meta.url);
const DOCUMENT = JSON.parse(readFileSync(PATH, 'utf8')) as { years: number[]; days: CalendarDay[] };
const { calendar, problems } = readWorkingCalendar(DOCUMENT);

/** Day by day, by the names of its days. */
function counted(from: string, to: string): number {
  let count = 0;
  for (let day = daysLater(from, 1); day <= to; day = daysLater(day, 1)) {
    const listed = DOCUMENT.days.find(({ date }) => date === day);
    const name = new Date(`${day}T00:00:00Z`).toUTCString().slice(0, 3);
    if (listed === undefined ? !['Sat', 'Sun'].includes(name) : listed.kind === 'WORKING_SATURDAY') count += 1;
  }
  return count;
}

const DAY = fc.nat(daysUntil('2026-12-31', '2025-01-01')).map((days) => daysLater('2025-01-01', days));

describe('the working calendar', () => {
  it('is read from the reference data', () => {
    expect(problems).toEqual([]);
    expect(calendar.years).toEqual([2025, 2026]);
  });

  it('counts the days after one day up to another', () => {
    fc.assert(
      fc.property(DAY, DAY, (one, other) => {
        const days = one <= other ? counted(one, other) : 0 - counted(other, one);
        expect(calendar.between(one, other)).toMatchObject({ days });
      }),
    );
  });

  it.each([
    ['a week', '2026-03-02', '2026-03-09', 5],
    ['over Tết', '2026-02-13', '2026-02-23', 1],
    ['nothing', '2026-03-02', '2026-03-02', 0],
    ['a Saturday that is worked on', '2026-08-21', '2026-08-22', 1],
    ['back', '2026-03-09', '2026-03-02', -5],
  ])('counts %s', (_name, from, to, days) => {
    expect(calendar.between(from, to)).toMatchObject({ days });
  });

  it('names the days that nobody verified, and only those', () => {
    const between = (from: string, to: string): unknown => {
      const found = calendar.between(from, to);
      return 'uncovered' in found ? found : found.unverified.map(({ date }) => date);
    };
    expect(between('2026-08-20', '2026-09-03')).toEqual(['2026-08-22', '2026-08-31', '2026-09-01']);
    expect(between('2026-02-13', '2026-02-23')).toEqual([]);
  });

  it('says nothing of years that it does not cover', () => {
    expect(calendar.between('2026-12-30', '2027-01-02')).toEqual({ uncovered: 2027 });
    expect(calendar.between('2026-12-30', '2024-01-02')).toEqual({ uncovered: 2024 });
  });

  it.each([
    ['another year', { ...DOCUMENT, years: [2026] }, 'days[0].date'],
    [
      'no Saturday',
      { years: [2026], days: [{ ...DOCUMENT.days[0], date: '2026-08-21', kind: 'WORKING_SATURDAY' }] },
      'days[0].date',
    ],
    ['a month', { years: [2026], days: [{ ...DOCUMENT.days[0], date: '2026-08' }] }, 'days[0].date'],
    ['a day twice', { years: [2025], days: [DOCUMENT.days[0], DOCUMENT.days[0]] }, 'days[1].date'],
    ['no years', { years: [], days: [] }, 'years'],
  ])('is not read from a document of %s', (_name, document, path) => {
    expect(readWorkingCalendar(document).problems.map((each) => each.path)).toContain(path);
  });
});
