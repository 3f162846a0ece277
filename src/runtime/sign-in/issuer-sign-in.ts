import { RegistryError, issue } from '../../core/errors.js';
import type { Config } from '../config.js';
import type { People } from '../identity/people.js';
import { DEMO_ISSUER } from './development-issuer-door.js';
import type { IssuerHandler } from './development-issuer-door.js';
import type { DevelopmentIssuer } from './development-issuer.js';
import { enterDemoPeople, readDemoPeople } from './demo-people.js';
import { OpenIdConnect } from './openid-connect.js';
import type { IssuedPerson } from './person-claims.js';
import type { Flow } from './sign-in-flow.js';

const CALLBACK = '/sign-in/callback';

/** What an issuer sends back by way of the browser. */
export interface CallbackParams {
  readonly code?: unknown;
  readonly state?: unknown;
  readonly error?: unknown;
  readonly iss?: unknown;
}

/** An issuer at which people sign in. */
interface OpenIssuer {
  readonly url: string;
  readonly connect: OpenIdConnect;
}

/** Sign-in at the issuer that is configured, or, where the service is tried out, at its own of demo people. */
export class IssuerSignIn {
  /** Where browsers find the service; told once it listens. */
  private base: string;
  private readonly configured: OpenIssuer | undefined;
  private demo: Promise<DevelopmentIssuer & OpenIssuer> | undefined;

  constructor(
    private readonly config: Config,
    private readonly people: People,
  ) {
    this.base = config.publicUrl ?? '';
    this.configured = config.issuer && { url: config.issuer.url, connect: new OpenIdConnect(config.issuer) };
  }

  /** Tells where the service answers, for where nobody said where browsers find it. */
  listensAt(url: string): void {
    this.base = this.config.publicUrl ?? url;
  }

  /** Whether the people who sign in are none. */
  get isDemo(): boolean {
    return this.config.demoPeople;
  }

  /** The name of the host at which people sign in; undefined where no issuer is known. */
  get hostName(): string | undefined {
    const url = this.config.issuer?.url ?? (this.isDemo ? this.base : undefined);
    return url && new URL(url).hostname;
  }

  /** Answers for the issuer of demo people; undefined where there is none. */
  get demoIssuer(): IssuerHandler | undefined {
    if (!this.isDemo) return undefined;
    return async (request, response) => (await this.startedDemo()).handle(request, response);
  }

  /**
   * The same address under the name that the issuer sends people back to: what a browser keeps of a sign-in it shows under
   * that name alone. undefined where it was asked under that name. Where a proxy stands before the service, it asks by
   * another name than people do, so of real use nothing is concluded.
   */
  elsewhere(host: string | undefined, path: string): string | undefined {
    return !this.isDemo || host === new URL(this.base).host ? undefined : `${this.base}${path}`;
  }

  /** Where the browser is sent. @throws RegistryError ISSUER_UNREACHABLE, ISSUER_MISSING. */
  async urlFor(flow: Flow): Promise<string> {
    const { connect } = await this.opened();
    return connect.signInUrl(flow, this.callback);
  }

  /** Who came back. @throws RegistryError, of which the cause is for the log. */
  async personOf(flow: Flow, { code, error, iss }: CallbackParams): Promise<IssuedPerson> {
    const { url, connect } = await this.opened();
    // Answers of other issuers are not for this sign-in (RFC 9207).
    if (iss !== undefined && iss !== url) throw refused('SIGN_IN_FAILED', 'the answer is of another issuer');
    if (error !== undefined) throw refused('SIGN_IN_DECLINED', errorName(error));
    if (typeof code !== 'string' || code === '') throw refused('SIGN_IN_FAILED', 'the answer has no code');
    const person = await connect.personOf({ ...flow, code, redirectUri: this.callback });
    return this.isDemo ? { ...person, issuer: DEMO_ISSUER } : person;
  }

  private get callback(): string {
    return `${this.base}${CALLBACK}`;
  }

  private async opened(): Promise<OpenIssuer> {
    const issuer = this.isDemo ? await this.startedDemo() : this.configured;
    if (issuer === undefined) throw RegistryError.of('ISSUER_MISSING');
    return issuer;
  }

  /** Begun by whoever needs it first: most starts are for something else, and the library takes half a second. */
  private startedDemo(): Promise<DevelopmentIssuer & OpenIssuer> {
    this.demo ??= this.startDemo().catch((error: unknown) => {
      this.demo = undefined;
      throw error;
    });
    return this.demo;
  }

  private async startDemo(): Promise<DevelopmentIssuer & OpenIssuer> {
    // The library behind it is not part of what is installed for real use.
    const { startDevelopmentIssuer } = await import('./development-issuer.js');
    const people = readDemoPeople();
    await enterDemoPeople(people, this.people);
    const started = await startDevelopmentIssuer(this.base, this.callback, people);
    return { ...started, url: started.config.url, connect: new OpenIdConnect(started.config) };
  }
}

function refused(reason: 'SIGN_IN_FAILED' | 'SIGN_IN_DECLINED', cause: string): RegistryError {
  return new RegistryError([issue(reason, [])], { cause: new Error(cause) });
}

/** The name of an error as the protocol has them; whatever else stands there is not for the log. */
function errorName(error: unknown): string {
  return typeof error === 'string' && /^[a-z_]{1,60}$/.test(error) ? error : 'unnamed';
}
