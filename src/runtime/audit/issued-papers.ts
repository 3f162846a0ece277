import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor } from '../../core/access/actor.js';
import { Authenticator } from '../authentication.js';
import { unavailableIfDown } from '../database-errors.js';
import { appendAudit, readAuditHead } from './audit-log.js';
import { auditedActor } from './audit-record.js';
import type { AuditEvent, AuditHead } from './audit-record.js';

/** Header of a file that says where the audit log ended when it was made. */
export const AUDIT_HEAD_HEADER = 'Khung-Audit-Head';

/** Files that leave the registry: for whom, with which head of the audit log, and on which record. */
@Injectable()
export class IssuedPapers {
  constructor(
    private readonly database: DataSource,
    private readonly authenticator: Authenticator,
  ) {}

  /** As whom a request is sent. @throws RegistryError where what it shows is of nobody. */
  actorOf(request: IncomingMessage): Actor {
    return this.authenticator.actorOf(request);
  }

  /** Where the log ends, to be printed. @throws RegistryError DATABASE_UNAVAILABLE where the database does not answer. */
  head(): Promise<AuditHead> {
    return unavailableIfDown(readAuditHead(this.database.manager));
  }

  /**
   * Records that a file leaves, before it does. What anybody may have is not recorded: everybody could make the log grow
   * then, and whoever writes wait.
   * @throws RegistryError DATABASE_UNAVAILABLE where the database does not answer.
   */
  async record(actor: Actor, { subject, payload }: Pick<AuditEvent, 'subject' | 'payload'>): Promise<void> {
    if (actor.kind === 'PUBLIC') return;
    const event: AuditEvent = { kind: 'EXPORT', by: auditedActor(actor), subject, payload };
    await unavailableIfDown(this.database.transaction((manager) => appendAudit(manager, [event])));
  }
}

/** A head as people copy it: `khung verify-audit --anchor` takes it so. */
export function headText({ number, hash }: AuditHead): string {
  return `${number}:${hash}`;
}
