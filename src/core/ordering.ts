/** What lists are ordered by; null is unknown. Numbers stand before texts where both occur. */
export type SortValue = string | number | null;

/** One step of an order: items that it finds equal are told apart by the next. */
export interface SortKey<T> {
  /** The value, as a cursor holds it. */
  readonly valueOf: (item: T) => SortValue;
  /** What is compared; equal to `keyOfValue(valueOf(item))`, but may be remembered. */
  readonly keyOf: (item: T) => SortValue;
  /** What is compared, of a value that a cursor held. */
  readonly keyOfValue: (value: SortValue) => SortValue;
  readonly direction: 'ASC' | 'DESC';
  /** Where the unknown stands, whatever the direction. */
  readonly nulls: 'FIRST' | 'LAST';
}

/** A total order of items: no two of a list have the same tie. */
export interface Ordering<T> {
  readonly keys: readonly SortKey<T>[];
  /** Tells apart what the keys find equal: the smaller first. Fixed for the life of an item. */
  readonly tieOf: (item: T) => number;
  /** What a cursor holds in place of the tie, which would tell how many items there are that its reader may not see. */
  readonly nameOf: (item: T) => string;
  /** The tie of an item by its name, in the list or no more; undefined where nobody may know of it. */
  readonly tieOfName: (name: string) => number | undefined;
}

/** A place in an ordered list, whether or not an item stands there. */
export interface Position {
  /** One value for each key of the order, as `valueOf` gives them. */
  readonly values: readonly SortValue[];
  readonly tie: number;
}

/** Where an item stands. */
export function positionOf<T>({ keys, tieOf }: Ordering<T>, item: T): Position {
  return { values: keys.map(({ valueOf }) => valueOf(item)), tie: tieOf(item) };
}

/** Negative where the first of two keys comes first in the order, positive where it comes last, 0 where it does not matter. */
export function compareKeys<T>(a: SortValue, b: SortValue, { direction, nulls }: SortKey<T>): number {
  if (a === null || b === null) {
    if (a === b) return 0;
    return (a === null) === (nulls === 'FIRST') ? -1 : 1;
  }
  const difference = compareKnown(a, b);
  return direction === 'ASC' ? difference : -difference;
}

function compareKnown(a: string | number, b: string | number): number {
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return a < b ? -1 : Number(a > b);
}

/**
 * The order of a list by what its items say alone: upward, by one value after another, the unknown last. No two items of
 * the list have all of them in common.
 */
export function orderedBy<T>(...values: readonly ((item: T) => SortValue)[]): Ordering<T> {
  const keys = values.map((valueOf): SortKey<T> => {
    return { valueOf, keyOf: valueOf, keyOfValue: asItIs, direction: 'ASC', nulls: 'LAST' };
  });
  return { keys, tieOf: () => 0, nameOf: () => '', tieOfName: () => 0 };
}

function asItIs(value: SortValue): SortValue {
  return value;
}
