import { isPartialDate } from '../landscape/model.js';
import { itemsOf } from './context.js';
import { isText } from './fact-type.js';
import type { FactType } from './fact-type.js';
import type { Pattern } from './pattern.js';
import type { FailureDetail, Value } from './value.js';

/** What functions are given, by what they ask for: known values, and lists as their items. */
interface Arguments {
  readonly INT: number;
  readonly DOUBLE: number;
  readonly TEXT: string;
  readonly BOOLEAN: boolean;
  readonly DATE: string;
  readonly TIMESTAMP: bigint;
  readonly DURATION: bigint;
  readonly LIST: readonly Value[];
  /** A list or a set that is whole. */
  readonly COLLECTION: readonly Value[];
  /** A regular expression, which has to be written out. */
  readonly PATTERN: Pattern;
}
export type Parameter = keyof Arguments;
export type Argument = Arguments[Parameter];

/** Why a function has no result. */
export class Refusal {
  readonly detail: FailureDetail;
  constructor(detail: FailureDetail) {
    this.detail = detail;
  }
}
export const OVERFLOW = new Refusal('OVERFLOW');
export const DIVISION_BY_ZERO = new Refusal('DIVISION_BY_ZERO');
export const OUT_OF_RANGE = new Refusal('OUT_OF_RANGE');
export const MALFORMED = new Refusal('MALFORMED');

/** undefined: the dates it was asked of are known too roughly. */
type Result = Value | Refusal | undefined;

/** A function for arguments of certain types. */
export interface Overload {
  readonly parameters: readonly Parameter[];
  /** The type of its result, by those of its arguments. */
  readonly result: (types: readonly FactType[]) => FactType;
  /**
   * Units of work besides that of any node, by the sizes of its arguments (characters, items, instructions of a pattern):
   * the same for the worst case as for the values at hand, so it may not fall while a size grows.
   */
  readonly cost: ((...sizes: number[]) => number) | undefined;
  readonly run: (...values: readonly Argument[]) => Result;
  /** What an argument that is written out has to be; it is tried when the rule is checked. */
  readonly literal: string | undefined;
}

/** What an overload may say besides its types. */
export interface OverloadTraits {
  readonly cost?: (...sizes: number[]) => number;
  readonly literal?: string;
}

/** One overload; the types of its parameters are those of its function. */
export function overload<const P extends readonly Parameter[]>(
  parameters: P,
  result: FactType | Overload['result'],
  run: (...values: { readonly [K in keyof P]: Arguments[P[K]] }) => Result,
  { cost, literal }: OverloadTraits = {},
): Overload {
  return {
    parameters,
    result: typeof result === 'function' ? result : () => result,
    cost,
    // Whoever calls it has tried each value against the kind of its parameter.
    run: run as Overload['run'],
    literal,
  };
}

/** Units for reading so many characters. */
export function characters(count: number): number {
  return Math.ceil(count / 10);
}

/** Whether a parameter takes what is of a type; what a problem already found makes meaningless fits everywhere. */
export function accepts(parameter: Parameter, type: FactType): boolean {
  if (type.kind === 'ANY') return true;
  if (parameter === 'TEXT' || parameter === 'PATTERN') return isText(type);
  if (parameter === 'COLLECTION') return type.kind === 'LIST' || type.kind === 'SET';
  return type.kind === parameter;
}

/** A value as a function takes it; undefined where it is not of the declared kind. */
export const ARGUMENT_OF: Readonly<Record<Parameter, (value: Value) => Argument | undefined>> = {
  INT: (value) => (Number.isSafeInteger(value) ? (value as number) : undefined),
  DOUBLE: (value) => (typeof value === 'number' ? value : undefined),
  TEXT: (value) => (typeof value === 'string' ? value : undefined),
  BOOLEAN: (value) => (typeof value === 'boolean' ? value : undefined),
  DATE: (value) => (typeof value === 'string' && isPartialDate(value) ? value : undefined),
  TIMESTAMP: (value) => (typeof value === 'bigint' ? value : undefined),
  DURATION: (value) => (typeof value === 'bigint' ? value : undefined),
  LIST: itemsOf,
  COLLECTION: itemsOf,
  PATTERN: () => undefined,
};

/** Characters or items of an argument. */
export function sizeOfArgument(value: Argument): number {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return typeof value === 'object' && 'size' in value ? value.size : 1;
}
