import type { IncomingMessage, OutgoingHttpHeaders, RequestListener, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Logger } from '@nestjs/common';
import { RegistryError } from '../core/errors.js';
import { errorCode } from './error-code.js';
import { languageOf, toUserError } from './messages.js';
import { errorAnswer } from './registry-error.filter.js';
import { noteRefusal, numberHeader, requestIdOf } from './request-number.js';
import { DATA_HEADERS } from './security-headers.js';

const logger = new Logger('FrontDoor');

/** Has a look at a request before any door is asked; undefined where it is done at once. */
export type Look = (request: IncomingMessage, response: ServerResponse) => Promise<void> | undefined;

/** Takes a request that is its own, and says whether it was. */
export type Door = (request: IncomingMessage, response: ServerResponse) => boolean;

/** What each request comes by, in order. */
export interface Entrance {
  /** Doors before it is looked at. */
  readonly first: readonly Door[];
  readonly look: Look;
  /** Those that may ask who sends it. */
  readonly doors: readonly Door[];
}

/**
 * Lets doors answer before the web framework is asked: it costs more than most answers. What no door takes goes where it
 * went before.
 * @param server - with its listener for requests in place.
 */
export function openDoors(server: Server, { first, look, doors }: Entrance): void {
  // A server of Node keeps plain listeners under this name.
  const others = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  const pass = (request: IncomingMessage, response: ServerResponse): void => {
    if (doors.some((door) => door(request, response))) return;
    for (const listener of others) listener.call(server, request, response);
  };
  server.on('request', (request, response) => {
    if (first.some((door) => door(request, response))) return;
    const looking = look(request, response);
    if (looking === undefined) pass(request, response);
    else
      void looking.then(
        () => pass(request, response),
        (error: unknown) => fail(request, response, error),
      );
  });
  server.on('clientError', refuseUnreadable);
}

/** What goes wrong before the web framework is asked is a bug, or the database. */
export function fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  const askedIn = { language: languageOf(request.headers['accept-language']), requestId: requestIdOf(response) };
  const { status, errors } = errorAnswer(error, askedIn, logger);
  const headers = { ...DATA_HEADERS, ...numberHeader(response), 'Content-Type': 'application/json; charset=utf-8' };
  response.writeHead(status, headers).end(errorBody(errors));
}

/** The errors of a request as its body. */
export function errorBody(errors: readonly object[]): string {
  return JSON.stringify({ errors });
}

/** What a door refuses a request with. */
export interface Refusal {
  readonly error: RegistryError;
  readonly status: number;
  readonly headers?: OutgoingHttpHeaders;
}

/** Refuses a request without reading it. */
export function refuse(request: IncomingMessage, response: ServerResponse, { error, status, headers }: Refusal): void {
  const language = languageOf(request.headers['accept-language']);
  const errors = error.issues.map((each) => toUserError(each, language));
  noteRefusal(response, errors);
  const body = errorBody(errors);
  response.writeHead(status, {
    ...DATA_HEADERS,
    ...numberHeader(response),
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** What is no HTTP, or has a longer address than the server reads, hears so as JSON too. */
function refuseUnreadable(error: Error, socket: Duplex): void {
  if (!socket.writable || errorCode(error) === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const tooLong = errorCode(error) === 'HPE_HEADER_OVERFLOW';
  const refused = tooLong
    ? RegistryError.of('LIMIT_EXCEEDED', [], { field: 'url', limit: '16 KB', actual: '> 16 KB' })
    : RegistryError.of('DOCUMENT_MALFORMED', [], { detail: 'HTTP' });
  const body = errorBody(refused.issues.map((each) => toUserError(each, 'VI')));
  const status = tooLong ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const safe = Object.entries(DATA_HEADERS).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `${safe.join('')}Content-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close`;
  socket.end(`HTTP/1.1 ${status}\r\n${head}\r\n\r\n${body}`);
}
