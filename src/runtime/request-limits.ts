import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, Kind, OperationTypeNode, parse } from 'graphql';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { RegistryError } from '../core/errors.js';
import { BoundedCache } from './bounded-cache.js';
import { answerSize } from './answer-cost.js';
import {
  COST_MAXIMUM,
  TOKENS_MAXIMUM,
  checkAnswer,
  checkNesting,
  checkSize,
  checkValueNesting,
} from './document-size.js';
import type { Language } from './messages.js';
import { graphqlError, statusOf } from './registry-error.filter.js';
import type { RequestContext } from './request-context.js';
import { asksForSchema, mayExplore } from './schema-sight.js';
import { workDrawn } from './request-work.js';

/** Text of the documents that are known to be small enough, characters. */
const MEASURED_CAPACITY = 4_000_000;

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

/** What was counted for a request before it was executed. */
const costs = new WeakMap<RequestContext, number>();

/**
 * Refuses values that lie too deep, and operations whose answer might be too large, before they are executed. Each answer
 * says what was counted, and how much work it took.
 */
export function operationLimits(isProduction: boolean): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: ({
          schema,
          document,
          operation,
          request: { variables = {}, operationName },
          contextValue,
        }) => {
          try {
            checkValueNesting(variables, ['variables']);
            const asked = executable(operation, document, operationName);
            if (!mayExplore(contextValue.actor, isProduction) && asksForSchema(document, asked)) {
              throw RegistryError.of('SCHEMA_NOT_SHOWN', ['query']);
            }
            const size = answerSize(schema, document, asked, variables);
            checkAnswer(size, ['query']);
            costs.set(contextValue, size.cost);
          } catch (error) {
            if (error instanceof RegistryError) throw refusal(error, contextValue.language);
            throw error;
          }
          return Promise.resolve();
        },
        willSendResponse: ({ contextValue, response: { body } }) => {
          const estimated = costs.get(contextValue);
          if (estimated !== undefined && body.kind === 'single') {
            const cost = { estimated, limit: COST_MAXIMUM, ...workDrawn(contextValue) };
            body.singleResult.extensions = { ...body.singleResult.extensions, cost };
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
  refused.extensions['http'] = { status: statusOf(refused.extensions['code']) };
  return refused;
}
