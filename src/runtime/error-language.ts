import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { placeOf } from './error-place.js';
import type { Language } from './messages.js';
import type { RequestContext } from './request-context.js';
import { mayExplore } from './schema-sight.js';

/** What is known of an error from the request it came up in. */
export interface ErrorSetting {
  readonly language: Language;
  /** The way to the value that is wrong, where the error is of one. */
  readonly path: readonly string[];
  readonly requestId?: string | undefined;
  /** Whether names of the schema are left out that whoever asked did not write. */
  readonly hidesSchema?: boolean;
}

const settings = new WeakMap<object, ErrorSetting>();

/** The setting of an error; of one that came up before anything was known, the first language of the service. */
export function settingOf(error: unknown): ErrorSetting {
  const known = typeof error === 'object' && error !== null ? settings.get(error) : undefined;
  return known ?? { language: 'VI', path: [] };
}

/** Notes the language of the request for each of its errors: what formats them is not told whose they are. */
export function errorLanguage(isProduction: boolean): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didEncounterErrors: ({ errors, document, contextValue: { actor, language, requestId } }) => {
          const told = { language, requestId, hidesSchema: !mayExplore(actor, isProduction) };
          for (const error of errors) settings.set(error, { ...told, path: placeOf(error, document) });
          return Promise.resolve();
        },
      }),
  };
}

/** The first error behind a GraphQL error that is none itself. */
export function causeOf(thrown: unknown): unknown {
  let at = thrown;
  while (at instanceof GraphQLError && at.originalError instanceof Error) at = at.originalError;
  return at;
}
