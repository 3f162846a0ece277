import { setTimeout } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { NumberedFailure } from '../src/runtime/log.js';
import { ADMINISTRATOR, PUBLIC } from '../src/core/access/actor.js';
import { RegistryError } from '../src/core/errors.js';
import { databaseHash } from '../src/runtime/backup.js';
import { schemaDrift } from '../src/runtime/database.js';
import type { Database } from '../src/runtime/database.js';
import { JobQueue } from '../src/runtime/job-queue.js';
import { Jobs } from '../src/runtime/jobs.js';
import type { Job, JobHandler, JobRun } from '../src/runtime/jobs.js';
import { freshDatabase } from './support/database.js';
import { ask, commitSystem, migratedFolder, serve } from './support/process.js';
import type { Serving } from './support/process.js';
import { startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

/** Services that share the database; each is stopped at the end of its test. */
const open: Jobs[] = [];
afterEach(async () => {
  for (const jobs of open.splice(0)) await jobs.beforeApplicationShutdown();
});

async function startJobs(handlers: Readonly<Record<string, JobHandler>>): Promise<Jobs> {
  const jobs = new Jobs(database);
  for (const [kind, handler] of Object.entries(handlers)) jobs.handle(kind, handler);
  await jobs.goOn();
  open.push(jobs);
  return jobs;
}

async function stop(jobs: Jobs): Promise<void> {
  open.splice(open.indexOf(jobs), 1);
  await jobs.beforeApplicationShutdown();
}

/** Waits until a job is as it should be; all it was seen as on the way. */
async function until(jobs: Jobs, id: string, wanted: (job: Job) => boolean): Promise<Job[]> {
  const seen: Job[] = [];
  for (const deadline = Date.now() + 40_000; ; await setTimeout(20)) {
    const job = await jobs.find(id, ADMINISTRATOR);
    if (job === null) throw new Error(`The job ${id} is gone.`);
    seen.push(job);
    if (wanted(job)) return seen;
    if (Date.now() > deadline) throw new Error(`Still ${job.state}.`);
  }
}

async function end(jobs: Jobs, id: string): Promise<Job> {
  const seen = await until(jobs, id, ({ finishedAt }) => finishedAt !== null);
  return seen.at(-1) ?? never();
}

function never(): never {
  throw new Error('This can not be.');
}

/** Ends when it is told to, or when it is no longer wanted. */
function patient(): { handler: JobHandler; runs: JobRun[] } {
  const runs: JobRun[] = [];
  const handler: JobHandler = (_input, run) => {
    runs.push(run);
    return new Promise((_resolve, reject) => {
      run.signal.addEventListener('abort', () => reject(run.signal.reason));
    });
  };
  return { handler, runs };
}

describe('a job', () => {
  it('is done, and tells its result to whoever asked and to the administrator', async () => {
    const jobs = await startJobs({ DOUBLE: async (input) => JSON.stringify({ twice: Number(input) * 2 }) });
    const { id, state, progress } = await jobs.add('DOUBLE', 21, PUBLIC);
    expect([progress, ['QUEUED', 'RUNNING', 'SUCCEEDED'].includes(state)]).toEqual([
      state === 'SUCCEEDED' ? 1 : 0,
      true,
    ]);
    expect(await end(jobs, id)).toMatchObject({
      kind: 'DOUBLE',
      state: 'SUCCEEDED',
      progress: 1,
      failure: null,
      result: '{"twice":42}',
      actor: PUBLIC,
    });
    expect(await jobs.find(id, PUBLIC)).toMatchObject({ id });
    const secret = await jobs.add('DOUBLE', 1, ADMINISTRATOR);
    expect(await jobs.find(secret.id, PUBLIC)).toBeNull();
    await end(jobs, secret.id);
  });

  it('that nobody ever asked for is not there, whatever its name', async () => {
    const jobs = await startJobs({});
    expect(await jobs.find('11111111-2222-4333-8444-555555555555', ADMINISTRATOR)).toBeNull();
    expect(await jobs.find('drop table element', ADMINISTRATOR)).toBeNull();
    await expect(jobs.cancel('drop table element', ADMINISTRATOR)).rejects.toMatchObject({
      issues: [{ reason: 'JOB_UNKNOWN' }],
    });
    await expect(jobs.add('UNHEARD_OF', null, PUBLIC)).rejects.toThrow('Nobody does');
  });

  it('that fails for a reason its owner can mend says so', async () => {
    const jobs = await startJobs({
      REFUSE: () => Promise.reject(RegistryError.of('URN_UNKNOWN', ['from'], { urn: 'urn:khung:x' })),
    });
    const { id } = await jobs.add('REFUSE', null, PUBLIC);
    expect(await end(jobs, id)).toMatchObject({
      state: 'FAILED',
      result: null,
      failure: { issues: [{ reason: 'URN_UNKNOWN', params: { urn: 'urn:khung:x' } }] },
    });
  });

  it('that fails by a fault of ours says a number, under which the cause stands in the log', async () => {
    const logged: string[] = [];
    const note = (message: unknown): number => {
      return logged.push(
        message instanceof NumberedFailure ? `${message.id} ${String(message.thrown)}` : String(message),
      );
    };
    Logger.overrideLogger({ error: note, warn: note, log: note });
    try {
      const jobs = await startJobs({ BREAK: () => Promise.reject(new Error('secret cause')) });
      const { id } = await jobs.add('BREAK', null, PUBLIC);
      const { failure, state } = await end(jobs, id);
      if (failure === null || !('bug' in failure)) throw new Error(JSON.stringify(failure));
      expect(state).toBe('FAILED');
      expect(JSON.stringify(failure)).not.toContain('secret');
      expect(logged.filter((line) => line.includes(failure.bug) && line.includes('secret cause'))).toHaveLength(1);
    } finally {
      Logger.overrideLogger(['error', 'warn']);
    }
  });

  it('whose result is too long fails and says how long it may be', async () => {
    const jobs = await startJobs({ LONG: async () => `"${'x'.repeat(4_000_000)}"` });
    const { id } = await jobs.add('LONG', null, PUBLIC);
    expect(await end(jobs, id)).toMatchObject({
      state: 'FAILED',
      failure: { issues: [{ reason: 'LIMIT_EXCEEDED', params: { field: 'result', limit: 4_000_000 } }] },
    });
  });

  it('only ever gets on', async () => {
    const steps: JobHandler = async (_input, { progress }) => {
      for (const share of [0.3, 0.1, 0.6, 2, 0.9]) {
        progress(share);
        await setTimeout(1_100);
      }
      return 'null';
    };
    const jobs = await startJobs({ STEPS: steps });
    const { id } = await jobs.add('STEPS', null, PUBLIC);
    const seen = await until(jobs, id, ({ finishedAt }) => finishedAt !== null);
    const shares = seen.map(({ progress }) => progress);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(new Set(shares)).toEqual(new Set([0, 0.3, 0.6, 1]));
  });
});

describe('a job that nobody wants any more', () => {
  it('is stopped while it runs', async () => {
    const { handler, runs } = patient();
    const jobs = await startJobs({ WAIT: handler });
    const { id } = await jobs.add('WAIT', null, PUBLIC);
    await until(jobs, id, ({ state }) => state === 'RUNNING');
    expect(await jobs.cancel(id, PUBLIC)).toMatchObject({ state: 'CANCELLED', failure: null, result: null });
    expect(runs.map(({ signal }) => signal.aborted)).toEqual([true]);
    await expect(jobs.cancel(id, PUBLIC)).rejects.toMatchObject({
      issues: [{ reason: 'JOB_OVER', params: { state: 'CANCELLED' } }],
    });
  });

  it('is never begun while it waits', async () => {
    const { handler, runs } = patient();
    const jobs = await startJobs({ WAIT: handler });
    const first = await jobs.add('WAIT', 1, PUBLIC);
    const second = await jobs.add('WAIT', 2, PUBLIC);
    expect(await jobs.cancel(second.id, PUBLIC)).toMatchObject({ state: 'CANCELLED', startedAt: null });
    await until(jobs, first.id, ({ state }) => state === 'RUNNING');
    await jobs.cancel(first.id, PUBLIC);
    expect(runs).toHaveLength(1);
  });

  it('is stopped by another service that shares the queue', async () => {
    const { handler, runs } = patient();
    const jobs = await startJobs({ WAIT: handler });
    const { id } = await jobs.add('WAIT', null, PUBLIC);
    await until(jobs, id, ({ state }) => state === 'RUNNING');
    const other = new JobQueue(database.source);
    await other.cancel(id);
    while (runs[0]?.signal.aborted === false) await setTimeout(20);
    expect((await end(jobs, id)).state).toBe('CANCELLED');
    await other.stop();
  });
});

describe('a restart', () => {
  it('goes on with what was running, and with what waited', async () => {
    const before = await startJobs({ WAIT: patient().handler });
    const [one, two] = [await before.add('WAIT', 1, PUBLIC), await before.add('WAIT', 2, PUBLIC)];
    await until(before, one.id, ({ state }) => state === 'RUNNING');
    await stop(before);
    const after = await startJobs({ WAIT: async (input) => JSON.stringify(input) });
    expect(await end(after, one.id)).toMatchObject({ state: 'SUCCEEDED', result: '1' });
    expect(await end(after, two.id)).toMatchObject({ state: 'SUCCEEDED', result: '2' });
  });

  /** A job as a service leaves it that was killed while it worked on it. */
  async function abandonedJob(queue: JobQueue): Promise<string> {
    const id = await queue.add({ kind: 'WAIT', input: 7, actor: PUBLIC });
    expect((await queue.take())?.id).toBe(id);
    await grownSilent(id);
    return id;
  }

  async function grownSilent(id: string): Promise<void> {
    await database.source.query(`update pgboss.job set started_on = now() - interval '1 minute' where id = $1`, [id]);
  }

  it('after a kill begins anew what was running', async () => {
    const killed = new JobQueue(database.source);
    const id = await abandonedJob(killed);
    const jobs = await startJobs({ WAIT: async (input) => JSON.stringify(input) });
    expect(await end(jobs, id)).toMatchObject({ state: 'SUCCEEDED', result: '7' });
    await killed.stop();
  });

  it('after kills again and again tells the job as failed', async () => {
    const killed = new JobQueue(database.source);
    const id = await abandonedJob(killed);
    for (let kill = 0; kill < 2; kill += 1) {
      await killed.putBack(id);
      await killed.take();
      await grownSilent(id);
    }
    const jobs = await startJobs({ WAIT: async () => 'null' });
    expect(await end(jobs, id)).toMatchObject({ state: 'FAILED', failure: { issues: [{ reason: 'JOB_ABANDONED' }] } });
    await killed.stop();
  });
});

describe('the queue', () => {
  it('holds thirty jobs and does them one after the other, in the order in which they came', async () => {
    const order: unknown[] = [];
    let atOnce = 0;
    const jobs = await startJobs({
      COUNT: async (input) => {
        atOnce += 1;
        await setTimeout(2);
        order.push([input, atOnce]);
        atOnce -= 1;
        return 'null';
      },
    });
    const numbers = Array.from({ length: 30 }, (_, number) => number);
    const ids: string[] = [];
    for (const number of numbers) ids.push((await jobs.add('COUNT', number, PUBLIC)).id);
    for (const id of ids) expect((await end(jobs, id)).state).toBe('SUCCEEDED');
    expect(order).toEqual(numbers.map((number) => [number, 1]));
  });

  it('takes no more than it can hold', async () => {
    const jobs = await startJobs({ WAIT: patient().handler });
    const ids: string[] = [];
    const fill = async (): Promise<void> => {
      for (let number = 0; number < 101; number += 1) ids.push((await jobs.add('WAIT', number, PUBLIC)).id);
    };
    await expect(fill()).rejects.toMatchObject({ issues: [{ reason: 'LIMIT_EXCEEDED', params: { limit: 100 } }] });
    expect(ids).toHaveLength(100);
    for (const id of ids.toReversed()) await jobs.cancel(id, PUBLIC);
  });

  it('is no part of the tables that are checked and backed up', async () => {
    const hash = await databaseHash(database.source);
    const jobs = await startJobs({ NOTHING: async () => 'null' });
    await end(jobs, (await jobs.add('NOTHING', null, PUBLIC)).id);
    expect(await schemaDrift(database.source)).toEqual([]);
    expect(await databaseHash(database.source)).toBe(hash);
  });

  it('leaves no connection inside a transaction when its statements fail', async () => {
    const jobs = await startJobs({ NOTHING: async () => 'null' });
    await end(jobs, (await jobs.add('NOTHING', 1, PUBLIC)).id);
    await database.source.query('alter table pgboss.version rename to version_hidden');
    const misled = new JobQueue(database.source);
    try {
      // It takes its schema for missing, and breaks off amid the transaction that would make it.
      expect(await misled.unfinished()).toBe(0);
    } finally {
      await database.source.query('alter table pgboss.version_hidden rename to version');
      await misled.stop();
    }
    expect(await database.source.query('select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe('an analysis of the graph', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService();
  });
  afterAll(() => service.close());

  interface Started {
    readonly startGraphAnalysis: {
      readonly job: { readonly id: string } | null;
      readonly userErrors: readonly { readonly reason: string; readonly message: string }[];
    };
  }
  const START = `mutation ($input: StartGraphAnalysisInput!) {
    startGraphAnalysis(input: $input) { job { id } userErrors { reason message } }
  }`;
  interface Told {
    readonly job: {
      readonly state: string;
      readonly failure: { readonly message: string } | null;
      readonly graphAnalysis: Record<string, unknown> | null;
    } | null;
  }
  const TELL = `query ($id: ID!) { job(id: $id) {
    state progress failure { message lookUpId userErrors { reason } }
    graphAnalysis {
      kind measure revision nodes edges modularity sampled
      communities(first: 2) { totalCount nodes { number size members(first: 500) { totalCount nodes { urn } } } }
      ranking(first: 3) { totalCount nodes { rank score element { urn } } }
    }
  } }`;

  async function resultOf(input: object): Promise<Record<string, unknown>> {
    const { data } = await service.ask<Started>(START, { variables: { input }, asAdministrator: true });
    const id = data?.startGraphAnalysis.job?.id;
    if (id === undefined) throw new Error(JSON.stringify(data));
    for (;;) {
      const told = await service.ask<Told>(TELL, { variables: { id }, asAdministrator: true });
      const job = told.data?.job ?? null;
      if (job === null || job.failure !== null) throw new Error(JSON.stringify(told));
      if (job.graphAnalysis !== null) return job.graphAnalysis;
      await setTimeout(50);
    }
  }

  it('finds communities that hold all that runs, the same each time', async () => {
    const found = await resultOf({ kind: 'COMMUNITIES' });
    expect(found).toMatchObject({ kind: 'COMMUNITIES', measure: null, sampled: null, revision: 1 });
    expect(found['modularity']).toBeGreaterThan(0);
    const { nodes } = found['communities'] as {
      nodes: { size: number; members: { totalCount: number; nodes: unknown[] } }[];
    };
    expect(nodes.map(({ members }) => members.totalCount)).toEqual(nodes.map(({ size }) => size));
    expect(nodes[0]?.size).toBeGreaterThan(nodes[1]?.size ?? 0);
    expect(await resultOf({ kind: 'COMMUNITIES' })).toEqual(found);
  });

  it('ranks what is most in the middle', async () => {
    const found = await resultOf({ kind: 'CENTRALITY', measure: 'DEGREE', limit: 5 });
    expect(found).toMatchObject({
      kind: 'CENTRALITY',
      measure: 'DEGREE',
      modularity: null,
      communities: { totalCount: 0 },
      ranking: {
        totalCount: 5,
        nodes: [{ rank: 1, element: { urn: expect.stringContaining('urn:khung:') } }, { rank: 2 }, { rank: 3 }],
      },
    });
  });

  it('is for those who may read findings', async () => {
    const refused = await service.ask<Started>(START, { variables: { input: { kind: 'COMMUNITIES' } } });
    expect(refused.data?.startGraphAnalysis).toMatchObject({ job: null, userErrors: [{ reason: 'NOT_PERMITTED' }] });
  });

  it('can be checked without being started, and refuses what makes no sense', async () => {
    const dry = await service.ask<Started>(START, {
      variables: { input: { kind: 'COMMUNITIES', dryRun: true } },
      asAdministrator: true,
    });
    expect(dry.data?.startGraphAnalysis).toEqual({ job: null, userErrors: [] });
    const wrong = await service.ask<Started>(START, {
      variables: { input: { kind: 'CENTRALITY', limit: 1_000_000 } },
      asAdministrator: true,
    });
    expect(wrong.data?.startGraphAnalysis.userErrors).toMatchObject([{ reason: 'VALUE_OUT_OF_BOUNDS' }]);
    const unknown = await service.ask<Started>(START, {
      variables: { input: { kind: 'COMMUNITIES', asOf: { revision: 999 } } },
      asAdministrator: true,
    });
    expect(unknown.data?.startGraphAnalysis).toMatchObject({ job: null, userErrors: [{ reason: 'REVISION_UNKNOWN' }] });
  });

  it('that is asked for under a wrong number is not there, and can not be cancelled', async () => {
    const none = await service.ask<Told>(TELL, { variables: { id: 'x' } });
    expect(none.data).toEqual({ job: null });
    const refused = await service.ask<{ cancelJob: unknown }>(
      `mutation { cancelJob(input: { id: "x" }) { job { id } userErrors { reason message } } }`,
      { language: 'en' },
    );
    expect(refused.data?.cancelJob).toEqual({
      job: null,
      userErrors: [{ reason: 'JOB_UNKNOWN', message: 'There is no job x.' }],
    });
  });
});

describe('a service that is killed amid thirty jobs', () => {
  it('has done all of them after its restart, of the revision that was asked for', async () => {
    const folder = migratedFolder();
    const first = await serve(folder);
    const start = async (service: Serving, seed: number): Promise<string> => {
      const { startGraphAnalysis } = await ask<{ startGraphAnalysis: { job: { id: string } } }>(
        service,
        `mutation ($seed: Int!) { startGraphAnalysis(input: { kind: COMMUNITIES, seed: $seed }) { job { id } } }`,
        { seed },
      );
      return startGraphAnalysis.job.id;
    };
    const ids: string[] = [];
    for (let seed = 0; seed < 30; seed += 1) ids.push(await start(first, seed));
    await commitSystem(first, 'sau-khi-hoi');
    await first.end('SIGKILL');
    const second = await serve(folder);
    const QUERY = `query ($id: ID!) { job(id: $id) { state graphAnalysis { revision } } }`;
    for (const id of ids) {
      for (;;) {
        const { job } = await ask<{ job: { state: string; graphAnalysis: { revision: number } | null } }>(
          second,
          QUERY,
          { id },
        );
        if (job.state !== 'QUEUED' && job.state !== 'RUNNING') {
          expect(job).toEqual({ state: 'SUCCEEDED', graphAnalysis: { revision: 1 } });
          break;
        }
        await setTimeout(100);
      }
    }
    expect((await second.end('SIGTERM')).code).toBe(0);
  }, 300_000);
});
