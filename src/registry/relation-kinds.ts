import { RegistryError } from '../core/errors.js';
import type { RelationKind } from '../core/landscape/model.js';

/** What the description of every list of kinds to follow says. */
export const KINDS_TO_FOLLOW = 'Follow only these; by default all kinds of need. An empty list is refused.';

/**
 * The kinds of relation that a question follows; undefined where it names none.
 * @throws RegistryError VALUE_MISSING of an empty list: it would follow nothing, and nothing found would pass for an answer.
 */
export function kindsToFollow(asked: readonly RelationKind[] | null | undefined): readonly RelationKind[] | undefined {
  if (asked?.length === 0) throw RegistryError.of('VALUE_MISSING', ['relationKinds'], { field: 'relationKinds' });
  return asked ?? undefined;
}
