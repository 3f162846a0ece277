import { Logger } from '@nestjs/common';
import PgBoss from 'pg-boss';
import type { DataSource } from 'typeorm';

/** The one queue of this service; pg-boss keeps it in a schema of its own, which is no part of a backup. */
const QUEUE = 'khung';
/** Longer than any job: one that is alive says so all the time, and that is what counts. Hours; pg-boss takes no 24. */
const LIFE = 23;
/** A job whose worker has said nothing for this long is taken as abandoned: seconds. */
const SILENCE = 30;
/** What is over stays this long in the queue, and then in its archive: days. */
const KEPT_IN_QUEUE = 1;
const KEPT_IN_ARCHIVE = 6;
const MAINTENANCE_MINUTES = 10;
const DAY = 24 * 60 * 60;

/** A job as it lies in the queue. `output` is what its worker has said last. */
export interface QueuedJob {
  readonly id: string;
  readonly data: object;
  readonly state: 'created' | 'retry' | 'active' | 'completed' | 'cancelled' | 'failed';
  readonly retryCount: number;
  readonly createdOn: Date;
  readonly startedOn: Date | null;
  readonly completedOn: Date | null;
  readonly output: object | null;
}

/**
 * pg-boss on a database that is open already. It takes some 200 ms and ten tables to start, so it is started by the
 * first job, not by the service.
 */
export class JobQueue {
  private readonly logger = new Logger('Jobs');
  private starting: Promise<PgBoss> | undefined;
  private stopping = false;

  constructor(private readonly database: DataSource) {}

  /** Whether there was ever a job in this database: reading anything else would start the queue for nothing. */
  async isInstalled(): Promise<boolean> {
    const [found] = await this.execute(`select to_regclass('pgboss.version') is not null as installed`, []);
    return found?.['installed'] === true;
  }

  async isUnfinished(): Promise<boolean> {
    return (await this.isInstalled()) && (await this.unfinished()) > 0;
  }

  /** Number of jobs that wait or run. */
  async unfinished(): Promise<number> {
    const boss = await this.started();
    return boss.getQueueSize(QUEUE, { before: 'completed' });
  }

  /** Jobs by how far they are; none where the queue was never started. */
  async counts(): Promise<{ readonly waiting: number; readonly active: number }> {
    if (!(await this.isInstalled())) return { waiting: 0, active: 0 };
    const [row] = await this.execute(
      `select count(*) filter (where state < 'active')::int as waiting, count(*) filter (where state = 'active')::int as active
       from pgboss.job where name = $1`,
      [QUEUE],
    );
    return { waiting: Number(row?.['waiting'] ?? 0), active: Number(row?.['active'] ?? 0) };
  }

  async add(data: object): Promise<string> {
    const boss = await this.started();
    const id = await boss.send(QUEUE, data, { retryLimit: 0, expireInHours: LIFE });
    if (id === null) throw new Error('The queue took no job and did not say why.');
    return id;
  }

  /** A job by its id, from the queue or its archive; null where there is none, or never was a job. */
  async find(id: string): Promise<QueuedJob | null> {
    if (!(await this.isInstalled())) return null;
    const boss = await this.started();
    return boss.getJobById(QUEUE, id, { includeArchive: true });
  }

  /** Takes the job that has waited longest; undefined where none waits. */
  async take(): Promise<QueuedJob | undefined> {
    const boss = await this.started();
    const [job] = await boss.fetch<object>(QUEUE, { includeMetadata: true, batchSize: 1 });
    return job;
  }

  /** Notes how far a job is, and that somebody works on it; false where it is no longer to be worked on. */
  async note(id: string, progress: number): Promise<boolean> {
    const rows = await this.execute(
      `update pgboss.job set output = jsonb_build_object('progress', $3::float8, 'seenAt', now())
       where name = $1 and id = $2 and state = 'active' returning id`,
      [QUEUE, id, progress],
    );
    return rows.length > 0;
  }

  async complete(id: string, output: object): Promise<void> {
    await (await this.started()).complete(QUEUE, id, output);
  }

  async fail(id: string, output: object): Promise<void> {
    await (await this.started()).fail(QUEUE, id, output);
  }

  async cancel(id: string): Promise<void> {
    await (await this.started()).cancel(QUEUE, id);
  }

  /** Puts a job that was begun back, to be begun anew; in one statement, so that nobody sees it failed in between. */
  async putBack(id: string): Promise<void> {
    await this.started();
    await this.execute(
      `update pgboss.job set state = 'retry', output = null where name = $1 and id = $2 and state = 'active'`,
      [QUEUE, id],
    );
  }

  /**
   * The jobs that were begun and that nobody works on any more.
   * @param mine - ids that this process works on.
   * @param isAlone - whether no other process can work on this database: then whatever it does not do, nobody does.
   */
  async abandoned(mine: readonly string[], isAlone: boolean): Promise<{ id: string; attempts: number }[]> {
    await this.started();
    const rows = await this.execute(
      `select id, retry_count as attempts from pgboss.job
       where name = $1 and state = 'active' and not (id = any($2::uuid[]))
         and ($3 or coalesce((output->>'seenAt')::timestamptz, started_on) < now() - make_interval(secs => $4))
       order by created_on, id`,
      [QUEUE, mine, isAlone, SILENCE],
    );
    return rows.map(({ id, attempts }) => ({ id: String(id), attempts: Number(attempts) }));
  }

  async stop(): Promise<void> {
    this.stopping = true;
    const boss = await this.starting?.catch(() => undefined);
    await boss?.stop({ graceful: false });
  }

  private started(): Promise<PgBoss> {
    this.starting ??= this.start().catch((error: unknown) => {
      // The next job may find the database in a better state.
      this.starting = undefined;
      throw error;
    });
    return this.starting;
  }

  private async start(): Promise<PgBoss> {
    const boss = new PgBoss({
      db: { executeSql: async (text, values) => ({ rows: await this.execute(text, values) }) },
      schedule: false,
      maintenanceIntervalMinutes: MAINTENANCE_MINUTES,
      archiveCompletedAfterSeconds: KEPT_IN_QUEUE * DAY,
      archiveFailedAfterSeconds: KEPT_IN_QUEUE * DAY,
      deleteAfterDays: KEPT_IN_ARCHIVE,
    });
    boss.on('error', (error) => {
      if (!this.stopping) this.logger.warn(error.message);
    });
    await boss.start();
    await boss.createQueue(QUEUE);
    return boss;
  }

  /**
   * pg-boss sends whole transactions as one text. Where one fails amid, the connection would go back to the pool inside
   * of it, and on the embedded database, which has a single connection, nothing would be read or written any more.
   */
  private async execute(text: string, values: unknown[] | undefined): Promise<Record<string, unknown>[]> {
    const runner = this.database.createQueryRunner();
    try {
      const client: Client = await runner.connect();
      // Answers during which a statement was sent are not kept: this one has to be heard of like those of the ORM.
      this.database.logger.logQuery(text, values, runner);
      try {
        const result = await client.query(text, values);
        return Array.isArray(result) ? [] : result.rows;
      } catch (error) {
        await client.query('rollback');
        throw error;
      }
    } finally {
      await runner.release();
    }
  }
}

/** What TypeORM hands out as a connection to PostgreSQL: a client of `pg`. Several statements give several results. */
interface Client {
  query(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] } | unknown[]>;
}
