import { itemsOf, labelOf } from './context.js';
import type { Context, Locate, Run } from './context.js';
import type { ExpressionOf } from './expression.js';
import { ARGUMENT_OF, Refusal, sizeOfArgument } from './function.js';
import type { Argument, Overload } from './function.js';
import { restOf, unknownAt } from './nodes.js';
import { patternOf } from './pattern.js';
import { Collection, Failure, asFailure, isOpen, openOf } from './value.js';
import type { Open, Value } from './value.js';

/** One argument of a call: how it is computed and what it has to be. */
export interface Operand {
  readonly run: Run;
  readonly locate: Locate;
}

/** A call as a function. What is unknown of one argument is unknown of the result; null is no argument. */
export function callOf(expression: ExpressionOf<'CALL'>, overload: Overload, operands: readonly Operand[]): Run {
  const { at } = expression;
  const patterns = overload.parameters.map((parameter, index) =>
    parameter === 'PATTERN' ? writtenPattern(expression, index) : undefined,
  );
  const readers = overload.parameters.map((parameter) => ARGUMENT_OF[parameter]);
  return (context) => {
    const values: Argument[] = [];
    let open: Open | undefined;
    for (const [index, { run, locate }] of operands.entries()) {
      const pattern = patterns[index];
      if (pattern !== undefined) {
        values.push(pattern);
        continue;
      }
      const value = run(context);
      const argument = isOpen(value) ? undefined : readers[index]?.(value);
      const obstacle = argument === undefined ? asOpen(value, at) : restOf(value, locate, context);
      if (obstacle !== undefined) open = open === undefined ? obstacle : openOf(open, obstacle);
      else if (argument !== undefined) values.push(argument);
    }
    return open ?? resultOf(expression, overload, values, context) ?? openDate(operands, values, context);
  };
}

function asOpen(value: Value, at: ExpressionOf<'CALL'>['at']): Open {
  return isOpen(value) ? value : asFailure(value, at);
}

function resultOf(
  { at }: ExpressionOf<'CALL'>,
  { cost, run }: Overload,
  values: readonly Argument[],
  context: Context,
): Value | undefined {
  if (cost !== undefined && !context.spend(cost(...values.map(sizeOfArgument)))) return new Failure(at, 'BUDGET');
  const result = run(...values);
  return result instanceof Refusal ? new Failure(at, result.detail) : result;
}

/** Whoever stated the less exact date can say more; where both are as exact, whoever stated the first. */
function openDate(operands: readonly Operand[], values: readonly Argument[], context: Context): Value {
  const lengths = values.map((value) => (typeof value === 'string' ? value.length : Infinity));
  const index = lengths.indexOf(Math.min(...lengths));
  const operand = operands[index] ?? operands[0];
  return operand === undefined ? null : unknownAt(operand.locate, context, true);
}

function writtenPattern({ operands }: ExpressionOf<'CALL'>, index: number): Argument | undefined {
  const operand = operands[index];
  if (operand?.type !== 'LITERAL' || typeof operand.value !== 'string') return undefined;
  const pattern = patternOf(operand.value);
  return 'problem' in pattern ? undefined : pattern;
}

/** The way to an item that is named by its number. */
export function locateItem([list, number]: readonly Operand[]): Locate {
  return (context) => {
    const index = number?.run(context);
    const place = list?.locate(context) ?? { path: '', item: null };
    return typeof index === 'number' ? placeOfItem(list?.run(context) ?? null, index, place) : place;
  };
}

function placeOfItem(list: Value, index: number, place: ReturnType<Locate>): ReturnType<Locate> {
  const known = list instanceof Collection ? list.places?.[index] : undefined;
  if (known !== undefined) return { path: known.path, item: known.label };
  return { path: `${place.path}[${index}]`, item: labelOf(itemsOf(list)?.[index] ?? null) ?? place.item };
}
