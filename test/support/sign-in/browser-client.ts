import type { Asked } from '../service.js';

/** What came back, of a request that was not sent on by itself. */
export interface Visited {
  readonly status: number;
  readonly url: string;
  readonly location: string | undefined;
  readonly headers: Headers;
  readonly text: string;
}

/** What is sent with a request. */
interface Sent {
  readonly method?: string;
  readonly body?: string | URLSearchParams;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A browser without scripts: keeps cookies by host and path, says where a request comes from, and follows. */
export class BrowserClient {
  private readonly cookies = new Map<string, { host: string; path: string; value: string }>();

  constructor(private readonly language: 'vi' | 'en' = 'vi') {}

  /** One request. */
  async send(url: string, init: Sent = {}): Promise<Visited> {
    const { hostname, pathname, origin } = new URL(url);
    const mine = [...this.cookies].filter(([, kept]) => kept.host === hostname && isBelow(pathname, kept.path));
    const cookie = mine.map(([name, { value }]) => `${name.split(' ').at(-1)}=${value}`).join('; ');
    const response = await fetch(url, {
      redirect: 'manual',
      ...init,
      headers: {
        'accept-language': this.language,
        accept: 'text/html',
        ...(init.method === 'POST' && { origin, 'sec-fetch-site': 'same-origin' }),
        ...(cookie !== '' && { cookie }),
        ...init.headers,
      },
    });
    for (const each of response.headers.getSetCookie()) this.keep(hostname, each);
    const location = response.headers.get('location') ?? undefined;
    return {
      status: response.status,
      url,
      location: location === undefined ? undefined : new URL(location, url).href,
      headers: response.headers,
      text: await response.text(),
    };
  }

  /** Goes where it is sent, until it is sent nowhere. */
  async visit(url: string, init: Sent = {}, until: (url: string) => boolean = () => false): Promise<Visited> {
    let at = await this.send(url, init);
    while (at.location !== undefined && !until(at.location)) at = await this.send(at.location);
    return at;
  }

  /** Sends a form. */
  post(
    url: string,
    form: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Visited> {
    return this.send(url, { method: 'POST', body: new URLSearchParams(form), headers });
  }

  /** Asks over GraphQL, as the pages do. T is the shape that the query asks for. */
  async ask<T>(service: string, query: string, variables: object = {}): Promise<Asked<T>> {
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    const body = JSON.stringify({ query, variables });
    return JSON.parse((await this.send(`${service}/graphql`, { method: 'POST', headers, body })).text) as Asked<T>;
  }

  /** What is kept under a name. */
  cookie(name: string): string | undefined {
    return [...this.cookies].find(([key]) => key.endsWith(` ${name}`))?.[1].value;
  }

  /** Keeps something, as somebody else might have it kept. */
  plant(host: string, name: string, value: string): void {
    this.cookies.set(`${host} / ${name}`, { host, path: '/', value });
  }

  private keep(host: string, header: string): void {
    const [pair = '', ...how] = header.split(';').map((each) => each.trim());
    const at = pair.indexOf('=');
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
    const path = how.find((each) => /^path=/i.test(each))?.slice(5) ?? '/';
    const ends = how.some((each) => /^max-age=0$/i.test(each) || /^expires=Thu, 01 Jan 1970/i.test(each));
    const key = `${host} ${path} ${name}`;
    if (ends || value === '') this.cookies.delete(key);
    else this.cookies.set(key, { host, path, value });
  }
}

function isBelow(path: string, kept: string): boolean {
  return path === kept || path.startsWith(kept.endsWith('/') ? kept : `${kept}/`);
}

/** Goes from the page of the sign-in to the choice of a demo person. */
export async function toChoice(browser: BrowserClient, url: string, returnTo = '/'): Promise<Visited> {
  const page = await browser.visit(`${url}/sign-in?return=${encodeURIComponent(returnTo)}`);
  const [, link = ''] = /href="(\/sign-in\/issuer[^"]*)"/.exec(page.text) ?? [];
  return browser.visit(url + link.replaceAll('&amp;', '&'));
}

/** Signs in as a demo person, with the click that it takes. */
export async function signInAs(browser: BrowserClient, url: string, person: string, returnTo = '/'): Promise<Visited> {
  const choice = await toChoice(browser, url, returnTo);
  return browser.visit(choice.url, { method: 'POST', body: new URLSearchParams({ person }) });
}
