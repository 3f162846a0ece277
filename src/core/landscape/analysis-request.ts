/**
 * DEGREE: how many others something needs or is needed by, as a share of all. PAGERANK: how much of all need ends there,
 * when each thing passes its own on to what it needs. BETWEENNESS: how many shortest ways of need between two others lead
 * over it, as a share of all pairs.
 */
export const CENTRALITY_MEASURES = ['DEGREE', 'PAGERANK', 'BETWEENNESS'] as const;
export type CentralityMeasure = (typeof CENTRALITY_MEASURES)[number];

/** What is asked of a graph. Nothing is left to chance: the same graph, request and seed give the same answer. */
export type GraphAnalysisRequest =
  | {
      readonly kind: 'COMMUNITIES';
      /** Larger gives more and smaller communities; 1 is plain modularity. */
      readonly resolution: number;
      readonly seed: number;
    }
  | {
      readonly kind: 'CENTRALITY';
      readonly measure: CentralityMeasure;
      /** Only the first so many are kept. */
      readonly limit: number;
      readonly seed: number;
    };

/** Elements that hang together more closely than with others. */
export interface Communities {
  readonly kind: 'COMMUNITIES';
  readonly nodes: number;
  readonly edges: number;
  /** How much more need lies inside communities than chance would put there: at most 1, 0 where there is no need. */
  readonly modularity: number;
  /** seqs of each, ascending; the largest first, then by their first. Every node is in one. */
  readonly communities: readonly (readonly number[])[];
}

export interface Centralities {
  readonly kind: 'CENTRALITY';
  readonly measure: CentralityMeasure;
  readonly nodes: number;
  readonly edges: number;
  /** From how many nodes the ways were counted, scaled up to all; null where from all. */
  readonly sampled: number | null;
  /** seq and score of the first, the highest score first, then by seq. */
  readonly ranking: readonly (readonly [seq: number, score: number])[];
}

export type GraphAnalysis = Communities | Centralities;
