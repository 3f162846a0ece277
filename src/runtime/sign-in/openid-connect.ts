import { createHash } from 'node:crypto';
import { RegistryError, issue } from '../../core/errors.js';
import type { Reason } from '../../core/errors.js';
import type { IssuerConfig } from '../config.js';
import { AnswerWrong, askForJson } from './bounded-json.js';
import { IdTokens, TokenWrong } from './id-token.js';
import { IssuerDocuments } from './issuer-document.js';
import type { IssuerDocument } from './issuer-document.js';
import { personOfClaims } from './person-claims.js';
import type { IssuedPerson } from './person-claims.js';

const SCOPE = 'openid profile email';

/** What one sign-in is known by, from its beginning to its end; made anew for each, and hard to guess. */
export interface SignInSecrets {
  /** Comes back with the answer of the issuer, so that an answer to somebody else's question is known. */
  readonly state: string;
  /** Stands in the token, so that a token of another sign-in is known. */
  readonly nonce: string;
  /** Its hash goes out first and it itself with the code, so that a code alone is worth nothing. */
  readonly verifier: string;
}

/** What an issuer's answer, by way of the browser, has to be taken for somebody. */
export interface IssuerAnswer extends SignInSecrets {
  readonly code: string;
  /** The address that it came to, as the issuer was told it. */
  readonly redirectUri: string;
}

/** The authorization code flow of OpenID Connect with PKCE, at any issuer that says of itself where it does what. */
export class OpenIdConnect {
  private readonly documents: IssuerDocuments;
  private tokens: { readonly document: IssuerDocument; readonly verifier: IdTokens } | undefined;

  /** @param now - milliseconds of a clock that only goes forward. */
  constructor(
    private readonly config: IssuerConfig,
    now?: () => number,
  ) {
    this.documents = new IssuerDocuments(config.url, now);
  }

  /**
   * Where the browser is sent to sign in.
   * @throws RegistryError ISSUER_UNREACHABLE, with the reason as its cause.
   */
  async signInUrl({ state, nonce, verifier }: SignInSecrets, redirectUri: string): Promise<string> {
    const { authorization } = await expected(this.documents.document());
    const url = new URL(authorization);
    const asked = {
      response_type: 'code',
      client_id: this.config.clientId,
      redirect_uri: redirectUri,
      scope: SCOPE,
      state,
      nonce,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    };
    for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
    return url.href;
  }

  /**
   * Who signed in.
   * @throws RegistryError ISSUER_UNREACHABLE or SIGN_IN_FAILED, with the reason as its cause.
   */
  async personOf(answer: IssuerAnswer): Promise<IssuedPerson> {
    return expected(this.believed(answer));
  }

  private async believed({ code, redirectUri, verifier, nonce }: IssuerAnswer): Promise<IssuedPerson> {
    const document = await this.documents.document();
    const { idToken, accessToken } = await this.exchange(document, { code, redirectUri, verifier });
    const claims = await this.verifierOf(document).verified(idToken, { clientId: this.config.clientId, nonce });
    if (typeof claims['name'] === 'string' || document.person === undefined || accessToken === undefined) {
      return personOfClaims(document.issuer, claims);
    }
    const { status, body } = await askForJson(document.person, {
      headers: { authorization: `Bearer ${accessToken}`, accept: 'application/json' },
    });
    if (status !== 200) throw new AnswerWrong(`who the person is was answered with the status ${status}`);
    // What an issuer says of somebody else must not become this person's name.
    if (body['sub'] !== claims.sub) throw new TokenWrong('sub of the person');
    return personOfClaims(document.issuer, { ...body, sub: claims.sub });
  }

  /** Of the document that is believed now: with a new one the keys may lie elsewhere. */
  private verifierOf(document: IssuerDocument): IdTokens {
    if (this.tokens?.document !== document) this.tokens = { document, verifier: new IdTokens(document) };
    return this.tokens.verifier;
  }

  private async exchange(
    { token }: IssuerDocument,
    { code, redirectUri, verifier }: Pick<IssuerAnswer, 'code' | 'redirectUri' | 'verifier'>,
  ): Promise<{ readonly idToken: string; readonly accessToken: string | undefined }> {
    const { clientId, clientSecret } = this.config;
    const asked = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier };
    const { status, body } = await askForJson(token, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        ...(clientSecret !== undefined && { authorization: basic(clientId, clientSecret) }),
      },
      body: new URLSearchParams(clientSecret === undefined ? { ...asked, client_id: clientId } : asked),
    });
    const { id_token: idToken, access_token: accessToken } = body;
    if (status >= 500) throw new AnswerWrong(`the token was answered with the status ${status}`);
    if (status !== 200) throw new TokenWrong(`the issuer took the code for none (status ${status})`);
    if (typeof idToken !== 'string') throw new TokenWrong('none was given');
    return { idToken, accessToken: typeof accessToken === 'string' ? accessToken : undefined };
  }
}

/** The name and the secret are written as in a form before they are put together (RFC 6749, 2.3.1). */
function basic(clientId: string, secret: string): string {
  const [name = '', word = ''] = [clientId, secret].map((each) => new URLSearchParams({ each }).toString().slice(5));
  return `Basic ${Buffer.from(`${name}:${word}`).toString('base64')}`;
}

/** What goes wrong between the registry and the issuer, as whoever signs in may hear it. */
async function expected<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AnswerWrong) throw signInError('ISSUER_UNREACHABLE', error);
    if (error instanceof TokenWrong) throw signInError('SIGN_IN_FAILED', error);
    throw error;
  }
}

function signInError(reason: Reason, cause: Error): RegistryError {
  return new RegistryError([issue(reason, [])], { cause });
}
