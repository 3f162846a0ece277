import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, Kind, OperationTypeNode, parse } from 'graphql';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { RegistryError } from '../core/errors.js';
import { BoundedCache } from './bounded-cache.js';
import { TOKENS_MAXIMUM, checkAnswer, checkNesting, checkSize, checkValueNesting } from './document-size.js';
import type { Language } from './messages.js';
import { graphqlError } from './registry-error.filter.js';
import type { RequestContext } from './request-context.js';

/** Text of the documents that are known to be small enough, characters. */
const MEASURED_CAPACITY = 4_000_000;

const BAD_REQUEST = 400;

const measured = new BoundedCache<true>(MEASURED_CAPACITY);

/**
 * Measures a document before anything else reads it: validation of a few hundred words may take a minute. What is no
 * text, or no GraphQL, is left to the server, which says so.
 * @throws GraphQLError LIMIT_EXCEEDED with status 400.
 */
export function checkDocument(text: unknown, language: Language): void {
  if (typeof text !== 'string' || measured.get(text) === true) return;
  try {
    checkNesting(text, ['query']);
    checkSize(parse(text, { maxTokens: TOKENS_MAXIMUM, noLocation: true }), ['query']);
  } catch (error) {
    if (error instanceof RegistryError) throw refusal(error, language);
    if (error instanceof GraphQLError) return;
    throw error;
  }
  measured.set(text, true, text.length);
}

/** Refuses values that lie too deep, and operations whose answer might be too large, before they are executed. */
export function operationLimits(): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: ({ document, operation, request: { variables = {}, operationName }, contextValue }) => {
          try {
            checkValueNesting(variables, ['variables']);
            checkAnswer(document, executable(operation, document, operationName), variables, ['query']);
          } catch (error) {
            if (error instanceof RegistryError) throw refusal(error, contextValue.language);
            throw error;
          }
          return Promise.resolve();
        },
      }),
  };
}

/** @throws RegistryError where a document has no operation of that name, or one of a kind that is not served. */
function executable(
  operation: OperationDefinitionNode | undefined,
  { definitions }: DocumentNode,
  name: string | null | undefined,
): OperationDefinitionNode {
  if (operation === undefined) {
    const names = definitions.flatMap((each) =>
      each.kind === Kind.OPERATION_DEFINITION ? (each.name?.value ?? []) : [],
    );
    const params = { field: 'operationName', value: name ?? '', allowed: names.join(', ') };
    throw RegistryError.of('VALUE_NOT_ALLOWED', ['operationName'], params);
  }
  if (operation.operation !== OperationTypeNode.SUBSCRIPTION) return operation;
  const params = { field: 'operation', value: operation.operation, allowed: 'query, mutation' };
  throw RegistryError.of('VALUE_NOT_ALLOWED', ['query'], params);
}

function refusal(error: RegistryError, language: Language): GraphQLError {
  const refused = graphqlError(error, language);
  refused.extensions['http'] = { status: BAD_REQUEST };
  return refused;
}
