import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { orderedBy } from '../core/ordering.js';
import { FINDING_OUTCOMES } from '../core/policy/rule.js';
import type { FindingOutcome, Rule } from '../core/policy/rule.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { seenByUrn } from '../registry/seen.types.js';
import type { SeenElement } from '../registry/seen.types.js';
import { jobPayload } from '../runtime/job.resolver.js';
import { JobPayload, JobType } from '../runtime/job.types.js';
import type { Job } from '../runtime/jobs.js';
import { PageArgs, pageInOrder } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { DateScalar } from '../runtime/scalars.js';
import { ComplianceRunJob, repeatOf, runOf } from './compliance-run.job.js';
import type { RunAgain } from './compliance-run.writer.js';
import { FindingType } from './compliance.types.js';
import type { SeenFinding } from './compliance.types.js';
import { RulePackReader } from './rule-pack.reader.js';
import type { ComplianceRunRow } from './supervision.entity.js';
import { SupervisionReader } from './supervision.reader.js';
import {
  ComplianceRunConnectionType,
  ComplianceRunRepeatType,
  ComplianceRunType,
  FindingChangeArgs,
  FindingChangeConnectionType,
  FindingChangeType,
  RepeatComplianceRunInput,
  StartComplianceRunInput,
} from './supervision.types.js';
import type { SeenTransition } from './supervision.types.js';
import { WholeSight } from './whole-sight.js';

const BY_NUMBER = orderedBy<ComplianceRunRow>(({ number }) => number);
const CHANGES_BY_NUMBER = orderedBy<SeenTransition>(({ row }) => row.number);

/** Lists of changes and runs. */
@Resolver()
export class SupervisionResolver {
  constructor(
    private readonly sight: WholeSight,
    private readonly supervision: SupervisionReader,
  ) {}

  @Query(() => FindingChangeConnectionType, {
    description:
      'Findings that went over to another outcome in a span of days, in the order in which that was recorded: what ' +
      'drifted, and since when. For whoever reads findings and sees the whole landscape.',
  })
  @Asks('findings.history')
  async findingChanges(
    @Args() asked: FindingChangeArgs,
    @Context() context: RequestContext,
  ): Promise<Page<SeenTransition>> {
    const { since, until = null, agency = null, rule = null, to = null } = asked;
    const changes = await this.supervision.changes(await this.sight.landscape(context), asked);
    workOf(context).spend(changes.length);
    return pageInOrder(changes, CHANGES_BY_NUMBER, asked, () => ['findingChanges', since, until, agency, rule, to]);
  }

  @Query(() => ComplianceRunConnectionType, {
    description:
      'The times that everything was judged, the first first. For whoever reads findings and sees the whole landscape.',
  })
  @Asks('findings.history')
  async complianceRuns(@Args() page: PageArgs, @Context() context: RequestContext): Promise<Page<ComplianceRunRow>> {
    await this.sight.landscape(context);
    return pageInOrder(await this.supervision.runs(), BY_NUMBER, page, () => ['complianceRuns']);
  }
}

/** One change, joined with what it speaks of. */
@Resolver(() => FindingChangeType)
export class FindingChangeResolver {
  constructor(private readonly packs: RulePackReader) {}

  @ResolveField()
  number({ row }: SeenTransition): number {
    return row.number;
  }

  @ResolveField()
  on({ row }: SeenTransition): string {
    return row.on;
  }

  @ResolveField()
  revision({ row }: SeenTransition): number {
    return row.revision;
  }

  @ResolveField()
  ruleCode({ row }: SeenTransition): string {
    return row.rule;
  }

  @ResolveField()
  rule({ row }: SeenTransition): Rule | null {
    return this.packs.checked.pack.rules.find(({ code }) => code === row.rule) ?? null;
  }

  @ResolveField()
  packVersion({ row }: SeenTransition): string {
    return row.pack;
  }

  @ResolveField()
  subject({ row, landscape }: SeenTransition): SeenElement | null {
    return seenByUrn(landscape, row.subject);
  }

  @ResolveField()
  subjectUrn({ row }: SeenTransition): string {
    return row.subject;
  }

  @ResolveField()
  from({ row }: SeenTransition): FindingOutcome | null {
    return row.previous;
  }

  @ResolveField()
  to({ row }: SeenTransition): FindingOutcome | null {
    return row.outcome;
  }
}

/** A run as the schema says it. */
@Resolver(() => ComplianceRunType)
export class ComplianceRunResolver {
  @ResolveField()
  packVersion({ pack }: ComplianceRunRow): string {
    return pack;
  }

  @ResolveField()
  counts({ counts }: ComplianceRunRow): { readonly outcome: FindingOutcome; readonly count: number }[] {
    return FINDING_OUTCOMES.map((outcome) => ({ outcome, count: counts[outcome] }));
  }

  @ResolveField()
  at({ at }: ComplianceRunRow): string {
    return at.toISOString();
  }
}

/** Since when a finding is as it is. */
@Resolver(() => FindingType)
export class FindingSinceResolver {
  constructor(
    private readonly supervision: SupervisionReader,
    private readonly landscapes: LandscapeReader,
  ) {}

  @ResolveField(() => DateScalar, {
    nullable: true,
    description:
      'The day since which it is so, as far as it was watched. Null for whoever sees only part of the landscape, for ' +
      'proposals, scenarios and the past, for rules of finer tiers, and for what has not been recorded yet.',
  })
  async since(
    @Parent() { landscape, subject, rule, outcome }: SeenFinding,
    @Context() context: RequestContext,
  ): Promise<string | null> {
    if (subject === null || landscape.isPartial) return null;
    if (landscape !== (await this.landscapes.forRequest(context))) return null;
    const since = await this.supervision.since({ subject, rule: rule.code }, context);
    return since?.outcome === outcome ? since.on : null;
  }
}

/** Starts runs, and tells what came of them. */
@Resolver(() => JobType)
export class ComplianceRunJobResolver {
  constructor(
    private readonly sight: WholeSight,
    private readonly runs: ComplianceRunJob,
    private readonly supervision: SupervisionReader,
  ) {}

  @Mutation(() => JobPayload, {
    description:
      'Judges everything now, checks what was kept up to date, and keeps what it was made of. The job then has it in complianceRun.',
  })
  @Asks('run.start')
  startComplianceRun(
    @Args('input', { description: 'How it is started.' }) { dryRun }: StartComplianceRunInput,
    @Context() context: RequestContext,
  ): Promise<JobPayload> {
    const start = async (): Promise<Job | null> => {
      await this.sight.landscape(context, 'run.start');
      return dryRun ? null : this.runs.start(context.actor);
    };
    return jobPayload(start(), context.language);
  }

  @Mutation(() => JobPayload, {
    description:
      'Judges again what a run judged, from what it keeps, and compares byte for byte. The job then has it in complianceRunRepeat.',
  })
  @Asks('run.start')
  repeatComplianceRun(
    @Args('input', { description: 'Which run.' }) { number }: RepeatComplianceRunInput,
    @Context() context: RequestContext,
  ): Promise<JobPayload> {
    const start = async (): Promise<Job> => {
      await this.sight.landscape(context, 'run.start');
      return this.runs.repeat(number, context.actor);
    };
    return jobPayload(start(), context.language);
  }

  @ResolveField(() => ComplianceRunType, {
    nullable: true,
    description: 'The run that the job made; null before it succeeded, and of other kinds of job.',
  })
  async complianceRun(@Parent() job: Job, @Context() context: RequestContext): Promise<ComplianceRunRow | null> {
    const number = runOf(job);
    if (number === null) return null;
    await this.sight.landscape(context);
    return this.supervision.run(number);
  }

  @ResolveField(() => ComplianceRunRepeatType, {
    nullable: true,
    description: 'What came of judging a run again; null before the job succeeded, and of other kinds of job.',
  })
  async complianceRunRepeat(@Parent() job: Job, @Context() context: RequestContext): Promise<RunAgain | null> {
    const repeat = repeatOf(job);
    if (repeat !== null) await this.sight.landscape(context);
    return repeat;
  }
}
