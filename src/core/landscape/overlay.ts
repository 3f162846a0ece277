import type { Issue } from '../errors.js';
import type { AttributeDefinitions } from './attribute.js';
import type { Operation } from './operation.js';
import { planChangeSet } from './plan-change-set.js';
import type { LandscapeSnapshot } from './snapshot.js';

/**
 * The landscape that operations would make of a base: a whole snapshot that answers every question, and what committing
 * them on that base would leave, down to the numbers. Only the pages they touch are copied; the base stays as it is and
 * nothing is entered into its lineage.
 *
 * @param definitions - attributes of the reference pack; those that the base was made with by default.
 * @returns the base itself where there are no operations; else a snapshot of revision `base.revision + 1` at the moment
 *   of the base, or everything that is wrong with the operations.
 */
export function overlay(
  base: LandscapeSnapshot,
  operations: readonly Operation[],
  definitions: AttributeDefinitions = base.definitions.pack,
): { readonly landscape: LandscapeSnapshot } | { readonly issues: readonly [Issue, ...Issue[]] } {
  if (operations.length === 0) return { landscape: base };
  const counters = { element: base.elementBound, relation: base.relationBound };
  const outcome = planChangeSet(base, { operations }, { definitions, at: base.at ?? '', counters });
  return 'issues' in outcome ? outcome : { landscape: base.with(outcome.plan.delta) };
}
