import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Actor } from '../core/access/actor.js';
import { ADMINISTRATOR, PUBLIC } from '../core/access/actor.js';
import { RegistryError } from '../core/errors.js';
import { dataPaths } from './config.js';
import type { Config } from './config.js';
import { errorCode } from './error-code.js';

/**
 * The administrator's token: the configured one, else the one in the data folder (made at the first start, readable by
 * the owner of the folder alone). On PostgreSQL without a configured token there is no administrator over HTTP.
 */
export function administratorToken(config: Config): string | undefined {
  if (config.adminToken !== undefined || config.databaseUrl !== undefined) return config.adminToken;
  const { adminToken } = dataPaths(config);
  try {
    writeFileSync(adminToken, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
  return readFileSync(adminToken, 'utf8').trim();
}

/** Tells who asks from a request's Authorization header. */
export class Authenticator {
  private readonly digest: Buffer | undefined;

  constructor(token: string | undefined) {
    this.digest = token === undefined ? undefined : digestOf(token);
  }

  /** @throws RegistryError NOT_PERMITTED where a token is given and is not the right one: never silently public. */
  actorOf(authorization: string | undefined): Actor {
    if (authorization === undefined) return PUBLIC;
    const [scheme = '', token = ''] = authorization.split(' ');
    const known = this.digest !== undefined && timingSafeEqual(digestOf(token), this.digest);
    if (scheme.toLowerCase() === 'bearer' && known) return ADMINISTRATOR;
    throw RegistryError.of('NOT_PERMITTED', ['authorization'], { action: 'bearer token' });
  }
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
