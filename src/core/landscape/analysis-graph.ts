import { integerAt } from '../number-at.js';
import type { Landscape } from './landscape.js';
import { needGraph } from './need-graph.js';
import { FOLLOWED_KINDS } from './need-kinds.js';
import type { NeedKind } from './need-kinds.js';
import { isRunning } from './needs.js';

/** Nodes that a graph for analysis may have: the methods take minutes beyond that. */
export const ANALYSIS_NODES_MAXIMUM = 50_000;

/**
 * The running part of a landscape as plain numbers, which a thread can be given: who needs whom, each pair once, nothing
 * needing itself. Nodes go by their place in `seqs`, which ascends.
 */
export interface AnalysisGraph {
  /** seq of each node. */
  readonly seqs: Int32Array;
  /** As many positions as there are nodes, and one more: the needs of node `i` are `targets[starts[i]]` and on. */
  readonly starts: Int32Array;
  /** Nodes that are needed, ascending for each. */
  readonly targets: Int32Array;
}

/**
 * Makes the graph, and gives up control after each element.
 * @param kinds - the kinds of relation that count; by default those that are followed where none are named.
 */
export function* analysisGraph(
  landscape: Landscape,
  kinds: readonly NeedKind[] = FOLLOWED_KINDS,
): Generator<void, AnalysisGraph> {
  const needs = needGraph(landscape, kinds);
  yield;
  const places = new Int32Array(landscape.elementBound).fill(-1);
  const seqs: number[] = [];
  for (const element of landscape.elements()) {
    if (!isRunning(landscape, element)) continue;
    places[element.seq] = seqs.length;
    seqs.push(element.seq);
    yield;
  }
  const starts = new Int32Array(seqs.length + 1);
  const targets = new Int32Array(needs.targets.length);
  let count = 0;
  for (const [place, seq] of seqs.entries()) {
    const row = Array.from(
      needs.targets.subarray(integerAt(needs.starts, seq), integerAt(needs.starts, seq + 1)),
      (target) => integerAt(places, target),
    );
    for (const target of new Set(row.toSorted((a, b) => a - b))) {
      if (target === -1 || target === place) continue;
      targets[count] = target;
      count += 1;
    }
    starts[place + 1] = count;
    yield;
  }
  return { seqs: Int32Array.from(seqs), starts, targets: targets.slice(0, count) };
}
