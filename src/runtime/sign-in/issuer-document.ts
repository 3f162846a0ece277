import { AnswerWrong, askForJson } from './bounded-json.js';
import { isLoopbackName } from '../loopback.js';

/** Milliseconds for which what an issuer says of itself is believed without asking again. */
const BELIEVED = 3_600_000;

/** Where an issuer does what. */
export interface IssuerDocument {
  readonly issuer: string;
  readonly authorization: URL;
  readonly token: URL;
  readonly keys: URL;
  /** undefined = the issuer tells everything in its tokens. */
  readonly person: URL | undefined;
}

/** What an issuer says of itself, read when it is needed and kept for an hour. */
export class IssuerDocuments {
  private kept: { readonly document: Promise<IssuerDocument>; readonly until: number } | undefined;

  /** @param now - milliseconds of a clock that only goes forward. */
  constructor(
    private readonly issuer: string,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** @throws AnswerWrong where the issuer does not answer, or speaks of another one; the next call asks again. */
  document(): Promise<IssuerDocument> {
    if (this.kept !== undefined && this.now() < this.kept.until) return this.kept.document;
    const document = readDocument(this.issuer);
    const kept = { document, until: this.now() + BELIEVED };
    this.kept = kept;
    document.catch(() => {
      if (this.kept === kept) this.kept = undefined;
    });
    return document;
  }
}

async function readDocument(issuer: string): Promise<IssuerDocument> {
  const base = issuer.endsWith('/') ? issuer.slice(0, -1) : issuer;
  const { status, body } = await askForJson(protectedUrl(`${base}/.well-known/openid-configuration`, issuer));
  if (status !== 200) throw new AnswerWrong(`the issuer's document has the status ${status}`);
  // Another's document would have its tokens taken for this issuer's.
  if (body['issuer'] !== issuer) throw new AnswerWrong("the issuer's document is of another issuer");
  const person = body['userinfo_endpoint'];
  return {
    issuer,
    authorization: protectedUrl(body['authorization_endpoint'], issuer),
    token: protectedUrl(body['token_endpoint'], issuer),
    keys: protectedUrl(body['jwks_uri'], issuer),
    person: person === undefined ? undefined : protectedUrl(person, issuer),
  };
}

/** What is read from the network must come over https; an issuer on this very machine is not on the network. */
function protectedUrl(value: unknown, issuer: string): URL {
  if (typeof value !== 'string' || !URL.canParse(value)) throw new AnswerWrong('an address of the issuer is none');
  const url = new URL(value);
  const isLocal = url.protocol === 'http:' && isLoopbackName(url.hostname) && isLoopbackName(new URL(issuer).hostname);
  if (url.protocol === 'https:' || isLocal) return url;
  throw new AnswerWrong('an address of the issuer is not https');
}
