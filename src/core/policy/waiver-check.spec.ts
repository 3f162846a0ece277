import { told } from '../../../test/support/change-sets.js';
import { element, landscapeOf, relation, urnOf } from '../../../test/support/landscapes.js';
import type { Rule } from './rule.js';
import { decisionIssues, renewalIssues, requestIssues, revocationIssues } from './waiver-check.js';
import type { WaiverRequest } from './waiver-check.js';
import type { WaiverPolicy } from './waiver-policy.js';
import type { Waiver, WaiverEvent, WaiverEventKind } from './waiver.js';

const TODAY = '2026-11-29';
const TEXT = { vi: 'Chữ', en: 'Text' };
const POLICY: WaiverPolicy = { source: TEXT, confidence: 'UNSOURCED', maximumDays: 100, maximumRenewals: 1 };
const RULE: Rule = {
  code: 'R-07',
  title: TEXT,
  severity: 'MAJOR',
  enforcement: 'ENFORCE',
  tier: 1,
  citations: [
    {
      instrument: null,
      article: null,
      text: TEXT,
      url: null,
      confidence: 'LOW',
      verification: 'UNVERIFIED',
      verifiedBy: null,
      verifiedOn: null,
    },
  ],
  effectiveFrom: null,
  effectiveTo: null,
  regimes: null,
  parameters: {},
  fixHint: TEXT,
  cases: [{ appliesTo: ['SYSTEM'], appliesWhen: null, expression: 'true', values: {}, messages: {}, examples: [] }],
};
const SETTING = { policy: POLICY, rules: [RULE], today: TODAY };
const AGENCY = urnOf('e1');
const OWN = urnOf('e3');

/** Two agencies with a system each; a database of the first; an agency that is no more. */
const CITY = landscapeOf(
  [
    element(1, { kind: 'AGENCY' }),
    element(2, { kind: 'AGENCY' }),
    element(3),
    element(4),
    element(5, { kind: 'AGENCY', level: 'FORMER_DISTRICT' }),
    element(6, { kind: 'DATABASE' }),
    element(7),
  ],
  [
    relation(1, [3, 1], { kind: 'OWNED_BY' }),
    relation(2, [4, 2], { kind: 'OWNED_BY' }),
    relation(3, [6, 1], { kind: 'OWNED_BY' }),
  ],
);

/** The same city on the day on which waivers are decided. */
const NOW = { landscape: CITY, today: TODAY };
const RENEWING = { ...NOW, policy: POLICY };

const REQUEST: WaiverRequest = {
  rule: 'R-07',
  agency: AGENCY,
  subjects: [OWN],
  wholeAgency: false,
  reason: 'Đang chuyển đổi',
  document: null,
  compensatingMeasure: null,
  validFrom: TODAY,
  validTo: '2026-12-31',
};

describe('a request for a waiver', () => {
  it.each<[string, Partial<WaiverRequest>]>([
    ['of something of its own', {}],
    ['of all that it owns', { subjects: [], wholeAgency: true }],
    ['from today for the most days', { validTo: '2027-03-08' }],
    ['of one day', { validTo: TODAY }],
    ['from a later day', { validFrom: '2027-01-01', validTo: '2027-02-01' }],
    ['with a paper and a measure', { document: '12/TTr-SXN', compensatingMeasure: 'Ghi nhật ký kết nối' }],
  ])('is taken %s', (_what, more) => {
    expect(told(requestIssues(CITY, { ...REQUEST, ...more }, SETTING))).toEqual([]);
  });

  it.each<[string, Partial<WaiverRequest>]>([
    ['VALUE_NOT_ALLOWED rule', { rule: 'R-99' }],
    ['URN_UNKNOWN agency', { agency: urnOf('khong-co') }],
    ['NOT_AN_AGENCY agency', { agency: OWN }],
    ['AGENCY_ENDED agency', { agency: urnOf('e5') }],
    ['VALUE_MISSING subjects', { subjects: [] }],
    ['ARGUMENTS_EXCLUSIVE subjects', { wholeAgency: true }],
    ['LIMIT_EXCEEDED subjects', { subjects: Array.from({ length: 101 }, () => OWN) }],
    ['URN_UNKNOWN subjects.1', { subjects: [OWN, urnOf('khong-co')] }],
    ['ELEMENT_NOT_OWNED subjects.0', { subjects: [urnOf('e4')] }],
    ['ELEMENT_NOT_OWNED subjects.0', { subjects: [urnOf('e7')] }],
    ['REFERENCE_OF_WRONG_KIND subjects.0', { subjects: [urnOf('e6')] }],
    ['REFERENCE_OF_WRONG_KIND subjects.0', { subjects: [AGENCY] }],
    ['VALUE_OUT_OF_BOUNDS validFrom', { validFrom: '2026-11-28' }],
    ['VALUE_OUT_OF_BOUNDS validFrom', { validFrom: '2027-03-10', validTo: '2027-03-10' }],
    ['VALUE_OF_WRONG_TYPE validFrom', { validFrom: '2027-01' }],
    ['VALUE_OF_WRONG_TYPE validTo', { validTo: '2027' }],
    ['VALUE_OUT_OF_BOUNDS validTo', { validTo: '2026-11-28' }],
    ['VALUE_OUT_OF_BOUNDS validTo', { validTo: '2027-03-09' }],
    ['VALUE_MISSING reason', { reason: ' ' }],
    ['LIMIT_EXCEEDED reason', { reason: 'x'.repeat(2_001) }],
    ['VALUE_OF_WRONG_TYPE reason', { reason: 'a\u0000' }],
    ['VALUE_MISSING document', { document: '' }],
    ['LIMIT_EXCEEDED document', { document: 'x'.repeat(501) }],
    ['VALUE_MISSING compensatingMeasure', { compensatingMeasure: '' }],
  ])('is refused: %s', (expected, more) => {
    expect(told(requestIssues(CITY, { ...REQUEST, ...more }, SETTING))).toEqual([expected]);
  });

  it('is told all that is wrong with it', () => {
    const wrong = { rule: 'R-99', subjects: [], validTo: '2020-01-01', reason: '' };
    expect(told(requestIssues(CITY, { ...REQUEST, ...wrong }, SETTING))).toEqual([
      'VALUE_NOT_ALLOWED rule',
      'VALUE_MISSING subjects',
      'VALUE_OUT_OF_BOUNDS validTo',
      'VALUE_MISSING reason',
    ]);
  });
});

function event(kind: WaiverEventKind, on = '2026-11-20', validTo: string | null = null): WaiverEvent {
  return { kind, on, by: 'administrator', reason: 'Lý do', document: null, validTo };
}
function waiver(...later: readonly WaiverEvent[]): Waiver {
  const { rule, agency, subjects, compensatingMeasure } = REQUEST;
  const terms = { rule, agency, subjects, compensatingMeasure, validFrom: '2026-11-15', validTo: '2026-12-31' };
  return { id: 'w', terms, events: [event('REQUESTED', '2026-11-10'), ...later] };
}
const WAITING = waiver();
const IN_FORCE = waiver(event('APPROVED'));
const ENDED: readonly Waiver[] = [waiver(event('DENIED')), waiver(event('REVOKED'))];
const EXPIRED: Waiver = { ...IN_FORCE, terms: { ...IN_FORCE.terms, validTo: '2026-11-28' } };
const GROUNDS = { reason: 'Lý do', document: '12/QĐ' };

describe('what is decided of a waiver', () => {
  it('is an approval, with a paper, or a denial, of what waits', () => {
    expect(told(decisionIssues(WAITING, { ...GROUNDS, approves: true }, NOW))).toEqual([]);
    expect(told(decisionIssues(WAITING, { reason: 'Không', document: null, approves: false }, NOW))).toEqual([]);
    const bare = { reason: '', document: null, approves: true };
    expect(told(decisionIssues(WAITING, bare, NOW))).toEqual(['VALUE_MISSING reason', 'VALUE_MISSING document']);
    expect(told(decisionIssues(WAITING, { ...bare, approves: false }, NOW))).toEqual(['VALUE_MISSING reason']);
  });

  it('is no approval of what has come to its end while it waited', () => {
    const late = { ...WAITING, terms: { ...WAITING.terms, validTo: '2026-11-28' } };
    expect(told(decisionIssues(late, { ...GROUNDS, approves: true }, NOW))).toEqual(['END_BEFORE_START waiver']);
    expect(told(decisionIssues(late, { ...GROUNDS, approves: false }, NOW))).toEqual([]);
  });

  it.each([IN_FORCE, EXPIRED, ...ENDED])('is decided once', (decided) => {
    for (const approves of [true, false]) {
      expect(told(decisionIssues(decided, { ...GROUNDS, approves }, NOW))).toEqual(['WAIVER_STATE waiver']);
    }
  });

  it('is a revocation of what waits or holds, once', () => {
    for (const each of [WAITING, IN_FORCE]) expect(told(revocationIssues(each, GROUNDS, TODAY))).toEqual([]);
    for (const each of [EXPIRED, ...ENDED]) {
      expect(told(revocationIssues(each, GROUNDS, TODAY))).toEqual(['WAIVER_STATE waiver']);
    }
    const silent = { reason: '', document: null };
    expect(told(revocationIssues(WAITING, silent, TODAY))).toEqual(['VALUE_MISSING reason']);
  });

  it('is a renewal of what holds, from its last day on for no longer than a waiver may be', () => {
    const renewed = (validTo: string, of = IN_FORCE): string[] =>
      told(renewalIssues(of, { ...GROUNDS, validTo }, RENEWING));
    expect(renewed('2027-01-01')).toEqual([]);
    expect(renewed('2027-04-10')).toEqual([]);
    for (const day of ['2026-12-31', '2027-04-11']) expect(renewed(day)).toEqual(['VALUE_OUT_OF_BOUNDS validTo']);
    expect(renewed('2027')).toEqual(['VALUE_OF_WRONG_TYPE validTo']);
    for (const each of [WAITING, EXPIRED, ...ENDED]) {
      expect(renewed('2027-01-01', each)).toEqual(['WAIVER_STATE waiver']);
    }
    const bare = { reason: '', document: null, validTo: '2027-01-01' };
    expect(told(renewalIssues(IN_FORCE, bare, RENEWING))).toEqual(['VALUE_MISSING reason', 'VALUE_MISSING document']);
  });

  it('is no renewal more than there may be', () => {
    const once = waiver(event('APPROVED'), event('RENEWED', '2026-11-21', '2027-01-31'));
    const again = { ...GROUNDS, validTo: '2027-02-28' };
    expect(told(renewalIssues(once, again, RENEWING))).toEqual(['LIMIT_EXCEEDED waiver']);
    const twice = { ...RENEWING, policy: { ...POLICY, maximumRenewals: 2 } };
    expect(told(renewalIssues(once, again, twice))).toEqual([]);
  });

  it('is nothing that lets a waiver count where its agency owns nothing more of what it names, or is no more', () => {
    const renewal = { ...GROUNDS, validTo: '2027-01-01' };
    const both = (terms: Partial<Waiver['terms']>): string[][] => [
      told(decisionIssues({ ...WAITING, terms: { ...WAITING.terms, ...terms } }, { ...GROUNDS, approves: true }, NOW)),
      told(renewalIssues({ ...IN_FORCE, terms: { ...IN_FORCE.terms, ...terms } }, renewal, RENEWING)),
    ];
    const [others, nobodys, removed] = [urnOf('e4'), urnOf('e7'), urnOf('e99')];
    for (const subjects of [[others], [nobodys], [removed]]) {
      expect(both({ subjects })).toEqual([['ELEMENT_NOT_OWNED waiver'], ['ELEMENT_NOT_OWNED waiver']]);
    }
    expect(both({ subjects: [others, OWN] })).toEqual([[], []]);
    const agency = urnOf('e5');
    expect(both({ agency, subjects: null })).toEqual([['AGENCY_ENDED waiver'], ['AGENCY_ENDED waiver']]);
    const denial = { reason: 'Không', document: null, approves: false };
    const given = { ...WAITING, terms: { ...WAITING.terms, subjects: [others] } };
    expect(told(decisionIssues(given, denial, NOW))).toEqual([]);
    expect(told(revocationIssues(given, GROUNDS, TODAY))).toEqual([]);
  });

  it('is not decided before it was asked for', () => {
    expect(() => revocationIssues(WAITING, GROUNDS, '2026-11-09')).toThrow('before it was asked for');
  });
});
