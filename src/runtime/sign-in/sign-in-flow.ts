import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { RegistryError } from '../../core/errors.js';
import { isRecord } from '../../core/landscape/record-fields.js';
import { SessionCookie } from '../identity/session-cookie.js';
import type { SignInSecrets } from './openid-connect.js';
import { SealedBox } from './sealed-box.js';

/** So long somebody may take to sign in elsewhere. */
const MINUTES = 10;
const SECONDS = MINUTES * 60;
const SECRET_BYTES = 32;

/** A sign-in that was begun. */
export interface Flow extends SignInSecrets {
  /** A path of this service. */
  readonly returnTo: string;
}

/**
 * Remembers sign-ins that were begun, in the browser in which they were: sealed, so that nobody makes one up, and whatever
 * replica of the service is asked next can read it.
 */
export class SignInFlows {
  private readonly box: SealedBox;
  private readonly cookie: SessionCookie;

  /**
   * @param key - undefined = one of this process alone.
   * @param publicUrl - where browsers find the service, as of `SessionCookie`.
   */
  constructor(
    key: Buffer | undefined,
    publicUrl: string | undefined,
    private readonly now: () => number = Date.now,
  ) {
    this.box = new SealedBox(key ?? randomBytes(SECRET_BYTES), 'sign-in');
    this.cookie = new SessionCookie(publicUrl, 'khung-sign-in');
  }

  /** @returns the sign-in, and the header that has the browser keep it. */
  begin(returnTo: string): { readonly flow: Flow; readonly header: string } {
    const [state, nonce, verifier] = [newSecret(), newSecret(), newSecret()];
    const flow = { state, nonce, verifier, returnTo };
    const kept = JSON.stringify({ ...flow, until: this.now() + SECONDS * 1_000 });
    return { flow, header: this.cookie.kept(this.box.seal(kept, ''), SECONDS) };
  }

  /**
   * The sign-in that an answer is for.
   * @throws RegistryError SIGN_IN_EXPIRED where it was not begun in this browser, or too long ago.
   */
  resume(headers: IncomingHttpHeaders, state: string): Flow {
    const flow = this.keptIn(headers);
    if (flow !== undefined && isSame(flow.state, state)) return flow;
    throw RegistryError.of('SIGN_IN_EXPIRED', [], { minutes: MINUTES });
  }

  /** The header that has the browser forget it. */
  ended(): string {
    return this.cookie.forgotten();
  }

  private keptIn(headers: IncomingHttpHeaders): Flow | undefined {
    const text = this.box.open(this.cookie.shownIn(headers) ?? '', '');
    // What was sealed was written above.
    const kept: unknown = text === undefined ? undefined : JSON.parse(text);
    return isRecord(kept) && Number(kept['until']) > this.now() ? (kept as unknown as Flow) : undefined;
  }
}

function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

function isSame(a: string, b: string): boolean {
  const [kept, shown] = [Buffer.from(a), Buffer.from(b)];
  return kept.length === shown.length && timingSafeEqual(kept, shown);
}
