import { Args, ArgsType, Context, Field, Int, Query, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { Costs } from '../runtime/answer-cost.js';
import { Min } from 'class-validator';
import { TIER_DESCRIPTION } from '../compliance/compliance.types.js';
import { ChangeFindingsReader } from '../compliance/change-findings.reader.js';
import { proposedOn } from '../core/access/proposed.js';
import type { Proposed } from '../core/access/proposed.js';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import type { Issue } from '../core/errors.js';
import type { Proposal } from '../core/landscape/proposal.js';
import { FIRST_TIER } from '../core/policy/rule-pack.js';
import { ProposalInput, toProposal } from '../portfolio/proposal.types.js';
import { AttributeDefinitionReader } from '../registry/attribute-definition.reader.js';
import { LandscapeArgs } from '../registry/landscape-args.types.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { userErrorsOf } from '../runtime/registry-error.filter.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { todayInVietnam } from '../runtime/today.js';
import { ProposalCheckReader } from './proposal-check.reader.js';
import { CheckProposalPayload } from './review.types.js';

/** What the question costs for each element, in looks at a record. */
const LOOKS = 20;

/** By which landscape, and by which rules. */
@ArgsType()
export class CheckArgs extends LandscapeArgs {
  @Field(() => Int, { defaultValue: FIRST_TIER, description: TIER_DESCRIPTION })
  @Min(1)
  tier: number;
}

/** The check of a proposal before money is spent. */
@Resolver()
export class ReviewResolver {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly definitions: AttributeDefinitionReader,
    private readonly changes: ChangeFindingsReader,
    private readonly checks: ProposalCheckReader,
  ) {}

  @Query(() => CheckProposalPayload, {
    description: 'Whether a proposal duplicates something or breaks a rule, and why. Nothing is stored.',
  })
  @Asks('proposal.check')
  @Costs(10_000)
  async checkProposal(
    @Args('input', { description: 'The proposal as far as it is drafted.' }) input: ProposalInput,
    @Args() { tier, ...at }: CheckArgs,
    @Context() context: RequestContext,
  ): Promise<CheckProposalPayload> {
    try {
      const landscape = await this.landscapes.forWork(context, at, LOOKS);
      const proposal = toProposal(input, this.definitions.all, ['input']);
      const proposed = this.proposedBy(landscape, proposal);
      const today = todayInVietnam();
      const cover = await this.checks.prepare(landscape, today, context);
      const { decidedOn } = proposal;
      const changes = proposed && (await this.changes.of(proposed, { today, decidedOn, tier }, context));
      const setting = { today, cover, changes, language: context.language, work: workOf(context), tier };
      const check = this.checks.check(landscape, proposal, setting);
      return { check, userErrors: [] };
    } catch (error) {
      const userErrors = userErrorsOf(error, context.language);
      return { check: null, userErrors };
    }
  }

  /**
   * What its operations make of the landscape; undefined where it has none. Refuses a proposal that names an agency nobody
   * knows, or changes that could not be carried out. It is judged by the caller's view: what he may not see does not exist
   * for the proposal either, and a refusal tells nothing of it.
   */
  private proposedBy(landscape: LandscapeView, { agency, operations }: Proposal): Proposed | undefined {
    if (agency !== null && landscape.elementByUrn(agency) === undefined) {
      throw RegistryError.of('URN_UNKNOWN', ['input', 'agency'], { urn: agency });
    }
    if (operations.length === 0) return undefined;
    const outcome = proposedOn(landscape, operations);
    if ('proposed' in outcome) return outcome.proposed;
    const [first, ...rest] = outcome.issues;
    throw new RegistryError([withinInput(first), ...rest.map(withinInput)]);
  }
}

function withinInput(found: Issue): Issue {
  return { ...found, path: ['input', ...found.path] };
}
