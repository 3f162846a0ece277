import type { Urn } from '../landscape/model.js';
import {
  DUPLICATE_CASE_STATES,
  TRANSITIONS,
  decisionOf,
  labelOf,
  newestOf,
  pairKey,
  verdictsFor,
} from './duplicate-case.js';
import type { DuplicateCase, DuplicateCaseState } from './duplicate-case.js';

function caseOf(first: DuplicateCaseState, ...rest: DuplicateCaseState[]): DuplicateCase {
  const event = (state: DuplicateCaseState): DuplicateCase['events'][0] => ({
    state,
    on: '2026-01-02',
    by: 'architect',
    reason: 'Lý do',
    revision: 1,
    standing: { band: 'OVERLAP', score: 0.6, signals: [], modelVersion: 'm' },
    avoidedCost: null,
  });
  const [subject, match] = ['urn:khung:a', 'urn:khung:b'] as [Urn, Urn];
  return { id: 'x', subject, match, events: [event(first), ...rest.map(event)] };
}

describe('a case', () => {
  it('can be decided from every state, and be opened again from none', () => {
    for (const state of DUPLICATE_CASE_STATES) {
      expect(TRANSITIONS[state].length).toBeGreaterThan(0);
      expect(TRANSITIONS[state]).not.toContain('OPEN');
      expect(verdictsFor(state, ['PROJECT', 'PROJECT'])).toEqual(TRANSITIONS[state]);
    }
  });

  it('is merged where both are projects, and no two systems are', () => {
    expect(verdictsFor('OPEN', ['PROJECT', 'SYSTEM'])).toEqual(['CONFIRMED', 'PARTIAL', 'DISMISSED']);
    expect(verdictsFor('MERGED', ['SYSTEM', 'SYSTEM'])).not.toContain('MERGED');
  });

  it('stands where its last event left it, and opening one decides nothing', () => {
    expect(newestOf(caseOf('OPEN', 'CONFIRMED', 'PARTIAL')).state).toBe('PARTIAL');
    expect(decisionOf(caseOf('OPEN', 'CONFIRMED', 'PARTIAL'))?.state).toBe('PARTIAL');
    expect(decisionOf(caseOf('OPEN'))).toBeUndefined();
  });

  it('has one key in both orders, and a label for each verdict', () => {
    expect(pairKey('a', 'b')).toBe(pairKey('b', 'a'));
    expect(pairKey('a', 'b')).not.toBe(pairKey('a', 'c'));
    expect(TRANSITIONS.OPEN.map(labelOf)).toEqual(['DUPLICATE', 'OVERLAP', 'DISTINCT', 'DUPLICATE']);
  });
});
