import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { userErrorsOf } from '../runtime/registry-error.filter.js';
import type { RequestContext } from '../runtime/request-context.js';
import { DecideDuplicateCaseInput, OpenDuplicateCaseInput } from './duplicate-case-inputs.types.js';
import type { SeenCase } from './duplicate-case.reader.js';
import { DuplicateCasePayload } from './duplicate-case.types.js';
import { DuplicateCaseWriter } from './duplicate-case.writer.js';

/** What is opened and decided of duplicates. */
@Resolver()
export class DuplicateCaseMutationResolver {
  constructor(private readonly writer: DuplicateCaseWriter) {}

  @Mutation(() => DuplicateCasePayload, {
    description:
      'Has people look at a pair that may be duplicates; for architects and the administrator. A pair has one case.',
  })
  @Asks('case.decide')
  openDuplicateCase(
    @Args('input', { description: 'The pair.' }) input: OpenDuplicateCaseInput,
    @Context() context: RequestContext,
  ): Promise<DuplicateCasePayload> {
    return payload(context, () => this.writer.open(input, context.actor));
  }

  @Mutation(() => DuplicateCasePayload, {
    description:
      'Decides of a pair, or decides of it again; for architects and the administrator. How the pair stands now is kept ' +
      'with what is decided.',
  })
  @Asks('case.decide')
  decideDuplicateCase(
    @Args('input', { description: 'What is decided.' }) input: DecideDuplicateCaseInput,
    @Context() context: RequestContext,
  ): Promise<DuplicateCasePayload> {
    return payload(context, () => this.writer.decide(input, context.actor));
  }
}

async function payload({ language }: RequestContext, write: () => Promise<SeenCase>): Promise<DuplicateCasePayload> {
  try {
    return { case: await write(), userErrors: [] };
  } catch (error) {
    return { case: null, userErrors: userErrorsOf(error, language) };
  }
}
