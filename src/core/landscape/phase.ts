import { earliestDay, latestDay } from './calendar-day.js';
import { isSurelyAfter } from './model.js';
import type { Element, LifecyclePhase, PartialDate, PhaseDate } from './model.js';

/**
 * The phase an element is in on a day, where what is recorded leaves no doubt; UNKNOWN otherwise, and before the first.
 *
 * Phases follow each other in the order of the list; a date is as exact as it is written, and one that is missing may be
 * any day. But what is recorded had come by today, wherever its date and the phases before it let it: who records an
 * end without its day means that it is there. So today, and of what stands still later, it is the last phase that may
 * have come by today or surely comes until then. Of a day gone by it is a phase only where every way to fill in the
 * dates gives the same one: an end of which nobody knows the day ends nothing in the past.
 * @param day - null = after all that is listed. Of a month or a year, a phase that holds on every day of it; one that
 *   today is part of stands for today.
 * @param today - the day on which it is asked; by default the same.
 */
export function phaseOn(
  { phases }: Pick<Element, 'phases'>,
  day: PartialDate | null,
  today: PartialDate | null = day,
): LifecyclePhase {
  if (day === null || today === null) return phases.at(-1)?.phase ?? 'UNKNOWN';
  const isPast = isSurelyAfter(today, day);
  const on = isPast || isSurelyAfter(day, today) ? day : today;
  const begun = isPast ? 0 : countBegun(phases, today);
  const sure = lastSurely(phases, on, begun);
  return phaseOfAll(phases, sure, on === today ? sure : countBegun(phases, on) - 1);
}

/** How many phases, from the first one on, may have begun by a day. A plain loop: lists ask it of every element. */
function countBegun(phases: readonly PhaseDate[], day: PartialDate): number {
  for (let at = 0; at < phases.length; at += 1) {
    const from = phases[at]?.from ?? null;
    if (from !== null && isSurelyAfter(from, day)) return at;
  }
  return phases.length;
}

/**
 * The place of the last phase that has surely begun by a day; -1 where there is none.
 * @param begun - so many from the first one on have begun in any case.
 */
function lastSurely(phases: readonly PhaseDate[], day: PartialDate, begun: number): number {
  for (let at = phases.length - 1; at >= begun; at -= 1) {
    const from = phases[at]?.from ?? null;
    if (from !== null && isSurelyBy(from, day)) return at;
  }
  return begun - 1;
}

/** Whether a day surely lies on a date or after it. */
function isSurelyBy(date: PartialDate, day: PartialDate): boolean {
  if (isSurelyAfter(day, date)) return true;
  return !isSurelyAfter(date, day) && latestDay(date) <= earliestDay(day);
}

/** The one phase that all from a place on up to another have; before the first place there is none. */
function phaseOfAll(phases: readonly PhaseDate[], first: number, last: number): LifecyclePhase {
  const phase = phases[first]?.phase ?? 'UNKNOWN';
  for (let at = first + 1; at <= last; at += 1) if (phases[at]?.phase !== phase) return 'UNKNOWN';
  return phase;
}
