import { RegistryError } from '../core/errors.js';
import type { RelationKind } from '../core/landscape/model.js';
import { FOLLOWED_KINDS, NEED_KINDS, isNeedKind } from '../core/landscape/need-kinds.js';
import type { NeedKind } from '../core/landscape/need-kinds.js';

const LEFT_OUT = NEED_KINDS.filter((kind) => !FOLLOWED_KINDS.includes(kind)).join(' and ');

/** What the description of every list of kinds to follow says. */
export const KINDS_TO_FOLLOW = `Follow only these, each from the end that is needed to the one that needs, or back; by default all kinds of need but ${LEFT_OUT}. Refused are an empty list, and kinds of which neither end needs the other: all but ${NEED_KINDS.join(', ')}.`;

/**
 * The kinds of relation that a question follows; undefined where it names none.
 * @throws RegistryError VALUE_MISSING of an empty list, VALUE_NOT_ALLOWED of a kind that carries no need: either would
 *   follow nothing, and nothing found would pass for an answer.
 */
export function kindsToFollow(asked: readonly RelationKind[] | null | undefined): readonly NeedKind[] | undefined {
  if (asked?.length === 0) throw RegistryError.of('VALUE_MISSING', ['relationKinds'], { field: 'relationKinds' });
  return asked?.map((kind, index) => {
    if (isNeedKind(kind)) return kind;
    const params = { field: 'relationKinds', value: kind, allowed: NEED_KINDS.join(', ') };
    throw RegistryError.of('VALUE_NOT_ALLOWED', ['relationKinds', `${index}`], params);
  });
}
