import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { Costs } from '../runtime/answer-cost.js';
import { RegistryError } from '../core/errors.js';
import type { FindingOutcome } from '../core/policy/rule.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { todayInVietnam } from '../runtime/today.js';
import { RulePackReader } from './rule-pack.reader.js';
import { SupervisionReader } from './supervision.reader.js';
import type { TrendPoint } from './supervision.reader.js';
import { ComplianceTrendArgs, ComplianceTrendPointType } from './supervision.types.js';
import { WholeSight } from './whole-sight.js';

/** How findings went from month to month. */
@Resolver()
export class ComplianceTrendResolver {
  constructor(
    private readonly sight: WholeSight,
    private readonly supervision: SupervisionReader,
    private readonly packs: RulePackReader,
  ) {}

  @Query(() => [ComplianceTrendPointType], {
    description:
      'How many findings had which outcome at the end of each month, the earliest first: in the whole city, of one agency, ' +
      'by one rule. For whoever reads findings and sees the whole landscape.',
  })
  @Asks('findings.history')
  @Costs(10_000)
  async complianceTrend(
    @Args() asked: ComplianceTrendArgs,
    @Context() context: RequestContext,
  ): Promise<ComplianceTrendPointType[]> {
    const landscape = await this.sight.landscape(context);
    const { rule = null } = asked;
    const setting = { landscape, today: todayInVietnam(), work: workOf(context) };
    const points = await this.supervision.trend(asked, setting);
    // A rule that is not in use any more has a past; one that never was is misspelt.
    if (points.length === 0 && rule !== null && !this.packs.inUse.versions.has(rule)) {
      throw RegistryError.of('RULE_UNKNOWN', ['rule'], { code: rule });
    }
    return points.map(pointOf);
  }
}

function pointOf({ month, counts }: TrendPoint): ComplianceTrendPointType {
  const of = (outcome: FindingOutcome): number => counts.get(outcome) ?? 0;
  const decided = of('PASS') + of('FAIL');
  const applicable = decided + of('NEEDS_EVIDENCE') + of('ERROR');
  return {
    month,
    pass: of('PASS'),
    fail: of('FAIL'),
    needsEvidence: of('NEEDS_EVIDENCE'),
    notApplicable: of('NOT_APPLICABLE'),
    error: of('ERROR'),
    coverage: applicable === 0 ? 1 : decided / applicable,
  };
}
