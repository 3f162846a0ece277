import { TEST_TOKEN, startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

const OFFICER = 'officer-of-metrics';

let service: TestService;
beforeAll(async () => {
  const officer = { token: OFFICER, kind: 'OFFICER', agency: 'urn:khung:so-y-te' } as const;
  service = await startTestService({ KHUNG_REQUESTS_PER_MINUTE: '60' }, [officer]);
});
afterAll(() => service.close());

async function read(token?: string): Promise<{ status: number; text: string }> {
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(`${service.url}/metrics`, { headers });
  return { status: response.status, text: await response.text() };
}

/** The numbers by their names and labels, in order of labels. */
async function measured(): Promise<Map<string, number>> {
  const { text } = await read(TEST_TOKEN);
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}

it('are read by the administrator alone', async () => {
  expect((await read()).status).toBe(403);
  expect((await read(OFFICER)).status).toBe(403);
  expect((await read(TEST_TOKEN)).status).toBe(200);
});

it('count requests by route, how long they took, and fields of the schema with their outcome', async () => {
  const before = await measured();
  await service.ask(
    'query NguyenVanA { landscape { revision } ... { alias: landscape { revision } } ...F } fragment F on Query { rulePack { version } }',
  );
  await service.ask('{ elements(first: 501) { totalCount } }');
  await service.ask('{ tenKhongCo }');
  await fetch(`${service.url}/q/${'0'.repeat(64)}?variables=NguyenVanA`);
  await fetch(`${service.url}/NguyenVanA`);
  const after = await measured();
  const grown = [...after].flatMap(([name, value]) =>
    value > (before.get(name) ?? 0) && name.startsWith('khung_') ? [`${name} +${value - (before.get(name) ?? 0)}`] : [],
  );
  expect(grown.filter((line) => !line.includes('/metrics') && !/_bucket|_sum/.test(line)).toSorted()).toEqual(
    [
      'khung_graphql_operations_total{field="(none)",outcome="GRAPHQL_VALIDATION_FAILED"} +1',
      'khung_graphql_operations_total{field="elements",outcome="LIMIT_EXCEEDED"} +1',
      'khung_graphql_operations_total{field="landscape",outcome="OK"} +1',
      'khung_graphql_operations_total{field="rulePack",outcome="OK"} +1',
      'khung_refusals_total{code="GRAPHQL_VALIDATION_FAILED",reason=""} +1',
      'khung_refusals_total{code="LIMIT_EXCEEDED",reason="LIMIT_EXCEEDED"} +1',
      'khung_refusals_total{code="NOT_FOUND",reason="TRUSTED_DOCUMENT_UNKNOWN"} +1',
      'khung_refusals_total{code="NOT_FOUND",reason=""} +1',
      'khung_request_seconds_count{route="(page)"} +1',
      'khung_request_seconds_count{route="/graphql"} +3',
      'khung_request_seconds_count{route="/q/:id"} +1',
      'khung_requests_total{method="GET",route="(page)",status="404"} +1',
      'khung_requests_total{method="GET",route="/q/:id",status="404"} +1',
      'khung_requests_total{method="POST",route="/graphql",status="200"} +2',
      'khung_requests_total{method="POST",route="/graphql",status="400"} +1',
    ].toSorted(),
  );
  expect([...after.keys()].join()).not.toContain('NguyenVanA');
  expect(after.get('khung_request_seconds_bucket{route="/graphql",le="+Inf"}')).toBe(
    after.get('khung_request_seconds_count{route="/graphql"}'),
  );
});

it('tell how large the landscape is, how far the database and its audit log are, and what the process takes', async () => {
  const before = await measured();
  const operations = [{ op: 'ADD', urn: 'urn:khung:duoc-do', value: { kind: 'SYSTEM', name: 'Được đo' } }];
  await service.askAs(
    TEST_TOKEN,
    'mutation ($input: CommitChangeSetInput!) { commitChangeSet(input: $input) { revision } }',
    { input: { reason: 'Kiểm thử', operations } },
  );
  const after = await measured();
  const grown = (name: string): number => (after.get(name) ?? 0) - (before.get(name) ?? 0);
  await service.askAs(
    TEST_TOKEN,
    'mutation ($input: CommitChangeSetInput!) { commitChangeSet(input: $input) { userErrors { code } } }',
    { input: { reason: 'Kiểm thử', operations } },
  );
  const outcomes = [...(await measured())].filter(([name]) => name.includes('field="commitChangeSet"'));
  expect(outcomes).toEqual([
    ['khung_graphql_operations_total{field="commitChangeSet",outcome="OK"}', 1],
    ['khung_graphql_operations_total{field="commitChangeSet",outcome="REFUSED"}', 1],
  ]);
  const names = ['khung_landscape_revision', 'khung_commits', 'khung_elements', 'khung_audit_head', 'khung_relations'];
  expect(names.map(grown)).toEqual([1, 1, 1, 1, 0]);
  expect(after.get('khung_database_up')).toBe(1);
  expect([after.get('khung_jobs_waiting'), after.get('khung_jobs_active')]).toEqual([0, 0]);
  expect(after.get('process_resident_memory_bytes')).toBeGreaterThan(1e7);
  expect(after.has('nodejs_eventloop_lag_seconds')).toBe(true);
});

it('count who asks too often', async () => {
  await Promise.all(Array.from({ length: 70 }, () => fetch(`${service.url}/schema.gql`).then((r) => r.arrayBuffer())));
  const after = await measured();
  expect(after.get('khung_refusals_total{code="LIMIT_EXCEEDED",reason="ASKED_TOO_OFTEN"}')).toBeGreaterThan(5);
});

it('say that the database is away, and of it nothing else', async () => {
  const { source } = service.database;
  await source.destroy();
  const away = await measured();
  await source.initialize();
  expect([away.get('khung_database_up'), away.has('khung_commits')]).toEqual([0, false]);
  expect(away.get('khung_elements')).toBeGreaterThan(100);
  expect((await measured()).get('khung_database_up')).toBe(1);
});
