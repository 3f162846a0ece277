import type { Json } from '../landscape/model.js';
import type { Position } from './expression.js';

/**
 * Facts as plain JSON, the same in a rule's examples, in a stored run and in memory. A missing key is unknown, null is
 * declared absent. A set is `{items, complete}`: it is whole only if its owner declared it complete.
 */
export type Facts = { readonly [field: string]: Json };

/** A set as facts write it. */
export interface FactSet {
  readonly [key: string]: Json;
  readonly items: readonly Json[];
  readonly complete: boolean;
}

export function isFactSet(value: unknown): value is FactSet {
  return isRecordValue(value) && Array.isArray(value['items']) && typeof value['complete'] === 'boolean';
}

export function isRecordValue(value: unknown): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One fact that nobody has told. */
export interface MissingPath {
  /** The way to it: `flows[2].channels`, without the leading `self.`. */
  readonly path: string;
  /** The same without indexes: `flows.channels`; the key of the question that fills it. */
  readonly field: string;
  /** Name of the list item it belongs to; null outside lists. */
  readonly item: string | null;
  /** The set is known in part and was not declared complete, rather than wholly unknown. */
  readonly incomplete: boolean;
}

/** The third truth value, and what would turn it into one of the other two. */
export class Unknown {
  readonly missing: readonly MissingPath[];
  constructor(missing: readonly MissingPath[]) {
    this.missing = missing;
  }
}

/** What cannot be computed although the rule was checked: a comparison with something declared absent. */
export class Failure {
  readonly at: Position;
  readonly detail: FailureDetail;
  constructor(at: Position, detail: FailureDetail) {
    this.at = at;
    this.detail = detail;
  }
}
/** ABSENT: a field of, or an order with, null. WRONG_VALUE: facts that are not of their declared type. */
export type FailureDetail = 'ABSENT' | 'WRONG_VALUE';

/** An item of a collection with the way to it and its name. */
export interface Entry {
  readonly value: Value;
  readonly path: string;
  readonly label: string | null;
}

/** A list or set while it is computed with; `missing` is empty where it is whole. */
export class Collection {
  readonly entries: readonly Entry[];
  readonly missing: readonly MissingPath[];
  constructor(entries: readonly Entry[], missing: readonly MissingPath[]) {
    this.entries = entries;
    this.missing = missing;
  }
}

export type Value = Json | Unknown | Failure | Collection;

/**
 * Kleene's conjunction (`dominant` false) or disjunction (`dominant` true) over any number of truth values.
 *
 * One dominant value decides whatever else is unknown. Otherwise unknown beats failure, for once known it may still
 * dominate; an empty list gives the opposite of `dominant`.
 * @param at - where a value that is no truth value is blamed.
 */
export function combine(values: Iterable<Value>, dominant: boolean, at: Position): boolean | Unknown | Failure {
  const missing: MissingPath[] = [];
  let failure: Failure | undefined;
  let unknown = false;
  for (const value of values) {
    if (value === dominant) return dominant;
    if (value instanceof Unknown) {
      unknown = true;
      missing.push(...value.missing);
    } else if (value instanceof Failure) failure ??= value;
    else if (typeof value !== 'boolean') failure ??= new Failure(at, value === null ? 'ABSENT' : 'WRONG_VALUE');
  }
  if (unknown) return new Unknown(distinctPaths(missing));
  return failure ?? !dominant;
}

/** The same paths, each once, in order of first appearance. */
export function distinctPaths(missing: readonly MissingPath[]): readonly MissingPath[] {
  return [...new Map(missing.map((each) => [each.path, each] as const).toReversed()).values()].toReversed();
}

/** A computed value as JSON; undefined where it is unknown or cannot be computed. Unknown items of a list are left out. */
export function plainValue(value: Value): Json | undefined {
  if (value instanceof Unknown || value instanceof Failure) return undefined;
  if (!(value instanceof Collection)) return value;
  return value.entries.flatMap((entry) => plainValue(entry.value) ?? []);
}
