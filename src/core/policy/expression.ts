/**
 * The rule language as a tree. It is the part of CEL that rules over a registry need, with each macro kept whole:
 * a person asks why "all flows" failed, not why a fold over an accumulator did.
 */

/** Where a sub-expression stands in its source; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export const MACROS = ['all', 'exists', 'exists_one', 'filter', 'map'] as const;
export type Macro = (typeof MACROS)[number];

export const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='] as const;
export type Comparison = (typeof COMPARISONS)[number];

export type Expression = { readonly at: Position } &
  /** A number is a whole one; one with a fraction is a DOUBLE. */
  (
    | { readonly type: 'LITERAL'; readonly value: string | number | boolean | null }
    | { readonly type: 'DOUBLE'; readonly value: number }
    /** `date("2026-07-01")`; the text is a year, a month or a day. */
    | { readonly type: 'DATE'; readonly text: string }
    | { readonly type: 'LIST'; readonly items: readonly Expression[] }
    | { readonly type: 'VARIABLE'; readonly name: string }
    | { readonly type: 'FIELD'; readonly operand: Expression; readonly name: string }
    /** `has(a.b)`: whether anything was recorded. The only place where silence counts, and it counts as silence. */
    | { readonly type: 'HAS'; readonly field: ExpressionOf<'FIELD'> }
    | { readonly type: 'NOT'; readonly operand: Expression }
    /** Two operands or more: `a && b && c` is one node. */
    | { readonly type: 'AND' | 'OR'; readonly operands: readonly Expression[] }
    | {
        readonly type: 'CONDITIONAL';
        readonly condition: Expression;
        readonly whenTrue: Expression;
        readonly whenFalse: Expression;
      }
    | {
        readonly type: 'COMPARE';
        readonly operator: Comparison;
        readonly left: Expression;
        readonly right: Expression;
      }
    | { readonly type: 'IN'; readonly item: Expression; readonly range: Expression }
    | {
        readonly type: 'MACRO';
        readonly macro: Macro;
        readonly range: Expression;
        readonly variable: string;
        readonly body: Expression;
      }
    /** An operator or function of the table of functions, by its name there. */
    | { readonly type: 'CALL'; readonly name: string; readonly operands: readonly Expression[] }
  );

/** One kind of node of the tree. */
export type ExpressionOf<T extends Expression['type']> = Extract<Expression, { readonly type: T }>;

/** What can be wrong with an expression; `params` of a problem name the values for its message. */
export const PROBLEM_REASONS = [
  /** params: limit, actual */
  'SOURCE_TOO_LONG',
  /** params: limit */
  'TOO_DEEP',
  /** params: limit, actual */
  'TOO_MANY_NODES',
  /** In the worst case it takes more units of work than any rule may. params: limit, actual */
  'COST_TOO_HIGH',
  /** params: detail */
  'SYNTAX',
  /** The language has no such construct. params: construct, suggestion */
  'NOT_SUPPORTED',
  /** params: name, suggestion */
  'UNKNOWN_VARIABLE',
  /** params: name, suggestion */
  'UNKNOWN_FIELD',
  /** params: expected, actual */
  'WRONG_TYPE',
  /** A value that the compared field never takes. params: value, suggestion */
  'UNKNOWN_VALUE',
  /** It has to be written out, so that its work is known. params: name */
  'NOT_LITERAL',
  /** A text that can not be read as what it has to be. params: value, detail */
  'INVALID_LITERAL',
] as const;
export type ProblemReason = (typeof PROBLEM_REASONS)[number];

/** One thing that is wrong with a rule's source, and where. The suggestion is empty where nothing is close. */
export interface Problem {
  readonly reason: ProblemReason;
  readonly at: Position;
  readonly params: Readonly<Record<string, string | number>>;
}
