import { itemsOf, labelOf } from './context.js';
import type { Context, Locate, Run } from './context.js';
import type { ExpressionOf } from './expression.js';
import { ARGUMENT_OF, Refusal, sizeOfArgument } from './function.js';
import type { Argument, Overload } from './function.js';
import { restOf, unknownAt } from './nodes.js';
import type { WayStep } from './rule-graph.js';
import { Collection, Failure, asFailure, isOpen, openOf } from './value.js';
import type { Open, Value } from './value.js';
import { writtenArgument } from './written.js';

/** One argument of a call: how it is computed and what it has to be. */
export interface Operand {
  readonly run: Run;
  readonly locate: Locate;
}

/** The arguments of a call, as its function takes them. What is unknown of one is unknown of the result; null is none. */
export function argumentsOf(
  { at, name, operands: written }: ExpressionOf<'CALL'>,
  { parameters }: Overload,
  operands: readonly Operand[],
): (context: Context) => Argument[] | Open {
  const fixed = written.map((operand, index) => {
    const read = writtenArgument(parameters[index], operand, name);
    return read !== undefined && 'argument' in read ? read.argument : undefined;
  });
  const readers = parameters.map((parameter) => ARGUMENT_OF[parameter]);
  return (context) => {
    const values: Argument[] = [];
    let open: Open | undefined;
    for (const [index, { run, locate }] of operands.entries()) {
      const known = fixed[index];
      if (known !== undefined) {
        values.push(known);
        continue;
      }
      const value = run(context);
      const argument = isOpen(value) ? undefined : readers[index]?.(value);
      const obstacle = argument === undefined ? asOpen(value, at) : restOf(value, locate, context);
      if (obstacle !== undefined) open = open === undefined ? obstacle : openOf(open, obstacle);
      else if (argument !== undefined) values.push(argument);
    }
    return open ?? values;
  };
}

/** A call as a function. */
export function callOf(expression: ExpressionOf<'CALL'>, overload: Overload, operands: readonly Operand[]): Run {
  const read = argumentsOf(expression, overload, operands);
  return (context) => {
    const values = read(context);
    if (!Array.isArray(values)) return values;
    return resultOf(expression, overload, values, context) ?? openDate(operands, values, context);
  };
}

/** The way between elements that the answer of a call rests on; undefined where it is of a kind that rests on none. */
export function wayOf(
  expression: ExpressionOf<'CALL'>,
  overload: Overload,
  operands: readonly Operand[],
): ((context: Context) => readonly WayStep[] | undefined) | undefined {
  const { way } = overload;
  if (way === undefined) return undefined;
  const read = argumentsOf(expression, overload, operands);
  return (context) => {
    const values = read(context);
    return Array.isArray(values) ? way(context, values) : undefined;
  };
}

function asOpen(value: Value, at: ExpressionOf<'CALL'>['at']): Open {
  return isOpen(value) ? value : asFailure(value, at);
}

function resultOf(
  { at }: ExpressionOf<'CALL'>,
  { cost, run, ask }: Overload,
  values: readonly Argument[],
  context: Context,
): Value | undefined {
  if (cost !== undefined && !context.spend(cost(...values.map(sizeOfArgument)))) return new Failure(at, 'BUDGET');
  const result = ask === undefined ? run(...values) : ask(context, values);
  return result instanceof Refusal ? new Failure(at, result.detail) : result;
}

/** Whoever stated the less exact date can say more; where both are as exact, whoever stated the first. */
function openDate(operands: readonly Operand[], values: readonly Argument[], context: Context): Value {
  const lengths = values.map((value) => (typeof value === 'string' ? value.length : Infinity));
  const index = lengths.indexOf(Math.min(...lengths));
  const operand = operands[index] ?? operands[0];
  return operand === undefined ? null : unknownAt(operand.locate, context, true);
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
  if (known !== undefined) return { path: known.path, item: known.label, element: known.element };
  return { path: `${place.path}[${index}]`, item: labelOf(itemsOf(list)?.[index] ?? null) ?? place.item };
}
