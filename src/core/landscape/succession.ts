import { isCurrent } from './landscape.js';
import type { Landscape } from './landscape.js';
import type { Element, RelationKind } from './model.js';

/** Which way a succession is followed: to whom came before, or to whom came after. */
export type SuccessionDirection = 'PREDECESSORS' | 'SUCCESSORS';

/** What an element replaced, or what replaced it, on the day of the landscape: at once, in order of seq. */
export function nextInSuccession(landscape: Landscape, seq: number, direction: SuccessionDirection): Element[] {
  return direction === 'PREDECESSORS'
    ? related(landscape, seq, 'REPLACES', 'OUTGOING')
    : related(landscape, seq, 'REPLACES', 'INCOMING');
}

/** The whole line of succession: nearest first, each element once, without the element itself even where it is a circle. */
export function lineOfSuccession(landscape: Landscape, seq: number, direction: SuccessionDirection): Element[] {
  const seen = new Set([seq]);
  const line: Element[] = [];
  let nearest = [seq];
  while (nearest.length > 0) {
    const next: number[] = [];
    for (const each of nearest) {
      for (const element of nextInSuccession(landscape, each, direction)) {
        if (seen.has(element.seq)) continue;
        seen.add(element.seq);
        line.push(element);
        next.push(element.seq);
      }
    }
    nearest = next;
  }
  return line;
}

/** The elements of the same kind that are a part of an element on the day of the landscape, in order of seq. */
export function partsOf(landscape: Landscape, { seq, kind }: Element): Element[] {
  return related(landscape, seq, 'PART_OF', 'INCOMING').filter((part) => part.kind === kind);
}

/** What an element of the same kind it is a part of on the day of the landscape: the first where there are several. */
export function wholeOf(landscape: Landscape, { seq, kind }: Element): Element | undefined {
  return related(landscape, seq, 'PART_OF', 'OUTGOING').find((whole) => whole.kind === kind);
}

function related(landscape: Landscape, seq: number, wanted: RelationKind, side: 'OUTGOING' | 'INCOMING'): Element[] {
  const found = new Map<number, Element>();
  const visit: Parameters<Landscape['forEachOutgoing']>[1] = (kind, other, relation, traits) => {
    if (kind !== wanted || other === seq || !isCurrent(landscape, relation, traits)) return;
    const element = landscape.elementAt(other);
    if (element !== undefined) found.set(other, element);
  };
  if (side === 'OUTGOING') landscape.forEachOutgoing(seq, visit);
  else landscape.forEachIncoming(seq, visit);
  return [...found.values()];
}
