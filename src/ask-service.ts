import { CommandFailed } from './list-commands.js';
import type { Language } from './runtime/messages.js';

/** What comes back. */
interface GraphQLAnswer<T> {
  readonly data?: T | null;
  readonly errors?: readonly { readonly message: string }[];
}

/** Asks a service in GraphQL. @throws CommandFailed with what it says where it gives no answer. */
export async function ask<T>(
  url: string,
  {
    query,
    variables,
    token,
    language,
  }: { query: string; variables: unknown; token?: string | undefined; language: Language },
): Promise<T> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'accept-language': language.toLowerCase(),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  // The shape is the one that the query asks for.
  const { data, errors } = (await response.json()) as GraphQLAnswer<T>;
  if (errors !== undefined || data === undefined || data === null) {
    throw new CommandFailed((errors ?? []).map(({ message }) => message).join('\n') || `HTTP ${response.status}`);
  }
  return data;
}
