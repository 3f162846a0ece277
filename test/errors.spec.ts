import { startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

async function errorOf(query: string, language: 'vi' | 'en', variables?: unknown): Promise<object | undefined> {
  const { errors } = await service.ask(query, { language, variables, asAdministrator: true });
  return errors?.[0];
}

const VIETNAMESE = /[ăâđêôơưáàảãạ]/i;

describe('an error speaks the language of the request', () => {
  it.each<[string, string]>([
    ['a list of the service', '{ elements(first: 501) { totalCount } }'],
    ['a field of a record', '{ elements(first: 1) { nodes { relations(first: 501) { totalCount } } } }'],
    ['a field of an answer', '{ impactAnalysis(from: "urn:khung:hcm-lgsp") { impacted(first: 501) { totalCount } } }'],
    ['a value of a scalar', '{ element(urn: "x") { name } }'],
    ['a document that is too deep', `{ elements { nodes ${'{ owner '.repeat(15)}{ urn }${' }'.repeat(15)} } }`],
    ['a scenario that is not there', '{ landscape(scenarioId: "x") { revision } }'],
  ])('%s', async (_name, query) => {
    const [vi, en] = [await errorOf(query, 'vi'), await errorOf(query, 'en')];
    expect(vi).toMatchObject({ message: expect.stringMatching(VIETNAMESE), extensions: { userErrors: [{}] } });
    expect(en).toMatchObject({ message: expect.not.stringMatching(VIETNAMESE), extensions: { userErrors: [{}] } });
  });
});

describe('a value that a scalar does not take is told with a code and its place', () => {
  const WRONG = { code: 'VALIDATION', reason: 'VALUE_OF_WRONG_TYPE' };
  it.each<[string, string, string[], object | undefined]>([
    [
      'a date within the document',
      '{ landscape(asOf: { validOn: "1/7/2025" }) { revision } }',
      ['asOf', 'validOn'],
      undefined,
    ],
    ['a number for a date', '{ landscape(asOf: { validOn: 2025 }) { revision } }', ['asOf', 'validOn'], undefined],
    [
      'a urn in a list of a filter',
      '{ elements(filter: { or: [{ urn: ["urn:khung:a", "b"] }] }) { totalCount } }',
      ['filter', 'or', '0', 'urn', '1'],
      undefined,
    ],
    [
      'a date in a variable',
      'query ($at: AsOf) { landscape(asOf: $at) { revision } }',
      ['asOf', 'validOn'],
      { at: { validOn: 'x' } },
    ],
    [
      'a date as a variable',
      'query ($day: Date) { landscape(asOf: { validOn: $day }) { revision } }',
      ['asOf', 'validOn'],
      { day: '2025-02-30' },
    ],
    [
      'a day of a proposal',
      'query ($proposal: ProposalInput!) { checkProposal(input: $proposal) { check { verdict } } }',
      ['input', 'decidedOn'],
      { proposal: { title: 'x', decidedOn: '30/2/2026' } },
    ],
  ])('%s', async (_name, query, path, variables) => {
    expect(await errorOf(query, 'vi', variables)).toMatchObject({
      message: expect.stringContaining(`"${path.at(-1)}" phải là: `),
      extensions: { ...WRONG, path, userErrors: [{ ...WRONG, path }] },
    });
  });

  it.each(['0050', '0999-12-31', '9999', '9999-12-31', '10000-01-01'])('the year of %s', async (validOn) => {
    const query = 'query ($day: Date) { landscape(asOf: { validOn: $day }) { revision } }';
    expect(await errorOf(query, 'en', { day: validOn })).toMatchObject({
      message: expect.stringContaining('1000 - 9998'),
      extensions: WRONG,
    });
    expect(await errorOf(query, 'en', { day: '9998-12-31' })).toBeUndefined();
    expect(await errorOf(query, 'en', { day: '1000' })).toBeUndefined();
  });
});

describe('the place of an error', () => {
  it('is the argument by the name it has there', async () => {
    const error = await errorOf('{ landscape(scenarioId: "x") { revision } }', 'en');
    expect(error).toMatchObject({ extensions: { reason: 'SCENARIO_UNKNOWN', path: ['scenarioId'] } });
  });
});

describe('what is wrong with the shape of an input', () => {
  interface Payload {
    readonly payload: {
      readonly userErrors: readonly {
        readonly reason: string;
        readonly path: readonly string[];
        readonly message: string;
      }[];
    };
  }
  const revision = async (): Promise<unknown> => (await service.ask('{ landscape { revision } }')).data;

  it.each<[string, string, object, string[]]>([
    [
      'a change set',
      'mutation ($input: CommitChangeSetInput!) { payload: commitChangeSet(input: $input) { revision operations { urn } userErrors { reason path message } } }',
      { reason: 'x', operations: [], idempotencyKey: 'k'.repeat(1_000) },
      ['LIMIT_EXCEEDED idempotencyKey'],
    ],
    [
      'an analysis',
      'mutation ($input: StartGraphAnalysisInput!) { payload: startGraphAnalysis(input: $input) { job { id } userErrors { reason path message } } }',
      { kind: 'CENTRALITY', limit: 0, resolution: 99, seed: -1 },
      ['VALUE_OUT_OF_BOUNDS limit', 'VALUE_OUT_OF_BOUNDS resolution', 'VALUE_OUT_OF_BOUNDS seed'],
    ],
    [
      'a proposal',
      'query ($input: ProposalInput!) { payload: checkProposal(input: $input) { check { verdict } userErrors { reason path message } } }',
      { title: 'x', budget: [{ year: 2026 }, { year: 7 }], components: [{ name: 'n'.repeat(10_000) }] },
      ['LIMIT_EXCEEDED input.components.0.name', 'VALUE_OUT_OF_BOUNDS input.budget.1.year'],
    ],
  ])(
    'is told as data, each with its place, in both languages, and nothing is done: %s',
    async (_name, query, input, wrong) => {
      const before = await revision();
      for (const language of ['vi', 'en'] as const) {
        const options = { variables: { input }, asAdministrator: true, language };
        const { data, errors } = await service.ask<Payload>(query, options);
        expect(errors).toBeUndefined();
        const told = data?.payload.userErrors ?? [];
        expect(told.map(({ reason, path }) => `${reason} ${path.join('.')}`).toSorted()).toEqual(wrong.toSorted());
        for (const { message } of told) expect(VIETNAMESE.test(message)).toBe(language === 'vi');
      }
      expect(await revision()).toEqual(before);
    },
  );

  it('whatever it holds deeper', async () => {
    const draft = {
      title: 'Phần mềm quản lý văn bản',
      agency: 'urn:khung:so-y-te',
      workType: 'BUILD',
      components: [{ name: 'Quản lý văn bản' }],
      answers: [{ field: 'hosting', value: { attributes: { constructor: {} } } }],
    };
    const query = 'query ($draft: ProposalInput!) { proposeComponents(draft: $draft) { truncated } }';
    const { errors } = await service.ask(query, { variables: { draft } });
    expect(errors).toMatchObject([{ extensions: { reason: 'VALUE_OF_WRONG_TYPE' } }]);
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'prototype'])(
    'keys of attributes are not lost, whatever they are called: %s',
    async (key) => {
      const query =
        'mutation ($input: CommitChangeSetInput!) { payload: commitChangeSet(input: $input) { revision userErrors { reason path message } } }';
      // Written as text: an object would take __proto__ for its prototype.
      const input = `{"reason":"x","operations":[{"op":"ADD","urn":"urn:khung:odd","value":{"kind":"SYSTEM","name":"x","attributes":{"${key}":"y"}}}]}`;
      const variables: unknown = JSON.parse(`{"input":${input}}`);
      const { data } = await service.ask<Payload>(query, { variables, asAdministrator: true });
      const path = ['operations', '0', 'value', 'attributes', key];
      expect(data?.payload.userErrors).toMatchObject([{ reason: 'ATTRIBUTE_UNKNOWN', path }]);
      const literal = `mutation { payload: commitChangeSet(input: { reason: "x", operations: [{ op: ADD, urn: "urn:khung:odd",
        value: { kind: "SYSTEM", name: "x", attributes: { ${key}: "y" } } }] }) { revision userErrors { reason path message } } }`;
      const written = await service.ask<Payload>(literal, { asAdministrator: true });
      expect(written.data?.payload.userErrors).toMatchObject([{ reason: 'ATTRIBUTE_UNKNOWN', path }]);
    },
  );
});

describe('what is wrong with one field', () => {
  const LISTED = 'elements(filter: { kind: [INFRASTRUCTURE] }, first: 5)';

  it('leaves what was asked for beside it there', async () => {
    interface Listed {
      readonly elements: { readonly nodes: readonly object[] };
    }
    const query = `{ ${LISTED} { nodes { findings { totalCount } relations(first: 1) { totalCount } } } }`;
    const { data, errors } = await service.ask<Listed>(query);
    expect(new Set(errors?.map(({ extensions }) => extensions['code']))).toEqual(new Set(['FORBIDDEN']));
    expect(data?.elements.nodes).toHaveLength(5);
    for (const node of data?.elements.nodes ?? []) {
      expect(node).toEqual({ findings: null, relations: { totalCount: expect.any(Number) } });
    }
  });

  it('stops nobody else, where a field of one item fails while another of the item before is waited for', async () => {
    const first = `{ ${LISTED} { nodes { relations(first: 1) { pageInfo { endCursor } } } } }`;
    const { data } = await service.ask<{
      readonly elements: {
        readonly nodes: readonly { readonly relations: { readonly pageInfo: { endCursor: string } } }[];
      };
    }>(first);
    const cursor = data?.elements.nodes[0]?.relations.pageInfo.endCursor ?? '';
    // The cursor is one of the first item's list, and none of the next one's.
    const relations = `relations(filter: {}, first: 1, after: "${cursor}") { totalCount }`;
    const { errors } = await service.ask(
      `{ ${LISTED} { nodes { ${relations} ... on Infrastructure { usages(first: 1, after: "x") { totalCount } } } } }`,
    );
    expect(errors?.[0]?.extensions).toMatchObject({ reason: 'CURSOR_MALFORMED' });
    expect((await service.ask<object>('{ landscape { revision } }')).data).toEqual({ landscape: { revision: 1 } });
  });
});
