import { integerAt } from '../number-at.js';
import { isCurrent } from './landscape.js';
import type { AdjacencyVisitor, Landscape } from './landscape.js';
import { stronglyConnected } from './need-graph.js';
import { livingIn } from './needs.js';
import { isOfKinds } from './relation-traits.js';

/** Elements joined by relations of some kinds, as compressed rows from source to target. */
interface Rows {
  /** seq of each place; an element without such a relation has none. */
  readonly seqs: readonly number[];
  /** Place of each seq, or -1. */
  readonly places: Int32Array;
  /** The targets of place `i` are `targets[starts[i]]` up to `targets[starts[i + 1]]`. */
  readonly starts: Int32Array;
  readonly targets: Int32Array;
}

/**
 * Components of which all that each reaches is kept: bits in the worst case the square of this over two. Above it a
 * question is a walk.
 */
export const CLOSED_MAXIMUM = 16_384;

/**
 * Which elements lead to which over relations of some kinds, from source to target: made once in linear time for the
 * components, and in the time of a few operations on bits for each pair of them that is joined; after that a question
 * costs the same whatever the graph.
 *
 * Elements that have ended on the day of the landscape, and relations that are not in force on it, carry nothing.
 */
export class RelationReach {
  private readonly rows: Rows;
  /** Component of each place; each comes after all that it reaches. */
  private readonly components: Int32Array;
  private readonly count: number;
  /** Whether a way of one relation or more leads from a component back to it. */
  private readonly isCyclic: Uint8Array;
  /** Of each component the ones before it that it reaches, a bit each; undefined where that would be too many. */
  private readonly closure: readonly Int32Array[] | undefined;
  /** Every place, those of a component together, in the order of the components. */
  private readonly inOrder: Int32Array;

  /**
   * @param kinds - as `kindBits`.
   * @param without - seqs of elements that are thought not to be there.
   */
  constructor(landscape: Landscape, kinds: number, without: ReadonlySet<number> = new Set()) {
    this.rows = rowsOf(landscape, kinds, without);
    const { seqs, starts, targets } = this.rows;
    const { count, starts: componentStarts, members } = stronglyConnected({ bound: seqs.length, starts, targets });
    this.count = count;
    this.inOrder = members;
    this.components = new Int32Array(seqs.length);
    this.isCyclic = new Uint8Array(count);
    for (let component = 0; component < count; component += 1) {
      const [from, to] = [integerAt(componentStarts, component), integerAt(componentStarts, component + 1)];
      for (let at = from; at < to; at += 1) this.components[integerAt(members, at)] = component;
      this.isCyclic[component] = Number(to - from > 1);
    }
    this.forEachJoined((component, other) => {
      if (component === other) this.isCyclic[component] = 1;
    });
    this.closure = count > CLOSED_MAXIMUM ? undefined : this.closed();
  }

  /** Whether a way leads from an element back to it. */
  isInCycle(seq: number): boolean {
    const component = this.componentOf(seq);
    return component !== undefined && this.isCyclic[component] === 1;
  }

  /** Whether a way of one relation or more leads from one element to another. */
  reaches(from: number, to: number): boolean {
    const [first, last] = [this.componentOf(from), this.componentOf(to)];
    if (first === undefined || last === undefined || first < last) return false;
    if (first === last) return this.isCyclic[first] === 1;
    const row = this.closure?.[first];
    if (row === undefined) return this.wayBetween(from, to) !== undefined;
    return ((integerAt(row, last >>> 5) >>> (last & 31)) & 1) === 1;
  }

  /** The seqs on a shortest way of one relation or more, both ends included; undefined where there is none. */
  wayBetween(from: number, to: number): readonly number[] | undefined {
    const cameFrom = new Map<number, number>();
    for (const [seq, before] of this.steps(from)) {
      if (!cameFrom.has(seq)) cameFrom.set(seq, before);
      if (seq !== to) continue;
      const way = [to];
      let at = before;
      for (; at !== from; at = cameFrom.get(at) ?? from) way.push(at);
      return [...way, from].toReversed();
    }
    return undefined;
  }

  /** An element and all that it leads to, the nearest first. */
  *allFrom(from: number): Generator<number> {
    yield from;
    const seen = new Set([from]);
    for (const [seq] of this.steps(from)) {
      if (seen.has(seq)) continue;
      seen.add(seq);
      yield seq;
    }
  }

  /** Whether something holds for an element and for all that it leads to; worked out once for all elements. */
  heldByAllFrom(holds: (seq: number) => boolean): (from: number) => boolean {
    const isHeld = new Uint8Array(this.count).fill(1);
    for (const [place, seq] of this.rows.seqs.entries()) {
      if (!holds(seq)) isHeld[integerAt(this.components, place)] = 0;
    }
    this.forEachJoined((component, other) => {
      if (isHeld[other] === 0) isHeld[component] = 0;
    });
    return (from) => {
      const component = this.componentOf(from);
      return component === undefined ? holds(from) : isHeld[component] === 1;
    };
  }

  /** Each relation's target and source, once for each source that is reached, the nearest sources first. */
  private *steps(from: number): Generator<readonly [to: number, from: number]> {
    const { seqs, places, starts, targets } = this.rows;
    const start = places[from] ?? -1;
    if (start < 0) return;
    const seen = new Uint8Array(seqs.length);
    const queue = [start];
    seen[start] = 1;
    for (const place of queue) {
      const seq = seqs[place] ?? 0;
      for (let at = integerAt(starts, place); at < integerAt(starts, place + 1); at += 1) {
        const target = integerAt(targets, at);
        yield [seqs[target] ?? 0, seq];
        if (seen[target] === 1) continue;
        seen[target] = 1;
        queue.push(target);
      }
    }
  }

  private componentOf(seq: number): number | undefined {
    const place = this.rows.places[seq] ?? -1;
    return place < 0 ? undefined : this.components[place];
  }

  /** Calls for each relation with the components of its ends, those of what comes first in their order first. */
  private forEachJoined(visit: (component: number, other: number) => void): void {
    const { starts, targets } = this.rows;
    for (const place of this.inOrder) {
      const component = integerAt(this.components, place);
      for (let at = integerAt(starts, place); at < integerAt(starts, place + 1); at += 1) {
        visit(component, integerAt(this.components, integerAt(targets, at)));
      }
    }
  }

  private closed(): readonly Int32Array[] {
    const reached = Array.from({ length: this.count }, (_, component) => new Int32Array((component + 31) >>> 5));
    this.forEachJoined((component, other) => {
      const [row, before] = [reached[component], reached[other]];
      if (component === other || row === undefined || before === undefined) return;
      const word = integerAt(row, other >>> 5);
      if (((word >>> (other & 31)) & 1) === 1) return;
      row[other >>> 5] = word | (1 << (other & 31));
      for (let at = 0; at < before.length; at += 1) row[at] = integerAt(row, at) | integerAt(before, at);
    });
    return reached;
  }
}

function rowsOf(landscape: Landscape, kinds: number, without: ReadonlySet<number>): Rows {
  const isAlive = livingIn(landscape);
  const isThere = (seq: number): boolean => !without.has(seq) && isAlive(seq);
  const pairs: number[] = [];
  let source = 0;
  const visit: AdjacencyVisitor = (_kind, other, relation, traits) => {
    if (isOfKinds(traits, kinds) && isThere(other) && isCurrent(landscape, relation, traits)) pairs.push(source, other);
  };
  for (const { seq } of landscape.elements()) {
    source = seq;
    if (isThere(seq)) landscape.forEachOutgoing(seq, visit);
  }
  const seqs = [...new Set(pairs)].toSorted((a, b) => a - b);
  const places = new Int32Array(landscape.elementBound).fill(-1);
  for (const [place, seq] of seqs.entries()) places[seq] = place;
  const starts = new Int32Array(seqs.length + 1);
  // Pairs are in order of their source, and so are places.
  for (let at = 0; at < pairs.length; at += 2) starts[integerAt(places, pairs[at] ?? 0) + 1] = at / 2 + 1;
  for (let place = 0; place < seqs.length; place += 1) {
    starts[place + 1] = Math.max(integerAt(starts, place), integerAt(starts, place + 1));
  }
  const targets = Int32Array.from({ length: pairs.length / 2 }, (_, at) => integerAt(places, pairs[2 * at + 1] ?? 0));
  return { seqs, places, starts, targets };
}
