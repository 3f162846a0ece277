import type { CheckedExpression } from './check.js';
import type { Expression, ExpressionOf } from './expression.js';
import { ANY, LIST_DEFAULT, TEXT_DEFAULT, isCollection, isText, sizeOfType } from './fact-type.js';
import type { FactType } from './fact-type.js';
import { sizeOfArgument } from './function.js';
import { equalityCost } from './limits.js';
import { partsOf } from './parts.js';
import { writtenArgument } from './written.js';

/** Nodes that are paid for when an expression is entered: all but the bodies of its macros, which are paid item by item. */
export function nodesOf(expression: Expression): number {
  if (expression.type === 'MACRO') return 1 + nodesOf(expression.range);
  return partsOf(expression).reduce((sum, part) => sum + nodesOf(part), 1);
}

/**
 * The most units of work that an expression takes, were every list as long and every text as long as its type allows.
 * One unit is a node; functions add to that by what they are given. What runs never takes more, as long as facts keep to
 * their types.
 */
export function worstCase(expression: Expression, checked: Pick<CheckedExpression, 'types' | 'calls'>): number {
  const typeOf = (part: Expression): FactType => checked.types.get(part) ?? ANY;
  const cost = (part: Expression): number => {
    if (part.type === 'MACRO') {
      return 1 + cost(part.range) + sizeOfType(typeOf(part.range)) * cost(part.body);
    }
    return partsOf(part).reduce((sum, each) => sum + cost(each), 1 + ownCost(part));
  };
  const ownCost = (part: Expression): number => {
    switch (part.type) {
      case 'COMPARE':
        return equality(typeOf(part.left), typeOf(part.right));
      case 'IN':
        return membership(typeOf(part.item), typeOf(part.range));
      case 'CALL':
        return call(part);
      default:
        return 0;
    }
  };
  const call = (part: ExpressionOf<'CALL'>): number => {
    const overload = checked.calls.get(part);
    const sizes = part.operands.map((operand, index) => {
      const written = writtenArgument(overload?.parameters[index], operand, part.name);
      return written !== undefined && 'argument' in written
        ? sizeOfArgument(written.argument)
        : sizeOfType(typeOf(operand));
    });
    return overload?.cost?.(...sizes) ?? 0;
  };
  return cost(expression);
}

function equality(left: FactType, right: FactType): number {
  return equalityCost(Math.min(charactersOf(left), charactersOf(right)));
}

function membership(item: FactType, range: FactType): number {
  if (!isCollection(range)) return LIST_DEFAULT * (1 + equalityCost(TEXT_DEFAULT));
  return sizeOfType(range) * (1 + equality(item, range.of));
}

function charactersOf(type: FactType): number {
  if (type.kind === 'ANY') return TEXT_DEFAULT;
  return isText(type) ? sizeOfType(type) : 0;
}
