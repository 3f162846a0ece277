import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { userErrorsOf } from '../runtime/registry-error.filter.js';
import type { RequestContext } from '../runtime/request-context.js';
import { todayInVietnam } from '../runtime/today.js';
import { DecideEvidenceInput, SubmitEvidenceInput, WithdrawEvidenceInput } from './evidence-inputs.types.js';
import { seenEvidence } from './evidence.reader.js';
import { EvidencePayload } from './evidence.types.js';
import type { KeptEvidence } from './evidence.types.js';
import { EvidenceWriter } from './evidence.writer.js';

/** What is submitted, and what is decided of it. */
@Resolver()
export class EvidenceMutationResolver {
  constructor(
    private readonly writer: EvidenceWriter,
    private readonly landscapes: LandscapeReader,
  ) {}

  @Mutation(() => EvidencePayload, {
    description:
      "Submits evidence for something that the officer's agency owns. It shows nothing until a reviewer accepts it.",
  })
  @Asks('evidence.submit')
  submitEvidence(
    @Args('input', { description: 'What is submitted.' }) input: SubmitEvidenceInput,
    @Context() context: RequestContext,
  ): Promise<EvidencePayload> {
    return this.payload(context, () => this.writer.submit(input, context.actor));
  }

  @Mutation(() => EvidencePayload, {
    description: 'Accepts or rejects evidence; for architects and the administrator, and never for who submitted it.',
  })
  @Asks('evidence.decide')
  decideEvidence(
    @Args('input', { description: 'What is decided.' }) input: DecideEvidenceInput,
    @Context() context: RequestContext,
  ): Promise<EvidencePayload> {
    return this.payload(context, () => this.writer.decide(input, context.actor));
  }

  @Mutation(() => EvidencePayload, {
    description:
      'Takes evidence back; for reviewers, and for the agency that submitted it unless it was found to show a failure.',
  })
  @Asks('evidence.withdraw')
  withdrawEvidence(
    @Args('input', { description: 'What is taken back.' }) input: WithdrawEvidenceInput,
    @Context() context: RequestContext,
  ): Promise<EvidencePayload> {
    return this.payload(context, () => this.writer.withdraw(input, context.actor));
  }

  private async payload(
    { actor, language }: RequestContext,
    write: () => Promise<KeptEvidence>,
  ): Promise<EvidencePayload> {
    try {
      const evidence = await write();
      // The landscape may be another one by now, and what the evidence speaks of not in it any more.
      const seen = seenEvidence(evidence, await this.landscapes.read(actor), todayInVietnam());
      return { evidence: seen ?? null, userErrors: [] };
    } catch (error) {
      return { evidence: null, userErrors: userErrorsOf(error, language) };
    }
  }
}
