import { Args, ArgsType, Context, Field, Int, Query, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { Costs } from '../runtime/answer-cost.js';
import { Min } from 'class-validator';
import type { LandscapeView } from '../core/access/view.js';
import type { ComplianceRow, ReportBy } from '../core/policy/report.js';
import { LandscapeArgs } from '../registry/landscape-args.types.js';
import { SeenElement } from '../registry/seen.types.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { todayInVietnam } from '../runtime/today.js';
import { FIRST_TIER } from '../core/policy/rule-pack.js';
import { ComplianceReportType, ReportByEnum, TIER_DESCRIPTION } from './compliance.types.js';
import type { ComplianceReportRowType } from './compliance.types.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import { FindingsReader } from './findings.reader.js';
import { sumsFields } from './report-sums.js';

/** What asking one rule about an element costs for a sum, in looks at a record. */
const LOOKS_A_RULE = 20;

/** Which report, of which landscape. */
@ArgsType()
export class ReportArgs extends LandscapeArgs {
  @Field(() => ReportByEnum, { description: 'What to have one row for.' })
  by: ReportBy;

  @Field(() => Int, { defaultValue: FIRST_TIER, description: TIER_DESCRIPTION })
  @Min(1)
  tier: number;
}

/** Sums over findings. */
@Resolver(() => ComplianceReportType)
export class ComplianceReportResolver {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly findings: FindingsReader,
    private readonly access: FindingsAccess,
  ) {}

  @Query(() => ComplianceReportType, { description: 'Findings summed up by agency, by rule, by layer or by severity.' })
  @Asks('findings.read')
  @Costs(50_000)
  async complianceReport(
    @Args() { by, tier, ...at }: ReportArgs,
    @Context() context: RequestContext,
  ): Promise<ComplianceReportType> {
    this.access.require(context.actor);
    const landscape = await this.landscapes.forWork(context, at);
    workOf(context).spend(LOOKS_A_RULE * this.findings.most(landscape, tier));
    const evidence = await this.findings.evidence(landscape, todayInVietnam(), context);
    const report = await this.findings.report(landscape, { by, tier, evidence }, context);
    const rows = report.map((row) => rowType(row, landscape));
    return { rows, revision: landscape.revision, freshAt: landscape.at };
  }
}

function rowType(row: ComplianceRow, landscape: LandscapeView): ComplianceReportRowType {
  const { agency, rule, layer, severity } = row;
  // The rule of a row is resolved field by field from its record, by the resolver of rules.
  const owner = agency === null ? null : new SeenElement(landscape, agency);
  return { agency: owner, rule, layer, severity, ...sumsFields(row) };
}
