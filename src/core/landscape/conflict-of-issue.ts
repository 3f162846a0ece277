import type { Issue, Reason } from '../errors.js';
import { DEFINITION_URN_PREFIX } from './attribute-record.js';
import type { Conflict, ConflictCause } from './conflict.js';
import { wholeOf } from './conflicts-between.js';
import type { Landscape } from './landscape.js';
import type { Json } from './model.js';
import type { Operation } from './operation.js';
import { placeOf } from './rebase-decision.js';
import { isJson } from './record-fields.js';
import { valueAt } from './record-values.js';

const CAUSES: Readonly<Partial<Record<Reason, ConflictCause>>> = {
  RELATION_END_UNKNOWN: 'END_GONE',
  URN_TAKEN: 'URN_TAKEN',
  URN_UNKNOWN: 'REMOVED_THERE',
  ELEMENT_STILL_RELATED: 'STILL_RELATED',
};

/** Where an operation is in conflict with a landscape that does not bear it, and why: all but the values. */
export function placeOfIssue(
  { urn, path: told }: Operation,
  because: Issue,
): Omit<Conflict, 'base' | 'scenario' | 'current'> {
  const cause = CAUSES[because.reason] ?? 'NOT_POSSIBLE_THERE';
  const end = cause === 'END_GONE' ? because.path[3] : undefined;
  return { urn, path: told ?? end ?? null, cause, because };
}

/** What a landscape holds at a place; undefined = nothing. */
export function valueIn(landscape: Landscape, urn: string, path: string | null): Json | undefined {
  const record = urn.startsWith(DEFINITION_URN_PREFIX)
    ? landscape.definitions.made.get(urn)
    : (landscape.elementByUrn(urn) ?? landscape.relationByUrn(urn));
  const whole = wholeOf(landscape, record);
  return whole === undefined || path === null ? whole : valueAt(whole, path);
}

/**
 * What is wrong with operations that their caller never wrote, such as those that undo something, as conflicts: one for
 * each place. What is wrong with none of them is left out.
 * @param landscape - the one that does not bear them.
 */
export function conflictsOfIssues(
  landscape: Landscape,
  operations: readonly Operation[],
  issues: readonly Issue[],
): Conflict[] {
  const conflicts = new Map<string, Conflict>();
  for (const because of issues) {
    const operation = because.path[0] === 'operations' ? operations[Number(because.path[1])] : undefined;
    if (operation === undefined) continue;
    const place = placeOfIssue(operation, because);
    const key = placeOf(place.urn, place.path);
    if (conflicts.has(key)) continue;
    const now = place.cause === 'END_GONE' ? undefined : valueIn(landscape, place.urn, place.path);
    const value = operation.op !== 'REMOVE' && isJson(operation.value) ? operation.value : undefined;
    conflicts.set(key, { ...place, base: now, current: now, scenario: value });
  }
  return [...conflicts.values()];
}
