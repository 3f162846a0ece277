import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from '../access-action.js';
import type { Actor } from '../../core/access/actor.js';
import { may, notPermitted } from '../../core/access/decide.js';
import { orderedBy } from '../../core/ordering.js';
import { jobPayload } from '../job.resolver.js';
import { JobPayload, JobType } from '../job.types.js';
import type { Job } from '../jobs.js';
import { beforeNumber, numberCursor } from '../number-cursor.js';
import { PageArgs, mapPage, pageInOrder } from '../page.js';
import type { Page } from '../page.js';
import type { RequestContext } from '../request-context.js';
import type { AuditFault } from './audit-chain.js';
import type { AuditRecord } from './audit-record.js';
import type { AuditVerification } from './audit-verification.js';
import { AuditVerificationJob, verificationOf } from './audit-verification.job.js';
import { AuditReader } from './audit.reader.js';
import {
  AuditFaultConnectionType,
  AuditHeadType,
  AuditKindEnum,
  AuditRecordConnectionType,
  AuditRecordsArgs,
  AuditVerificationType,
  StartAuditVerificationInput,
} from './audit.types.js';
import type { AuditFaultType, AuditRecordType } from './audit.types.js';
import { faultText } from './fault-text.js';

/** The audit log: where it ends is for everybody to know, what it says for whoever watches over the registry. */
@Resolver()
export class AuditResolver {
  constructor(
    private readonly reader: AuditReader,
    private readonly verifications: AuditVerificationJob,
  ) {}

  @Query(() => AuditHeadType, {
    description: 'Where the audit log ends: keep it elsewhere, and nobody can rewrite what stood before it unseen.',
  })
  @Asks('reference.read')
  auditHead(): Promise<AuditHeadType> {
    return this.reader.head();
  }

  @Query(() => AuditRecordConnectionType, {
    description: 'The audit log, newest first; for inspectors and the administrator.',
  })
  @Asks('audit.read')
  async auditRecords(
    @Args() { filter, ...page }: AuditRecordsArgs,
    @Context() { actor }: RequestContext,
  ): Promise<AuditRecordConnectionType> {
    requireAudit(actor, 'auditRecords');
    const request = beforeNumber(page);
    const { records, totalCount, hasMore } = await this.reader.page(filter ?? {}, request);
    return {
      nodes: records.map(shown),
      totalCount,
      pageInfo: {
        hasNextPage: hasMore,
        hasPreviousPage: request.before !== null,
        startCursor: numberCursor(records[0]?.number),
        endCursor: numberCursor(records.at(-1)?.number),
      },
    };
  }

  @Mutation(() => JobPayload, {
    description:
      'Starts to look at the whole audit log, and at every change set and row that it speaks of. The job tells how far it is, and then what was found in auditVerification. For inspectors and the administrator.',
  })
  @Asks('audit.verify')
  startAuditVerification(
    @Args('input', { description: 'What else the chain has to hold.' }) input: StartAuditVerificationInput,
    @Context() { actor, language }: RequestContext,
  ): Promise<JobPayload> {
    return jobPayload(this.start(input, actor), language);
  }

  private async start({ anchors, dryRun }: StartAuditVerificationInput, actor: Actor): Promise<Job | null> {
    if (!may(actor, 'audit.verify')) throw notPermitted('startAuditVerification');
    return dryRun ? null : this.verifications.start(anchors, actor);
  }
}

/** What was found, as a field of its job. */
@Resolver(() => JobType)
export class AuditVerificationResolver {
  @ResolveField(() => AuditVerificationType, {
    nullable: true,
    description: 'What a look at the audit log found; null before the job succeeded, and of other kinds of job.',
  })
  auditVerification(@Parent() job: Job, @Context() { actor }: RequestContext): AuditVerificationType | null {
    const verification = verificationOf(job);
    if (verification === null) return null;
    requireAudit(actor, 'auditVerification');
    return { ...verification, headNumber: verification.head.number, headHash: verification.head.hash };
  }
}

const BY_INDEX = orderedBy<{ readonly index: number }>(({ index }) => index);

/** What is wrong, which may be very much. */
@Resolver(() => AuditVerificationType)
export class AuditVerificationListResolver {
  @ResolveField(() => AuditFaultConnectionType, { description: 'What is wrong, in the order in which it was found.' })
  faults(
    @Parent() { faults, head }: AuditVerification,
    @Args() page: PageArgs,
    @Context() { language }: RequestContext,
  ): Page<AuditFaultType> {
    const numbered = faults.map((fault: AuditFault, index) => ({ fault, index }));
    return mapPage(
      pageInOrder(numbered, BY_INDEX, page, () => ['auditFaults', head.number, head.hash]),
      ({ fault }) => ({ kind: fault.kind, number: fault.number, detail: faultText(fault, language) }),
    );
  }
}

/** @throws RegistryError NOT_PERMITTED. */
function requireAudit(actor: Actor, action: string): void {
  if (!may(actor, 'audit.read')) throw notPermitted(action);
}

function shown(record: AuditRecord): AuditRecordType {
  const kind = Object.values(AuditKindEnum).find((known) => known === record.kind) ?? null;
  return { ...record, kind, id: `${record.number}` };
}
