import { createRemoteJWKSet, customFetch, errors, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import { AnswerWrong, askForJson } from './bounded-json.js';
import type { IssuerDocument } from './issuer-document.js';

/** Signatures that only the issuer can make; with a shared secret, or none, whoever knows the client could. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
/** Seconds by which the clocks of the two sides may differ. */
const TOLERANCE = 60;
/** A token is used as soon as it is made. */
const AGE_MAXIMUM = '10m';

/** Whom a token is of; the database keeps no text with a zero in it. */
const SUBJECT = /^\P{Cc}{1,255}$/u;

/** What an ID token must say to be one of this sign-in. */
export interface Expected {
  readonly clientId: string;
  readonly nonce: string;
}

/** The claims of a token that is what it must be; it says whose it is. */
export type IdClaims = JWTPayload & { readonly sub: string };

/** A token is not what it must be. The message is for the log, and has no value of the token in it. */
export class TokenWrong extends Error {
  override readonly name = 'TokenWrong';
}

/** Verifies the ID tokens of one issuer; its keys are read when they are needed. */
export class IdTokens {
  private readonly keys: ReturnType<typeof createRemoteJWKSet>;

  constructor(private readonly document: IssuerDocument) {
    this.keys = createRemoteJWKSet(document.keys, {
      // A key that is not known is always asked for: tokens come from the issuer itself, so nobody can have us ask in vain.
      cooldownDuration: 0,
      [customFetch]: (url, { headers }) => keysFrom(url, headers),
    });
  }

  /** @throws TokenWrong where it is not what it must be; AnswerWrong where the issuer does not give its keys. */
  async verified(token: string, { clientId, nonce }: Expected): Promise<IdClaims> {
    const claims = await this.signedClaims(token, clientId);
    const { sub, aud, azp } = claims;
    if (typeof sub !== 'string' || !SUBJECT.test(sub)) throw new TokenWrong('sub');
    if (claims['nonce'] !== nonce) throw new TokenWrong('nonce');
    const isOfSeveral = Array.isArray(aud) && aud.length > 1;
    if ((azp !== undefined || isOfSeveral) && azp !== clientId) throw new TokenWrong('azp');
    return { ...claims, sub };
  }

  private async signedClaims(token: string, audience: string): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, this.keys, {
        issuer: this.document.issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: TOLERANCE,
        maxTokenAge: AGE_MAXIMUM,
        requiredClaims: ['exp', 'sub'],
      });
      return payload;
    } catch (error) {
      if (error instanceof AnswerWrong) throw error;
      if (error instanceof errors.JWKSInvalid) throw new AnswerWrong('the keys are none', { cause: error });
      // Everything else is of the token or the key it names: what jose says of them has no value of theirs in it.
      throw new TokenWrong(error instanceof Error ? `${error.name}: ${error.message}` : 'unreadable', { cause: error });
    }
  }
}

/** The keys of an issuer, in an answer of which no more is read than of any other. */
async function keysFrom(url: string, headers: Headers): Promise<Response> {
  const { status, body } = await askForJson(new URL(url), { headers });
  if (status !== 200) throw new AnswerWrong(`the issuer's keys have the status ${status}`);
  return Response.json(body);
}
