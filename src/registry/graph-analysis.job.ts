import { Worker } from 'node:worker_threads';
import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { Actor } from '../core/access/actor.js';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import { ANALYSIS_NODES_MAXIMUM, analysisGraph } from '../core/landscape/analysis-graph.js';
import type { AnalysisGraph } from '../core/landscape/analysis-graph.js';
import type { GraphAnalysis, GraphAnalysisRequest } from '../core/landscape/analysis-request.js';
import type { Json } from '../core/landscape/model.js';
import type { NeedKind } from '../core/landscape/need-kinds.js';
import { isRunning } from '../core/landscape/needs.js';
import { Jobs } from '../runtime/jobs.js';
import type { Job, JobRun } from '../runtime/jobs.js';
import type { RequestContext } from '../runtime/request-context.js';
import { inSlices } from '../runtime/slices.js';
import type { AnalysisTask } from './graph-analysis.thread.js';
import type { AsOfInput } from './landscape-args.types.js';
import { LandscapeReader } from './landscape.reader.js';

export const GRAPH_ANALYSIS = 'GRAPH_ANALYSIS';

/**
 * The thread's program, as it was built. Tests run the sources through a compiler of their own, of which a thread knows
 * nothing: they start what was built too.
 */
const PROGRAM = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/src/registry/graph-analysis.thread.js' : './graph-analysis.thread.js',
  import.meta.url,
);
/** Memory of the thread, MiB: the largest landscape that is analysed takes a tenth of it. */
const THREAD_MEMORY = 1024;
/** Share of the work that is done when the graph is made. */
const GRAPH_MADE = 0.2;

/** What is to be analysed, and of which landscape. */
export interface GraphAnalysisInput {
  readonly request: GraphAnalysisRequest;
  readonly relationKinds: readonly NeedKind[] | null;
  /** Pins the revision: the landscape may have moved on when the job's turn comes. */
  readonly revision: number;
  readonly validOn: string | null;
}

/** Communities and centralities of a landscape in an actor's view, worked out in a thread. */
@Injectable()
export class GraphAnalysisJob implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly landscapes: LandscapeReader,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(GRAPH_ANALYSIS, (input, run) => this.run(inputOf(input), run));
  }

  /** @throws RegistryError LIMIT_EXCEEDED where the landscape is too large, or too many jobs wait. */
  start(landscape: LandscapeView, input: GraphAnalysisInput, actor: Actor): Promise<Job> {
    refuseTooLarge(landscape);
    return this.jobs.add(GRAPH_ANALYSIS, JSON.parse(JSON.stringify(input)) as Json, actor);
  }

  /** Whether an analysis could be started; there is no job of it. @throws RegistryError as `start`. */
  check(landscape: LandscapeView): null {
    refuseTooLarge(landscape);
    return null;
  }

  /** The landscape that a job was asked of, as the actor sees it. */
  landscapeOf({ input }: Job, context: RequestContext): Promise<LandscapeView> {
    return this.landscapes.forRequest(context, { asOf: asOfOf(inputOf(input)) });
  }

  private async run(input: GraphAnalysisInput, { signal, actor, progress }: JobRun): Promise<string> {
    const landscape = await this.landscapes.forRequest({ actor, language: 'VI' }, { asOf: asOfOf(input) });
    refuseTooLarge(landscape);
    const graph = await inSlices(analysisGraph(landscape, input.relationKinds ?? undefined), signal);
    progress(GRAPH_MADE);
    return inThread({ graph, request: input.request }, signal);
  }
}

/** The result of a job of this kind; null where it has none, or is of another kind. */
export function analysisOf({ kind, result }: Job): GraphAnalysis | null {
  // What a job of this kind leaves is written by its thread alone.
  return kind === GRAPH_ANALYSIS && result !== null ? (JSON.parse(result) as GraphAnalysis) : null;
}

/** What a job of this kind was asked. */
export function inputOf(input: Json): GraphAnalysisInput {
  // It was put in by `start`.
  return input as unknown as GraphAnalysisInput;
}

function asOfOf({ revision, validOn }: GraphAnalysisInput): AsOfInput {
  return { revision, validOn };
}

function refuseTooLarge(landscape: LandscapeView): void {
  let nodes = 0;
  for (const element of landscape.elements()) if (isRunning(landscape, element)) nodes += 1;
  if (nodes <= ANALYSIS_NODES_MAXIMUM) return;
  const params = { field: 'elements', limit: ANALYSIS_NODES_MAXIMUM, actual: nodes };
  throw RegistryError.of('LIMIT_EXCEEDED', [], params);
}

/** Starts the thread, and ends it when the signal is aborted: a method of a library can not be asked to stop. */
async function inThread(task: AnalysisTask, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  const thread = new Worker(PROGRAM, {
    workerData: task,
    transferList: buffersOf(task.graph),
    resourceLimits: { maxOldGenerationSizeMb: THREAD_MEMORY },
  });
  return new Promise<string>((resolve, reject) => {
    const stop = (): void => {
      // Aborted: whoever aborted it knows why, and no longer waits for the thread's own end.
      void thread.terminate().then(() => reject(signal.reason));
    };
    signal.addEventListener('abort', stop, { once: true });
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', () => {
      signal.removeEventListener('abort', stop);
      reject(new Error('The thread ended without a result.'));
    });
  });
}

function buffersOf({ seqs, starts, targets }: AnalysisGraph): ArrayBuffer[] {
  return [seqs, starts, targets].flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []));
}
