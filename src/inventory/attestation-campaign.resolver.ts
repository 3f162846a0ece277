import { Args, Context, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { mayReadCampaigns } from '../core/access/decide.js';
import { RegistryError } from '../core/errors.js';
import { ageOrdering } from '../core/landscape/order.js';
import { orderedBy } from '../core/ordering.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { ForwardPageArgs, PageArgs, mapPage, pageByPlace } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import { userErrorsOf } from '../runtime/registry-error.filter.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { AttestationCampaignWriter } from './attestation-campaign.writer.js';
import { ChangeAttestationCampaignInput, OpenAttestationCampaignInput } from './attestation-inputs.types.js';
import type { AttestationCampaignRow } from './attestation.entity.js';
import { AttestationReader } from './attestation.reader.js';
import {
  AttestationCampaignConnectionType,
  AttestationCampaignPayload,
  AttestationCampaignType,
  AttestationProgressConnectionType,
} from './attestation.types.js';
import type { AttestationProgressType } from './attestation.types.js';

/** What finding out how far agencies are costs for each element, in looks at a record. */
const LOOKS = 10;

/** What agencies are asked to confirm, and how far they are. */
@Resolver(() => AttestationCampaignType)
export class AttestationCampaignResolver {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly reader: AttestationReader,
  ) {}

  @Query(() => AttestationCampaignConnectionType, {
    description: 'What agencies were asked to confirm, the newest first; for officials.',
  })
  async attestationCampaigns(
    @Args() page: ForwardPageArgs,
    @Context() { actor }: RequestContext,
  ): Promise<Page<AttestationCampaignRow>> {
    if (!mayReadCampaigns(actor)) throw RegistryError.of('NOT_PERMITTED', [], { action: 'attestationCampaigns' });
    return pageByPlace(await this.reader.campaigns(), NEWEST_FIRST, page, () => ['attestationCampaigns']);
  }

  @Query(() => AttestationCampaignType, {
    nullable: true,
    description: 'One campaign; null where none has the number. For officials.',
  })
  async attestationCampaign(
    @Args('number', { type: () => Int, description: 'Its number.' }) number: number,
    @Context() { actor }: RequestContext,
  ): Promise<AttestationCampaignRow | null> {
    if (!mayReadCampaigns(actor)) throw RegistryError.of('NOT_PERMITTED', [], { action: 'attestationCampaign' });
    return this.reader.campaign(number);
  }

  @ResolveField(() => AttestationProgressConnectionType, {
    description: 'How far each agency is that is asked and still there, in order of their making.',
  })
  async agencies(
    @Parent() campaign: AttestationCampaignRow,
    @Args() asked: PageArgs,
    @Context() context: RequestContext,
  ): Promise<Page<AttestationProgressType>> {
    const landscape = await this.landscapes.forWork(context, {}, 1);
    const { actor } = context;
    const agencies = this.reader.agenciesAsked(landscape, campaign);
    const page = pageByPlace(agencies, ageOrdering(landscape), asked, () => ['agencies', campaign.number]);
    for (const agency of page.nodes) workOf(context).spend(LOOKS * this.reader.recordsOf(landscape, agency).length);
    const answers = await this.reader.allAnswers(context);
    return mapPage(page, (agency) => this.reader.progress({ landscape, agency }, campaign, { answers, actor }));
  }
}

const NEWEST_FIRST = orderedBy<AttestationCampaignRow>(({ number }) => -number);

/** Asks agencies to confirm their records. */
@Resolver()
export class AttestationCampaignMutationResolver {
  constructor(private readonly writer: AttestationCampaignWriter) {}

  @Mutation(() => AttestationCampaignPayload, {
    description: 'Asks agencies to confirm what the registry holds of them, from today until a day.',
  })
  openAttestationCampaign(
    @Args('input', { description: 'Whom, and until when.' }) input: OpenAttestationCampaignInput,
    @Context() context: RequestContext,
  ): Promise<AttestationCampaignPayload> {
    return payload(this.writer.open(input, context.actor), context);
  }

  @Mutation(() => AttestationCampaignPayload, {
    description: 'Changes the last day of a campaign, closes it, or opens it again.',
  })
  changeAttestationCampaign(
    @Args('input', { description: 'Which campaign, and how.' }) input: ChangeAttestationCampaignInput,
    @Context() context: RequestContext,
  ): Promise<AttestationCampaignPayload> {
    return payload(this.writer.change(input, context.actor), context);
  }
}

async function payload(
  row: Promise<AttestationCampaignRow>,
  { language }: RequestContext,
): Promise<AttestationCampaignPayload> {
  try {
    return { campaign: await row, userErrors: [] };
  } catch (error) {
    return { campaign: null, userErrors: userErrorsOf(error, language) };
  }
}
