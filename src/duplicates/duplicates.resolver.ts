import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { allElements } from '../core/landscape/filter-select.js';
import { Asks } from '../runtime/access-action.js';
import { Costs } from '../runtime/answer-cost.js';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import { orderedBy } from '../core/ordering.js';
import { decisionOf } from '../core/similarity/duplicate-case.js';
import { registeredSubject } from '../core/similarity/registered-subject.js';
import { ProposalInput, toProposal } from '../portfolio/proposal.types.js';
import { AttributeDefinitionReader } from '../registry/attribute-definition.reader.js';
import { LandscapeArgs } from '../registry/landscape-args.types.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { PageArgs, mapPage, pageInOrder } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { UrnScalar } from '../runtime/scalars.js';
import { counterpartElement } from './counterpart-element.js';
import { DuplicateCaseReader } from './duplicate-case.reader.js';
import { DuplicatesReader, JUDGEMENT_LOOKS, looksToFind } from './duplicates.reader.js';
import { DuplicateAnswerType, DuplicateCandidateConnectionType } from './duplicates.types.js';
import type { DuplicateAnswerView, FoundCandidate } from './duplicates.types.js';
import { withCases } from './registered-answer.js';

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
    private readonly cases: DuplicateCaseReader,
  ) {}

  @Query(() => DuplicateAnswerType, {
    description:
      'What already serves each function of a draft, or of something that is registered, and what to do about it. One of ' +
      'the two is given. Nothing is stored.',
  })
  @Asks('landscape.read')
  @Costs(5_000)
  async duplicateCandidates(
    @Args('subject', {
      type: () => UrnScalar,
      nullable: true,
      description:
        'Something registered, compared as if it were proposed today, with everything but itself: a project by what it ' +
        'delivers, where that is registered, and a system, platform, database, service or infrastructure as it is.',
    })
    urn: string | null | undefined,
    @Args('draft', { type: () => ProposalInput, nullable: true, description: 'A proposal.' })
    draft: ProposalInput,
    @Args() at: LandscapeArgs,
    @Context() context: RequestContext,
  ): Promise<DuplicateAnswerView> {
    const asked = oneOf(urn, draft);
    if (typeof asked === 'string') return this.ofRegistered(asked, await this.landscape(at, context), context);
    const proposal = toProposal(asked, this.definitions.all, ['draft']);
    const landscape = await this.landscape(at, context);
    workOf(context).spend(looksToFind(proposal));
    await this.duplicates.prepare(landscape);
    return this.duplicates.describe(this.duplicates.find(landscape, proposal), landscape, context.language);
  }

  private landscape(at: LandscapeArgs, context: RequestContext): Promise<LandscapeView> {
    return this.landscapes.forWork(context, at, LOOKS);
  }

  private async ofRegistered(
    urn: string,
    landscape: LandscapeView,
    context: RequestContext,
  ): Promise<DuplicateAnswerView> {
    const subject = registeredSubject(landscape, counterpartElement(landscape, urn, 'subject'));
    const others = subject.proposal.components.length - 1;
    workOf(context).spend(others * LOOKS * allElements(landscape).length + looksToFind(subject.proposal));
    const cases = await this.cases.seen(landscape, context, urn);
    workOf(context).spend(cases.filter(({ kept }) => decisionOf(kept)?.state === 'DISMISSED').length * JUDGEMENT_LOOKS);
    await this.duplicates.prepare(landscape);
    const own = this.duplicates.casesOf(landscape, subject.element.urn, cases);
    const answer = this.duplicates.findRegistered(landscape, subject, own.silentOthers);
    return withCases(this.duplicates.describe(answer, landscape, context.language), own);
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

/**
 * What is asked about: a urn, or a draft. The draft of a resolver is declared as its class and not as a union with null: the
 * class says how it is validated.
 * @throws RegistryError where it is both, or neither.
 */
function oneOf(subject: string | null | undefined, draft: ProposalInput | null | undefined): string | ProposalInput {
  const [isRegistered, isDraft] = [subject, draft].map((given) => given !== null && given !== undefined);
  if (isRegistered === true && isDraft === true) {
    throw RegistryError.of('ARGUMENTS_EXCLUSIVE', ['subject'], { field: 'subject', other: 'draft' });
  }
  const asked = subject ?? draft;
  if (asked !== null && asked !== undefined) return asked;
  throw RegistryError.of('VALUE_MISSING', ['draft'], { field: 'subject | draft' });
}
