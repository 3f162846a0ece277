import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Asks } from './access-action.js';
import { vietnameseSortKey } from '../core/vietnamese-order.js';
import { orderedBy } from '../core/ordering.js';
import { PageArgs, pageByPlace } from './page.js';
import type { Page } from './page.js';
import { userErrorsOf } from './registry-error.filter.js';
import type { RequestContext } from './request-context.js';
import type { TrustedDocumentRow } from './trusted-document.entity.js';
import {
  RegisterTrustedDocumentInput,
  RegisterTrustedDocumentPayload,
  TrustedDocumentConnectionType,
  WithdrawTrustedDocumentInput,
  WithdrawTrustedDocumentPayload,
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
  @Asks('document.register')
  async registerTrustedDocument(
    @Args('input', { description: 'The query, and what it is called.' }) input: RegisterTrustedDocumentInput,
    @Context() { actor, language }: RequestContext,
  ): Promise<RegisterTrustedDocumentPayload> {
    try {
      return { trustedDocument: shown(await this.documents.register(input, actor)), userErrors: [] };
    } catch (error) {
      return { trustedDocument: null, userErrors: userErrorsOf(error, language) };
    }
  }

  @Mutation(() => WithdrawTrustedDocumentPayload, {
    description: 'Takes a registered query back: GET /q/<id> no longer answers it. What is wrong comes as userErrors.',
  })
  @Asks('document.register')
  async withdrawTrustedDocument(
    @Args('input', { description: 'Which query.' }) input: WithdrawTrustedDocumentInput,
    @Context() { actor, language }: RequestContext,
  ): Promise<WithdrawTrustedDocumentPayload> {
    try {
      return { trustedDocument: shown(await this.documents.withdraw(input, actor)), userErrors: [] };
    } catch (error) {
      return { trustedDocument: null, userErrors: userErrorsOf(error, language) };
    }
  }

  @Query(() => TrustedDocumentConnectionType, {
    description: 'The queries that were registered, by name; for officials.',
  })
  @Asks('document.list')
  async trustedDocuments(
    @Args() page: PageArgs,
    @Context() { actor }: RequestContext,
  ): Promise<Page<TrustedDocumentType>> {
    const documents = (await this.documents.list(actor)).map(shown);
    return pageByPlace(documents, DOCUMENT_ORDERING, page, () => ['trustedDocuments']);
  }
}

const DOCUMENT_ORDERING = orderedBy<TrustedDocumentType>(
  ({ name }) => vietnameseSortKey(name),
  ({ id }) => id,
);

function shown({ registeredAt, ...row }: TrustedDocumentRow): TrustedDocumentType {
  return { ...row, registeredAt: registeredAt.toISOString() };
}
