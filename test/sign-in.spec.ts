import { request } from 'node:http';
import { ConfigWrong, readConfig } from '../src/runtime/config.js';
import type { Environment } from '../src/runtime/config.js';
import { Credentials } from '../src/runtime/identity/credentials.js';
import { People } from '../src/runtime/identity/people.js';
import { enterDemoPeople, readDemoPeople } from '../src/runtime/sign-in/demo-people.js';
import { BrowserClient, signInAs, toChoice } from './support/sign-in/browser-client.js';
import { CLIENT, startTestIssuer } from './support/sign-in/test-issuer.js';
import type { TestIssuer } from './support/sign-in/test-issuer.js';
import { startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

const ME = '{ me { role person { id name roles { id role agency { urn } } } assignment agency { urn } } }';
interface Me {
  readonly me: {
    readonly role: string;
    readonly person: {
      readonly id: string;
      readonly name: string;
      readonly roles: readonly {
        readonly id: string;
        readonly role: string;
        readonly agency: { urn: string } | null;
      }[];
    } | null;
    readonly assignment: string | null;
    readonly agency: { readonly urn: string } | null;
  };
}

async function me(browser: BrowserClient, url: string): Promise<Me['me']> {
  const { data, errors } = await browser.ask<Me>(url, ME);
  if (data === null || data === undefined) throw new Error(JSON.stringify(errors));
  return data.me;
}

describe('a demo person', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService({ KHUNG_DEMO_PEOPLE: '1' });
  });
  afterAll(() => service.close());

  it('is chosen by a click on pages that say in both languages that nobody is real', async () => {
    const browser = new BrowserClient('en');
    const page = await browser.visit(`${service.url}/sign-in`);
    expect(page.status).toBe(200);
    const choice = await toChoice(browser, service.url);
    for (const { text, headers } of [page, choice]) {
      expect(text).toContain('BẢN THỬ NGHIỆM - người dùng mẫu, không dùng cho dữ liệu thật');
      expect(text).toContain('TRIAL - demo people, not for real data');
      expect(text).not.toContain('<script');
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'self'/);
      expect(headers.get('cache-control')).toBe('no-store');
    }
    expect(choice.url).toContain('/development-issuer/people/');
    expect(choice.text.match(/name="person"/g)).toHaveLength(7);
  });

  it('signs in, acts in a role, goes on in another one, and signs out', async () => {
    const browser = new BrowserClient();
    const done = await signInAs(browser, service.url, 'mau-nhieu-vai', '/explorer.html?example=impact');
    expect(done.url).toBe(`${service.url}/explorer.html?example=impact`);
    expect(done.status).toBe(200);
    const first = await me(browser, service.url);
    expect(first).toMatchObject({ role: 'OFFICER', agency: { urn: 'urn:khung:so-du-lich' } });
    expect(first.person?.roles.map(({ role, agency }) => `${role} ${agency?.urn ?? ''}`.trim())).toEqual([
      'OFFICER urn:khung:so-du-lich',
      'OFFICER urn:khung:so-y-te',
      'REVIEWER',
    ]);
    const assignment = first.person?.roles.at(-1)?.id;
    const acting =
      'mutation ($input: ActAsInput!) { actAs(input: $input) { assignment { role } userErrors { message } } }';
    expect(await browser.ask(service.url, acting, { input: { assignment } })).toMatchObject({
      data: { actAs: { assignment: { role: 'REVIEWER' }, userErrors: [] } },
    });
    expect(await me(browser, service.url)).toMatchObject({ role: 'REVIEWER', agency: null });
    const token = browser.cookie('khung-session') ?? '';
    const out = await browser.post(`${service.url}/sign-out`, {});
    expect([out.status, out.location]).toEqual([303, `${service.url}/`]);
    expect(browser.cookie('khung-session')).toBe(undefined);
    expect(await me(browser, service.url)).toMatchObject({ role: 'PUBLIC', person: null });
    // What the browser had kept opens nothing any more.
    const thief = new BrowserClient();
    thief.plant('localhost', 'khung-session', token);
    expect(await thief.ask(service.url, ME)).toMatchObject({
      errors: [{ extensions: { reason: 'SESSION_ENDED' } }],
    });
  });

  it('is the same person each time, in a session of its own', async () => {
    const browsers = [new BrowserClient(), new BrowserClient()];
    const ids: unknown[] = [];
    for (const browser of browsers) {
      await signInAs(browser, service.url, 'mau-quan-tri');
      const { role, person } = await me(browser, service.url);
      expect(role).toBe('ADMINISTRATOR');
      ids.push(person?.id);
    }
    expect(ids[0]).toBe(ids[1]);
    expect(browsers[0]?.cookie('khung-session')).not.toBe(browsers[1]?.cookie('khung-session'));
    const [first] = browsers;
    const { data } = await (first ?? new BrowserClient()).ask<{ people: { nodes: { name: string }[] } }>(
      service.url,
      '{ people(first: 50) { nodes { name } } }',
    );
    expect(data?.people.nodes).toHaveLength(7);
  });

  it('is entered once, with the roles of the list', async () => {
    await signInAs(new BrowserClient(), service.url, 'mau-quan-tri');
    const { source } = service.database;
    const recorded = (): Promise<unknown> =>
      source.query(`select count(*)::integer as count from audit_record where kind in ('PERSON', 'ROLE')`);
    const before = await recorded();
    // Seven people with nine roles.
    expect(before).toEqual([{ count: 16 }]);
    await enterDemoPeople(readDemoPeople(), new People(source, new Credentials(source)));
    expect(await recorded()).toEqual(before);
  });

  it('does not go on in a session that somebody else had the browser keep, or that was there before', async () => {
    const attacker = new BrowserClient();
    await signInAs(attacker, service.url, 'mau-thanh-tra');
    const known = attacker.cookie('khung-session') ?? '';
    for (const planted of [known, 'made-up']) {
      const browser = new BrowserClient();
      browser.plant('localhost', 'khung-session', planted);
      await signInAs(browser, service.url, 'mau-kien-truc');
      expect(browser.cookie('khung-session')).not.toBe(planted);
      expect(await me(browser, service.url)).toMatchObject({ role: 'ARCHITECT' });
    }
    expect(await attacker.ask(service.url, ME)).toMatchObject({
      errors: [{ extensions: { reason: 'SESSION_ENDED' } }],
    });
  });

  it('is not signed in with the answer to a sign-in that began in another browser', async () => {
    const attacker = new BrowserClient();
    const choice = await toChoice(attacker, service.url);
    const form = { method: 'POST', body: new URLSearchParams({ person: 'mau-tham-dinh' }) };
    const stopped = await attacker.visit(choice.url, form, (next) => next.includes('/sign-in/callback'));
    const answer = stopped.location ?? '';
    expect(answer).toContain('code=');
    // A browser that began nothing, and one that began another sign-in.
    for (const begun of [false, true]) {
      const victim = new BrowserClient('en');
      if (begun) await toChoice(victim, service.url);
      const refused = await victim.visit(answer);
      expect(refused.status).toBe(403);
      expect(refused.text).toContain('This sign-in was not begun in this browser');
      expect(victim.cookie('khung-session')).toBe(undefined);
    }
    // Nor with a state that is as long as one, and none.
    const begun = new BrowserClient();
    await toChoice(begun, service.url);
    expect((await begun.visit(`${service.url}/sign-in/callback?code=a&state=${'ệ'.repeat(43)}`)).status).toBe(403);
    // It is good where it began, and once.
    expect((await attacker.visit(answer)).url).toBe(`${service.url}/`);
    expect((await attacker.visit(answer)).status).toBe(403);
  });

  it('goes back to no other place', async () => {
    const browser = new BrowserClient();
    const done = await signInAs(browser, service.url, 'mau-phap-che', '//other.example/');
    expect(done.url).toBe(`${service.url}/`);
  });

  it('is not signed out by a page elsewhere', async () => {
    const browser = new BrowserClient();
    await signInAs(browser, service.url, 'mau-phap-che');
    const elsewhere = { origin: 'https://other.example', 'sec-fetch-site': 'cross-site' };
    expect((await browser.post(`${service.url}/sign-out`, {}, elsewhere)).status).toBe(403);
    expect(await me(browser, service.url)).toMatchObject({ role: 'LEGAL_OFFICER' });
  });

  it('is led back to the page where what takes a form is asked for as one', async () => {
    for (const path of ['/sign-in/account', '/sign-out']) {
      const led = await new BrowserClient().send(service.url + path);
      expect([led.status, led.location]).toEqual([303, `${service.url}/sign-in`]);
    }
  });

  it('is found under the name that the issuer sends people back to', async () => {
    const browser = new BrowserClient();
    const done = await signInAs(browser, service.url.replace('localhost', '127.0.0.1'), 'mau-phap-che');
    expect(done.url).toBe(`${service.url}/`);
    expect(await me(browser, service.url)).toMatchObject({ role: 'LEGAL_OFFICER' });
  });

  it.each<[string, Record<string, string>]>([
    ['under another name of this machine', { host: 'khung.example' }],
    ['by way of a proxy', { 'x-forwarded-for': '203.0.113.7' }],
    ['by way of a proxy that tells of the line alone', { 'x-forwarded-proto': 'https' }],
    ['by way of a proxy that tells only of itself', { via: '1.1 proxy' }],
  ])('is offered to nobody who asks %s', async (_name, headers) => {
    const status = await new Promise((resolve, reject) => {
      request(`${service.url}/development-issuer/.well-known/openid-configuration`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(403);
  });
});

describe('with an issuer', () => {
  let issuer: TestIssuer;
  let service: TestService;
  beforeAll(async () => {
    issuer = await startTestIssuer();
    service = await startTestService({
      KHUNG_MODE: 'production',
      KHUNG_PUBLIC_URL: 'http://localhost:1',
      KHUNG_ISSUER: issuer.url,
      KHUNG_CLIENT_ID: CLIENT.clientId,
      KHUNG_CLIENT_SECRET: CLIENT.clientSecret,
    });
  });
  afterAll(async () => {
    await service.close();
    await issuer.close();
  });

  /** Begins a sign-in; gives the answer of the issuer, at the address where the service answers here. */
  async function begin(browser: BrowserClient, more: Record<string, string> = { code: 'the-code' }): Promise<string> {
    const sent = await browser.send(`${service.url}/sign-in/issuer?return=/explorer.html`);
    const asked = new URL(sent.location ?? '');
    expect(`${asked.origin}${asked.pathname}`).toBe(`${issuer.url}/authorize`);
    expect(asked.searchParams.get('redirect_uri')).toBe('http://localhost:1/sign-in/callback');
    issuer.begin(asked.searchParams.get('nonce') ?? '');
    const answer = new URLSearchParams({ state: asked.searchParams.get('state') ?? '', ...more });
    return `${service.url}/sign-in/callback?${answer.toString()}`;
  }

  beforeEach(() => issuer.misbehave({}));

  it('its people sign in, as the public until somebody gives them a role', async () => {
    const browser = new BrowserClient();
    const done = await browser.send(await begin(browser));
    expect([done.status, done.location]).toEqual([303, `${service.url}/explorer.html`]);
    const cookie = done.headers.getSetCookie().find((each) => each.startsWith('khung-session='));
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax; Max-Age=36000$/);
    expect(await me(browser, service.url)).toMatchObject({ role: 'PUBLIC', person: { name: 'Người Mẫu Thử' } });
  });

  it.each([
    ['declines', 'error=access_denied', 'did not sign you in'],
    ['answers for another issuer', 'code=the-code&iss=https://issuer.example', 'could not be confirmed'],
    ['gives no code', 'a=b', 'could not be confirmed'],
    ['gives two codes', 'code=a&code=b', 'could not be confirmed'],
  ])('nobody is signed in where it %s', async (_name, params, sentence) => {
    const browser = new BrowserClient('en');
    const refused = await browser.send(`${await begin(browser, {})}&${params}`);
    expect(refused.status).toBe(403);
    expect(refused.text).toContain(sentence);
    // The way on is offered on the same page, to where one was going.
    expect(refused.text).toContain('/sign-in/issuer?return=%2Fexplorer.html');
    expect(browser.cookie('khung-session')).toBe(undefined);
    expect(browser.cookie('khung-sign-in')).toBe(undefined);
  });

  it('nobody is signed in with a token that is none of this sign-in', async () => {
    const browser = new BrowserClient('en');
    issuer.misbehave({ claims: { nonce: 'another' } });
    const refused = await browser.send(await begin(browser));
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('could not be confirmed');
    expect(refused.text).not.toMatch(/nonce|jose|Error/);
    expect(browser.cookie('khung-session')).toBe(undefined);
  });

  it('whoever signs in is told that it does not answer', async () => {
    const browser = new BrowserClient();
    issuer.misbehave({ answers: { '/token': (response) => response.end('<html>') } });
    const refused = await browser.send(await begin(browser));
    expect(refused.status).toBe(503);
    expect(refused.text).toContain('đang không trả lời như phải trả lời');
  });

  it('there are no demo people, and no mark of them', async () => {
    const page = await new BrowserClient().visit(`${service.url}/sign-in`);
    expect(page.text).not.toContain('BẢN THỬ NGHIỆM');
    expect(page.text).toContain('127.0.0.1');
    expect(page.headers.get('strict-transport-security')).toBe(null);
    for (const path of ['/.well-known/openid-configuration', '/auth', '/people/1']) {
      expect((await fetch(`${service.url}/development-issuer${path}`)).status).toBe(404);
    }
  });
});

describe('without any issuer', () => {
  it('the page says whom to ask', async () => {
    const service = await startTestService({ KHUNG_MODE: 'production' });
    try {
      const page = await new BrowserClient('en').visit(`${service.url}/sign-in`);
      expect(page.text).toContain('There is no way to sign in yet');
      const refused = await new BrowserClient('en').visit(`${service.url}/sign-in/issuer`);
      expect(refused.status).toBe(404);
      expect((await fetch(`${service.url}/development-issuer/auth`)).status).toBe(404);
    } finally {
      await service.close();
    }
  });

  it('cookies are for HTTPS alone where people come by HTTPS', async () => {
    const issuer = await startTestIssuer();
    const service = await startTestService({
      KHUNG_MODE: 'production',
      KHUNG_PUBLIC_URL: 'https://khung.example',
      KHUNG_ISSUER: issuer.url,
      KHUNG_CLIENT_ID: CLIENT.clientId,
    });
    try {
      const sent = await new BrowserClient().send(`${service.url}/sign-in/issuer`);
      const [cookie] = sent.headers.getSetCookie();
      expect(cookie).toMatch(/^__Host-khung-sign-in=[\w-]+; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=600$/);
      expect(sent.location).toContain(encodeURIComponent('https://khung.example/sign-in/callback'));
      for (const path of ['/', '/sign-in', '/graphql', '/no-page']) {
        const { headers } = await fetch(service.url + path);
        expect([path, headers.get('strict-transport-security')]).toEqual([path, 'max-age=31536000']);
      }
    } finally {
      await service.close();
      await issuer.close();
    }
  });
});

describe('the configuration', () => {
  const ISSUER = { KHUNG_ISSUER: 'https://issuer.example', KHUNG_CLIENT_ID: 'khung' };
  const DEMO = { KHUNG_DEMO_PEOPLE: '1' };

  it.each<[boolean, string, Environment]>([
    [false, 'nothing is said', {}],
    [true, 'they are asked for', DEMO],
    [true, 'this machine is named', { ...DEMO, HOST: '::1', KHUNG_PUBLIC_URL: 'http://localhost:8080' }],
    [false, 'people and data are real', { KHUNG_MODE: 'production' }],
    [false, 'there is a server of PostgreSQL', { DATABASE_URL: 'postgres://host/khung' }],
    [false, 'others reach it', { ...DEMO, HOST: '0.0.0.0' }],
    [false, 'others reach it by name', { ...DEMO, HOST: 'khung.example' }],
    [false, 'others are told where it is', { ...DEMO, KHUNG_PUBLIC_URL: 'https://khung.example' }],
    [false, 'there is a real issuer', { ...DEMO, ...ISSUER }],
  ])('lets demo people sign in (%s) where %s', (demoPeople, _name, environment) => {
    expect(readConfig(environment)).toMatchObject({ demoPeople });
  });

  it.each<Environment>([
    { KHUNG_MODE: 'production', ...DEMO },
    { DATABASE_URL: 'postgres://host/khung', ...DEMO },
    { KHUNG_DEMO_PEOPLE: 'yes' },
  ])('takes no demo people with %j', (environment) => {
    expect(() => readConfig(environment)).toThrow(ConfigWrong);
    expect(() => readConfig(environment)).toThrow('KHUNG_DEMO_PEOPLE');
  });

  it('names where people come back to, where an issuer is named for real people', () => {
    expect(() => readConfig({ ...ISSUER, KHUNG_MODE: 'production' })).toThrow(ConfigWrong);
    expect(
      readConfig({ ...ISSUER, KHUNG_MODE: 'production', KHUNG_PUBLIC_URL: 'https://khung.example' }),
    ).toMatchObject({
      publicUrl: 'https://khung.example',
    });
  });

  it('takes no key that is none, and does not show it', () => {
    for (const key of ['short', Buffer.alloc(31).toString('base64'), `${Buffer.alloc(32).toString('base64')}x`]) {
      expect(() => readConfig({ KHUNG_SECRET_KEY: key })).toThrow(ConfigWrong);
      expect(() => readConfig({ KHUNG_SECRET_KEY: key })).not.toThrow(key);
    }
    expect(readConfig({ KHUNG_SECRET_KEY: Buffer.alloc(32, 7).toString('base64') }).secretKey).toEqual(
      Buffer.alloc(32, 7),
    );
  });
});
