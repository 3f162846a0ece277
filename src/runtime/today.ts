const CALENDAR = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh', dateStyle: 'short' });

/** The day it is in Viet Nam, YYYY-MM-DD: the day that legal dates are compared with. */
export function todayInVietnam(now: Date = new Date()): string {
  return CALENDAR.format(now);
}
