import { integerAt } from '../number-at.js';
import type { NeedGraph } from './need-graph.js';

/** What falls apart where an element is taken out of the graph of needs, looked at without direction. */
export interface Articulation {
  /** Per seq: number of pieces that its part of the graph falls into; 1 or less where it holds nothing together. */
  readonly pieces: Int32Array;
  /** Per seq: number of elements outside the largest of these pieces, itself left out; 0 where nothing falls off. */
  readonly separated: Int32Array;
}

/**
 * The articulation points of the graph of needs without its directions, without recursion.
 * @param lives - per seq 1 for what is part of the graph; needs of anything else do not count.
 * @see Hopcroft & Tarjan, "Algorithm 447: efficient algorithms for graph manipulation", CACM 16 (1973), 372-378.
 */
export function articulationPoints(needs: NeedGraph, lives: Uint8Array): Articulation {
  const { bound } = needs;
  const graph = undirected(needs, lives);
  const walk = new Walk(graph, bound);
  for (let root = 0; root < bound; root += 1) if (lives[root] === 1 && !walk.hasMet(root)) walk.from(root);
  return { pieces: walk.pieces, separated: walk.separated };
}

interface UndirectedRows {
  readonly starts: Int32Array;
  readonly others: Int32Array;
}

function undirected({ bound, starts, targets }: NeedGraph, lives: Uint8Array): UndirectedRows {
  const rowStarts = new Int32Array(bound + 2);
  const forEachPair = (visit: (one: number, other: number) => void): void => {
    for (let seq = 0; seq < bound; seq += 1) {
      if (lives[seq] !== 1) continue;
      for (let at = integerAt(starts, seq); at < integerAt(starts, seq + 1); at += 1) {
        const target = integerAt(targets, at);
        if (target !== seq && lives[target] === 1) visit(seq, target);
      }
    }
  };
  // Counted two places further, so that filling leaves each start where it belongs.
  const count = (seq: number): void => {
    rowStarts[seq + 2] = integerAt(rowStarts, seq + 2) + 1;
  };
  forEachPair((one, other) => {
    count(one);
    count(other);
  });
  for (let seq = 2; seq < rowStarts.length; seq += 1) {
    rowStarts[seq] = integerAt(rowStarts, seq) + integerAt(rowStarts, seq - 1);
  }
  const others = new Int32Array(integerAt(rowStarts, bound + 1));
  const enter = (seq: number, other: number): void => {
    const at = integerAt(rowStarts, seq + 1);
    others[at] = other;
    rowStarts[seq + 1] = at + 1;
  };
  forEachPair((one, other) => {
    enter(one, other);
    enter(other, one);
  });
  return { starts: rowStarts, others };
}

/** A depth-first walk that notes, for each element, the pieces that hang on it alone. */
class Walk {
  readonly pieces: Int32Array;
  readonly separated: Int32Array;
  private readonly order: Int32Array;
  private readonly low: Int32Array;
  private readonly sizes: Int32Array;
  private readonly largest: Int32Array;
  private readonly hanging: Int32Array;
  private readonly cursor: Int32Array;
  private readonly path: Int32Array;
  /** Elements in the order in which they were met. */
  private readonly met: Int32Array;
  private count = 0;

  constructor(
    private readonly graph: UndirectedRows,
    bound: number,
  ) {
    const fresh = (): Int32Array => new Int32Array(bound);
    [this.pieces, this.separated, this.order, this.low] = [fresh(), fresh(), fresh(), fresh()];
    [this.sizes, this.largest, this.hanging] = [fresh(), fresh(), fresh()];
    [this.cursor, this.path, this.met] = [fresh(), fresh(), fresh()];
  }

  hasMet(seq: number): boolean {
    return this.order[seq] !== 0;
  }

  /** Walks all that can be reached from a root, and then judges it. */
  from(root: number): void {
    const first = this.count;
    const { starts, others } = this.graph;
    let depth = this.enter(root, 0);
    while (depth > 0) {
      const seq = integerAt(this.path, depth - 1);
      const at = integerAt(this.cursor, seq);
      if (at === integerAt(starts, seq + 1)) {
        depth -= 1;
        if (depth > 0) this.leave(seq, integerAt(this.path, depth - 1));
        continue;
      }
      this.cursor[seq] = at + 1;
      const other = integerAt(others, at);
      if (this.hasMet(other)) this.low[seq] = Math.min(integerAt(this.low, seq), integerAt(this.order, other));
      else depth = this.enter(other, depth);
    }
    for (let at = first; at < this.count; at += 1) this.judge(integerAt(this.met, at), this.count - first);
  }

  private enter(seq: number, depth: number): number {
    this.met[this.count] = seq;
    this.count += 1;
    this.order[seq] = this.low[seq] = this.count;
    this.sizes[seq] = 1;
    this.cursor[seq] = integerAt(this.graph.starts, seq);
    this.path[depth] = seq;
    return depth + 1;
  }

  /** Goes back to `above`. What can not be reached around it hangs on it alone. */
  private leave(seq: number, above: number): void {
    const size = integerAt(this.sizes, seq);
    this.sizes[above] = integerAt(this.sizes, above) + size;
    this.low[above] = Math.min(integerAt(this.low, above), integerAt(this.low, seq));
    if (integerAt(this.low, seq) < integerAt(this.order, above)) return;
    this.pieces[above] = integerAt(this.pieces, above) + 1;
    this.hanging[above] = integerAt(this.hanging, above) + size;
    this.largest[above] = Math.max(integerAt(this.largest, above), size);
  }

  /** Adds the piece above an element, which for a root is empty. */
  private judge(seq: number, whole: number): void {
    const rest = whole - 1 - integerAt(this.hanging, seq);
    if (rest > 0) this.pieces[seq] = integerAt(this.pieces, seq) + 1;
    this.separated[seq] = whole - 1 - Math.max(rest, integerAt(this.largest, seq));
  }
}
