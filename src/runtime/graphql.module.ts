import type { IncomingMessage } from 'node:http';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloDriver } from '@nestjs/apollo';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import { GraphQLModule } from '@nestjs/graphql';
import type { DynamicModule } from '@nestjs/common';
import type { GraphQLSchema } from 'graphql';
import type { Authenticator } from './authentication.js';
import { compiledExecution, stringifyResult } from './compiled-execution.js';
import { TOKENS_MAXIMUM } from './document-size.js';
import { contextOf } from './graphql-context.js';
import { errorLanguage } from './error-language.js';
import { formatError } from './graphql-errors.js';
import { operationMeasures } from './graphql-measures.js';
import type { Metrics } from './metrics.js';
import type { Connection, RequestContext } from './request-context.js';
import { operationLimits } from './request-limits.js';
import { requestIdOf } from './request-number.js';

/** A class that stands for a GraphQL type. */
export type SchemaType = new () => object;

/** A request as the web framework gives it. */
interface FrameworkRequest extends IncomingMessage {
  readonly body?: { readonly query?: unknown } | null;
  readonly query?: { readonly query?: unknown };
}

interface FrameworkExchange {
  readonly req: FrameworkRequest;
  readonly res: Connection;
}

interface GraphQLSetting {
  readonly authenticator: Authenticator;
  readonly metrics: Metrics;
  readonly isProduction: boolean;
}

/**
 * GraphQL over HTTP at `/graphql`: schema from the resolvers, one context a request, masked errors.
 * @param orphanedTypes - types of the schema that no field names, reached through an interface alone.
 */
export function graphqlModule(
  { authenticator, metrics, isProduction }: GraphQLSetting,
  orphanedTypes: readonly SchemaType[],
): DynamicModule {
  return GraphQLModule.forRoot<ApolloDriverConfig>({
    driver: ApolloDriver,
    path: '/graphql',
    autoSchemaFile: true,
    buildSchemaOptions: { orphanedTypes: [...orphanedTypes] },
    sortSchema: true,
    transformSchema: withRootDescriptions,
    // It wraps every field of every answer, and nothing here is cached by its hints.
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      errorLanguage(isProduction),
      operationLimits(isProduction),
      operationMeasures(metrics),
      compiledExecution(),
    ],
    stringifyResult,
    parseOptions: { maxTokens: TOKENS_MAXIMUM },
    playground: false,
    graphiql: false,
    introspection: true,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    inheritResolversFromInterfaces: true,
    formatError,
    context: ({ req, res: connection }: FrameworkExchange): RequestContext => ({
      ...contextOf(req, [req.body?.query, req.query?.query], authenticator),
      connection,
      requestId: requestIdOf(connection),
    }),
  });
}

/** The framework makes the two root types, and says nothing of them. */
function withRootDescriptions(schema: GraphQLSchema): GraphQLSchema {
  const [query, mutation] = [schema.getQueryType(), schema.getMutationType()];
  if (query != null) query.description = 'What can be asked. Các câu hỏi.';
  if (mutation != null) {
    mutation.description = 'What can be changed; what is wrong comes back as userErrors. Các thay đổi.';
  }
  return schema;
}
