import type { Json } from '../landscape/model.js';
import { Frame, itemsOf } from './context.js';
import type { Context, Runs } from './context.js';
import { BUDGET } from './limits.js';
import { partsOf } from './parts.js';
import { printExpression } from './print.js';
import type { Closures } from './closures.js';
import type { WayStep } from './rule-graph.js';
import type { Expression, ExpressionOf, Position } from './expression.js';
import { ANY } from './fact-type.js';
import type { FactType } from './fact-type.js';
import { Failure, Unknown, isComputed, isOpen, isRecordValue, plainValue } from './value.js';
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
  /** The way between elements that it rests on, the cycle or the path that offends; null where there is none. */
  readonly path: readonly WayStep[] | null;
}
/** A sub-expression that decided, and of which things it speaks. */
export interface Ground extends Because {
  /** What the list items are, outermost first, whatever they are called: see `keyOfItem`. */
  readonly items: readonly string[];
}

export const TRUTHS = ['TRUE', 'FALSE', 'UNKNOWN', 'ERROR'] as const;
export type Truth = (typeof TRUTHS)[number];

/** The outcome of a computed value: what is neither true nor false nor unknown is an error. */
export function truthOf(value: Value): Truth {
  if (value === true) return 'TRUE';
  if (value === false) return 'FALSE';
  return value instanceof Unknown ? 'UNKNOWN' : 'ERROR';
}

/** Units of work of one explanation; past it what was found so far is shown. */
const EXPLANATION_BUDGET = 10 * BUDGET;

/** Where in the answer an explanation stands. */
interface Place {
  readonly item: string | null;
  readonly of: number | null;
  readonly items: readonly string[];
  /** Number of macros around. */
  readonly depth: number;
}

/**
 * Why an expression has the value it has: the leaves that decided it, and no others. Of a false `&&` its false operands,
 * of a false `all` the counterexamples, of a true `exists` the witnesses. Computed on demand, for the few results that
 * somebody reads.
 * @param compiled - the expression with its compiled parts, which are asked again.
 * @param context - one that traces.
 */
export function explain(compiled: Explained, context: Context): Because[] {
  const grounds = new Explanation(compiled, context, SHOWN_MAXIMUM).of(compiled.expression, TOP);
  return grounds.map(shownOf);
}

function shownOf(ground: Ground): Because {
  const { items: _, ...because } = ground;
  return because;
}

/** As `explain`, with every counterexample that its work allows, and what each is: to compare two explanations. */
export function groundsOf(compiled: Explained, context: Context): Ground[] {
  return new Explanation(compiled, context, Infinity).of(compiled.expression, TOP);
}

const TOP: Place = { item: null, of: null, items: [], depth: 0 };

/**
 * What a list item is, whatever it is called and wherever it stands: the element that it is or leads to, and on which side;
 * of what has no urn all else that is known of it.
 */
export function keyOfItem(item: Value): string {
  if (!isRecordValue(item)) return JSON.stringify(isComputed(item) || typeof item === 'bigint' ? null : item);
  const { urn, direction = null, name: _, ...rest } = item;
  return JSON.stringify(typeof urn === 'string' ? [urn, direction] : rest);
}

/** What an explanation needs of a compiled expression. */
export interface Explained {
  readonly expression: Expression;
  readonly types: ReadonlyMap<Expression, FactType>;
  readonly runs: Runs;
  readonly ways: Closures['ways'];
}

class Explanation {
  private readonly compiled: Explained;
  private readonly context: Context;
  /** Units of work that all its questions may take together. */
  private left = EXPLANATION_BUDGET;
  /** @param shown - most counterexamples of one quantifier. */
  constructor(
    compiled: Explained,
    context: Context,
    private readonly shown: number,
  ) {
    this.compiled = compiled;
    this.context = context;
  }

  of(expression: Expression, place: Place): Ground[] {
    const isStopped = this.left <= 0 || isSpent(this.value(expression));
    if (isStopped) return place.of === null ? [this.leaf(expression, place)] : [];
    switch (expression.type) {
      case 'NOT':
        return this.of(expression.operand, place);
      case 'AND':
      case 'OR':
        return this.operands(expression, place);
      case 'CONDITIONAL':
        return this.conditional(expression, place);
      case 'MACRO':
        return this.quantifier(expression, place);
      default:
        return [this.leaf(expression, place)];
    }
  }

  /** What is true in all its parts is so because of all of them; else because of the parts that stand like the whole. */
  private operands(expression: ExpressionOf<'AND' | 'OR'>, place: Place): Ground[] {
    const truth = this.truth(expression);
    return expression.operands
      .filter((operand) => this.truth(operand) === truth)
      .flatMap((operand) => this.of(operand, place));
  }

  private conditional(expression: ExpressionOf<'CONDITIONAL'>, place: Place): Ground[] {
    const reasons = this.of(expression.condition, place);
    const condition = this.value(expression.condition);
    if (typeof condition !== 'boolean') return reasons;
    return [...reasons, ...this.of(condition ? expression.whenTrue : expression.whenFalse, place)];
  }

  private quantifier(expression: ExpressionOf<'MACRO'>, place: Place): Ground[] {
    const range = this.value(expression.range);
    const items = itemsOf(range);
    const truth = this.truth(expression);
    if (items === undefined || !isDecidedByItems(expression, truth)) return [this.leaf(expression, place)];
    // The macro has just run, so its frame is the one that names its items.
    const frame = this.context.frames[place.depth] ?? new Frame(range, '');
    const bodyTruth = (index: number): Truth => {
      this.context.frames[place.depth] = frame;
      frame.index = index;
      frame.item = items[index] ?? null;
      return this.truth(expression.body);
    };
    const deciding = [...items.keys()].filter((index) => bodyTruth(index) === truth);
    if (deciding.length === 0) return [this.leaf(expression, place)];
    return deciding.slice(0, this.shown).flatMap((index) => {
      bodyTruth(index);
      const item = [place.item, frame.place().label].filter((label) => label !== null).join(' › ') || null;
      const keys = [...place.items, keyOfItem(frame.item)];
      return this.of(expression.body, { item, of: deciding.length, items: keys, depth: place.depth + 1 });
    });
  }

  private leaf(expression: Expression, { item, of, items }: Place): Ground {
    return {
      expression: printExpression(expression),
      at: expression.at,
      truth: this.truth(expression),
      facts: this.factsRead(expression),
      item,
      of,
      items,
      path: this.way(expression),
    };
  }

  /** The first way that a part of an expression rests on. */
  private way(expression: Expression): readonly WayStep[] | null {
    const own = this.compiled.ways.get(expression)?.(this.context);
    if (own !== undefined) return own;
    if (expression.type === 'MACRO') return null;
    for (const part of partsOf(expression)) {
      const way = this.way(part);
      if (way !== null) return way;
    }
    return null;
  }

  /** The fields that a leaf reads, outermost names first; those inside a macro's body belong to its items, not to it. */
  private factsRead(expression: Expression): FactRead[] {
    switch (expression.type) {
      case 'HAS':
        return this.factsRead(expression.field);
      case 'FIELD':
      case 'VARIABLE': {
        const value = this.value(expression);
        return [
          { expression: printExpression(expression), known: !isOpen(value), value: this.plain(expression, value) },
        ];
      }
      case 'COMPARE':
        return [...this.factsRead(expression.left), ...this.factsRead(expression.right)];
      case 'IN':
        return [...this.factsRead(expression.item), ...this.factsRead(expression.range)];
      case 'MACRO':
        return this.factsRead(expression.range);
      case 'CALL':
        return expression.operands.flatMap((operand) => this.factsRead(operand));
      default:
        return [];
    }
  }

  private truth(expression: Expression): Truth {
    return truthOf(this.value(expression));
  }

  private value(expression: Expression): Value {
    this.context.left = BUDGET;
    const value = this.compiled.runs.get(expression)?.(this.context) ?? null;
    this.left -= 1 + BUDGET - this.context.left;
    return this.context.left < 0 ? new Failure(expression.at, 'BUDGET') : value;
  }

  private plain(expression: Expression, value: Value): Json {
    return plainValue(value, this.compiled.types.get(expression) ?? ANY) ?? null;
  }
}

function isSpent(value: Value): boolean {
  return value instanceof Failure && value.detail === 'BUDGET';
}

/** A true `all` and a false `exists` are decided by the whole list; the rest by single items. */
function isDecidedByItems({ macro }: ExpressionOf<'MACRO'>, truth: Truth): boolean {
  if (macro === 'all') return truth !== 'TRUE';
  return macro === 'exists' && truth !== 'FALSE';
}
