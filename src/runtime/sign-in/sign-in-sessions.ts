import type { IncomingMessage, ServerResponse } from 'node:http';
import { Logger } from '@nestjs/common';
import { RegistryError } from '../../core/errors.js';
import type { Authenticator } from '../authentication.js';
import type { People } from '../identity/people.js';
import type { SessionCookie } from '../identity/session-cookie.js';
import { SESSION_SECONDS } from '../identity/sessions.js';
import type { LetIn, Sessions } from '../identity/sessions.js';
import type { Session } from '../identity/identity.js';
import { languageOf } from '../messages.js';
import { errorAnswer } from '../registry-error.filter.js';
import { noteRefusal, requestIdOf } from '../request-number.js';
import type { IssuedPerson } from './person-claims.js';

const TOO_MANY_REQUESTS = 429;

const logger = new Logger('SignIn');

/** What becomes of a browser that signs in or out. */
export class SignInSessions {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly sessions: Sessions,
    private readonly cookie: SessionCookie,
    private readonly people: People,
  ) {}

  /** The session that a request shows; undefined where it shows none that goes on. */
  shownIn(request: IncomingMessage): Session | undefined {
    try {
      return this.authenticator.identityOf(request).session;
    } catch (error) {
      if (error instanceof RegistryError) return undefined;
      throw error;
    }
  }

  /** Signs in whom an issuer told. */
  async beginFor(request: IncomingMessage, response: ServerResponse, issued: IssuedPerson): Promise<void> {
    const { id } = await this.people.ofSubject(issued);
    await this.begin(request, response, { person: id });
  }

  /** Begins a session of its own, whatever the browser showed before: what somebody else had it keep is worth nothing. */
  async begin(request: IncomingMessage, response: ServerResponse, letIn: LetIn): Promise<void> {
    const token = await this.sessions.begin(letIn);
    const before = this.shownIn(request);
    if (before !== undefined) await this.sessions.end(before);
    response.appendHeader('Set-Cookie', this.cookie.kept(token, SESSION_SECONDS));
  }

  /** @throws RegistryError CROSS_SITE, DATABASE_UNAVAILABLE. */
  async end(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const session = this.authenticator.identityOf(request).session;
    if (session !== undefined) await this.sessions.end(session);
    response.appendHeader('Set-Cookie', this.cookie.forgotten());
  }
}

/** What whoever signs in hears of something that went wrong. */
export interface Failure {
  readonly status: number;
  /** A sentence for each thing that is wrong. */
  readonly failures: readonly string[];
  /** Seconds after which it is worth trying again, where that is known. */
  readonly seconds: number | undefined;
}

/** What went wrong, for whoever signs in; why stands in the log. */
export function failureOf(thrown: unknown, { headers }: IncomingMessage, response: ServerResponse): Failure {
  const askedIn = { language: languageOf(headers['accept-language']), requestId: requestIdOf(response) };
  const { status, errors } = errorAnswer(thrown, askedIn, logger);
  noteRefusal(response, errors);
  // Each answer of an error has a sentence.
  const failures = (errors as readonly { readonly message: string }[]).map(({ message }) => message);
  if (!(thrown instanceof RegistryError)) return { status, failures, seconds: undefined };
  const [{ reason, params }] = thrown.issues;
  if (thrown.cause instanceof Error) logger.warn(`${reason}: ${thrown.cause.message}`);
  if (reason !== 'ATTEMPTS_TOO_MANY') return { status, failures, seconds: undefined };
  return { status: TOO_MANY_REQUESTS, failures, seconds: Number(params['seconds']) };
}

/** Sends a browser on, to be asked for with GET; where it leads was made for this browser alone. */
export function sendOn(response: ServerResponse, location: string): void {
  response.writeHead(303, { Location: location, 'Cache-Control': 'no-store', 'Content-Length': 0 }).end();
}
