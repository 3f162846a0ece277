import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor } from '../../core/access/actor.js';
import { unavailableIfDown } from '../database-errors.js';
import { Jobs } from '../jobs.js';
import type { Job } from '../jobs.js';
import type { AuditHead } from './audit-record.js';
import { verifyAudit } from './audit-verification.js';
import type { AuditVerification } from './audit-verification.js';

const VERIFICATION = 'AUDIT_VERIFICATION';

/** A look at the whole log takes longer than a request. */
@Injectable()
export class AuditVerificationJob implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly database: DataSource,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(VERIFICATION, async (input, { signal, progress }) => {
      const request = { anchors: anchorsIn(input), signal, progress };
      return JSON.stringify(await unavailableIfDown(verifyAudit(this.database.manager, request)));
    });
  }

  /** @throws RegistryError LIMIT_EXCEEDED where too many jobs wait. */
  start(anchors: readonly AuditHead[], actor: Actor): Promise<Job> {
    return this.jobs.add(VERIFICATION, { anchors: anchors.map(({ number, hash }) => ({ number, hash })) }, actor);
  }
}

/** What a job of this kind found; null where it has not ended, or is of another kind. */
export function verificationOf({ kind, result }: Job): AuditVerification | null {
  // What a job of this kind leaves is written above alone.
  return kind === VERIFICATION && result !== null ? (JSON.parse(result) as AuditVerification) : null;
}

function anchorsIn(input: unknown): readonly AuditHead[] {
  // It was put in by `start`.
  return (input as { readonly anchors: readonly AuditHead[] }).anchors;
}
