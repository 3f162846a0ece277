import type { Json } from '../landscape/model.js';
import { truthOf } from './explain.js';
import type { Truth } from './explain.js';
import type { Expression, ExpressionOf, Position } from './expression.js';
import { ITEMS_MAXIMUM, TOP } from './expression-walk.js';
import type { ExpressionWalk, Place } from './expression-walk.js';
import { partsOf } from './parts.js';
import { printExpression } from './print.js';
import type { WayStep } from './rule-graph.js';

/** Most nodes that the tree has. */
const NODES_MAXIMUM = 500;

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

/** An expression as a tree of values. Computed when somebody asks, within a budget: past it the tree ends early. */
export class ExplanationTree {
  private nodes = 0;

  constructor(private readonly walk: ExpressionWalk) {}

  tree(): ExplanationNode {
    return this.node(this.walk.compiled.expression, TOP);
  }

  private node(expression: Expression, place: Place): ExplanationNode {
    this.nodes += 1;
    const value = this.walk.value(expression);
    const isTruth = this.walk.compiled.types.get(expression)?.kind === 'BOOLEAN';
    const [children, of] = this.children(expression, place);
    return {
      expression: printExpression(expression),
      at: expression.at,
      truth: isTruth ? truthOf(value) : null,
      value: this.walk.plain(expression),
      item: place.item,
      of,
      path: this.walk.compiled.ways.get(expression)?.(this.walk.context) ?? null,
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
    const truth = truthOf(this.walk.value(expression));
    const shown: ExplanationNode[] = [];
    let of = 0;
    this.walk.forEachItem(expression, place, (inner) => {
      const isSame = expression.macro === 'map' || truthOf(this.walk.value(expression.body)) === truth;
      if (!isSame) return;
      of += 1;
      if (shown.length < ITEMS_MAXIMUM && !this.isSpent()) shown.push(this.node(expression.body, inner));
    });
    return [shown, of];
  }

  private isSpent(): boolean {
    return this.nodes >= NODES_MAXIMUM || this.walk.isSpent();
  }
}

/** What needs no value beside it: it says itself what it is. */
const WRITTEN: readonly Expression['type'][] = ['LITERAL', 'DOUBLE', 'DATE', 'LIST'];
