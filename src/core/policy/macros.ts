import { Frame, itemsOf } from './context.js';
import type { Context, Locate, Run } from './context.js';
import { nodesOf } from './cost.js';
import type { ExpressionOf, Position } from './expression.js';
import { restOf } from './nodes.js';
import { Collection, Failure, Unknown, asFailure, bothUnknown, isOpen, leftOpen } from './value.js';
import type { ItemPlace, Open, Value } from './value.js';

/** The compiled parts of a macro. */
export interface MacroParts {
  readonly range: Run;
  readonly locate: Locate;
  readonly body: Run;
  /** How the way to what it makes of an item is told; undefined where that is no fact. */
  readonly locateBody: Locate | undefined;
  /** Where its item stands among the frames. */
  readonly slot: number;
}

/** One run over a list. */
interface Loop extends Pick<MacroParts, 'body' | 'locateBody'> {
  readonly items: readonly Value[];
  readonly frame: Frame;
  readonly rest: Unknown | undefined;
  /** Units of work for each item. */
  readonly units: number;
  readonly context: Context;
  readonly at: Position;
}

/** A macro as a function. A list that is unknown, or no list, leaves it without a value. */
export function macroOver({ macro, range, body, at }: ExpressionOf<'MACRO'>, parts: MacroParts): Run {
  const over = BY_MACRO[macro];
  const units = nodesOf(body);
  return (context) => {
    const value = parts.range(context);
    if (isOpen(value)) return value;
    const items = itemsOf(value);
    if (items === undefined) return asFailure(value, range.at);
    const frame = new Frame(value, context.isTracing ? parts.locate(context).path : '');
    context.frames[parts.slot] = frame;
    const rest = restOf(value, parts.locate, context);
    return over({ items, frame, rest, units, context, at, body: parts.body, locateBody: parts.locateBody });
  };
}

const BY_MACRO: Readonly<Record<ExpressionOf<'MACRO'>['macro'], (loop: Loop) => Value>> = {
  all: (loop) => quantified(loop, false),
  exists: (loop) => quantified(loop, true),
  exists_one: existsOne,
  filter: filtered,
  map: mapped,
};

/** What the body makes of the next item; a Failure where the work is too much. */
function answerTo({ items, frame, units, context, body, at }: Loop, index: number): Value {
  if (!context.spend(units)) return new Failure(at, 'BUDGET');
  frame.index = index;
  frame.item = items[index] ?? null;
  return body(context);
}

/** One item that dominates decides, whatever else is unknown; what an incomplete set may hold besides is unknown. */
function quantified(loop: Loop, dominant: boolean): Value {
  let open: Open | undefined;
  for (let index = 0; index < loop.items.length && loop.context.left >= 0; index += 1) {
    const value = answerTo(loop, index);
    if (value === dominant) return dominant;
    if (value !== !dominant) open = leftOpen(open, value, loop.at);
  }
  if (loop.rest !== undefined) open = leftOpen(open, loop.rest, loop.at);
  return open ?? !dominant;
}

function existsOne(loop: Loop): Value {
  let count = 0;
  let [unknown, failure]: [Unknown | undefined, Failure | undefined] = [loop.rest, undefined];
  for (let index = 0; index < loop.items.length && loop.context.left >= 0; index += 1) {
    const value = answerTo(loop, index);
    if (value === true) count += 1;
    else if (value instanceof Unknown) unknown = unknown === undefined ? value : bothUnknown(unknown, value);
    else if (value instanceof Failure) failure ??= value;
  }
  // Two are too many whatever else is unknown; an item that can not be judged leaves even that undecided.
  if (failure !== undefined) return unknown ?? failure;
  return count > 1 ? false : (unknown ?? count === 1);
}

/** An item whose condition is unknown may belong: the result is then not whole. */
function filtered(loop: Loop): Value {
  const kept: Value[] = [];
  const places: ItemPlace[] | undefined = loop.context.isTracing ? [] : undefined;
  let { rest } = loop;
  for (let index = 0; index < loop.items.length; index += 1) {
    const value = answerTo(loop, index);
    if (value === true) {
      kept.push(loop.frame.item);
      places?.push(loop.frame.place());
    } else if (value instanceof Unknown) rest = rest === undefined ? value : bothUnknown(rest, value);
    else if (value !== false) return asFailure(value, loop.at);
  }
  return new Collection(kept, places, rest);
}

/** What can not be computed of one item can not be computed of the list; an unknown item is an item all the same. */
function mapped(loop: Loop): Value {
  const values: Value[] = [];
  const places: ItemPlace[] | undefined = loop.context.isTracing ? [] : undefined;
  for (let index = 0; index < loop.items.length; index += 1) {
    const value = answerTo(loop, index);
    if (value instanceof Failure) return value;
    places?.push(placeOfMapped(loop));
    values.push(value);
  }
  return new Collection(values, places, loop.rest);
}

function placeOfMapped({ frame, locateBody, context }: Loop): ItemPlace {
  const { path, label, element } = frame.place();
  return { path: locateBody?.(context).path ?? path, label, element };
}
