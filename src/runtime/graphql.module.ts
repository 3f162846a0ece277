import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloDriver } from '@nestjs/apollo';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import { GraphQLModule } from '@nestjs/graphql';
import type { DynamicModule } from '@nestjs/common';
import { GraphQLError } from 'graphql';
import type { GraphQLFormattedError } from 'graphql';
import { Logger } from '@nestjs/common';
import { ERROR_CODES, RegistryError } from '../core/errors.js';
import type { Authenticator } from './authentication.js';
import { compiledExecution } from './compiled-execution.js';
import { languageOf } from './messages.js';
import { expectedError, graphqlError, maskBug } from './registry-error.filter.js';
import type { RequestContext } from './request-context.js';

/** A class that stands for a GraphQL type. */
export type SchemaType = new () => object;

interface HttpRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** Codes that Apollo gives to requests it refuses by itself; what they say of a request is safe to say. */
const REFUSED_BY_APOLLO: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);
/** Codes of ours, and of a bug that was masked where it happened. */
const OURS: ReadonlySet<unknown> = new Set([...ERROR_CODES, 'INTERNAL']);

const logger = new Logger('GraphQL');

/** Lets out what a caller may hear: our coded errors and the refusals of Apollo; anything else is masked and logged. */
function formatError(formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError {
  const { locations, path, message, extensions } = formatted;
  const place = { ...(locations && { locations }), ...(path && { path }) };
  const code = extensions?.['code'];
  if (OURS.has(code) || REFUSED_BY_APOLLO.has(code)) {
    const { stacktrace: _stacktrace, ...rest } = extensions ?? {};
    return { message, ...place, extensions: rest };
  }
  const original = thrown instanceof GraphQLError ? (thrown.originalError ?? thrown) : thrown;
  const expected = expectedError(original);
  if (expected !== undefined) return { ...graphqlError(expected, 'VI').toJSON(), ...place };
  const masked = maskBug(original, 'VI', logger);
  return { message: masked.message, ...place, extensions: { code: masked.code, id: masked.id } };
}

/** @throws GraphQLError, which the server answers with status 403, where a token is given and is not the right one. */
function contextOf({ headers }: HttpRequest, authenticator: Authenticator): RequestContext {
  const language = languageOf(headers['accept-language']);
  try {
    return { actor: authenticator.actorOf(headers['authorization']), language };
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    const refused = graphqlError(error, language);
    refused.extensions['http'] = { status: 403 };
    throw refused;
  }
}

/**
 * GraphQL over HTTP at `/graphql`: schema from the resolvers, one context a request, masked errors.
 * @param orphanedTypes - types of the schema that no field names, reached through an interface alone.
 */
export function graphqlModule(authenticator: Authenticator, orphanedTypes: readonly SchemaType[]): DynamicModule {
  return GraphQLModule.forRoot<ApolloDriverConfig>({
    driver: ApolloDriver,
    path: '/graphql',
    autoSchemaFile: true,
    buildSchemaOptions: { orphanedTypes: [...orphanedTypes] },
    sortSchema: true,
    // It wraps every field of every answer, and nothing here is cached by its hints.
    plugins: [ApolloServerPluginCacheControlDisabled(), compiledExecution()],
    playground: false,
    graphiql: false,
    introspection: true,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    inheritResolversFromInterfaces: true,
    formatError,
    context: ({ req }: { req: HttpRequest }): RequestContext => contextOf(req, authenticator),
  });
}
