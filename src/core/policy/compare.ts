import type { Comparison } from './expression.js';
import { isBefore } from './partial-date.js';
import { Failure } from './value.js';
import type { Value } from './value.js';
import type { Position } from './expression.js';

/**
 * Compares two values that are known.
 *
 * Texts in an order are dates: the checker lets nothing else through. undefined where one of them is known only to the
 * year or month and both answers are possible. An order with null (declared absent) is a Failure.
 */
export function compareValues(
  operator: Comparison,
  left: Value,
  right: Value,
  at: Position,
): boolean | undefined | Failure {
  if (operator === '==') return left === right;
  if (operator === '!=') return left !== right;
  if (left === null || right === null) return new Failure(at, 'ABSENT');
  if (typeof left === 'number' && typeof right === 'number') return numbersInOrder(operator, left, right);
  if (typeof left === 'string' && typeof right === 'string') return daysInOrder(operator, left, right);
  return new Failure(at, 'WRONG_VALUE');
}

function numbersInOrder(operator: '<' | '<=' | '>' | '>=', left: number, right: number): boolean {
  if (operator === '<') return left < right;
  if (operator === '<=') return left <= right;
  return operator === '>' ? left > right : left >= right;
}

function daysInOrder(operator: '<' | '<=' | '>' | '>=', left: string, right: string): boolean | undefined {
  if (operator === '<') return isBefore(left, right);
  if (operator === '>') return isBefore(right, left);
  const contrary = operator === '<=' ? isBefore(right, left) : isBefore(left, right);
  return contrary === undefined ? undefined : !contrary;
}
