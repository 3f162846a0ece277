import type { Expression } from './expression.js';

/** The expressions that an expression is made of, as they are written; those of a macro are its list and its body. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.type) {
    case 'LIST':
      return expression.items;
    case 'AND':
    case 'OR':
    case 'CALL':
      return expression.operands;
    case 'NOT':
    case 'FIELD':
      return [expression.operand];
    case 'HAS':
      return [expression.field];
    case 'CONDITIONAL':
      return [expression.condition, expression.whenTrue, expression.whenFalse];
    case 'COMPARE':
      return [expression.left, expression.right];
    case 'IN':
      return [expression.item, expression.range];
    case 'MACRO':
      return [expression.range, expression.body];
    default:
      return [];
  }
}
