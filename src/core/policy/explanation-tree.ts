import type { Json } from '../landscape/model.js';
import { Frame, itemsOf } from './context.js';
import type { Context } from './context.js';
import { truthOf } from './explain.js';
import type { Explained, Truth } from './explain.js';
import type { Expression, ExpressionOf, Position } from './expression.js';
import { ANY } from './fact-type.js';
import { BUDGET } from './limits.js';
import { partsOf } from './parts.js';
import { printExpression } from './print.js';
import type { WayStep } from './rule-graph.js';
import { plainValue } from './value.js';
import type { Value } from './value.js';

/** Most items of a list that the tree shows, nodes that it has, and other ways to pass that are told. */
const ITEMS_MAXIMUM = 10;
const NODES_MAXIMUM = 500;
const WAYS_MAXIMUM = 10;

/** A sub-expression with its value. */
export interface ExplanationNode {
  readonly expression: string;
  readonly at: Position;
  /** null of what is no truth value. */
  readonly truth: Truth | null;
  /** null where it is declared absent, and where it is not known; of long lists the first items. */
  readonly value: Json;
  /** Name of the list item that it speaks of; null outside lists. */
  readonly item: string | null;
  /** Of a quantifier: how many items stand as it does, of which ten are shown; else null. */
  readonly of: number | null;
  /** The way between elements that it rests on; null where there is none. */
  readonly path: readonly WayStep[] | null;
  readonly children: readonly ExplanationNode[];
}

/** A condition that is not met. */
export interface NeededChange {
  /** What has to become true, as an expression. */
  readonly needed: string;
  readonly at: Position;
  readonly item: string | null;
  /** The values of which one is needed, where the condition says no more than that; else null. */
  readonly oneOf: readonly Json[] | null;
  /** What it says now of each fact that it reads. */
  readonly now: readonly { readonly expression: string; readonly value: Json }[];
}

/** Where the walk stands. */
interface Place {
  readonly item: string | null;
  /** Number of macros around. */
  readonly depth: number;
}
const TOP: Place = { item: null, depth: 0 };

type Way = readonly NeededChange[];

/**
 * An expression as a tree of values, and what would make it true. Computed when somebody asks, within a budget: past it
 * the tree ends early and fewer ways are told.
 */
export class ExplanationTree {
  private nodes = 0;
  private left = 10 * BUDGET;

  /** @param context - one that traces. */
  constructor(
    private readonly compiled: Explained,
    private readonly context: Context,
  ) {}

  tree(): ExplanationNode {
    return this.node(this.compiled.expression, TOP);
  }

  /**
   * Other ways to pass, each a list of all that would have to change; the shortest first. Empty where it passes. Of a
   * list the first ten items that stand in the way are told.
   */
  changesToPass(): readonly Way[] {
    const ways = this.ways(this.compiled.expression, true, TOP);
    return ways.filter((way) => way.length > 0).toSorted((a, b) => a.length - b.length);
  }

  private node(expression: Expression, place: Place): ExplanationNode {
    this.nodes += 1;
    const value = this.value(expression);
    const isTruth = this.compiled.types.get(expression)?.kind === 'BOOLEAN';
    const [children, of] = this.children(expression, place);
    return {
      expression: printExpression(expression),
      at: expression.at,
      truth: isTruth ? truthOf(value) : null,
      value: this.plain(expression, value),
      item: place.item,
      of,
      path: this.compiled.ways.get(expression)?.(this.context) ?? null,
      children,
    };
  }

  private children(expression: Expression, place: Place): readonly [readonly ExplanationNode[], number | null] {
    if (this.isSpent()) return [[], null];
    if (expression.type === 'MACRO') return this.items(expression, place);
    if (expression.type === 'HAS') return [[], null];
    const parts = partsOf(expression).filter(({ type }) => !WRITTEN.includes(type));
    return [parts.map((part) => this.node(part, place)), null];
  }

  /** The items that stand as the quantifier does; of a list that is made, its first items. */
  private items(expression: ExpressionOf<'MACRO'>, place: Place): readonly [readonly ExplanationNode[], number] {
    const truth = truthOf(this.value(expression));
    const shown: ExplanationNode[] = [];
    let of = 0;
    this.forEachItem(expression, place, (inner) => {
      const isSame = expression.macro === 'map' || truthOf(this.value(expression.body)) === truth;
      if (!isSame) return;
      of += 1;
      if (shown.length < ITEMS_MAXIMUM && !this.isSpent()) shown.push(this.node(expression.body, inner));
    });
    return [shown, of];
  }

  /** Puts one item after the other in the place that the body of a macro reads. */
  private forEachItem(expression: ExpressionOf<'MACRO'>, place: Place, visit: (inner: Place) => void): void {
    const range = this.value(expression.range);
    this.value(expression);
    // The macro has just run, so its frame is the one that names its items.
    const frame = this.context.frames[place.depth] ?? new Frame(range, '');
    for (const [index, item] of (itemsOf(range) ?? []).entries()) {
      this.context.frames[place.depth] = frame;
      frame.index = index;
      frame.item = item;
      const label = [place.item, frame.place().label].filter((each) => each !== null).join(' › ') || null;
      visit({ item: label, depth: place.depth + 1 });
    }
  }

  /** How an expression comes to be true, or false; one empty way where it is. */
  private ways(expression: Expression, wanted: boolean, place: Place): readonly Way[] {
    if (this.value(expression) === wanted) return [[]];
    if (this.isSpent()) return [];
    switch (expression.type) {
      case 'NOT':
        return this.ways(expression.operand, !wanted, place);
      case 'AND':
      case 'OR': {
        const each = expression.operands.map((operand) => this.ways(operand, wanted, place));
        return (expression.type === 'AND') === wanted ? allOf(each) : anyOf(each);
      }
      case 'CONDITIONAL':
        return this.conditional(expression, wanted, place);
      case 'MACRO':
        return this.quantifier(expression, wanted, place);
      default:
        return [[this.change(expression, wanted, place)]];
    }
  }

  private conditional(expression: ExpressionOf<'CONDITIONAL'>, wanted: boolean, place: Place): readonly Way[] {
    const { condition, whenTrue, whenFalse } = expression;
    const by = (holds: boolean, branch: Expression): readonly Way[] =>
      allOf([this.ways(condition, holds, place), this.ways(branch, wanted, place)]);
    return anyOf([by(true, whenTrue), by(false, whenFalse)]);
  }

  private quantifier(expression: ExpressionOf<'MACRO'>, wanted: boolean, place: Place): readonly Way[] {
    const { macro, body } = expression;
    const own = (): readonly Way[] => [[this.change(expression, wanted, place)]];
    if (macro !== 'all' && macro !== 'exists') return own();
    const byItem: (readonly Way[])[] = [];
    this.forEachItem(expression, place, (inner) => {
      const isMet = this.value(body) === wanted;
      if (!isMet && byItem.length < ITEMS_MAXIMUM) byItem.push(this.ways(body, wanted, inner));
    });
    // A list that is empty, not known or not whole stands in the way itself.
    if (byItem.length === 0) return own();
    return (macro === 'all') === wanted ? allOf(byItem) : anyOf(byItem);
  }

  private change(expression: Expression, wanted: boolean, { item }: Place): NeededChange {
    const oneOf = wanted ? valuesNeeded(expression) : null;
    return { needed: needed(expression, wanted), at: expression.at, item, oneOf, now: this.factsOf(expression) };
  }

  /** The facts that a condition reads; those of a macro's body are facts of its items. */
  private factsOf(expression: Expression): NeededChange['now'] {
    if (expression.type === 'FIELD' || expression.type === 'VARIABLE') {
      const value = this.plain(expression, this.value(expression));
      return [{ expression: printExpression(expression), value }];
    }
    const parts = expression.type === 'MACRO' ? [expression.range] : partsOf(expression);
    return parts.flatMap((part) => this.factsOf(part)).filter(({ expression: fact }) => !NO_FACTS.has(fact));
  }

  private value(expression: Expression): Value {
    this.context.left = BUDGET;
    const value = this.compiled.runs.get(expression)?.(this.context) ?? null;
    this.left -= 1 + BUDGET - this.context.left;
    return value;
  }

  private plain(expression: Expression, value: Value): Json {
    const plain = plainValue(value, this.compiled.types.get(expression) ?? ANY) ?? null;
    return Array.isArray(plain) ? plain.slice(0, ITEMS_MAXIMUM) : plain;
  }

  private isSpent(): boolean {
    return this.nodes >= NODES_MAXIMUM || this.left <= 0;
  }
}

/** What needs no value beside it: it says itself what it is. */
const WRITTEN: readonly Expression['type'][] = ['LITERAL', 'DOUBLE', 'DATE', 'LIST'];
const NO_FACTS: ReadonlySet<string> = new Set(['self', 'params']);

const OPPOSITE = { '==': '!=', '!=': '==', '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const;

/** The condition as an expression, or its opposite. */
function needed(expression: Expression, wanted: boolean): string {
  if (wanted) return printExpression(expression);
  if (expression.type === 'COMPARE') return printExpression({ ...expression, operator: OPPOSITE[expression.operator] });
  return printExpression({ type: 'NOT', at: expression.at, operand: expression });
}

/** The values that a condition lets a fact have, where they are written out. */
function valuesNeeded(expression: Expression): readonly Json[] | null {
  const written = expression.type === 'IN' && expression.range.type === 'LIST' ? expression.range.items : undefined;
  const compared = expression.type === 'COMPARE' && expression.operator === '==' ? [expression.right] : undefined;
  const items = written ?? compared ?? [];
  const values = items.flatMap((item) => (item.type === 'LITERAL' ? [item.value] : []));
  return values.length > 0 && values.length === items.length ? values : null;
}

/** One of each, all together. */
function allOf(each: readonly (readonly Way[])[]): readonly Way[] {
  let together: readonly Way[] = [[]];
  for (const ways of each) {
    together = together.flatMap((way) => ways.map((other) => [...way, ...other])).slice(0, WAYS_MAXIMUM);
  }
  return together;
}

function anyOf(each: readonly (readonly Way[])[]): readonly Way[] {
  return each.flat().slice(0, WAYS_MAXIMUM);
}
