import type { Urn } from '../landscape/model.js';

/**
 * Who asks.
 *
 * - PUBLIC: anybody.
 * - OFFICER: an official who acts for one agency.
 * - ARCHITECT: somebody of the architecture office, for the whole city.
 * - ADMINISTRATOR: whoever holds the token of this very registry.
 *
 * `grants` are elements that were opened to this actor one by one, whatever their class.
 */
export type Actor =
  | { readonly kind: 'PUBLIC' }
  | { readonly kind: 'OFFICER'; readonly agency: Urn; readonly grants: readonly Urn[] }
  | { readonly kind: 'ARCHITECT'; readonly grants: readonly Urn[] }
  | { readonly kind: 'ADMINISTRATOR' };

export const PUBLIC: Actor = { kind: 'PUBLIC' };
export const ADMINISTRATOR: Actor = { kind: 'ADMINISTRATOR' };

/** A text that two actors share just where they may read the same. */
export function readingKey(actor: Actor): string {
  switch (actor.kind) {
    case 'OFFICER':
      return `OFFICER ${actor.agency} ${actor.grants.toSorted().join(' ')}`;
    case 'ARCHITECT':
      return `ARCHITECT ${actor.grants.toSorted().join(' ')}`;
    default:
      return actor.kind;
  }
}
