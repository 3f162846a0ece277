import { integerAt } from '../number-at.js';
import type { Landscape } from './landscape.js';
import { FOLLOWED_KINDS, kindBits } from './need-kinds.js';
import type { NeedKind } from './need-kinds.js';
import { needWalk } from './needs.js';
import type { NeedVisitor } from './needs.js';

/**
 * Who needs whom, as compressed rows: the needs of element `seq` are the entries from `starts[seq]` up to
 * `starts[seq + 1]`, in the order in which `needWalk` visits them. Numbers without an element that lives have no entries.
 */
export interface NeedGraph {
  /** One more than the largest seq. */
  readonly bound: number;
  /** bound + 1 positions. */
  readonly starts: Int32Array;
  /** seq of what is needed, one an entry. */
  readonly targets: Int32Array;
  /** seq of the relation, one an entry. */
  readonly relations: Int32Array;
  /** Traits of the relation, one an entry. */
  readonly traits: Int32Array;
}

/** Graphs are made once for a landscape and go with it. */
const made = new WeakMap<Landscape, Map<number, NeedGraph>>();

/**
 * The needs of all that has not ended in a landscape, for questions that look at all of it.
 * @param kinds - the kinds of relation that count; by default those that are followed where none are named.
 */
export function needGraph(landscape: Landscape, kinds: readonly NeedKind[] = FOLLOWED_KINDS): NeedGraph {
  const key = kindBits(kinds);
  const graphs = made.get(landscape) ?? new Map<number, NeedGraph>();
  made.set(landscape, graphs);
  const known = graphs.get(key) ?? read(landscape, kinds);
  graphs.set(key, known);
  return known;
}

function read(landscape: Landscape, kinds: readonly NeedKind[]): NeedGraph {
  const { elementBound: bound } = landscape;
  const follow = needWalk(landscape, 'DEPENDENCIES', kinds);
  const starts = new Int32Array(bound + 1);
  let room = Math.max(16, bound * 4);
  let [targets, relations, traits] = [new Int32Array(room), new Int32Array(room), new Int32Array(room)];
  let count = 0;
  const enter: NeedVisitor = (other, relation, _forward, relationTraits) => {
    if (count === room) {
      room *= 2;
      [targets, relations, traits] = [grown(targets, room), grown(relations, room), grown(traits, room)];
    }
    targets[count] = other;
    relations[count] = relation;
    traits[count] = relationTraits;
    count += 1;
  };
  for (let seq = 0; seq < bound; seq += 1) {
    starts[seq] = count;
    follow(seq, enter);
  }
  starts[bound] = count;
  return {
    bound,
    starts,
    targets: targets.subarray(0, count),
    relations: relations.subarray(0, count),
    traits: traits.subarray(0, count),
  };
}

function grown(numbers: Int32Array<ArrayBuffer>, room: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(room);
  larger.set(numbers);
  return larger;
}

/** Strongly connected components: the members of component `i` are `members[starts[i]]` up to `members[starts[i + 1]]`. */
export interface Components {
  readonly count: number;
  readonly starts: Int32Array;
  /** Every number below the bound, each once. */
  readonly members: Int32Array;
}

/**
 * Strongly connected components of numbers joined by compressed rows, each after all that can be reached from it, without
 * recursion and without an allocation for each number, so that neither a long chain nor a large graph is dear.
 * @see Tarjan, "Depth-First Search and Linear Graph Algorithms", SIAM Journal on Computing 1 (1972), 146-160.
 */
export function stronglyConnected({
  bound,
  starts,
  targets,
}: Pick<NeedGraph, 'bound' | 'starts' | 'targets'>): Components {
  // Numbers that are done have the order `bound + 1`, which lowers nothing.
  const order = new Int32Array(bound);
  const low = new Int32Array(bound);
  const cursor = new Int32Array(bound);
  const path = new Int32Array(bound);
  const open = new Int32Array(bound);
  const found = new Int32Array(bound);
  const componentStarts = new Int32Array(bound + 1);
  let [next, opened, done, count] = [1, 0, 0, 0];
  const enter = (seq: number, depth: number): number => {
    order[seq] = low[seq] = next;
    next += 1;
    cursor[seq] = integerAt(starts, seq);
    path[depth] = open[opened] = seq;
    opened += 1;
    return depth + 1;
  };
  const leave = (seq: number, depth: number): void => {
    const lowest = integerAt(low, seq);
    const above = depth === 0 ? -1 : integerAt(path, depth - 1);
    if (above >= 0 && lowest < integerAt(low, above)) low[above] = lowest;
    if (lowest !== integerAt(order, seq)) return;
    for (let member = -1; member !== seq; done += 1) {
      opened -= 1;
      member = integerAt(open, opened);
      order[member] = bound + 1;
      found[done] = member;
    }
    count += 1;
    componentStarts[count] = done;
  };
  for (let root = 0; root < bound; root += 1) {
    if (order[root] !== 0) continue;
    let depth = enter(root, 0);
    while (depth > 0) {
      const seq = integerAt(path, depth - 1);
      const at = integerAt(cursor, seq);
      if (at === integerAt(starts, seq + 1)) {
        depth -= 1;
        leave(seq, depth);
        continue;
      }
      cursor[seq] = at + 1;
      const target = integerAt(targets, at);
      const reached = integerAt(order, target);
      if (reached === 0) depth = enter(target, depth);
      else if (reached < integerAt(low, seq)) low[seq] = reached;
    }
  }
  return { count, starts: componentStarts.subarray(0, count + 1), members: found };
}
