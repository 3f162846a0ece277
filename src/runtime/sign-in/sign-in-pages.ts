import type { IncomingMessage, ServerResponse } from 'node:http';
import { languageOf } from '../messages.js';
import type { IssuerSignIn } from './issuer-sign-in.js';
import type { SecretKey } from './secret-key.js';
import { sendPage } from './sign-in-layout.js';
import { signInPage } from './sign-in-page.js';
import type { SignInSessions } from './sign-in-sessions.js';
import { failureOf } from './sign-in-sessions.js';

/** What the page is shown with, beside what it offers to everybody. */
export interface Shown {
  /** A path of this service. */
  readonly returnTo: string;
  /** As it was typed before. */
  readonly userName?: string;
}

/** Shows the page on which one chooses how to sign in, as it is for whoever looks at it. */
export class SignInPages {
  constructor(
    private readonly issuer: IssuerSignIn,
    private readonly sessions: SignInSessions,
    private readonly key: SecretKey,
  ) {}

  send(
    request: IncomingMessage,
    response: ServerResponse,
    { returnTo, userName = '' }: Shown,
    { status = 200, failures = [] }: { readonly status?: number; readonly failures?: readonly string[] } = {},
  ): void {
    const page = signInPage({
      returnTo,
      userName,
      status,
      failures,
      language: languageOf(request.headers['accept-language']),
      issuer: this.issuer.hostName,
      isDemo: this.issuer.isDemo,
      hasAccounts: this.key.isThere,
      isSignedIn: this.sessions.shownIn(request) !== undefined,
    });
    sendPage(response, page);
  }

  /** Does something, and shows the page with what went wrong where it does not work. */
  async orAgain(
    request: IncomingMessage,
    response: ServerResponse,
    shown: Shown,
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      const failure = failureOf(error, request, response);
      if (failure.seconds !== undefined) response.setHeader('Retry-After', failure.seconds);
      this.send(request, response, shown, failure);
    }
  }
}
