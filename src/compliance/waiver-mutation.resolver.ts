import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { userErrorsOf } from '../runtime/registry-error.filter.js';
import type { RequestContext } from '../runtime/request-context.js';
import { todayInVietnam } from '../runtime/today.js';
import { DecideWaiverInput, RenewWaiverInput, RequestWaiverInput, RevokeWaiverInput } from './waiver-inputs.types.js';
import { seenWaiver } from './waiver.reader.js';
import type { KeptWaiver } from './waiver.types.js';
import { WaiverPayload } from './waiver.types.js';
import { WaiverWriter } from './waiver.writer.js';

/** What is asked and decided of waivers. */
@Resolver()
export class WaiverMutationResolver {
  constructor(
    private readonly writer: WaiverWriter,
    private readonly landscapes: LandscapeReader,
  ) {}

  @Mutation(() => WaiverPayload, {
    description:
      "Asks for a waiver of a rule for what the officer's agency owns. It waives nothing until it is approved.",
  })
  @Asks('waiver.request')
  requestWaiver(
    @Args('input', { description: 'What is asked for.' }) input: RequestWaiverInput,
    @Context() context: RequestContext,
  ): Promise<WaiverPayload> {
    return this.payload(context, () => this.writer.request(input, context.actor));
  }

  @Mutation(() => WaiverPayload, { description: 'Approves or denies a request for a waiver; for the administrator.' })
  @Asks('waiver.decide')
  decideWaiver(
    @Args('input', { description: 'What is decided.' }) input: DecideWaiverInput,
    @Context() context: RequestContext,
  ): Promise<WaiverPayload> {
    return this.payload(context, () => this.writer.decide(input, context.actor));
  }

  @Mutation(() => WaiverPayload, {
    description: 'Ends a waiver, or withdraws a request; for the administrator, and for the agency that asked.',
  })
  @Asks('waiver.revoke')
  revokeWaiver(
    @Args('input', { description: 'What is revoked.' }) input: RevokeWaiverInput,
    @Context() context: RequestContext,
  ): Promise<WaiverPayload> {
    return this.payload(context, () => this.writer.revoke(input, context.actor));
  }

  @Mutation(() => WaiverPayload, {
    description: 'Lets a waiver that has not expired last longer; for the administrator.',
  })
  @Asks('waiver.decide')
  renewWaiver(
    @Args('input', { description: 'What is renewed.' }) input: RenewWaiverInput,
    @Context() context: RequestContext,
  ): Promise<WaiverPayload> {
    return this.payload(context, () => this.writer.renew(input, context.actor));
  }

  private async payload({ actor, language }: RequestContext, write: () => Promise<KeptWaiver>): Promise<WaiverPayload> {
    try {
      const waiver = await write();
      // The landscape may be another one by now, and the waiver of what is not in it any more.
      const seen = seenWaiver(waiver, await this.landscapes.read(actor), todayInVietnam());
      return { waiver: seen ?? null, userErrors: [] };
    } catch (error) {
      return { waiver: null, userErrors: userErrorsOf(error, language) };
    }
  }
}
