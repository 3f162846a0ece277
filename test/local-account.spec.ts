import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Secret, TOTP } from 'otpauth';
import { hash } from '@node-rs/argon2';
import { backupLines } from '../src/runtime/backup.js';
import { verifyAudit } from '../src/runtime/audit/audit-verification.js';
import { BrowserClient } from './support/sign-in/browser-client.js';
import type { Visited } from './support/sign-in/browser-client.js';
import { TEST_TOKEN, startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

const KEY = randomBytes(32).toString('base64');
const PASSWORD = 'Sáng nay trời mưa to lắm';
/** Milliseconds: the last code that was taken is never shown again, so each of these is of a step of its own. */
const STEP = 30_000;

let service: TestService;
let owners = 0;
beforeAll(async () => {
  service = await startTestService({ KHUNG_SECRET_KEY: KEY });
});
afterAll(() => service.close());

interface Payload {
  readonly account: { readonly userName: string; readonly isSetUp: boolean; readonly disabledAt: string | null } | null;
  readonly enrolment: { readonly path: string; readonly until: string } | null;
  readonly userErrors: readonly { readonly reason: string; readonly path: readonly string[] }[];
}

async function change(name: string, input: object, on = service, token: string | null = TEST_TOKEN): Promise<Payload> {
  const type = name === 'createLocalAccount' ? 'CreateLocalAccountInput' : 'LocalAccountInput';
  const query = `mutation ($input: ${type}!) { done: ${name}(input: $input) {
    account { userName isSetUp disabledAt } enrolment { path until } userErrors { reason path } } }`;
  return (await on.askAs<{ done: Payload }>(token, query, { input })).done;
}

async function newPerson(name: string, on = service): Promise<string> {
  const query = 'mutation ($input: AddPersonInput!) { addPerson(input: $input) { person { id } } }';
  const { addPerson } = await on.askAs<{ addPerson: { person: { id: string } } }>(TEST_TOKEN, query, {
    input: { name },
  });
  return addPerson.person.id;
}

/** A code of the app, by a clock that is late or early; never so near to its end that it would be none when it arrives. */
async function codeOf(secret: string, late = 0): Promise<string> {
  const left = TOTP.remaining({ period: 30 });
  if (left < 3_000) await setTimeout(left + 10);
  return TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: Date.now() + late });
}

/** What the form of a page holds that nobody types, and the secret that it shows. */
function shownOn({ text }: Visited): { enrolment: string; sealed: string; secret: string } {
  const value = (name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? '';
  const secret = /<code>([A-Z2-7 ]+)<\/code>/.exec(text)?.[1] ?? '';
  return { enrolment: value('enrolment'), sealed: value('sealed'), secret: secret.replaceAll(' ', '') };
}

interface Owner {
  readonly person: string;
  readonly userName: string;
  readonly secret: string;
  readonly recovery: readonly string[];
}

/** Somebody with an account that is set up. */
async function newOwner(userName: string, on = service): Promise<Owner> {
  const person = await newPerson(`Người mẫu ${userName}`, on);
  const { enrolment } = await change('createLocalAccount', { person, userName }, on);
  return { person, userName, ...(await setUp(on.url + (enrolment?.path ?? ''))) };
}

async function setUp(link: string): Promise<{ secret: string; recovery: readonly string[] }> {
  const browser = new BrowserClient('en');
  const shown = shownOn(await browser.visit(link));
  const { secret, ...hidden } = shown;
  const typed = { password: PASSWORD, repeated: PASSWORD, code: await codeOf(secret, -STEP) };
  const done = await browser.post(new URL('/sign-in/enrol', link).href, { ...hidden, ...typed });
  if (done.status !== 200) throw new Error(done.text);
  return { secret, recovery: [...done.text.matchAll(/<code>([a-z0-9-]+)<\/code>/g)].map(([, code = '']) => code) };
}

function signIn(
  browser: BrowserClient,
  typed: { userName: string; password?: string; code: string },
  on = service,
): Promise<Visited> {
  return browser.post(`${on.url}/sign-in/account`, { password: PASSWORD, return: '/explorer.html', ...typed });
}

async function personOf(browser: BrowserClient): Promise<string | undefined> {
  const { data } = await browser.ask<{ me: { person: { id: string } | null } }>(
    service.url,
    '{ me { person { id } } }',
  );
  return data?.me.person?.id;
}

describe('a local account', () => {
  it('is made by the administrator, set up by its owner, and signs him in', async () => {
    const person = await newPerson('Người mẫu Mai');
    const tried = await change('createLocalAccount', { person, userName: 'Mau.Mai', dryRun: true });
    expect(tried).toMatchObject({ account: { userName: 'mau.mai', isSetUp: false }, enrolment: null });
    const made = await change('createLocalAccount', { person, userName: 'Mau.Mai' });
    expect(made.userErrors).toEqual([]);
    expect(made.account).toEqual({ userName: 'mau.mai', isSetUp: false, disabledAt: null });
    const hours = (Date.parse(made.enrolment?.until ?? '') - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThanOrEqual(24);

    const { secret, recovery } = await setUp(service.url + (made.enrolment?.path ?? ''));
    expect(recovery).toHaveLength(10);
    const browser = new BrowserClient();
    const done = await signIn(browser, { userName: ' Mau.Mai ', code: await codeOf(secret) });
    expect([done.status, done.location]).toEqual([303, `${service.url}/explorer.html`]);
    expect(await personOf(browser)).toBe(person);
  });

  it.each<[string, (owner: Owner, code: string) => { userName: string; password?: string; code: string }]>([
    ['another password', ({ userName }, code) => ({ userName, password: 'Chiều nay nắng to lắm', code })],
    ['another code', ({ userName }) => ({ userName, code: '000000' })],
    ['no code', ({ userName }) => ({ userName, code: '' })],
    ['a name that nobody has', (_owner, code) => ({ userName: 'khong.co.ai', code })],
    ['no name', (_owner, code) => ({ userName: '', code })],
    ['what can be no name', (_owner, code) => ({ userName: 'mau\0thu', code })],
  ])('lets nobody in with %s, and does not tell what was wrong', async (_name, typed) => {
    owners += 1;
    const owner = await newOwner(`mau.thu.${owners}`);
    const browser = new BrowserClient('en');
    const sent = typed(owner, await codeOf(owner.secret));
    const refused = await signIn(browser, sent);
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('The user name, the password or the code is wrong.');
    // Nothing that was typed is lost, but the password.
    expect(refused.text).toContain(`name="userName" value="${sent.userName}"`);
    expect(refused.text).toContain('name="return" value="/explorer.html"');
    expect(refused.text).not.toContain(PASSWORD);
    expect(browser.cookie('khung-session')).toBe(undefined);
  });

  it('takes a code once, also of several who show it at the same time', async () => {
    const { userName, secret } = await newOwner('mau.mot.lan');
    const code = await codeOf(secret);
    const all = await Promise.all([1, 2, 3, 4].map(() => signIn(new BrowserClient(), { userName, code })));
    expect(all.map(({ status }) => `${status}`).toSorted()).toEqual(['303', '403', '403', '403']);
    expect((await signIn(new BrowserClient(), { userName, code })).status).toBe(403);
    expect((await signIn(new BrowserClient(), { userName, code: await codeOf(secret, STEP) })).status).toBe(303);
  });

  it('takes each recovery code once', async () => {
    const { userName, recovery } = await newOwner('mau.khoi.phuc');
    const [first = '', second = ''] = recovery;
    const both = await Promise.all([1, 2].map(() => signIn(new BrowserClient(), { userName, code: first })));
    expect(both.map(({ status }) => `${status}`).toSorted()).toEqual(['303', '403']);
    const typed = second.toUpperCase().replaceAll('-', ' ');
    expect((await signIn(new BrowserClient(), { userName, code: typed })).status).toBe(303);
  });

  it('slows whoever guesses down, and whoever has no account just so', async () => {
    const { userName, secret } = await newOwner('mau.bi.do');
    for (const name of [userName, 'khong.ai.ca']) {
      // Before: to wait for a code that lasts would be to wait as one has to.
      const code = await codeOf(secret);
      for (let count = 0; count < 5; count += 1) {
        const wrong = { userName: name, password: 'Chiều nay nắng to lắm', code: '000000' };
        expect((await signIn(new BrowserClient(), wrong)).status).toBe(403);
      }
      const refused = await signIn(new BrowserClient('en'), { userName: name, code });
      expect(refused.status).toBe(429);
      expect(refused.headers.get('retry-after')).toBe('1');
      expect(refused.text).toContain('There were several wrong attempts. Try again in 1 seconds.');
    }
  });

  it('is guessed no faster by writing its name in another way, or by telling of other addresses', async () => {
    const { userName, secret } = await newOwner('mau.cach.viet');
    const code = await codeOf(secret);
    const wrong = { password: 'Chiều nay nắng to lắm', code: '000000' };
    const send = (typed: Record<string, string>, address: string): Promise<Visited> =>
      new BrowserClient().post(`${service.url}/sign-in/account`, typed, { 'x-forwarded-for': address });
    for (const [at, name] of [
      userName,
      `${userName} `,
      ` ${userName}`,
      userName.toUpperCase(),
      `${userName}\t`,
    ].entries()) {
      expect((await send({ userName: name, ...wrong }, `203.0.113.${at}`)).status).toBe(403);
    }
    const right = { userName: ` ${userName} `, password: PASSWORD, code };
    expect((await send(right, '203.0.113.9')).status).toBe(429);
  });

  it.each(['disableLocalAccount', 'resetLocalAccount', 'erasePerson'])(
    'lets nobody in whose password was being compared at %s',
    async (name) => {
      const { person, userName, secret, recovery } = await newOwner(`mau.${name.toLowerCase()}`);
      // A hash that takes long to compare.
      const slow = await hash(PASSWORD, { memoryCost: 131_072, timeCost: 4 });
      const { source } = service.database;
      await source.query('update local_account set password_hash = $2 where person = $1', [person, slow]);
      const browsers = [new BrowserClient(), new BrowserClient()];
      const codes = [await codeOf(secret), recovery[0] ?? ''];
      const signedIn = browsers.map((browser, at) => signIn(browser, { userName, code: codes[at] ?? '' }));
      await setTimeout(60);
      if (name === 'erasePerson') {
        const erase = 'mutation ($input: ErasePersonInput!) { erasePerson(input: $input) { userErrors { reason } } }';
        await service.askAs(TEST_TOKEN, erase, { input: { person } });
      } else expect((await change(name, { person })).userErrors).toEqual([]);
      await Promise.all(signedIn);
      for (const browser of browsers) expect(await personOf(browser)).toBe(undefined);
      const sessions: unknown[] = await source.query('select 1 from person_session where person = $1', [person]);
      expect(sessions).toEqual([]);
      const used: unknown[] = await source.query(
        `select 1 from audit_record where subject = $1 and payload like '%RECOVERY_CODE_USED%'`,
        [person],
      );
      expect(used).toEqual([]);
    },
  );

  it('is not signed in by a page elsewhere', async () => {
    const { userName, secret } = await newOwner('mau.noi.khac');
    const browser = new BrowserClient();
    const form = { userName, password: PASSWORD, code: await codeOf(secret) };
    for (const from of [
      { origin: 'https://other.example', 'sec-fetch-site': 'cross-site' },
      { origin: 'null', 'sec-fetch-site': 'same-site' },
    ]) {
      const refused = await browser.post(`${service.url}/sign-in/account`, form, from);
      expect(refused.status).toBe(403);
      expect(browser.cookie('khung-session')).toBe(undefined);
    }
  });

  it.each<[string, string, Record<string, string>, number]>([
    ['is no form', '{}', { 'content-type': 'application/json' }, 400],
    ['is very long', `userName=${'x'.repeat(20_000)}`, { 'content-type': 'application/x-www-form-urlencoded' }, 400],
  ])('is refused with a page where what is sent %s', async (_name, body, headers, status) => {
    const browser = new BrowserClient();
    const refused = await browser.send(`${service.url}/sign-in/account`, { method: 'POST', body, headers });
    expect(refused.status).toBe(status);
    expect(refused.text).toContain('role="alert"');
  });
});

describe('setting an account up', () => {
  it('is done once, and looking at it takes nothing away', async () => {
    const person = await newPerson('Người mẫu Lan');
    const { enrolment } = await change('createLocalAccount', { person, userName: 'mau.lan' });
    const link = service.url + (enrolment?.path ?? '');
    await new BrowserClient().visit(link);
    await setUp(link);
    const again = await new BrowserClient('en').visit(link);
    expect(again.status).toBe(404);
    expect(again.text).toContain('This link does not set up an account');
    expect((await new BrowserClient().visit(`${service.url}/sign-in/enrol?code=made-up`)).status).toBe(404);
    expect((await new BrowserClient().visit(`${service.url}/sign-in/enrol`)).status).toBe(404);
  });

  it('is not done by a page elsewhere, and the link is as good as before', async () => {
    const person = await newPerson('Người mẫu Liên');
    const { enrolment } = await change('createLocalAccount', { person, userName: 'mau.lien' });
    const link = service.url + (enrolment?.path ?? '');
    const browser = new BrowserClient('en');
    const { secret, ...hidden } = shownOn(await browser.visit(link));
    const typed = { ...hidden, password: PASSWORD, repeated: PASSWORD, code: await codeOf(secret) };
    const elsewhere = { origin: 'https://other.example', 'sec-fetch-site': 'cross-site' };
    const refused = await browser.post(`${service.url}/sign-in/enrol`, typed, elsewhere);
    expect(refused.status).toBe(403);
    expect(refused.text).not.toContain('This link does not set up an account');
    await setUp(link);
  });

  it('says all that is wrong, and goes on with the secret that the app has', async () => {
    const person = await newPerson('Người mẫu Nga');
    const { enrolment } = await change('createLocalAccount', { person, userName: 'mau.nga' });
    const browser = new BrowserClient('en');
    const { secret, ...hidden } = shownOn(await browser.visit(service.url + (enrolment?.path ?? '')));
    const post = (typed: Readonly<Record<string, string>>): Promise<Visited> =>
      browser.post(`${service.url}/sign-in/enrol`, { ...hidden, ...typed });
    const short = await post({ password: 'ngắn', repeated: 'ngắn', code: '000000' });
    expect(short.status).toBe(400);
    expect(short.text).toContain('A password has 12 to 128 characters, not 4');
    expect(short.text).toContain('The code is wrong');
    expect(shownOn(short)).toEqual({ secret, ...hidden });
    const otherwise = await post({ password: PASSWORD, repeated: `${PASSWORD}!`, code: await codeOf(secret) });
    expect(otherwise.text).toContain('The two passwords are not the same');
    const guessable = await post({ password: 'mau.nga 2026', repeated: 'mau.nga 2026', code: await codeOf(secret) });
    expect(guessable.text).toContain('too easy to guess');
    expect((await post({ password: PASSWORD, repeated: PASSWORD, code: await codeOf(secret) })).status).toBe(200);
  });

  it('takes no secret that was sealed for another account', async () => {
    const [one, two] = await Promise.all(
      ['mau.nhat', 'mau.nhi'].map(async (userName) => {
        const person = await newPerson(userName);
        const { enrolment } = await change('createLocalAccount', { person, userName });
        return shownOn(await new BrowserClient().visit(service.url + (enrolment?.path ?? '')));
      }),
    );
    const typed = { password: PASSWORD, repeated: PASSWORD, code: await codeOf(two?.secret ?? '') };
    const form = { enrolment: one?.enrolment ?? '', sealed: two?.sealed ?? '', ...typed };
    expect((await new BrowserClient().post(`${service.url}/sign-in/enrol`, form)).status).toBe(400);
  });
});

describe('the administrator', () => {
  it('has an account set up anew, which ends what was', async () => {
    const { person, userName, secret } = await newOwner('mau.lai');
    const browser = new BrowserClient();
    expect((await signIn(browser, { userName, code: await codeOf(secret) })).status).toBe(303);
    expect(await change('resetLocalAccount', { person, dryRun: true })).toMatchObject({ enrolment: null });
    expect(await personOf(browser)).toBe(person);
    const { enrolment, account } = await change('resetLocalAccount', { person });
    expect(account).toMatchObject({ isSetUp: false });
    expect(await personOf(browser)).toBe(undefined);
    expect((await signIn(new BrowserClient(), { userName, code: await codeOf(secret, STEP) })).status).toBe(403);
    const anew = await setUp(service.url + (enrolment?.path ?? ''));
    expect(anew.secret).not.toBe(secret);
    expect((await signIn(new BrowserClient(), { userName, code: await codeOf(anew.secret) })).status).toBe(303);
  });

  it('disables an account, and forgets it with the person', async () => {
    const { person, userName, secret, recovery } = await newOwner('mau.khoa');
    const browser = new BrowserClient();
    await signIn(browser, { userName, code: await codeOf(secret) });
    const disabled = await change('disableLocalAccount', { person });
    expect(disabled).toMatchObject({ enrolment: null, userErrors: [] });
    expect(disabled.account?.disabledAt).not.toBe(null);
    expect(await personOf(browser)).toBe(undefined);
    for (const code of [await codeOf(secret, STEP), recovery[0] ?? '']) {
      expect((await signIn(new BrowserClient(), { userName, code })).status).toBe(403);
    }
    const erase = 'mutation ($input: ErasePersonInput!) { erasePerson(input: $input) { userErrors { reason } } }';
    expect(await service.askAs(TEST_TOKEN, erase, { input: { person } })).toEqual({ erasePerson: { userErrors: [] } });
    const left: unknown[] = await service.database.source.query('select 1 from local_account where person = $1', [
      person,
    ]);
    expect(left).toEqual([]);
    expect((await change('resetLocalAccount', { person })).userErrors).toMatchObject([{ reason: 'ACCOUNT_UNKNOWN' }]);
  });

  it.each<[string, object, string, string]>([
    ['the person has one', {}, 'ACCOUNT_EXISTS', 'person'],
    ['the name is taken', { person: 'another' }, 'USER_NAME_TAKEN', 'userName'],
    ['the name is none', { userName: 'có dấu' }, 'VALUE_OF_WRONG_TYPE', 'userName'],
    ['there is no such person', { person: 'nobody' }, 'PERSON_UNKNOWN', 'person'],
  ])('makes no account where %s', async (_name, changed, reason, path) => {
    const [person, another] = [await newPerson('Người mẫu Một'), await newPerson('Người mẫu Hai')];
    const userName = `mau-${person.slice(0, 8)}`;
    expect((await change('createLocalAccount', { person, userName })).userErrors).toEqual([]);
    const input = { person, userName: `${userName}.2`, ...changed };
    if ('person' in changed)
      Object.assign(input, { userName, person: changed.person === 'another' ? another : 'nobody' });
    expect((await change('createLocalAccount', input)).userErrors).toEqual([{ reason, path: [path] }]);
  });

  it('makes no account for somebody whom an issuer knows', async () => {
    const person = randomUUID();
    await service.database.source.query(
      `insert into person (id, issuer, subject, name) values ($1, 'https://issuer.example', 'subject-5', 'Người mẫu Năm')`,
      [person],
    );
    const refused = await change('createLocalAccount', { person, userName: 'mau.cua.noi.khac' });
    expect(refused).toMatchObject({ account: null, userErrors: [{ reason: 'ACCOUNT_OF_ISSUER', path: ['person'] }] });
  });

  it('is recorded once, also where two do the same at once, and brings no account back that went', async () => {
    const { person } = await newOwner('mau.cung.luc');
    const { source } = service.database;
    const actions = async (): Promise<string[]> => {
      const records: { payload: string }[] = await source.query(
        `select payload from audit_record where kind = 'LOCAL_ACCOUNT' and subject = $1 order by number`,
        [person],
      );
      return records.map(({ payload }) => (JSON.parse(payload) as { action: string }).action);
    };
    await Promise.all([1, 2, 3, 4].map(() => change('disableLocalAccount', { person })));
    expect(await actions()).toEqual(['MADE', 'SET_UP', 'DISABLED']);
    const erase = 'mutation ($input: ErasePersonInput!) { erasePerson(input: $input) { userErrors { reason } } }';
    await Promise.all([
      ...[1, 2, 3].map(() => change('resetLocalAccount', { person })),
      service.askAs(TEST_TOKEN, erase, { input: { person } }),
      ...[1, 2, 3].map(() => change('resetLocalAccount', { person })),
    ]);
    expect(await source.query('select 1 from local_account where person = $1', [person])).toEqual([]);
  });

  it('alone makes accounts', async () => {
    const person = await newPerson('Người mẫu Ba');
    for (const [name, input] of [
      ['createLocalAccount', { person, userName: 'mau.ba' }],
      ['resetLocalAccount', { person }],
      ['disableLocalAccount', { person }],
    ] as const) {
      expect((await change(name, input, service, null)).userErrors).toMatchObject([{ reason: 'NOT_PERMITTED' }]);
    }
  });

  it('makes none without a key, and nobody signs in without one', async () => {
    const without = await startTestService({ KHUNG_MODE: 'production' });
    try {
      const person = await newPerson('Người mẫu Tư', without);
      const made = await change('createLocalAccount', { person, userName: 'mau.tu' }, without);
      expect(made.userErrors).toMatchObject([{ reason: 'SECRET_KEY_MISSING' }]);
      const refused = await signIn(new BrowserClient(), { userName: 'mau.tu', code: '000000' }, without);
      expect(refused.status).toBe(503);
      expect(refused.text).toContain('KHUNG_SECRET_KEY');
    } finally {
      await without.close();
    }
  });

  it('where the service is tried out needs no key: one is kept in the folder', async () => {
    const development = await startTestService();
    try {
      const { userName, secret } = await newOwner('mau.nam', development);
      const done = await signIn(new BrowserClient(), { userName, code: await codeOf(secret) }, development);
      expect(done.status).toBe(303);
    } finally {
      await development.close();
    }
  });
});

describe('what is kept', () => {
  it('has no secret in it that could be used, in the database as in a backup, and says each step without a name', async () => {
    const { person, userName, secret, recovery } = await newOwner('mau.luu');
    const browser = new BrowserClient();
    expect((await signIn(browser, { userName, code: recovery[3] ?? '' })).status).toBe(303);
    await change('disableLocalAccount', { person });
    let backup = '';
    for await (const line of backupLines(service.database.source)) backup += line;
    expect(backup).toContain(userName);
    expect(backup).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
    for (const hidden of [secret, PASSWORD, ...recovery, browser.cookie('khung-session') ?? '-']) {
      expect(backup).not.toContain(hidden);
    }
    const records: { payload: string; person: string | null }[] = await service.database.source.query(
      `select payload, person from audit_record where kind = 'LOCAL_ACCOUNT' and subject = $1 order by number`,
      [person],
    );
    expect(records.map(({ payload }) => (JSON.parse(payload) as { action: string }).action)).toEqual([
      'MADE',
      'SET_UP',
      'RECOVERY_CODE_USED',
      'DISABLED',
    ]);
    expect(records.map((each) => each.person)).toEqual([null, person, person, null]);
    expect(JSON.stringify(records)).not.toContain(userName);
    const { faults } = await verifyAudit(service.database.source.manager, { anchors: [] });
    expect(faults).toEqual([]);
  });

  it('is made anew with what is asked for today when the owner signs in', async () => {
    const { person, userName, secret } = await newOwner('mau.cu');
    const old = await hash(PASSWORD, { memoryCost: 8_192, timeCost: 1 });
    const { source } = service.database;
    await source.query('update local_account set password_hash = $2 where person = $1', [person, old]);
    expect((await signIn(new BrowserClient(), { userName, code: await codeOf(secret) })).status).toBe(303);
    const [kept]: { hash: string }[] = await source.query(
      'select password_hash as hash from local_account where person = $1',
      [person],
    );
    expect(kept?.hash).toContain('m=19456,t=2,p=1');
    expect((await signIn(new BrowserClient(), { userName, code: await codeOf(secret, STEP) })).status).toBe(303);
  });

  it('opens nothing under another key', async () => {
    const { person, userName } = await newOwner('mau.khoa.khac');
    const other = await newOwner('mau.khoa.kia');
    const { source } = service.database;
    // The sealed secret of another account, put into this one's place.
    await source.query(
      `update local_account set code_secret = (select code_secret from local_account where person = $2),
         last_code_step = null where person = $1`,
      [person, other.person],
    );
    expect((await signIn(new BrowserClient(), { userName, code: await codeOf(other.secret) })).status).toBe(403);
  });
});
