import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How long a start on a fresh folder may take on a loaded machine, milliseconds. */
const START_TIMEOUT = 60_000;

const living = new Set<ChildProcess>();

/** A test that fails must not leave a service behind, which would keep the whole run from ending. */
afterAll(() => {
  for (const child of living) child.kill('SIGKILL');
});

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

/** A data folder that nothing has used yet. */
export function freshFolder(): string {
  return mkdtempSync(join(tmpdir(), 'khung-process-'));
}

/**
 * A data folder whose database is migrated and holds nothing, not even the reference pack: copied, since to make one
 * anew takes longer than to start a service on it.
 */
export function migratedFolder(): string {
  const folder = freshFolder();
  cpSync(process.env['KHUNG_TEST_TEMPLATE_FOLDER'] ?? '', join(folder, 'database'), { recursive: true });
  return folder;
}

function start(folder: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): ChildProcess {
  // What runs by itself would write while a test compares what is stored.
  const environment = {
    ...process.env,
    KHUNG_SUPERVISION_SECONDS: '0',
    KHUNG_DATA: folder,
    PORT: '0',
    HOST: '127.0.0.1',
    NODE_OPTIONS: '',
  };
  // The embedded database is what is tested here, whatever server the rest of the suite runs on.
  const { DATABASE_URL: _server, KHUNG_ADMIN_TOKEN: _token, ...rest } = environment as NodeJS.ProcessEnv;
  const child = spawn(process.execPath, ['dist/src/cli.js', ...args], {
    env: { ...rest, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  living.add(child);
  child.once('exit', () => living.delete(child));
  return child;
}

function collect(child: ChildProcess): () => string {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (part: string) => (output += part));
  }
  return () => output;
}

async function ended(child: ChildProcess, output: () => string): Promise<Finished> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return { code: child.exitCode, signal: child.signalCode, output: output() };
}

/** Runs a command to its end. */
export async function run(folder: string, ...args: readonly string[]): Promise<Finished> {
  const child = start(folder, args);
  return ended(child, collect(child));
}

/** Runs a command whose output is read no further than its beginning. */
export async function runUnread(folder: string, ...args: readonly string[]): Promise<Finished> {
  const child = start(folder, args);
  child.stdout?.once('data', () => child.stdout?.destroy());
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (part: string) => (errors += part));
  return ended(child, () => errors);
}

/** Runs a command to its end, with variables of the environment of its own. */
export async function runWith(
  environment: NodeJS.ProcessEnv,
  folder: string,
  ...args: readonly string[]
): Promise<Finished> {
  const child = start(folder, args, environment);
  return ended(child, collect(child));
}

export interface Serving {
  readonly url: string;
  readonly token: string;
  readonly pid: number;
  end(signal: NodeJS.Signals): Promise<Finished>;
}

/**
 * Starts the service and waits until it says where it answers.
 * @param environment - more of it, for example the server that holds the data; then with a token of one's own.
 * @param options - of the command.
 */
export async function serve(
  folder: string,
  environment: NodeJS.ProcessEnv = {},
  options: readonly string[] = [],
): Promise<Serving> {
  const child = start(folder, ['serve', ...options], environment);
  const output = collect(child);
  const deadline = Date.now() + START_TIMEOUT;
  for (;;) {
    const [, port] = /http:\/\/localhost:(\d+)/.exec(output()) ?? [];
    if (port !== undefined) {
      return {
        url: `http://127.0.0.1:${port}`,
        token: environment['KHUNG_ADMIN_TOKEN'] ?? readFileSync(join(folder, 'admin-token'), 'utf8').trim(),
        pid: child.pid ?? 0,
        end: (signal) => {
          child.kill(signal);
          return ended(child, output);
        },
      };
    }
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`The service did not start: ${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Asks a running service; the answer has the shape that the query asks for. */
export async function ask<T>({ url, token }: Serving, query: string, variables: object = {}): Promise<T> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: T; errors?: unknown };
  if (data === undefined || data === null) throw new Error(JSON.stringify(errors));
  return data;
}

const COMMIT = `mutation ($input: CommitChangeSetInput!) {
  commitChangeSet(input: $input) { revision userErrors { message } }
}`;

/** Commits a new system, a new database and that the one needs the other; returns the revision acknowledged. */
export async function commitSystem(service: Serving, id: string): Promise<number> {
  const [source, target] = [`urn:khung:${id}`, `urn:khung:${id}.kho`];
  const operations = [
    { op: 'ADD', urn: source, value: { kind: 'SYSTEM', name: `Hệ thống ${id}` } },
    { op: 'ADD', urn: target, value: { kind: 'DATABASE', name: `Kho của ${id}` } },
    { op: 'ADD', urn: `${source}.can`, value: { kind: 'DEPENDS_ON', source, target } },
  ];
  const { commitChangeSet } = await ask<{ commitChangeSet: { revision: number | null; userErrors: unknown[] } }>(
    service,
    COMMIT,
    { input: { reason: 'Kiểm thử', operations } },
  );
  if (commitChangeSet.revision === null) throw new Error(JSON.stringify(commitChangeSet.userErrors));
  return commitChangeSet.revision;
}

/**
 * Commits one system after the other, three at a time, and kills the service amid them.
 * @param prefix - of the urns; another one in every call on one folder.
 * @param delay - milliseconds from the tenth acknowledged commit to the kill.
 * @returns the highest revision that the service acknowledged.
 */
export async function commitUntilKilled(service: Serving, prefix: string, delay: number): Promise<number> {
  const acknowledged: number[] = [];
  let killed: Promise<Finished> | undefined;
  const stream = async (name: string): Promise<void> => {
    for (let index = 0; ; index += 1) {
      try {
        acknowledged.push(await commitSystem(service, `${prefix}-${name}-${index}`));
      } catch (error) {
        if (killed === undefined) throw error;
        // The process is gone; this one was not acknowledged.
        return;
      }
      if (acknowledged.length === 10) {
        killed = new Promise((resolve) => setTimeout(resolve, delay)).then(() => service.end('SIGKILL'));
      }
    }
  };
  await Promise.all(['a', 'b', 'c'].map(stream));
  const end = await killed;
  if (end?.signal !== 'SIGKILL') throw new Error(`The service ended by itself: ${end?.output}`);
  return Math.max(...acknowledged);
}
