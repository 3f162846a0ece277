import { createHash, randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { daysLater } from '../src/core/landscape/calendar-day.js';
import { serveOn } from '../src/main.js';
import type { Service } from '../src/main.js';
import { verifyAudit } from '../src/runtime/audit/audit-verification.js';
import { backupLines } from '../src/runtime/backup.js';
import { readConfig } from '../src/runtime/config.js';
import { todayInVietnam } from '../src/runtime/today.js';
import { TEST_TOKEN, startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

const AGENCY = 'urn:khung:so-y-te';
const OTHER = 'urn:khung:so-du-lich';
const TODAY = todayInVietnam();

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  const commit = `mutation ($operations: [ChangeOperationInput!]!) {
    commitChangeSet(input: { operations: $operations, reason: "Kiểm thử" }) { userErrors { reason } } }`;
  const system = { kind: 'SYSTEM', name: 'Phần mềm thử', attributes: { hosting: 'AGENCY_SERVER' } };
  const operations = ['urn:khung:nd-thu', 'urn:khung:nd-thu-2'].flatMap((urn) => [
    { op: 'ADD', urn, value: system },
    { op: 'ADD', urn: `${urn}.chu`, value: { kind: 'OWNED_BY', source: urn, target: AGENCY } },
  ]);
  expect(await service.askAs(TEST_TOKEN, commit, { operations })).toEqual({ commitChangeSet: { userErrors: [] } });
});
afterAll(() => service.close());

interface UserError {
  readonly reason: string;
  readonly path: readonly string[];
}

/** What a mutation with one input answers, by the name of its payload's field. */
async function change<T>(
  headers: Readonly<Record<string, string>>,
  [name, type, fields]: readonly [string, string, string],
  input: object,
): Promise<T & { readonly userErrors: UserError[] }> {
  const query = `mutation ($input: ${type}!) { done: ${name}(input: $input) { ${fields} userErrors { reason path } } }`;
  const { data, errors } = await post<{ done: T & { readonly userErrors: UserError[] } }>(headers, query, { input });
  if (data === undefined) throw new Error(JSON.stringify(errors));
  return data.done;
}

interface Posted<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly data: T | undefined;
  readonly errors: readonly { readonly extensions: { readonly reason: string } }[] | undefined;
}

async function post<T>(
  headers: Readonly<Record<string, string>>,
  query: string,
  variables: object = {},
): Promise<Posted<T>> {
  const response = await fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as Pick<Posted<T>, 'data' | 'errors'>;
  return { status: response.status, headers: response.headers, ...body };
}

const bearer = (token: string): { authorization: string } => ({ authorization: `Bearer ${token}` });
const administrator = bearer(TEST_TOKEN);
const digestOf = (token: string): string => createHash('sha256').update(token).digest('hex');

const ISSUE = [
  'issueServiceToken',
  'IssueServiceTokenInput',
  'token serviceToken { id role agencyUrn readOnly }',
] as const;
interface Issued {
  readonly token: string;
  readonly serviceToken: { readonly id: string };
}
const issue = (input: object): Promise<Issued & { userErrors: UserError[] }> =>
  change<Issued>(administrator, ISSUE, { label: 'Bảng theo dõi', role: 'OFFICER', agency: AGENCY, days: 1, ...input });
const revoke = (token: string): Promise<{ userErrors: UserError[] }> =>
  change<object>(administrator, ['revokeServiceToken', 'RevokeServiceTokenInput', 'serviceToken { revokedAt }'], {
    token,
  });

const ME = '{ me { person { name } role agencyUrn agency { urn } readOnly assignment signedInUntil } }';
interface Me {
  readonly me: {
    readonly person: { readonly name: string } | null;
    readonly role: string;
    readonly agencyUrn: string | null;
    readonly agency: { readonly urn: string } | null;
    readonly readOnly: boolean;
    readonly assignment: string | null;
    readonly signedInUntil: string | null;
  };
}
const me = async (headers: Readonly<Record<string, string>>): Promise<Me['me'] | string> => {
  const { data, errors } = await post<Me>(headers, ME);
  return data?.me ?? errors?.[0]?.extensions.reason ?? '';
};

/** Everything that a backup of the database holds. */
async function everything(): Promise<string> {
  const lines: string[] = [];
  for await (const line of backupLines(service.database.source)) lines.push(line);
  return lines.join('');
}

const REQUEST = ['requestWaiver', 'RequestWaiverInput', 'waiver { id }'] as const;
const DECIDE = ['decideWaiver', 'DecideWaiverInput', 'waiver { id }'] as const;
const WAIVER = {
  agency: AGENCY,
  rule: 'R-16',
  subjects: ['urn:khung:nd-thu'],
  reason: 'Chờ',
  validTo: daysLater(TODAY, 30),
};
const DRAFT = ['createScenario', 'CreateScenarioInput', 'scenario { id }'] as const;

/** Another service on the same database. */
function startBeside(): Promise<Service> {
  const config = readConfig({ KHUNG_ADMIN_TOKEN: 'other', KHUNG_SUPERVISION_SECONDS: '0', PORT: '0' });
  return serveOn({ ...service.database, lock: undefined, close: () => Promise.resolve() }, config);
}

/** What another service answers to whoever has a token. */
async function statusAt({ url }: Service, token: string): Promise<number> {
  const query = encodeURIComponent('{ me { role } }');
  const headers = { ...bearer(token), 'apollo-require-preflight': 'yes' };
  return (await fetch(`${url}/graphql?query=${query}`, { headers })).status;
}

describe('a service token', () => {
  it('asks as whom it was issued for, is told once, and is kept as a hash alone', async () => {
    const { token, serviceToken, userErrors } = await issue({});
    expect(userErrors).toEqual([]);
    expect(token).toMatch(/^khung_[\w-]{43}$/);
    expect(await me(bearer(token))).toEqual({
      person: null,
      role: 'OFFICER',
      agencyUrn: AGENCY,
      agency: { urn: AGENCY },
      readOnly: true,
      assignment: null,
      signedInUntil: null,
    });
    const kept = await everything();
    expect(kept).not.toContain(token);
    expect(kept).toContain(digestOf(token));
    expect(serviceToken.id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('that may look alone changes nothing, whatever its role may do', async () => {
    const looking = await issue({});
    const changing = await issue({ readOnly: false });
    const input = { name: 'Phương án', agency: AGENCY };
    expect((await change<object>(bearer(looking.token), DRAFT, input)).userErrors).toMatchObject([
      { reason: 'NOT_PERMITTED' },
    ]);
    expect((await change<object>(bearer(changing.token), DRAFT, input)).userErrors).toEqual([]);
  });

  it('for registered queries alone is taken at their place and for no other', async () => {
    const register = ['registerTrustedDocument', 'RegisterTrustedDocumentInput', 'trustedDocument { id }'] as const;
    const registered = async (name: string): Promise<string> => {
      const input = { name, document: `query ${name} { landscape { revision } }` };
      const { trustedDocument } = await change<{ trustedDocument: { id: string } }>(administrator, register, input);
      return trustedDocument.id;
    };
    const [own, other] = [await registered('Cua_bang'), await registered('Cua_khac')];
    const { token } = await issue({ documents: [own] });
    const at = async (path: string): Promise<number> => {
      return (await fetch(`${service.url}${path}`, { headers: bearer(token) })).status;
    };
    expect([await at(`/q/${own}`), await at(`/q/${other}`), await at('/exports/landscape.xlsx')]).toEqual([
      200, 403, 403,
    ]);
    expect(await me(bearer(token))).toBe('NOT_PERMITTED');
  });

  it('opens nothing once it is revoked, in another process too, or has expired', async () => {
    const { database } = service;
    const beside = await startBeside();
    const statusThere = (token: string): Promise<number> => statusAt(beside, token);
    try {
      const [revoked, expired] = [await issue({}), await issue({})];
      expect([await statusThere(revoked.token), await statusThere(expired.token)]).toEqual([200, 200]);
      expect((await revoke(revoked.serviceToken.id)).userErrors).toEqual([]);
      expect(await me(bearer(revoked.token))).toBe('NOT_PERMITTED');
      const past = `update service_token set expires_at = now() where id = $1`;
      await database.source.query(past, [expired.serviceToken.id]);
      await setTimeout(1_100);
      expect(await me(bearer(expired.token))).toBe('NOT_PERMITTED');
      expect([await statusThere(revoked.token), await statusThere(expired.token)]).toEqual([403, 403]);
      // Revoked again it stays so.
      expect((await revoke(revoked.serviceToken.id)).userErrors).toEqual([]);
      expect((await revoke('x')).userErrors).toEqual([{ reason: 'SERVICE_TOKEN_UNKNOWN', path: ['token'] }]);
    } finally {
      await beside.close();
    }
  });

  it.each<[string, object, string, string]>([
    ['the administrator', { role: 'ADMINISTRATOR', agency: null }, 'VALUE_NOT_ALLOWED', 'role'],
    ['an officer of nobody', { agency: null }, 'VALUE_MISSING', 'agency'],
    ['an officer of what is no agency', { agency: 'urn:khung:hcm-lgsp' }, 'NOT_AN_AGENCY', 'agency'],
    ['an officer of nothing known', { agency: 'urn:khung:khong-co' }, 'URN_UNKNOWN', 'agency'],
    ['an architect of an agency', { role: 'ARCHITECT' }, 'VALUE_NOT_ALLOWED', 'agency'],
    [
      'the public with what is opened',
      { role: 'PUBLIC', agency: null, grants: [AGENCY] },
      'VALUE_NOT_ALLOWED',
      'grants',
    ],
    ['what nobody knows', { grants: ['urn:khung:khong-co'] }, 'URN_UNKNOWN', 'grants.0'],
    ['no name', { label: ' ' }, 'VALUE_OF_WRONG_TYPE', 'label'],
    ['nothing', { label: '' }, 'VALUE_MISSING', 'label'],
  ])('is not issued for %s', async (_what, input, reason, path) => {
    expect((await issue(input)).userErrors).toEqual([{ reason, path: path.split('.') }]);
  });

  it('that is asked for again under its key is issued once, and not told again', async () => {
    const asked = { idempotencyKey: 'mot-lan', label: 'Hỏi lại' };
    const [first, again] = [await issue(asked), await issue(asked)];
    expect([again.token, again.serviceToken.id]).toEqual([null, first.serviceToken.id]);
    expect((await issue({ ...asked, days: 2 })).userErrors).toEqual([
      { reason: 'IDEMPOTENCY_KEY_REUSED', path: ['idempotencyKey'] },
    ]);
    expect((await issue(asked)).userErrors).toEqual([]);
  });

  it('decides nothing, and whoever issued it does not decide what it asked for', async () => {
    const { id, headers } = await signIn('Người cấp mã');
    await change<object>(headers, ACT, { assignment: await grant(id, { role: 'ADMINISTRATOR' }) });
    const issued = async (input: object): Promise<string> => {
      const scope = { label: 'Mã của người cấp', days: 1, readOnly: false, ...input };
      return (await change<Issued>(headers, ISSUE, scope)).token;
    };
    const asks = await issued({ role: 'OFFICER', agency: AGENCY });
    const decides = await issued({ role: 'REVIEWER', agency: null });
    const { waiver } = await change<{ waiver: { id: string } }>(bearer(asks), REQUEST, {
      ...WAIVER,
      subjects: ['urn:khung:nd-thu-2'],
    });
    const decision = { waiver: waiver.id, decision: 'APPROVE', reason: 'Được', document: 'CV 2' };
    for (const by of [bearer(decides), headers, administrator]) {
      expect((await change<object>(by, DECIDE, decision)).userErrors).toMatchObject([{ reason: 'NOT_PERMITTED' }]);
    }
    const other = await signIn('Người khác quyết định');
    await change<object>(other.headers, ACT, { assignment: await grant(other.id, { role: 'REVIEWER' }) });
    expect((await change<object>(other.headers, DECIDE, decision)).userErrors).toEqual([]);
  });

  it('that may look alone starts no job', async () => {
    const { token } = await issue({ role: 'ARCHITECT', agency: null });
    const start = ['startGraphAnalysis', 'StartGraphAnalysisInput', 'job { id }'] as const;
    expect((await change<object>(bearer(token), start, { kind: 'COMMUNITIES' })).userErrors).toMatchObject([
      { reason: 'NOT_PERMITTED' },
    ]);
  });

  it('is counted by the day', async () => {
    const { token, serviceToken } = await issue({});
    const beside = await startBeside();
    const statuses = [];
    for (let times = 0; times < 3; times += 1) statuses.push(await statusAt(beside, token));
    expect(statuses).toEqual([200, 200, 200]);
    // What was counted is written down when a service ends, at the latest.
    await beside.close();
    const { data } = await post<{
      serviceTokens: { nodes: { id: string; lastUsedOn: string | null; requests: number }[] };
    }>(administrator, '{ serviceTokens(first: 100) { nodes { id lastUsedOn requests } } }');
    const listed = data?.serviceTokens.nodes.find(({ id }) => id === serviceToken.id);
    expect(listed).toEqual({ id: serviceToken.id, lastUsedOn: TODAY, requests: 3 });
  });
});

interface Somebody {
  readonly id: string;
  /** What a browser sends with each request. */
  readonly headers: Readonly<Record<string, string>>;
}

const ADD = ['addPerson', 'AddPersonInput', 'person { id }'] as const;
const GRANT = ['grantRole', 'GrantRoleInput', 'assignment { id }'] as const;
const ACT = ['actAs', 'ActAsInput', 'assignment { role }'] as const;
const WITHDRAW = ['withdrawRole', 'WithdrawRoleInput', 'assignment { id }'] as const;
const ERASE = ['erasePerson', 'ErasePersonInput', 'person { name roles { id } }'] as const;

async function grant(person: string, input: object): Promise<string> {
  const { assignment, userErrors } = await change<{ assignment: { id: string } | null }>(administrator, GRANT, {
    person,
    ...input,
  });
  if (assignment === null) throw new Error(JSON.stringify(userErrors));
  return assignment.id;
}

/** Signs somebody in, as his browser is after it. */
async function signIn(name: string): Promise<Somebody> {
  const { person } = await change<{ person: { id: string } }>(administrator, ADD, { name });
  const token = randomBytes(32).toString('base64url');
  await service.database.source.query(
    `insert into person_session (digest, person, expires_at) values ($1, $2, now() + interval '1 hour')`,
    [digestOf(token), person.id],
  );
  return { id: person.id, headers: { cookie: `a=b; khung-session=${token}`, 'sec-fetch-site': 'same-origin' } };
}

describe('somebody who is signed in', () => {
  it('acts in one of his roles at a time, and goes on in another without signing in again', async () => {
    const { id, headers } = await signIn('Người thử vai trò');
    expect(await me(headers)).toMatchObject({
      person: { name: 'Người thử vai trò' },
      role: 'PUBLIC',
      assignment: null,
    });
    const officer = await grant(id, { role: 'OFFICER', agency: AGENCY });
    const elsewhere = await grant(id, { role: 'OFFICER', agency: OTHER, validTo: daysLater(TODAY, 1) });
    const reviewer = await grant(id, { role: 'REVIEWER' });
    for (const [assignment, role, agencyUrn] of [
      [officer, 'OFFICER', AGENCY],
      [elsewhere, 'OFFICER', OTHER],
      [reviewer, 'REVIEWER', null],
    ] as const) {
      expect((await change<object>(headers, ACT, { assignment })).userErrors).toEqual([]);
      expect(await me(headers)).toMatchObject({ role, agencyUrn, assignment });
    }
    expect((await change<object>(headers, ACT, { assignment: null })).userErrors).toEqual([]);
    expect(await me(headers)).toMatchObject({ role: 'PUBLIC', assignment: null });
    const { id: other } = await signIn('Người khác');
    const foreign = await grant(other, { role: 'ADMINISTRATOR' });
    expect((await change<object>(headers, ACT, { assignment: foreign })).userErrors).toMatchObject([
      { reason: 'ROLE_ASSIGNMENT_UNKNOWN', path: ['assignment'] },
    ]);
  });

  it('has no role any more that was taken back, or has run out', async () => {
    const { id, headers } = await signIn('Người thôi việc');
    const withdrawn = await grant(id, { role: 'ARCHITECT' });
    const over = await grant(id, { role: 'INSPECTOR', validTo: TODAY });
    await change<object>(headers, ACT, { assignment: withdrawn });
    expect(await me(headers)).toMatchObject({ role: 'ARCHITECT' });
    expect((await change<object>(administrator, WITHDRAW, { assignment: withdrawn })).userErrors).toEqual([]);
    expect(await me(headers)).toMatchObject({ role: 'PUBLIC', assignment: null });
    expect((await change<object>(headers, ACT, { assignment: over })).userErrors).toEqual([]);
    const yesterday = daysLater(TODAY, -1);
    await service.database.source.query('update role_assignment set valid_to = $2 where id = $1', [over, yesterday]);
    await setTimeout(1_100);
    expect(await me(headers)).toMatchObject({ role: 'PUBLIC' });
  });

  it('has a role taken back once, also by two at once', async () => {
    const { id } = await signIn('Người bị thu hai lần');
    const assignment = await grant(id, { role: 'INSPECTOR' });
    const asked = await Promise.all([1, 2, 3, 4].map(() => change<object>(administrator, WITHDRAW, { assignment })));
    expect(asked.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    const records: unknown[] = await service.database.source.query(
      `select 1 from audit_record where kind = 'ROLE' and subject = $1 and payload like '%WITHDRAWN%'`,
      [id],
    );
    expect(records).toHaveLength(1);
  });

  it('is told once that he is so no longer, and goes on as the public', async () => {
    const ended = await post<Me>({ cookie: 'khung-session=gone', 'sec-fetch-site': 'same-origin' }, ME);
    expect([ended.status, ended.errors?.[0]?.extensions.reason]).toEqual([403, 'SESSION_ENDED']);
    expect(ended.headers.get('set-cookie')).toMatch(/^khung-session=; .*Max-Age=0/);
  });

  it('changes nothing by what a page of another site has his browser send', async () => {
    const { headers } = await signIn('Người bị lừa');
    const { cookie = '' } = headers;
    for (const sent of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, {}]) {
      expect(await me({ cookie, ...sent })).toBe('CROSS_SITE');
    }
    expect(await me({ cookie, origin: 'https://noi-khac.vn' })).toBe('CROSS_SITE');
    expect(await me({ cookie, origin: service.url })).toMatchObject({ role: 'PUBLIC' });
  });

  it('does not decide what he asked for himself in another role', async () => {
    const [asker, decider] = [await signIn('Người đề nghị'), await signIn('Người quyết định')];
    const officer = await grant(asker.id, { role: 'OFFICER', agency: AGENCY });
    const own = await grant(asker.id, { role: 'REVIEWER' });
    const other = await grant(decider.id, { role: 'REVIEWER' });
    await change<object>(asker.headers, ACT, { assignment: officer });
    const requested = await change<{ waiver: { id: string } | null }>(asker.headers, REQUEST, WAIVER);
    expect(requested.userErrors).toEqual([]);
    const decide = ({ headers }: Somebody): Promise<{ userErrors: UserError[] }> =>
      change<object>(headers, DECIDE, {
        waiver: requested.waiver?.id,
        decision: 'APPROVE',
        reason: 'Được',
        document: 'CV 1',
      });
    await change<object>(asker.headers, ACT, { assignment: own });
    await change<object>(decider.headers, ACT, { assignment: other });
    expect((await decide(asker)).userErrors).toMatchObject([{ reason: 'NOT_PERMITTED' }]);
    expect((await decide(decider)).userErrors).toEqual([]);
  });
});

describe('what is known of people', () => {
  it.each<[string, object, string, string]>([
    ['to nobody', { person: 'x', role: 'REVIEWER' }, 'PERSON_UNKNOWN', 'person'],
    ['of the public', { role: 'PUBLIC' }, 'VALUE_NOT_ALLOWED', 'role'],
    ['of a month', { role: 'REVIEWER', validTo: '2027-01' }, 'VALUE_OF_WRONG_TYPE', 'validTo'],
    ['that he has', { role: 'INSPECTOR' }, 'ROLE_GIVEN_ALREADY', 'role'],
    ['that is over', { role: 'REVIEWER', validTo: daysLater(TODAY, -1) }, 'END_BEFORE_START', 'validTo'],
  ])('gives no role %s', async (_what, input, reason, path) => {
    const { person } = await change<{ person: { id: string } }>(administrator, ADD, { name: 'Người được giao' });
    await grant(person.id, { role: 'INSPECTOR' });
    const { userErrors } = await change<object>(administrator, GRANT, { person: person.id, ...input });
    expect(userErrors).toEqual([{ reason, path: [path] }]);
  });

  it('is put on record without names, and can be forgotten without breaking the record', async () => {
    const name = 'Nguyễn Văn Đã Quên';
    const { id, headers } = await signIn(name);
    const assignment = await grant(id, { role: 'OFFICER', agency: AGENCY });
    await change<object>(headers, ACT, { assignment });
    const input = { name: 'Phương án của người sẽ bị quên', agency: AGENCY };
    expect((await change<object>(headers, DRAFT, input)).userErrors).toEqual([]);
    const records =
      '{ auditRecords(first: 100, filter: { kinds: [PERSON, ROLE] }) { nodes { kind actor person subject payload } } }';
    const recorded = async (): Promise<string[]> => {
      const { data } = await post<{ auditRecords: { nodes: { kind: string; subject: string; payload: string }[] } }>(
        administrator,
        records,
      );
      const own = data?.auditRecords.nodes.filter(({ subject }) => subject === id) ?? [];
      return own.map(({ kind, payload }) => `${kind} ${(JSON.parse(payload) as { action: string }).action}`);
    };
    expect(await recorded()).toEqual(['ROLE GRANTED', 'PERSON REGISTERED']);
    expect(await everything()).toContain(name);
    const erased = await change<{ person: object }>(administrator, ERASE, { person: id });
    expect(erased).toMatchObject({ userErrors: [], person: { name: null, roles: [] } });
    expect(await everything()).not.toContain(name);
    expect(await recorded()).toEqual(['PERSON ERASED', 'ROLE GRANTED', 'PERSON REGISTERED']);
    expect(await me(headers)).toBe('SESSION_ENDED');
    const verified = await service.database.source.transaction((manager) => verifyAudit(manager, { anchors: [] }));
    expect(verified.faultCount).toBe(0);
  });
});
