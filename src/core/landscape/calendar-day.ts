import { isPartialDate } from './model.js';
import type { PartialDate } from './model.js';

const DAY_MS = 86_400_000;

/** Whether a text is a whole day that exists in the calendar, `2025-07-01`. */
export function isCalendarDay(text: string): text is PartialDate {
  return text.length === 10 && isPartialDate(text);
}

/** The day before a whole day. */
export function dayBefore(day: PartialDate): PartialDate {
  return new Date(Date.parse(`${day}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
}
