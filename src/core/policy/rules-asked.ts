import type { Landscape } from '../landscape/landscape.js';
import { ELEMENT_KINDS } from '../landscape/model.js';
import type { ElementKind } from '../landscape/model.js';
import type { CheckedRulePack } from './rule-pack.js';

const known = new WeakMap<CheckedRulePack, ReadonlyMap<ElementKind, number>>();

/** How many rules of a pack ask about a kind: so many findings one subject has at most. */
export function rulesAsked(pack: CheckedRulePack, kind: ElementKind): number {
  let byKind = known.get(pack);
  if (byKind === undefined) {
    byKind = new Map(ELEMENT_KINDS.map((each) => [each, pack.rules.filter(({ cases }) => cases.has(each)).length]));
    known.set(pack, byKind);
  }
  return byKind.get(kind) ?? 0;
}

/** The most findings that there can be on all that a landscape, or a view of one, holds: whatever is in effect when. */
export function mostFindings(landscape: Landscape, pack: CheckedRulePack): number {
  let most = 0;
  for (const { kind } of landscape.elements()) most += rulesAsked(pack, kind);
  return most;
}
