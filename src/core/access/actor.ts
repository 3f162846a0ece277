import type { Urn } from '../landscape/model.js';
import type { CityRole } from './policy.js';

/**
 * Who asks.
 *
 * - PUBLIC: anybody.
 * - OFFICER: an official who acts for one agency.
 * - LEGAL_OFFICER: reads the law, and says which citations were read in the signed text.
 * - INSPECTOR: looks at what was done and decided, and changes nothing.
 * - REVIEWER: judges proposals, evidence, waivers and duplicates for the whole city.
 * - ARCHITECT: somebody of the architecture office, for the whole city.
 * - ADMINISTRATOR: whoever holds the token of this very registry.
 *
 * `grants` are elements that were opened to this actor one by one, whatever their class.
 */
export type Actor = Principal &
  (
    | { readonly kind: 'PUBLIC' }
    | { readonly kind: 'OFFICER'; readonly agency: Urn; readonly grants: readonly Urn[] }
    | { readonly kind: CityRole; readonly grants: readonly Urn[] }
    | { readonly kind: 'ADMINISTRATOR' }
  );

/** Who it is, beside as whom he acts. */
export interface Principal {
  /** Id of the person, or of the service token; not there where nobody is known by one. */
  readonly principal?: string;
  /** Of a service token: id of the person who issued it, null where he is not known by one. Not there of anybody else. */
  readonly issuedBy?: string | null;
  /** Whether he may look only, whatever his role may do. */
  readonly readOnly?: boolean;
}

export const PUBLIC: Actor = { kind: 'PUBLIC' };
export const ADMINISTRATOR: Actor = { kind: 'ADMINISTRATOR' };

/** As whom an actor is put on record. */
export function roleOf({ kind }: Actor): string {
  return kind.toLowerCase();
}

/** The agency that an actor acts for; null where he speaks for the whole city, or for nobody. */
export function agencyOf(actor: Actor): Urn | null {
  return actor.kind === 'OFFICER' ? actor.agency : null;
}

/** A text that two actors share just where they may read the same. */
export function readingKey(actor: Actor): string {
  switch (actor.kind) {
    case 'PUBLIC':
    case 'ADMINISTRATOR':
      return actor.kind;
    case 'OFFICER':
      return `OFFICER ${actor.agency} ${actor.grants.toSorted().join(' ')}`;
    default:
      return `${actor.kind} ${actor.grants.toSorted().join(' ')}`;
  }
}
