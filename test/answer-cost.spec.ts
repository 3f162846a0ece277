import { TEST_TOKEN, startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

interface Told {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly reason?: string } }[];
  readonly extensions?: {
    readonly cost: {
      readonly estimated: number;
      readonly limit: number;
      readonly work: number;
      readonly workLimit: number;
    };
  };
}

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

async function told(query: string, variables: object = {}): Promise<Told> {
  const response = await fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'accept-language': 'en',
      authorization: `Bearer ${TEST_TOKEN}`,
    },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Told;
}

async function estimated(query: string, variables: object = {}): Promise<number | undefined> {
  const { extensions, errors } = await told(query, variables);
  expect(errors).toBeUndefined();
  return extensions?.cost.estimated;
}

describe('the cost of an operation', () => {
  it.each([
    ['an object', '{ landscape { revision at } }', 1],
    ['objects within objects', '{ element(urn: "urn:khung:hcm-lgsp") { urn owner { urn } } }', 2],
    [
      'items of a page, and beside them what is there once',
      '{ elements(first: 10) { totalCount nodes { urn } coverage { verdict } } }',
      12,
    ],
    ['items of the usual page', '{ elements { nodes { urn } } }', 51],
    ['items under other names', '{ elements(first: 10) { edges { node { urn } } } }', 21],
    [
      'pages within pages',
      '{ elements(first: 10) { nodes { relations(first: 5) { nodes { source { urn } } } } } }',
      121,
    ],
    [
      'fragments, wherever they are spread',
      '{ elements(first: 10) { ...F } } fragment F on ElementConnection { nodes { ...G } } fragment G on Element { owner { urn } }',
      21,
    ],
    ['nothing but text', '{ __typename }', 0],
    ['what declares its own', '{ cycles(first: 1) { totalCount } }', 5_000],
  ])('counts %s', async (_what, query, cost) => {
    expect(await estimated(query)).toBe(cost);
  });

  it('goes by the pages that variables ask for, anew each time', async () => {
    const query = 'query ($first: Int = 3) { elements(first: $first) { nodes { urn } } }';
    expect(await estimated(query, { first: 7 })).toBe(8);
    expect(await estimated(query, { first: 9 })).toBe(10);
    expect(await estimated(query)).toBe(4);
  });

  it('is refused before anything is executed where it is too much', async () => {
    const item = 'source { urn owner { urn } } target { urn owner { urn } } changeSet: source { urn }';
    const query = `{ elements(first: 500) { nodes { relations(first: 500) { nodes { ${item} a: target { owner { urn } } b: source { owner { urn } } } } } } }`;
    const { data, errors, extensions } = await told(query);
    expect(data).toBeUndefined();
    expect(errors?.[0]?.message).toMatch(/^"cost" is over its limit of 2000000 \(it is \d+\)/);
    expect(extensions).toBeUndefined();
  });

  it('stands in each answer beside the work that was done', async () => {
    const { extensions } = await told('{ elements(filter: { name: { contains: "a" } }) { totalCount } }');
    expect(extensions).toEqual({
      cost: { estimated: 1, limit: 2_000_000, work: expect.any(Number), workLimit: 10_000_000 },
    });
    expect(extensions?.cost.work).toBeGreaterThan(300);
    const little = await told('{ landscape { revision } }');
    expect(little.extensions?.cost.work).toBe(0);
  });

  it('stands beside errors too, with the work of the time that counted', async () => {
    const { errors, extensions } = await told(
      '{ a: elements(filter: { name: { contains: "a" } }) { totalCount } elements(first: 501) { totalCount } }',
    );
    expect(errors).toHaveLength(1);
    expect(extensions?.cost.work).toBeGreaterThan(300);
  });

  it('is in no answer of a trusted document, which is the same for whoever asks', async () => {
    const { data } = await told(
      'mutation ($input: RegisterTrustedDocumentInput!) { registerTrustedDocument(input: $input) { trustedDocument { id } } }',
      { input: { name: 'Thử', document: '{ elements(first: 1) { totalCount } }' } },
    );
    const { id } = (data as { registerTrustedDocument: { trustedDocument: { id: string } } }).registerTrustedDocument
      .trustedDocument;
    const answer = (await (await fetch(`${service.url}/q/${id}`)).json()) as { extensions: object };
    expect(Object.keys(answer.extensions)).toEqual(['asOf']);
  });
});
