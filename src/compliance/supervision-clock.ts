import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Config } from '../runtime/config.js';
import { isDatabaseDown } from '../runtime/database-errors.js';
import { CONFIG } from '../runtime/runtime.module.js';
import { todayInVietnam } from '../runtime/today.js';
import { ComplianceRunWriter } from './compliance-run.writer.js';
import { SupervisionReader } from './supervision.reader.js';
import { SupervisionWriter } from './supervision.writer.js';

/** Looks at the landscape again and again, and once a day judges everything anew. */
@Injectable()
export class SupervisionClock implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Compliance');
  private readonly stop = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();
  /** Day of the last run that is known of; another service may have made a later one. */
  private lastRun: string | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'supervisionSeconds'>,
    private readonly supervision: SupervisionWriter,
    private readonly runs: ComplianceRunWriter,
    private readonly reader: SupervisionReader,
  ) {}

  onApplicationBootstrap(): void {
    this.wait();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort(new Error('The service stops.'));
    clearTimeout(this.timer);
    await this.looking;
  }

  private wait(): void {
    if (this.config.supervisionSeconds === 0 || this.stop.signal.aborted) return;
    this.timer = setTimeout(() => {
      this.looking = this.look().finally(() => this.wait());
    }, this.config.supervisionSeconds * 1_000);
    this.timer.unref();
  }

  /** Never rejects: what went wrong is in the log, and the next look begins from what is recorded. */
  private async look(): Promise<void> {
    const { signal } = this.stop;
    try {
      const today = todayInVietnam();
      if (this.lastRun === null || this.lastRun < today) this.lastRun = await this.reader.lastRunDay();
      if (this.lastRun !== null && this.lastRun >= today) {
        await this.supervision.catchUp(signal);
        return;
      }
      await this.runs.run({ author: 'SERVICE', isKept: false, signal, progress: () => undefined });
      this.lastRun = today;
    } catch (error) {
      if (signal.aborted) return;
      if (isDatabaseDown(error)) this.logger.warn('Findings are not watched while the database does not answer.');
      else this.logger.error(error);
    }
  }
}
