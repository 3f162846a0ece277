import { Args, Context, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { may, notPermitted } from '../core/access/decide.js';
import { ageOrdering } from '../core/landscape/order.js';
import { orderedBy } from '../core/ordering.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { ForwardPageArgs, PageArgs, mapPage, pageByPlace } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import { userErrorsOf } from '../runtime/registry-error.filter.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { DateTimeScalar } from '../runtime/scalars.js';
import { AttestationCampaignWriter } from './attestation-campaign.writer.js';
import { ChangeAttestationCampaignInput, OpenAttestationCampaignInput } from './attestation-inputs.types.js';
import type { AttestationCampaignRow } from './attestation.entity.js';
import { LOOKS_AT_STANDING } from './attestation-page.js';
import { AttestationReader, correctedBy, dayOf } from './attestation.reader.js';
import type { SeenAgency } from './attestation.reader.js';
import {
  AttestationCampaignConnectionType,
  AttestationCampaignPayload,
  AttestationCampaignType,
  AttestationProgressConnectionType,
} from './attestation.types.js';
import type { Answers, AttestationProgressType } from './attestation.types.js';

/** What finding out who is asked costs for each element, in looks at a record. */
const LOOKS_AT_OWNER = 10;

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
  @Asks('campaign.read')
  async attestationCampaigns(
    @Args() page: ForwardPageArgs,
    @Context() { actor }: RequestContext,
  ): Promise<Page<AttestationCampaignRow>> {
    if (!may(actor, 'campaign.read')) throw notPermitted('attestationCampaigns');
    return pageByPlace(await this.reader.campaigns(), NEWEST_FIRST, page, () => ['attestationCampaigns']);
  }

  @Query(() => AttestationCampaignType, {
    nullable: true,
    description: 'One campaign; null where none has the number. For officials.',
  })
  @Asks('campaign.read')
  async attestationCampaign(
    @Args('number', { type: () => Int, description: 'Its number.' }) number: number,
    @Context() { actor }: RequestContext,
  ): Promise<AttestationCampaignRow | null> {
    if (!may(actor, 'campaign.read')) throw notPermitted('attestationCampaign');
    return this.reader.campaign(number);
  }

  @ResolveField(() => AttestationProgressConnectionType, {
    description:
      'How far each agency is that is asked and still there, in order of their making. Each closed campaign is a landscape ' +
      'of the past, of which a request may read few.',
  })
  async agencies(
    @Parent() campaign: AttestationCampaignRow,
    @Args() asked: PageArgs,
    @Context() context: RequestContext,
  ): Promise<Page<AttestationProgressType>> {
    const { closing, openedOn: since } = campaign;
    const past = closing === null ? {} : { asOf: { revision: closing.revision }, asIfToday: closing.on };
    const landscape = await this.landscapes.forWork(context, past, LOOKS_AT_OWNER);
    const agencies = this.reader.agenciesAsked(landscape, campaign);
    const page = pageByPlace(agencies, ageOrdering(landscape), asked, () => ['agencies', campaign.number]);
    const seen = page.nodes.map((agency) => ({ landscape, agency }));
    for (const each of seen) workOf(context).spend(LOOKS_AT_STANDING * this.reader.recordsOf(each).length);
    const answers = await this.answers(seen, campaign, context);
    return mapPage(page, (agency) => {
      const records = this.reader.records({ landscape, agency }, answers, { since, today: dayOf(campaign) });
      const mayReadCorrections = may(context.actor, 'attestation.read', { agency: agency.urn });
      return this.reader.progress({ landscape, agency }, campaign, { answers, records, mayReadCorrections });
    });
  }

  @ResolveField(() => DateTimeScalar, { description: "When it was opened, by the database's clock." })
  createdAt({ createdAt }: AttestationCampaignRow): string {
    return createdAt.toISOString();
  }

  @ResolveField(() => DateTimeScalar, { description: 'When it was changed last.' })
  changedAt({ changedAt }: AttestationCampaignRow): string {
    return changedAt.toISOString();
  }

  /** What agencies of a landscape said until the end of a campaign; of their corrections what the caller may read. */
  private async answers(
    agencies: readonly SeenAgency[],
    { closing }: AttestationCampaignRow,
    { actor }: RequestContext,
  ): Promise<Answers> {
    const [first] = agencies;
    const marks = await this.reader.marks(agencies, closing?.revision);
    if (first === undefined) return { ...marks, corrected: new Map() };
    const readable = agencies
      .map(({ agency }) => agency.urn)
      .filter((urn) => may(actor, 'attestation.read', { agency: urn }));
    const corrected =
      closing === null
        ? correctedBy(first.landscape, await this.reader.waiting(readable))
        : new Map(readable.map((urn) => [urn, closing.corrected[urn] ?? []]));
    return { ...marks, corrected };
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
  @Asks('campaign.open')
  openAttestationCampaign(
    @Args('input', { description: 'Whom, and until when.' }) input: OpenAttestationCampaignInput,
    @Context() context: RequestContext,
  ): Promise<AttestationCampaignPayload> {
    return payload(this.writer.open(input, context.actor), context);
  }

  @Mutation(() => AttestationCampaignPayload, {
    description: 'Changes the last day of a campaign, closes it, or opens it again.',
  })
  @Asks('campaign.open')
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
