import { isPartialDate } from './model.js';
import type { PartialDate } from './model.js';

/** A whole day, YYYY-MM-DD. Years have four digits: see `isPartialDate`; what is counted from one may have others. */
type Day = PartialDate;

const MILLISECONDS_A_DAY = 86_400_000;

/** Whether a text is a whole day that exists in the calendar, `2025-07-01`. */
export function isCalendarDay(text: string): text is PartialDate {
  return text.length === 10 && isPartialDate(text);
}

/** The day before a whole day. */
export function dayBefore(day: PartialDate): PartialDate {
  return daysLater(day, -1);
}

/** The first day that a date may mean: of a year its first of January. */
export function earliestDay(date: PartialDate): Day {
  return `${date}-01-01`.slice(0, 10);
}

/** The last day that a date may mean: of a month its last. */
export function latestDay(date: PartialDate): Day {
  if (date.length === 10) return date;
  const [year, month] = [Number(date.slice(0, 4)), date.length === 4 ? 12 : Number(date.slice(5, 7))];
  return dayOf(Date.UTC(year, month, 0));
}

/** The day so many days later; earlier where the number is negative. */
export function daysLater(day: Day, days: number): Day {
  return dayOf(Date.parse(`${day}T00:00:00Z`) + days * MILLISECONDS_A_DAY);
}

/** How many days after `day` another one is; negative where it is before. */
export function daysUntil(other: Day, day: Day): number {
  return Math.round((Date.parse(`${other}T00:00:00Z`) - Date.parse(`${day}T00:00:00Z`)) / MILLISECONDS_A_DAY);
}

function dayOf(time: number): Day {
  return new Date(time).toISOString().slice(0, 10);
}
