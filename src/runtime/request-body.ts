import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { mayAtAll } from '../core/access/decide.js';
import { RegistryError, issue } from '../core/errors.js';
import type { Authenticator } from './authentication.js';

/** Longest body of a request of somebody who may write, bytes: an import of ten thousand systems has some 20 MB. */
export const BODY_OF_WRITERS_MAXIMUM = 50 * 1024 * 1024;
/** Longest body of anybody else's, bytes: the longest document and a proposal with its texts are far below it. */
export const BODY_MAXIMUM = 1024 * 1024;

/** The body is longer than the caller's may be. */
export class BodyTooLarge extends RegistryError {
  static readonly status = 413;

  constructor(limit: number, actual: number) {
    super([issue('LIMIT_EXCEEDED', ['body'], { field: 'body', limit, actual })]);
  }
}

/** Whether the request shows, by its token alone, that it is somebody's who may write. A wrong token shows nothing. */
export function isOfWriter(request: IncomingMessage, authenticator: Authenticator): boolean {
  try {
    return mayAtAll(authenticator.actorOf(request), 'scenario.use');
  } catch (error) {
    if (error instanceof RegistryError) return false;
    throw error;
  }
}

/**
 * What a body says.
 * @throws RegistryError DOCUMENT_MALFORMED where it is no object or list of JSON in UTF-8: bytes that are none would be
 *   read as something else than was written.
 */
export function jsonOf(bytes: Buffer): object {
  if (!isUtf8(bytes)) throw malformed('UTF-8');
  const body = parsed(bytes.toString());
  if (typeof body === 'object' && body !== null) return body;
  throw malformed('JSON');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw malformed(error instanceof Error ? error.message : '');
  }
}

function malformed(detail: string): RegistryError {
  return RegistryError.of('DOCUMENT_MALFORMED', [], { detail });
}

/**
 * The body. No more of it is kept than the caller may send.
 * @throws BodyTooLarge as soon as that is known.
 */
export function bytesOf(request: IncomingMessage, authenticator: Authenticator): Promise<Buffer> {
  const maximum = isOfWriter(request, authenticator) ? BODY_OF_WRITERS_MAXIMUM : BODY_MAXIMUM;
  return new Promise((resolve, reject) => {
    const announced = Number(request.headers['content-length'] ?? 0);
    if (announced > maximum) {
      reject(new BodyTooLarge(maximum, announced));
      return;
    }
    if (request.readableEnded) {
      // The framework has read it as JSON: nothing would ever come.
      const params = { detail: 'Content-Type: application/octet-stream' };
      reject(RegistryError.of('DOCUMENT_MALFORMED', ['body'], params));
      return;
    }
    const parts: Buffer[] = [];
    let length = 0;
    request.on('data', (part: Buffer) => {
      length += part.length;
      parts.push(part);
      if (length <= maximum) return;
      request.removeAllListeners('data').resume();
      reject(new BodyTooLarge(maximum, length));
    });
    request.on('end', () => resolve(parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)));
    request.on('error', reject);
  });
}
