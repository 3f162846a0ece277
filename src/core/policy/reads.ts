import type { Expression } from './expression.js';
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
    default: {
      const parts = partsOf(expression).map((part) => collect(part, variables, read));
      return parts.filter((_, index) => mayBe(expression, index)).flat();
    }
  }
}

/** Whether the value of an expression may be that of one of its parts. */
function mayBe(expression: Expression, part: number): boolean {
  if (expression.type === 'CALL') return expression.name === '_[_]' && part === 0;
  return expression.type === 'LIST' || (expression.type === 'CONDITIONAL' && part > 0);
}
