import type { Expression } from './expression.js';

/**
 * The facts that an expression may read, as paths without indexes (`flows.channels`), in order of first appearance.
 * A path stands for everything below it: reading `owner` to compare it with null is a read of `owner`.
 */
export function fieldsRead(expression: Expression): string[] {
  const paths = new Set<string>();
  collect(expression, new Map([['self', '']]), paths);
  return [...paths];
}

/** Paths of the variables in sight; `today` is no fact and has none. */
type Paths = ReadonlyMap<string, string>;

/** Notes the fields read below an expression, and gives the path that the expression itself stands for. */
function collect(expression: Expression, variables: Paths, paths: Set<string>): string | undefined {
  switch (expression.type) {
    case 'VARIABLE':
      return variables.get(expression.name);
    case 'HAS':
      return collect(expression.field, variables, paths);
    case 'FIELD': {
      const operand = collect(expression.operand, variables, paths);
      const path = operand === undefined || operand === '' ? expression.name : `${operand}.${expression.name}`;
      paths.add(path);
      return path;
    }
    case 'MACRO': {
      const range = collect(expression.range, variables, paths);
      const inner = range === undefined ? variables : new Map(variables).set(expression.variable, range);
      collect(expression.body, inner, paths);
      if (range !== undefined && range !== '') paths.add(range);
      return range;
    }
    default:
      for (const part of partsOf(expression)) collect(part, variables, paths);
      return undefined;
  }
}

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.type) {
    case 'LIST':
      return expression.items;
    case 'AND':
    case 'OR':
      return expression.operands;
    case 'NOT':
    case 'SIZE':
      return [expression.operand];
    case 'CONDITIONAL':
      return [expression.condition, expression.whenTrue, expression.whenFalse];
    case 'COMPARE':
      return [expression.left, expression.right];
    case 'IN':
      return [expression.item, expression.range];
    default:
      return [];
  }
}
