import { RegistryError } from '../core/errors.js';
import type { Authenticator } from './authentication.js';
import { languageOf } from './messages.js';
import { graphqlError } from './registry-error.filter.js';
import { checkDocument } from './request-limits.js';
import type { RequestContext } from './request-context.js';

/** The headers of a request that say who asks, and in which language. */
export interface Headers {
  readonly authorization?: string | undefined;
  readonly 'accept-language'?: string | undefined;
}

/**
 * @param documents - the text of what is asked, wherever the request may hold it.
 * @throws GraphQLError, which the server answers with status 403 where a token is given and is not the right one, and
 * with 400 where the document is larger than one may be.
 */
export function contextOf(
  headers: Headers,
  documents: readonly unknown[],
  authenticator: Authenticator,
): RequestContext {
  const language = languageOf(headers['accept-language']);
  try {
    const actor = authenticator.actorOf(headers.authorization);
    for (const each of documents) checkDocument(each, language);
    return { actor, language };
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    const refused = graphqlError(error, language);
    refused.extensions['http'] = { status: 403 };
    throw refused;
  }
}
