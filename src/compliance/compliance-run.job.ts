import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { Actor } from '../core/access/actor.js';
import { roleOf } from '../core/access/actor.js';
import type { Json } from '../core/landscape/model.js';
import { isRecord } from '../core/landscape/record-fields.js';
import { Jobs } from '../runtime/jobs.js';
import type { Job } from '../runtime/jobs.js';
import { ComplianceRunWriter } from './compliance-run.writer.js';
import type { RunAgain } from './compliance-run.writer.js';

const RUN = 'COMPLIANCE_RUN';
const REPEAT = 'COMPLIANCE_RUN_REPEAT';

/** Runs that somebody asks for: longer than a request, so jobs. */
@Injectable()
export class ComplianceRunJob implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly runs: ComplianceRunWriter,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(RUN, async (_, { actor, signal, progress }) => {
      const author = roleOf(actor);
      const { number } = await this.runs.run({ author, isKept: true, signal, progress });
      return JSON.stringify({ number });
    });
    this.jobs.handle(REPEAT, async (input, { signal }) => {
      return JSON.stringify(await this.runs.again(numberIn(input), signal));
    });
  }

  /** Judges everything. @throws RegistryError LIMIT_EXCEEDED where too many jobs wait. */
  start(actor: Actor): Promise<Job> {
    return this.jobs.add(RUN, {}, actor);
  }

  /** Judges again what a run judged. @throws RegistryError as `start`. */
  repeat(number: number, actor: Actor): Promise<Job> {
    return this.jobs.add(REPEAT, { number }, actor);
  }
}

/** Number of the run that a job made; null where it made none yet, or is of another kind. */
export function runOf({ kind, result }: Job): number | null {
  return kind === RUN && result !== null ? numberIn(JSON.parse(result) as Json) : null;
}

/** What came of a repeat; null where it has not ended, or the job is of another kind. */
export function repeatOf({ kind, result }: Job): RunAgain | null {
  // What a job of this kind leaves is written above alone.
  return kind === REPEAT && result !== null ? (JSON.parse(result) as RunAgain) : null;
}

function numberIn(value: Json): number {
  const number = isRecord(value) ? value['number'] : undefined;
  return typeof number === 'number' ? number : 0;
}
