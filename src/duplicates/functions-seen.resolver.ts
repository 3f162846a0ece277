import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { urnOfCapability } from '../core/similarity/lexicon.js';
import type { FunctionSeen } from '../core/similarity/functions-seen.js';
import { ProposalInput, readableOrNull, toProposal } from '../portfolio/proposal.types.js';
import { AttributeDefinitionReader } from '../registry/attribute-definition.reader.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import type { RequestContext } from '../runtime/request-context.js';
import { DuplicatesReader } from './duplicates.reader.js';
import { FunctionsSeenType, ProposeComponentsArgs } from './functions-seen.types.js';
import type { FunctionSeenType } from './functions-seen.types.js';

/** What the question costs for each element, in looks at a record: its texts are read for the names of agencies. */
const LOOKS = 20;

/** The functions that a draft seems to name. */
@Resolver()
export class FunctionsSeenResolver {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly definitions: AttributeDefinitionReader,
    private readonly duplicates: DuplicatesReader,
  ) {}

  @Query(() => FunctionsSeenType, {
    description:
      'The functions that the title, the objective and the scope of a draft seem to name, to be confirmed and then declared ' +
      'as its components. Nothing is stored, and no check uses them unless they are declared.',
  })
  @Asks('proposal.check')
  async proposeComponents(
    @Args('draft', { type: () => ProposalInput, description: 'The proposal; its components are not looked at.' })
    draft: ProposalInput,
    @Args() { scope, ...at }: ProposeComponentsArgs,
    @Context() context: RequestContext,
  ): Promise<FunctionsSeenType> {
    const { title, objective } = toProposal(draft, this.definitions.all, ['draft']);
    const texts = { title, objective, scope: readableOrNull('scope', scope, []) };
    const landscape = await this.landscapes.forWork(context, at, LOOKS);
    await this.duplicates.prepare(landscape);
    const { functions, truncated } = this.duplicates.functionsIn(landscape, texts);
    return { functions: functions.map((each) => this.told(each)), truncated };
  }

  private told({ capabilities, ...seen }: FunctionSeen): FunctionSeenType {
    return {
      ...seen,
      capabilities: capabilities.flatMap(({ code, ...each }) => {
        const capability = this.duplicates.capability(code);
        return capability === undefined ? [] : [{ ...each, capability, urn: urnOfCapability(code) }];
      }),
    };
  }
}
