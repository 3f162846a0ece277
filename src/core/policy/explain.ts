import type { Json } from '../landscape/model.js';
import { collectionOf, scopeOfItem, valueOf } from './evaluate.js';
import type { Scope } from './evaluate.js';
import { printExpression } from './expression.js';
import type { Expression, ExpressionOf, Position } from './expression.js';
import { Collection, Failure, Unknown, plainValue } from './value.js';
import type { Value } from './value.js';

/** Most counterexamples (or witnesses) that one quantifier shows; `of` tells how many there are. */
export const SHOWN_MAXIMUM = 10;

/** One fact that a sub-expression read. */
export interface FactRead {
  /** As the expression names it: `f.channels`. */
  readonly expression: string;
  readonly known: boolean;
  /** null where it is declared absent, and where it is not known. */
  readonly value: Json;
}

/** A sub-expression that decided the result. */
export interface Because {
  readonly expression: string;
  readonly at: Position;
  /** TRUE, FALSE, UNKNOWN or ERROR. */
  readonly truth: Truth;
  readonly facts: readonly FactRead[];
  /** Names of the list items this speaks of, outermost first, joined by ` › `; null where there is none. */
  readonly item: string | null;
  /** How many items of the list stand the same way; null outside quantifiers. */
  readonly of: number | null;
}
export const TRUTHS = ['TRUE', 'FALSE', 'UNKNOWN', 'ERROR'] as const;
export type Truth = (typeof TRUTHS)[number];

/** The outcome of a computed value: what is neither true nor false nor unknown is an error. */
export function truthOf(value: Value): Truth {
  if (value === true) return 'TRUE';
  if (value === false) return 'FALSE';
  return value instanceof Unknown ? 'UNKNOWN' : 'ERROR';
}

interface Place {
  readonly item: string | null;
  readonly of: number | null;
}

/**
 * Why an expression has the value it has: the leaves that decided it, and no others. Of a false `&&` its false operands,
 * of a false `all` the counterexamples, of a true `exists` the witnesses. Computed on demand, for the few results that
 * somebody reads.
 */
export function explain(expression: Expression, scope: Scope, place: Place = { item: null, of: null }): Because[] {
  switch (expression.type) {
    case 'NOT':
      return explain(expression.operand, scope, place);
    case 'AND':
    case 'OR':
      return operands(expression, scope, place);
    case 'CONDITIONAL':
      return conditional(expression, scope, place);
    case 'MACRO':
      return quantifier(expression, scope, place);
    default:
      return [leaf(expression, scope, place)];
  }
}

/** What is true in all its parts is so because of all of them; else because of the parts that stand like the whole. */
function operands(expression: ExpressionOf<'AND' | 'OR'>, scope: Scope, place: Place): Because[] {
  const truth = truthOf(valueOf(expression, scope));
  return expression.operands
    .filter((operand) => truthOf(valueOf(operand, scope)) === truth)
    .flatMap((operand) => explain(operand, scope, place));
}

function conditional(expression: ExpressionOf<'CONDITIONAL'>, scope: Scope, place: Place): Because[] {
  const reasons = explain(expression.condition, scope, place);
  const condition = valueOf(expression.condition, scope);
  if (typeof condition !== 'boolean') return reasons;
  return [...reasons, ...explain(condition ? expression.whenTrue : expression.whenFalse, scope, place)];
}

function quantifier(expression: ExpressionOf<'MACRO'>, scope: Scope, place: Place): Because[] {
  const truth = truthOf(valueOf(expression, scope));
  const range = collectionOf(valueOf(expression.range, scope), expression.range, scope);
  if (!(range instanceof Collection)) return [leaf(expression, scope, place)];
  const deciding = range.entries.filter(
    (entry) => truthOf(valueOf(expression.body, scopeOfItem(expression, entry, scope))) === truth,
  );
  if (!isDecidedByItems(expression, truth) || deciding.length === 0) return [leaf(expression, scope, place)];
  const of = deciding.length;
  return deciding.slice(0, SHOWN_MAXIMUM).flatMap((entry) => {
    const item = [place.item, entry.label].filter((label) => label !== null).join(' › ') || null;
    return explain(expression.body, scopeOfItem(expression, entry, scope), { item, of });
  });
}

/** A true `all` and a false `exists` are decided by the whole list; the rest by single items. */
function isDecidedByItems({ macro }: ExpressionOf<'MACRO'>, truth: Truth): boolean {
  if (macro === 'all') return truth !== 'TRUE';
  return macro === 'exists' && truth !== 'FALSE';
}

function leaf(expression: Expression, scope: Scope, place: Place): Because {
  return {
    expression: printExpression(expression),
    at: expression.at,
    truth: truthOf(valueOf(expression, scope)),
    facts: factsRead(expression, scope),
    ...place,
  };
}

/** The fields that a leaf reads, outermost names first; those inside a macro's body belong to its items, not to it. */
function factsRead(expression: Expression, scope: Scope): FactRead[] {
  switch (expression.type) {
    case 'FIELD':
    case 'HAS': {
      const value = valueOf({ ...expression, type: 'FIELD' }, scope);
      const known = !(value instanceof Unknown) && !(value instanceof Failure);
      return [
        { expression: printExpression({ ...expression, type: 'FIELD' }), known, value: plainValue(value) ?? null },
      ];
    }
    case 'VARIABLE':
      return [{ expression: expression.name, known: true, value: plainValue(valueOf(expression, scope)) ?? null }];
    case 'COMPARE':
      return [...factsRead(expression.left, scope), ...factsRead(expression.right, scope)];
    case 'IN':
      return [...factsRead(expression.item, scope), ...factsRead(expression.range, scope)];
    case 'MACRO':
      return factsRead(expression.range, scope);
    case 'SIZE':
      return factsRead(expression.operand, scope);
    default:
      return [];
  }
}
