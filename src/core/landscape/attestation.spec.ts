import { element, landscapeOf, urnOf } from '../../../test/support/landscapes.js';
import {
  campaignState,
  changedSince,
  declaredSince,
  endedOn,
  goneSince,
  laterThan,
  recordState,
} from './attestation.js';
import type { AttestationCounts, Mark, RecordFacts } from './attestation.js';
import type { Element } from './model.js';

const OWNER = urnOf('so-ta');
const TODAY = '2026-11-29';
const mark = (more: Partial<Mark> = {}): Mark & { content: string } => ({
  agency: OWNER,
  on: '2026-11-20',
  saidOn: '2026-11-21',
  revision: 5,
  content: 'như vậy',
  ...more,
});
const confirmedOn = (attestedOn: string, revision = 1): Element => element(1, { revision, attributes: { attestedOn } });

describe('what became of a record after its confirmation', () => {
  const now = (revision: number, content: string): boolean | null =>
    changedSince(confirmedOn('2026-11-20', revision), OWNER, mark(), () => content);

  it('is nothing while its last change is the confirmation itself, or it is the same again', () => {
    expect([now(5, 'khác'), now(6, 'như vậy'), now(6, 'khác')]).toEqual([false, false, true]);
  });

  it('is not known where its owner of today did not say the day that it tells', () => {
    const told = (attestedOn: string, said: ReturnType<typeof mark> | undefined): boolean | null =>
      changedSince(confirmedOn(attestedOn), OWNER, said, () => 'như vậy');
    expect(told('2026-11-20', mark())).toBe(false);
    expect(told('2026-11-20', undefined)).toBeNull();
    expect(told('2026-11-25', mark())).toBeNull();
    expect(told('2026-11-20', mark({ agency: urnOf('so-cu') }))).toBeNull();
  });
});

describe('where a record stands', () => {
  const facts: RecordFacts = {
    since: '2026-11-10',
    today: TODAY,
    freshness: 'FRESH',
    isPending: false,
    isForeign: false,
    changedSince: false,
  };

  it.each([
    ['CONFIRMED', '2026-11-10', {}],
    ['CONFIRMED', '2026-11-11', {}],
    ['TO_CONFIRM', '2026-11-09', {}],
    // Some days of the month are before that day.
    ['TO_CONFIRM', '2026-11', {}],
    ['CORRECTION_PENDING', '2026-11-11', { isPending: true }],
    ['TO_CONFIRM', '2026-11-11', { changedSince: true }],
    // Nobody knows how the day came there.
    ['TO_CONFIRM', '2026-11-11', { changedSince: null }],
    ['CONFIRMED', '2026-01-01', { since: null }],
    ['CONFIRMED', '2026-01-01', { since: null, changedSince: null }],
    ['TO_CONFIRM', '2026-01-01', { since: null, changedSince: null, isForeign: true }],
    ['TO_CONFIRM', '2026-01-01', { since: null, freshness: 'AGING' }],
    ['TO_CONFIRM', '2099', { since: null, changedSince: null }],
    ['TO_CONFIRM', '2026-11-30', {}],
  ] as const)('%s, confirmed on %s, %j', (state, attestedOn, more) => {
    expect(recordState(confirmedOn(attestedOn), { ...facts, ...more })).toBe(state);
  });

  it('is to be confirmed where it never was', () => {
    expect(recordState(element(1), facts)).toBe('TO_CONFIRM');
  });
});

describe('a day that is told already', () => {
  it.each([
    ['2026-11-20', '2026-11-19', '2026-11-20'],
    ['2026-11-20', '2026-11-20', undefined],
    ['2026-11', '2026-10-31', '2026-11'],
    ['2026-11', '2026-11-05', undefined],
    // Nobody could say it yet.
    ['2099', TODAY, undefined],
    ['2026-11-30', TODAY, undefined],
    [null, TODAY, undefined],
  ])('%s against %s: %s', (known, on, stands) => {
    expect(laterThan(known, on, TODAY)).toBe(stands);
  });
});

describe('an agency', () => {
  it('is gone when its time is surely over, and not while it is to end', () => {
    const until = (validTo: string): Element => element(1, { kind: 'AGENCY', attributes: { validTo } });
    const told = ['2026-11-28', '2026-11-29', '2026-11', '2027'].map((day) => endedOn(until(day), TODAY));
    expect(told).toEqual(['2026-11-28', undefined, undefined, undefined]);
    expect(endedOn(until('2027'), null)).toBe('2027');
    expect(goneSince(landscapeOf([element(0), until('2027')], []), until('2027'))).toBe('2027');
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

  it('counts a list that it declared complete itself, on the day it was asked or after', () => {
    const agency = (inventoryDeclaredCompleteOn: string): Element => {
      return element(1, { urn: OWNER, kind: 'AGENCY', attributes: { inventoryDeclaredCompleteOn } });
    };
    const told = ['2026-11-09', '2026-11-10', '2026-12', '2026-11'].map((on) =>
      declaredSince(agency(on), mark({ on }), '2026-11-10'),
    );
    expect(told).toEqual([null, '2026-11-10', '2026-12', null]);
    expect(declaredSince(agency('2026-11-10'), undefined, '2026-11-10')).toBeNull();
    expect(declaredSince(agency('2026-11-12'), mark({ on: '2026-11-10' }), '2026-11-10')).toBeNull();
  });
});
