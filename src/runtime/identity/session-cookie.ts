import type { IncomingHttpHeaders } from 'node:http';

/** What a browser keeps of a session, or of a sign-in that leads to one, and how. */
export class SessionCookie {
  /** Where browsers find the service, where that is told. */
  readonly origin: string | undefined;
  /** With the prefix browsers take it over HTTPS alone, for the whole of this host and no other. */
  readonly name: string;
  private readonly how: string;

  /**
   * @param publicUrl - where browsers find the service; undefined = on this machine, without HTTPS.
   * @param name - without the prefix that HTTPS gives it.
   */
  constructor(publicUrl: string | undefined, name = 'khung-session') {
    this.origin = publicUrl;
    const isSecure = publicUrl?.startsWith('https:') === true;
    this.name = isSecure ? `__Host-${name}` : name;
    this.how = `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  }

  /** The header that has a browser keep a session. @param seconds - for which it does. */
  kept(token: string, seconds: number): string {
    return `${this.name}=${token}; ${this.how}; Max-Age=${seconds}`;
  }

  /** The header that has a browser forget it. */
  forgotten(): string {
    return this.kept('', 0);
  }

  /** What a request shows; undefined where it shows none. */
  shownIn({ cookie }: IncomingHttpHeaders): string | undefined {
    const begin = `${this.name}=`;
    const found = cookie?.split(';').find((each) => each.trimStart().startsWith(begin));
    return found?.trim().slice(begin.length) || undefined;
  }
}
