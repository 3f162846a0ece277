import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { orderedBy } from '../core/ordering.js';
import { ProposalInput, toProposal } from '../portfolio/proposal.types.js';
import { AttributeDefinitionReader } from '../registry/attribute-definition.reader.js';
import { LandscapeArgs } from '../registry/landscape-args.types.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { PageArgs, mapPage, pageInOrder } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { DuplicatesReader } from './duplicates.reader.js';
import { DuplicateAnswerType, DuplicateCandidateConnectionType } from './duplicates.types.js';
import type { DuplicateAnswerView, FoundCandidate } from './duplicates.types.js';

/** What the question costs for each element, in looks at a record. */
const LOOKS = 20;

const CANDIDATE_ORDERING = orderedBy<{ readonly component: number; readonly found: FoundCandidate }>(
  ({ component }) => component,
  ({ found }) => Number(found.band === 'DISTINCT'),
  ({ found }) => -found.fit,
  ({ found }) => found.match.urn,
);

/** What already serves a proposal. */
@Resolver(() => DuplicateAnswerType)
export class DuplicatesResolver {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly definitions: AttributeDefinitionReader,
    private readonly duplicates: DuplicatesReader,
  ) {}

  @Query(() => DuplicateAnswerType, {
    description: 'What already serves each function of a draft, and what to do about it. Nothing is stored.',
  })
  async duplicateCandidates(
    @Args('draft', { type: () => ProposalInput, description: 'The proposal.' }) draft: ProposalInput,
    @Args() at: LandscapeArgs,
    @Context() context: RequestContext,
  ): Promise<DuplicateAnswerView> {
    const proposal = toProposal(draft, this.definitions.all, ['draft']);
    const landscape = await this.landscapes.forWork(context, at, LOOKS);
    await this.duplicates.prepare(landscape);
    return this.duplicates.describe(this.duplicates.find(landscape, proposal), landscape, context.language);
  }

  @ResolveField(() => DuplicateCandidateConnectionType, {
    description: 'The candidates of all functions in one list, by function and then best first.',
  })
  candidates(
    @Parent() { byComponent }: DuplicateAnswerView,
    @Args() page: PageArgs,
  ): Page<FoundCandidate> & { truncated: boolean } {
    const all = byComponent.flatMap(({ candidates }, component) => candidates.map((found) => ({ component, found })));
    const totalCount = byComponent.reduce((sum, match) => sum + match.totalCount, 0);
    const truncated = byComponent.some((match) => match.truncated);
    const cut = mapPage(
      pageInOrder(all, CANDIDATE_ORDERING, page, () => ['duplicateCandidates']),
      ({ found }) => found,
    );
    return { ...cut, totalCount, truncated };
  }
}
