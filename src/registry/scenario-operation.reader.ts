import type { Operation } from '../core/landscape/operation.js';
import { orderedBy } from '../core/ordering.js';
import { mapPage, pageInOrder } from '../runtime/page.js';
import type { Page, PageRequest } from '../runtime/page.js';
import type { ScenarioOperationType } from './scenario.types.js';

const BY_INDEX = orderedBy<{ readonly index: number }>(({ index }) => index);

/**
 * A page of steps as their author wrote them, in order.
 * @param list - what makes the list this one.
 */
export function operationsPage(
  operations: readonly Operation[],
  page: PageRequest,
  list: () => unknown,
): Page<ScenarioOperationType> {
  const numbered = operations.map((operation, index) => ({ operation, index }));
  return mapPage(pageInOrder(numbered, BY_INDEX, page, list), ({ operation }) => writtenAs(operation));
}

/** A step as its author wrote it. */
export function writtenAs({ op, urn, path, value, restore, source, confidence }: Operation): ScenarioOperationType {
  return {
    op,
    urn,
    path: path ?? null,
    value: value ?? null,
    restore: restore === true,
    source: source ?? null,
    confidence: confidence ?? null,
  };
}
