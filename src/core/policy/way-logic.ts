import { sameJson } from '../same-json.js';
import { isCalendarDay } from '../landscape/calendar-day.js';
import type { Json } from '../landscape/model.js';
import type { Expression } from './expression.js';
import { isNull, isToday, keyOf, toldBy } from './needed-change.js';
import type { NeededChange, Way } from './needed-change.js';
import { partsOf } from './parts.js';
import { printExpression } from './print.js';

/** Whether a condition surely holds, or surely does not, once a way is gone. */
export function isSettledBy(way: Way, condition: Expression, holds: boolean, item: string): boolean {
  const settles = (part: Expression, as: boolean): boolean => isSettledBy(way, part, as, item);
  switch (condition.type) {
    case 'NOT':
      return settles(condition.operand, !holds);
    case 'AND':
    case 'OR': {
      const { operands } = condition;
      const needsAll = (condition.type === 'AND') === holds;
      return needsAll
        ? operands.every((operand) => settles(operand, holds))
        : operands.some((operand) => settles(operand, holds));
    }
    default:
      return way.some((change) => settlesAlone(change, condition, { holds, item }));
  }
}

function settlesAlone(
  change: NeededChange,
  condition: Expression,
  { holds, item }: { readonly holds: boolean; readonly item: string },
): boolean {
  const told = toldBy(condition);
  if (told !== undefined) return holds && factsTold(change).includes(keyFor(told, item));
  const asked = wordsAsked(condition);
  const { oneOf } = change;
  if (asked === undefined || oneOf === null || subjectOf(change) !== keyFor(asked.fact, item)) return false;
  const isAmong = (value: Json): boolean => asked.words.some((word) => sameJson(word, value)) === asked.isAmong;
  return oneOf.every((value) => isAmong(value) === holds);
}

/** What a comparison with words that are written out says of a fact: that it is among them, or that it is not. */
function wordsAsked(
  condition: Expression,
): { readonly fact: Expression; readonly words: readonly Json[]; readonly isAmong: boolean } | undefined {
  if (condition.type === 'IN' && condition.range.type === 'LIST') {
    const words = condition.range.items.flatMap((each) => (each.type === 'LITERAL' ? [each.value] : []));
    return words.length < condition.range.items.length ? undefined : { fact: condition.item, words, isAmong: true };
  }
  if (condition.type !== 'COMPARE' || condition.right.type !== 'LITERAL') return undefined;
  if (condition.operator !== '==' && condition.operator !== '!=') return undefined;
  return { fact: condition.left, words: [condition.right.value], isAmong: condition.operator === '==' };
}

function keyFor(expression: Expression, item: string): string {
  return keyOf(printExpression(expression), item);
}

/** The fact that a change gives one of some words. */
function subjectOf({ condition: { expression, item } }: NeededChange): string {
  if (expression.type === 'IN') return keyFor(expression.item, item);
  return expression.type === 'COMPARE' ? keyFor(expression.left, item) : '';
}

/** The facts that have to be told, and not to be absent, for a change to be there. */
function factsTold({ condition: { expression, item } }: NeededChange): string[] {
  const parts = factParts(expression);
  return parts.map((part) => keyFor(part, item));
}

function factParts(expression: Expression): readonly Expression[] {
  switch (expression.type) {
    case 'FIELD':
    case 'VARIABLE':
      return [expression];
    case 'COMPARE': {
      const { operator, left, right } = expression;
      // What is absent is other than any word.
      const isOpen = operator === '!=' && !isNull(left) && !isNull(right);
      return isOpen ? [] : [...factParts(left), ...factParts(right)];
    }
    case 'IN':
      return factParts(expression.item);
    case 'NOT':
      return expression.operand.type === 'FIELD' ? [expression.operand] : [];
    case 'MACRO':
      return factParts(expression.range);
    default:
      return partsOf(expression).flatMap(factParts);
  }
}

/** A way without what its other changes bring anyway; undefined where its changes contradict each other. */
export function tidied(way: Way): Way | undefined {
  const kept: NeededChange[] = [];
  for (const [index, change] of way.entries()) {
    const others = way.filter((_, other) => other !== index);
    if (others.some((other) => contradicts(change, other))) return undefined;
    const before = way.slice(0, index);
    const isRepeated = before.some((other) => isSame(other, change)) || isRepeatedBy(change, before, others);
    if (!isRepeated) kept.push(change);
  }
  const more = moreOf(way) - moreOf(kept);
  return kept.map((change, index) => (index === 0 ? { ...change, more: change.more + more } : change));
}

/** How many items of lists a way does not tell of. */
export function moreOf(way: Way): number {
  return way.reduce((sum, { more }) => sum + more, 0);
}

/** Of two changes that bring each other the first stays. */
function isRepeatedBy(change: NeededChange, before: Way, others: Way): boolean {
  return others.some((other) => brings(other, change) && (before.includes(other) || !brings(change, other)));
}

function isSame(first: NeededChange, second: NeededChange): boolean {
  return first.needed === second.needed && first.condition.item === second.condition.item;
}

/** Whether a change is there wherever another one is. */
function brings(change: NeededChange, other: NeededChange): boolean {
  const told = toldBy(other.condition.expression);
  if (told !== undefined) return factsTold(change).includes(keyFor(told, other.condition.item));
  if (isSettledBy([change], other.condition.expression, true, other.condition.item)) return true;
  return isStricter(change, other);
}

/** `x >= 24` brings `x >= 12`; that something is done by today says nothing of a term that is still to come. */
function isStricter(change: NeededChange, other: NeededChange): boolean {
  const [own, least] = [boundOf(change), boundOf(other)];
  if (own === undefined || least === undefined || own.fact !== least.fact || own.operator !== least.operator)
    return false;
  if (own.isToday && !least.isToday) return false;
  return own.operator.startsWith('>') ? own.bound >= least.bound : own.bound <= least.bound;
}

/** What a fact is compared with. */
interface Bound {
  readonly fact: string;
  readonly operator: string;
  readonly bound: number | string;
  readonly isToday: boolean;
}

function boundOf({ condition: { expression, constants, item } }: NeededChange): Bound | undefined {
  if (expression.type !== 'COMPARE') return undefined;
  const bound = constants.get(expression.right);
  return typeof bound === 'number' || (typeof bound === 'string' && isCalendarDay(bound))
    ? { fact: keyFor(expression.left, item), operator: expression.operator, bound, isToday: isToday(expression.right) }
    : undefined;
}

function contradicts(change: NeededChange, other: NeededChange): boolean {
  return isSettledBy([other], change.condition.expression, false, change.condition.item);
}

/** Whether all changes of one way are among those of another. */
export function isSubset(way: Way, of: Way): boolean {
  return way.every((change) => of.some((other) => isSame(change, other)));
}
