import { Logger } from '@nestjs/common';
import type { GraphQLFormattedError } from 'graphql';
import { ERROR_CODES, RegistryError } from '../core/errors.js';
import { causeOf, settingOf } from './error-language.js';
import type { ErrorSetting } from './error-language.js';
import { withoutSuggestion } from './schema-sight.js';
import { expectedError, graphqlError, maskBug, namedIn } from './registry-error.filter.js';

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

/** How graphql-js ends its list of values that are wrong; the others of the list have a code, and this one has none. */
const MANY_WRONG = 'Too many errors processing variables';

const logger = new Logger('GraphQL');

/**
 * Lets out what a caller may hear: our coded errors and the refusals of Apollo; anything else is masked and logged.
 * @param setting - of the request; noted where Apollo met the error.
 */
export function formatError(
  formatted: GraphQLFormattedError,
  thrown: unknown,
  { language, path: way, requestId, hidesSchema }: ErrorSetting = settingOf(thrown),
): GraphQLFormattedError {
  const { locations, path, message, extensions } = formatted;
  const place = { ...(locations && { locations }), ...(path && { path }) };
  const original = causeOf(thrown);
  const expected = expectedError(original);
  if (expected !== undefined) {
    const told = namedIn(placed(expected, way), () => path ?? []);
    return { ...graphqlError(told, language).toJSON(), ...place };
  }
  const code = message.startsWith(MANY_WRONG) ? 'BAD_USER_INPUT' : extensions?.['code'];
  if (OURS.has(code) || REFUSED_BY_APOLLO.has(code)) {
    const { stacktrace: _stacktrace, ...rest } = extensions ?? {};
    const told = hidesSchema === true ? withoutSuggestion(message) : message;
    return { message: told, ...place, extensions: { ...rest, code } };
  }
  const masked = maskBug(original, language, logger, requestId);
  return { message: masked.message, ...place, extensions: { code: masked.code, id: masked.id } };
}

/** What reads a value does not know where it stands; the document does. */
function placed(error: RegistryError, way: readonly string[]): RegistryError {
  const [first] = error.issues;
  if (way.length === 0 || first.path.length > 0) return error;
  return RegistryError.of(first.reason, way, { ...first.params, field: way.at(-1) ?? '' });
}
