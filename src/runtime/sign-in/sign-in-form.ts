import type { IncomingMessage } from 'node:http';
import { isUtf8 } from 'node:buffer';
import { RegistryError } from '../../core/errors.js';

/** A user name, a password and a code are far below it. */
const FORM_MAXIMUM = 10_000;

/**
 * What a form without files says.
 * @throws RegistryError LIMIT_EXCEEDED or DOCUMENT_MALFORMED; no more of it is read than may be.
 */
export async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) {
    throw RegistryError.of('DOCUMENT_MALFORMED', [], { detail: 'application/x-www-form-urlencoded' });
  }
  const parts: Buffer[] = [];
  let length = 0;
  // A request is read in bytes as long as nobody asks it for texts.
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > FORM_MAXIMUM) {
      throw RegistryError.of('LIMIT_EXCEEDED', ['body'], { field: 'body', limit: FORM_MAXIMUM, actual: length });
    }
    parts.push(part);
  }
  const bytes = Buffer.concat(parts);
  if (!isUtf8(bytes)) throw RegistryError.of('DOCUMENT_MALFORMED', [], { detail: 'UTF-8' });
  return new URLSearchParams(bytes.toString());
}
