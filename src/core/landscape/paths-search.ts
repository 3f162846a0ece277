import { integerAt, numberAt } from '../number-at.js';
import type { Landscape } from './landscape.js';
import type { NeedKind } from './need-kinds.js';
import { needWalk } from './needs.js';
import type { ImpactDirection, NeedVisitor, NeedWalk, PathStep } from './needs.js';
import { takeScratch } from './walk-scratch.js';

/** What a search may use, and how far it may go. */
export interface SearchLimits {
  /** Relations that may not be the first step. */
  readonly closedRelations: ReadonlySet<number>;
  /** Elements that may not be passed; null where all may be. */
  readonly closed: ClosedStart | null;
  /** Most steps of a way. */
  readonly maxSteps: number;
}

/** The first elements of a way. */
export interface ClosedStart {
  /** By seq, the place of an element on the way, from 1; 0 of all others. */
  readonly places: Int32Array;
  /** How many of them may not be passed. */
  readonly count: number;
}

/**
 * Searches for shortest ways to one goal, from both ends at once: whichever side has fewer elements to go on from goes a
 * step further, until it meets the other or one of them has nowhere to go.
 *
 * On the near side the elements of one distance are met in the order of their best ways (by relation seqs, compared from
 * the start), because those of the distance before are followed in that order and the relations of each in order of seq.
 * The first of them that the far side knows is therefore on the best of all shortest ways; from there on the far side
 * knows what is a step nearer to the goal, and the relation with the smallest seq that leads there is taken.
 */
export class WaySearch {
  /** Work of all searches together: each begins for one, and looks at relations, enters elements and tells steps. */
  effort = 0;
  /** Whether some search stopped at its most steps. */
  isCut = false;
  private readonly onward: StepsInOrder;
  private readonly followBack: NeedWalk;
  private readonly bound: number;

  constructor(
    landscape: Landscape,
    private readonly goal: number,
    direction: ImpactDirection,
    kinds: readonly NeedKind[],
  ) {
    this.bound = landscape.elementBound;
    this.onward = new StepsInOrder(needWalk(landscape, direction, kinds));
    this.followBack = needWalk(landscape, direction === 'DEPENDENTS' ? 'DEPENDENCIES' : 'DEPENDENTS', kinds);
  }

  /** Of the shortest ways the one whose relation seqs come first, compared from the start; undefined where there is none. */
  from(start: number, limits: SearchLimits): PathStep[] | undefined {
    const near = new Side(this.bound, start, limits.closed);
    const far = new Side(this.bound, this.goal, limits.closed);
    this.effort += 1;
    let meeting: number | undefined;
    while (meeting === undefined && near.size > 0 && far.size > 0) {
      if (near.distance + far.distance >= limits.maxSteps) {
        this.isCut = true;
        break;
      }
      meeting = near.size <= far.size ? this.nearStep(near, far, limits) : this.farStep(near, far, limits);
    }
    const way = meeting === undefined ? undefined : this.wayOver(meeting, near, far, limits);
    this.effort += near.entered + far.entered + (way?.length ?? 0);
    near.release();
    far.release();
    return way;
  }

  /** One step further from the start; the first element that the far side knows ends it. */
  private nearStep(near: Side, far: Side, { closedRelations }: SearchLimits): number | undefined {
    for (const from of near.nextLayer()) {
      const count = this.stepsFrom(from);
      for (let at = 0; at < count; at += 1) {
        const to = this.onward.otherAt(at);
        if (near.knows(to) || (from === near.root && closedRelations.has(this.onward.relationAt(at)))) continue;
        near.enter(to, from, this.onward.wayAt(at));
        if (far.knows(to)) return to;
      }
    }
    return undefined;
  }

  /** One step further from the goal; then the first of the near side's last layer that it came to. */
  private farStep(near: Side, far: Side, { closedRelations }: SearchLimits): number | undefined {
    let isMet = false;
    const visit: NeedVisitor = (to, relation) => {
      this.effort += 1;
      if (far.knows(to) || (to === near.root && closedRelations.has(relation))) return;
      far.enter(to, far.distance, relation);
      isMet ||= near.knows(to);
    };
    for (const from of far.nextLayer()) this.followBack(from, visit);
    return isMet ? near.layer().find((seq) => far.knows(seq)) : undefined;
  }

  private stepsFrom(from: number): number {
    const count = this.onward.read(from);
    this.effort += count;
    return count;
  }

  /** The best way to where the sides met, then on to the goal. */
  private wayOver(meeting: number, near: Side, far: Side, { closedRelations }: SearchLimits): PathStep[] {
    const steps: PathStep[] = [];
    for (let to = meeting; to !== near.root;) {
      const from = near.noteOf(to);
      steps.push(stepOf(near.wayTo(to), from, to));
      to = from;
    }
    steps.reverse();
    for (let from = meeting; from !== this.goal;) {
      const left = far.distanceOf(from) - 1;
      const count = this.stepsFrom(from);
      let at = 0;
      const leads = (): boolean =>
        far.distanceOf(this.onward.otherAt(at)) === left &&
        !(from === near.root && closedRelations.has(this.onward.relationAt(at)));
      while (at < count && !leads()) at += 1;
      const to = this.onward.otherAt(at);
      steps.push(stepOf(this.onward.wayAt(at), from, to));
      from = to;
    }
    return steps;
  }
}

function stepOf(way: number, from: number, to: number): PathStep {
  return { relation: way >> 1, traversedForward: (way & 1) === 1, from, to };
}

/** What one side of a search has met, in layers of equal distance from its root. */
class Side {
  /** Of the last layer. */
  distance = 0;
  private layerStart = 0;
  private end = 1;
  private readonly scratch;

  constructor(
    bound: number,
    readonly root: number,
    private readonly closed: ClosedStart | null,
  ) {
    this.scratch = takeScratch(bound);
    const { stamp, marks, slots, queue } = this.scratch;
    marks[root] = stamp + 1;
    slots[root] = 0;
    queue[0] = root;
  }

  /** Number of elements that were met. */
  get entered(): number {
    return this.end;
  }

  /** Number of elements of the last layer. */
  get size(): number {
    return this.end - this.layerStart;
  }

  layer(): Int32Array {
    return this.scratch.queue.subarray(this.layerStart, this.end);
  }

  /** Begins a new layer; gives the one before it. */
  nextLayer(): Int32Array {
    const layer = this.layer();
    this.layerStart = this.end;
    this.distance += 1;
    return layer;
  }

  /** Whether an element was met, or is closed. */
  knows(seq: number): boolean {
    if (integerAt(this.scratch.marks, seq) >= this.scratch.stamp) return true;
    if (this.closed === null) return false;
    const place = integerAt(this.closed.places, seq);
    return place > 0 && place <= this.closed.count;
  }

  /** Adds an element to the last layer, with a number to remember of it and the way that led there. */
  enter(seq: number, note: number, way: number): void {
    const { stamp, marks, slots, queue, found } = this.scratch;
    marks[seq] = stamp + 1;
    slots[seq] = note;
    found[seq] = way;
    queue[this.end] = seq;
    this.end += 1;
  }

  noteOf(seq: number): number {
    return integerAt(this.scratch.slots, seq);
  }
  wayTo(seq: number): number {
    return integerAt(this.scratch.found, seq);
  }

  /** Where the notes are distances: that of an element that was met; -1 of any other. */
  distanceOf(seq: number): number {
    return this.scratch.marks[seq] === this.scratch.stamp + 1 ? this.noteOf(seq) : -1;
  }

  release(): void {
    this.scratch.release();
  }
}

/** Past so many needs of one element it is cheaper to sort them all than to put each in its place. */
const INSERTED = 24;

/** The needs of one element in order of relation seq, read into the same arrays again and again. */
class StepsInOrder {
  /** Of each need: the seq of the relation, doubled, and one more where it is taken from source to target. */
  private ways: number[] = [];
  private others: number[] = [];
  private count = 0;

  constructor(private readonly follow: NeedWalk) {}

  /** Reads the needs of an element and tells how many there are. */
  read(from: number): number {
    this.count = 0;
    this.follow(from, this.add);
    if (this.count > INSERTED) this.sort();
    return this.count;
  }

  wayAt(at: number): number {
    return numberAt(this.ways, at);
  }
  relationAt(at: number): number {
    return numberAt(this.ways, at) >> 1;
  }
  otherAt(at: number): number {
    return numberAt(this.others, at);
  }

  private readonly add: NeedVisitor = (other, relation, forward) => {
    const way = relation * 2 + Number(forward);
    let at = this.count;
    for (; at > 0 && at < INSERTED && this.wayAt(at - 1) > way; at -= 1) {
      this.ways[at] = this.wayAt(at - 1);
      this.others[at] = this.otherAt(at - 1);
    }
    this.ways[at] = way;
    this.others[at] = other;
    this.count += 1;
  };

  private sort(): void {
    const order = Array.from({ length: this.count }, (_, at) => at).toSorted((a, b) => this.wayAt(a) - this.wayAt(b));
    [this.ways, this.others] = [order.map((at) => this.wayAt(at)), order.map((at) => this.otherAt(at))];
  }
}
