import { Args, Context, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { seenByUrn } from '../registry/seen.types.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import type { Page } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { todayInVietnam } from '../runtime/today.js';
import { AssessmentArgs, ComplianceAssessmentType } from './assessment.types.js';
import type { SeenAssessment } from './assessment.types.js';
import { FindingConnectionType } from './compliance.types.js';
import type { SeenFinding } from './compliance.types.js';
import { factLooks } from './fact-looks.js';
import { ElementFindingsResolver, OutcomeArgs } from './finding.resolver.js';
import { FindingsReader } from './findings.reader.js';
import { sumsFields } from './report-sums.js';
import { RulePackReader } from './rule-pack.reader.js';

/** What asking one rule about an element costs for a sum, in looks at a record. */
const LOOKS_A_RULE = 200;

/** What the rules say of one element, summed up. */
@Resolver(() => ComplianceAssessmentType)
export class ComplianceAssessmentQueryResolver {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly findings: FindingsReader,
    private readonly access: FindingsAccess,
  ) {}

  @Query(() => ComplianceAssessmentType, {
    nullable: true,
    description:
      'What the rules say of one element, summed up, with what evidence shows and what is waived today; null where nothing ' +
      'that the caller sees has the urn. For whoever may read findings.',
  })
  @Asks('findings.read')
  async complianceAssessment(
    @Args() { subject: urn, tier, ...at }: AssessmentArgs,
    @Context() context: RequestContext,
  ): Promise<SeenAssessment | null> {
    this.access.require(context.actor);
    const landscape = await this.landscapes.forWork(context, at);
    const subject = seenByUrn(landscape, urn);
    if (subject === null) return null;
    const looks = LOOKS_A_RULE * this.findings.rulesAsked(subject.kind, tier);
    workOf(context).spend(looks + factLooks(landscape, subject.seq));
    const evidence = await this.findings.evidence(landscape, todayInVietnam(), context);
    return { subject, tier, ...sumsFields(await this.findings.sumsOf(subject, { tier, evidence }, context)) };
  }
}

/** The fields of an assessment. */
@Resolver(() => ComplianceAssessmentType)
export class ComplianceAssessmentResolver {
  constructor(
    private readonly packs: RulePackReader,
    private readonly findingsOf: ElementFindingsResolver,
  ) {}

  @ResolveField(() => String, { description: 'Code and version of the rule pack.' })
  packVersion(): string {
    const { code, version } = this.packs.checked.pack;
    return `${code} ${version}`;
  }

  @ResolveField(() => Int, { description: 'Revision of the landscape that was judged.' })
  landscapeRevision({ subject }: SeenAssessment): number {
    return subject.landscape.revision;
  }

  @ResolveField(() => FindingConnectionType, { description: 'The findings that were summed up.' })
  findings(
    @Parent() { subject, tier }: SeenAssessment,
    @Args() { outcome = null, ...page }: OutcomeArgs,
    @Context() context: RequestContext,
  ): Promise<Page<SeenFinding>> {
    return this.findingsOf.findings(subject, { ...page, outcome, tier }, context);
  }
}
