import type { Landscape } from '../core/landscape/landscape.js';

/** What one relation of a subject costs where its facts are made: the record, and the element at its other end. */
const LOOKS_A_RELATION = 10;

/** What making the facts of an element costs, in looks at a record: it grows with what the element is joined to. */
export function factLooks(landscape: Landscape, seq: number): number {
  let relations = 0;
  const count = (): void => {
    relations += 1;
  };
  landscape.forEachOutgoing(seq, count);
  landscape.forEachIncoming(seq, count);
  return LOOKS_A_RELATION * (1 + relations);
}
