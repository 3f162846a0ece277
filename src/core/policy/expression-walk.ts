import type { Json } from '../landscape/model.js';
import { Frame, itemsOf } from './context.js';
import type { Context, Run } from './context.js';
import type { Explained } from './explain.js';
import type { Expression, ExpressionOf } from './expression.js';
import { ANY } from './fact-type.js';
import { BUDGET } from './limits.js';
import { plainValue } from './value.js';
import type { Value } from './value.js';

/** Most items of a list that are shown. */
export const ITEMS_MAXIMUM = 10;

/** Where a walk over an expression stands. */
export interface Place {
  readonly item: string | null;
  /** The way to that item with indexes, for items may have the same name; empty outside lists. */
  readonly at: string;
  /** Number of macros around. */
  readonly depth: number;
  /** Which facts the names of items stand for, as paths without indexes: `f` → `flows`. */
  readonly paths: ReadonlyMap<string, string>;
}
export const TOP: Place = { item: null, at: '', depth: 0, paths: new Map() };

/** The parts of a compiled expression with their values, which are asked again. All questions share one budget. */
export class ExpressionWalk {
  private left = 10 * BUDGET;

  /**
   * @param context - one that traces.
   * @param given - the facts that no way changes, by path.
   */
  constructor(
    readonly compiled: Explained,
    readonly context: Context,
    readonly given: ReadonlySet<string> = new Set(),
  ) {}

  value(expression: Expression): Value {
    const run = this.compiled.runs.get(expression);
    return run === undefined ? null : this.ask(run, this.context);
  }

  /** Asks something compiled of any facts. */
  ask(run: Run, context: Context): Value {
    if (this.isSpent()) return null;
    context.left = BUDGET;
    const value = run(context);
    this.left -= 1 + BUDGET - context.left;
    return value;
  }

  /** As JSON; null where it is declared absent, and where it is not known; of long lists the first items. */
  plain(expression: Expression): Json {
    const plain = plainValue(this.value(expression), this.compiled.types.get(expression) ?? ANY) ?? null;
    return Array.isArray(plain) ? plain.slice(0, ITEMS_MAXIMUM) : plain;
  }

  /** Puts one item after the other in the place that the body of a macro reads. */
  forEachItem(expression: ExpressionOf<'MACRO'>, place: Place, visit: (inner: Place) => void): void {
    const range = this.value(expression.range);
    this.value(expression);
    // The macro has just run, so its frame is the one that names its items.
    const frame = this.context.frames[place.depth] ?? new Frame(range, '');
    const paths = new Map(place.paths).set(expression.variable, pathOf(expression.range, place.paths) ?? '');
    for (const [index, item] of (itemsOf(range) ?? []).entries()) {
      this.context.frames[place.depth] = frame;
      frame.index = index;
      frame.item = item;
      const { label, path } = frame.place();
      const names = [place.item, label].filter((each) => each !== null).join(' › ');
      visit({ item: names || null, at: path, depth: place.depth + 1, paths });
    }
  }

  isSpent(): boolean {
    return this.left <= 0;
  }
}

/** The way to a fact without indexes: `flows.channels`; undefined where an expression is no fact. */
export function pathOf(expression: Expression, paths: ReadonlyMap<string, string>): string | undefined {
  switch (expression.type) {
    case 'VARIABLE':
      return expression.name === 'self' ? '' : paths.get(expression.name);
    case 'FIELD': {
      const outer = pathOf(expression.operand, paths);
      if (outer === undefined) return undefined;
      return outer === '' ? expression.name : `${outer}.${expression.name}`;
    }
    case 'MACRO':
      return expression.macro === 'filter' ? pathOf(expression.range, paths) : undefined;
    case 'CALL': {
      const [list] = expression.operands;
      return expression.name === '_[_]' && list !== undefined ? pathOf(list, paths) : undefined;
    }
    default:
      return undefined;
  }
}
