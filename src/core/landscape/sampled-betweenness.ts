import { integerAt, numberAt } from '../number-at.js';
import { randomNumbers } from '../random-numbers.js';
import type { AnalysisGraph } from './analysis-graph.js';

/**
 * How many shortest ways between two others lead over each node, as a share of all pairs, estimated from the ways that
 * begin at some of the nodes. With a sample of all nodes it is exact.
 * @param size - how many nodes are drawn, without repetition; more than there are = all of them.
 * @returns the score of each node.
 * @see Brandes & Pich, "Centrality Estimation in Large Networks", Int. J. Bifurcation and Chaos 17 (2007), 2303-2318.
 */
export function sampledBetweenness(graph: AnalysisGraph, size: number, seed: number): (node: number) => number {
  const nodes = graph.seqs.length;
  const scores = new Float64Array(nodes);
  const roots = drawn(nodes, Math.min(size, nodes), seed);
  const search = new WayCount(graph);
  for (const root of roots) search.addFrom(root, scores);
  const pairs = (nodes - 1) * (nodes - 2);
  const scale = pairs > 0 && roots.length > 0 ? nodes / roots.length / pairs : 0;
  return (node) => numberAt(scores, node) * scale;
}

/** Some of the numbers below a bound, each at most once. */
function drawn(bound: number, size: number, seed: number): Int32Array {
  const random = randomNumbers(seed);
  const all = Int32Array.from({ length: bound }, (_, node) => node);
  for (let at = 0; at < size; at += 1) {
    const other = at + Math.floor(random() * (bound - at));
    const one = integerAt(all, at);
    all[at] = integerAt(all, other);
    all[other] = one;
  }
  return all.subarray(0, size);
}

/** Counts the shortest ways from one node to all others. Its arrays are made once for all nodes. */
class WayCount {
  private readonly distance: Int32Array;
  private readonly queue: Int32Array;
  private readonly ways: Float64Array;
  private readonly share: Float64Array;

  constructor(private readonly graph: AnalysisGraph) {
    const { length } = graph.seqs;
    this.distance = new Int32Array(length);
    this.queue = new Int32Array(length);
    this.ways = new Float64Array(length);
    this.share = new Float64Array(length);
  }

  /** Adds to each node the share of the ways from a root that lead over it. */
  addFrom(root: number, scores: Float64Array): void {
    const { distance, queue, ways, share } = this;
    const { starts, targets } = this.graph;
    const count = this.spread(root);
    share.fill(0);
    for (let at = count - 1; at > 0; at -= 1) {
      const node = integerAt(queue, at);
      // The nodes behind this one are done: what leads to them over it is known.
      for (let edge = integerAt(starts, node); edge < integerAt(starts, node + 1); edge += 1) {
        const next = integerAt(targets, edge);
        if (integerAt(distance, next) !== integerAt(distance, node) + 1) continue;
        share[node] =
          numberAt(share, node) + (numberAt(ways, node) / numberAt(ways, next)) * (1 + numberAt(share, next));
      }
      scores[node] = numberAt(scores, node) + numberAt(share, node);
    }
  }

  /** Distances and numbers of shortest ways from a root; how many nodes were reached, in the order of the queue. */
  private spread(root: number): number {
    const { distance, queue, ways } = this;
    const { starts, targets } = this.graph;
    distance.fill(-1);
    ways.fill(0);
    distance[root] = 0;
    ways[root] = 1;
    queue[0] = root;
    let count = 1;
    for (let at = 0; at < count; at += 1) {
      const node = integerAt(queue, at);
      for (let edge = integerAt(starts, node); edge < integerAt(starts, node + 1); edge += 1) {
        const next = integerAt(targets, edge);
        if (distance[next] === -1) {
          distance[next] = integerAt(distance, node) + 1;
          queue[count] = next;
          count += 1;
        }
        if (integerAt(distance, next) === integerAt(distance, node) + 1) {
          ways[next] = numberAt(ways, next) + numberAt(ways, node);
        }
      }
    }
    return count;
  }
}
