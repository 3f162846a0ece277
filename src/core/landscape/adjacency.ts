import { integerAt, numberAt } from '../number-at.js';
import type { AdjacencyVisitor } from './landscape.js';
import { kindCodeOf, kindOf } from './relation-traits.js';
import type { RelationTraits } from './relation-traits.js';

/** Smaller pages than elsewhere: a change rewrites all entries of its page, some 128 x 4 x 3 integers. */
const PAGE_BITS = 7;
const PAGE_SIZE = 1 << PAGE_BITS;
const PAGE_MASK = PAGE_SIZE - 1;
/** An entry is three integers: traits of the relation, seq of the other end, seq of the relation. */
const STRIDE = 3;

/** `entries` of element i of the page lie between starts[i] and starts[i + 1] (in entries, not integers), sorted. */
interface Page {
  readonly starts: Int32Array;
  readonly entries: Int32Array;
}

export interface AdjacencyEntry {
  readonly traits: RelationTraits;
  readonly other: number;
  readonly relation: number;
}

export interface AdjacencyChange {
  /** seq of the element whose list changes. */
  readonly element: number;
  readonly entry: AdjacencyEntry;
  readonly action: 'ADD' | 'REMOVE';
}

type Triple = readonly [traits: RelationTraits, other: number, relation: number];

function compareTriples(a: Triple, b: Triple): number {
  return kindCodeOf(a[0]) - kindCodeOf(b[0]) || a[1] - b[1] || a[2] - b[2];
}

function triplesOf(page: Page | undefined, slot: number): Triple[] {
  const triples: Triple[] = [];
  if (page === undefined) return triples;
  const { starts, entries } = page;
  const end = integerAt(starts, slot + 1) * STRIDE;
  for (let at = integerAt(starts, slot) * STRIDE; at < end; at += STRIDE) {
    // Every first integer of an entry was written from traits.
    triples.push([numberAt(entries, at) as RelationTraits, numberAt(entries, at + 1), numberAt(entries, at + 2)]);
  }
  return triples;
}

function changedList(list: readonly Triple[], changes: readonly AdjacencyChange[]): Triple[] {
  const byRelation = new Map(list.map((triple) => [triple[2], triple]));
  for (const { entry, action } of changes) {
    if (action === 'REMOVE') byRelation.delete(entry.relation);
    else byRelation.set(entry.relation, [entry.traits, entry.other, entry.relation]);
  }
  return [...byRelation.values()].toSorted(compareTriples);
}

function rebuiltPage(page: Page | undefined, changes: ReadonlyMap<number, readonly AdjacencyChange[]>): Page {
  const starts = new Int32Array(PAGE_SIZE + 1);
  const lists: (readonly Triple[] | undefined)[] = [];
  for (let slot = 0; slot < PAGE_SIZE; slot += 1) {
    const changed = changes.get(slot);
    const kept = page === undefined ? 0 : numberAt(page.starts, slot + 1) - numberAt(page.starts, slot);
    const list = changed === undefined ? undefined : changedList(triplesOf(page, slot), changed);
    lists.push(list);
    starts[slot + 1] = integerAt(starts, slot) + (list?.length ?? kept);
  }
  const entries = new Int32Array(integerAt(starts, PAGE_SIZE) * STRIDE);
  lists.forEach((list, slot) => {
    const start = integerAt(starts, slot) * STRIDE;
    if (list !== undefined) list.forEach((triple, at) => entries.set(triple, start + at * STRIDE));
    else if (page !== undefined) {
      const from = numberAt(page.starts, slot) * STRIDE;
      entries.set(page.entries.subarray(from, numberAt(page.starts, slot + 1) * STRIDE), start);
    }
  });
  return { starts, entries };
}

/**
 * Which relations each element has on one side (outgoing or incoming), as compressed rows in immutable pages.
 * A change rewrites the pages it touches and shares the rest; a walk reads plain integers.
 */
export class Adjacency {
  private constructor(private readonly pages: readonly (Page | undefined)[]) {}

  static readonly empty = new Adjacency([]);

  with(changes: readonly AdjacencyChange[]): Adjacency {
    const byPage = new Map<number, Map<number, AdjacencyChange[]>>();
    for (const change of changes) {
      const pageNumber = change.element >> PAGE_BITS;
      const slots = byPage.get(pageNumber) ?? new Map<number, AdjacencyChange[]>();
      byPage.set(pageNumber, slots);
      const slot = change.element & PAGE_MASK;
      const list = slots.get(slot);
      if (list === undefined) slots.set(slot, [change]);
      else list.push(change);
    }
    const pages = this.pages.slice();
    for (const [pageNumber, slots] of byPage) {
      while (pages.length < pageNumber) pages.push(undefined);
      pages[pageNumber] = rebuiltPage(this.pages[pageNumber], slots);
    }
    return new Adjacency(pages);
  }

  /** Visits the entries of one element, ordered by kind, other end, relation. */
  forEach(element: number, visit: AdjacencyVisitor): void {
    const page = this.pages[element >> PAGE_BITS];
    if (page === undefined) return;
    const { starts, entries } = page;
    const slot = element & PAGE_MASK;
    const end = integerAt(starts, slot + 1) * STRIDE;
    for (let at = integerAt(starts, slot) * STRIDE; at < end; at += STRIDE) {
      // Every first integer of an entry was written from traits, and at + 2 < end <= length.
      const traits = entries[at] as RelationTraits;
      visit(kindOf(traits), entries[at + 1] as number, entries[at + 2] as number, traits);
    }
  }
}
