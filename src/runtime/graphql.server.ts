import type { IncomingMessage, ServerResponse } from 'node:http';
import { HeaderMap } from '@apollo/server';
import type { ApolloServer, HTTPGraphQLResponse } from '@apollo/server';
import type { ApolloDriver } from '@nestjs/apollo';
import { Logger } from '@nestjs/common';
import type { INestApplicationContext } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { answerBody, lengthOf } from './answer-body.js';
import { Authenticator } from './authentication.js';
import { errorBody } from './front-door.js';
import type { Door } from './front-door.js';
import { contextOf } from './graphql-context.js';
import { languageOf } from './messages.js';
import { errorAnswer } from './registry-error.filter.js';
import { DATA_HEADERS } from './security-headers.js';
import { BodyTooLarge, bytesOf, jsonOf } from './request-body.js';
import { noteRefusal, numberHeader, requestIdOf } from './request-number.js';

const JSON_TYPE = /^application\/json(; *charset=utf-?8)?$/i;

const logger = new Logger('GraphQL');

interface GraphQLDoor {
  readonly apollo: ApolloServer;
  readonly authenticator: Authenticator;
}

/** Answers POST /graphql with plain JSON. What comes in another way (GET, packed, another coding) is the framework's. */
export function graphqlDoor(application: INestApplicationContext): Door {
  const { graphQlAdapter } = application.get<GraphQLModule<ApolloDriver>>(GraphQLModule, { strict: false });
  const door: GraphQLDoor = {
    apollo: graphQlAdapter.instance,
    authenticator: application.get(Authenticator, { strict: false }),
  };
  return (request, response) => {
    if (request.method !== 'POST' || request.url !== '/graphql') return false;
    if (!JSON_TYPE.test(request.headers['content-type'] ?? '') || request.headers['content-encoding'] !== undefined) {
      return false;
    }
    void respond(request, response, door);
    return true;
  };
}

async function respond(request: IncomingMessage, response: ServerResponse, door: GraphQLDoor): Promise<void> {
  try {
    const body = jsonOf(await bytesOf(request, door.authenticator));
    send(response, await askApollo(request, body, { ...door, response }));
  } catch (error) {
    // Who hung up hears nothing.
    if (request.errored !== null && request.errored !== undefined) return;
    const askedIn = { language: languageOf(request.headers['accept-language']), requestId: requestIdOf(response) };
    const { status, errors } = errorAnswer(error, askedIn, logger);
    noteRefusal(response, errors);
    // The rest of a body that is too large is not waited for.
    const close = error instanceof BodyTooLarge ? { Connection: 'close' } : {};
    write(
      response,
      { status, headers: { 'content-type': 'application/json; charset=utf-8', ...close } },
      errorBody(errors),
    );
  }
}

function askApollo(
  request: IncomingMessage,
  body: object,
  { apollo, authenticator, response }: GraphQLDoor & { readonly response: ServerResponse },
): Promise<HTTPGraphQLResponse> {
  const { headers, method } = request;
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: method ?? 'POST', headers: map, search: '', body },
    context: () =>
      Promise.resolve().then(() => ({
        ...contextOf(request, [documentOf(body)], authenticator),
        connection: response,
        requestId: requestIdOf(response),
      })),
  });
}

function documentOf(body: object): unknown {
  return 'query' in body ? body.query : undefined;
}

function send(response: ServerResponse, { status, headers, body }: HTTPGraphQLResponse): void {
  if (body.kind !== 'complete') throw new Error('Answers in parts were not asked for.');
  write(response, { status: status ?? 200, headers: Object.fromEntries(headers) }, body.string);
}

function write(
  response: ServerResponse,
  { status, headers }: { readonly status: number; readonly headers: Readonly<Record<string, string>> },
  text: string,
): void {
  const body = answerBody(text);
  response.writeHead(status, {
    ...DATA_HEADERS,
    ...numberHeader(response),
    ...headers,
    'content-length': lengthOf(body),
  });
  response.end(body);
}
