import type { Expression, ExpressionOf } from './expression.js';
import { FUNCTIONS } from './functions.js';
import { partsOf } from './parts.js';

/**
 * The facts that an expression may read, as paths without indexes (`flows.channels`), in order of first appearance.
 * A path stands for everything below it: reading `owner` to compare it with null is a read of `owner`.
 */
export function fieldsRead(expression: Expression): string[] {
  const read = new Set<string>();
  collect(expression, new Map([['self', ['']]]), read);
  return [...read];
}

/** Paths that the variables in sight may stand for; `today` is no fact and has none. */
type Paths = ReadonlyMap<string, readonly string[]>;

/** Notes the fields read below an expression, and gives the paths that the expression itself may stand for. */
function collect(expression: Expression, variables: Paths, read: Set<string>): readonly string[] {
  switch (expression.type) {
    case 'VARIABLE':
      return variables.get(expression.name) ?? [];
    case 'HAS':
      return collect(expression.field, variables, read);
    case 'FIELD': {
      const { name } = expression;
      const paths = collect(expression.operand, variables, read).map((path) =>
        path === '' ? name : `${path}.${name}`,
      );
      for (const path of paths) read.add(path);
      return paths;
    }
    case 'MACRO': {
      const range = collect(expression.range, variables, read);
      const body = collect(expression.body, new Map(variables).set(expression.variable, range), read);
      for (const path of range) if (path !== '') read.add(path);
      if (expression.macro === 'map') return body;
      return expression.macro === 'filter' ? range : [];
    }
    case 'CALL':
      return collectCall(expression, variables, read);
    default: {
      const parts = partsOf(expression).map((part) => collect(part, variables, read));
      return parts.filter((_, index) => mayBe(expression, index)).flat();
    }
  }
}

/** An item of what a function gives is an element, whose facts have the names that they have of a subject. */
function collectCall(expression: ExpressionOf<'CALL'>, variables: Paths, read: Set<string>): readonly string[] {
  const [first = []] = expression.operands.map((operand) => collect(operand, variables, read));
  if (expression.name === '_[_]') return first;
  const { asks, gives } = FUNCTIONS.get(expression.name) ?? {};
  for (const field of asks?.(expression.operands) ?? []) read.add(field);
  return gives === 'ELEMENTS' ? [''] : [];
}

/** Whether the value of an expression may be that of one of its parts. */
function mayBe(expression: Expression, part: number): boolean {
  return expression.type === 'LIST' || (expression.type === 'CONDITIONAL' && part > 0);
}
