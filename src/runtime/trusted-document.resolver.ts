import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { toUserError } from './messages.js';
import { PageArgs, paginate } from './page.js';
import type { Page } from './page.js';
import { expectedError } from './registry-error.filter.js';
import type { RequestContext } from './request-context.js';
import type { TrustedDocumentRow } from './trusted-document.entity.js';
import {
  RegisterTrustedDocumentInput,
  RegisterTrustedDocumentPayload,
  TrustedDocumentConnectionType,
} from './trusted-document.types.js';
import type { TrustedDocumentType } from './trusted-document.types.js';
import { TrustedDocuments } from './trusted-documents.js';

/** Registers and lists the queries that dashboards ask. */
@Resolver()
export class TrustedDocumentResolver {
  constructor(private readonly documents: TrustedDocuments) {}

  @Mutation(() => RegisterTrustedDocumentPayload, {
    description: 'Registers a query, which GET /q/<id> then answers. What is wrong comes back as userErrors.',
  })
  async registerTrustedDocument(
    @Args('input') input: RegisterTrustedDocumentInput,
    @Context() { actor, language }: RequestContext,
  ): Promise<RegisterTrustedDocumentPayload> {
    try {
      return { trustedDocument: shown(await this.documents.register(input, actor)), userErrors: [] };
    } catch (error) {
      const expected = expectedError(error);
      if (expected === undefined) throw error;
      return { trustedDocument: null, userErrors: expected.issues.map((issue) => toUserError(issue, language)) };
    }
  }

  @Query(() => TrustedDocumentConnectionType, { description: 'The queries that were registered, by name.' })
  async trustedDocuments(@Args() page: PageArgs): Promise<Page<TrustedDocumentType>> {
    return paginate((await this.documents.list()).map(shown), page, ({ id }) => id);
  }
}

function shown({ registeredAt, ...row }: TrustedDocumentRow): TrustedDocumentType {
  return { ...row, registeredAt: registeredAt.toISOString() };
}
