import { describe, expect, it } from '@jest/globals';
import { element, urnOf } from '../../../test/support/landscapes.js';
import { campaignState, declaredSince, isChangedSince, marksOf, recordState } from './attestation.js';
import type { AttestationCounts, PastAttestation, RecordFacts } from './attestation.js';
import type { Element } from './model.js';

const A = urnOf('e1');
const past = (revision: number | null, more: Partial<PastAttestation> = {}): PastAttestation => ({
  on: '2026-11-20',
  confirmed: [],
  flowsComplete: [],
  revision,
  ...more,
});
const confirmedOn = (attestedOn: string, revision: number): Element =>
  element(1, { revision, attributes: { attestedOn } });

describe('what became of a record after its confirmation', () => {
  const first = past(5, { confirmed: [{ urn: A, was: 3 }] });

  it('is nothing while its last change is the confirmation itself', () => {
    const mark = marksOf([first]).get(A);
    expect(mark).toEqual({ on: '2026-11-20', revision: 5 });
    expect([
      isChangedSince(confirmedOn('2026-11-20', 5), mark),
      isChangedSince(confirmedOn('2026-11-20', 6), mark),
    ]).toEqual([false, true]);
  });

  it('is nothing where its flows were declared right on top of it, and something where it was changed in between', () => {
    const onTop = marksOf([first, past(7, { flowsComplete: [{ urn: A, was: 5 }] })]).get(A);
    const between = marksOf([first, past(7, { flowsComplete: [{ urn: A, was: 6 }] })]).get(A);
    const now = confirmedOn('2026-11-20', 7);
    expect([isChangedSince(now, onTop), isChangedSince(now, between)]).toEqual([false, true]);
  });

  it('is not known where it was confirmed in another way since, or never by an attestation', () => {
    expect(isChangedSince(confirmedOn('2026-11-25', 9), marksOf([first]).get(A))).toBe(false);
    expect(isChangedSince(confirmedOn('2026-11-20', 9), marksOf([past(null)]).get(A))).toBe(false);
  });
});

describe('where a record stands', () => {
  const facts: RecordFacts = { since: '2026-11-10', freshness: 'FRESH', isPending: false, mark: undefined };

  it.each([
    ['CONFIRMED', '2026-11-10', {}],
    ['CONFIRMED', '2026-11-11', {}],
    ['TO_CONFIRM', '2026-11-09', {}],
    // Some days of the month are before that day.
    ['TO_CONFIRM', '2026-11', {}],
    ['CORRECTION_PENDING', '2026-11-11', { isPending: true }],
    ['TO_CONFIRM', '2026-11-11', { mark: { on: '2026-11-11', revision: 0 } }],
    ['CONFIRMED', '2026-01-01', { since: null }],
    ['TO_CONFIRM', '2026-01-01', { since: null, freshness: 'AGING' }],
  ] as const)('%s, confirmed on %s, %j', (state, attestedOn, more) => {
    expect(recordState(confirmedOn(attestedOn, 1), { ...facts, ...more })).toBe(state);
  });

  it('is to be confirmed where it never was', () => {
    expect(recordState(element(1), facts)).toBe('TO_CONFIRM');
  });
});

describe('how far an agency is', () => {
  const counts: AttestationCounts = { asked: 2, confirmed: 2, corrections: 0, declaredOn: '2026-11-20' };

  it.each([
    ['DONE', {}],
    ['DONE', { asked: 0, confirmed: 0 }],
    ['IN_PROGRESS', { confirmed: 1 }],
    ['IN_PROGRESS', { corrections: 1 }],
    ['IN_PROGRESS', { declaredOn: null }],
    ['IN_PROGRESS', { confirmed: 0, declaredOn: null, corrections: 1 }],
    ['NOT_BEGUN', { confirmed: 0, declaredOn: null }],
  ] as const)('%s on the day it is due: %j', (state, more) => {
    expect(campaignState({ ...counts, ...more }, '2026-11-30', '2026-11-30')).toBe(state);
    const late = campaignState({ ...counts, ...more }, '2026-11-30', '2026-12-01');
    expect(late).toBe(state === 'DONE' ? 'DONE' : 'OVERDUE');
  });

  it('counts a list that was declared complete on the day it was asked, or after', () => {
    const agency = (inventoryDeclaredCompleteOn: string): Element => {
      return element(1, { kind: 'AGENCY', attributes: { inventoryDeclaredCompleteOn } });
    };
    const told = ['2026-11-09', '2026-11-10', '2026-12', '2026-11'].map((on) =>
      declaredSince(agency(on), '2026-11-10'),
    );
    expect(told).toEqual([null, '2026-11-10', '2026-12', null]);
  });
});
