import type { Issue } from '../errors.js';
import type { Element, Relation } from '../landscape/model.js';
import type { Operation } from '../landscape/operation.js';
import { planChangeSet } from '../landscape/plan-change-set.js';
import { isRecord } from '../landscape/record-fields.js';
import type { Unlike } from '../landscape/snapshot.js';
import type { LandscapeView } from './view.js';

/** What operations that nobody commits would make of a view. */
export interface Proposed {
  readonly before: LandscapeView;
  readonly after: LandscapeView;
  /** The records that are not as they were. */
  readonly changed: { readonly elements: readonly Unlike<Element>[]; readonly relations: readonly Unlike<Relation>[] };
  /** urns that the operations name: what each adds, changes or removes, and the ends of relations that they add. */
  readonly named: ReadonlySet<string>;
}

/**
 * Carries operations out on what somebody sees, and there alone: whatever is wrong with them, and whatever comes of them,
 * tells nothing of what he does not see.
 * @returns everything that is wrong with the operations, where something is.
 */
export function proposedOn(
  before: LandscapeView,
  operations: readonly Operation[],
): { readonly proposed: Proposed } | { readonly issues: readonly [Issue, ...Issue[]] } {
  const { elementBound, definitions, at, snapshot } = before;
  const counters = { element: elementBound, relation: snapshot.relationBound };
  const outcome = planChangeSet(before, { operations }, { definitions: definitions.pack, at: at ?? '', counters });
  if ('issues' in outcome) return outcome;
  const { delta, elements, relations } = outcome.plan;
  const after = before.changedBy(delta);
  return { proposed: { before, after, changed: { elements, relations }, named: namedBy(operations) } };
}

function namedBy(operations: readonly Operation[]): ReadonlySet<string> {
  const named = new Set<string>();
  for (const { op, urn, value } of operations) {
    named.add(urn);
    const ends = op === 'ADD' && isRecord(value) ? [value['source'], value['target']] : [];
    for (const end of ends) if (typeof end === 'string') named.add(end);
  }
  return named;
}
