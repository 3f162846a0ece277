import type { IncomingMessage, ServerResponse } from 'node:http';
import { RegistryError } from '../../core/errors.js';
import { fail, refuse } from '../front-door.js';
import type { Door } from '../front-door.js';
import { isLoopbackAddress, isLoopbackName } from '../loopback.js';

/** As whom the issuer of demo people is known: whatever port it answers at, and as no issuer elsewhere could be. */
export const DEMO_ISSUER = 'development-issuer';

/** Where it answers. */
export const DEVELOPMENT_ISSUER = '/development-issuer';

/** Answers a request to the issuer. */
export type IssuerHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Headers by which proxies say that a request is somebody else's, whatever they say of him. */
const FORWARDED = /^(?:forwarded|via|x-forwarded-.*|x-real-ip|x-original-.*|x-client-ip)$/;

/**
 * Lets this machine, and nobody else, to the issuer of demo people.
 * @param issuer - undefined as long as there is none.
 */
export function developmentIssuerDoor(issuer: () => IssuerHandler | undefined): Door {
  return (request, response) => {
    const handle = isBelow(request.url) ? issuer() : undefined;
    if (handle === undefined) return false;
    if (!isOfThisMachine(request)) {
      const error = RegistryError.of('NOT_PERMITTED', [], { action: DEVELOPMENT_ISSUER });
      refuse(request, response, { error, status: 403 });
      return true;
    }
    handle(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else fail(request, response, error);
    });
    return true;
  };
}

function isBelow(url: string | undefined): boolean {
  return url?.startsWith(`${DEVELOPMENT_ISSUER}/`) === true;
}

/**
 * By the line it came over, by what proxies say, and by the name it was asked under: a page elsewhere can have its own
 * name lead to this machine.
 */
function isOfThisMachine({ socket, headers }: IncomingMessage): boolean {
  const address = `http://${headers.host ?? ''}`;
  return (
    isLoopbackAddress(socket.remoteAddress) &&
    !Object.keys(headers).some((name) => FORWARDED.test(name)) &&
    URL.canParse(address) &&
    isLoopbackName(new URL(address).hostname)
  );
}
