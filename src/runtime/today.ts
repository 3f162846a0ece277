const CALENDAR = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh', dateStyle: 'short' });
const MINUTE = 60_000;

/** The day of the minute that was asked for last: it is asked for many times in each, and costs more than a short answer. */
const last = { minute: Number.NaN, day: '' };

/** The day it is in Viet Nam, YYYY-MM-DD: the day that legal dates are compared with. */
export function todayInVietnam(now: Date = new Date()): string {
  const minute = Math.floor(now.getTime() / MINUTE);
  // Days begin with a minute, so all of a minute is in one day.
  if (minute !== last.minute) Object.assign(last, { minute, day: CALENDAR.format(now) });
  return last.day;
}
