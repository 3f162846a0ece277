import { callOf, locateItem, wayOf } from './calls.js';
import type { Operand } from './calls.js';
import type { CheckedExpression } from './check.js';
import { comparator } from './compare.js';
import { OUTERMOST, itemsOf, scopeOfBody } from './context.js';
import type { Context, Locate, Run, Runs, Scope } from './context.js';
import { equalityCost } from './limits.js';
import type { Expression, ExpressionOf } from './expression.js';
import { macroOver } from './macros.js';
import {
  constant,
  field,
  has,
  junction,
  locateVariable,
  negation,
  ownField,
  restOf,
  unknownAt,
  variable,
} from './nodes.js';
import { printExpression } from './print.js';
import type { WayStep } from './rule-graph.js';
import { Collection, Failure, Unknown, asFailure, isComputed, isOpen, leftOpen, openOf } from './value.js';
import type { Facts, ItemPlace, Open, Value } from './value.js';

/**
 * Makes a checked expression into a function, once. Every part gets a function of its own, so that an explanation asks the
 * same functions as the answer it explains. Facts that are not of their declared types give a Failure, never an exception.
 */
export function closuresOf(
  expression: Expression,
  { calls }: Pick<CheckedExpression, 'calls'>,
  parameters: Facts,
): Closures {
  const compiler = new Compiler(calls, parameters);
  compiler.run(expression, OUTERMOST);
  return compiler;
}

/** What is compiled of an expression. */
export interface Closures {
  readonly runs: Runs;
  /** Of each call whose answer rests on a way between elements: that way. */
  readonly ways: ReadonlyMap<Expression, (context: Context) => readonly WayStep[] | undefined>;
}

class Compiler implements Closures {
  readonly runs = new Map<Expression, Run>();
  readonly ways = new Map<Expression, (context: Context) => readonly WayStep[] | undefined>();
  private readonly calls: CheckedExpression['calls'];
  private readonly parameters: Facts;

  constructor(calls: CheckedExpression['calls'], parameters: Facts) {
    this.calls = calls;
    this.parameters = parameters;
  }

  run(expression: Expression, scope: Scope): Run {
    const run = this.make(expression, scope);
    this.runs.set(expression, run);
    return run;
  }

  private make(expression: Expression, scope: Scope): Run {
    switch (expression.type) {
      case 'LITERAL':
      case 'DOUBLE':
        return constant(expression.value);
      case 'DATE':
        return constant(expression.text);
      case 'VARIABLE':
        return variable(expression.name, scope, this.parameters);
      case 'FIELD':
        return this.field(expression, scope);
      case 'HAS':
        return has(this.run(expression.field, scope));
      case 'LIST':
        return this.list(expression, scope);
      case 'CALL':
        return this.call(expression, scope);
      case 'MACRO':
        return this.macro(expression, scope);
      default:
        return this.logic(expression, scope);
    }
  }

  private field(expression: ExpressionOf<'FIELD'>, scope: Scope): Run {
    const operand = this.run(expression.operand, scope);
    const locate = this.locate(expression, scope);
    const isOwn = expression.operand.type === 'VARIABLE' && scope.names.get(expression.operand.name) === 'self';
    return isOwn ? ownField(expression.name, locate) : field(expression, operand, locate);
  }

  private logic(expression: ExpressionOf<'NOT' | 'AND' | 'OR' | 'CONDITIONAL' | 'COMPARE' | 'IN'>, scope: Scope): Run {
    switch (expression.type) {
      case 'NOT':
        return negation(this.run(expression.operand, scope), expression);
      case 'AND':
      case 'OR':
        return junction(
          expression,
          expression.operands.map((operand) => this.run(operand, scope)),
        );
      case 'CONDITIONAL':
        return this.conditional(expression, scope);
      case 'COMPARE':
        return this.compare(expression, scope);
      case 'IN':
        return this.membership(expression, scope);
    }
  }

  /** How the way to an expression's value is told, for what is missing there. */
  private locate(expression: Expression, scope: Scope): Locate {
    switch (expression.type) {
      case 'VARIABLE':
        return locateVariable(expression.name, scope);
      case 'FIELD':
      case 'HAS': {
        const { operand, name } = expression.type === 'HAS' ? expression.field : expression;
        const outer = this.locate(operand, scope);
        return (context) => {
          const { path, item, element } = outer(context);
          return { path: path === '' ? name : `${path}.${name}`, item, element };
        };
      }
      case 'MACRO':
        return this.locate(expression.range, scope);
      case 'CALL':
        if (expression.name === '_[_]') return locateItem(this.operandsOf(expression, scope));
        return locateWritten(expression);
      default:
        return locateWritten(expression);
    }
  }

  /** What can not be computed of one item can not be computed of the list. */
  private list({ items }: ExpressionOf<'LIST'>, scope: Scope): Run {
    const runs = items.map((item) => this.run(item, scope));
    const locates = items.map((item) => (isFact(item) ? this.locate(item, scope) : undefined));
    return (context) => {
      const values: Value[] = [];
      for (const run of runs) {
        const value = run(context);
        if (value instanceof Failure) return value;
        values.push(value);
      }
      return new Collection(
        values,
        context.isTracing ? locates.map((locate) => placeIn(context, locate)) : undefined,
        undefined,
      );
    };
  }

  private call(expression: ExpressionOf<'CALL'>, scope: Scope): Run {
    const overload = this.calls.get(expression);
    const operands = this.operandsOf(expression, scope);
    const way = overload && wayOf(expression, overload, operands);
    if (way !== undefined) this.ways.set(expression, way);
    // The checker has found one for each call.
    return overload === undefined ? constant(null) : callOf(expression, overload, operands);
  }

  private operandsOf({ operands }: ExpressionOf<'CALL'>, scope: Scope): Operand[] {
    return operands.map((operand) => ({ run: this.run(operand, scope), locate: this.locate(operand, scope) }));
  }

  /**
   * A condition that is unknown leaves both branches possible: their common value where they agree, else unknown. What is
   * missing is then the condition; a branch's own questions come when it is known that they are to be asked.
   */
  private conditional(expression: ExpressionOf<'CONDITIONAL'>, scope: Scope): Run {
    const condition = this.run(expression.condition, scope);
    const whenTrue = this.run(expression.whenTrue, scope);
    const whenFalse = this.run(expression.whenFalse, scope);
    const { at } = expression.condition;
    return (context) => {
      const known = condition(context);
      if (known === true) return whenTrue(context);
      if (known === false) return whenFalse(context);
      if (!(known instanceof Unknown)) return asFailure(known, at);
      const value = whenTrue(context);
      const isPlain = typeof value !== 'object' || value === null;
      return isPlain && value === whenFalse(context) ? value : known;
    };
  }

  private compare(expression: ExpressionOf<'COMPARE'>, scope: Scope): Run {
    const left = this.run(expression.left, scope);
    const right = this.run(expression.right, scope);
    const [locateLeft, locateRight] = [this.locate(expression.left, scope), this.locate(expression.right, scope)];
    const compared = comparator(expression);
    return (context) => {
      const first = left(context);
      const second = right(context);
      if (isComputed(first) || isComputed(second))
        return openOf(first, second) ?? new Failure(expression.at, 'WRONG_VALUE');
      const answer = compared(first, second);
      if (answer !== undefined) return answer;
      // Whoever stated the less exact date can say more; where both are as exact, whoever stated the first.
      return unknownAt(exactness(first) <= exactness(second) ? locateLeft : locateRight, context, true);
    };
  }

  private membership({ item, range, at }: ExpressionOf<'IN'>, scope: Scope): Run {
    const itemRun = this.run(item, scope);
    const rangeRun = this.run(range, scope);
    const locate = this.locate(range, scope);
    const literals = literalsOf(range);
    if (literals !== undefined) return amongLiterals(itemRun, literals);
    return (context) => {
      const wanted = itemRun(context);
      if (isOpen(wanted)) return wanted;
      const value = rangeRun(context);
      if (isOpen(value)) return value;
      const items = itemsOf(value);
      if (items === undefined) return asFailure(value, range.at);
      let open: Open | undefined;
      if (!context.spend(items.length)) return new Failure(at, 'BUDGET');
      for (const each of items) {
        if (!spendOnEquality(wanted, each, context)) return new Failure(at, 'BUDGET');
        if (isOpen(each)) open = leftOpen(open, each, at);
        else if (each === wanted) return true;
      }
      const rest = restOf(value, locate, context);
      return (rest === undefined ? open : leftOpen(open, rest, at)) ?? false;
    };
  }

  private macro(expression: ExpressionOf<'MACRO'>, scope: Scope): Run {
    const range = this.run(expression.range, scope);
    const locate = this.locate(expression.range, scope);
    const inner = scopeOfBody(expression.variable, scope);
    const body = this.run(expression.body, inner);
    const locateBody = isFact(expression.body) ? this.locate(expression.body, inner) : undefined;
    return macroOver(expression, { range, locate, body, locateBody, slot: scope.depth });
  }
}

/** Whether an expression names a fact, so that its value has a place. */
function isFact({ type }: Expression): boolean {
  return type === 'VARIABLE' || type === 'FIELD';
}

function placeIn(context: Context, locate: Locate | undefined): ItemPlace {
  const place = locate?.(context);
  return { path: place?.path ?? '', label: place?.item ?? null, element: place?.element };
}

/** What is no fact is named by how it is written. */
function locateWritten(expression: Expression): Locate {
  const place = { path: printExpression(expression), item: null };
  return () => place;
}

/** Long texts take their time to be compared. */
function spendOnEquality(first: Value, second: Value, context: Context): boolean {
  if (typeof first !== 'string' || typeof second !== 'string') return true;
  const units = equalityCost(Math.min(first.length, second.length));
  return units === 0 || context.spend(units);
}

/** Characters of a partial date: the more, the more exact. */
function exactness(date: Value): number {
  return typeof date === 'string' ? date.length : 0;
}

/** The values of a list that is written out; undefined where any item has to be computed. */
function literalsOf(range: Expression): ReadonlySet<Value> | undefined {
  if (range.type !== 'LIST') return undefined;
  const values = range.items.flatMap((item) => (item.type === 'LITERAL' ? [item.value] : []));
  return values.length === range.items.length ? new Set(values) : undefined;
}

function amongLiterals(item: Run, literals: ReadonlySet<Value>): Run {
  return (context) => {
    const wanted = item(context);
    return isOpen(wanted) ? wanted : literals.has(wanted);
  };
}
