import type { Json } from '../landscape/model.js';
import type { Position } from './expression.js';
import { ANY, isCollection } from './fact-type.js';
import type { FactType } from './fact-type.js';
import { durationText, instantText } from './instant.js';

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
  /** Urn of the element whose fact it is, where that is not the subject; the path then begins with it. */
  readonly element?: string;
}

/** What an evaluation makes besides JSON; none of it stands in facts. */
abstract class Computed {
  protected readonly isComputed = true;
}

/** The third truth value, and what would turn it into one of the other two. */
export class Unknown extends Computed {
  private readonly parts: readonly (MissingPath | Unknown)[];
  /** @param parts - missing facts, and others that are missing too. */
  constructor(parts: readonly (MissingPath | Unknown)[]) {
    super();
    this.parts = parts;
  }

  /** Every missing fact once, in order of first appearance. Put together only when somebody asks. */
  get missing(): readonly MissingPath[] {
    const paths = new Map<string, MissingPath>();
    const open: (MissingPath | Unknown)[] = [this];
    for (let part = open.pop(); part !== undefined; part = open.pop()) {
      if (part instanceof Unknown) open.push(...part.parts.toReversed());
      else if (!paths.has(part.path)) paths.set(part.path, part);
    }
    return [...paths.values()];
  }
}

/** Unknown where nobody asks what is missing: the outcome alone is wanted. */
export const UNTRACED = new Unknown([]);

/** Both are missing. */
export function bothUnknown(first: Unknown, second: Unknown): Unknown {
  return first === UNTRACED ? first : new Unknown([first, second]);
}

/** What cannot be computed although the rule was checked: a comparison with something declared absent. */
export class Failure extends Computed {
  readonly at: Position;
  readonly detail: FailureDetail;
  constructor(at: Position, detail: FailureDetail) {
    super();
    this.at = at;
    this.detail = detail;
  }
}
/**
 * ABSENT: a field of, an order or a calculation with null. WRONG_VALUE: facts that are not of their declared type.
 * OVERFLOW: a number beyond ±(2^53 − 1), a time outside the years 1 to 9999. OUT_OF_RANGE: a list has no such item.
 * MALFORMED: a text that can not be read as a number or a time. BUDGET: the evaluation was stopped, for it took too long.
 */
export type FailureDetail =
  'ABSENT' | 'WRONG_VALUE' | 'OVERFLOW' | 'DIVISION_BY_ZERO' | 'OUT_OF_RANGE' | 'MALFORMED' | 'BUDGET';

/** The way to a list item and its name. */
export interface ItemPlace {
  readonly path: string;
  readonly label: string | null;
  /** Urn of the element that the item is, where its facts are not among those of the subject. */
  readonly element?: string | undefined;
}

/** A list while it is computed with; `rest` is what a set may hold besides, undefined where it is whole. */
export class Collection extends Computed {
  readonly items: readonly Value[];
  /** Of each item; undefined where nobody asks what is missing. */
  readonly places: readonly ItemPlace[] | undefined;
  readonly rest: Unknown | undefined;
  constructor(items: readonly Value[], places: readonly ItemPlace[] | undefined, rest: Unknown | undefined) {
    super();
    this.items = items;
    this.places = places;
    this.rest = rest;
  }
}

/** Instants and durations are whole numbers of nanoseconds. */
export type Value = Json | bigint | Unknown | Failure | Collection;

/** What has no value. */
export type Open = Unknown | Failure;

export function isOpen(value: Value): value is Open {
  return value instanceof Unknown || value instanceof Failure;
}

/** What stands in the way of working with two values; undefined where nothing does. */
export function openOf(first: Value, second: Value): Open | undefined {
  if (first instanceof Unknown) return second instanceof Unknown ? bothUnknown(first, second) : first;
  if (second instanceof Unknown) return second;
  if (first instanceof Failure) return first;
  return second instanceof Failure ? second : undefined;
}

/** Whether an evaluation made it, and it is no plain JSON. */
export function isComputed(value: Value | undefined): value is Open | Collection {
  return value instanceof Computed;
}

/**
 * What an answer that decides nothing leaves open of a conjunction or disjunction: unknown beats failure, for once known
 * it may still decide; of failures the first stands.
 * @param at - where a value that is no truth value is blamed.
 */
export function leftOpen(before: Open | undefined, answer: Value, at: Position): Open {
  if (answer instanceof Unknown) return before instanceof Unknown ? bothUnknown(before, answer) : answer;
  return before ?? asFailure(answer, at);
}

/** Why a value that is neither known to be true nor false nor unknown has no truth. */
export function asFailure(value: Value, at: Position): Failure {
  if (value instanceof Failure) return value;
  return new Failure(at, value === null ? 'ABSENT' : 'WRONG_VALUE');
}

/**
 * A computed value as JSON; undefined where it is unknown, cannot be computed or is no finite number. Unknown items of a
 * list are left out; instants and durations are texts.
 */
export function plainValue(value: Value, type: FactType): Json | undefined {
  if (isOpen(value)) return undefined;
  if (isComputed(value)) {
    const of = isCollection(type) ? type.of : ANY;
    return value.items.flatMap((item) => plainValue(item, of) ?? []);
  }
  if (typeof value === 'bigint') return type.kind === 'TIMESTAMP' ? instantText(value) : durationText(value);
  return typeof value === 'number' && !Number.isFinite(value) ? undefined : value;
}
