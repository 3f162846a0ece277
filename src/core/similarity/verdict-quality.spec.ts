import type { Urn } from '../landscape/model.js';
import type { DuplicateCase, DuplicateCaseState } from './duplicate-case.js';
import type { MatchBand } from './match-band.js';
import { qualityByQuarter } from './verdict-quality.js';

type Event = readonly [on: string, state: DuplicateCaseState, band: MatchBand];

function caseOf(first: Event, ...rest: Event[]): DuplicateCase {
  const event = ([on, state, band]: Event): DuplicateCase['events'][0] => ({
    state,
    on,
    by: 'architect',
    reason: 'Lý do',
    revision: 1,
    standing: { band, score: 0.6, signals: [], modelVersion: 'm' },
    avoidedCost: null,
  });
  const [subject, match] = ['urn:khung:a', 'urn:khung:b'] as [Urn, Urn];
  return { id: 'x', subject, match, events: [event(first), ...rest.map(event)] };
}
const opened: Event = ['2026-01-02', 'OPEN', 'OVERLAP'];
const decided = (on: string, state: DuplicateCaseState, band: MatchBand): DuplicateCase =>
  caseOf(opened, [on, state, band]);

describe('how well bands foretell what is decided', () => {
  it('is told by quarter, newest first, with the numbers behind', () => {
    const quarters = qualityByQuarter([
      decided('2026-03-31', 'CONFIRMED', 'DUPLICATE'),
      decided('2026-04-01', 'CONFIRMED', 'DUPLICATE'),
      decided('2026-05-01', 'MERGED', 'OVERLAP'),
      decided('2026-06-30', 'DISMISSED', 'DUPLICATE'),
      decided('2026-06-30', 'PARTIAL', 'OVERLAP'),
      decided('2026-06-30', 'DISMISSED', 'RELATED'),
    ]);
    expect(quarters.map(({ quarter, decided: count }) => [quarter, count])).toEqual([
      ['2026-Q2', 5],
      ['2026-Q1', 1],
    ]);
    expect(quarters[0]?.bands).toEqual([
      { band: 'DUPLICATE', called: 2, right: 1, decided: 2, precision: 0.5, recall: 0.5 },
      { band: 'OVERLAP', called: 2, right: 1, decided: 1, precision: 0.5, recall: 1 },
      { band: 'RELATED', called: 1, right: 1, decided: 2, precision: 1, recall: 0.5 },
      { band: 'DISTINCT', called: 0, right: 0, decided: 2, precision: null, recall: 0 },
    ]);
  });

  it('counts a case once, by the decision that stands, and what nobody decided not at all', () => {
    const again = caseOf(opened, ['2026-02-01', 'CONFIRMED', 'DUPLICATE'], ['2026-08-01', 'DISMISSED', 'DUPLICATE']);
    const [only, ...rest] = qualityByQuarter([again, caseOf(opened)]);
    expect([only?.quarter, only?.decided, rest]).toEqual(['2026-Q3', 1, []]);
    expect(only?.bands[0]).toMatchObject({ called: 1, right: 0, precision: 0, recall: null });
  });

  it('is nothing where nothing was decided', () => {
    expect(qualityByQuarter([])).toEqual([]);
  });
});
