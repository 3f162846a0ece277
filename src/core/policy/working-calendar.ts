import { CONFIDENCES } from '../landscape/model.js';
import type { Confidence, PartialDate } from '../landscape/model.js';
import { daysOf } from './instant.js';
import { calendarDay, listOf, objectOf, oneOf, someOf, text, wholeNumber } from './shape.js';
import type { ShapeProblem } from './shape.js';

/** HOLIDAY, COMPENSATORY and SWAPPED_OFF: nobody works, whatever day of the week. WORKING_SATURDAY: people do. */
export const CALENDAR_DAY_KINDS = ['HOLIDAY', 'COMPENSATORY', 'SWAPPED_OFF', 'WORKING_SATURDAY'] as const;

/** A day that is not what its day of the week says. */
export interface CalendarDay {
  readonly date: PartialDate;
  readonly name: string;
  readonly kind: (typeof CALENDAR_DAY_KINDS)[number];
  readonly confidence: Confidence;
  readonly source: string;
}

/** How many working days lie between two days, and the days among them of which no source says what they are. */
export interface WorkingDays {
  readonly days: number;
  readonly unverified: readonly CalendarDay[];
}

/**
 * The days on which people work: Monday to Friday, but for the days that are listed. Nothing is said of a year that the
 * list does not cover: what is off at Tết is decided year by year.
 */
export class WorkingCalendar {
  private readonly listed: ReadonlyMap<number, CalendarDay>;
  /** @param years - that the list covers. */
  constructor(
    readonly years: readonly number[],
    days: readonly CalendarDay[],
  ) {
    this.listed = new Map(days.map((day) => [daysOf(day.date) ?? NaN, day]));
  }

  /** The days that are listed, in the order of the list. */
  get days(): readonly CalendarDay[] {
    return [...this.listed.values()];
  }

  /**
   * Counts the working days after `from` up to and including `to`; where `to` is earlier, those after it up to and
   * including `from`, as a negative number.
   * @param from - a whole day, as `to` is.
   * @returns the first year between them that is not covered, where there is one.
   */
  between(from: PartialDate, to: PartialDate): WorkingDays | { readonly uncovered: number } {
    if (to < from) {
      const counted = this.between(to, from);
      return 'uncovered' in counted ? counted : { ...counted, days: 0 - counted.days };
    }
    const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
    for (let year = first; year <= last; year += 1) if (!this.years.includes(year)) return { uncovered: year };
    const unverified: CalendarDay[] = [];
    let days = 0;
    const end = daysOf(to) ?? 0;
    for (let day = (daysOf(from) ?? 0) + 1; day <= end; day += 1) {
      const listed = this.listed.get(day);
      if (listed?.confidence === 'UNSOURCED') unverified.push(listed);
      if (listed === undefined ? isWeekday(day) : listed.kind === 'WORKING_SATURDAY') days += 1;
    }
    return { days, unverified };
  }
}

/** 1970-01-01 was a Thursday. */
const FIRST_DAY = 4;
const SATURDAY = 6;
const SUNDAY = 0;

/** @param day - days since 1970-01-01, before which it is negative. */
function weekdayOf(day: number): number {
  return (((day + FIRST_DAY) % 7) + 7) % 7;
}

function isWeekday(day: number): boolean {
  const weekday = weekdayOf(day);
  return weekday !== SATURDAY && weekday !== SUNDAY;
}

const calendarDayShape = objectOf<CalendarDay>({
  date: calendarDay,
  name: text,
  kind: oneOf(CALENDAR_DAY_KINDS),
  confidence: oneOf(CONFIDENCES),
  source: text,
});
const calendarShape = objectOf<{ years: readonly number[]; days: readonly CalendarDay[] }>({
  years: someOf(wholeNumber),
  days: listOf(calendarDayShape),
});

/**
 * Reads a calendar out of a JSON document.
 * @returns the calendar, and where the document is wrong: its shape, a day outside its years, twice, or a Saturday to be
 *   worked on that is none.
 */
export function readWorkingCalendar(document: unknown): {
  readonly calendar: WorkingCalendar;
  readonly problems: readonly ShapeProblem[];
} {
  const problems: ShapeProblem[] = [];
  const { years, days } = calendarShape(document, '', problems);
  const seen = new Set<string>();
  for (const [index, { date, kind }] of days.entries()) {
    const path = `days[${index}].date`;
    if (seen.has(date)) problems.push({ path, expected: 'another day than those before it' });
    if (!years.includes(Number(date.slice(0, 4)))) problems.push({ path, expected: 'a day of the years it covers' });
    if (kind === 'WORKING_SATURDAY' && weekdayOf(daysOf(date) ?? 0) !== SATURDAY)
      problems.push({ path, expected: 'a Saturday' });
    seen.add(date);
  }
  return { calendar: new WorkingCalendar(years, days), problems };
}
