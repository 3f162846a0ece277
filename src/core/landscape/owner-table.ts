import { ownerSeqOf } from './landscape.js';
import type { Landscape } from './landscape.js';

/** Stands for an element that is not there, or has no owner that is known. */
export const NOBODY = -1;

const tables = new WeakMap<Landscape, Int32Array>();

/** The owners of all elements by seq, NOBODY where nobody is known. Made once for a landscape, which must not change. */
export function ownerTable(landscape: Landscape): Int32Array {
  let table = tables.get(landscape);
  if (table === undefined) {
    table = new Int32Array(landscape.elementBound).fill(NOBODY);
    for (const { seq } of landscape.elements()) table[seq] = ownerSeqOf(landscape, seq) ?? NOBODY;
    tables.set(landscape, table);
  }
  return table;
}

/** So many questions cost less than the table. */
const ASKED_ONE_BY_ONE = 256;

/** Tells owners by seq, NOBODY where nobody is known: one by one while few are asked for, from the table after that. */
export function ownerLookup(landscape: Landscape): (seq: number) => number {
  let asked = 0;
  let table = tables.get(landscape);
  return (seq) => {
    asked += 1;
    if (table === undefined && asked > ASKED_ONE_BY_ONE) table = ownerTable(landscape);
    return (table === undefined ? ownerSeqOf(landscape, seq) : table[seq]) ?? NOBODY;
  };
}
