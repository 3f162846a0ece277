import { BUDGET } from './limits.js';
import type { Expression } from './expression.js';
import { making } from './facts-on-demand.js';
import type { FactForm } from './facts-on-demand.js';
import { Collection, isRecordValue } from './value.js';
import type { Facts, ItemPlace, Value } from './value.js';
import type { Json } from '../landscape/model.js';
import type { CalendarDay } from './working-calendar.js';
import { worldOf } from './world.js';
import type { Asked, World } from './world.js';

/** The item that a macro looks at, and where it came from. */
export class Frame {
  item: Value = null;
  index = 0;
  private readonly places: readonly ItemPlace[] | undefined;
  private readonly rangePath: string;

  /** @param rangePath - the way to the list; used where it stands in facts as it is. */
  constructor(range: Value, rangePath: string) {
    this.places = range instanceof Collection ? range.places : undefined;
    this.rangePath = rangePath;
  }

  place(): ItemPlace {
    const known = this.places?.[this.index];
    if (known !== undefined) return known;
    return { path: `${this.rangePath}[${this.index}]`, label: labelOf(this.item) };
  }
}

/** A name that a person recognises the item by. */
export function labelOf(item: Value): string | null {
  if (typeof item === 'string') return item;
  if (!isRecordValue(item)) return null;
  const name = item['name'] ?? item['urn'];
  return typeof name === 'string' ? name : null;
}

/** One evaluation: the facts, the world, and the items that its macros look at. */
export class Context {
  readonly facts: Facts;
  readonly today: string;
  /** Whether somebody asks what is missing; else unknown is unknown, and no path is written. */
  readonly isTracing: boolean;
  /** By how many macros are around them. */
  readonly frames: Frame[] = [];
  /** Units of work that are left; below 0 the evaluation is stopped, and whatever it says is void. */
  left = BUDGET;
  /** Listed days of the calendar that were counted, and of which no source says what they are; undefined for none. */
  unverified: Map<string, CalendarDay> | undefined;
  /** What it may ask besides the facts. */
  readonly world: World;
  /** What the facts are made from, and how, where they are made when they are asked for. */
  readonly source: unknown;
  readonly form: FactForm<unknown> | undefined;
  constructor(facts: Facts, asked: Asked, isTracing: boolean) {
    this.facts = facts;
    const made = making(facts);
    this.source = made?.source;
    this.form = made?.form;
    this.world = worldOf(asked);
    this.today = this.world.today;
    this.isTracing = isTracing;
  }

  /** Begins anew with the same facts: the next expression may work as much as the first. */
  renew(): void {
    this.left = BUDGET;
    this.unverified = undefined;
  }

  /** Notes that the answer rests on days that nobody verified. */
  restsOn(days: readonly CalendarDay[]): void {
    if (days.length === 0) return;
    this.unverified ??= new Map();
    for (const day of days) this.unverified.set(day.date, day);
  }

  /** Takes units of work from what is left. @returns whether there were enough. */
  spend(units: number): boolean {
    this.left -= units;
    return this.left >= 0;
  }
}

/** A compiled expression. */
export type Run = (context: Context) => Value;

/** The way to the value of an expression, and the list item on that way. */
export type Locate = (context: Context) => Place;

/** Where a value stands. */
interface Place {
  readonly path: string;
  readonly item: string | null;
  /** Urn of the element whose fact it is, where that is not the subject; the path then begins with it. */
  readonly element?: string | undefined;
}

/** What the names in sight stand for. */
export interface Scope {
  /** `self`, `params`, `today`, or the item of the n-th macro around. */
  readonly names: ReadonlyMap<string, 'self' | 'params' | 'today' | number>;
  /** Number of macros around. */
  readonly depth: number;
}
export const OUTERMOST: Scope = {
  names: new Map([
    ['self', 'self'],
    ['params', 'params'],
    ['today', 'today'],
  ]),
  depth: 0,
};

/** The scope of a macro's body. */
export function scopeOfBody(variable: string, { names, depth }: Scope): Scope {
  return { names: new Map(names).set(variable, depth), depth: depth + 1 };
}

/** What is compiled of an expression and of each of its parts. */
export type Runs = ReadonlyMap<Expression, Run>;

/** The items of a list or set of facts, or of one that was computed; undefined where it is neither. */
export function itemsOf(value: Value): readonly Value[] | undefined {
  if (value instanceof Collection) return value.items;
  // The items of facts are JSON; `isArray` forgets that.
  if (Array.isArray(value)) return value as readonly Json[];
  if (!isRecordValue(value)) return undefined;
  const { items, complete } = value;
  return Array.isArray(items) && typeof complete === 'boolean' ? (items as readonly Json[]) : undefined;
}
