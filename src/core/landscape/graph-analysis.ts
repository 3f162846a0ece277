import { DirectedGraph, UndirectedGraph } from 'graphology';
import louvainModule from 'graphology-communities-louvain';
import { betweenness, degree, pagerank } from 'graphology-metrics/centrality/index.js';
import { integerAt } from '../number-at.js';
import type { AnalysisGraph } from './analysis-graph.js';
import type {
  CentralityMeasure,
  Centralities,
  Communities,
  GraphAnalysis,
  GraphAnalysisRequest,
} from './analysis-request.js';
import { sampledBetweenness } from './sampled-betweenness.js';
import { randomNumbers } from '../random-numbers.js';

// The package is CommonJS: its types put the function under `default`, Node gives it as the module itself.
const louvain = louvainModule as unknown as (typeof louvainModule)['default'];

/** Above this many nodes, ways are counted from a sample: all of them take a time that grows with the square. */
export const EXACT_BETWEENNESS_MAXIMUM = 3_000;
const SAMPLE = 256;

/** Answers one request. Takes seconds at the largest sizes: for a thread. */
export function analyseGraph(graph: AnalysisGraph, request: GraphAnalysisRequest): GraphAnalysis {
  return request.kind === 'COMMUNITIES' ? communitiesOf(graph, request) : centralitiesOf(graph, request);
}

/**
 * Communities by the Louvain method on the graph of needs without its directions.
 * @see Blondel et al., "Fast unfolding of communities in large networks", J. Stat. Mech. (2008) P10008.
 */
function communitiesOf(
  graph: AnalysisGraph,
  { resolution, seed }: Extract<GraphAnalysisRequest, { kind: 'COMMUNITIES' }>,
): Communities {
  const { seqs, targets } = graph;
  const sizes = { nodes: seqs.length, edges: targets.length };
  if (targets.length === 0) {
    return { kind: 'COMMUNITIES', ...sizes, modularity: 0, communities: Array.from(seqs, (seq) => [seq]) };
  }
  const rng = randomNumbers(seed);
  const found = louvain.detailed(filled(new UndirectedGraph(), graph), { rng, resolution, getEdgeWeight: null });
  const members = new Map<number, number[]>();
  seqs.forEach((seq, node) => {
    const community = found.communities[node] ?? 0;
    const known = members.get(community);
    if (known === undefined) members.set(community, [seq]);
    else known.push(seq);
  });
  const communities = [...members.values()].toSorted((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0));
  return { kind: 'COMMUNITIES', ...sizes, modularity: found.modularity, communities };
}

function centralitiesOf(
  graph: AnalysisGraph,
  { measure, limit, seed }: Extract<GraphAnalysisRequest, { kind: 'CENTRALITY' }>,
): Centralities {
  const { seqs, targets } = graph;
  const isSampled = measure === 'BETWEENNESS' && seqs.length > EXACT_BETWEENNESS_MAXIMUM;
  const scores = isSampled ? sampledBetweenness(graph, SAMPLE, seed) : scoresOf(graph, measure);
  const ranking = Array.from(seqs, (seq, node) => [seq, scores(node)] as const)
    .toSorted((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, limit);
  const sampled = isSampled ? SAMPLE : null;
  return { kind: 'CENTRALITY', measure, nodes: seqs.length, edges: targets.length, sampled, ranking };
}

/** The score of each node. */
function scoresOf(graph: AnalysisGraph, measure: CentralityMeasure): (node: number) => number {
  // Of one node all others, and of two all pairs of others, are none: a share of them would be 0 / 0.
  if (graph.seqs.length < (measure === 'BETWEENNESS' ? 3 : 2)) return () => Number(measure === 'PAGERANK');
  const scores = MEASURES[measure](graph);
  return (node) => scores[node] ?? 0;
}

const MEASURES: Readonly<Record<CentralityMeasure, (graph: AnalysisGraph) => Readonly<Record<string, number>>>> = {
  DEGREE: (graph) => degree(filled(new UndirectedGraph(), graph)),
  PAGERANK: (graph) => pagerank(filled(new DirectedGraph(), graph), { getEdgeWeight: null }),
  BETWEENNESS: (graph) => betweenness(filled(new DirectedGraph(), graph), { getEdgeWeight: null }),
};

function filled<T extends DirectedGraph | UndirectedGraph>(empty: T, { seqs, starts, targets }: AnalysisGraph): T {
  seqs.forEach((_seq, node) => empty.addNode(`${node}`));
  seqs.forEach((_seq, node) => {
    for (const target of targets.subarray(integerAt(starts, node), integerAt(starts, node + 1))) {
      empty.mergeEdge(`${node}`, `${target}`);
    }
  });
  return empty;
}
