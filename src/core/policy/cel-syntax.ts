import { parse } from '@bufbuild/cel';
import { closestWord } from '../closest-word.js';
import { isPartialDate } from '../landscape/model.js';
import { COMPARISONS, MACROS } from './expression.js';
import type { Comparison, Expression, Macro, Position, Problem, ProblemReason } from './expression.js';

/** Longest source of one expression, characters: beyond it the parser itself gets slow. */
export const SOURCE_MAXIMUM = 4000;
/** Deepest nesting of one expression. */
export const DEPTH_MAXIMUM = 64;

type Parsed = ReturnType<typeof parse>;
type CelExpression = Parsed['expr'];
type SourceInfo = NonNullable<Parsed['sourceInfo']>;
type CelCall = Extract<CelExpression['exprKind'], { case: 'callExpr' }>['value'];

const OPERATORS = new Map<string, Comparison>(COMPARISONS.map((operator) => [`_${operator}_`, operator]));
const MACRO_NAMES = new Map<string, Macro>(MACROS.map((macro) => [macro, macro]));
const FUNCTIONS = ['size', 'has', 'date', ...MACROS];

/** Thrown inside this file only, to leave the recursion at the first construct that the language does not have. */
class Unsupported extends Error {
  constructor(readonly problem: Problem) {
    super(problem.reason);
  }
}

function positionOf(source: string, offset: number): Position {
  const before = source.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/** Turns the parser's tree into ours. A macro is read from the call that was written, not from its expansion. */
class Translation {
  private readonly source: string;
  private readonly info: SourceInfo | undefined;

  constructor(source: string, info: SourceInfo | undefined) {
    this.source = source;
    this.info = info;
  }

  translate(node: CelExpression, depth: number): Expression {
    const at = this.at(node);
    if (depth > DEPTH_MAXIMUM) throw unsupported('TOO_DEEP', at, { limit: DEPTH_MAXIMUM });
    const { exprKind } = node;
    switch (exprKind.case) {
      case 'constExpr':
        return { type: 'LITERAL', at, value: this.literal(exprKind.value, at) };
      case 'identExpr':
        return { type: 'VARIABLE', at, name: exprKind.value.name };
      case 'selectExpr': {
        const { operand, field, testOnly } = exprKind.value;
        if (operand === undefined) throw unsupported('NOT_SUPPORTED', at, { construct: field, suggestion: '' });
        return { type: testOnly ? 'HAS' : 'FIELD', at, operand: this.translate(operand, depth + 1), name: field };
      }
      case 'listExpr':
        return { type: 'LIST', at, items: exprKind.value.elements.map((item) => this.translate(item, depth + 1)) };
      case 'callExpr':
        return this.call(exprKind.value, at, depth);
      case 'comprehensionExpr':
        return this.macro(node, at, depth);
      default:
        throw unsupported('NOT_SUPPORTED', at, { construct: exprKind.case ?? 'nothing', suggestion: '' });
    }
  }

  private literal(
    constant: Extract<CelExpression['exprKind'], { case: 'constExpr' }>['value'],
    at: Position,
  ): string | number | boolean | null {
    const { constantKind } = constant;
    switch (constantKind.case) {
      case 'stringValue':
      case 'boolValue':
      case 'doubleValue':
        return constantKind.value;
      case 'nullValue':
        return null;
      case 'int64Value':
        if (Number.isSafeInteger(Number(constantKind.value))) return Number(constantKind.value);
        throw unsupported('NOT_SUPPORTED', at, { construct: `${constantKind.value}`, suggestion: '' });
      default:
        throw unsupported('NOT_SUPPORTED', at, { construct: constantKind.case ?? 'nothing', suggestion: '' });
    }
  }

  private call(call: CelCall, at: Position, depth: number): Expression {
    const { function: name, target, args } = call;
    const [first, second, third] = args;
    const down = (node: CelExpression): Expression => this.translate(node, depth + 1);
    if (name === 'size' && (target ?? first) !== undefined && args.length === (target === undefined ? 1 : 0)) {
      return { type: 'SIZE', at, operand: down(target ?? first ?? neverHere()) };
    }
    if (target !== undefined || first === undefined) throw unsupportedCall(name, at);
    if (name === '!_') return { type: 'NOT', at, operand: down(first) };
    if (name === 'date' && second === undefined) return this.date(down(first), at);
    if (second === undefined) throw unsupportedCall(name, at);
    if (name === '_?_:_' && third !== undefined) {
      return { type: 'CONDITIONAL', at, condition: down(first), whenTrue: down(second), whenFalse: down(third) };
    }
    return this.binary(name, [first, second], at, depth);
  }

  private binary(name: string, pair: readonly [CelExpression, CelExpression], at: Position, depth: number): Expression {
    const [left, right] = [this.translate(pair[0], depth + 1), this.translate(pair[1], depth + 1)];
    if (name === '_&&_') return { type: 'AND', at, operands: [left, right].flatMap((each) => flattened('AND', each)) };
    if (name === '_||_') return { type: 'OR', at, operands: [left, right].flatMap((each) => flattened('OR', each)) };
    if (name === '@in') return { type: 'IN', at, item: left, range: right };
    const operator = OPERATORS.get(name);
    if (operator === undefined) throw unsupportedCall(name, at);
    return { type: 'COMPARE', at, operator, left, right };
  }

  private date(argument: Expression, at: Position): Expression {
    if (argument.type === 'LITERAL' && typeof argument.value === 'string' && isPartialDate(argument.value)) {
      return { type: 'DATE', at, text: argument.value };
    }
    throw unsupported('WRONG_TYPE', argument.at, { expected: 'date("YYYY-MM-DD")', actual: argument.type });
  }

  private macro(node: CelExpression, at: Position, depth: number): Expression {
    const written = this.info?.macroCalls[`${node.id}`]?.exprKind;
    if (written?.case !== 'callExpr') throw unsupported('NOT_SUPPORTED', at, { construct: 'macro', suggestion: '' });
    const { function: name, target, args } = written.value;
    const [variable, body] = args;
    const macro = MACRO_NAMES.get(name);
    const wellFormed = target !== undefined && body !== undefined && args.length === 2;
    if (macro === undefined || !wellFormed || variable?.exprKind.case !== 'identExpr') throw unsupportedCall(name, at);
    return {
      type: 'MACRO',
      at,
      macro,
      range: this.nested(target, node, depth),
      variable: variable.exprKind.value.name,
      body: this.nested(body, node, depth),
    };
  }

  /** A macro inside the written call stands there as an empty node of its number; its own written call is on record. */
  private nested(part: CelExpression, owner: CelExpression, depth: number): Expression {
    if (part.exprKind.case === undefined && part.id !== owner.id) return this.macro(part, this.at(part), depth + 1);
    return this.translate(part, depth + 1);
  }

  private at(node: CelExpression): Position {
    return positionOf(this.source, this.info?.positions[`${node.id}`] ?? 0);
  }
}
