import { parse } from '@bufbuild/cel';
import { closestWord } from '../closest-word.js';
import { isPartialDate } from '../landscape/model.js';
import { COMPARISONS, MACROS } from './expression.js';
import type { Comparison, Expression, Macro, Position, Problem } from './expression.js';
import { Unsupported, literal, negated, unsupported } from './cel-literal.js';
import { FUNCTIONS } from './functions.js';
import type { FunctionStyle } from './function.js';

/** Longest source of one expression, characters: beyond it the parser itself gets slow. */
export const SOURCE_MAXIMUM = 4000;
/** Deepest nesting of one expression. */
export const DEPTH_MAXIMUM = 64;
/** Most parts of one expression. */
export const NODES_MAXIMUM = 2000;

type Parsed = ReturnType<typeof parse>;
type CelExpression = Parsed['expr'];
type SourceInfo = NonNullable<Parsed['sourceInfo']>;
type CelCall = Extract<CelExpression['exprKind'], { case: 'callExpr' }>['value'];

const OPERATORS = new Map<string, Comparison>(COMPARISONS.map((operator) => [`_${operator}_`, operator]));
const MACRO_NAMES = new Map<string, Macro>(MACROS.map((macro) => [macro, macro]));
/** What a person may have meant by a name that the language does not have. */
const CALLABLE = [
  ...MACROS,
  'has',
  'date',
  ...[...FUNCTIONS.keys()].filter((name) => /^\w+$/.test(name) && !name.startsWith('_')),
];
/** What is written as a call of a name, whoever is asked. */
const IS_METHOD: ReadonlySet<FunctionStyle> = new Set(['METHOD', 'BOTH']);
const IS_NO_METHOD: ReadonlySet<FunctionStyle> = new Set(['OPERATOR', 'SIGN', 'INDEX', 'FUNCTION', 'BOTH']);

function positionOf(source: string, offset: number): Position {
  const before = source.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/** Turns the parser's tree into ours. A macro is read from the call that was written, not from its expansion. */
class Translation {
  private readonly source: string;
  private readonly info: SourceInfo | undefined;
  private nodes = 0;

  constructor(source: string, info: SourceInfo | undefined) {
    this.source = source;
    this.info = info;
  }

  translate(node: CelExpression, depth: number): Expression {
    const at = this.at(node);
    if (depth > DEPTH_MAXIMUM) throw unsupported('TOO_DEEP', at, { limit: DEPTH_MAXIMUM });
    this.nodes += 1;
    if (this.nodes > NODES_MAXIMUM) {
      throw unsupported('TOO_MANY_NODES', at, { limit: NODES_MAXIMUM, actual: this.nodes });
    }
    const { exprKind } = node;
    switch (exprKind.case) {
      case 'constExpr':
        return literal(exprKind.value, at);
      case 'identExpr':
        return { type: 'VARIABLE', at, name: exprKind.value.name };
      case 'selectExpr': {
        const { operand, field, testOnly } = exprKind.value;
        if (operand === undefined) throw unsupported('NOT_SUPPORTED', at, { construct: field, suggestion: '' });
        const read = { type: 'FIELD' as const, at, operand: this.translate(operand, depth + 1), name: field };
        return testOnly ? { type: 'HAS', at, field: read } : read;
      }
      case 'listExpr':
        return { type: 'LIST', at, items: exprKind.value.elements.map((item) => this.translate(item, depth + 1)) };
      case 'callExpr':
        return this.call(exprKind.value, at, depth);
      case 'comprehensionExpr':
      case undefined:
        return this.macro(node, at, depth);
      default:
        throw unsupported('NOT_SUPPORTED', at, { construct: exprKind.case, suggestion: '' });
    }
  }

  private call(call: CelCall, at: Position, depth: number): Expression {
    const { function: name, target, args } = call;
    const [first, second, third] = args;
    const down = (node: CelExpression): Expression => this.translate(node, depth + 1);
    if (FUNCTIONS.has(name)) return this.tabled(call, at, depth);
    if (target !== undefined || first === undefined) throw unsupportedCall(name, at);
    if (name === '!_') return { type: 'NOT', at, operand: down(first) };
    if (name === 'date' && second === undefined) return this.date(down(first), at);
    if (second === undefined) throw unsupportedCall(name, at);
    if (name === '_?_:_' && third !== undefined) {
      return { type: 'CONDITIONAL', at, condition: down(first), whenTrue: down(second), whenFalse: down(third) };
    }
    return this.binary(name, [first, second], at, depth);
  }

  /** A function of the table, written as the table says: `size(list)` and `list.size()` say the same. */
  private tabled({ function: name, target, args }: CelCall, at: Position, depth: number): Expression {
    const { style, overloads } = FUNCTIONS.get(name) ?? { style: 'FUNCTION', overloads: [] };
    const written = target === undefined ? args : [target, ...args];
    const isWritten = (target === undefined ? IS_NO_METHOD : IS_METHOD).has(style);
    if (!isWritten || !overloads.some(({ parameters }) => parameters.length === written.length)) {
      throw unsupportedCall(name, at);
    }
    const operands = written.map((operand) => this.translate(operand, depth + 1));
    return (style === 'SIGN' ? negated(operands, at) : undefined) ?? { type: 'CALL', at, name, operands };
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

  /** A macro's written call is on record by its number; inside another macro it stands as an empty node of that number. */
  private macro(node: CelExpression, at: Position, depth: number): Expression {
    const written = this.info?.macroCalls[`${node.id}`]?.exprKind;
    if (written?.case !== 'callExpr') throw unsupportedCall('macro', at);
    const { function: name, target, args } = written.value;
    const [first, body, ...more] = args;
    if (name === 'has' && first !== undefined) return this.has(first, at, depth);
    const macro = MACRO_NAMES.get(name);
    if (macro === undefined || target === undefined || body === undefined || more.length > 0) {
      throw unsupportedCall(name, at);
    }
    return {
      type: 'MACRO',
      at,
      macro,
      range: this.translate(target, depth + 1),
      variable: variableName(first, at),
      body: this.translate(body, depth + 1),
    };
  }

  private has(argument: CelExpression, at: Position, depth: number): Expression {
    const field = this.translate(argument, depth + 1);
    if (field.type !== 'FIELD') throw unsupportedCall('has', at);
    return { type: 'HAS', at, field };
  }

  private at(node: CelExpression): Position {
    return positionOf(this.source, this.info?.positions[`${node.id}`] ?? 0);
  }
}

function variableName(node: CelExpression | undefined, at: Position): string {
  if (node?.exprKind.case !== 'identExpr') throw unsupportedCall('macro', at);
  return node.exprKind.value.name;
}

function unsupportedCall(name: string, at: Position): Unsupported {
  return unsupported('NOT_SUPPORTED', at, { construct: name, suggestion: closestWord(name, CALLABLE) });
}

/** `(a && b) && c` says what `a && b && c` says. */
function flattened(type: 'AND' | 'OR', expression: Expression): readonly Expression[] {
  return expression.type === type ? expression.operands : [expression];
}

/** The parser's error carries where it stopped; its class is not exported. */
function syntaxProblem(error: unknown): Problem | undefined {
  if (!(error instanceof Error) || !('location' in error)) return undefined;
  const { location } = error;
  if (typeof location !== 'object' || location === null || !('start' in location)) return undefined;
  const { start } = location;
  if (typeof start !== 'object' || start === null || !('line' in start) || !('column' in start)) return undefined;
  const at = { line: Number(start.line), column: Number(start.column) };
  return {
    reason: 'SYNTAX',
    at,
    params: { detail: error.message.replace(/^(?:syntax error )?<input>:\d+:\d+: /, '') },
  };
}

const START: Position = { line: 1, column: 1 };

/** The deepest nesting of brackets, or too many signs: what could exhaust the parser before there is a tree to measure. */
function nestingOf(source: string): number {
  let [open, signs, deepest] = [0, 0, 0];
  for (const character of source) {
    if ('([{'.includes(character)) open += 1;
    else if (')]}'.includes(character)) open -= 1;
    if ('!-?'.includes(character)) signs += 1;
    deepest = Math.max(deepest, open);
  }
  return Math.max(deepest, signs > SIGN_MAXIMUM ? DEPTH_MAXIMUM + 1 : 0);
}

/** Signs and conditionals of one source; each may be one more level. */
const SIGN_MAXIMUM = 512;

/**
 * Reads the source of an expression. Nothing outside this file knows the parser, so another one can take its place.
 * @returns the tree, or the first problem met; a source of only blanks is a syntax problem.
 */
export function parseExpression(source: string): { readonly expression: Expression } | { readonly problem: Problem } {
  if (source.length > SOURCE_MAXIMUM) {
    const params = { limit: SOURCE_MAXIMUM, actual: source.length };
    return { problem: { reason: 'SOURCE_TOO_LONG', at: START, params } };
  }
  if (nestingOf(source) > DEPTH_MAXIMUM) {
    return { problem: { reason: 'TOO_DEEP', at: START, params: { limit: DEPTH_MAXIMUM } } };
  }
  try {
    const { expr, sourceInfo } = parse(source);
    return { expression: new Translation(source, sourceInfo).translate(expr, 1) };
  } catch (error) {
    if (error instanceof Unsupported) return { problem: error.problem };
    const problem = syntaxProblem(error);
    if (problem === undefined) throw error;
    return { problem };
  }
}
