import { closestWord } from '../closest-word.js';
import type { Expression, ExpressionOf, Position, Problem, ProblemReason } from './expression.js';
import { ANY, BOOLEAN, DATE, NULL, NUMBER, TEXT, listOf, nameOfType, setOf } from './fact-type.js';
import type { FactType, FactTypes } from './fact-type.js';

/** The variables that an expression may name, with their types. */
type Scope = ReadonlyMap<string, FactType>;

/** Finds every word and every operator of one expression that its facts have no meaning for. */
class Check {
  readonly problems: Problem[] = [];

  typeOf(expression: Expression, scope: Scope): FactType {
    switch (expression.type) {
      case 'LITERAL':
        return typeOfLiteral(expression.value);
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
      case 'SIZE':
        this.expect(expression.operand, ['LIST', 'SET', 'TEXT'], scope);
        return NUMBER;
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

  private list(expression: ExpressionOf<'LIST'>, scope: Scope): FactType {
    const types = expression.items.map((item) => this.typeOf(item, scope));
    const [first] = types;
    if (first === undefined) return listOf(ANY);
    const odd = types.findIndex((type) => type.kind !== first.kind);
    const item = expression.items[odd];
    if (item !== undefined) this.wrongType(item.at, nameOfType(first), types[odd] ?? ANY);
    return listOf(first);
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

  private conditional(expression: ExpressionOf<'CONDITIONAL'>, scope: Scope): FactType {
    this.expect(expression.condition, ['BOOLEAN'], scope);
    const whenTrue = this.typeOf(expression.whenTrue, scope);
    this.expect(expression.whenFalse, [whenTrue.kind], scope);
    return whenTrue;
  }

  private comparison(expression: ExpressionOf<'COMPARE'>, scope: Scope): FactType {
    const { operator, left, right, at } = expression;
    const [leftType, rightType] = [this.typeOf(left, scope), this.typeOf(right, scope)];
    if (operator === '==' || operator === '!=') {
      this.expectEqual([left, leftType], [right, rightType]);
      return BOOLEAN;
    }
    const ordered = [leftType, rightType].every(({ kind }) => kind === 'NUMBER' || kind === 'DATE' || kind === 'ANY');
    if (!ordered) this.wrongType(at, 'NUMBER | DATE', leftType.kind === 'NUMBER' ? rightType : leftType);
    else if (!isAnyOf(leftType, rightType) && leftType.kind !== rightType.kind) {
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
    const plain = ['TEXT', 'ENUM', 'NUMBER', 'BOOLEAN'];
    if (!plain.includes(leftType.kind)) this.wrongType(left[0].at, plain.join(' | '), leftType);
    else if (family(leftType) !== family(rightType)) this.wrongType(right[0].at, nameOfType(leftType), rightType);
  }

  private membership(expression: ExpressionOf<'IN'>, scope: Scope): FactType {
    const item = this.typeOf(expression.item, scope);
    const range = this.expect(expression.range, ['LIST', 'SET'], scope);
    if (range.kind !== 'LIST' && range.kind !== 'SET') return BOOLEAN;
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
    const item = type.kind === 'LIST' || type.kind === 'SET' ? type.of : ANY;
    const inner = new Map(scope).set(variable, item);
    if (macro === 'map') {
      const mapped = this.typeOf(body, inner);
      return type.kind === 'SET' ? setOf(mapped) : listOf(mapped);
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

/** Words of a closed list are texts. */
function family(type: FactType): string {
  return type.kind === 'ENUM' ? 'TEXT' : type.kind;
}

function typeOfLiteral(value: string | number | boolean | null): FactType {
  if (value === null) return NULL;
  if (typeof value === 'string') return TEXT;
  return typeof value === 'number' ? NUMBER : BOOLEAN;
}

/** What a static look at an expression finds: its type, and everything that is wrong, in order of the source's tree. */
export interface CheckedExpression {
  readonly type: FactType;
  readonly problems: readonly Problem[];
}

/**
 * Checks every word and operator of an expression against the declared facts.
 * @param self - fields of the subject, which the expression names `self`; `today` is a date.
 */
export function checkExpression(expression: Expression, self: FactTypes): CheckedExpression {
  const check = new Check();
  const scope: Scope = new Map<string, FactType>([
    ['self', { kind: 'RECORD', fields: self }],
    ['today', DATE],
  ]);
  const type = check.typeOf(expression, scope);
  return { type, problems: check.problems };
}
