import type { Registry } from 'prom-client';

/** What is told of one combination of values. */
export type Labels = Readonly<Record<string, string>>;

/** Counts by combinations of a few values, each of a closed list. To count costs a look into a table. */
export class Tally {
  private readonly counts = new Map<string, { readonly labels: Labels; count: number }>();

  /** @param names - of the values, in the order in which they are counted. */
  constructor(private readonly names: readonly string[]) {}

  add(...values: readonly string[]): void {
    const key = values.join(' ');
    const known = this.counts.get(key);
    if (known !== undefined) known.count += 1;
    else this.counts.set(key, { labels: labelled(this.names, values), count: 1 });
  }

  values(): readonly { readonly labels: Labels; readonly value: number }[] {
    return [...this.counts.values()].map(({ labels, count }) => ({ labels, value: count }));
  }
}

/** Upper ends of what durations are counted in, seconds. */
const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

interface Spread {
  readonly labels: Labels;
  /** How many there were up to each bound and past the one before; the last is of what was longer than all. */
  readonly counts: number[];
  sum: number;
}

/** How long things took, by one value of a closed list. */
export class Durations {
  private readonly spreads = new Map<string, Spread>();

  constructor(private readonly name: string) {}

  add(value: string, seconds: number): void {
    let spread = this.spreads.get(value);
    if (spread === undefined) {
      spread = { labels: { [this.name]: value }, counts: Array.from({ length: BOUNDS.length + 1 }, () => 0), sum: 0 };
      this.spreads.set(value, spread);
    }
    let place = 0;
    while (place < BOUNDS.length && seconds > (BOUNDS[place] ?? 0)) place += 1;
    spread.counts[place] = (spread.counts[place] ?? 0) + 1;
    spread.sum += seconds;
  }

  /** As the format has them: each bound counts what lies below it, too. */
  values(metric: string): readonly { readonly labels: Labels; readonly value: number; readonly metricName: string }[] {
    return [...this.spreads.values()].flatMap(({ labels, counts, sum }) => {
      let below = 0;
      const buckets = counts.map((count, place) => {
        below += count;
        const le = place < BOUNDS.length ? `${BOUNDS[place]}` : '+Inf';
        return { labels: { ...labels, le }, value: below, metricName: `${metric}_bucket` };
      });
      return [
        ...buckets,
        { labels, value: sum, metricName: `${metric}_sum` },
        { labels, value: below, metricName: `${metric}_count` },
      ];
    });
  }
}

/** Something that is read when somebody asks. */
export interface Measure {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  values(): readonly object[] | Promise<readonly object[]>;
}

/** Has the library print a measure that keeps its own count: the library's way of counting costs ten times as much. */
export function register(registry: Registry, measure: Measure): void {
  const { name, help, type } = measure;
  const printed = { name, help, type, get: async () => ({ name, help, type, values: await measure.values() }) };
  // What the library prints it asks for by `get` alone.
  registry.registerMetric(printed as unknown as Parameters<Registry['registerMetric']>[0]);
}

function labelled(names: readonly string[], values: readonly string[]): Labels {
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
}
