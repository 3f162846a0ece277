import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Actor } from '../core/access/actor.js';
import { ADMINISTRATOR, PUBLIC } from '../core/access/actor.js';
import { RegistryError } from '../core/errors.js';
import type { AccessTokens } from './access-tokens.js';
import { ConfigWrong, dataPaths } from './config.js';
import type { Config } from './config.js';
import { errorCode } from './error-code.js';

/**
 * The administrator's token: the configured one, else the one in the data folder (made at the first start, readable by
 * the owner of the folder alone). On PostgreSQL without a configured token there is no administrator over HTTP.
 */
export function administratorToken(config: Config): string | undefined {
  if (config.adminToken !== undefined || config.databaseUrl !== undefined) return config.adminToken;
  const { adminToken } = dataPaths(config);
  const aside = `${adminToken}.${process.pid}`;
  writeFileSync(aside, randomBytes(32).toString('base64url'), { mode: 0o600 });
  try {
    // Gets its name when it is complete: nobody may take an empty file for the token.
    linkSync(aside, adminToken);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(aside);
  }
  const token = readFileSync(adminToken, 'utf8').trim();
  if (token === '') {
    throw new ConfigWrong(
      `Tệp mã quản trị đang rỗng; hãy xóa nó rồi khởi động lại: ${adminToken} / ` +
        `The file of the administrator's token is empty; delete it and start again: ${adminToken}`,
    );
  }
  return token;
}

/** Tells who asks from a request's Authorization header. */
export class Authenticator {
  private readonly digest: Buffer | undefined;

  /** @param token - the administrator's. */
  constructor(
    token: string | undefined,
    private readonly others: AccessTokens = new Map(),
  ) {
    this.digest = token === undefined ? undefined : digestOf(token);
  }

  /** @throws RegistryError NOT_PERMITTED where a token is given and is not the right one: never silently public. */
  actorOf(authorization: string | undefined): Actor {
    if (authorization === undefined) return PUBLIC;
    const [scheme = '', token = ''] = authorization.split(' ');
    const digest = digestOf(token);
    if (scheme.toLowerCase() === 'bearer') {
      if (this.digest !== undefined && timingSafeEqual(digest, this.digest)) return ADMINISTRATOR;
      const other = this.others.get(digest.toString('hex'));
      if (other !== undefined) return other;
    }
    throw RegistryError.of('NOT_PERMITTED', ['authorization'], { action: 'bearer token' });
  }
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
