import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { getIntrospectionQuery } from 'graphql';
import { TEST_TOKEN, startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

/** Each of so many fragments spreads the next one ten times. */
function fragmentsWithin(count: number): string {
  const fragments = Array.from({ length: count }, (_, index) => {
    const below = index === count - 1 ? 'revision' : Array.from({ length: 10 }, () => `...F${index + 1}`).join(' ');
    return `fragment F${index} on Landscape { ${below} }`;
  });
  return `{ landscape { ...F0 } } ${fragments.join(' ')}`;
}

/** Each of so many fragments asks for the next one under two names. */
function fieldsWithin(count: number): string {
  const fragments = Array.from({ length: count }, (_, index) => {
    const below = index === count - 1 ? 'urn' : `a: owner { ...F${index + 1} } b: owner { ...F${index + 1} }`;
    return `fragment F${index} on Element { ${below} }`;
  });
  return `{ elements { nodes { ...F0 } } } ${fragments.join(' ')}`;
}

function within(count: number, [open, inner, close]: readonly [string, string, string]): string {
  return open.repeat(count) + inner + close.repeat(count);
}

const RELATED = 'relations(first: 500) { nodes { source { ';
const TOO_LARGE: readonly (readonly [string, string, Record<string, unknown>])[] = [
  ['says very much by fragments within fragments', fragmentsWithin(10), { field: 'fields', limit: 1000 }],
  ['doubles at each of its levels', fieldsWithin(12), { field: 'fields', limit: 1000 }],
  ['is deep', `{ elements { nodes { ${within(14, ['owner { ', 'urn', ' }'])} } } }`, { field: 'depth', limit: 15 }],
  ['holds much without asking for it', fragmentsWithin(9).replace('...F0', 'revision'), { field: 'fields' }],
  ['asks one thing very often', `{ landscape { ${'revision '.repeat(1_001)} } }`, { field: 'fields', actual: 1002 }],
  [
    'has lists within lists',
    `{ elements(first: 500) { nodes { ${within(3, [RELATED, 'urn', ' } } }'])} } } }`,
    { field: 'items', limit: 500_000 },
  ],
  [
    'has lists within lists, of which each is asked for by its usual page',
    `{ elements { ...E } } fragment E on ElementConnection { nodes { ${within(3, ['relations { nodes { source { ', 'urn', ' } } }'])} } }`,
    { field: 'items' },
  ],
  [
    'has brackets within brackets',
    `{ ${within(300, ['... { ', 'landscape { revision }', ' }'])} }`,
    { field: 'nesting' },
  ],
  ['has a value within values', `{ elements(filter: ${within(4_000, ['{ not: ', '{}', '}'])}) { totalCount } }`, {}],
  [
    'asks for much work that says little',
    `{ ${Array.from({ length: 31 }, (_, at) => `a${at}: elements(first: 0) { totalCount }`).join(' ')} }`,
    { field: 'rootFields', limit: 30 },
  ],
  ['has too many words', `{ landscape { ${'revision, '.repeat(21_000)} } }`, { field: 'tokens', limit: 20_000 }],
];

describe('a document is refused before it is validated where it', () => {
  it.each(TOO_LARGE)('%s', async (_name, query) => {
    const begun = performance.now();
    const { data, errors } = await service.ask(query, { language: 'en' });
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('over its limit'),
        extensions: { code: 'LIMIT_EXCEEDED', reason: 'LIMIT_EXCEEDED' },
      },
    ]);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });

  it.each(TOO_LARGE)('%s, which tells the limit and what was measured', async (_name, query, told) => {
    const { errors } = await service.ask(query, { language: 'en' });
    const { message = '' } = errors?.[0] ?? {};
    const [, field, limit = '', actual = ''] =
      /^"(\w+)" is over its limit of (\d+) \(it is (\d+)\)/.exec(message) ?? [];
    expect({ field, limit: Number(limit), actual: Number(actual) }).toMatchObject(told);
    expect(Number(actual)).toBeGreaterThan(Number(limit));
  });

  it.each(['GET', 'packed'] as const)('comes another way: %s', async (way) => {
    const query = fragmentsWithin(10);
    const answer =
      way === 'GET'
        ? await fetch(`${service.url}/graphql?query=${encodeURIComponent(query)}`, {
            headers: { 'content-type': 'application/json' },
          })
        : await fetch(`${service.url}/graphql`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
            body: gzipSync(JSON.stringify({ query })),
          });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'LIMIT_EXCEEDED' } }] });
  });
});

describe('a document that is not too large', () => {
  it('is the introspection of an explorer', async () => {
    const query = getIntrospectionQuery({
      descriptions: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: true,
    });
    const { data, errors } = await service.ask<object>(query);
    expect(errors).toBeUndefined();
    expect(data).toHaveProperty('__schema.types');
  });
});

describe('variables', () => {
  const filter = within(5_000, ['{"not":', '{}', '}']);
  const value = within(5_000, ['{"value":', '{}', '}']);
  it.each([
    ['a filter', 'query ($given: ElementFilterInput) { elements(filter: $given) { totalCount } }', filter],
    [
      'what a change sets',
      'mutation ($given: CommitChangeSetInput!) { commitChangeSet(input: $given) { revision } }',
      `{"reason":"x","operations":[{"op":"ADD","urn":"urn:khung:deep","value":${value}}]}`,
    ],
  ])('are refused where they lie too deep: %s', async (_name, query, given) => {
    const answer = await fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${TEST_TOKEN}` },
      body: `{"query":${JSON.stringify(query)},"variables":{"given":${given}}}`,
    });
    expect(await answer.json()).toMatchObject({
      errors: [{ extensions: { code: 'LIMIT_EXCEEDED', path: ['variables'] } }],
    });
  });
});

describe('a body', () => {
  const text = (megabytes: number): string =>
    JSON.stringify({ query: '{ landscape { revision } }', variables: { text: 'x'.repeat(megabytes * 1024 * 1024) } });

  /** Says how long a body will be, and sends little of it. */
  function announced(length: number, headers: Record<string, string>): Promise<number> {
    return new Promise((resolve, reject) => {
      const sent = request(
        `${service.url}/graphql`,
        { method: 'POST', headers: { 'content-type': 'application/json', 'content-length': length, ...headers } },
        ({ statusCode = 0 }) => {
          resolve(statusCode);
          sent.destroy();
        },
      );
      sent.on('error', reject);
      sent.write('{');
    });
  }

  async function status(body: string, headers: Record<string, string>, packed = false): Promise<number> {
    const answer = await fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(packed && { 'content-encoding': 'gzip' }), ...headers },
      body: packed ? gzipSync(body) : body,
    });
    const read: unknown = await answer.json();
    if (answer.status !== 200) expect(JSON.stringify(read)).toContain('LIMIT_EXCEEDED');
    return answer.status;
  }
  const administrator = { authorization: `Bearer ${TEST_TOKEN}` };

  it.each([
    ['plain', false],
    ['packed', true],
  ])('of anybody may have 1 MB, one of somebody who may write 50: %s', async (_name, packed) => {
    expect(await status(text(0.9), {}, packed)).toBe(200);
    expect(await status(text(2), administrator, packed)).toBe(200);
    expect(await status(text(1.1), {}, packed)).toBe(413);
  });

  it('is refused before it is read, with a wrong token like one without', async () => {
    expect(await announced(2_000_000, {})).toBe(413);
    expect(await announced(2_000_000, { authorization: 'Bearer wrong' })).toBe(413);
    expect(await announced(60_000_000, administrator)).toBe(413);
  });
});
