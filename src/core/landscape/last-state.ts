import { isCurrent } from './landscape.js';
import type { Landscape } from './landscape.js';
import type { Element, Visibility } from './model.js';
import { isPlanned } from './relation-traits.js';

/** What an element was when it was removed, as far as that decides who may read of it. */
export interface LastState {
  readonly urn: string;
  readonly visibility: Visibility;
  /** seqs of the agency that owned it and, of an agency, of what it was part of; in order. Empty where nobody is known. */
  readonly holders: readonly number[];
}

/** seq of the agency that owns an element after all that is recorded, -1 where nobody does: plans give nobody a right. */
export function holderOf(landscape: Landscape, seq: number): number {
  let holder = -1;
  landscape.forEachOutgoing(seq, (kind, other, relation, traits) => {
    if (kind !== 'OWNED_BY' || holder !== -1 || isPlanned(traits)) return;
    if (isCurrent(landscape, relation, traits)) holder = other;
  });
  return holder;
}

/** What is to be remembered of an element when it goes from a landscape that still has it. */
export function lastStateOf(landscape: Landscape, { seq, urn, visibility }: Element): LastState {
  const owner = holderOf(landscape, seq);
  const holders = new Set(owner === -1 ? [] : [owner]);
  landscape.forEachOutgoing(seq, (kind, other, relation, traits) => {
    if (kind === 'PART_OF' && !isPlanned(traits) && isCurrent(landscape, relation, traits)) holders.add(other);
  });
  return { urn, visibility, holders: [...holders].toSorted((one, other) => one - other) };
}
