import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isDatabaseDown } from './database-errors.js';
import { Jobs } from './jobs.js';
import type { JobCounts } from './jobs.js';
import { Metrics, gauge } from './metrics.js';

interface DatabaseState extends JobCounts {
  readonly commits: number;
  readonly audit: number;
}

/** What the database tells of itself when somebody asks for measures. While it does not answer, that alone is told. */
@Injectable()
export class DatabaseMeasures {
  private state: DatabaseState | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly jobs: Jobs,
    metrics: Metrics,
  ) {
    const measures: readonly [name: string, help: string, read: (state: DatabaseState) => number][] = [
      ['khung_commits', 'Change sets in the database, by whichever service', ({ commits }) => commits],
      ['khung_audit_head', 'Number of the last record of the audit log', ({ audit }) => audit],
      ['khung_jobs_waiting', 'Jobs that nobody has begun', ({ waiting }) => waiting],
      ['khung_jobs_active', 'Jobs that are worked on', ({ active }) => active],
    ];
    metrics.show(gauge('khung_database_up', 'Whether the database answers', () => (this.state === undefined ? 0 : 1)));
    for (const [name, help, read] of measures) {
      metrics.show(gauge(name, help, () => (this.state === undefined ? undefined : read(this.state))));
    }
  }

  /** Asks the database once for all of them. */
  async read(): Promise<void> {
    try {
      const [head]: { commits: number; audit: number }[] = await this.database.query(
        'select revision::float8 as commits, audit::float8 as audit from landscape_head where id = 1',
      );
      this.state = { commits: head?.commits ?? 0, audit: head?.audit ?? 0, ...(await this.jobs.counts()) };
    } catch (error) {
      if (!isDatabaseDown(error)) throw error;
      this.state = undefined;
    }
  }
}
