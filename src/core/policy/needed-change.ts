import type { Json } from '../landscape/model.js';
import { pathOf } from './expression-walk.js';
import type { ExpressionWalk, Place } from './expression-walk.js';
import type { Expression, Position } from './expression.js';
import { ANY } from './fact-type.js';
import type { FactType } from './fact-type.js';
import { partsOf } from './parts.js';
import { printExpression } from './print.js';
import { isOpen } from './value.js';

/** What a condition says now of a fact. */
export interface FactNow {
  /** As the condition names it: `f.channels`. */
  readonly expression: string;
  /** The way to it without indexes: `flows.channels`. */
  readonly path: string;
  /** null where it is declared absent, and where it is not known; of long lists the first items. */
  readonly value: Json;
  /** Whether anybody told it; what is declared absent is known. */
  readonly known: boolean;
  /** Of which type it is. */
  readonly type: FactType;
  /** Whether it says what a subject is or what has happened: no way changes it, but who does not know it may ask. */
  readonly isGiven: boolean;
  /** Whether it changes when the way is gone; of two days on record that do not agree it is the one that may be later. */
  readonly moves: boolean;
  /** It is a day that nobody told, and one that lies ahead is too late: it may only have been. */
  readonly isOver: boolean;
}

/** What has to become true, for who puts it in words. */
export interface Condition {
  readonly expression: Expression;
  /** The part of the rule that it comes from, and how that has to come out. */
  readonly part: Expression;
  readonly wanted: boolean;
  readonly types: ReadonlyMap<Expression, FactType>;
  /** The way to the item of a list that it speaks of; empty outside lists. */
  readonly item: string;
  /** Which facts the names of items stand for. */
  readonly paths: ReadonlyMap<string, string>;
  /** Values of the parts that read no fact, the rule's own values and the day among them. */
  readonly constants: ReadonlyMap<Expression, Json>;
}

/** A condition that is not met. */
export interface NeededChange {
  /** What has to become true, as an expression. */
  readonly needed: string;
  readonly at: Position;
  readonly item: string | null;
  /** The values of which one is needed, where the condition says no more than that; else null. */
  readonly oneOf: readonly Json[] | null;
  /** It asks only that a given fact be told, whatever it is. */
  readonly isTold: boolean;
  /** How many more items of its list are in the way that no change is told of. */
  readonly more: number;
  /** It is met already, and has to stay so while the others of its way change. */
  readonly isKept: boolean;
  /** What it says now of each fact that it reads. */
  readonly now: readonly FactNow[];
  readonly condition: Condition;
}

/** Everything that has to change together. */
export type Way = readonly NeededChange[];

/** A part of an expression that is not as it is wanted, as the change that would make it so. */
export function neededChange(walk: ExpressionWalk, part: Expression, wanted: boolean, place: Place): NeededChange {
  const expression = wanted ? part : oppositeOf(part);
  const constants = new Map<Expression, Json>();
  noteConstants(walk, part, constants);
  return {
    needed: printExpression(expression),
    at: part.at,
    item: place.item,
    isTold: false,
    more: 0,
    isKept: walk.value(part) === wanted,
    oneOf: valuesNeeded(expression),
    now: factsNow(walk, part, place),
    condition: {
      expression,
      part,
      wanted,
      item: place.at,
      types: walk.compiled.types,
      paths: place.paths,
      constants,
    },
  };
}

/**
 * What has to be told of a change: where nobody knows given facts, and they alone stand open, no rule says what they should
 * be. Else the change as it is.
 */
export function askedOf(change: NeededChange): Way {
  const open = change.now.filter(({ known }) => !known);
  if (open.length === 0 || !open.every(({ isGiven }) => isGiven)) return [change];
  return open.flatMap((fact) => {
    const field = factNamed(change.condition.expression, fact.expression);
    return field === undefined ? [] : [telling(change, fact, field)];
  });
}

function telling(change: NeededChange, fact: FactNow, left: Expression): NeededChange {
  const { at } = change;
  const right: Expression = { type: 'LITERAL', at, value: null };
  const expression: Expression = { type: 'COMPARE', at, operator: '!=', left, right };
  const condition = { ...change.condition, expression };
  return { ...change, needed: printExpression(expression), oneOf: null, isTold: true, now: [fact], condition };
}

function factNamed(expression: Expression, name: string): Expression | undefined {
  const isFactItself = expression.type === 'FIELD' || expression.type === 'VARIABLE';
  if (isFactItself && printExpression(expression) === name) return expression;
  for (const part of partsOf(expression)) {
    const found = factNamed(part, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The facts that an expression reads; those of a macro's body are facts of its items. */
function factsNow(walk: ExpressionWalk, expression: Expression, place: Place): FactNow[] {
  if (expression.type === 'FIELD' || expression.type === 'VARIABLE') {
    const path = pathOf(expression, place.paths);
    if (path === undefined || path === '') return [];
    const known = !isOpen(walk.value(expression));
    const type = walk.compiled.types.get(expression) ?? ANY;
    const told = { expression: printExpression(expression), path, value: walk.plain(expression), known, type };
    return [{ ...told, isGiven: walk.given.has(path), moves: false, isOver: false }];
  }
  const parts = expression.type === 'MACRO' ? [expression.range] : partsOf(expression);
  return parts.flatMap((part) => factsNow(walk, part, place));
}

/** The largest parts that read no fact and no item, each with its value. */
function noteConstants(walk: ExpressionWalk, expression: Expression, constants: Map<Expression, Json>): void {
  if (isConstant(expression)) constants.set(expression, walk.plain(expression));
  else for (const part of partsOf(expression)) noteConstants(walk, part, constants);
}

function isConstant(expression: Expression): boolean {
  if (expression.type === 'VARIABLE') return expression.name === 'params' || expression.name === 'today';
  return expression.type !== 'MACRO' && partsOf(expression).every(isConstant);
}

const OPPOSITE = { '==': '!=', '!=': '==', '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const;

/** What is true where an expression is false. */
function oppositeOf(expression: Expression): Expression {
  if (expression.type === 'NOT') return expression.operand;
  if (expression.type === 'COMPARE') return { ...expression, operator: OPPOSITE[expression.operator] };
  return { type: 'NOT', at: expression.at, operand: expression };
}

/** The values that a condition lets a fact have, where they are written out. */
function valuesNeeded(expression: Expression): readonly Json[] | null {
  const written = expression.type === 'IN' && expression.range.type === 'LIST' ? expression.range.items : undefined;
  const compared = expression.type === 'COMPARE' && expression.operator === '==' ? [expression.right] : undefined;
  const items = isFact(expression) ? (written ?? compared ?? []) : [];
  const values = items.flatMap((item) => (item.type === 'LITERAL' ? [item.value] : []));
  return values.length > 0 && values.length === items.length ? values : null;
}

/** Whether it speaks of a fact itself, and not of what is counted of it. */
function isFact(expression: Expression): boolean {
  const about =
    expression.type === 'IN' ? expression.item : expression.type === 'COMPARE' ? expression.left : undefined;
  return about?.type === 'FIELD' || about?.type === 'VARIABLE';
}

/** Which fact an expression is, by its text: of an item of a list, the item's. */
export function keyOf(text: string, item: string): string {
  return text.startsWith('self.') ? text : `${item}|${text}`;
}

/** Whether an expression is the literal null. */
export function isNull(expression: Expression): boolean {
  return expression.type === 'LITERAL' && expression.value === null;
}

/** Whether an expression is the day on which a rule is asked. */
export function isToday(expression: Expression): boolean {
  return expression.type === 'VARIABLE' && expression.name === 'today';
}

/** The fact of which a condition asks only that it be told; undefined where it asks more. */
export function toldBy(expression: Expression): Expression | undefined {
  if (expression.type === 'HAS') return expression.field;
  if (expression.type !== 'COMPARE' || expression.operator !== '!=') return undefined;
  if (isNull(expression.right)) return expression.left;
  return isNull(expression.left) ? expression.right : undefined;
}

/** Whether a condition is met by saying nothing, or that there is nothing. */
export function isErasure(expression: Expression): boolean {
  if (expression.type === 'COMPARE') {
    return expression.operator === '==' && (isNull(expression.left) || isNull(expression.right));
  }
  return expression.type === 'NOT' && expression.operand.type === 'HAS';
}
