import type { Json } from '../core/landscape/model.js';
import type { Comparison, Expression, ExpressionOf } from '../core/policy/expression.js';
import { pathOf } from '../core/policy/expression-walk.js';
import type { Condition, FactNow, NeededChange } from '../core/policy/needed-change.js';
import { isToday, toldBy } from '../core/policy/needed-change.js';
import type { Text } from '../core/policy/rule.js';
import { FactText, isEvidence } from './fact-text.js';
import * as say from './condition-words.js';

/** A condition in words: what it speaks of, and what that has to be. */
export interface Clause {
  readonly subject: string;
  readonly needs: string;
  /** The way to the fact that it speaks of; undefined where it speaks of more than one. */
  readonly path?: string;
  /** It asks only that something be told. */
  readonly isTold?: boolean;
}

/** A condition with what is known of its facts. */
interface Setting extends Condition {
  readonly now: readonly FactNow[];
  /** It is met already. */
  readonly isKept: boolean;
  /** What the items are called that it speaks of, beside facts of the subject; empty where they need not be told apart. */
  readonly items: string;
}

/** Conditions of rules in the words of people who do not know the language of rules. */
export class ConditionText extends FactText {
  /** undefined where there are no words for it. */
  ofChange(change: NeededChange): Clause | undefined {
    const { condition, now, isTold, isKept } = change;
    const told = isTold ? toldBy(condition.expression) : undefined;
    return told === undefined
      ? this.clause({ ...condition, now, isKept, items: isMixed(change) ? this.itemsOf(change) : '' })
      : this.of(told, condition, say.TO_TELL);
  }

  /** The items that a change speaks of, each within the one before; a word of a list is no name beside what is so now. */
  itemsOf({ item, now }: NeededChange): string {
    const names = item?.split(say.WITHIN) ?? [];
    const isWord = now.some(({ value }) => value === names.at(-1));
    return (isWord ? names.slice(0, -1) : names).map((name: Json) => this.value(name)).join(say.WITHIN);
  }

  private clause(setting: Setting): Clause | undefined {
    const { expression } = setting;
    const told = toldBy(expression);
    if (told !== undefined) return this.told(told, setting);
    switch (expression.type) {
      case 'FIELD':
        return this.of(expression, setting, say.YES);
      case 'NOT':
        return this.opposite(expression, setting);
      case 'IN':
        return this.among(expression, setting, say.ONE_OF);
      case 'COMPARE':
        return this.comparison(expression, setting);
      case 'MACRO':
        return this.quantifier(expression, setting);
      case 'AND':
      case 'OR':
        return this.joined(expression, setting);
      default:
        return undefined;
    }
  }

  private of(fact: Expression, { paths }: Condition, needs: Text): Clause | undefined {
    const path = pathOf(fact, paths);
    const subject = path === undefined ? undefined : this.label(path);
    if (path === undefined || subject === undefined) return undefined;
    return { subject, path, needs: this.inLanguage(needs === say.YES && isEvidence(path) ? say.SHOWN : needs) };
  }

  private told(fact: Expression, setting: Setting): Clause | undefined {
    const clause = this.of(fact, setting, say.TOLD);
    return clause && { ...clause, isTold: true };
  }

  private opposite({ operand }: ExpressionOf<'NOT'>, setting: Setting): Clause | undefined {
    if (operand.type === 'FIELD') return this.of(operand, setting, say.NO);
    return operand.type === 'IN' ? this.among(operand, setting, say.OTHER_THAN) : undefined;
  }

  private among({ item, range }: ExpressionOf<'IN'>, setting: Setting, template: Text): Clause | undefined {
    const values = setting.constants.get(range);
    if (!Array.isArray(values) || values.length === 0) return undefined;
    const texts = values.map((value: Json) =>
      template === say.OTHER_THAN ? this.quoted(this.value(value)) : this.value(value),
    );
    const last = texts.at(-1) ?? '';
    const value = texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')} ${this.inLanguage(say.OR)} ${last}`;
    return this.of(item, setting, this.both(template, { value }));
  }

  /** A template that is filled already, for who takes templates. */
  private both(template: Text, values: Readonly<Record<string, string>>): Text {
    const text = this.filled(template, values);
    return { vi: text, en: text };
  }

  private comparison(expression: ExpressionOf<'COMPARE'>, setting: Setting): Clause | undefined {
    const { left, right, operator } = expression;
    if (!this.isTurned(expression, setting)) return this.compared(left, operator, { other: right, setting });
    return this.compared(right, say.TURNED[operator], { other: left, setting });
  }

  /**
   * The fact that moves stands first, of two that do the one that is not told yet, and of two days that are in order the
   * later one, which follows the other.
   */
  private isTurned({ left, right, operator }: ExpressionOf<'COMPARE'>, setting: Setting): boolean {
    if (setting.constants.has(left)) return true;
    const [own, other] = [this.factOf(left, setting), this.factOf(right, setting)];
    if (own === undefined || other === undefined) return false;
    if (setting.isKept && isMovedDay(own) && isMovedDay(other)) return operator === '<' || operator === '<=';
    return own.moves === other.moves ? own.value !== null && other.value === null : other.moves;
  }

  private factOf(expression: Expression, { paths, now }: Setting): FactNow | undefined {
    const path = pathOf(expression, paths);
    return now.find((fact) => fact.path === path);
  }

  private compared(
    left: Expression,
    operator: Comparison,
    { other, setting }: { readonly other: Expression; readonly setting: Setting },
  ): Clause | undefined {
    const path = pathOf(left, setting.paths);
    // Of two things that go by the same name nothing can be told.
    if (path !== undefined && path === pathOf(other, setting.paths)) return undefined;
    const isDays = setting.types.get(left)?.kind === 'DATE';
    if (isDays && isDoneBy(operator, other)) return this.subjectOf(left, setting, say.DONE);
    const isNone = setting.constants.get(other) === 0;
    if (isSize(left) && isNone) return this.counted(left, operator, setting);
    if (operator === '!=' && setting.constants.get(other) === '') return this.told(left, setting);
    const value = this.comparand(operator, other, setting);
    const template = say.COMPARED[operator][isDays ? 'days' : 'numbers'];
    return value === undefined ? undefined : this.subjectOf(left, setting, this.both(template, { value }));
  }

  /** A word that something is not stands in quotes: "not per user" would read as another word. */
  private comparand(operator: Comparison, other: Expression, setting: Setting): string | undefined {
    const term = this.term(other, setting);
    const isWord = operator === '!=' && typeof setting.constants.get(other) === 'string';
    return isWord && term !== undefined ? this.quoted(term) : term;
  }

  /** A list that has to be empty, or not to be. */
  private counted({ operands }: ExpressionOf<'CALL'>, operator: Comparison, setting: Setting): Clause | undefined {
    const [list] = operands;
    if (list === undefined || (operator !== '==' && operator !== '>')) return undefined;
    return this.of(list, setting, operator === '==' ? say.EMPTY : say.ANY);
  }

  /** What stands first: a fact, or what is counted of facts. */
  private subjectOf(left: Expression, setting: Setting, needs: Text): Clause | undefined {
    if (left.type !== 'CALL') return this.of(left, setting, needs);
    const [first, second] = left.operands.map((operand) => this.term(operand, setting));
    if (first === undefined || second === undefined) return undefined;
    const isDays = left.operands.every((operand) => setting.types.get(operand)?.kind === 'DATE');
    const text = this.inLanguage(needs);
    if (left.name === 'workdays')
      return { subject: this.filled(say.WORKDAYS, { from: first, to: second }), needs: text };
    if (left.name !== '_-_' || !isDays) return undefined;
    return { subject: this.filled(say.BETWEEN, { from: second, to: first }), needs: text };
  }

  /** What something is compared with: a value, a value of the rule with its name, or a fact with what it is now. */
  private term(expression: Expression, setting: Setting): string | undefined {
    const value = setting.constants.get(expression);
    if (value !== undefined) return this.constant(expression, value);
    const name = this.label(pathOf(expression, setting.paths) ?? '');
    const fact = this.factOf(expression, setting);
    if (name === undefined) return undefined;
    if (fact === undefined) return this.quoted(name);
    const isOfOther = setting.items !== '' && isOfItem(fact);
    const full = this.quoted(isOfOther ? `${setting.items}: ${name}` : name);
    return this.filled(say.FACT, { name: full, now: this.now(fact) });
  }

  private constant(expression: Expression, value: Json): string {
    if (expression.type === 'VARIABLE') return this.filled(say.TODAY, { value: this.value(value) });
    const seconds = typeof value === 'string' ? /^(\d+)s$/.exec(value)?.[1] : undefined;
    if (seconds !== undefined) return this.filled(say.DAYS, { value: this.value(Number(seconds) / DAY) });
    const parameter = expression.type === 'FIELD' ? this.words.parameters[expression.name] : undefined;
    if (parameter === undefined) return this.value(value);
    return this.filled(say.PARAMETER, { value: this.value(value), name: this.inLanguage(parameter) });
  }

  private quantifier({ macro, range, body, variable }: ExpressionOf<'MACRO'>, setting: Setting): Clause | undefined {
    const path = pathOf(range, setting.paths);
    if (path === undefined || (macro !== 'all' && macro !== 'exists')) return undefined;
    const inner = this.clause({ ...setting, expression: body, paths: new Map(setting.paths).set(variable, path) });
    if (inner === undefined) return undefined;
    const way = macro === 'all' && setting.types.get(range)?.kind === 'LIST' ? 'allOfWhole' : macro;
    if (inner.isTold === true) return this.of(range, setting, way === 'all' ? say.WHOLE : say.ANY);
    const isOfItems = inner.path === path;
    const template = say.QUANTIFIED[way][isOfItems ? 'values' : 'items'];
    return this.of(range, setting, this.both(template, { body: isOfItems ? inner.needs : this.full(inner) }));
  }

  private full({ subject, needs }: Clause): string {
    return this.filled(say.FULL, { subject: this.quoted(subject), needs });
  }

  /** What has a name in quotes already takes no more of them. */
  private quoted(name: string): string {
    return name.includes('“') ? name : this.filled(say.QUOTED, { name });
  }

  /** What is said of one thing is said together; that it be told goes without saying where more is said of it. */
  private joined(expression: ExpressionOf<'AND' | 'OR'>, setting: Setting): Clause | undefined {
    const clauses = expression.operands.map((operand) => this.clause({ ...setting, expression: operand }));
    const told = clauses.flatMap((clause) => clause ?? []);
    const [first] = told;
    if (first === undefined || told.length < clauses.length) return undefined;
    const isAnd = expression.type === 'AND';
    const word = this.inLanguage(isAnd ? say.BOTH : say.EITHER);
    if (told.every(({ path }) => path === first.path)) {
      return { ...first, isTold: false, needs: needsOf(told, isAnd).join(word) };
    }
    return { subject: first.subject, needs: [first.needs, ...told.slice(1).map((each) => this.full(each))].join(word) };
  }
}

const DAY = 86_400;

function isSize(expression: Expression): expression is ExpressionOf<'CALL'> {
  return expression.type === 'CALL' && expression.name === 'size';
}

/** "No later than today" would read as a term that ends today. */
function isDoneBy(operator: Comparison, other: Expression): boolean {
  return operator === '<=' && isToday(other);
}

/** Whether a fact is a day on record that becomes another one. */
export function isMovedDay({ type, known, moves }: FactNow): boolean {
  return type.kind === 'DATE' && known && moves;
}

/** Whether a fact is of an item of a list. */
export function isOfItem({ expression }: FactNow): boolean {
  return !expression.startsWith('self.');
}

/** Whether a change speaks of an item of a list and of the subject, too. */
export function isMixed({ now }: NeededChange): boolean {
  return now.some(isOfItem) && !now.every(isOfItem);
}

/** What several clauses about one thing ask of it. */
export function needsOf(clauses: readonly Clause[], isAnd: boolean): string[] {
  const more = clauses.filter(({ isTold }) => isTold !== true);
  return [...new Set((isAnd && more.length > 0 ? more : clauses).map(({ needs }) => needs))];
}
