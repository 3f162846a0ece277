import { createHash } from 'node:crypto';
import { RegistryError } from '../src/core/errors.js';
import { OpenIdConnect } from '../src/runtime/sign-in/openid-connect.js';
import type { IssuedPerson } from '../src/runtime/sign-in/person-claims.js';
import { CLIENT, SUBJECT, startTestIssuer } from './support/sign-in/test-issuer.js';
import type { Misbehaviour, TestIssuer } from './support/sign-in/test-issuer.js';

const REDIRECT = 'http://localhost:3000/sign-in/callback';
const SECRETS = { state: 'the-state', nonce: 'the-nonce', verifier: 'v'.repeat(43) };
const DOCUMENT = '/.well-known/openid-configuration';

let issuer: TestIssuer;
beforeEach(async () => {
  issuer = await startTestIssuer();
  issuer.begin(SECRETS.nonce);
});
afterEach(() => issuer.close());

function client(now?: () => number): OpenIdConnect {
  return new OpenIdConnect({ url: issuer.url, ...CLIENT }, now);
}

function signIn(by: OpenIdConnect): Promise<IssuedPerson> {
  return by.personOf({ ...SECRETS, code: 'the-code', redirectUri: REDIRECT });
}

/** The reason that whoever signs in hears, and the one for the log. */
async function failureOf(work: Promise<unknown>): Promise<{ reason: string; cause: string }> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof RegistryError)) throw new Error(`No refusal: ${String(error)}`);
  return { reason: error.issues[0].reason, cause: String(error.cause) };
}

const now = (): number => Math.floor(Date.now() / 1000);

describe('the way to the issuer', () => {
  it('has a code challenge, a state and a nonce, and asks for no more than who it is', async () => {
    const url = new URL(await client().signInUrl(SECRETS, REDIRECT));
    expect(`${url.origin}${url.pathname}`).toBe(`${issuer.url}/authorize`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: CLIENT.clientId,
      redirect_uri: REDIRECT,
      scope: 'openid profile email',
      state: SECRETS.state,
      nonce: SECRETS.nonce,
      code_challenge: createHash('sha256').update(SECRETS.verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
  });

  it('is asked for once an hour, and again where it was not told', async () => {
    let clock = 0;
    const oidc = client(() => clock);
    issuer.misbehave({ answers: { [DOCUMENT]: (response) => response.writeHead(503).end('{}') } });
    expect(await failureOf(oidc.signInUrl(SECRETS, REDIRECT))).toMatchObject({ reason: 'ISSUER_UNREACHABLE' });
    issuer.misbehave({});
    await Promise.all([1, 2, 3].map(() => oidc.signInUrl(SECRETS, REDIRECT)));
    expect(issuer.asked.get(DOCUMENT)).toBe(2);
    clock = 3_599_999;
    await oidc.signInUrl(SECRETS, REDIRECT);
    expect(issuer.asked.get(DOCUMENT)).toBe(2);
    clock = 3_600_000;
    await oidc.signInUrl(SECRETS, REDIRECT);
    expect(issuer.asked.get(DOCUMENT)).toBe(3);
  });

  it.each<[string, Misbehaviour['document'], string]>([
    ['speaks of another issuer', { issuer: 'https://issuer.example' }, 'of another issuer'],
    ['has no address for tokens', { token_endpoint: undefined }, 'is none'],
    ['has an address that is none', { authorization_endpoint: '/authorize' }, 'is none'],
    ['would send people over an open line', { authorization_endpoint: 'http://issuer.example/a' }, 'not https'],
    ['has its keys on an open line', { jwks_uri: 'http://issuer.example/keys' }, 'not https'],
    ['has its keys in a file', { jwks_uri: 'file:///etc/passwd' }, 'not https'],
  ])('is not taken from a document that %s', async (_name, document, cause) => {
    issuer.misbehave({ document: document ?? {} });
    expect(await failureOf(client().signInUrl(SECRETS, REDIRECT))).toEqual({
      reason: 'ISSUER_UNREACHABLE',
      cause: expect.stringContaining(cause),
    });
  });

  it('is not asked for over an open line', async () => {
    const oidc = new OpenIdConnect({ url: 'http://issuer.example', ...CLIENT });
    expect(await failureOf(oidc.signInUrl(SECRETS, REDIRECT))).toMatchObject({
      reason: 'ISSUER_UNREACHABLE',
      cause: expect.stringContaining('not https'),
    });
  });
});

describe('whoever signs in', () => {
  it('is told by issuer and subject, with a name and an address', async () => {
    expect(await signIn(client())).toEqual({
      issuer: issuer.url,
      subject: SUBJECT,
      name: 'Người Mẫu Thử',
      email: null,
    });
    const [request] = issuer.tokenRequests;
    expect(request?.form).toEqual({
      grant_type: 'authorization_code',
      code: 'the-code',
      redirect_uri: REDIRECT,
      code_verifier: SECRETS.verifier,
    });
    expect(Buffer.from(request?.authorization?.slice('Basic '.length) ?? '', 'base64').toString()).toBe(
      'khung+test:a%3Asecret%2Fof+ours',
    );
  });

  it('is asked after where the token has no name', async () => {
    issuer.misbehave({ claims: { name: undefined } });
    expect(await signIn(client())).toMatchObject({ name: 'Người Mẫu', email: 'nguoi.mau@example.vn' });
    issuer.misbehave({
      claims: { name: undefined },
      answers: { '/person': (response) => response.end('{"sub":"another","name":"Another"}') },
    });
    expect(await failureOf(signIn(client()))).toMatchObject({ reason: 'SIGN_IN_FAILED' });
  });

  it('is known by a client without a secret', async () => {
    const oidc = new OpenIdConnect({ url: issuer.url, clientId: CLIENT.clientId, clientSecret: undefined });
    expect(await signIn(oidc)).toMatchObject({ subject: SUBJECT });
    expect(issuer.tokenRequests[0]).toMatchObject({ authorization: undefined, form: { client_id: CLIENT.clientId } });
  });

  it('is known after the issuer has taken new keys', async () => {
    const oidc = client();
    await signIn(oidc);
    await issuer.rotateKeys();
    expect(await signIn(oidc)).toMatchObject({ subject: SUBJECT });
    await signIn(oidc);
    expect(issuer.asked.get('/keys')).toBe(2);
  });

  it('is known while the clocks differ by less than a minute', async () => {
    for (const claims of [{ exp: now() - 50 }, { iat: now() + 50 }]) {
      issuer.misbehave({ claims });
      expect(await signIn(client())).toMatchObject({ subject: SUBJECT });
    }
  });

  it.each<[string, () => Misbehaviour, string]>([
    ['no signature', () => ({ signature: 'none' }), 'JOSEAlgNotAllowed'],
    ['a signature by the public key', () => ({ signature: 'HS256 with the public key' }), 'JOSEAlgNotAllowed'],
    ['a signature of somebody else', () => ({ signature: 'foreign key' }), 'JWSSignatureVerificationFailed'],
    ['a key that the issuer does not have', () => ({ signature: 'no such key' }), 'JWKSNoMatchingKey'],
    ['another issuer', () => ({ claims: { iss: 'https://issuer.example' } }), '"iss"'],
    ['another client', () => ({ claims: { aud: 'another' } }), '"aud"'],
    ['two clients, and another one asked', () => ({ claims: { aud: [CLIENT.clientId, 'b'], azp: 'b' } }), 'azp'],
    ['two clients, and nobody who asked', () => ({ claims: { aud: [CLIENT.clientId, 'b'] } }), 'azp'],
    ['another sign-in', () => ({ claims: { nonce: 'of-another' } }), 'nonce'],
    ['no sign-in', () => ({ claims: { nonce: undefined } }), 'nonce'],
    ['a time that is over', () => ({ claims: { exp: now() - 70 } }), 'JWTExpired'],
    ['no end', () => ({ claims: { exp: undefined } }), '"exp"'],
    ['a time to come', () => ({ claims: { iat: now() + 70 } }), '"iat"'],
    ['a time long ago', () => ({ claims: { iat: now() - 700 } }), '"iat"'],
    ['nobody', () => ({ claims: { sub: undefined } }), '"sub"'],
    ['an empty subject', () => ({ claims: { sub: '' } }), 'sub'],
    ['a subject that can not be kept', () => ({ claims: { sub: 'a\0b' } }), 'sub'],
    ['a very long subject', () => ({ claims: { sub: 'a'.repeat(256) } }), 'sub'],
  ])('is not believed with a token that says %s', async (_name, how, cause) => {
    const oidc = client();
    issuer.misbehave(how());
    expect(await failureOf(signIn(oidc))).toEqual({
      reason: 'SIGN_IN_FAILED',
      cause: expect.stringContaining(cause),
    });
    issuer.misbehave({});
    expect(await signIn(oidc)).toMatchObject({ subject: SUBJECT });
  });

  const html = '<html>Bad gateway</html>';
  it.each<[string, string, NonNullable<Misbehaviour['answers']>[string], string]>([
    ['a page', '/token', (response) => response.end(html), 'ISSUER_UNREACHABLE'],
    ['a list', '/token', (response) => response.end('[]'), 'ISSUER_UNREACHABLE'],
    ['a failure', '/token', (response) => response.writeHead(500).end('{}'), 'ISSUER_UNREACHABLE'],
    ['a cut line', '/token', (response) => response.destroy(), 'ISSUER_UNREACHABLE'],
    ['a huge answer', '/token', (response) => response.end(`{"a":"${'x'.repeat(300_000)}"}`), 'ISSUER_UNREACHABLE'],
    ['huge keys', '/keys', (response) => response.end(`{"a":"${'x'.repeat(300_000)}"}`), 'ISSUER_UNREACHABLE'],
    ['a page for keys', '/keys', (response) => response.end(html), 'ISSUER_UNREACHABLE'],
    ['no keys', '/keys', (response) => response.end('{}'), 'ISSUER_UNREACHABLE'],
    [
      'a way elsewhere',
      '/token',
      (response) => response.writeHead(307, { location: '/x' }).end('{}'),
      'SIGN_IN_FAILED',
    ],
    ['a refusal', '/token', (response) => response.writeHead(400).end('{"error":"invalid_grant"}'), 'SIGN_IN_FAILED'],
    ['no token', '/token', (response) => response.end('{"access_token":"a"}'), 'SIGN_IN_FAILED'],
  ])('is told that the issuer answers with %s', async (_name, path, answer, reason) => {
    issuer.misbehave({ answers: { [path]: answer } });
    const failure = await failureOf(signIn(client()));
    expect(failure.reason).toBe(reason);
    // The answer, and whatever of it could be somebody's, is not for the log.
    expect(failure.cause).not.toMatch(/html|xxx|the-code|subject-1/);
  });

  it('does not wait long for an issuer that hangs', async () => {
    issuer.misbehave({ answers: { '/token': (response) => response.writeHead(200).write('{') } });
    const before = performance.now();
    expect(await failureOf(signIn(client()))).toMatchObject({
      reason: 'ISSUER_UNREACHABLE',
      cause: expect.stringContaining('TimeoutError'),
    });
    expect(performance.now() - before).toBeLessThan(8_000);
  }, 20_000);
});
