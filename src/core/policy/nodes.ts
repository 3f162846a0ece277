import type { Context, Locate, Run, Scope } from './context.js';
import type { ExpressionOf, Position } from './expression.js';
import type { FactForm, FactReader } from './facts-on-demand.js';
import {
  Collection,
  Failure,
  UNTRACED,
  Unknown,
  asFailure,
  isComputed,
  isFactSet,
  isRecordValue,
  leftOpen,
} from './value.js';
import type { Facts, ItemPlace, Open, Value } from './value.js';

/** The same value always. */
export function constant(value: string | number | boolean | null): Run {
  return () => value;
}

/** The value of a name in sight; the checker knows that it is. */
export function variable(name: string, { names }: Scope, parameters: Facts): Run {
  const place = names.get(name);
  if (place === 'params') return () => parameters;
  if (place === 'self') return (context) => context.facts;
  if (place === 'today') return (context) => context.today;
  const slot = place ?? 0;
  return (context) => context.frames[slot]?.item ?? null;
}

/** The way to what a name stands for. */
export function locateVariable(name: string, { names }: Scope): Locate {
  const place = names.get(name);
  if (typeof place !== 'number') {
    const constantPlace = { path: name === 'self' ? '' : name, item: null };
    return () => constantPlace;
  }
  return (context) => {
    const { path, label, element }: ItemPlace = context.frames[place]?.place() ?? { path: name, label: null };
    return { path, item: label, element };
  };
}

/** Unknown, because nothing is told at a place; the way there is written only for who asks. */
export function unknownAt(locate: Locate, context: Context, incomplete: boolean): Unknown {
  if (!context.isTracing) return UNTRACED;
  const { path, item, element } = locate(context);
  const own = element === undefined ? path : path.slice(element.length + 1);
  const field = own.replaceAll(/\[\d+\]/g, '');
  return new Unknown([{ path, field, item, incomplete, ...(element === undefined ? {} : { element }) }]);
}

/** A field of a record. A missing one is unknown; a record that is absent has none. */
export function field({ name, at }: ExpressionOf<'FIELD'>, operand: Run, locate: Locate): Run {
  const inherited = inheritedAs(name);
  return (context) => {
    const record = operand(context);
    if (!isRecordValue(record) || isComputed(record)) return record instanceof Unknown ? record : asFailure(record, at);
    const value = record[name];
    return value === undefined || value === inherited ? unknownAt(locate, context, false) : value;
  };
}

/** A field of the subject itself: what most of an expression is. */
export function ownField(name: string, locate: Locate): Run {
  const inherited = inheritedAs(name);
  let form: FactForm<unknown> | undefined;
  let read: FactReader<unknown> | undefined;
  return (context) => {
    // An expression is nearly always asked of facts of one form: how that makes this one is looked up once.
    if (context.form !== form) {
      form = context.form;
      read = form?.readerOf(name);
    }
    const value = read === undefined ? context.facts[name] : read(context.source);
    return value === undefined || value === inherited ? unknownAt(locate, context, false) : value;
  };
}

/** What every object has by birth under a name; it is no field of facts. */
function inheritedAs(name: string): unknown {
  return (Object.prototype as Readonly<Record<string, unknown>>)[name];
}

/** Whether something was recorded. What stands in an unknown or absent record was not recorded either. */
export function has(fieldRun: Run): Run {
  return (context) => {
    const value = fieldRun(context);
    if (value instanceof Failure) return value.detail === 'ABSENT' ? false : value;
    return !(value instanceof Unknown) && value !== null;
  };
}

export function negation(operand: Run, { at }: { readonly at: Position }): Run {
  return (context) => {
    const value = operand(context);
    if (typeof value === 'boolean') return !value;
    return value instanceof Unknown ? value : asFailure(value, at);
  };
}

/** Kleene's conjunction or disjunction: one operand that dominates decides, whatever else is unknown. */
export function junction({ type, at }: ExpressionOf<'AND' | 'OR'>, operands: readonly Run[]): Run {
  const dominant = type === 'OR';
  return (context) => {
    let open: Open | undefined;
    for (const operand of operands) {
      const value = operand(context);
      if (value === dominant) return dominant;
      if (value !== !dominant) open = leftOpen(open, value, at);
    }
    return open ?? !dominant;
  };
}

/** What a set that nobody declared complete may hold besides its known items; undefined where a list or set is whole. */
export function restOf(value: Value, locate: Locate, context: Context): Unknown | undefined {
  if (value instanceof Collection) return value.rest;
  return isFactSet(value) && !value.complete ? unknownAt(locate, context, true) : undefined;
}
