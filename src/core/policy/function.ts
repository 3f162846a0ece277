import { isPartialDate } from '../landscape/model.js';
import type { Expression } from './expression.js';
import { itemsOf } from './context.js';
import type { Context } from './context.js';
import { isText } from './fact-type.js';
import type { FactType } from './fact-type.js';
import type { Pattern } from './pattern.js';
import type { WayStep } from './rule-graph.js';
import { isRecordValue } from './value.js';
import type { FailureDetail, Value } from './value.js';
import type { RelationKinds, Urns } from './named.js';

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
  /** An element: a record with a urn, or its urn. Empty for a record that says none. */
  readonly ELEMENT: string;
  /** Kinds of relation, which have to be written out. */
  readonly KINDS: RelationKinds;
  /** A urn or a list of them, which have to be written out. */
  readonly URNS: Urns;
  /** How many steps a walk takes, which has to be written out. */
  readonly STEPS: number;
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

/** Closed lists of words that come with the reference data. */
export interface Words {
  /** Codes of the regimes of law; empty where none are on record. */
  readonly regimes: readonly string[];
}

/** A function for arguments of certain types. */
export interface Overload {
  readonly parameters: readonly Parameter[];
  /** The type of its result, by those of its arguments. */
  readonly result: (types: readonly FactType[], words: Words) => FactType;
  /**
   * Units of work besides that of any node, by the sizes of its arguments (characters, items, instructions of a pattern):
   * the same for the worst case as for the values at hand, so it may not fall while a size grows.
   */
  readonly cost: ((...sizes: number[]) => number) | undefined;
  readonly run: (...values: readonly Argument[]) => Result;
  /** Instead of `run`, of what asks more than its arguments. */
  readonly ask: ((context: Context, values: readonly Argument[]) => Result) | undefined;
  /** The way between elements that its answer rests on; undefined where it rests on none. */
  readonly way: ((context: Context, values: readonly Argument[]) => readonly WayStep[] | undefined) | undefined;
  /** What an argument that is written out has to be; it is tried when the rule is checked. */
  readonly literal: string | undefined;
}

/** How a function is written. BOTH: `size(x)` and `x.size()`. */
export type FunctionStyle = 'OPERATOR' | 'SIGN' | 'INDEX' | 'FUNCTION' | 'METHOD' | 'BOTH';

export interface LanguageFunction {
  readonly style: FunctionStyle;
  readonly overloads: readonly Overload[];
  /** Keys of the questions that fill the lists it looks at, by what it is given. */
  readonly asks?: (operands: readonly Expression[]) => readonly string[];
  /** What its items are, where their facts are those of elements. */
  readonly gives?: 'ELEMENTS';
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
  run: (...values: Values<P>) => Result,
  { cost, literal }: OverloadTraits = {},
): Overload {
  return {
    parameters,
    result: typeof result === 'function' ? result : () => result,
    cost,
    // Whoever calls it has tried each value against the kind of its parameter.
    run: run as Overload['run'],
    ask: undefined,
    way: undefined,
    literal,
  };
}

type Values<P extends readonly Parameter[]> = { readonly [K in keyof P]: Arguments[P[K]] };

/** What an overload that asks the world says besides its types. */
interface WorldTraits<P extends readonly Parameter[]> {
  /** Units of work. */
  readonly cost: number;
  readonly way?: (context: Context, values: Values<P>) => readonly WayStep[] | undefined;
}

/** One overload of a function whose answer does not follow from its arguments alone. */
export function worldOverload<const P extends readonly Parameter[]>(
  parameters: P,
  result: FactType | Overload['result'],
  ask: (context: Context, values: Values<P>) => Result,
  { cost, way }: WorldTraits<P>,
): Overload {
  return {
    parameters,
    result: typeof result === 'function' ? result : () => result,
    cost: () => cost,
    run: () => undefined,
    // Whoever calls them has tried each value against the kind of its parameter.
    ask: ask as Overload['ask'],
    way: way as Overload['way'],
    literal: undefined,
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
  return ACCEPTED[parameter]?.(type) ?? type.kind === parameter;
}

function isUrnText(type: FactType | undefined): boolean {
  return type !== undefined && isText(type);
}
function isTexts(type: FactType): boolean {
  return type.kind === 'LIST' && (type.of.kind === 'ANY' || isText(type.of));
}

const ACCEPTED: Partial<Readonly<Record<Parameter, (type: FactType) => boolean>>> = {
  ELEMENT: (type) => (type.kind === 'RECORD' ? isUrnText(type.fields['urn']) : isText(type)),
  KINDS: isTexts,
  URNS: (type) => isText(type) || isTexts(type),
  STEPS: ({ kind }) => kind === 'INT',
};

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
  ELEMENT: (value) => {
    const urn = isRecordValue(value) ? (value['urn'] ?? '') : value;
    return typeof urn === 'string' ? urn : undefined;
  },
  KINDS: () => undefined,
  URNS: () => undefined,
  STEPS: () => undefined,
};

/** Characters or items of an argument. */
export function sizeOfArgument(value: Argument): number {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return typeof value === 'object' && 'size' in value ? value.size : 1;
}
