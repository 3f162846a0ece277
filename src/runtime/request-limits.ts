import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, parse } from 'graphql';
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
        didResolveOperation: ({ document, operation, request: { variables = {} }, contextValue }) => {
          try {
            checkValueNesting(variables, ['variables']);
            // An operation that is not there is refused by the server.
            if (operation !== undefined) checkAnswer(document, operation, variables, ['query']);
          } catch (error) {
            if (error instanceof RegistryError) throw refusal(error, contextValue.language);
            throw error;
          }
          return Promise.resolve();
        },
      }),
  };
}

function refusal(error: RegistryError, language: Language): GraphQLError {
  const refused = graphqlError(error, language);
  refused.extensions['http'] = { status: BAD_REQUEST };
  return refused;
}
