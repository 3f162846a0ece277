import { issue } from '../errors.js';
import type { Issue } from '../errors.js';
import type { DefinitionContext } from './apply-definition.js';
import type { ChangeDraft } from './change-draft.js';
import type { DefinitionDraft } from './definition-draft.js';
import type { ValueSource } from './model.js';
import type { LoggedOperation, Operation } from './operation.js';

/** The change set that an operation is a step of, as far as it has been carried out. */
export interface ApplyContext {
  readonly draft: ChangeDraft;
  readonly definitionDraft: DefinitionDraft;
  readonly revision: number;
  /** Position of the operation in its change set. */
  readonly index: number;
  readonly log: LoggedOperation[];
}

/** What is wrong with an operation; undefined where nothing is. */
export type Problem = Issue | readonly Issue[] | undefined;

/** A value that is none of those that may stand at a path. */
export function notAllowed(value: string, allowed: readonly string[], path: readonly string[]): Issue {
  return issue('VALUE_NOT_ALLOWED', path, { field: path.at(-1) ?? '', value, allowed: allowed.join(', ') });
}

/** The same for an operation on an attribute definition. */
export function definitionContext(operation: Operation, { definitionDraft, ...same }: ApplyContext): DefinitionContext {
  const { revision, index, log } = same;
  return { draft: definitionDraft, revision, index, log, source: sourceOf(operation) };
}

/** Where the values of an operation are known from; null where its author did not say. */
export function sourceOf({ source, confidence }: Operation): ValueSource | null {
  if (source == null && confidence == null) return null;
  return { source: source ?? null, confidence: confidence ?? 'UNSOURCED' };
}
