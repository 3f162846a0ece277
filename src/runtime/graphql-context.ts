import { RegistryError } from '../core/errors.js';
import type { Authenticator } from './authentication.js';
import { languageOf } from './messages.js';
import { graphqlError } from './registry-error.filter.js';
import type { RequestContext } from './request-context.js';

/** The headers of a request that say who asks, and in which language. */
export interface Headers {
  readonly authorization?: string | undefined;
  readonly 'accept-language'?: string | undefined;
}

/** @throws GraphQLError, which the server answers with status 403, where a token is given and is not the right one. */
export function contextOf(headers: Headers, authenticator: Authenticator): RequestContext {
  const language = languageOf(headers['accept-language']);
  try {
    return { actor: authenticator.actorOf(headers.authorization), language };
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    const refused = graphqlError(error, language);
    refused.extensions['http'] = { status: 403 };
    throw refused;
  }
}
