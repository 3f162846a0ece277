import * as fc from 'fast-check';
import { daysLater, earliestDay, latestDay } from './calendar-day.js';
import { isSurelyAfter } from './model.js';
import type { LifecyclePhase, PartialDate, PhaseDate } from './model.js';
import { phaseOn } from './phase.js';

const TODAY = '2026-11-25';

function phases(...list: readonly (readonly [LifecyclePhase, PartialDate | null])[]): PhaseDate[] {
  return list.map(([phase, from]) => ({ phase, from }));
}

describe('the phase on a day', () => {
  const ended = phases(['ACTIVE', '2020'], ['END_OF_LIFE', null]);
  const silent = phases(['ACTIVE', null]);
  const thisYear = phases(['ACTIVE', '2020-05'], ['PHASE_OUT', '2026']);
  const ahead = phases(['ACTIVE', '2020'], ['PHASE_OUT', '2030'], ['END_OF_LIFE', null]);
  it.each<[string, PhaseDate[], PartialDate | null, LifecyclePhase]>([
    ['an end without a day holds today', ended, TODAY, 'END_OF_LIFE'],
    ['and ever after', ended, '2031-01-01', 'END_OF_LIFE'],
    ['but ends nothing in the past', ended, '2026-11-24', 'UNKNOWN'],
    ['nor before all that is known', ended, '2019-12-31', 'UNKNOWN'],
    ['what was never dated holds today', silent, TODAY, 'ACTIVE'],
    ['what was never dated may not have begun in the past', silent, '2020-01-01', 'UNKNOWN'],
    ['what came this year has come today', thisYear, TODAY, 'PHASE_OUT'],
    ['and may have come at its beginning', thisYear, '2026-01-01', 'UNKNOWN'],
    ['but not the year before', thisYear, '2025-12-31', 'ACTIVE'],
    ['on the last day of a month that it came in', thisYear, '2020-05-31', 'ACTIVE'],
    ['on a day before that', thisYear, '2020-05-30', 'UNKNOWN'],
    ['of a year in which nothing came', thisYear, '2024', 'ACTIVE'],
    ['of a year in which something came', thisYear, '2020', 'UNKNOWN'],
    ['of the year in which it is asked', thisYear, '2026', 'PHASE_OUT'],
    ['what follows what is planned has not come yet', ahead, TODAY, 'ACTIVE'],
    ['nor surely when that has come', ahead, '2031-01-01', 'UNKNOWN'],
    ['after all that is listed', ahead, null, 'END_OF_LIFE'],
    ['of what has no phases', [], TODAY, 'UNKNOWN'],
    ['dates out of order go by the list', phases(['ACTIVE', '2022'], ['SUSPENDED', '2021']), '2021-06-01', 'UNKNOWN'],
    ['and by what has surely come', phases(['ACTIVE', '2022'], ['SUSPENDED', '2021']), '2022-01-01', 'SUSPENDED'],
  ])('%s', (_what, list, day, expected) => {
    expect(phaseOn({ phases: list }, day, TODAY)).toBe(expected);
  });

  it('is that of today where nobody says which day today is', () => {
    expect(phaseOn({ phases: ended }, '2022-01-01')).toBe('END_OF_LIFE');
  });
});

const WORDS = ['PLAN', 'ACTIVE', 'END_OF_LIFE'] as const;
const someDate = fc.constantFrom(
  '2025',
  '2026',
  '2027',
  '2025-12',
  '2026-02',
  '2026-03',
  '2026-02-27',
  '2026-02-28',
  '2026-03-01',
  '2026-03-15',
);
const somePhases = fc.array(
  fc.record({ phase: fc.constantFrom(...WORDS), from: fc.option(someDate, { nil: null, freq: 3 }) }),
  { maxLength: 3 },
);

/** Days among which there is one for all that can be told apart: the ends of all dates, and the days beside them. */
function telling(dates: readonly PartialDate[]): string[] {
  const ends = dates.flatMap((date) => [earliestDay(date), latestDay(date)]);
  return [...new Set(ends.flatMap((end) => [daysLater(end, -1), end, daysLater(end, 1)]))].toSorted();
}

/** All ways to give each phase a day, in the order of the list, so that what may have come by today has. */
function worldsOf(list: readonly PhaseDate[], days: readonly string[], today: string): string[][] {
  let worlds: string[][] = [[]];
  let isByToday = true;
  for (const { from } of list) {
    isByToday &&= from === null || earliestDay(from) <= today;
    const had = isByToday;
    const meant = days.filter(
      (day) => (from === null || (day >= earliestDay(from) && day <= latestDay(from))) && (!had || day <= today),
    );
    worlds = worlds.flatMap((world) =>
      meant.filter((day) => day >= (world.at(-1) ?? '')).map((day) => [...world, day]),
    );
  }
  return worlds;
}

describe('the phase on a day, of all that may have been', () => {
  it('is the one in which every possible world agrees, and unknown where they do not', () => {
    let [known, doubtful] = [0, 0];
    fc.assert(
      fc.property(somePhases, someDate, someDate.map(earliestDay), (list, day, today) => {
        const days = telling([...list.flatMap(({ from }) => from ?? []), day, today]);
        const worlds = worldsOf(list, days, today);
        fc.pre(worlds.length > 0);
        const isApart = isSurelyAfter(day, today) || isSurelyAfter(today, day);
        const asked = isApart ? days.filter((each) => each >= earliestDay(day) && each <= latestDay(day)) : [today];
        const found = new Set<LifecyclePhase>();
        for (const world of worlds) {
          for (const on of asked) found.add(list[world.filter((began) => began <= on).length - 1]?.phase ?? 'UNKNOWN');
        }
        const [only] = found;
        expect(phaseOn({ phases: list }, day, today)).toBe(found.size === 1 ? only : 'UNKNOWN');
        if (found.size === 1) known += 1;
        else doubtful += 1;
      }),
      { numRuns: 3000 },
    );
    expect([known > 500, doubtful > 500]).toEqual([true, true]);
  });
});
