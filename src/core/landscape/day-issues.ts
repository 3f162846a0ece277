import { issue } from '../errors.js';
import type { Issue } from '../errors.js';
import { isCalendarDay } from './calendar-day.js';
import type { PartialDate } from './model.js';

/** The last day that can be written: where nothing else bounds a day. */
export const LAST_DAY: PartialDate = '9998-12-31';

/**
 * What is wrong with a day of an input.
 * @param bounds - the first and the last day that are allowed.
 */
export function dayIssues(
  field: string,
  value: PartialDate,
  [minimum, maximum]: readonly [PartialDate, PartialDate],
): Issue[] {
  if (!isCalendarDay(value)) return [issue('VALUE_OF_WRONG_TYPE', [field], { field, expected: 'YYYY-MM-DD' })];
  if (value >= minimum && value <= maximum) return [];
  return [issue('VALUE_OUT_OF_BOUNDS', [field], { field, value, minimum, maximum })];
}
