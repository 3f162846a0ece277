import type { Run } from './context.js';
import type { Expression, ExpressionOf } from './expression.js';
import { ITEMS_MAXIMUM, TOP } from './expression-walk.js';
import type { ExpressionWalk, Place } from './expression-walk.js';
import { askedOf, isErasure, keyOf, neededChange } from './needed-change.js';
import type { NeededChange, Way } from './needed-change.js';
import { Collection, isFactSet } from './value.js';
import type { Value } from './value.js';
import { partsOf } from './parts.js';
import { isSettledBy, isSubset, tidied } from './way-logic.js';
import { triedWay } from './way-trial.js';

/** Most ways that are told. */
const WAYS_MAXIMUM = 10;

/** Most ways that are tried. */
const TRIED_MAXIMUM = 30;

/** What may not change for the sake of a rule. */
export interface WayLimits {
  /**
   * Facts that say what a subject is or what has happened, by path: `flows.crossAgency`. What is known of them stays; what
   * is unknown may be told, but no rule says what the answer should be.
   */
  readonly given: ReadonlySet<string>;
  /** When the rule is asked at all; null where it always is. No way leads out of what it asks. */
  readonly appliesWhen: Run | null;
}

/**
 * Ways in which an expression comes to be true that somebody can go: what is asked may be done, supplied or shown. A way
 * never erases a fact or declares that there is none, and never turns a given fact, or the condition of a `?`, into its
 * opposite; where nothing is left there is none.
 */
export class WaysToPass {
  constructor(
    private readonly walk: ExpressionWalk,
    private readonly limits: WayLimits,
  ) {}

  /** Each a list of all that would have to change; the shortest first. Of a list the first ten items in the way are told, with how many more there are. */
  all(): readonly Way[] {
    const found = this.ways(this.walk.compiled.expression, true, TOP).flatMap((way) => {
      const kept = tidied(way);
      if (kept === undefined || kept.length === 0) return [];
      return this.tried(kept) ?? [];
    });
    const ways = found.toSorted((a, b) => a.length - b.length);
    const minimal = ways.filter((way, index) => !ways.slice(0, index).some((shorter) => isSubset(shorter, way)));
    return minimal.slice(0, WAYS_MAXIMUM);
  }

  private tried(way: Way): [Way] | undefined {
    const { walk, limits } = this;
    const { expression, runs } = walk.compiled;
    const asked = [runs.get(expression), limits.appliesWhen].flatMap((run) => run ?? []);
    const tried = triedWay(way, { walk, asked });
    return tried && [tried];
  }

  /** How an expression comes to be true, or false; one empty way where it is. */
  private ways(expression: Expression, wanted: boolean, place: Place): readonly Way[] {
    if (this.walk.value(expression) === wanted) return [[]];
    if (this.walk.isSpent()) return [];
    switch (expression.type) {
      case 'NOT':
        return this.ways(expression.operand, !wanted, place);
      case 'AND':
      case 'OR':
        return this.junction(expression, wanted, place);
      case 'CONDITIONAL':
        return this.conditional(expression, wanted, place);
      case 'MACRO':
        return this.quantifier(expression, wanted, place);
      default:
        return this.change(expression, wanted, place);
    }
  }

  /** Of what is so already, that stays part of a way which speaks of the facts that the way changes. */
  private junction(expression: ExpressionOf<'AND' | 'OR'>, wanted: boolean, place: Place): readonly Way[] {
    const each = expression.operands.map((operand) => this.ways(operand, wanted, place));
    if ((expression.type === 'AND') !== wanted) return anyOf(each);
    return allOf(each).flatMap((way) => {
      const changed = new Set(way.flatMap((change) => this.factsChanged(change)));
      const kept = expression.operands.flatMap((operand) => this.kept(operand, wanted, { place, changed }));
      return kept.every((change) => this.isOffered(change)) ? [[...way, ...kept]] : [];
    });
  }

  private factsChanged({ now, condition: { item } }: NeededChange): string[] {
    const free = now.filter(({ isGiven }) => !isGiven);
    // What is known stays as it is where the rest is still to be told.
    const told = free.filter(({ value }) => value === null);
    return (told.length > 0 ? told : free).map(({ expression }) => keyOf(expression, item));
  }

  /** The conditions, met already, that have to go on being met when some facts change. */
  private kept(expression: Expression, wanted: boolean, around: Kept): NeededChange[] {
    if (this.walk.value(expression) !== wanted) return [];
    switch (expression.type) {
      case 'MACRO':
        // One item that is as it should be stays, whatever comes to the list.
        return (expression.macro === 'exists') === wanted ? [] : this.keptLeaf(expression, wanted, around);
      case 'NOT':
        return this.kept(expression.operand, !wanted, around);
      case 'AND':
      case 'OR': {
        const met = expression.operands.filter((operand) => this.walk.value(operand) === wanted);
        const each = met.map((operand) => this.kept(operand, wanted, around));
        if ((expression.type === 'AND') === wanted) return each.flat();
        // What holds whatever changes is enough.
        return each.find((changes) => changes.length === 0) ?? each[0] ?? [];
      }
      case 'CONDITIONAL': {
        const branch = this.walk.value(expression.condition) === true ? expression.whenTrue : expression.whenFalse;
        return this.kept(branch, wanted, around);
      }
      default:
        return this.keptLeaf(expression, wanted, around);
    }
  }

  private keptLeaf(expression: Expression, wanted: boolean, { place, changed }: Kept): NeededChange[] {
    const change = neededChange(this.walk, expression, wanted, place);
    return this.factsChanged(change).some((fact) => changed.has(fact)) ? [change] : [];
  }

  /**
   * The condition says which requirement applies, and nobody changes it to get the other one. It comes out otherwise only
   * by what the other requirement asks anyway; where it is not known, what meets both requirements is enough.
   */
  private conditional(expression: ExpressionOf<'CONDITIONAL'>, wanted: boolean, place: Place): readonly Way[] {
    const { condition, whenTrue, whenFalse } = expression;
    const holds = this.walk.value(condition);
    const [first, second] = [whenTrue, whenFalse].map((branch) => this.ways(branch, wanted, place));
    const [whereTrue, whereFalse] = [first ?? [], second ?? []];
    const settling = (by: boolean, ways: readonly Way[]): readonly Way[] =>
      ways.filter((way) => isSettledBy(way, condition, by, place.at));
    if (holds === true) return anyOf([whereTrue, settling(false, whereFalse)]);
    if (holds === false) return anyOf([whereFalse, settling(true, whereTrue)]);
    return anyOf([settling(true, whereTrue), settling(false, whereFalse), allOf([whereTrue, whereFalse])]);
  }

  private quantifier(expression: ExpressionOf<'MACRO'>, wanted: boolean, place: Place): readonly Way[] {
    const { macro, range, body } = expression;
    const isOwn = (macro !== 'all' && macro !== 'exists') || comparesItems(body);
    if (isOwn) return this.change(expression, wanted, place);
    const byItem: (readonly Way[])[] = [];
    let more = 0;
    this.walk.forEachItem(expression, place, (inner) => {
      const isMet = this.walk.value(body) === wanted;
      if (isMet) return;
      if (byItem.length < ITEMS_MAXIMUM) byItem.push(this.ways(body, wanted, inner));
      else more += 1;
    });
    // A list that is empty, not known or not whole stands in the way itself.
    if (byItem.length === 0) return this.change(expression, wanted, place);
    if ((macro === 'all') !== wanted) return anyOf(byItem);
    // What may hold more has to be declared whole as well.
    const isWholeList = isWhole(this.walk.value(range));
    const all = allOf(isWholeList ? byItem : [...byItem, this.change(expression, wanted, place)]);
    return all.map((way) => withMore(way, more));
  }

  private change(expression: Expression, wanted: boolean, place: Place): readonly Way[] {
    const change = neededChange(this.walk, expression, wanted, place);
    return this.isOffered(change) ? [askedOf(change)] : [];
  }

  /** Of given facts alone: whoever does not know them has to ask, whatever the answer may be. */
  private isOffered({ condition, now }: NeededChange): boolean {
    if (isErasure(condition.expression)) return false;
    return now.some(({ isGiven, known }) => !isGiven || !known);
  }
}

/** Where what is kept stands, and the facts that change. */
interface Kept {
  readonly place: Place;
  readonly changed: ReadonlySet<string>;
}

/** Whether items are compared with each other: then no item is in the way, but the list as it is. */
function comparesItems(expression: Expression): boolean {
  const isOfItems = expression.type === 'COMPARE' && isItem(expression.left) && isItem(expression.right);
  return isOfItems || partsOf(expression).some(comparesItems);
}

function isWhole(list: Value): boolean {
  return list instanceof Collection ? list.rest === undefined : !isFactSet(list) || list.complete;
}

function isItem(expression: Expression): boolean {
  return expression.type === 'VARIABLE' && expression.name !== 'today';
}

/** One of each, all together. */
function allOf(each: readonly (readonly Way[])[]): readonly Way[] {
  let together: readonly Way[] = [[]];
  for (const ways of each) {
    together = together.flatMap((way) => ways.map((other) => [...way, ...other])).slice(0, TRIED_MAXIMUM);
  }
  return together;
}

function anyOf(each: readonly (readonly Way[])[]): readonly Way[] {
  return each.flat().slice(0, TRIED_MAXIMUM);
}

/** A way that leaves out some items of a list says how many. */
function withMore(way: Way, more: number): Way {
  return way.map((change, index) => (index === 0 ? { ...change, more: change.more + more } : change));
}
