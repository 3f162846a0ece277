import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const TOKEN = 'only-for-the-bench';
/** How long a process may take to say where it answers, milliseconds. */
const START_TIMEOUT = 300_000;
/** The kernel counts CPU time in hundredths of a second. */
const TICK_MILLISECONDS = 10;

/** The fields of a process behind its name; undefined where it has ended. */
function statOf(pid: number | string): readonly number[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program stands in brackets and may hold spaces.
    return text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
  } catch {
    return undefined;
  }
}

/** CPU time of a process since its start, with that of its children that have ended: milliseconds. */
function cpuOf(pid: number | string): number {
  const fields = statOf(pid) ?? [];
  return [11, 12, 13, 14].reduce((sum, at) => sum + (fields[at] ?? 0), 0) * TICK_MILLISECONDS;
}

/** A program that says on its output where it answers. */
export interface Server {
  readonly url: string;
  readonly pid: number;
  /** Milliseconds from its start until it said so. */
  readonly started: number;
  cpu(): number;
  /** Resident memory, mebibytes. */
  memory(): number;
  /** The most resident memory that it had so far, mebibytes. */
  peakMemory(): number;
  stop(): Promise<void>;
}

async function startServer(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<Server> {
  const begun = performance.now();
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await addressOf(child);
  const pid = child.pid ?? 0;
  return {
    url,
    pid,
    started: performance.now() - begun,
    cpu: () => cpuOf(pid),
    memory: () => memoryOf(pid, 'VmRSS'),
    peakMemory: () => memoryOf(pid, 'VmHWM'),
    stop: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

/** @param count - as the kernel names it: what is resident, or the most that was. */
function memoryOf(pid: number, count: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`${count}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
}

async function addressOf(child: ChildProcess): Promise<string> {
  let output = '';
  const deadline = Date.now() + START_TIMEOUT;
  child.stdout?.setEncoding('utf8').on('data', (part: string) => (output += part));
  for (;;) {
    const [, port] = /http:\/\/localhost:(\d+)/.exec(output) ?? [];
    if (port !== undefined) return `http://127.0.0.1:${port}`;
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`It did not start: ${output}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export function startService(databaseUrl: string, more: readonly string[] = []): Promise<Server> {
  return startServer([...more, 'dist/src/cli.js', 'serve'], {
    DATABASE_URL: databaseUrl,
    PORT: '0',
    HOST: '127.0.0.1',
    KHUNG_ADMIN_TOKEN: TOKEN,
    // The peer asks nobody who he is.
    KHUNG_FINDINGS_VISIBILITY: 'PUBLIC',
    KHUNG_REQUESTS_PER_MINUTE: '0',
  });
}

/** The service on the embedded database, in a folder of its own. */
export function startEmbedded(folder: string): Promise<Server> {
  const options = (process.env['KHUNG_BENCH_NODE'] ?? '').split(' ').filter((each) => each !== '');
  return startServer([...options, 'dist/src/cli.js', 'serve'], {
    DATABASE_URL: undefined,
    KHUNG_DATA: folder,
    PORT: '0',
    HOST: '127.0.0.1',
    KHUNG_ADMIN_TOKEN: TOKEN,
    KHUNG_REQUESTS_PER_MINUTE: '0',
  });
}

export function startPeer(databaseUrl: string): Promise<Server> {
  return startServer(['dist/test/bench/landscape/peer-server.js'], { DATABASE_URL: databaseUrl });
}

/** A PostgreSQL server of its own, in a folder that goes with it. */
export class PostgresServer {
  private constructor(
    private readonly folder: string,
    private readonly url: string,
  ) {}

  static start(): PostgresServer {
    const folder = mkdtempSync(join(tmpdir(), 'khung-bench-'));
    const url = execFileSync(process.execPath, ['.ci/postgres.mjs', 'start', folder], { encoding: 'utf8' }).trim();
    return new PostgresServer(folder, url);
  }

  urlOf(database: string): string {
    const url = new URL(this.url);
    url.pathname = `/${database}`;
    return url.href;
  }

  /** CPU time of all its processes: of the first, with what ended, and of those that live. */
  cpu(): number {
    const pid = Number(readFileSync(join(this.folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
    const children = readdirSync('/proc').filter((each) => /^\d+$/.test(each) && statOf(each)?.[1] === pid);
    return [String(pid), ...children].reduce((sum, each) => sum + cpuOf(each), 0);
  }

  stop(): void {
    execFileSync(process.execPath, ['.ci/postgres.mjs', 'stop', this.folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
