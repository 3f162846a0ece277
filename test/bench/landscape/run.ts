import { isDeepStrictEqual } from 'node:util';
import { seededRandom } from '../../support/seeded-random.js';
import { Asker } from './asker.js';
import type { Side } from './asker.js';
import { mixedLine } from './mixed-load.js';
import { openStage } from './stage.js';
import type { Stage } from './stage.js';
import type { Question, Workload } from './workload.js';
import { GRAPH_WORKLOADS } from './workloads-graph.js';
import { READ_WORKLOADS } from './workloads-read.js';
import { TEXT_WORKLOADS } from './workloads-text.js';

const SEED = 20261123;
const ROUNDS = 5;
const SIDES: readonly Side[] = ['peer', 'graphql', 'computed', 'kept'];
const WORKLOADS = [...READ_WORKLOADS, ...GRAPH_WORKLOADS, ...TEXT_WORKLOADS];

export interface BenchRequest {
  readonly systems: number;
  /** Ids of the workloads; empty = all. */
  readonly only: readonly string[];
}

/** Asks the service and the peer the same questions over HTTP in turn, and prints what each cost. */
export async function benchLandscape({ systems, only }: BenchRequest): Promise<void> {
  const stage = await openStage({ systems, seed: SEED });
  try {
    console.log(
      '\nCPU ms an operation (service and its database processes), median of the rounds; in brackets: times cheaper than the peer, then the goal.\n' +
        '/graphql and computed work out every answer; kept are trusted documents whose answer is in memory.\n\n' +
        '| | question | peer: SQL | /graphql | trusted, computed | trusted, kept | answers |\n|---|---|---:|---:|---:|---:|---|',
    );
    for (const workload of WORKLOADS) {
      if (only.length === 0 || only.includes(workload.id)) console.log(await lineOf(stage, workload));
    }
    if (only.length === 0 || only.includes('W11')) console.log(await mixedLine(stage, WORKLOADS));
    console.log(`\nService: ${stage.service.memory().toFixed(0)} MiB resident at the end.`);
  } finally {
    await stage.close();
  }
}

async function lineOf(stage: Stage, workload: Workload): Promise<string> {
  const { id, what } = workload;
  const questions = workload.questions(stage.oracle, seededRandom(SEED));
  const asker = await Asker.of(stage, workload);
  if (typeof asker === 'string') return `| ${id} | ${what} | | | | | can not be asked: ${asker} |`;
  const verdict = await judged(asker, workload, questions, stage);
  const figures = new Map<Side, number[]>(SIDES.map((side) => [side, []]));
  for (const side of SIDES) await asker.round(side, questions, 300);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const side of SIDES) figures.get(side)?.push(await asker.round(side, questions, 900));
  }
  const median = (side: Side): number =>
    (figures.get(side) ?? []).toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
  const peer = median('peer');
  const cell = (side: Side, goal: number | null): string => {
    const ratio = peer / median(side);
    const mark = goal === null ? '' : ` / ${goal}${ratio >= goal ? '' : ' missed'}`;
    return `${median(side).toFixed(3)} (${ratio.toFixed(1)}${mark})`;
  };
  const [graphql, trusted] = workload.goals;
  const cells = [cell('graphql', graphql), cell('computed', trusted), cell('kept', null)];
  return `| ${id} | ${what} | ${peer.toFixed(3)} | ${cells.join(' | ')} | ${verdict} |`;
}

/** Compares the answers of all sides with the oracle's, before anything is timed. */
async function judged(
  asker: Asker,
  workload: Workload,
  questions: readonly Question[],
  { oracle }: Stage,
): Promise<string> {
  const verdicts: string[] = [];
  for (const side of ['peer', 'graphql', 'computed'] as const) {
    const right: boolean[] = [];
    let quality = 0;
    for (const question of questions) {
      const said = await asker.ask(side, question);
      quality += workload.quality?.(said, question) ?? 0;
      const isRight = workload.isRight?.(said, question, oracle) ?? isDeepStrictEqual(said, question.expected);
      if (!isRight && workload.quality === undefined && right.every(Boolean)) {
        console.error(`${workload.id} ${side}`, JSON.stringify({ question, said }).slice(0, 600));
      }
      right.push(isRight);
    }
    const count = `${right.filter(Boolean).length}/${questions.length} right`;
    verdicts.push(`${side} ${workload.quality === undefined ? count : (quality / questions.length).toFixed(3)}`);
  }
  return verdicts.join(', ');
}
