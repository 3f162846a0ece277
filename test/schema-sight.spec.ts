import { getIntrospectionQuery } from 'graphql';
import { TEST_TOKEN, startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

const OFFICER = 'officer-of-schema';

let production: TestService;
let development: TestService;
beforeAll(async () => {
  const officer = { token: OFFICER, kind: 'OFFICER', agency: 'urn:khung:so-y-te' } as const;
  production = await startTestService({ KHUNG_MODE: 'production' }, [officer]);
  development = await startTestService();
});
afterAll(async () => {
  await production.close();
  await development.close();
});

interface Answer {
  readonly status: number;
  readonly body: {
    readonly data?: Readonly<Record<string, unknown>> | null;
    readonly errors?: readonly {
      readonly message: string;
      readonly extensions: Readonly<Record<string, unknown>>;
    }[];
  };
}

async function ask(query: string, token?: string, url = production.url): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'accept-language': 'en',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

const EXPLORING: readonly (readonly [string, string])[] = [
  ['all of it', getIntrospectionQuery()],
  ['a type', '{ __type(name: "Query") { name } }'],
  ['under another name', '{ a: __type(name: "Query") { name } }'],
  ['beside something else', '{ landscape { revision } __schema { queryType { name } } }'],
  [
    'in fragments',
    '{ ... { ...F } } fragment F on Query { ...G } fragment G on Query { __schema { queryType { name } } }',
  ],
];

describe('in production the public is not told of the schema', () => {
  it.each(EXPLORING)('asked for %s', async (_what, query) => {
    const { status, body } = await ask(query);
    expect(status).toBe(403);
    expect(body.data).toBeUndefined();
    expect(body.errors).toMatchObject([
      {
        message: expect.stringContaining('/schema.gql'),
        extensions: { code: 'FORBIDDEN', reason: 'SCHEMA_NOT_SHOWN', path: ['query'] },
      },
    ]);
  });

  it('asked another way', async () => {
    const query = encodeURIComponent('{ __schema { queryType { name } } }');
    const response = await fetch(`${production.url}/graphql?query=${query}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    expect(response.status).toBe(403);
  });

  it.each([
    ['a field', '{ landscap { revision } }'],
    ['a field of a type', '{ landscape { revisio } }'],
    ['an argument', '{ elements(firs: 1) { totalCount } }'],
    ['a value', '{ elements(filter: { kind: [SYSTE] }) { totalCount } }'],
    ['a type', 'query ($a: ElementFilterInpu) { landscape { revision } }'],
  ])('by suggestions, where %s is misspelt', async (_what, query) => {
    const hidden = await ask(query);
    expect(hidden.status).toBe(400);
    expect(hidden.body.errors?.length).toBeGreaterThan(0);
    expect(JSON.stringify(hidden.body)).not.toContain('Did you mean');
    for (const told of [await ask(query, OFFICER), await ask(query, undefined, development.url)]) {
      expect(JSON.stringify(told.body)).toContain('Did you mean');
    }
  });

  it('but what an answer is of, he hears', async () => {
    const { body } = await ask('{ __typename landscape { __typename } }');
    expect(body.data).toEqual({ __typename: 'Query', landscape: { __typename: 'Landscape' } });
  });

  it('and the schema is published all the same', async () => {
    const response = await fetch(`${production.url}/schema.gql`);
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('type Query {')]);
  });
});

describe.each([
  ['an official', OFFICER],
  ['the administrator', TEST_TOKEN],
])('%s', (_who, token) => {
  it.each(EXPLORING)('is told of the schema in production, asked for %s', async (_what, query) => {
    const { body } = await ask(query, token);
    expect(body.errors).toBeUndefined();
  });

  it.each(['/explorer', '/explorer.html?example=impact'])('has the explorer in production: %s', async (path) => {
    const response = await fetch(`${production.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('graphiql')]);
  });
});

it.each(['/explorer', '/explorer.html?example=impact'])(
  'the explorer tells the public where to go: %s',
  async (path) => {
    for (const headers of [{}, { authorization: 'Bearer wrong' }] as Record<string, string>[]) {
      const response = await fetch(`${production.url}${path}`, { headers });
      const page = await response.text();
      expect([response.status, response.headers.get('content-type')]).toEqual([403, 'text/html; charset=utf-8']);
      expect(page).toContain('<a href="/">');
      expect(page).not.toContain('graphiql');
    }
    expect((await fetch(`${development.url}${path}`)).status).toBe(200);
  },
);

it('whoever tries it out is told of the schema', async () => {
  for (const [, query] of EXPLORING) expect((await ask(query, undefined, development.url)).body.errors).toBeUndefined();
});
