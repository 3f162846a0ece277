import { compareKeys } from './ordering.js';
import type { Ordering, Position, SortKey, SortValue } from './ordering.js';

/** Which part of a list is wanted. */
export interface PageBounds {
  /** Most items of the page. */
  readonly count: number;
  /** The first items between the bounds, or the last ones. */
  readonly from: 'START' | 'END';
  /** Only what stands after this place. */
  readonly after?: Position | undefined;
  /** Only what stands before this place. */
  readonly before?: Position | undefined;
}

export interface CutPage<T> {
  /** In the order of the list, from either side. */
  readonly items: readonly T[];
  /** Whether anything of the list stands before the page, and after it. */
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
}

/**
 * Cuts a page out of a set of items without ordering those that are not on it.
 *
 * The bounds are places, not items: a page goes on at the right place whatever was added to the set, taken from it or
 * moved within it since. What was there all along and kept its keys is neither repeated nor left out.
 * @param items - in any order, each once.
 */
export function cutPage<T>(
  items: readonly T[],
  ordering: Ordering<T>,
  { count, from, after, before }: PageBounds,
): CutPage<T> {
  const keyed = new KeyedItems(items, ordering);
  const { lower, upper, within } = keyed.split(after, before);
  const compare = (a: number, b: number): number => keyed.compare(a, b);
  const chosen =
    from === 'START' ? smallest(within, count, compare) : smallest(within, count, (a, b) => compare(b, a)).toReversed();
  const cut = within.length > chosen.length;
  return {
    // Every chosen index is one of the items.
    items: chosen.map((index) => items[index] as T),
    hasPrevious: lower > 0 || (cut && from === 'END'),
    hasNext: upper > 0 || (cut && from === 'START'),
  };
}

/**
 * How many items of a list that is in its order already stand before a place.
 * @param withPlace - count an item that stands at the place itself, too.
 */
export function countBefore<T>(
  items: readonly T[],
  ordering: Ordering<T>,
  place: Position,
  { withPlace }: { readonly withPlace: boolean },
): number {
  const bounds = ordering.keys.map((key, at) => ({ key, bound: key.keyOfValue(place.values[at] ?? null) }));
  const compare = (item: T): number => {
    for (const { key, bound } of bounds) {
      const difference = compareKeys(key.keyOf(item), bound, key);
      if (difference !== 0) return difference;
    }
    return ordering.tieOf(item) - place.tie;
  };
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    // The middle of a part that is not empty is one of the items.
    const difference = compare(items[middle] as T);
    if (difference < 0 || (withPlace && difference === 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What a key of the order compares, for each item by its index. */
interface Column<T> {
  readonly key: SortKey<T>;
  readonly values: readonly SortValue[];
}

/** Items with the keys they are compared by, taken once; items go by their index. */
class KeyedItems<T> {
  private readonly columns: readonly Column<T>[];
  private readonly ties: readonly number[];

  constructor(items: readonly T[], ordering: Ordering<T>) {
    this.columns = ordering.keys.map((key) => ({ key, values: items.map(key.keyOf) }));
    this.ties = items.map(ordering.tieOf);
  }

  compare(a: number, b: number): number {
    for (const { key, values } of this.columns) {
      const difference = compareKeys(values[a] ?? null, values[b] ?? null, key);
      if (difference !== 0) return difference;
    }
    return (this.ties[a] ?? 0) - (this.ties[b] ?? 0);
  }

  /** How many items lie at or before one place and at or after another, and which lie between them. */
  split(
    after: Position | undefined,
    before: Position | undefined,
  ): { readonly lower: number; readonly upper: number; readonly within: readonly number[] } {
    const isLower = this.comparisonWith(after);
    const isUpper = this.comparisonWith(before);
    const within: number[] = [];
    let lower = 0;
    let upper = 0;
    for (let index = 0; index < this.ties.length; index += 1) {
      if (isLower !== undefined && isLower(index) <= 0) lower += 1;
      else if (isUpper !== undefined && isUpper(index) >= 0) upper += 1;
      else within.push(index);
    }
    return { lower, upper, within };
  }

  private comparisonWith(place: Position | undefined): ((index: number) => number) | undefined {
    if (place === undefined) return undefined;
    const bounds = this.columns.map(({ key, values }, at) => {
      return { key, values, bound: key.keyOfValue(place.values[at] ?? null) };
    });
    return (index) => {
      for (const { key, values, bound } of bounds) {
        const difference = compareKeys(values[index] ?? null, bound, key);
        if (difference !== 0) return difference;
      }
      return (this.ties[index] ?? 0) - place.tie;
    };
  }
}

/** The first `count` of some indexes in an order, ordered; the others are compared once or twice and no more. */
function smallest(
  indexes: readonly number[],
  count: number,
  compare: (a: number, b: number) => number,
): readonly number[] {
  if (count === 0) return [];
  if (indexes.length <= count) return indexes.toSorted(compare);
  // A heap whose top is the last of those kept: what comes after it can not be among the first.
  const heap = indexes.slice(0, count).toSorted((a, b) => compare(b, a));
  for (const index of indexes.slice(count)) {
    const top = heap[0];
    if (top === undefined || compare(index, top) >= 0) continue;
    heap[0] = index;
    sink(heap, compare);
  }
  return heap.toSorted(compare);
}

/** Moves the top of a heap down to its place; every parent stands after its two children. */
function sink(heap: number[], compare: (a: number, b: number) => number): void {
  for (let parent = 0; ;) {
    const left = 2 * parent + 1;
    const own = heap[parent];
    const one = heap[left];
    const other = heap[left + 1];
    if (own === undefined || one === undefined) return;
    const [child, last] = other !== undefined && compare(other, one) > 0 ? [left + 1, other] : [left, one];
    if (compare(own, last) >= 0) return;
    heap[parent] = last;
    heap[child] = own;
    parent = child;
  }
}
