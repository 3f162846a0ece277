import * as fc from 'fast-check';
import { DirectedGraph } from 'graphology';
import { betweenness } from 'graphology-metrics/centrality/index.js';
import { draw } from '../../../test/support/drawn-landscape.js';
import { randomLandscapes } from '../../../test/support/landscapes.js';
import { analysisGraph } from './analysis-graph.js';
import type { AnalysisGraph } from './analysis-graph.js';
import { CENTRALITY_MEASURES } from './analysis-request.js';
import type { GraphAnalysisRequest } from './analysis-request.js';
import { EXACT_BETWEENNESS_MAXIMUM, analyseGraph } from './graph-analysis.js';
import type { Landscape } from './landscape.js';
import { sampledBetweenness } from './sampled-betweenness.js';
import { LandscapeSnapshot } from './snapshot.js';

function graphOf(landscape: Landscape): AnalysisGraph {
  const work = analysisGraph(landscape);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

const COMMUNITIES: GraphAnalysisRequest = { kind: 'COMMUNITIES', resolution: 1, seed: 1 };
const TRIANGLES = [
  'a DEPENDS_ON b',
  'b DEPENDS_ON c',
  'c DEPENDS_ON a',
  'd DEPENDS_ON e',
  'e DEPENDS_ON f',
  'f DEPENDS_ON d',
];

describe('the graph that is analysed', () => {
  it('has who needs whom among what runs, each pair once and nothing twice', () => {
    const lines = [
      'a DEPENDS_ON b',
      'a RUNS_ON b',
      'c EXCHANGES_DATA_WITH a',
      'a DEPENDS_ON a',
      'b DEPENDS_ON x',
      'b OWNED_BY o',
    ];
    const { landscape, at } = draw(lines, {
      x: { phases: [{ phase: 'END_OF_LIFE', from: null }] },
      o: { kind: 'AGENCY' },
    });
    const { seqs, starts, targets } = graphOf(landscape);
    expect([...seqs]).toEqual([at('a').seq, at('b').seq, at('c').seq]);
    expect([...starts]).toEqual([0, 2, 2, 2]);
    expect([...targets]).toEqual([1, 2]);
  });
});

describe('communities', () => {
  it('are what hangs together, the largest first', () => {
    const { landscape, name } = draw([...TRIANGLES, 'a DEPENDS_ON d', 'g DEPENDS_ON d', 'h']);
    const found = analyseGraph(graphOf(landscape), COMMUNITIES);
    if (found.kind !== 'COMMUNITIES') throw new Error(found.kind);
    expect(found.communities.map((members) => members.map(name).join(''))).toEqual(['defg', 'abc', 'h']);
    expect(found).toMatchObject({ nodes: 8, edges: 8 });
    expect(found.modularity).toBeGreaterThan(0.3);
  });

  it('are each alone where nothing needs anything, and none where nothing is', () => {
    expect(analyseGraph(graphOf(draw(['a', 'b']).landscape), COMMUNITIES)).toMatchObject({
      modularity: 0,
      communities: [[1], [2]],
    });
    expect(analyseGraph(graphOf(draw([]).landscape), COMMUNITIES)).toMatchObject({ nodes: 0, communities: [] });
  });

  it('are the same for the same seed, and always hold every node once', () => {
    fc.assert(
      fc.property(randomLandscapes({ elements: 20, relations: 40 }), fc.nat(), ({ elements, relations }, seed) => {
        const graph = graphOf(LandscapeSnapshot.of(elements, relations));
        const found = analyseGraph(graph, { ...COMMUNITIES, seed });
        expect(analyseGraph(graph, { ...COMMUNITIES, seed })).toEqual(found);
        if (found.kind !== 'COMMUNITIES') throw new Error(found.kind);
        expect(found.communities.flat().toSorted((a, b) => a - b)).toEqual([...graph.seqs]);
      }),
    );
  });
});

describe('centralities', () => {
  const star = draw(['a DEPENDS_ON m', 'b DEPENDS_ON m', 'm DEPENDS_ON z', 'm DEPENDS_ON a']);
  it.each([
    ['DEGREE', ['m 1', 'a 0.333', 'b 0.333', 'z 0.333']],
    ['BETWEENNESS', ['m 0.5', 'a 0', 'b 0', 'z 0']],
  ] as const)('%s rank by score, then by number', (measure, expected) => {
    const found = analyseGraph(graphOf(star.landscape), { kind: 'CENTRALITY', measure, limit: 10, seed: 1 });
    if (found.kind !== 'CENTRALITY') throw new Error(found.kind);
    expect(found.ranking.map(([seq, score]) => `${star.name(seq)} ${Number(score.toFixed(3))}`)).toEqual(expected);
    expect(found).toMatchObject({ nodes: 4, edges: 4, sampled: null });
  });

  it('PAGERANK gives most to what all need in the end, and keeps as many as are asked for', () => {
    const { landscape, name } = draw(['a DEPENDS_ON m', 'b DEPENDS_ON m', 'm DEPENDS_ON z']);
    const found = analyseGraph(graphOf(landscape), { kind: 'CENTRALITY', measure: 'PAGERANK', limit: 2, seed: 1 });
    if (found.kind !== 'CENTRALITY') throw new Error(found.kind);
    expect(found.ranking.map(([seq]) => name(seq))).toEqual(['z', 'm']);
  });

  it.each(CENTRALITY_MEASURES)('%s of one or two is a number', (measure) => {
    for (const lines of [['a'], ['a DEPENDS_ON b'], []]) {
      const found = analyseGraph(graphOf(draw(lines).landscape), { kind: 'CENTRALITY', measure, limit: 9, seed: 1 });
      if (found.kind !== 'CENTRALITY') throw new Error(found.kind);
      expect(found.ranking.filter(([, score]) => !(score >= 0 && score <= 1))).toEqual([]);
    }
  });

  it('BETWEENNESS from a sample of all is what the other library counts', () => {
    fc.assert(
      fc.property(randomLandscapes({ elements: 14, relations: 30 }), ({ elements, relations }) => {
        const graph = graphOf(LandscapeSnapshot.of(elements, relations));
        if (graph.seqs.length < 3) return;
        const peer = new DirectedGraph();
        graph.seqs.forEach((_seq, node) => peer.addNode(`${node}`));
        graph.seqs.forEach((_seq, node) => {
          for (const target of graph.targets.subarray(graph.starts[node], graph.starts[node + 1])) {
            peer.addEdge(`${node}`, `${target}`);
          }
        });
        const exact = betweenness(peer, { getEdgeWeight: null });
        const score = sampledBetweenness(graph, 1000, 7);
        graph.seqs.forEach((_seq, node) => expect(score(node)).toBeCloseTo(exact[node] ?? 0, 10));
      }),
      { numRuns: 1000 },
    );
  });

  it('BETWEENNESS of a large landscape comes from a sample, says so, and is the same each time', () => {
    const length = EXACT_BETWEENNESS_MAXIMUM + 1;
    const seqs = Int32Array.from({ length }, (_, node) => node);
    // A star: each even node needs the hub, which needs each odd one.
    const targets = Array.from({ length: length - 1 }, (_, node) => node + 1).filter((node) => node % 2 === 1);
    const starts = new Int32Array(length + 1).fill(targets.length);
    starts[0] = 0;
    for (let node = 1; node < length; node += 1) {
      starts[node] = targets.length;
      if (node % 2 === 0) targets.push(0);
    }
    starts[length] = targets.length;
    const graph = { seqs, starts, targets: Int32Array.from(targets) };
    const request = { kind: 'CENTRALITY', measure: 'BETWEENNESS', limit: 2, seed: 3 } as const;
    const found = analyseGraph(graph, request);
    if (found.kind !== 'CENTRALITY') throw new Error(found.kind);
    expect(found.sampled).toBe(256);
    expect(found.ranking[0]?.[0]).toBe(0);
    expect(found.ranking[0]?.[1]).toBeGreaterThan(0.2);
    expect(analyseGraph(graph, request)).toEqual(found);
  });
});
