import { Logger } from '@nestjs/common';
import { GraphQLError } from 'graphql';
import type { GraphQLFormattedError } from 'graphql';
import { ERROR_CODES } from '../core/errors.js';
import { expectedError, graphqlError, maskBug } from './registry-error.filter.js';

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
export function formatError(formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError {
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
