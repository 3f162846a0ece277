import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { startTestService } from './support/service.js';
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
): Promise<{ revision: number | null; userErrors: { code: string; message: string }[] }> {
  const operations = [{ op: 'ADD', urn: `urn:khung:${id}`, value: { kind: 'SYSTEM', name: id } }];
  const { data, errors } = await service.ask<{
    commitChangeSet: { revision: number | null; userErrors: { code: string; message: string }[] };
  }>(
    `mutation ($input: CommitChangeSetInput!) {
      commitChangeSet(input: $input) { revision userErrors { code message } }
    }`,
    { variables: { input: { reason: 'Kiểm thử', operations } }, asAdministrator: true },
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

  it('a commit is refused with a code and a sentence', async () => {
    const { revision, userErrors } = await commit('luc-mat');
    expect(revision).toBeNull();
    expect(userErrors).toEqual([
      { code: 'UNAVAILABLE', message: expect.stringContaining('Cơ sở dữ liệu đang không trả lời') },
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
