import { checkCall } from './check-call.js';
import { closestWord } from '../closest-word.js';
import type { Expression, ExpressionOf, Position, Problem, ProblemReason } from './expression.js';
import {
  ANY,
  BOOLEAN,
  DATE,
  DOUBLE,
  INT,
  NULL,
  TEXT,
  commonType,
  isCollection,
  isText,
  listOf,
  nameOfType,
  setOf,
  sizeOfType,
  textOf,
} from './fact-type.js';
import type { FactType, FactTypes } from './fact-type.js';
import type { Overload, Words } from './function.js';

/** The variables that an expression may name, with their types. */
type Scope = ReadonlyMap<string, FactType>;

/** Finds every word and every operator of one expression that its facts have no meaning for. */
class Check {
  readonly problems: Problem[] = [];
  readonly types = new Map<Expression, FactType>();
  readonly calls = new Map<Expression, Overload>();
  private readonly words: Words;

  constructor(words: Words) {
    this.words = words;
  }

  typeOf(expression: Expression, scope: Scope): FactType {
    const type = this.found(expression, scope);
    this.types.set(expression, type);
    return type;
  }

  private found(expression: Expression, scope: Scope): FactType {
    switch (expression.type) {
      case 'LITERAL':
        return typeOfLiteral(expression.value);
      case 'DOUBLE':
        return DOUBLE;
      case 'DATE':
        return DATE;
      case 'LIST':
        return this.list(expression, scope);
      case 'VARIABLE':
        return this.variable(expression, scope);
      case 'FIELD':
        return this.field(expression, scope);
      case 'HAS':
        this.typeOf(expression.field, scope);
        return BOOLEAN;
      case 'CALL':
        return this.call(expression, scope);
      default:
        return this.logic(expression, scope);
    }
  }

  private logic(
    expression: ExpressionOf<'NOT' | 'AND' | 'OR' | 'CONDITIONAL' | 'COMPARE' | 'IN' | 'MACRO'>,
    scope: Scope,
  ): FactType {
    switch (expression.type) {
      case 'NOT':
        this.expect(expression.operand, ['BOOLEAN'], scope);
        return BOOLEAN;
      case 'AND':
      case 'OR':
        for (const operand of expression.operands) this.expect(operand, ['BOOLEAN'], scope);
        return BOOLEAN;
      case 'CONDITIONAL':
        return this.conditional(expression, scope);
      case 'COMPARE':
        return this.comparison(expression, scope);
      case 'IN':
        return this.membership(expression, scope);
      case 'MACRO':
        return this.macro(expression, scope);
    }
  }

  /** The type of an expression that must be of one of some kinds. */
  private expect(expression: Expression, kinds: readonly FactType['kind'][], scope: Scope): FactType {
    const type = this.typeOf(expression, scope);
    if (type.kind === 'ANY' || kinds.includes(type.kind)) return type;
    this.wrongType(expression.at, kinds.join(' | '), type);
    return ANY;
  }

  private list({ items }: ExpressionOf<'LIST'>, scope: Scope): FactType {
    let common: FactType = ANY;
    for (const item of items) {
      const type = this.typeOf(item, scope);
      const both = commonType(common, type);
      if (both === undefined) this.wrongType(item.at, nameOfType(common), type);
      else common = both;
    }
    return listOf(common, items.length);
  }

  private call(expression: ExpressionOf<'CALL'>, scope: Scope): FactType {
    const types = expression.operands.map((operand) => this.typeOf(operand, scope));
    const { overload, problems } = checkCall(expression, types);
    this.problems.push(...problems);
    if (overload === undefined) return ANY;
    this.calls.set(expression, overload);
    return overload.result(types, this.words);
  }

  private variable(expression: ExpressionOf<'VARIABLE'>, scope: Scope): FactType {
    const type = scope.get(expression.name);
    if (type !== undefined) return type;
    this.unknownWord('UNKNOWN_VARIABLE', expression, scope.keys());
    return ANY;
  }

  private field(expression: ExpressionOf<'FIELD'>, scope: Scope): FactType {
    const record = this.expect(expression.operand, ['RECORD'], scope);
    if (record.kind !== 'RECORD') return ANY;
    const type = Object.hasOwn(record.fields, expression.name) ? record.fields[expression.name] : undefined;
    if (type !== undefined) return type;
    this.unknownWord('UNKNOWN_FIELD', expression, Object.keys(record.fields));
    return ANY;
  }

  private conditional({ condition, whenTrue, whenFalse }: ExpressionOf<'CONDITIONAL'>, scope: Scope): FactType {
    this.expect(condition, ['BOOLEAN'], scope);
    const [first, second] = [this.typeOf(whenTrue, scope), this.typeOf(whenFalse, scope)];
    const both = commonType(first, second);
    if (both === undefined) this.wrongType(whenFalse.at, nameOfType(first), second);
    return both ?? first;
  }

  private comparison(expression: ExpressionOf<'COMPARE'>, scope: Scope): FactType {
    const { operator, left, right, at } = expression;
    const [leftType, rightType] = [this.typeOf(left, scope), this.typeOf(right, scope)];
    if (operator === '==' || operator === '!=') {
      this.expectEqual([left, leftType], [right, rightType]);
      return BOOLEAN;
    }
    if (!isOrdered(leftType) || !isOrdered(rightType)) {
      this.wrongType(at, ORDERED.join(' | '), isOrdered(leftType) ? rightType : leftType);
    } else if (!isAnyOf(leftType, rightType) && family(leftType) !== family(rightType)) {
      this.wrongType(right.at, nameOfType(leftType), rightType);
    }
    return BOOLEAN;
  }

  /** Days known only in part are never equal, only earlier or later; whole lists and records are not compared. */
  private expectEqual(left: readonly [Expression, FactType], right: readonly [Expression, FactType]): void {
    const [leftType, rightType] = [left[1], right[1]];
    if (isAnyOf(leftType, rightType) || leftType.kind === 'NULL' || rightType.kind === 'NULL') return;
    this.expectValue(left[1], right);
    this.expectValue(right[1], left);
    if (!PLAIN.includes(leftType.kind)) this.wrongType(left[0].at, PLAIN.join(' | '), leftType);
    else if (family(leftType) !== family(rightType)) this.wrongType(right[0].at, nameOfType(leftType), rightType);
  }

  private membership(expression: ExpressionOf<'IN'>, scope: Scope): FactType {
    const item = this.typeOf(expression.item, scope);
    const range = this.expect(expression.range, ['LIST', 'SET'], scope);
    if (!isCollection(range)) return BOOLEAN;
    const values = expression.range.type === 'LIST' ? expression.range.items : [];
    for (const value of values) this.expectValue(item, [value, TEXT]);
    this.expectValue(range.of, [expression.item, item]);
    if (!isAnyOf(item, range.of) && family(item) !== family(range.of)) {
      this.wrongType(expression.range.at, `LIST of ${nameOfType(item)}`, range);
    }
    return BOOLEAN;
  }

  /** A literal that is compared with words of a closed list must be one of them. */
  private expectValue(type: FactType, [expression]: readonly [Expression, FactType]): void {
    if (type.kind !== 'ENUM' || expression.type !== 'LITERAL' || typeof expression.value !== 'string') return;
    if (type.values.includes(expression.value)) return;
    const params = { value: expression.value, suggestion: closestWord(expression.value, type.values) };
    this.problems.push({ reason: 'UNKNOWN_VALUE', at: expression.at, params });
  }

  private macro(expression: ExpressionOf<'MACRO'>, scope: Scope): FactType {
    const { macro, range, variable, body } = expression;
    const type = this.expect(range, ['LIST', 'SET'], scope);
    const item = isCollection(type) ? type.of : ANY;
    const inner = new Map(scope).set(variable, item);
    if (macro === 'map') {
      const mapped = this.typeOf(body, inner);
      return type.kind === 'SET' ? setOf(mapped, sizeOfType(type)) : listOf(mapped, sizeOfType(type));
    }
    this.expect(body, ['BOOLEAN'], inner);
    return macro === 'filter' ? type : BOOLEAN;
  }

  private wrongType(at: Position, expected: string, actual: FactType): void {
    this.problems.push({ reason: 'WRONG_TYPE', at, params: { expected, actual: nameOfType(actual) } });
  }

  private unknownWord(
    reason: ProblemReason,
    { at, name }: { readonly at: Position; readonly name: string },
    known: Iterable<string>,
  ): void {
    this.problems.push({ reason, at, params: { name, suggestion: closestWord(name, known) } });
  }
}

function isAnyOf(left: FactType, right: FactType): boolean {
  return left.kind === 'ANY' || right.kind === 'ANY';
}

/** What can be put in an order. Texts can not: people expect the order of their own language. */
const ORDERED: readonly FactType['kind'][] = ['INT', 'DOUBLE', 'DATE', 'TIMESTAMP', 'DURATION'];
function isOrdered(type: FactType): boolean {
  return type.kind === 'ANY' || ORDERED.includes(type.kind);
}

/** What can be equal. */
const PLAIN: readonly FactType['kind'][] = ['TEXT', 'ENUM', 'INT', 'DOUBLE', 'BOOLEAN', 'TIMESTAMP', 'DURATION'];

/** What may be compared with each other: texts with words of a closed list, whole numbers with others. */
function family(type: FactType): string {
  if (isText(type)) return 'TEXT';
  return type.kind === 'DOUBLE' ? 'INT' : type.kind;
}

function typeOfLiteral(value: string | number | boolean | null): FactType {
  if (value === null) return NULL;
  if (typeof value === 'string') return textOf(value.length);
  return typeof value === 'number' ? INT : BOOLEAN;
}

/** What a static look at an expression finds: its type, and everything that is wrong, in order of the source's tree. */
export interface CheckedExpression {
  readonly type: FactType;
  readonly problems: readonly Problem[];
  /** The type of every part. */
  readonly types: ReadonlyMap<Expression, FactType>;
  /** Which function each call means. */
  readonly calls: ReadonlyMap<Expression, Overload>;
}

/**
 * Checks every word and operator of an expression against the declared facts.
 * @param self - fields of the subject, which the expression names `self`; `today` is a date.
 * @param params - the rule's own values, which it names `params`.
 * @param words - that functions give.
 */
export function checkExpression(
  expression: Expression,
  self: FactTypes,
  params: FactTypes,
  words: Words,
): CheckedExpression {
  const check = new Check(words);
  const scope: Scope = new Map<string, FactType>([
    ['self', { kind: 'RECORD', fields: self }],
    ['params', { kind: 'RECORD', fields: params }],
    ['today', DATE],
  ]);
  const type = check.typeOf(expression, scope);
  return { type, problems: check.problems, types: check.types, calls: check.calls };
}
