import { mayHoldTogether } from './model.js';
import type { Relation } from './model.js';

/** Key of the attribute of a MASTERS relation that says for which territory or set of records it is the original. */
export const MASTER_SCOPE = 'masterScope';

/** The scope of a MASTERS relation in normal form; null where it is the original of all there is, or does not say. */
export function masterScopeOf({ attributes }: Pick<Relation, 'attributes'>): string | null {
  const scope = attributes[MASTER_SCOPE];
  if (typeof scope !== 'string') return null;
  const words = scope.normalize('NFC').toLowerCase().split(/\s+/u).filter(Boolean).join(' ');
  return words === '' ? null : words;
}

/**
 * Whether two MASTERS relations of one data object say the same of two sources: their scopes are one, or one of them has
 * none; and they may hold at the same time. What has ended contests nothing. Two scopes in different words are taken to
 * be two.
 */
export function contest(one: Relation, other: Relation): boolean {
  if (one.status === 'ENDED' || other.status === 'ENDED') return false;
  if (!mayHoldTogether(one, other)) return false;
  const [scope, otherScope] = [masterScopeOf(one), masterScopeOf(other)];
  return scope === null || otherScope === null || scope === otherScope;
}
