import type { IncomingMessage } from 'node:http';
import { RegistryError } from '../core/errors.js';
import type { Authenticator } from './authentication.js';
import { languageOf } from './messages.js';
import { graphqlError, statusOf } from './registry-error.filter.js';
import { checkDocument } from './request-limits.js';
import type { RequestContext } from './request-context.js';

/**
 * @param documents - the text of what is asked, wherever the request may hold it.
 * @throws GraphQLError, which the server answers with status 403 where a token is given and is not the right one, with
 * 503 where it can not be looked up, and with 400 where the document is larger than one may be.
 */
export function contextOf(
  request: IncomingMessage,
  documents: readonly unknown[],
  authenticator: Authenticator,
): RequestContext {
  const language = languageOf(request.headers['accept-language']);
  try {
    const actor = authenticator.actorOf(request);
    for (const each of documents) checkDocument(each, language);
    const { session } = authenticator.identityOf(request);
    return { actor, language, ...(session && { session }) };
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    const refused = graphqlError(error, language);
    refused.extensions['http'] = { status: statusOf(refused.extensions['code']) };
    throw refused;
  }
}
