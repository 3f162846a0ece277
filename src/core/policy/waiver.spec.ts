import * as fc from 'fast-check';
import { daysLater } from '../landscape/calendar-day.js';
import { element, landscapeOf, relation, urnOf } from '../../../test/support/landscapes.js';
import { FINDING_OUTCOMES } from './rule.js';
import { WaiverCover, scopeOf } from './waiver-cover.js';
import { readWaiverPolicy } from './waiver-policy.js';
import { effectiveOutcome, waiverOn } from './waiver.js';
import type { Waiver, WaiverEvent, WaiverEventKind, WaiverTerms } from './waiver.js';

const RULE = 'R-07';
const TERMS: WaiverTerms = {
  rule: RULE,
  agency: urnOf('e1'),
  subjects: [urnOf('e2')],
  validFrom: '2026-03-01',
  validTo: '2026-05-31',
  compensatingMeasure: null,
};

function event(kind: WaiverEventKind, on: string, validTo: string | null = null): WaiverEvent {
  return { kind, on, by: 'administrator', reason: 'Lý do', document: null, validTo };
}
function waiver(later: readonly WaiverEvent[], terms: Partial<WaiverTerms> = {}): Waiver {
  return { id: 'w', terms: { ...TERMS, ...terms }, events: [event('REQUESTED', '2026-02-01'), ...later] };
}
const APPROVED = event('APPROVED', '2026-02-10');
const state = (of: Waiver, day: string): string | undefined => waiverOn(of, day)?.state;

describe('where a waiver stands', () => {
  it.each<[string, readonly WaiverEvent[], string, string | undefined]>([
    ['before it is asked for', [], '2026-01-31', undefined],
    ['while nobody has decided', [], '2026-04-01', 'REQUESTED'],
    ['while nobody has decided, also after its last day', [], '2026-07-01', 'REQUESTED'],
    ['the day before it is approved', [APPROVED], '2026-02-09', 'REQUESTED'],
    ['approved, before its first day', [APPROVED], '2026-02-28', 'NOT_YET_IN_FORCE'],
    ['on its first day', [APPROVED], '2026-03-01', 'IN_FORCE'],
    ['on its last day', [APPROVED], '2026-05-31', 'IN_FORCE'],
    ['the day after', [APPROVED], '2026-06-01', 'EXPIRED'],
    ['approved late: what was before stays as it was', [event('APPROVED', '2026-04-01')], '2026-03-15', 'REQUESTED'],
    ['approved late', [event('APPROVED', '2026-04-01')], '2026-04-01', 'IN_FORCE'],
    ['denied', [event('DENIED', '2026-02-10')], '2026-03-01', 'DENIED'],
    ['the day before it is revoked', [APPROVED, event('REVOKED', '2026-04-01')], '2026-03-31', 'IN_FORCE'],
    ['revoked', [APPROVED, event('REVOKED', '2026-04-01')], '2026-04-01', 'REVOKED'],
    ['revoked, after its last day', [APPROVED, event('REVOKED', '2026-04-01')], '2026-06-01', 'REVOKED'],
    ['withdrawn', [event('REVOKED', '2026-02-05')], '2026-03-01', 'REVOKED'],
    ['renewed', [APPROVED, event('RENEWED', '2026-05-20', '2026-08-31')], '2026-08-31', 'IN_FORCE'],
    ['after its renewal', [APPROVED, event('RENEWED', '2026-05-20', '2026-08-31')], '2026-09-01', 'EXPIRED'],
  ])('%s', (_when, later, day, expected) => {
    expect(state(waiver(later), day)).toBe(expected);
  });

  it('tells its last day, its renewals and who decided, as of the day', () => {
    const renewed = waiver([
      APPROVED,
      event('RENEWED', '2026-05-20', '2026-08-31'),
      event('RENEWED', '2026-08-01', '2026-11-30'),
    ]);
    const told = (day: string): unknown => {
      const status = waiverOn(renewed, day);
      return [status?.validTo, status?.renewals, status?.decision?.kind];
    };
    expect(told('2026-02-01')).toEqual(['2026-05-31', 0, undefined]);
    expect(told('2026-05-20')).toEqual(['2026-08-31', 1, 'APPROVED']);
    expect(told('2026-12-01')).toEqual(['2026-11-30', 2, 'APPROVED']);
  });

  it('on a past day is not changed by what happens later', () => {
    const kinds = fc.constantFrom<WaiverEventKind>('APPROVED', 'DENIED', 'REVOKED', 'RENEWED');
    const days = fc.integer({ min: 0, max: 200 }).map((after) => daysLater('2026-02-01', after));
    const events = fc
      .array(fc.tuple(kinds, days), { maxLength: 6 })
      .map((drawn) =>
        drawn
          .toSorted(([, a], [, b]) => (a < b ? -1 : Number(a > b)))
          .map(([kind, on]) => event(kind, on, kind === 'RENEWED' ? daysLater(on, 30) : null)),
      );
    fc.assert(
      fc.property(events, days, (later, day) => {
        const known = later.filter(({ on }) => on <= day);
        expect(waiverOn(waiver(later), day)).toEqual(waiverOn(waiver(known), day));
      }),
    );
  });
});

describe('what a finding counts as', () => {
  it('is waived where it fails and is waived, and what it is otherwise', () => {
    expect(FINDING_OUTCOMES.map((outcome) => effectiveOutcome(outcome, false))).toEqual(FINDING_OUTCOMES);
    expect(FINDING_OUTCOMES.map((outcome) => effectiveOutcome(outcome, true))).toEqual(
      FINDING_OUTCOMES.map((outcome) => (outcome === 'FAIL' ? 'WAIVED' : outcome)),
    );
  });
});

/** Two agencies; the first owns two systems, the third system is nobody's. */
const CITY = landscapeOf(
  [element(0, { kind: 'AGENCY' }), element(1, { kind: 'AGENCY' }), element(2), element(3), element(4)],
  [relation(1, [2, 1], { kind: 'OWNED_BY' }), relation(2, [3, 1], { kind: 'OWNED_BY' })],
);

function covered(waivers: readonly Waiver[], day = '2026-04-01', rule = RULE): string[] {
  const cover = new WaiverCover(CITY, waivers, day);
  return [...CITY.elements()].flatMap((each) => (cover.ofElement(rule, each) === undefined ? [] : [each.urn]));
}

describe('what is waived', () => {
  it('is what a waiver in force names, by its rule alone', () => {
    const named = waiver([APPROVED]);
    expect(covered([named])).toEqual([urnOf('e2')]);
    expect(covered([named], '2026-06-01')).toEqual([]);
    expect(covered([named], '2026-04-01', 'R-08')).toEqual([]);
    expect(covered([waiver([])])).toEqual([]);
  });

  it('is all that the agency owns, and the agency itself, where it is for the whole agency', () => {
    const whole = waiver([APPROVED], { subjects: null });
    expect(covered([whole])).toEqual([urnOf('e1'), urnOf('e2'), urnOf('e3')]);
    const cover = new WaiverCover(CITY, [whole], '2026-04-01');
    const future = [cover.ofAgency(RULE, urnOf('e1')), cover.ofAgency(RULE, urnOf('e0')), cover.ofAgency(RULE, null)];
    expect(future).toEqual([whole, undefined, undefined]);
  });

  it('is nothing for what an agency is going to have, where a waiver names its subjects', () => {
    expect(new WaiverCover(CITY, [waiver([APPROVED])], '2026-04-01').ofAgency(RULE, urnOf('e1'))).toBeUndefined();
  });

  it('is nothing where the agency is not there, or the view does not show it', () => {
    expect(covered([waiver([APPROVED], { agency: urnOf('khong-co') })])).toEqual([]);
  });

  it('is nothing that its agency owns no more, whoever else asks for the same', () => {
    const moved = landscapeOf(
      [element(0, { kind: 'AGENCY' }), element(1, { kind: 'AGENCY' }), element(2), element(3), element(4)],
      [relation(1, [2, 0], { kind: 'OWNED_BY' })],
    );
    const [old, own] = [waiver([APPROVED], { validTo: '2026-12-31' }), waiver([APPROVED], { agency: urnOf('e0') })];
    const ofOwner = (waivers: readonly Waiver[]): Waiver | undefined =>
      new WaiverCover(moved, waivers, '2026-04-01').ofElement(RULE, element(2));
    expect([ofOwner([old]), ofOwner([old, own]), ofOwner([own, old])]).toEqual([undefined, own, own]);
    expect([scopeOf(moved, old.terms), scopeOf(moved, own.terms).length]).toEqual([[], 1]);
  });

  it('is just the scope of a waiver, as far as it is there', () => {
    for (const subjects of [null, [urnOf('e2'), urnOf('e4')], [urnOf('khong-co')]]) {
      const each = waiver([APPROVED], { subjects });
      expect(scopeOf(CITY, each.terms).map(({ urn }) => urn)).toEqual(covered([each]));
    }
    expect(scopeOf(CITY, { ...TERMS, subjects: null, agency: urnOf('khong-co') })).toEqual([]);
  });

  it('is told by the waiver that lasts longest, of two that last equally long by the first', () => {
    const short = { ...waiver([APPROVED]), id: 'short' };
    const long = { ...waiver([APPROVED], { validTo: '2026-12-31', subjects: null }), id: 'long' };
    const same = { ...waiver([APPROVED]), id: 'same' };
    const told = (waivers: readonly Waiver[], seq: number): string | undefined =>
      new WaiverCover(CITY, waivers, '2026-04-01').ofElement(RULE, element(seq))?.id;
    expect([told([short, long], 2), told([long, short], 2), told([short, long], 3)]).toEqual(['long', 'long', 'long']);
    expect(told([short, same], 2)).toBe('short');
  });
});

describe('the limits of waivers', () => {
  const good = { source: { vi: 'Nguồn', en: 'Source' }, confidence: 'UNSOURCED', maximumDays: 365, maximumRenewals: 0 };

  it('are taken as they stand', () => {
    expect(readWaiverPolicy(good)).toEqual({ policy: good, problems: [] });
  });

  it.each([
    [{ maximumDays: 0 }, 'maximumDays'],
    [{ maximumDays: 1.5 }, 'maximumDays'],
    [{ maximumRenewals: -1 }, 'maximumRenewals'],
    [{ confidence: 'SURE' }, 'confidence'],
    [{ source: { vi: 'Nguồn' } }, 'source.en'],
    [{ maximumDay: 1 }, 'maximumDay'],
  ])('are refused where %j', (more, path) => {
    expect(readWaiverPolicy({ ...good, ...more }).problems.map((each) => each.path)).toContain(path);
  });
});
