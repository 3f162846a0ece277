import { Frame, itemsOf } from './context.js';
import type { Context, Locate, Run } from './context.js';
import type { ExpressionOf, Position } from './expression.js';
import { restOf } from './nodes.js';
import { Collection, Failure, Unknown, asFailure, bothUnknown, isOpen, leftOpen } from './value.js';
import type { ItemPlace, Open, Value } from './value.js';

/** The compiled parts of a macro. */
export interface MacroParts {
  readonly range: Run;
  readonly locate: Locate;
  readonly body: Run;
  /** Where its item stands among the frames. */
  readonly slot: number;
}

/** One run over a list. */
interface Loop {
  readonly items: readonly Value[];
  readonly frame: Frame;
  readonly rest: Unknown | undefined;
}

/** A macro as a function. A list that is unknown, or no list, leaves it without a value. */
export function macroOver({ macro, range, at }: ExpressionOf<'MACRO'>, parts: MacroParts): Run {
  const over = BY_MACRO[macro];
  return (context) => {
    const value = parts.range(context);
    if (isOpen(value)) return value;
    const items = itemsOf(value);
    if (items === undefined) return asFailure(value, range.at);
    const frame = new Frame(value, context.isTracing ? parts.locate(context).path : '');
    context.frames[parts.slot] = frame;
    return over({ items, frame, rest: restOf(value, parts.locate, context) }, parts.body, context, at);
  };
}

type Over = (loop: Loop, body: Run, context: Context, at: Position) => Value;

const BY_MACRO: Readonly<Record<ExpressionOf<'MACRO'>['macro'], Over>> = {
  all: (loop, body, context, at) => quantified(loop, body, context, { dominant: false, at }),
  exists: (loop, body, context, at) => quantified(loop, body, context, { dominant: true, at }),
  exists_one: existsOne,
  filter: filtered,
  map: mapped,
};

/** Puts the next item before the body. */
function step({ items, frame }: Loop, index: number): void {
  frame.index = index;
  frame.item = items[index] ?? null;
}

/** One item that dominates decides, whatever else is unknown; what an incomplete set may hold besides is unknown. */
function quantified(
  loop: Loop,
  body: Run,
  context: Context,
  { dominant, at }: { readonly dominant: boolean; readonly at: Position },
): Value {
  let open: Open | undefined;
  for (let index = 0; index < loop.items.length; index += 1) {
    step(loop, index);
    const value = body(context);
    if (value === dominant) return dominant;
    if (value !== !dominant) open = leftOpen(open, value, at);
  }
  if (loop.rest !== undefined) open = leftOpen(open, loop.rest, at);
  return open ?? !dominant;
}

function existsOne(loop: Loop, body: Run, context: Context): Value {
  let count = 0;
  let [unknown, failure]: [Unknown | undefined, Failure | undefined] = [loop.rest, undefined];
  for (let index = 0; index < loop.items.length; index += 1) {
    step(loop, index);
    const value = body(context);
    if (value === true) count += 1;
    else if (value instanceof Unknown) unknown = unknown === undefined ? value : bothUnknown(unknown, value);
    else if (value instanceof Failure) failure ??= value;
  }
  if (count > 1) return false;
  return unknown ?? failure ?? count === 1;
}

/** An item whose condition is unknown may belong: the result is then not whole. */
function filtered(loop: Loop, body: Run, context: Context, at: Position): Value {
  const kept: Value[] = [];
  const places: ItemPlace[] | undefined = context.isTracing ? [] : undefined;
  let { rest } = loop;
  for (let index = 0; index < loop.items.length; index += 1) {
    step(loop, index);
    const value = body(context);
    if (value === true) {
      kept.push(loop.frame.item);
      places?.push(loop.frame.place());
    } else if (value instanceof Unknown) rest = rest === undefined ? value : bothUnknown(rest, value);
    else if (value !== false) return asFailure(value, at);
  }
  return new Collection(kept, places, rest);
}

function mapped(loop: Loop, body: Run, context: Context): Value {
  const values: Value[] = [];
  const places: ItemPlace[] | undefined = context.isTracing ? [] : undefined;
  for (let index = 0; index < loop.items.length; index += 1) {
    step(loop, index);
    places?.push(loop.frame.place());
    values.push(body(context));
  }
  return new Collection(values, places, loop.rest);
}
