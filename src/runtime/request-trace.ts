import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { numberRequest, refusalOf } from './request-number.js';
import type { RefusalNames } from './request-number.js';

/** Doors and pages that the framework knows no route of. */
const TRUSTED = '/q/';
const GRAPHQL = '/graphql';
const PAGE = '(page)';

/** What became of a request: nothing of what was asked, and of who asked his role alone. */
export interface RequestEnd {
  readonly id: string;
  readonly method: string;
  /** One of a closed list: an address as it was written may hold anything. */
  readonly route: string;
  readonly status: number;
  readonly milliseconds: number;
  /** That went out for it, with its head. */
  readonly bytes: number;
  readonly role: string;
  /** Why it was refused before it was answered; undefined where it was not. */
  readonly refusal: RefusalNames | undefined;
  /** Whether all of the answer went out. */
  readonly isWhole: boolean;
}

/** Hears of the end of each request. */
export type RequestListener = (end: RequestEnd) => void;

/** Bytes of a connection that are those of answers given already. */
const COUNTED = Symbol('counted');

/**
 * Gives each request its number, and tells listeners what became of it. Begins before anything else does.
 * @param roleOf - as whom somebody asks; asked when all is over.
 */
export function requestTrace(
  roleOf: (request: IncomingMessage) => string,
  listeners: readonly RequestListener[],
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const begin = performance.now();
    const socket: Socket & { [COUNTED]?: number } = request.socket;
    const id = numberRequest(request, response);
    // The framework shortens the address on its way.
    const { url = '' } = request;
    response.once('close', () => {
      const sent = socket.bytesWritten;
      const end: RequestEnd = {
        id,
        // The reader of HTTP lets those of the standard alone through.
        method: request.method ?? '',
        route: routeOf(url, request),
        status: response.statusCode,
        milliseconds: performance.now() - begin,
        bytes: sent - (socket[COUNTED] ?? 0),
        role: roleOf(request),
        refusal: refusalOf(response),
        isWhole: response.writableFinished,
      };
      socket[COUNTED] = sent;
      for (const listener of listeners) listener(end);
    });
  };
}

/** The framework notes on the request which route has taken it. */
function routeOf(url: string, { route }: IncomingMessage & { readonly route?: { readonly path?: unknown } }): string {
  if (url.startsWith(TRUSTED)) return '/q/:id';
  if (url === GRAPHQL || url.startsWith('/graphql?')) return GRAPHQL;
  return typeof route?.path === 'string' ? route.path : PAGE;
}
