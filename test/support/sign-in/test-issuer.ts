import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { SignJWT, UnsecuredJWT, exportJWK, exportSPKI, generateKeyPair } from 'jose';
import type { CryptoKey, JWK, JWTPayload } from 'jose';

/** The client that the issuer knows. */
export const CLIENT = { clientId: 'khung test', clientSecret: 'a:secret/of ours' };

/** In what an issuer may go wrong; nothing = it does as it must. */
export interface Misbehaviour {
  /** Changed in what it says of itself. */
  readonly document?: Readonly<Record<string, unknown>>;
  /** Changed in the claims of its tokens; undefined takes a claim away. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** How the token is signed. */
  readonly signature?: 'none' | 'HS256 with the public key' | 'foreign key' | 'no such key';
  /** What the door of an address does instead. */
  readonly answers?: Readonly<Record<string, (response: ServerResponse) => void>>;
}

/** What the issuer was asked for a token with. */
export interface TokenRequest {
  readonly authorization: string | undefined;
  readonly form: Readonly<Record<string, string>>;
}

/** An issuer of OpenID Connect that does as it must, or goes wrong in a way of one's own choosing. */
export interface TestIssuer {
  readonly url: string;
  /** How often each of its addresses was asked for. */
  readonly asked: Map<string, number>;
  readonly tokenRequests: TokenRequest[];
  /** Goes wrong from now on. */
  misbehave(how: Misbehaviour): void;
  /** The nonce of the sign-in that its next token is for. */
  begin(nonce: string): void;
  rotateKeys(): Promise<void>;
  close(): Promise<void>;
}

interface Key {
  readonly id: string;
  readonly secret: CryptoKey;
  readonly open: CryptoKey;
}

let made = 0;
async function makeKey(): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  made += 1;
  return { id: `key-${made}`, secret: privateKey, open: publicKey };
}

export const SUBJECT = 'subject-1';
const NAME = 'Người Mẫu Thử';

/** Starts an issuer on a free port of this machine. */
export async function startTestIssuer(): Promise<TestIssuer> {
  let key = await makeKey();
  const foreign = await makeKey();
  let how: Misbehaviour = {};
  let nonce = '';
  const asked = new Map<string, number>();
  const tokenRequests: TokenRequest[] = [];

  const claims = (): JWTPayload => {
    const now = Math.floor(Date.now() / 1000);
    const good = { iss: url, sub: SUBJECT, aud: CLIENT.clientId, exp: now + 300, iat: now, nonce, name: NAME };
    return Object.fromEntries(Object.entries({ ...good, ...how.claims }).filter(([, value]) => value !== undefined));
  };
  const idToken = async (): Promise<string> => {
    if (how.signature === 'none') return new UnsecuredJWT(claims()).encode();
    if (how.signature === 'HS256 with the public key') {
      const shared = new TextEncoder().encode(await exportSPKI(key.open));
      return new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: key.id }).sign(shared);
    }
    const by = how.signature === 'foreign key' ? foreign : key;
    const kid = how.signature === 'no such key' ? 'nowhere' : key.id;
    return new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', kid }).sign(by.secret);
  };
  const keys = async (): Promise<{ keys: JWK[] }> => ({
    keys: [{ ...(await exportJWK(key.open)), kid: key.id, alg: 'RS256', use: 'sig' }],
  });
  const answer = async (request: IncomingMessage, path: string): Promise<unknown> => {
    switch (path) {
      case '/.well-known/openid-configuration':
        return {
          issuer: url,
          authorization_endpoint: `${url}/authorize`,
          token_endpoint: `${url}/token`,
          jwks_uri: `${url}/keys`,
          userinfo_endpoint: `${url}/person`,
          ...how.document,
        };
      case '/keys':
        return keys();
      case '/person':
        return { sub: SUBJECT, family_name: 'Người', given_name: 'Mẫu', email: 'nguoi.mau@example.vn' };
      case '/token': {
        const form = Object.fromEntries(new URLSearchParams(await text(request)));
        tokenRequests.push({ authorization: request.headers.authorization, form });
        return { access_token: 'for the person', token_type: 'Bearer', id_token: await idToken() };
      }
      default:
        return undefined;
    }
  };

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '';
    asked.set(path, (asked.get(path) ?? 0) + 1);
    const otherwise = how.answers?.[path];
    if (otherwise !== undefined) return otherwise(response);
    const body = await answer(request, path);
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? {}));
  };
  const server = createServer((request, response) => {
    respond(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return {
    url,
    asked,
    tokenRequests,
    misbehave: (next) => (how = next),
    begin: (next) => (nonce = next),
    rotateKeys: async () => {
      key = await makeKey();
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
