import type { Json } from '../landscape/model.js';
import type { Expression, ExpressionOf } from './expression.js';
import { printExpression } from './expression.js';
import { compareValues } from './compare.js';
import { Collection, Failure, Unknown, combine, distinctPaths, isFactSet, isRecordValue } from './value.js';
import type { Entry, Facts, MissingPath, Value } from './value.js';

/** The variables in sight, innermost first. */
export interface Scope {
  readonly name: string;
  readonly entry: Entry;
  readonly outer: Scope | undefined;
}

/** `self` and `today`, as every expression sees them. */
export function scopeOf(facts: Facts, today: string): Scope {
  const outer: Scope = { name: 'today', entry: { value: today, path: 'today', label: null }, outer: undefined };
  return { name: 'self', entry: { value: facts, path: '', label: null }, outer };
}

/** The scope of a macro's body for one of its items. */
export function scopeOfItem(expression: ExpressionOf<'MACRO'>, entry: Entry, outer: Scope): Scope {
  return { name: expression.variable, entry, outer };
}

function entryOf(name: string, scope: Scope): Entry | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) if (at.name === name) return at.entry;
  return undefined;
}

/** The way to a value and the list item on that way. */
function placeOf(expression: Expression, scope: Scope): { readonly path: string; readonly item: string | null } {
  switch (expression.type) {
    case 'VARIABLE': {
      const entry = entryOf(expression.name, scope);
      return { path: entry?.path ?? expression.name, item: entry?.label ?? null };
    }
    case 'FIELD':
    case 'HAS': {
      const { path, item } = placeOf(expression.operand, scope);
      return { path: path === '' ? expression.name : `${path}.${expression.name}`, item };
    }
    case 'MACRO':
      return placeOf(expression.range, scope);
    default:
      return { path: printExpression(expression), item: null };
  }
}

function missingAt(expression: Expression, scope: Scope, incomplete: boolean): MissingPath {
  const { path, item } = placeOf(expression, scope);
  return { path, field: path.replaceAll(/\[\d+\]/g, ''), item, incomplete };
}

/**
 * The value of an expression that was checked against the declared types of its facts.
 * Facts that are not of their declared types give a Failure, never an exception.
 */
export function valueOf(expression: Expression, scope: Scope): Value {
  switch (expression.type) {
    case 'LITERAL':
      return expression.value;
    case 'DATE':
      return expression.text;
    case 'VARIABLE':
      return entryOf(expression.name, scope)?.value ?? null;
    case 'FIELD':
      return field(expression, scope);
    case 'HAS':
      return has(expression, scope);
    case 'LIST':
      return new Collection(
        expression.items.map((item) => ({ value: valueOf(item, scope), path: '', label: null })),
        [],
      );
    case 'SIZE':
      return size(expression, scope);
    default:
      return logic(expression, scope);
  }
}

function logic(
  expression: ExpressionOf<'NOT' | 'AND' | 'OR' | 'CONDITIONAL' | 'COMPARE' | 'IN' | 'MACRO'>,
  scope: Scope,
): Value {
  switch (expression.type) {
    case 'NOT': {
      const value = combine([valueOf(expression.operand, scope)], false, expression.at);
      return typeof value === 'boolean' ? !value : value;
    }
    case 'AND':
      return combine(valuesOf(expression.operands, scope), false, expression.at);
    case 'OR':
      return combine(valuesOf(expression.operands, scope), true, expression.at);
    case 'CONDITIONAL':
      return conditional(expression, scope);
    case 'COMPARE':
      return compare(expression, scope);
    case 'IN':
      return membership(expression, scope);
    case 'MACRO':
      return macro(expression, scope);
  }
}

/** Lazily: a dominant operand spares the rest. */
function* valuesOf(operands: readonly Expression[], scope: Scope): Generator<Value> {
  for (const operand of operands) yield valueOf(operand, scope);
}

function field(expression: ExpressionOf<'FIELD'>, scope: Scope): Value {
  const record = valueOf(expression.operand, scope);
  if (record instanceof Unknown || record instanceof Failure) return record;
  if (!isRecordValue(record) || record instanceof Collection) {
    return new Failure(expression.at, record === null ? 'ABSENT' : 'WRONG_VALUE');
  }
  const value = Object.hasOwn(record, expression.name) ? record[expression.name] : undefined;
  return value === undefined ? new Unknown([missingAt(expression, scope, false)]) : value;
}

/** What stands in an unknown or absent record was not recorded either. */
function has(expression: ExpressionOf<'HAS'>, scope: Scope): Value {
  const value = field({ ...expression, type: 'FIELD' }, scope);
  if (value instanceof Failure) return value.detail === 'ABSENT' ? false : value;
  return !(value instanceof Unknown) && value !== null;
}

function size(expression: ExpressionOf<'SIZE'>, scope: Scope): Value {
  const value = valueOf(expression.operand, scope);
  if (typeof value === 'string') return value.length;
  const items = collectionOf(value, expression.operand, scope);
  if (!(items instanceof Collection)) return items;
  return items.missing.length === 0 ? items.entries.length : new Unknown(items.missing);
}

/**
 * A condition that is unknown leaves both branches possible: their common value where they agree, else unknown. What is
 * missing is then the condition; a branch's own questions come when it is known that they are to be asked.
 */
function conditional(expression: ExpressionOf<'CONDITIONAL'>, scope: Scope): Value {
  const condition = combine([valueOf(expression.condition, scope)], false, expression.condition.at);
  if (condition instanceof Failure) return condition;
  if (condition === true) return valueOf(expression.whenTrue, scope);
  const otherwise = valueOf(expression.whenFalse, scope);
  if (condition === false) return otherwise;
  const value = valueOf(expression.whenTrue, scope);
  if (value === otherwise && !isObject(value)) return value;
  return condition;
}

function isObject(value: Value): boolean {
  return typeof value === 'object' && value !== null;
}

function compare(expression: ExpressionOf<'COMPARE'>, scope: Scope): Value {
  const left = valueOf(expression.left, scope);
  const right = valueOf(expression.right, scope);
  const open = [left, right].flatMap((value) => (value instanceof Unknown ? value.missing : []));
  if (open.length > 0) return new Unknown(distinctPaths(open));
  if (left instanceof Failure) return left;
  if (right instanceof Failure) return right;
  const answer = compareValues(expression.operator, left, right, expression.at);
  if (answer !== undefined) return answer;
  // Whoever stated the less exact date can say more; where both are as exact, whoever stated the first.
  const isFirst = exactness(left) <= exactness(right);
  return new Unknown([missingAt(isFirst ? expression.left : expression.right, scope, true)]);
}

/** Characters of a partial date: the more, the more exact. */
function exactness(date: Value): number {
  return typeof date === 'string' ? date.length : 0;
}

function membership(expression: ExpressionOf<'IN'>, scope: Scope): Value {
  const item = valueOf(expression.item, scope);
  if (item instanceof Unknown || item instanceof Failure) return item;
  const range = collectionOf(valueOf(expression.range, scope), expression.range, scope);
  if (!(range instanceof Collection)) return range;
  const equal = range.entries.map(({ value }) => (isOpen(value) ? value : value === item));
  return combine([...equal, ...rest(range)], true, expression.at);
}

function isOpen(value: Value): value is Unknown | Failure {
  return value instanceof Unknown || value instanceof Failure;
}

/** What a set that nobody declared complete may hold besides its known items. */
function rest(range: Collection): readonly Unknown[] {
  return range.missing.length === 0 ? [] : [new Unknown(range.missing)];
}

/** The items of a list or set, each with the way to it; Unknown and Failure as they are. */
export function collectionOf(value: Value, expression: Expression, scope: Scope): Collection | Unknown | Failure {
  if (value instanceof Collection || value instanceof Unknown || value instanceof Failure) return value;
  const items: Json | undefined = isFactSet(value) ? value.items : value;
  if (!Array.isArray(items)) return new Failure(expression.at, value === null ? 'ABSENT' : 'WRONG_VALUE');
  const { path } = placeOf(expression, scope);
  // The items of facts are JSON; `isArray` forgets that.
  const entries = (items as readonly Json[]).map((item, index) => ({
    value: item,
    path: `${path}[${index}]`,
    label: labelOf(item),
  }));
  const whole = !isFactSet(value) || value.complete;
  return new Collection(entries, whole ? [] : [missingAt(expression, scope, true)]);
}

/** A name that a person recognises the item by. */
function labelOf(item: Json): string | null {
  if (typeof item === 'string') return item;
  if (!isRecordValue(item)) return null;
  const name = item['name'] ?? item['urn'];
  return typeof name === 'string' ? name : null;
}

function macro(expression: ExpressionOf<'MACRO'>, scope: Scope): Value {
  const range = collectionOf(valueOf(expression.range, scope), expression.range, scope);
  if (!(range instanceof Collection)) return range;
  const bodyOf = (entry: Entry): Value => valueOf(expression.body, scopeOfItem(expression, entry, scope));
  switch (expression.macro) {
    case 'all':
      return combine([...range.entries.map(bodyOf), ...rest(range)], false, expression.at);
    case 'exists':
      return combine([...range.entries.map(bodyOf), ...rest(range)], true, expression.at);
    case 'exists_one':
      return existsOne(range, bodyOf);
    case 'filter':
      return filter(range, bodyOf);
    case 'map':
      return new Collection(
        range.entries.map((entry) => ({ ...entry, value: bodyOf(entry) })),
        range.missing,
      );
  }
}

function existsOne(range: Collection, bodyOf: (entry: Entry) => Value): Value {
  const values = range.entries.map(bodyOf);
  const count = values.filter((value) => value === true).length;
  if (count > 1) return false;
  const open = [...range.missing, ...values.flatMap((value) => (value instanceof Unknown ? value.missing : []))];
  if (open.length > 0) return new Unknown(distinctPaths(open));
  return values.find((value) => value instanceof Failure) ?? count === 1;
}

/** An item whose condition is unknown may belong: the result is then not whole. */
function filter(range: Collection, bodyOf: (entry: Entry) => Value): Value {
  const kept: Entry[] = [];
  const open = [...range.missing];
  for (const entry of range.entries) {
    const value = bodyOf(entry);
    if (value === true) kept.push(entry);
    else if (value instanceof Unknown) open.push(...value.missing);
    else if (value instanceof Failure) return value;
  }
  return new Collection(kept, distinctPaths(open));
}
