import type { SeededRandom } from './seeded-random.js';

/** How often each coordinate of a schema was used, so that what was used least comes next. */
export class Uses {
  private readonly counts = new Map<string, number>();

  constructor(private readonly random: SeededRandom) {}

  note(coordinate: string): void {
    this.counts.set(coordinate, this.of(coordinate) + 1);
  }

  of(coordinate: string): number {
    return this.counts.get(coordinate) ?? 0;
  }

  get all(): ReadonlySet<string> {
    return new Set(this.counts.keys());
  }

  /** One of those that were used least; chance decides between equals. */
  least<T>(items: readonly T[], coordinateOf: (item: T) => string): T {
    let [found, fewest, equals]: [T | undefined, number, number] = [undefined, Infinity, 0];
    for (const item of items) {
      const count = this.of(coordinateOf(item));
      if (count > fewest) continue;
      equals = count < fewest ? 1 : equals + 1;
      fewest = count;
      if (this.random.below(equals) === 0) found = item;
    }
    if (found === undefined) throw new RangeError('There is nothing to choose from.');
    return found;
  }
}
