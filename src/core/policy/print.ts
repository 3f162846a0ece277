import type { Expression, ExpressionOf } from './expression.js';
import { FUNCTIONS } from './functions.js';

/** How strongly what an expression is made of holds together: what binds weaker than its place gets parentheses. */
const STRENGTH = { CONDITIONAL: 0, OR: 1, AND: 2, RELATION: 3, SUM: 4, PRODUCT: 5, UNARY: 6, WHOLE: 7 } as const;

function strength(expression: Expression): number {
  switch (expression.type) {
    case 'CONDITIONAL':
    case 'OR':
    case 'AND':
      return STRENGTH[expression.type];
    case 'COMPARE':
    case 'IN':
      return STRENGTH.RELATION;
    case 'NOT':
      return STRENGTH.UNARY;
    case 'LITERAL':
    case 'DOUBLE':
      return typeof expression.value === 'number' && isNegative(expression.value) ? STRENGTH.UNARY : STRENGTH.WHOLE;
    case 'CALL':
      return strengthOfCall(expression.name);
    default:
      return STRENGTH.WHOLE;
  }
}

function strengthOfCall(name: string): number {
  const style = FUNCTIONS.get(name)?.style;
  if (style === 'SIGN') return STRENGTH.UNARY;
  if (style !== 'OPERATOR') return STRENGTH.WHOLE;
  return name === '_+_' || name === '_-_' ? STRENGTH.SUM : STRENGTH.PRODUCT;
}

function isNegative(value: number): boolean {
  return value < 0 || Object.is(value, -0);
}

function printAt(least: number, expression: Expression): string {
  const text = printExpression(expression);
  return strength(expression) < least ? `(${text})` : text;
}

function printJoined(operands: readonly Expression[], operator: string, least: number): string {
  return operands.map((operand) => printAt(least, operand)).join(` ${operator} `);
}

function printLogic(expression: ExpressionOf<'NOT' | 'AND' | 'OR' | 'CONDITIONAL' | 'COMPARE' | 'IN'>): string {
  switch (expression.type) {
    case 'NOT':
      return `!${printAt(STRENGTH.WHOLE, expression.operand)}`;
    case 'AND':
      return printJoined(expression.operands, '&&', STRENGTH.RELATION);
    case 'OR':
      return printJoined(expression.operands, '||', STRENGTH.AND);
    case 'CONDITIONAL': {
      const { condition, whenTrue, whenFalse } = expression;
      return `${printAt(1, condition)} ? ${printAt(1, whenTrue)} : ${printExpression(whenFalse)}`;
    }
    case 'COMPARE':
      return printJoined([expression.left, expression.right], expression.operator, STRENGTH.SUM);
    case 'IN':
      return printJoined([expression.item, expression.range], 'in', STRENGTH.SUM);
  }
}

function printCall({ name, operands }: ExpressionOf<'CALL'>): string {
  const [first, ...rest] = operands;
  if (first === undefined) return `${name}()`;
  switch (FUNCTIONS.get(name)?.style) {
    case 'OPERATOR': {
      const own = strengthOfCall(name);
      return `${printAt(own, first)} ${name.slice(1, -1)} ${rest.map((each) => printAt(own + 1, each)).join('')}`;
    }
    case 'SIGN':
      return `-${printAt(STRENGTH.WHOLE, first)}`;
    case 'INDEX':
      return `${printAt(STRENGTH.WHOLE, first)}[${rest.map(printExpression).join('')}]`;
    case 'METHOD':
      return `${printAt(STRENGTH.WHOLE, first)}.${name}(${rest.map(printExpression).join(', ')})`;
    default:
      return `${name}(${operands.map(printExpression).join(', ')})`;
  }
}

/** A number that would be read as a whole one gets a fraction. */
function printDouble(value: number): string {
  if (Math.abs(value) === Infinity) return value < 0 ? '-1e999' : '1e999';
  const text = Object.is(value, -0) ? '-0' : `${value}`;
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** The expression as text in one canonical form; parsing that text gives the same tree again, positions apart. */
export function printExpression(expression: Expression): string {
  switch (expression.type) {
    case 'LITERAL':
      return JSON.stringify(expression.value);
    case 'DOUBLE':
      return printDouble(expression.value);
    case 'DATE':
      return `date(${JSON.stringify(expression.text)})`;
    case 'LIST':
      return `[${expression.items.map(printExpression).join(', ')}]`;
    case 'VARIABLE':
      return expression.name;
    case 'FIELD':
      return `${printAt(STRENGTH.WHOLE, expression.operand)}.${expression.name}`;
    case 'HAS':
      return `has(${printExpression(expression.field)})`;
    case 'CALL':
      return printCall(expression);
    case 'MACRO': {
      const { macro, range, variable, body } = expression;
      return `${printAt(STRENGTH.WHOLE, range)}.${macro}(${variable}, ${printExpression(body)})`;
    }
    default:
      return printLogic(expression);
  }
}
