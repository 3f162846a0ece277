import { issue } from '../errors.js';
import type { Issue } from '../errors.js';
import { dayBefore } from '../landscape/calendar-day.js';
import type { PartialDate } from '../landscape/model.js';
import { textIssues } from '../landscape/text-issues.js';
import { dayIssues } from '../landscape/day-issues.js';
import { firstDayOf, isBefore, lastDayOf } from './partial-date.js';
import type { Rule } from './rule.js';
import type { RuleVersion } from './rule-version.js';

/** The last day that the calendar of the registry has. */
const LAST_DAY = '9998-12-31';
const NAME_MAXIMUM = 200;

/** What is wrong with withdrawing a rule from a day on: what was asked of the past stays as it was. */
export function withdrawalIssues({ rule }: RuleVersion, from: PartialDate, today: PartialDate): Issue[] {
  const wrong = dayIssues('from', from, [today, LAST_DAY]);
  if (wrong.length > 0) return wrong;
  const { effectiveTo } = rule;
  const isOverThen = effectiveTo !== null && lastDayOf(effectiveTo) <= dayBefore(from);
  return isOverThen ? [issue('NOTHING_TO_DO', ['from'])] : [];
}

/**
 * Where a version would be in effect on fewer days than the one that it replaces, or may be. It takes the place of that
 * one on all days, those that are over included: law of another day has a code of its own, and what ends is withdrawn.
 * @returns none where the one that it replaces has not begun.
 */
export function narrowedEnds(
  { effectiveFrom: from, effectiveTo: to }: Rule,
  { effectiveFrom, effectiveTo }: Rule,
  today: PartialDate,
): ('effectiveFrom' | 'effectiveTo')[] {
  const hasBegun = effectiveFrom === null || firstDayOf(effectiveFrom) <= today;
  if (!hasBegun) return [];
  const beginsLater =
    from !== null && from !== effectiveFrom && (effectiveFrom === null || isBefore(effectiveFrom, from) !== false);
  const endsEarlier =
    to !== null && to !== effectiveTo && (effectiveTo === null || isBefore(to, effectiveTo) !== false);
  return [...(beginsLater ? (['effectiveFrom'] as const) : []), ...(endsEarlier ? (['effectiveTo'] as const) : [])];
}

/** What somebody says of a citation. */
export interface Verification {
  /** The version of the rule that he looked at. */
  readonly version: string;
  /** Place of the citation, from 0. */
  readonly citation: number;
  readonly verifiedBy: string;
}

/** Which citation of which version somebody speaks of. */
type Place = Pick<Verification, 'version' | 'citation'>;

/** What is wrong with verifying a citation of a rule. */
export function verificationIssues(inUse: RuleVersion, { verifiedBy, ...place }: Verification): Issue[] {
  const [stale] = staleIssues(inUse, place);
  if (stale !== undefined) return [stale];
  return [...citationIssues(inUse, place, false), ...textIssues('verifiedBy', verifiedBy, NAME_MAXIMUM)];
}

/** What is wrong with disputing that a citation of a rule was verified. */
export function disputeIssues(inUse: RuleVersion, place: Place): Issue[] {
  const stale = staleIssues(inUse, place);
  return stale.length > 0 ? stale : citationIssues(inUse, place, true);
}

function staleIssues({ rule: { code }, version: actual }: RuleVersion, { version }: Place): Issue[] {
  return version === actual ? [] : [issue('RULE_VERSION_STALE', ['version'], { code, expected: version, actual })];
}

/** @param isVerified - whether it has to be verified for there to be something to do. */
function citationIssues({ rule: { citations } }: RuleVersion, { citation }: Place, isVerified: boolean): Issue[] {
  const cited = citations[citation];
  if (cited === undefined) {
    const bounds = { minimum: 0, maximum: citations.length - 1 };
    return [issue('VALUE_OUT_OF_BOUNDS', ['citation'], { field: 'citation', value: citation, ...bounds })];
  }
  const isNow = cited.verification === 'VERIFIED_AGAINST_SIGNED_TEXT';
  return isNow === isVerified ? [] : [issue('NOTHING_TO_DO', ['citation'])];
}
