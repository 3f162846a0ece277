import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** One line of the table. */
export interface Figure {
  readonly what: string;
  /** CPU time of one call in milliseconds, all threads of the process: median of the rounds. */
  readonly milliseconds: number;
  /** Calls per round. */
  readonly calls: number;
  readonly note: string;
}

const ROUNDS = 7;
/** A round lasts at least this long, so that the clock's own grain does not show. */
const ROUND_MILLISECONDS = 40;

function cpuMilliseconds(since?: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

/** Calls `work` until a round is long enough, round after round. The number it is given counts its calls from 0. */
export async function measure(
  what: string,
  work: (call: number) => unknown,
  note: () => string = () => '',
): Promise<Figure> {
  let call = 0;
  const timed = async (calls: number): Promise<number> => {
    const start = process.cpuUsage();
    for (let index = 0; index < calls; index++) await work(call++);
    return cpuMilliseconds(start);
  };
  let calls = 1;
  for (let spent = await timed(1); spent < ROUND_MILLISECONDS && calls < 100_000; spent = await timed(calls))
    calls *= 2;
  const rounds: number[] = [];
  while (rounds.length < ROUNDS) rounds.push((await timed(calls)) / calls);
  const median = rounds.toSorted((one, other) => one - other)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
  return { what, milliseconds: median, calls, note: note() };
}

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

/** Heap that is really in use, in mebibytes. */
export function heapInUse(): number {
  if (typeof collectGarbage === 'function') collectGarbage();
  return process.memoryUsage().heapUsed / 1024 ** 2;
}

/** Prints the figures of one size as a table of Markdown. */
export function printFigures(title: string, figures: readonly Figure[]): void {
  console.log(`\n### ${title}\n\n| what | CPU ms per call | calls per round | |\n|---|---:|---:|---|`);
  for (const { what, milliseconds, calls, note } of figures) {
    const digits = milliseconds >= 10 ? 1 : milliseconds >= 0.1 ? 3 : 5;
    console.log(`| ${what} | ${milliseconds.toFixed(digits)} | ${calls} | ${note} |`);
  }
}
