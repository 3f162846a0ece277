import type { PartialDate } from '../landscape/model.js';

/** Characters of a date that is known to the day. */
const DAY_LENGTH = 10;

/** First day that a partial date may mean: `2026-07` begins on `2026-07-01`. */
export function firstDayOf(date: PartialDate): string {
  return date.length === DAY_LENGTH ? date : `${date}-01-01`.slice(0, DAY_LENGTH);
}

/**
 * Last day that a partial date may mean, as text that sorts behind every day of it. The 31st stands for the end of any
 * month: it is only ever compared, and no real day of a shorter month sorts behind it.
 */
export function lastDayOf(date: PartialDate): string {
  return date.length === DAY_LENGTH ? date : `${date}${'-12-31'.slice(date.length === 4 ? 0 : 3)}`;
}

/** Whether one date lies before another; undefined where what is known of them leaves both possible. */
export function isBefore(date: PartialDate, other: PartialDate): boolean | undefined {
  if (lastDayOf(date) < firstDayOf(other)) return true;
  return firstDayOf(date) >= lastDayOf(other) ? false : undefined;
}

/** A span of days; the first day belongs to it, the last one too. null = open on that side. */
export interface Interval {
  readonly from: PartialDate | null;
  readonly to: PartialDate | null;
}

/** Whether a date lies in an interval; undefined where what is known of the three dates leaves both possible. */
export function isWithin(date: PartialDate, interval: Interval): boolean | undefined {
  const begun = interval.from === null ? true : not(isBefore(date, interval.from));
  const over = interval.to === null ? false : isBefore(interval.to, date);
  if (begun === false || over === true) return false;
  return begun === undefined || over === undefined ? undefined : true;
}

/** Whether a date lies in one of some intervals. */
export function isWithinAny(date: PartialDate, intervals: readonly Interval[]): boolean | undefined {
  const answers = intervals.map((interval) => isWithin(date, interval));
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

function not(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}
