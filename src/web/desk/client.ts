import { Client, cacheExchange, fetchExchange } from 'urql';
import type { CombinedError } from 'urql';
import type { Language } from './language';

/** A client whose answers are in one language: another language is another client, so that no answer is mixed. */
export function clientFor(language: Language): Client {
  return new Client({
    url: '/graphql',
    preferGetMethod: false,
    exchanges: [cacheExchange, fetchExchange],
    fetchOptions: { headers: { 'Accept-Language': language } },
  });
}

/** Why an answer, or a part of it, is not there, in the ways that a reader can act on. */
export type ProblemKind = 'lost' | 'unavailable' | 'forbidden' | 'refused' | 'failed';

export function problemKind(error: CombinedError): ProblemKind {
  const code = error.graphQLErrors[0]?.extensions['code'];
  if (code === 'FORBIDDEN') return 'forbidden';
  if (code === 'VALIDATION') return 'refused';
  if (code === 'UNAVAILABLE' || statusOf(error) === 503) return 'unavailable';
  return error.networkError !== undefined && statusOf(error) === undefined ? 'lost' : 'failed';
}

/** What the service itself says of it, in the language of the request; undefined where it said nothing. */
export function problemMessage(error: CombinedError): string | undefined {
  return error.graphQLErrors[0]?.message;
}

function statusOf(error: CombinedError): number | undefined {
  return (error.response as Response | undefined)?.status;
}
