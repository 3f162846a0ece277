import type { LandscapeView } from '../core/access/view.js';
import { endedOn } from '../core/landscape/attestation.js';
import type { Element } from '../core/landscape/model.js';
import { NOBODY, ownerTable } from '../core/landscape/owner-table.js';
import type { Coverage, MissingFact } from './coverage.types.js';
import { SeenElement } from './seen.types.js';

/** Agencies of these levels no longer run systems: nobody can attest for them. */
const GONE: ReadonlySet<string | null> = new Set(['FORMER_PROVINCE', 'FORMER_DISTRICT']);
const DECLARED = 'inventoryDeclaredCompleteOn';

/**
 * What a list of the landscape can claim. It is whole only where every agency that could have something on it has
 * declared its own list complete; an actor who does not see everything gets a lower bound at best.
 * @param owners - seqs of the agencies whose systems alone can be on the list; undefined where any agency's can.
 */
export function inventoryCoverage(
  landscape: LandscapeView,
  question: string | null,
  owners?: ReadonlySet<number>,
): Coverage {
  const missing: MissingFact[] = [];
  let oldest: string | null = null;
  for (const element of owners === undefined ? landscape.elements() : inOrder(landscape, owners)) {
    if (element.kind !== 'AGENCY' || isGone(landscape, element)) continue;
    const declared = element.attributes[DECLARED];
    if (typeof declared !== 'string') {
      const agency = new SeenElement(landscape, element);
      missing.push({ field: DECLARED, question, element: agency, relation: null, askedFrom: agency });
    } else if (oldest === null || declared < oldest) oldest = declared;
  }
  const objectsKnown = countKnown(landscape, owners);
  const whole = missing.length === 0 && objectsKnown > 0 && !landscape.isPartial;
  return {
    verdict: whole ? 'COMPLETE' : 'LOWER_BOUND',
    objectsKnown,
    missing,
    attestedOn: missing.length === 0 ? oldest : null,
  };
}

function inOrder(landscape: LandscapeView, seqs: ReadonlySet<number>): Element[] {
  return [...seqs].toSorted((a, b) => a - b).flatMap((seq) => landscape.elementAt(seq) ?? []);
}

/** Number of elements of these owners, or of all there are. */
function countKnown(landscape: LandscapeView, owners: ReadonlySet<number> | undefined): number {
  const table = ownerTable(landscape);
  let count = 0;
  for (const { seq } of landscape.elements()) {
    if (owners === undefined || owners.has(table[seq] ?? NOBODY)) count += 1;
  }
  return count;
}

function isGone({ day }: LandscapeView, agency: Element): boolean {
  return GONE.has(agency.level) || endedOn(agency, day) !== undefined;
}
