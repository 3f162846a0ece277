import type { LandscapeView } from '../core/access/view.js';
import type { Element } from '../core/landscape/model.js';
import type { Coverage, MissingFact } from './coverage.types.js';
import { SeenElement } from './seen.types.js';

/** Agencies of these levels no longer run systems: nobody can attest for them. */
const GONE: ReadonlySet<string | null> = new Set(['FORMER_PROVINCE', 'FORMER_DISTRICT']);
const DECLARED = 'inventoryDeclaredCompleteOn';

/**
 * What a list of the landscape can claim. It is whole only where every agency has declared its own list complete;
 * an actor who does not see everything gets a lower bound at best.
 */
export function inventoryCoverage(landscape: LandscapeView, question: string | null): Coverage {
  const missing: MissingFact[] = [];
  let objectsKnown = 0;
  let oldest: string | null = null;
  for (const element of landscape.elements()) {
    objectsKnown += 1;
    if (element.kind !== 'AGENCY' || isGone(element)) continue;
    const declared = element.attributes[DECLARED];
    if (typeof declared !== 'string') {
      const agency = new SeenElement(landscape, element);
      missing.push({ field: DECLARED, question, element: agency, relation: null, askedFrom: agency });
    } else if (oldest === null || declared < oldest) oldest = declared;
  }
  const whole = missing.length === 0 && objectsKnown > 0 && !landscape.isPartial;
  return {
    verdict: whole ? 'COMPLETE' : 'LOWER_BOUND',
    objectsKnown,
    missing,
    attestedOn: missing.length === 0 ? oldest : null,
  };
}

function isGone({ level, attributes }: Element): boolean {
  return GONE.has(level) || typeof attributes['validTo'] === 'string';
}
