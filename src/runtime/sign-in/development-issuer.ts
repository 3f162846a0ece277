import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider, errors, interactionPolicy } from 'oidc-provider';
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type { IssuerConfig } from '../config.js';
import { html } from '../html.js';
import { DEVELOPMENT_ISSUER } from './development-issuer-door.js';
import type { IssuerHandler } from './development-issuer-door.js';
import type { DemoPerson } from './demo-people.js';
import { formOf } from './sign-in-form.js';
import { DEMO_MARK, sendPage } from './sign-in-layout.js';

const CLIENT_ID = 'khung';
const SCOPE = 'openid profile email';
/** Where a person is chosen; the number of the sign-in follows. */
const CHOICE = '/people/';

/** Lifetimes in seconds: a demo sign-in is over in a minute, and nothing of it is needed after. */
const LIFETIMES = { AccessToken: 60, AuthorizationCode: 60, Grant: 600, IdToken: 60, Interaction: 600, Session: 600 };

/** An issuer with people who do not exist, and whom everybody who asks may be. */
export interface DevelopmentIssuer {
  readonly config: IssuerConfig;
  readonly handle: IssuerHandler;
}

/**
 * Starts the issuer, with keys that nobody has had before.
 * @param base - where the service answers.
 * @param callback - where its people are sent back to.
 */
export async function startDevelopmentIssuer(
  base: string,
  callback: string,
  people: readonly DemoPerson[],
): Promise<DevelopmentIssuer> {
  const clientSecret = randomBytes(32).toString('base64url');
  const url = `${base}${DEVELOPMENT_ISSUER}`;
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const provider = new Provider(url, {
    ...configuration(people),
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig' }] },
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: clientSecret,
        redirect_uris: [callback],
        id_token_signed_response_alg: 'ES256',
      },
    ],
  });
  const handle = provider.callback();
  return {
    config: { url, clientId: CLIENT_ID, clientSecret },
    handle: async (request, response) => {
      // The library knows its own addresses below the one that it is told by this name.
      Object.assign(request, { originalUrl: request.url });
      request.url = request.url?.slice(DEVELOPMENT_ISSUER.length) ?? '/';
      if (request.url.startsWith(CHOICE)) await choose({ provider, people }, request, response);
      else await handle(request, response);
    },
  };
}

/** What the issuer does, but for its keys and whom it serves. */
function configuration(people: readonly DemoPerson[]): Configuration {
  return {
    claims: { openid: ['sub'], profile: ['name'], email: ['email'] },
    findAccount: (_context, subject) => {
      const person = people.find((each) => each.subject === subject);
      if (person === undefined) return undefined;
      const { name, email } = person;
      return { accountId: subject, claims: () => ({ sub: subject, name, email }) };
    },
    // There is one client, and it is the service itself: nobody is asked what it may know.
    loadExistingGrant: async ({ oidc: { provider, client, session } }) => {
      if (client?.clientId === undefined || session?.accountId === undefined) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope(SCOPE);
      await grant.save();
      return grant;
    },
    interactions: {
      policy: choiceEachTime(),
      url: (_context, { uid }) => `${DEVELOPMENT_ISSUER}${CHOICE}${uid}`,
    },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    clientBasedCORS: () => false,
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    ttl: LIFETIMES,
    renderError: (context) => {
      context.respond = false;
      sendFailure(context.res, context.status);
    },
  };
}

function isOpen({ oidc }: KoaContextWithOIDC): boolean {
  return oidc.result?.login === undefined;
}

/** Whoever tries the service out wants to be somebody else each time: no choice is remembered. */
function choiceEachTime(): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base();
  policy
    .get('login')
    ?.checks.push(new interactionPolicy.Check('choice_open', 'a person has to be chosen', 'login_required', isOpen));
  return policy;
}

interface Choice {
  readonly provider: Provider;
  readonly people: readonly DemoPerson[];
}

/** Shows the people, or takes the one that was clicked. */
async function choose({ provider, people }: Choice, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await provider.interactionDetails(request, response);
    if (request.method !== 'POST') {
      sendChoice(response, people);
      return;
    }
    const chosen = (await formOf(request)).get('person');
    const person = people.find((each) => each.subject === chosen);
    if (person === undefined) {
      sendChoice(response, people);
      return;
    }
    const login = { accountId: person.subject, remember: false };
    await provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
  } catch (error) {
    if (!(error instanceof errors.OIDCProviderError)) throw error;
    sendFailure(response, error.statusCode);
  }
}

function sendChoice(response: ServerResponse, people: readonly DemoPerson[]): void {
  const choices = people.map(
    ({ subject, name }) =>
      html`<li><button class="button quiet" name="person" value="${subject}">${name}</button></li>`,
  );
  const body = html`${DEMO_MARK}
    <p>Hãy chọn người mẫu để đăng nhập; không cần mật khẩu.</p>
    <p class="muted" lang="en">Choose a demo person to sign in as; there is no password.</p>
    <form method="post">
      <ul class="people">
        ${choices}
      </ul>
    </form>`;
  sendPage(response, { status: 200, language: 'VI', title: 'Chọn người dùng mẫu', body });
}

function sendFailure(response: ServerResponse, status: number): void {
  const body = html`${DEMO_MARK}
    <p class="failure">Lần đăng nhập này không còn dùng được. <a href="/sign-in">Đăng nhập lại</a>.</p>
    <p class="muted" lang="en">This sign-in can not be used any more. <a href="/sign-in">Sign in again</a>.</p>`;
  sendPage(response, { status, language: 'VI', title: 'Không đăng nhập được', body });
}
