import type { Comparison, ExpressionOf } from './expression.js';
import { isBefore } from './partial-date.js';
import { Failure } from './value.js';
import type { Value } from './value.js';

type Order = Exclude<Comparison, '==' | '!='>;

/**
 * Compares two values that are known.
 *
 * Texts in an order are dates: the checker lets nothing else through. The answer is undefined where one of them is known
 * only to the year or month and both answers are possible. An order with null (declared absent) is a Failure.
 */
export function comparator({
  operator,
  at,
}: ExpressionOf<'COMPARE'>): (left: Value, right: Value) => boolean | undefined | Failure {
  if (operator === '==') return (left, right) => left === right;
  if (operator === '!=') return (left, right) => left !== right;
  const [counts, days] = [COUNTS_IN_ORDER[operator], DAYS_IN_ORDER[operator]];
  return (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return counts(left, right);
    if (typeof left === 'bigint' && typeof right === 'bigint') return counts(left, right);
    if (typeof left === 'string' && typeof right === 'string') return days(left, right);
    return new Failure(at, left === null || right === null ? 'ABSENT' : 'WRONG_VALUE');
  };
}

type Counted = number | bigint;

const COUNTS_IN_ORDER: Readonly<Record<Order, (left: Counted, right: Counted) => boolean>> = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

const DAYS_IN_ORDER: Readonly<Record<Order, (left: string, right: string) => boolean | undefined>> = {
  '<': isBefore,
  '<=': (left, right) => opposite(isBefore(right, left)),
  '>': (left, right) => isBefore(right, left),
  '>=': (left, right) => opposite(isBefore(left, right)),
};

function opposite(answer: boolean | undefined): boolean | undefined {
  return answer === undefined ? undefined : !answer;
}
