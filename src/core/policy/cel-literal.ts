import type { parse } from '@bufbuild/cel';
import type { Expression, Position, Problem, ProblemReason } from './expression.js';

/** Thrown by the translation only, to leave its recursion at the first construct that the language does not have. */
export class Unsupported extends Error {
  constructor(readonly problem: Problem) {
    super(problem.reason);
  }
}

export function unsupported(reason: ProblemReason, at: Position, params: Problem['params']): Unsupported {
  return new Unsupported({ reason, at, params });
}

type CelConstant = Extract<ReturnType<typeof parse>['expr']['exprKind'], { case: 'constExpr' }>['value'];

/** A value that is written out. @throws Unsupported for kinds that the language leaves out. */
export function literal({ constantKind }: CelConstant, at: Position): Expression {
  switch (constantKind.case) {
    case 'stringValue':
    case 'boolValue':
      return { type: 'LITERAL', at, value: constantKind.value };
    case 'doubleValue':
      return { type: 'DOUBLE', at, value: constantKind.value };
    case 'nullValue':
      return { type: 'LITERAL', at, value: null };
    case 'int64Value':
      if (Number.isSafeInteger(Number(constantKind.value))) {
        return { type: 'LITERAL', at, value: Number(constantKind.value) };
      }
      throw unsupported('NOT_SUPPORTED', at, { construct: `${constantKind.value}`, suggestion: '' });
    default:
      throw unsupported('NOT_SUPPORTED', at, { construct: constantKind.case ?? 'nothing', suggestion: '' });
  }
}

/** `- 1` and `-(1)` are the number that `-1` is. */
export function negated([operand]: readonly Expression[], at: Position): Expression | undefined {
  if (operand?.type === 'DOUBLE') return { type: 'DOUBLE', at, value: -operand.value };
  if (operand?.type !== 'LITERAL' || typeof operand.value !== 'number') return undefined;
  return { type: 'LITERAL', at, value: 0 - operand.value };
}
