import type { FindingOutcome } from './rule.js';

/** What a rule said of a subject from some day of a month on; null = it was not asked of it any more. */
export interface RecordedOutcome {
  readonly subject: string;
  readonly rule: string;
  /** YYYY-MM. */
  readonly month: string;
  readonly outcome: FindingOutcome | null;
}

/** Number of findings of each outcome; those there are none of are left out. */
export type OutcomeCounts = ReadonlyMap<FindingOutcome, number>;

/** A finding as it is, and the place of the month at whose end it was so first. */
interface Open {
  readonly subject: string;
  readonly outcome: FindingOutcome | null;
  readonly since: number;
}

/**
 * How many findings had which outcome at the end of each month.
 * @param rows - in the order in which they were recorded.
 * @param months - one after the other, without gaps. What was recorded before the first of them counts from that on.
 * @param counts - whether a subject counts at the end of the month at a place.
 */
export function outcomesByMonth(
  rows: readonly RecordedOutcome[],
  months: readonly string[],
  counts: (subject: string, place: number) => boolean,
): OutcomeCounts[] {
  const sums = months.map(() => new Map<FindingOutcome, number>());
  const places = new Map(months.map((month, place) => [month, place]));
  const [first = ''] = months;
  const open = new Map<string, Open>();
  const close = ({ subject, outcome, since }: Open, until: number): void => {
    if (outcome === null) return;
    for (let place = since; place < until; place += 1) {
      const sum = sums[place];
      if (sum !== undefined && counts(subject, place)) sum.set(outcome, (sum.get(outcome) ?? 0) + 1);
    }
  };
  for (const { subject, rule, month, outcome } of rows) {
    const since = month < first ? 0 : (places.get(month) ?? months.length);
    const key = `${subject} ${rule}`;
    const before = open.get(key);
    if (before !== undefined) close(before, since);
    open.set(key, { subject, outcome, since });
  }
  for (const each of open.values()) close(each, months.length);
  return sums;
}
