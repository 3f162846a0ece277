import { rmSync } from 'node:fs';
import { ask, migratedFolder, serve } from './support/process.js';
import type { Serving } from './support/process.js';

const TOKEN = 'only-for-tests-of-the-log';
const NAME = 'Nguyễn Thị Không Được Ghi';
const SEARCH = 'hồ sơ riêng tư cần tìm';
const GIVEN = '5f0c1b2a9d8e4f7061728394a5b6c7d8';
const JSON_TYPE = { 'content-type': 'application/json' };

const folder = migratedFolder();
let service: Serving;
let headers: Headers;
let lines: Record<string, unknown>[];
let log: string;

async function send(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(`${service.url}${path}`, init);
  await response.arrayBuffer();
  return response;
}

/** Requests that say what nobody may find in the log, by every door. */
async function sayAll(): Promise<void> {
  const query = `query ($text: String!) { elements(search: $text, first: 1) { totalCount } }`;
  const authorization = `Bearer ${TOKEN}`;
  const asked = { method: 'POST', body: JSON.stringify({ query, variables: { text: SEARCH } }) };
  ({ headers } = await send('/graphql', { ...asked, headers: { ...JSON_TYPE, authorization, 'x-request-id': GIVEN } }));
  await send('/graphql', { ...asked, headers: { ...JSON_TYPE, authorization: 'Bearer wrong-secret' } });
  await send('/graphql', { ...asked, headers: { ...JSON_TYPE, 'x-request-id': 'Nguyen-Van-A' } });
  await send(`/graphql?query=${encodeURIComponent(`{ elements(search: "${SEARCH}") { totalCount } }`)}`, {
    headers: { 'apollo-require-preflight': '1' },
  });
  await send(`/q/${'0'.repeat(64)}?variables=${encodeURIComponent(JSON.stringify({ text: SEARCH }))}`);
  await send(`/${encodeURIComponent(NAME)}?token=${TOKEN}`);
  await send(`/exports/templates/${encodeURIComponent(NAME)}.xlsx`);
  const operations = [{ op: 'ADD', urn: 'urn:khung:trong-nhat-ky', value: { kind: 'SYSTEM', name: NAME } }];
  await ask(
    service,
    'mutation ($input: CommitChangeSetInput!) { commitChangeSet(input: $input) { userErrors { message } } }',
    { input: { reason: NAME, operations } },
  );
}

beforeAll(async () => {
  service = await serve(folder, { KHUNG_MODE: 'production', KHUNG_ADMIN_TOKEN: TOKEN });
  await sayAll();
  const { output } = await service.end('SIGTERM');
  log = output;
  lines = output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the log of a service in production', () => {
  it('has a line for each request: by which way, with what result, as whom', () => {
    const requests = lines.filter(({ msg }) => msg === 'request');
    const told = requests.map(({ method, route, status, role }) => [method, route, status, role].join(' '));
    expect(told).toEqual([
      'POST /graphql 200 administrator',
      'POST /graphql 403 unknown',
      'POST /graphql 200 public',
      'GET /graphql 200 public',
      'GET /q/:id 404 public',
      'GET (page) 404 public',
      'GET /exports/templates/:kind.xlsx 400 public',
      'POST /graphql 200 administrator',
    ]);
    for (const line of requests) {
      expect(line).toEqual({
        level: 'info',
        time: expect.any(Number),
        id: expect.stringMatching(/^[0-9a-f-]{32,36}$/),
        method: expect.any(String),
        route: expect.any(String),
        status: expect.any(Number),
        ms: expect.any(Number),
        bytes: expect.any(Number),
        role: expect.any(String),
        msg: 'request',
      });
      expect(line['bytes']).toBeGreaterThan(100);
    }
  });

  it('takes over the number that a proxy gave, which stands on the answer', () => {
    expect(headers.get('x-request-id')).toBe(GIVEN);
    expect(lines[0]?.['id']).toBe(GIVEN);
  });

  it.each([
    ['a token', TOKEN],
    ['a token that is none', 'wrong-secret'],
    ['what was looked for', 'riêng tư'],
    ['what was looked for, as a link has it', encodeURIComponent('riêng')],
    ['a name', 'Nguyễn'],
    ['a name, as a link has it', encodeURIComponent('Nguyễn')],
    ['what was sent for a number', 'Nguyen'],
    ['an address', '127.0.0.1'],
  ])('has nowhere %s', (_what, text) => {
    expect(log).not.toContain(text);
  });
});

it('nothing of requests is told where the level is that of errors', async () => {
  const other = migratedFolder();
  const quiet = await serve(other, { KHUNG_MODE: 'production', KHUNG_LOG_LEVEL: 'error', KHUNG_ADMIN_TOKEN: TOKEN });
  await fetch(`${quiet.url}/health/live`);
  const { output } = await quiet.end('SIGTERM');
  expect(output).not.toContain('"request"');
  rmSync(other, { recursive: true, force: true });
});
