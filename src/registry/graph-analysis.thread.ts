import { parentPort, workerData } from 'node:worker_threads';
import type { AnalysisGraph } from '../core/landscape/analysis-graph.js';
import { analyseGraph } from '../core/landscape/graph-analysis.js';
import type { GraphAnalysisRequest } from '../core/landscape/analysis-request.js';

/** What the thread is given when it starts. */
export interface AnalysisTask {
  readonly graph: AnalysisGraph;
  readonly request: GraphAnalysisRequest;
}

// Whoever starts this thread gives it an AnalysisTask.
const { graph, request } = workerData as AnalysisTask;
// Encoding takes as long as some of the methods: it is done here too.
parentPort?.postMessage(JSON.stringify(analyseGraph(graph, request)), []);
