import { issue } from '../errors.js';
import type { Issue } from '../errors.js';
import { goneSince } from '../landscape/attestation.js';
import { daysLater } from '../landscape/calendar-day.js';
import { dayIssues } from '../landscape/day-issues.js';
import type { ChangeBase } from '../landscape/landscape.js';
import type { PartialDate } from '../landscape/model.js';
import { respondentOf } from '../landscape/respondent.js';
import { textIssues } from '../landscape/text-issues.js';
import { TEXT_MAXIMUM, groundsIssues, paperIssues } from './grounds.js';
import type { Grounds } from './grounds.js';
import { kindsOf } from './rule.js';
import type { Rule } from './rule.js';
import type { WaiverPolicy } from './waiver-policy.js';
import { scopeOf } from './waiver-cover.js';
import { waiverOn } from './waiver.js';
import type { Waiver, WaiverState } from './waiver.js';

/** A waiver that an agency asks for: of what it names, or of all that it owns. */
export interface WaiverRequest extends Grounds {
  readonly rule: string;
  readonly agency: string;
  /** urns, each once. */
  readonly subjects: readonly string[];
  readonly wholeAgency: boolean;
  readonly compensatingMeasure: string | null;
  readonly validFrom: PartialDate;
  readonly validTo: PartialDate;
}

/** The landscape of today, by which it is judged who still owns what a waiver is for. */
export interface WaiverToday {
  readonly landscape: ChangeBase;
  readonly today: PartialDate;
}

/** By what requests and decisions are judged. */
export interface WaiverSetting {
  readonly policy: WaiverPolicy;
  readonly rules: readonly Rule[];
  readonly today: PartialDate;
}

/** Most subjects that one waiver names. */
export const SUBJECTS_MAXIMUM = 100;

/** What is wrong with a request, in the order of its fields; nothing where it can be recorded. */
export function requestIssues(landscape: ChangeBase, request: WaiverRequest, setting: WaiverSetting): Issue[] {
  const rule = setting.rules.find(({ code }) => code === request.rule);
  return [
    ...(rule === undefined ? [unknownRule(request.rule, setting.rules)] : []),
    ...scopeIssues(landscape, request, rule),
    ...periodIssues(request, setting),
    ...groundsIssues(request),
    ...textIssues('compensatingMeasure', request.compensatingMeasure, TEXT_MAXIMUM),
  ];
}

function unknownRule(value: string, rules: readonly Rule[]): Issue {
  const allowed = rules.map(({ code }) => code).join(', ');
  return issue('VALUE_NOT_ALLOWED', ['rule'], { field: 'rule', value, allowed });
}

function scopeIssues(landscape: ChangeBase, request: WaiverRequest, rule: Rule | undefined): Issue[] {
  const { agency: urn, subjects, wholeAgency } = request;
  const agency = landscape.elementByUrn(urn);
  if (agency === undefined) return [issue('URN_UNKNOWN', ['agency'], { urn })];
  if (agency.kind !== 'AGENCY') return [issue('NOT_AN_AGENCY', ['agency'], { urn, kind: agency.kind })];
  const from = goneSince(landscape, agency);
  if (from !== undefined) return [issue('AGENCY_ENDED', ['agency'], { urn, from })];
  const count = subjects.length;
  if (wholeAgency) {
    return count === 0 ? [] : [issue('ARGUMENTS_EXCLUSIVE', ['subjects'], { field: 'subjects', other: 'wholeAgency' })];
  }
  if (count === 0) return [issue('VALUE_MISSING', ['subjects'], { field: 'subjects' })];
  if (count > SUBJECTS_MAXIMUM) {
    const params = { field: 'subjects', limit: SUBJECTS_MAXIMUM, actual: count };
    return [issue('LIMIT_EXCEEDED', ['subjects'], params)];
  }
  return subjects.flatMap((subject, index) => subjectIssues(landscape, { subject, agency: urn, index }, rule));
}

function subjectIssues(
  landscape: ChangeBase,
  { subject: urn, agency, index }: { readonly subject: string; readonly agency: string; readonly index: number },
  rule: Rule | undefined,
): Issue[] {
  const path = ['subjects', `${index}`];
  const element = landscape.elementByUrn(urn);
  if (element === undefined) return [issue('URN_UNKNOWN', path, { urn })];
  if (respondentOf(landscape, element, 'SELF')?.urn !== agency) {
    return [issue('ELEMENT_NOT_OWNED', path, { urn, agency })];
  }
  const { kind } = element;
  const kinds = rule === undefined ? [kind] : kindsOf(rule);
  if (kinds.includes(kind)) return [];
  return [issue('REFERENCE_OF_WRONG_KIND', path, { field: 'subjects', urn, kind, allowed: kinds.join(', ') })];
}

function periodIssues({ validFrom, validTo }: WaiverRequest, { policy, today }: WaiverSetting): Issue[] {
  const days = policy.maximumDays;
  const begins = dayIssues('validFrom', validFrom, [today, daysLater(today, days)]);
  if (begins.length > 0) return begins;
  return dayIssues('validTo', validTo, [validFrom, daysLater(validFrom, days - 1)]);
}

function stateIssues(state: WaiverState, allowed: readonly WaiverState[]): Issue[] {
  return allowed.includes(state) ? [] : [issue('WAIVER_STATE', ['waiver'], { state, allowed: allowed.join(', ') })];
}

/**
 * What is wrong with letting a waiver count from today on: it is its agency's answer for what that owns, so it would waive
 * nothing where the agency is no more, or owns nothing of what the waiver names. What it still owns is enough.
 */
function ownerIssues(landscape: ChangeBase, { terms: { agency: urn, subjects } }: Waiver): Issue[] {
  const agency = landscape.elementByUrn(urn);
  const from = agency === undefined ? undefined : goneSince(landscape, agency);
  if (agency === undefined || from !== undefined) {
    return [issue('AGENCY_ENDED', ['waiver'], { urn, from: from ?? '?' })];
  }
  if (subjects === null || scopeOf(landscape, { agency: urn, subjects }).length > 0) return [];
  return subjects.map((subject) => issue('ELEMENT_NOT_OWNED', ['waiver'], { urn: subject, agency: urn }));
}

/** What is wrong with deciding a request today. */
export function decisionIssues(
  waiver: Waiver,
  { approves, ...grounds }: Grounds & { readonly approves: boolean },
  { landscape, today }: WaiverToday,
): Issue[] {
  const { state, validTo } = stateNow(waiver, today);
  const refused = stateIssues(state, ['REQUESTED']);
  if (refused.length > 0) return refused;
  if (!approves) return groundsIssues(grounds);
  const isOver = validTo < today;
  return [
    ...(isOver ? [issue('END_BEFORE_START', ['waiver'], { field: 'validTo', value: validTo, start: today })] : []),
    ...ownerIssues(landscape, waiver),
    ...groundsIssues(grounds),
    ...paperIssues(grounds),
  ];
}

/** What is wrong with ending a waiver, or withdrawing what was asked for, today. */
export function revocationIssues(waiver: Waiver, grounds: Grounds, today: PartialDate): Issue[] {
  const { state } = stateNow(waiver, today);
  const refused = stateIssues(state, ['REQUESTED', 'NOT_YET_IN_FORCE', 'IN_FORCE']);
  return refused.length > 0 ? refused : groundsIssues(grounds);
}

/**
 * What is wrong with renewing a waiver today until another day. One that has expired is asked for anew, and so is what
 * another agency owns by now.
 */
export function renewalIssues(
  waiver: Waiver,
  { validTo, ...grounds }: Grounds & { readonly validTo: PartialDate },
  { policy, landscape, today }: WaiverToday & Pick<WaiverSetting, 'policy'>,
): Issue[] {
  const status = stateNow(waiver, today);
  const refused = stateIssues(status.state, ['NOT_YET_IN_FORCE', 'IN_FORCE']);
  if (refused.length > 0) return refused;
  const { maximumRenewals: limit, maximumDays } = policy;
  const actual = status.renewals + 1;
  const tooOften = actual > limit ? [issue('LIMIT_EXCEEDED', ['waiver'], { field: 'renewals', limit, actual })] : [];
  return [
    ...tooOften,
    ...ownerIssues(landscape, waiver),
    ...dayIssues('validTo', validTo, [daysLater(status.validTo, 1), daysLater(status.validTo, maximumDays)]),
    ...groundsIssues(grounds),
    ...paperIssues(grounds),
  ];
}

function stateNow(waiver: Waiver, today: PartialDate): NonNullable<ReturnType<typeof waiverOn>> {
  const status = waiverOn(waiver, today);
  if (status === undefined) throw new RangeError(`Waiver ${waiver.id} is decided before it was asked for.`);
  return status;
}
