import { closestWord } from '../closest-word.js';
import { RELATION_KINDS, isRelationKind, isUrn } from '../landscape/model.js';
import { kindBits } from '../landscape/need-kinds.js';
import type { Expression, ExpressionOf, Problem } from './expression.js';
import type { Argument, Parameter } from './function.js';
import { patternOf } from './pattern.js';

/** Most steps that a walk from element to element may be asked to take. */
export const STEPS_MAXIMUM = 3;

type Written = { readonly argument: Argument } | { readonly problem: Problem };

/** What has to be written out, and how it is read. */
const READERS: Partial<Readonly<Record<Parameter, (operand: Expression, name: string) => Written>>> = {
  PATTERN: (operand, name) => {
    const text = textOf(operand);
    if (text === undefined) return notLiteral(operand, name);
    const pattern = patternOf(text);
    return 'problem' in pattern ? invalid(operand, text, pattern.problem) : { argument: pattern };
  },
  KINDS: (operand, name) => {
    const texts = textsOf(operand);
    if (texts === undefined) return notLiteral(operand, name);
    for (const [item, value] of texts) {
      const params = { value, suggestion: closestWord(value, RELATION_KINDS) };
      if (!isRelationKind(value)) return { problem: { reason: 'UNKNOWN_VALUE', at: item.at, params } };
    }
    const kinds = RELATION_KINDS.filter((kind) => texts.some(([, value]) => value === kind));
    if (kinds.length === 0) return invalid(operand, '[]', '["DEPENDS_ON"]');
    return { argument: { kinds, bits: kindBits(kinds), size: kinds.length } };
  },
  URNS: (operand, name) => {
    const texts = textOf(operand) === undefined ? textsOf(operand) : [[operand, textOf(operand) ?? ''] as const];
    if (texts === undefined) return notLiteral(operand, name);
    const wrong = texts.find(([, value]) => !isUrn(value));
    if (wrong !== undefined) return invalid(wrong[0], wrong[1], 'urn:khung:…');
    if (texts.length === 0) return invalid(operand, '[]', '["urn:khung:…"]');
    const urns = [...new Set(texts.map(([, value]) => value))].toSorted();
    return { argument: { urns, key: urns.join(' '), size: urns.length } };
  },
  STEPS: (operand, name) => {
    if (operand.type !== 'LITERAL' || typeof operand.value !== 'number') return notLiteral(operand, name);
    const isSteps = operand.value >= 1 && operand.value <= STEPS_MAXIMUM;
    return isSteps ? { argument: operand.value } : invalid(operand, `${operand.value}`, `1 – ${STEPS_MAXIMUM}`);
  },
};

/**
 * Reads an argument that has to be written out, so that its work is known.
 * @returns undefined for a parameter that may be computed.
 */
export function writtenArgument(
  parameter: Parameter | undefined,
  operand: Expression,
  name: string,
): Written | undefined {
  return parameter === undefined ? undefined : READERS[parameter]?.(operand, name);
}

function notLiteral({ at }: Expression, name: string): Written {
  return { problem: { reason: 'NOT_LITERAL', at, params: { name } } };
}

function invalid({ at }: Expression, value: string, detail: string): Written {
  return { problem: { reason: 'INVALID_LITERAL', at, params: { value, detail } } };
}

function textOf(operand: Expression): string | undefined {
  return operand.type === 'LITERAL' && typeof operand.value === 'string' ? operand.value : undefined;
}

/** The texts of a list that is written out. */
function textsOf(operand: Expression): (readonly [ExpressionOf<'LITERAL'>, string])[] | undefined {
  if (operand.type !== 'LIST') return undefined;
  const texts = operand.items.flatMap((item) =>
    item.type === 'LITERAL' && typeof item.value === 'string' ? [[item, item.value] as const] : [],
  );
  return texts.length === operand.items.length ? texts : undefined;
}
