import { readFileSync } from 'node:fs';
import { readRegimes, regimeOf } from './regime.js';

const document: unknown = JSON.parse(readFileSync('src/reference/national/regimes.json', 'utf8'));
const { regimes, problems } = readRegimes(document);
const TODAY = '2026-11-23';

describe('the legal regime of a decision', () => {
  it('is read from data without gaps in order', () => {
    expect(problems).toEqual([]);
    expect(regimes.map(({ code }) => code)).toEqual(['ND102', 'ND73', 'ND73+82', 'ND73+82+NQ04', 'ND45', 'ND224']);
  });

  it.each([
    ['2012-05-01', 'ND102'],
    ['2019-12-31', 'ND102'],
    ['2020-01-01', 'ND73'],
    ['2024-07-09', 'ND73'],
    ['2024-07-10', 'ND73+82'],
    ['2025-08-20', 'ND73+82+NQ04'],
    ['2026-02-28', 'ND73+82+NQ04'],
    ['2026-03-01', 'ND45'],
    ['2026-06-30', 'ND45'],
    ['2026-07-01', 'ND224'],
    ['2023', 'ND73'],
    ['2026-04', 'ND45'],
  ])('of %s is %s, for good', (decidedOn, code) => {
    const chosen = regimeOf(regimes, decidedOn, TODAY);
    expect(chosen).toMatchObject({ regime: { code }, reason: 'DECIDED', date: decidedOn, provisional: false });
  });

  it('of a draft is that of today, provisionally', () => {
    const chosen = regimeOf(regimes, null, TODAY);
    expect(chosen).toMatchObject({ regime: { code: 'ND224' }, reason: 'DRAFT', date: TODAY, provisional: true });
  });

  it('of a year in which the law changed is uncertain, and the possible ones are named', () => {
    const chosen = regimeOf(regimes, '2026', TODAY);
    expect(chosen).toMatchObject({ regime: { code: 'ND224' }, reason: 'UNCERTAIN', provisional: true });
    expect(chosen.possible.map(({ code }) => code)).toEqual(['ND73+82+NQ04', 'ND45', 'ND224']);
  });

  it('is none where the data has none', () => {
    expect(regimeOf([], '2026', TODAY)).toMatchObject({ regime: null, reason: 'NONE', provisional: false });
  });

  it.each([
    ['overlap', [0, 1], '2020-01-01'],
    ['are out of order', [2, 1], null],
  ])('is refused where two intervals %s', (_, [first, second], to) => {
    const [before, after] = [regimes[first ?? 0], regimes[second ?? 0]];
    expect(readRegimes([{ ...before, to }, after]).problems).toEqual([
      { path: '[1].from', expected: `a day after the end of ${before?.code}` },
    ]);
  });
});
