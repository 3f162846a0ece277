import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Actor } from '../core/access/actor.js';
import { ADMINISTRATOR, PUBLIC, roleOf } from '../core/access/actor.js';
import { RegistryError } from '../core/errors.js';
import type { AccessTokens } from './access-tokens.js';
import { ConfigWrong, dataPaths } from './config.js';
import type { Config } from './config.js';
import { secretFile } from './secret-file.js';
import type { Credentials } from './identity/credentials.js';
import type { Identity } from './identity/identity.js';
import { isServiceToken } from './identity/service-token-text.js';
import type { SessionCookie } from './identity/session-cookie.js';
import { sha256 } from './canonical-json.js';
import { mayExplore } from './schema-sight.js';

/**
 * The administrator's token: the configured one, else the one in the data folder (made at the first start, readable by
 * the owner of the folder alone). On PostgreSQL without a configured token there is no administrator over HTTP.
 */
export function administratorToken(config: Config): string | undefined {
  if (config.adminToken !== undefined || config.databaseUrl !== undefined) return config.adminToken;
  const { adminToken } = dataPaths(config);
  const token = secretFile(adminToken, () => randomBytes(32).toString('base64url'));
  if (token === '') {
    throw new ConfigWrong(
      `Tệp mã quản trị đang rỗng; hãy xóa nó rồi khởi động lại: ${adminToken} / ` +
        `The file of the administrator's token is empty; delete it and start again: ${adminToken}`,
    );
  }
  return token;
}

const NOBODY: Identity = { actor: PUBLIC };
/** Methods that change nothing. */
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Where people and tokens are looked up, beside those that the operator named. */
export interface Accounts {
  readonly credentials: Credentials;
  readonly cookie: SessionCookie;
}

/**
 * Tells who sends a request: whoever holds a bearer token, or who is signed in where the request comes from. What is shown
 * and is not right is refused, and never silently taken for the public's.
 */
export class Authenticator {
  private readonly digest: string | undefined;
  private readonly found = new WeakMap<IncomingMessage, Identity | RegistryError>();

  /** @param token - the administrator's. @param others - those that the operator named. */
  constructor(
    token: string | undefined,
    private readonly others: AccessTokens,
    private readonly accounts: Accounts,
  ) {
    this.digest = token === undefined ? undefined : sha256(token);
  }

  /**
   * Finds out who sends a request; asked once of each, before anything else is.
   * @returns undefined where it is known at once.
   */
  identify(request: IncomingMessage, response: ServerResponse): Promise<void> | undefined {
    const { authorization } = request.headers;
    if (authorization !== undefined) return this.byToken(request, authorization);
    const shown = this.accounts.cookie.shownIn(request.headers);
    return shown === undefined ? undefined : this.bySession(request, response, shown);
  }

  /** Whether the database would have to be asked who sends a request. */
  isStrange({ headers }: IncomingMessage): boolean {
    const { authorization } = headers;
    const [, token = ''] = authorization?.split(' ') ?? [];
    const shown = authorization === undefined ? this.accounts.cookie.shownIn(headers) : token;
    if (shown === undefined || (authorization !== undefined && !isServiceToken(token))) return false;
    return this.accounts.credentials.known(sha256(shown)) === undefined;
  }

  /** @throws RegistryError NOT_PERMITTED where a token is given and is not the right one, SESSION_ENDED, CROSS_SITE. */
  identityOf(request: IncomingMessage): Identity {
    const found = this.found.get(request) ?? NOBODY;
    if (found instanceof RegistryError) throw found;
    return found;
  }

  /** As whom a request is sent. @throws RegistryError as `identityOf`, and where the token is for registered queries alone. */
  actorOf(request: IncomingMessage): Actor {
    const { actor, documents } = this.identityOf(request);
    if (documents !== undefined) throw refused('bearer token');
    return actor;
  }

  /** As whom a registered query is asked. @throws RegistryError as `identityOf`, and where the token is not for it. */
  readerOf(request: IncomingMessage, document: string): Actor {
    const { actor, documents } = this.identityOf(request);
    if (documents !== undefined && !documents.has(document)) throw refused(`/q/${document.slice(0, 12)}`);
    return actor;
  }

  private byToken(request: IncomingMessage, authorization: string): Promise<void> | undefined {
    const [scheme = '', token = ''] = authorization.split(' ');
    const isBearer = scheme.toLowerCase() === 'bearer';
    const digest = sha256(token);
    const named = isBearer ? (this.namedBy(digest) ?? this.accounts.credentials.known(digest)) : undefined;
    if (named !== undefined || !isBearer || !isServiceToken(token)) {
      this.keep(request, named ?? refused('bearer token'));
      return undefined;
    }
    return this.settle(request, this.accounts.credentials.serviceToken(digest), () => refused('bearer token'));
  }

  private namedBy(digest: string): Identity | undefined {
    if (this.digest !== undefined && isSame(digest, this.digest)) return { actor: ADMINISTRATOR, caller: digest };
    const actor = this.others.get(digest);
    return actor && { actor, caller: digest };
  }

  private bySession(request: IncomingMessage, response: ServerResponse, shown: string): Promise<void> | undefined {
    // Of a request with a session a cache between does not know by itself that the answer is one person's alone.
    response.setHeader('Cache-Control', 'private, no-store').setHeader('Vary', 'Cookie');
    if (isFromElsewhere(request, this.accounts.cookie.origin)) {
      this.found.set(request, RegistryError.of('CROSS_SITE'));
      return undefined;
    }
    const digest = sha256(shown);
    const known = this.accounts.credentials.known(digest);
    if (known !== undefined) {
      this.keep(request, known);
      return undefined;
    }
    return this.settle(request, this.accounts.credentials.session(digest), () => {
      // Told once; the next request is the public's, which whoever is sent to sign in again has to be.
      response.appendHeader('Set-Cookie', this.accounts.cookie.forgotten());
      return RegistryError.of('SESSION_ENDED');
    });
  }

  private async settle(
    request: IncomingMessage,
    looked: Promise<Identity | undefined>,
    nobody: () => RegistryError,
  ): Promise<void> {
    try {
      this.keep(request, (await looked) ?? nobody());
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error;
      this.keep(request, error);
    }
  }

  private keep(request: IncomingMessage, found: Identity | RegistryError): void {
    this.found.set(request, found);
    if (found instanceof RegistryError || found.session !== undefined) return;
    const { principal } = found.actor;
    if (principal !== undefined) this.accounts.credentials.countUse(principal);
  }

  /** Whether a request shows that its sender may explore the schema; a token that is none shows nothing. */
  mayExplore(request: IncomingMessage, { isProduction }: Pick<Config, 'isProduction'>): boolean {
    try {
      return mayExplore(this.actorOf(request), isProduction);
    } catch (error) {
      if (error instanceof RegistryError) return false;
      throw error;
    }
  }

  /** As whom a request is told of; `unknown` where its token is none. */
  roleOf(request: IncomingMessage): string {
    try {
      return roleOf(this.identityOf(request).actor);
    } catch (error) {
      if (error instanceof RegistryError) return 'unknown';
      throw error;
    }
  }
}

function refused(action: string): RegistryError {
  return RegistryError.of('NOT_PERMITTED', ['authorization'], { action });
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

/**
 * Whether a request that may change something does not show that it comes from a page of this service: a browser sends
 * what it keeps of a session with whatever any page has it send.
 */
export function isFromElsewhere({ method = 'GET', headers }: IncomingMessage, ownOrigin: string | undefined): boolean {
  if (SAFE.has(method)) return false;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin';
  const { origin, host = '' } = headers;
  if (origin !== undefined && origin === ownOrigin) return false;
  return origin === undefined || !URL.canParse(origin) || new URL(origin).host !== host;
}
