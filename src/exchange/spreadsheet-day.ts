const DAY_MILLISECONDS = 86_400_000;
/** Day 1 is 1 January 1900; from 1 March 1900 on one more, for a 29 February 1900 that spreadsheets count and never was. */
const START_1900 = Date.UTC(1899, 11, 31);
const START_1904 = Date.UTC(1904, 0, 1);
const LAST_DAY = 2_958_465;

/**
 * The day, and the time of day where there is one, that a spreadsheet keeps as a number: `2025-07-01`,
 * `2025-07-01T08:30:00`. Undefined for what is no day: a time alone, the day that never was, numbers before 1900 and after 9999.
 * @param number - days, with a fraction of a day behind the point.
 */
export function spreadsheetDay(number: number, startsIn1904: boolean): string | undefined {
  const isLeapError = !startsIn1904 && number >= 60;
  if (!(number >= 1) || number >= LAST_DAY + 1 || (isLeapError && number < 61)) return undefined;
  const days = isLeapError ? number - 1 : number;
  const seconds = Math.round((days * DAY_MILLISECONDS) / 1000);
  const moment = new Date((startsIn1904 ? START_1904 : START_1900) + seconds * 1000).toISOString();
  return moment.endsWith('T00:00:00.000Z') ? moment.slice(0, 10) : moment.slice(0, 19);
}
