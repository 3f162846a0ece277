import { isUrn } from '../landscape/model.js';
import type { Expression, ExpressionOf, Problem } from './expression.js';
import { ANY, nameOfType } from './fact-type.js';
import type { FactType } from './fact-type.js';
import { ARGUMENT_OF, Refusal, accepts } from './function.js';
import type { Overload } from './function.js';
import { FUNCTIONS } from './functions.js';
import { writtenArgument } from './written.js';

/** Which function a call means, and what is wrong with what it is given. */
export interface CheckedCall {
  /** undefined where none takes arguments of these types. */
  readonly overload: Overload | undefined;
  readonly problems: readonly Problem[];
}

/**
 * The first way to call a function that takes its arguments as they are; nothing is converted.
 * @param types - of the arguments.
 */
export function checkCall({ name, operands, at }: ExpressionOf<'CALL'>, types: readonly FactType[]): CheckedCall {
  const overloads = (FUNCTIONS.get(name)?.overloads ?? []).filter(
    ({ parameters }) => parameters.length === types.length,
  );
  const overload = overloads.find(({ parameters }) =>
    parameters.every((parameter, index) => accepts(parameter, types[index] ?? ANY)),
  );
  if (overload === undefined) {
    const expected = overloads.map(({ parameters }) => parameters.join(', ')).join(' | ');
    const params = { expected, actual: types.map(nameOfType).join(', ') };
    return { overload, problems: [{ reason: 'WRONG_TYPE', at, params }] };
  }
  const problems = operands.flatMap((operand, index) => writtenOut(name, operand, overload, index) ?? []);
  return { overload, problems };
}

/** What is written out can be tried at once; some things have to be. */
function writtenOut(name: string, operand: Expression, overload: Overload, index: number): Problem | undefined {
  const parameter = overload.parameters[index];
  const written = writtenArgument(parameter, operand, name);
  if (written !== undefined) return 'problem' in written ? written.problem : undefined;
  if (operand.type !== 'LITERAL' || typeof operand.value !== 'string') return undefined;
  const { value, at } = operand;
  const detail = parameter === 'ELEMENT' ? problemOfUrn(value) : problemOfLiteral(value, overload);
  return detail === undefined ? undefined : { reason: 'INVALID_LITERAL', at, params: { value, detail } };
}

function problemOfUrn(value: string): string | undefined {
  return isUrn(value) ? undefined : 'urn:khung:…';
}

function problemOfLiteral(value: string, { parameters, literal, run }: Overload): string | undefined {
  if (literal === undefined) return undefined;
  const argument = parameters[0] === undefined ? undefined : ARGUMENT_OF[parameters[0]](value);
  return argument !== undefined && run(argument) instanceof Refusal ? literal : undefined;
}
