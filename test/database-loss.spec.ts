import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { TEST_TOKEN, startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

const SERVER = process.env['TEST_DATABASE_URL'] ?? '';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

/** Takes the database away from the service; the result gives it back where that can be done. */
async function takeDatabaseAway(): Promise<() => Promise<void>> {
  const { source } = service.database;
  if (SERVER === '') {
    await source.destroy();
    return () => source.initialize().then(() => undefined);
  }
  const [{ name }] = await source.query('select current_database() as name');
  await onServer(`alter database ${name} with allow_connections false`);
  await onServer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
  return () => onServer(`alter database ${name} with allow_connections true`);
}

async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: SERVER });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function commit(
  id: string,
  language: 'vi' | 'en' = 'vi',
): Promise<{ revision: number | null; userErrors: { code: string; message: string }[] }> {
  const operations = [{ op: 'ADD', urn: `urn:khung:${id}`, value: { kind: 'SYSTEM', name: id } }];
  const { data, errors } = await service.ask<{
    commitChangeSet: { revision: number | null; userErrors: { code: string; message: string }[] };
  }>(
    `mutation ($input: CommitChangeSetInput!) {
      commitChangeSet(input: $input) { revision userErrors { code message } }
    }`,
    { variables: { input: { reason: 'Kiểm thử', operations } }, asAdministrator: true, language },
  );
  if (data === null || data === undefined) throw new Error(JSON.stringify(errors));
  return data.commitChangeSet;
}

describe('while the database is away', () => {
  let giveBack: () => Promise<void>;
  let before: number | null;
  beforeAll(async () => {
    before = (await commit('truoc')).revision;
    giveBack = await takeDatabaseAway();
    // Longer than a read trusts its knowledge of the head.
    await new Promise((resolve) => setTimeout(resolve, 1_200));
  });

  it('reads go on from memory, and name their revision', async () => {
    const { data } = await service.ask(
      '{ landscape { revision } impactAnalysis(from: "urn:khung:hcm-lgsp") { totalCount } }',
    );
    expect(data).toEqual({ landscape: { revision: before }, impactAnalysis: { totalCount: 17 } });
  });

  it.each([
    ['vi', 'Cơ sở dữ liệu đang không trả lời'],
    ['en', 'The database does not answer'],
  ] as const)('a commit is refused with a code and a sentence in %s', async (language, sentence) => {
    const { revision, userErrors } = await commit('luc-mat', language);
    expect(revision).toBeNull();
    expect(userErrors).toEqual([{ code: 'UNAVAILABLE', message: expect.stringContaining(sentence) }]);
  });

  it('nobody is let in who would have to be looked up', async () => {
    const answer = await fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer khung_${'a'.repeat(43)}` },
      body: JSON.stringify({ query: '{ landscape { revision } }' }),
    });
    expect([answer.status, await answer.json()]).toMatchObject([
      503,
      { errors: [{ extensions: { reason: 'DATABASE_UNAVAILABLE' } }] },
    ]);
  });

  it('the service is alive and not ready', async () => {
    expect((await fetch(`${service.url}/health/live`)).status).toBe(200);
    const ready = await fetch(`${service.url}/health/ready`);
    expect([ready.status, await ready.json()]).toMatchObject([503, { errors: [{ code: 'UNAVAILABLE' }] }]);
  });

  afterAll(async () => {
    await giveBack();
  });
});

describe('when it is back', () => {
  it('all works again without a restart, and nothing was half-written', async () => {
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
    const { revision, userErrors } = await commit('sau');
    expect(userErrors).toEqual([]);
    const { data } = await service.ask('{ landscape { revision } element(urn: "urn:khung:luc-mat") { urn } }');
    expect(data).toEqual({ landscape: { revision }, element: null });
  });
});

// The embedded database has no connections that could be cut one by one.
if (SERVER !== '') {
  describe('when the server cuts the connections and takes new ones', () => {
    const admin = new Client({ connectionString: SERVER });
    let cut: () => Promise<unknown>;
    beforeAll(async () => {
      await admin.connect();
      const [{ name }] = await service.database.source.query('select current_database() as name');
      cut = () => admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    });
    afterAll(() => admin.end());

    it('idle ones are made anew', async () => {
      await cut();
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
      expect((await commit('sau-khi-nghi')).userErrors).toEqual([]);
    });

    it('every commit under way is whole or not there, and what was acknowledged is there', async () => {
      const ids = Array.from({ length: 300 }, (_, index) => `dang-ghi-${index}`);
      const waiting = Promise.all(ids.map((id) => commit(id)));
      await new Promise((resolve) => setTimeout(resolve, 100));
      await cut();
      const outcomes = await waiting;
      const refused = outcomes.flatMap(({ userErrors }) => userErrors.map(({ code }) => code));
      expect(refused.filter((code) => code !== 'UNAVAILABLE')).toEqual([]);

      const { revision } = await commit('sau-khi-cat');
      const acknowledged = ids.filter((_, index) => outcomes[index]?.revision !== null);
      const { source } = service.database;
      const written: { urn: string; log: number }[] = await source.query(
        `select urn, (select count(*)::int from change_set) as log from element where urn like 'urn:khung:dang-ghi-%'`,
      );
      const urns = new Set(written.map(({ urn }) => urn));
      expect(acknowledged.filter((id) => !urns.has(`urn:khung:${id}`))).toEqual([]);
      expect(new Set(written.map(({ log }) => log))).toEqual(new Set([revision]));
    });

    it('a backup under way breaks off, so that nobody takes it for a whole one, and the service lives', async () => {
      const operations = Array.from({ length: 3_000 }, (_, index) => ({
        op: 'ADD',
        urn: `urn:khung:lon-${index}`,
        value: { kind: 'SYSTEM', name: 'Lớn', description: randomBytes(900).toString('base64') },
      }));
      const { data } = await service.ask(
        'mutation ($input: CommitChangeSetInput!) { commitChangeSet(input: $input) { userErrors { message } } }',
        { variables: { input: { reason: 'Kiểm thử', operations } }, asAdministrator: true },
      );
      expect(data).toEqual({ commitChangeSet: { userErrors: [] } });
      const headers = { authorization: `Bearer ${TEST_TOKEN}` };
      const response = await fetch(`${service.url}/backup`, { headers });
      await cut();
      await expect(response.arrayBuffer()).rejects.toThrow('terminated');
      expect((await fetch(`${service.url}/health/live`)).status).toBe(200);
      expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
    });
  });
}
