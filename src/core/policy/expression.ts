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

export type Expression = { readonly at: Position } & (
  | { readonly type: 'LITERAL'; readonly value: string | number | boolean | null }
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
  /** Items of a list or set, or characters of a text. */
  | { readonly type: 'SIZE'; readonly operand: Expression }
);

/** One kind of node of the tree. */
export type ExpressionOf<T extends Expression['type']> = Extract<Expression, { readonly type: T }>;

/** What can be wrong with an expression; `params` of a problem name the values for its message. */
export const PROBLEM_REASONS = [
  /** params: limit, actual */
  'SOURCE_TOO_LONG',
  /** params: limit */
  'TOO_DEEP',
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
] as const;
export type ProblemReason = (typeof PROBLEM_REASONS)[number];

/** One thing that is wrong with a rule's source, and where. The suggestion is empty where nothing is close. */
export interface Problem {
  readonly reason: ProblemReason;
  readonly at: Position;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Operators that bind weaker than the place they stand in get parentheses: 0 = conditional ... 4 = unary and above. */
function strength(expression: Expression): number {
  switch (expression.type) {
    case 'CONDITIONAL':
      return 0;
    case 'OR':
      return 1;
    case 'AND':
      return 2;
    case 'COMPARE':
    case 'IN':
      return 3;
    default:
      return 4;
  }
}

function printAt(least: number, expression: Expression): string {
  const text = printExpression(expression);
  return strength(expression) < least ? `(${text})` : text;
}

function printJoined(operands: readonly Expression[], operator: string, least: number): string {
  return operands.map((operand) => printAt(least, operand)).join(` ${operator} `);
}

function printLogic(expression: ExpressionOf<'NOT' | 'CONDITIONAL' | 'COMPARE' | 'IN' | 'MACRO'>): string {
  switch (expression.type) {
    case 'NOT':
      return `!${printAt(4, expression.operand)}`;
    case 'CONDITIONAL': {
      const { condition, whenTrue, whenFalse } = expression;
      return `${printAt(1, condition)} ? ${printAt(1, whenTrue)} : ${printExpression(whenFalse)}`;
    }
    case 'COMPARE':
      return printJoined([expression.left, expression.right], expression.operator, 4);
    case 'IN':
      return printJoined([expression.item, expression.range], 'in', 4);
    case 'MACRO': {
      const { macro, range, variable, body } = expression;
      return `${printAt(4, range)}.${macro}(${variable}, ${printExpression(body)})`;
    }
  }
}

/** The expression as text in one canonical form; parsing that text gives the same tree again, positions apart. */
export function printExpression(expression: Expression): string {
  switch (expression.type) {
    case 'LITERAL':
      return JSON.stringify(expression.value);
    case 'DATE':
      return `date(${JSON.stringify(expression.text)})`;
    case 'LIST':
      return `[${expression.items.map(printExpression).join(', ')}]`;
    case 'VARIABLE':
      return expression.name;
    case 'FIELD':
      return `${printAt(4, expression.operand)}.${expression.name}`;
    case 'HAS':
      return `has(${printExpression(expression.field)})`;
    case 'SIZE':
      return `size(${printExpression(expression.operand)})`;
    case 'AND':
      return printJoined(expression.operands, '&&', 3);
    case 'OR':
      return printJoined(expression.operands, '||', 2);
    default:
      return printLogic(expression);
  }
}
