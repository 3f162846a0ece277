import { ATTESTED, goneSince } from '../landscape/attestation.js';
import { ownerOf } from '../landscape/landscape.js';
import type { ChangeBase } from '../landscape/landscape.js';
import type { Element, PartialDate } from '../landscape/model.js';
import type { DuplicateAnswer } from './duplicate-answer.js';

/** An agency whose list of systems an answer stands on. */
export interface InventoryBehind {
  readonly agency: Element;
  /** The day as of which it declared its list complete; null where it never did. */
  readonly declaredOn: PartialDate | null;
}

/**
 * The agencies whose lists an answer stands on: the one that proposes, and the owners of the best candidates. Agencies that
 * are no more declare nothing and are left out. Each once, the proposer first, then by component.
 */
export function inventoriesBehind(
  landscape: ChangeBase,
  { proposal, byComponent }: Pick<DuplicateAnswer, 'proposal' | 'byComponent'>,
): InventoryBehind[] {
  const proposer = proposal.agency === null ? undefined : landscape.elementByUrn(proposal.agency);
  const owners = byComponent.flatMap(({ band, candidates: [best] }) =>
    best === undefined || band === 'DISTINCT' ? [] : ownerOf(landscape, best.match.seq),
  );
  const agencies = [proposer, ...owners].flatMap((each) => (each?.kind === 'AGENCY' ? each : []));
  const each = new Map(agencies.map((agency) => [agency.urn, agency]));
  return Array.from(each.values())
    .filter((agency) => goneSince(landscape, agency) === undefined)
    .map((agency) => {
      const declared = agency.attributes[ATTESTED.inventoryComplete];
      return { agency, declaredOn: typeof declared === 'string' ? declared : null };
    });
}
