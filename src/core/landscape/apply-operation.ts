import { issue } from '../errors.js';
import { addObject } from './apply-addition.js';
import { changeObject } from './apply-change.js';
import { notAllowed } from './apply-context.js';
import type { ApplyContext, Problem } from './apply-context.js';
import { CONFIDENCES, isUrn } from './model.js';
import { CHANGE_OPS } from './operation.js';
import type { Operation } from './operation.js';
import { SOURCE_FIELD } from './record-fields.js';

/** Carries one operation out on the draft and logs it; or says what is wrong with it and leaves the draft as it is. */
export function applyOperation(operation: Operation, context: ApplyContext): Problem {
  const at = ['operations', `${context.index}`];
  const { op, urn, confidence = null } = operation;
  if (!CHANGE_OPS.includes(op)) return notAllowed(op, CHANGE_OPS, [...at, 'op']);
  if (!isUrn(urn)) return issue('URN_MALFORMED', [...at, 'urn'], { value: urn });
  if (confidence !== null && !CONFIDENCES.includes(confidence)) {
    return notAllowed(confidence, CONFIDENCES, [...at, 'confidence']);
  }
  const source = SOURCE_FIELD(operation.source, [...at, 'source']);
  if ('issue' in source) return source.issue;
  return op === 'ADD' ? addObject(operation, urn, context) : changeObject(operation, context);
}
