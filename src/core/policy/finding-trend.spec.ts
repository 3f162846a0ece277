import * as fc from 'fast-check';
import { outcomesByMonth } from './finding-trend.js';
import type { RecordedOutcome } from './finding-trend.js';
import type { FindingOutcome } from './rule.js';

const MONTHS = ['2026-01', '2026-02', '2026-03', '2026-04'];
const row = (subject: string, month: string, outcome: FindingOutcome | null, rule = 'R-01'): RecordedOutcome => {
  return { subject, rule, month, outcome };
};
const told = (
  rows: readonly RecordedOutcome[],
  counts: (subject: string, place: number) => boolean = () => true,
): object[] => outcomesByMonth(rows, MONTHS, counts).map((each) => Object.fromEntries(each));

describe('how findings went', () => {
  it('is told at the end of each month, from the month in which it was recorded until it was another one', () => {
    const rows = [row('a', '2026-02', 'FAIL'), row('b', '2026-02', 'FAIL'), row('a', '2026-04', 'PASS')];
    expect(told(rows)).toEqual([{}, { FAIL: 2 }, { FAIL: 2 }, { FAIL: 1, PASS: 1 }]);
  });

  it('is the last outcome of a month, and none of what is not asked any more', () => {
    const rows = [row('a', '2026-02', 'FAIL'), row('a', '2026-02', 'PASS'), row('a', '2026-03', null)];
    expect(told(rows)).toEqual([{}, { PASS: 1 }, {}, {}]);
  });

  it('begins with what was recorded before the first month', () => {
    expect(told([row('a', '2025-07', 'PASS'), row('a', '2025-09', 'FAIL')])).toEqual(MONTHS.map(() => ({ FAIL: 1 })));
  });

  it('counts a subject only at the ends of months at which it counts', () => {
    const rows = [row('a', '2026-01', 'FAIL'), row('a', '2026-01', 'PASS', 'R-02')];
    expect(told(rows, (_subject, place) => place === 1 || place === 2)).toEqual([
      {},
      { FAIL: 1, PASS: 1 },
      { FAIL: 1, PASS: 1 },
      {},
    ]);
  });

  it('is what looking at the end of each month gives, whatever was recorded', () => {
    const outcomes = fc.constantFrom<(FindingOutcome | null)[]>('PASS', 'FAIL', 'NEEDS_EVIDENCE', null);
    const rows = fc
      .array(
        fc.record({
          subject: fc.constantFrom('a', 'b', 'c'),
          rule: fc.constantFrom('R-01', 'R-02'),
          month: fc.constantFrom('2025-12', ...MONTHS),
          outcome: outcomes,
        }),
        { maxLength: 30 },
      )
      .map((all) => all.toSorted((a, b) => a.month.localeCompare(b.month)));
    const owned = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat({ max: 3 })).map(String));
    fc.assert(
      fc.property(rows, owned, (recorded, own) => {
        const counts = (subject: string, place: number): boolean => own.includes(`${subject},${place}`);
        const expected = MONTHS.map((month, place) => {
          const last = new Map<string, RecordedOutcome>();
          for (const each of recorded) if (each.month <= month) last.set(`${each.subject} ${each.rule}`, each);
          const sums: Partial<Record<FindingOutcome, number>> = {};
          for (const { subject, outcome } of last.values()) {
            if (outcome !== null && counts(subject, place)) sums[outcome] = (sums[outcome] ?? 0) + 1;
          }
          return sums;
        });
        expect(told(recorded, counts)).toEqual(expected);
      }),
    );
  });
});
