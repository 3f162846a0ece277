import { RegistryError } from '../core/errors.js';
import { refuse } from './front-door.js';
import type { Door } from './front-door.js';
import { numberHeader } from './request-number.js';

/** Seconds for which a browser need not ask again what it may send. */
const PREFLIGHT_SECONDS = '600';

const ALLOWED = {
  'Access-Control-Allow-Methods': 'GET, HEAD, POST',
  'Access-Control-Allow-Headers': 'Accept, Accept-Language, Authorization, Content-Type, If-None-Match',
  'Access-Control-Max-Age': PREFLIGHT_SECONDS,
} as const;

const EXPOSED = 'Content-Disposition, ETag, Khung-Revision, Khung-At, Retry-After, X-Request-Id';

/**
 * Lets pages of the origins that are listed read answers, and takes the questions of browsers whether they may ask. Pages
 * of other origins are told nothing that would let them read; what the door of trusted documents shows anybody stays so.
 */
export function originDoor(origins: ReadonlySet<string>): Door {
  return (request, response) => {
    const { origin } = request.headers;
    if (origin === undefined) return false;
    const isAllowed = origins.has(origin);
    if (isAllowed) {
      response.setHeader('Access-Control-Allow-Origin', origin);
      response.setHeader('Access-Control-Expose-Headers', EXPOSED);
      response.setHeader('Vary', 'Origin');
    }
    if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) return false;
    if (isAllowed) response.writeHead(204, { ...ALLOWED, ...numberHeader(response) }).end();
    else
      refuse(request, response, {
        error: RegistryError.of('NOT_PERMITTED', ['origin'], { action: origin.slice(0, 100) }),
        status: 403,
      });
    return true;
  };
}
