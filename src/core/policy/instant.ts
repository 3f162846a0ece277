/**
 * Instants and durations, both counted in nanoseconds: an instant from 1970-01-01T00:00:00Z. A calculation that leaves
 * the years 1 to 9999, or for a duration 64 bits of nanoseconds (292 years), has no result.
 */
export const SECOND = 1_000_000_000n;
const DAY_SECONDS = 86_400;
const EARLIEST = -62_135_596_800n * SECOND;
const LATEST = 253_402_300_800n * SECOND - 1n;
const LONGEST = 2n ** 63n - 1n;

/** The instant, or undefined where it is none of the years 1 to 9999. */
export function instantWithin(nanoseconds: bigint): bigint | undefined {
  return nanoseconds >= EARLIEST && nanoseconds <= LATEST ? nanoseconds : undefined;
}

/** The duration, or undefined where it is longer than 292 years. */
export function durationWithin(nanoseconds: bigint): bigint | undefined {
  return nanoseconds >= -LONGEST && nanoseconds <= LONGEST ? nanoseconds : undefined;
}

const INSTANT = new RegExp(
  [
    /^(?<date>\d{4}-\d{2}-\d{2})T/,
    /(?<hour>[01]\d|2[0-3]):(?<minute>[0-5]\d):(?<second>[0-5]\d)(?:\.(?<fraction>\d{1,9}))?/,
    /(?:Z|(?<sign>[+-])(?<zoneHour>[01]\d|2[0-3]):(?<zoneMinute>[0-5]\d))$/,
  ]
    .map(({ source }) => source)
    .join(''),
);

/** Reads `2026-07-01T08:00:00+07:00`; undefined where the text is no instant. */
export function readInstant(text: string): bigint | undefined {
  const parts = INSTANT.exec(text)?.groups;
  const days = daysOf(parts?.['date'] ?? '');
  if (parts === undefined || days === undefined) return undefined;
  const zone = secondsOf(parts['zoneHour'], parts['zoneMinute']) * (parts['sign'] === '-' ? -1 : 1);
  const clock = secondsOf(parts['hour'], parts['minute']) + Number(parts['second']);
  const seconds = BigInt(days * DAY_SECONDS + clock - zone);
  return instantWithin(seconds * SECOND + BigInt((parts['fraction'] ?? '').padEnd(9, '0')));
}

function secondsOf(hours = '0', minutes = '0'): number {
  return (Number(hours) * 60 + Number(minutes)) * 60;
}

/** Days from 1970-01-01 to a full date; undefined where the calendar has no such day. */
export function daysOf(date: string): number | undefined {
  const milliseconds = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(milliseconds) || new Date(milliseconds).toISOString().slice(0, 10) !== date) return undefined;
  return milliseconds / 86_400_000;
}

/** The date so many days after 1970-01-01; undefined outside the years 1 to 9999. */
export function dateOfDays(days: number): string | undefined {
  if (instantWithin(BigInt(days) * BigInt(DAY_SECONDS) * SECOND) === undefined) return undefined;
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}

/** A duration of so many days. */
export function durationOfDays(days: number): bigint {
  return BigInt(days * DAY_SECONDS) * SECOND;
}

/** Whole days of a duration; undefined where there are hours over. */
export function daysOfDuration(duration: bigint): number | undefined {
  const day = BigInt(DAY_SECONDS) * SECOND;
  return duration % day === 0n ? Number(duration / day) : undefined;
}

const UNITS: Readonly<Record<string, bigint>> = {
  h: 3600n * SECOND,
  m: 60n * SECOND,
  s: SECOND,
  ms: 1_000_000n,
  us: 1000n,
  ns: 1n,
};
const DURATION = /^[+-]?(?:\d{1,15}(?:\.\d{1,9})?(?:h|ms|m|s|us|ns))+$/;
const PARTS = /(\d+)(?:\.(\d+))?(h|ms|m|s|us|ns)/g;

/** Reads `36h`, `1h30m` or `-1.5s`; undefined where the text is no duration. */
export function readDuration(text: string): bigint | undefined {
  if (!DURATION.test(text)) return undefined;
  let sum = 0n;
  for (const [, whole = '0', fraction = '', unit = ''] of text.matchAll(PARTS)) {
    const size = UNITS[unit] ?? 0n;
    sum += BigInt(whole) * size + (BigInt(fraction.padEnd(9, '0')) * size) / SECOND;
  }
  return durationWithin(text.startsWith('-') ? -sum : sum);
}

/** The instant as text in UTC, with as many decimals as it needs. */
export function instantText(instant: bigint): string {
  const nanoseconds = ((instant % SECOND) + SECOND) % SECOND;
  const seconds = (instant - nanoseconds) / SECOND;
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}${decimals(nanoseconds)}Z`;
}

/** The duration as text in seconds: `5400s`. */
export function durationText(duration: bigint): string {
  const length = duration < 0n ? -duration : duration;
  return `${duration < 0n ? '-' : ''}${length / SECOND}${decimals(length % SECOND)}s`;
}

function decimals(nanoseconds: bigint): string {
  const digits = `${nanoseconds}`.padStart(9, '0').replace(/0+$/, '');
  return digits === '' ? '' : `.${digits}`;
}
