import { Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { readingKey } from '../core/access/actor.js';
import type { Actor } from '../core/access/actor.js';
import { may, notPermitted } from '../core/access/decide.js';
import { RegistryError } from '../core/errors.js';
import type { Issue } from '../core/errors.js';
import type { Json } from '../core/landscape/model.js';
import type { Database } from './database.js';
import { isDatabaseDown, unavailableIfDown } from './database-errors.js';
import { JobQueue } from './job-queue.js';
import type { QueuedJob } from './job-queue.js';
import { expectedError, maskBug } from './registry-error.filter.js';

export const JOB_STATES = ['QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** Why a job failed: what its owner can mend, or the number under which a bug stands in the log. */
export type JobFailure = { readonly issues: readonly Issue[] } | { readonly bug: string };

/** What somebody asked to be done when there is time for it. */
export interface Job {
  readonly id: string;
  readonly kind: string;
  readonly state: JobState;
  /** From 0 to 1; never less than it was, unless a restart began the job anew. */
  readonly progress: number;
  readonly input: Json;
  /** Who asked: the result is of what he may see, and whoever may read the same may see the result. */
  readonly actor: Actor;
  readonly queuedAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly failure: JobFailure | null;
  /** JSON; null before it succeeded. */
  readonly result: string | null;
}

/** What a job may ask of whoever runs it. */
export interface JobRun {
  /** Aborted when the job is cancelled, or the service stops. */
  readonly signal: AbortSignal;
  readonly actor: Actor;
  /** Says how far the job is, from 0 to 1. */
  progress(share: number): void;
}

/**
 * Does a job. It holds no transaction, works in slices or in a thread, and ends soon after its signal is aborted.
 * @returns the result as JSON text: encoding is work, and is left to the thread that has the result.
 */
export type JobHandler = (input: Json, run: JobRun) => Promise<string>;

/** Jobs that may wait or run at once. */
const WAITING_MAXIMUM = 100;
/** Longest result, characters. */
const RESULT_MAXIMUM = 4_000_000;
/** How often a job may be begun before it is told as failed: a job that takes the service down must not do so for ever. */
const ATTEMPTS_MAXIMUM = 3;
/** How often a running job says that it is alive and how far it is, and looks whether it was cancelled: milliseconds. */
const BEAT = 1_000;
/** How often a service looks for what another one left behind or put in: milliseconds. */
const LOOK = 5_000;

interface Running {
  readonly id: string;
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

/** What lies in the queue for a job. */
interface Envelope {
  readonly kind: string;
  readonly input: Json;
  readonly actor: Actor;
}

/** How many jobs there are, by how far they are. */
export interface JobCounts {
  readonly waiting: number;
  readonly active: number;
}

/**
 * Work that takes longer than a request: put into a queue in the database, done one after the other in this process.
 * A restart puts back what was running. On a server several services share the queue.
 */
export class Jobs implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Jobs');
  private readonly handlers = new Map<string, JobHandler>();
  private readonly queue: JobQueue;
  private readonly isAlone: boolean;
  private running: Running | undefined;
  private working: Promise<void> | undefined;
  private isWanted = false;
  private isStopping = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(database: Pick<Database, 'source' | 'kind'>) {
    this.queue = new JobQueue(database.source);
    this.isAlone = database.kind === 'EMBEDDED';
  }

  /** Says who does the jobs of a kind; each kind once, before the service answers. */
  handle(kind: string, handler: JobHandler): void {
    if (this.handlers.has(kind)) throw new Error(`Two do the jobs of the kind ${kind}.`);
    this.handlers.set(kind, handler);
  }

  /** Goes on with what the last service left behind. It does not wait for that: a service is not kept from its start. */
  async goOn(): Promise<void> {
    if (await this.queue.isUnfinished()) this.wake();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.timer);
    this.running?.abort.abort(new Stopped());
    await this.working;
    await this.queue.stop();
  }

  counts(): Promise<JobCounts> {
    return this.queue.counts();
  }

  /** @throws RegistryError LIMIT_EXCEEDED where too many wait already, NOT_PERMITTED where he may look alone. */
  async add(kind: string, input: Json, actor: Actor): Promise<Job> {
    if (!this.handlers.has(kind)) throw new Error(`Nobody does jobs of the kind ${kind}.`);
    if (!may(actor, 'job.use', { sight: readingKey(actor) })) throw notPermitted(kind);
    const waiting = await unavailableIfDown(this.queue.unfinished());
    if (waiting >= WAITING_MAXIMUM) {
      throw RegistryError.of('LIMIT_EXCEEDED', [], { field: 'jobs', limit: WAITING_MAXIMUM, actual: waiting + 1 });
    }
    const envelope: Envelope = { kind, input, actor };
    const id = await unavailableIfDown(this.queue.add(envelope));
    this.wake();
    const job = await this.find(id, actor);
    if (job === null) throw new Error(`The job ${id} is gone as soon as it was put in.`);
    return job;
  }

  /** A job of whoever may read the same as the actor, and for the administrator any; null where there is none. */
  async find(id: string, actor: Actor): Promise<Job | null> {
    if (!UUID.test(id)) return null;
    const found = await unavailableIfDown(this.queue.find(id));
    const job = found === null ? null : jobOf(found);
    if (job === null) return null;
    return may(actor, 'job.use', { sight: readingKey(job.actor) }) ? job : null;
  }

  /** @throws RegistryError JOB_UNKNOWN, or JOB_OVER where there is nothing left to cancel. */
  async cancel(id: string, actor: Actor): Promise<Job> {
    const job = await this.find(id, actor);
    if (job === null) throw RegistryError.of('JOB_UNKNOWN', ['id'], { id });
    if (job.state !== 'QUEUED' && job.state !== 'RUNNING') {
      throw RegistryError.of('JOB_OVER', ['id'], { id, state: job.state });
    }
    await unavailableIfDown(this.queue.cancel(id));
    if (this.running?.id === id) {
      this.running.abort.abort(new Cancelled());
      await this.running.done;
    }
    return (await this.find(id, actor)) ?? job;
  }

  /** Works until nothing waits; whoever calls while it does makes it look once more. */
  private wake(): void {
    this.isWanted = true;
    if (this.isStopping) return;
    this.timer ??= setInterval(() => this.wake(), LOOK).unref();
    this.working ??= this.workOff().finally(() => {
      this.working = undefined;
      // Whoever called when the last look was over already is heard now.
      if (this.isWanted) this.wake();
    });
  }

  private async workOff(): Promise<void> {
    try {
      while (this.isWanted && !this.isStopping) {
        this.isWanted = false;
        await this.reclaim();
        for (let job = await this.queue.take(); job !== undefined; job = await this.next()) await this.run(job);
      }
    } catch (error) {
      // The timer comes back; a database that is away is told where somebody asks for something.
      if (!isDatabaseDown(error)) this.logger.error(error instanceof Error ? error.stack : String(error));
    }
  }

  private async next(): Promise<QueuedJob | undefined> {
    return this.isStopping ? undefined : this.queue.take();
  }

  /** Puts back what was begun and left, or tells it as failed where that has happened too often. */
  private async reclaim(): Promise<void> {
    const mine = this.running === undefined ? [] : [this.running.id];
    for (const { id, attempts } of await this.queue.abandoned(mine, this.isAlone)) {
      if (attempts + 1 < ATTEMPTS_MAXIMUM) await this.queue.putBack(id);
      else await this.queue.fail(id, failureOf(RegistryError.of('JOB_ABANDONED')));
    }
  }

  private run(queued: QueuedJob): Promise<void> {
    const abort = new AbortController();
    const done = this.runTo(queued, abort);
    this.running = { id: queued.id, abort, done };
    return done.finally(() => (this.running = undefined));
  }

  private async runTo(queued: QueuedJob, abort: AbortController): Promise<void> {
    const { id } = queued;
    const { kind, input, actor } = envelopeOf(queued);
    const { signal } = abort;
    let share = 0;
    const beat = setInterval(() => {
      this.queue.note(id, share).then(
        (isWanted) => {
          if (!isWanted) abort.abort(new Cancelled());
        },
        (error: unknown) => this.logger.warn(`The job ${id} can not say that it is alive: ${String(error)}`),
      );
    }, BEAT);
    const progress = (next: number): void => {
      share = Math.min(1, Math.max(share, next));
    };
    try {
      const handler = this.handlers.get(kind);
      if (handler === undefined) throw new Error(`Nobody does jobs of the kind ${kind}.`);
      const result = await handler(input, { signal, actor, progress });
      signal.throwIfAborted();
      if (result.length > RESULT_MAXIMUM) {
        const params = { field: 'result', limit: RESULT_MAXIMUM, actual: result.length };
        throw RegistryError.of('LIMIT_EXCEEDED', [], params);
      }
      await this.queue.complete(id, { result });
    } catch (error) {
      await this.leave(id, signal.aborted ? signal.reason : error, share);
    } finally {
      clearInterval(beat);
    }
  }

  /** What becomes of a job that came to no result. */
  private async leave(id: string, reason: unknown, progress: number): Promise<void> {
    if (reason instanceof Cancelled) return;
    if (reason instanceof Stopped) return this.queue.putBack(id);
    const failure = failureOf(expectedError(reason) ?? { bug: maskBug(reason, 'EN', this.logger).id });
    return this.queue.fail(id, { ...failure, progress });
  }
}

/** The service stops, and the job is to be gone on with by the next one. */
class Stopped extends Error {}
/** Nobody wants the job any more. */
class Cancelled extends Error {}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const STATES: Readonly<Record<QueuedJob['state'], JobState>> = {
  created: 'QUEUED',
  retry: 'QUEUED',
  active: 'RUNNING',
  completed: 'SUCCEEDED',
  cancelled: 'CANCELLED',
  failed: 'FAILED',
};

/** A job that pg-boss itself gave up on says nothing that people could read. */
const GIVEN_UP: JobFailure = { issues: RegistryError.of('JOB_ABANDONED').issues };

function failureOf(error: RegistryError | { readonly bug: string }): { readonly failure: JobFailure } {
  return { failure: error instanceof RegistryError ? { issues: error.issues } : error };
}

function envelopeOf({ data }: QueuedJob): Envelope {
  // Everything in this queue was put in by `add`.
  return data as Envelope;
}

function jobOf(queued: QueuedJob): Job {
  const { id, createdOn, startedOn, completedOn } = queued;
  const state = STATES[queued.state];
  // What a worker says is written by `note`, `complete` and `fail` alone.
  const said = (queued.output ?? {}) as { progress?: number; failure?: JobFailure; result?: string };
  return {
    id,
    ...envelopeOf(queued),
    state,
    progress: state === 'SUCCEEDED' ? 1 : (said.progress ?? 0),
    queuedAt: createdOn.toISOString(),
    startedAt: startedOn?.toISOString() ?? null,
    finishedAt: completedOn?.toISOString() ?? null,
    failure: state === 'FAILED' ? (said.failure ?? GIVEN_UP) : null,
    result: said.result ?? null,
  };
}
