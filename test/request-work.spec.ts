import { execute, parse } from 'graphql';
import { ADMINISTRATOR } from '../src/core/access/actor.js';
import type { Operation } from '../src/core/landscape/operation.js';
import { workOf } from '../src/runtime/request-work.js';
import { openTestApplication } from './support/application.js';
import type { TestApplication } from './support/application.js';
import { generateLandscape, generatedOperations } from './support/generated-landscape.js';
import { urnOf } from './support/landscapes.js';
import { TEST_TOKEN, startTestService } from './support/service.js';
import type { Asked, TestService } from './support/service.js';

let service: TestService;
let hub: string;
beforeAll(async () => {
  service = await startTestService();
  const landscape = generateLandscape({ systems: 2_000, seed: 20261125 });
  const operations = generatedOperations(landscape);
  const { data, errors } = await service.ask<{ commitChangeSet: { userErrors: object[] } }>(
    'mutation ($input: CommitChangeSetInput!) { commitChangeSet(input: $input) { userErrors { message } } }',
    { variables: { input: { reason: 'Kiểm thử', operations } }, asAdministrator: true },
  );
  expect([errors, data?.commitChangeSet.userErrors]).toEqual([undefined, []]);
  // The first systems of a generated landscape are those that most others stand on.
  hub = landscape.elements.find(({ kind }) => kind === 'INFRASTRUCTURE')?.urn ?? '';
}, 120_000);
afterAll(() => service.close());

/** A filter as expensive as one may be: each condition looks at every relation of every element. */
function expensive(conditions: number): string {
  const each = (at: number): string => `{ relation: { some: { other: { name: { contains: "khong co ${at}" } } } } }`;
  return `{ or: [${Array.from({ length: conditions }, (_, at) => each(at)).join(' ')}] }`;
}

function lists(fields: number, conditions: number): string {
  const field = (at: number): string => `a${at}: elements(first: 0, filter: $filter) { totalCount }`;
  return `{ ${Array.from({ length: fields }, (_, at) => field(at)).join(' ')} }`.replaceAll(
    '$filter',
    expensive(conditions),
  );
}

const refused = {
  code: 'LIMIT_EXCEEDED',
  reason: 'WORK_EXHAUSTED',
};

describe('one request takes no more work than one may', () => {
  it('so thirty expensive lists are refused, with the first that came too late and what helps', async () => {
    const { data, errors } = await service.ask(lists(30, 30), { language: 'en' });
    expect(data).toBeNull();
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(/^"a([1-9]|1\d|2\d)" was not worked out: .* in a request of its own/),
        extensions: refused,
      },
    ]);
    // It is a count of looks and not of time, so that it says the same again.
    expect((await service.ask(lists(30, 30), { language: 'en' })).errors).toEqual(errors);
  });

  it('which each of them may take alone', async () => {
    expect(await service.ask(lists(1, 30))).toMatchObject({ data: { a0: { totalCount: 0 } } });
  });

  it('and thirty lists that are no burden do not reach it', async () => {
    const { data, errors } = await service.ask<Record<string, { totalCount: number }>>(lists(30, 1));
    expect(errors).toBeUndefined();
    expect(Object.keys(data ?? {})).toHaveLength(30);
  });

  const many = (field: (at: number) => string, count: number): string =>
    Array.from({ length: count }, (_, at) => `a${at}: ${field(at)}`).join(' ');
  it.each<[string, () => string]>([
    ['walks', () => `{ ${many(() => `impactAnalysis(from: "${hub}") { ${many(() => 'untypedCount', 28)} }`, 30)} }`],
    ['structure', () => `{ ${many(() => 'deadEnds(first: 0) { totalCount }', 30)} }`],
  ])('whatever it is: %s', async (_what, query) => {
    const { errors } = await service.ask(query(), { asAdministrator: true });
    expect(errors?.[0]?.extensions).toMatchObject(refused);
  });

  it('in a trusted document as well', async () => {
    const registered = await service.ask<{ registerTrustedDocument: { trustedDocument: { id: string } | null } }>(
      'mutation ($input: RegisterTrustedDocumentInput!) { registerTrustedDocument(input: $input) { trustedDocument { id } } }',
      {
        variables: {
          input: {
            name: 'Nặng',
            document: `query ($filter: ElementFilterInput) ${lists(30, 30).replaceAll(expensive(30), '$filter')}`,
          },
        },
        asAdministrator: true,
      },
    );
    const { id } = registered.data?.registerTrustedDocument.trustedDocument ?? { id: '' };
    const filter = {
      or: Array.from({ length: 30 }, (_, at) => ({
        relation: { some: { other: { name: { contains: `${at} khong co` } } } },
      })),
    };
    const response = await fetch(`${service.url}/q/${id}?variables=${encodeURIComponent(JSON.stringify({ filter }))}`);
    expect([response.status, await response.json()]).toMatchObject([400, { errors: [{ extensions: refused }] }]);
  });
});

describe('while one request is worked out', () => {
  it('others are answered between its fields', async () => {
    const answered: string[] = [];
    const note = async (name: string, asked: Promise<Asked<unknown>>): Promise<void> => {
      const { errors } = await asked;
      answered.push(errors === undefined ? name : `${name} refused`);
    };
    const long = note('long', service.ask(lists(30, 5)));
    const short = async (): Promise<void> => {
      for (let at = 0; at < 3; at += 1) await note('short', service.ask('{ landscape { revision } }'));
    };
    await Promise.all([long, short()]);
    expect(answered).toEqual(['short', 'short', 'short', 'long']);
  });
});

describe('proposed treatments', () => {
  const urgent = (
    name: string,
  ): string => `${name}: treatments(first: 1, orderBy: URGENCY) { totalCount counts { proposed }
    evidenceCoverage { missingCount } }`;

  it('cost what they take: all of a landscape alone, and nothing after it', async () => {
    interface List {
      readonly totalCount: number;
      readonly counts: readonly { readonly proposed: number }[];
    }
    const { data, errors: none } = await service.ask<{ a: List }>(`{ ${urgent('a')} }`, { asAdministrator: true });
    expect(none).toBeUndefined();
    expect(data?.a.counts.reduce((sum, { proposed }) => sum + proposed, 0)).toBe(data?.a.totalCount);
    const { errors } = await service.ask(`{ ${urgent('a')} ${urgent('b')} }`, { asAdministrator: true });
    expect(errors?.[0]?.extensions).toMatchObject(refused);
  });

  it('are not worked out for who has gone away', async () => {
    // Another day, of which nothing has been worked out yet.
    const query = `{ treatments(first: 1, orderBy: URGENCY, asOf: { validOn: "2026-01-15" }) { totalCount } }`;
    const left = new AbortController();
    const asked = fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${TEST_TOKEN}` },
      body: JSON.stringify({ query }),
      signal: left.signal,
    });
    setTimeout(() => left.abort(), 300);
    await expect(asked).rejects.toThrow();
    while ((await shareAtWork()) > 0.5);
    const took = async (): Promise<number> => {
      const begun = performance.now();
      expect((await service.ask(query, { asAdministrator: true })).errors).toBeUndefined();
      return performance.now() - begun;
    };
    // Nearly all of it was left to do, and the third time there is nothing.
    const [second, third] = [await took(), await took()];
    expect(second).toBeGreaterThan(4 * third);
  });
});

describe('what the rules say of one element', () => {
  const BUDGET = 10_000_000;
  let application: TestApplication;
  beforeAll(async () => {
    const add = (id: string, value: object): Operation => ({ op: 'ADD', urn: urnOf(id), value: { ...value } });
    const partners = Array.from({ length: 40 }, (_, at) => `viec-${at}`);
    application = await openTestApplication([
      ['viec-nut', 'viec-don', ...partners].map((id) => add(id, { kind: 'SYSTEM', name: `Phần mềm ${id}` })),
      partners.map((id) => add(`${id}.luong`, { kind: 'DEPENDS_ON', source: urnOf('viec-nut'), target: urnOf(id) })),
    ]);
  });
  afterAll(() => application.close());

  /**
   * What a field costs: the least that may be left when it is asked, so that it is answered a second time.
   * @param around - the field that it is asked of, with `@` in its place.
   */
  async function costOf(field: string, around = '@'): Promise<number> {
    const { schema } = application;
    const document = parse(`{ ${around.replace('@', `first: ${field} second: ${field}`)} }`);
    const isAnswered = async (left: number): Promise<boolean> => {
      const contextValue = { actor: ADMINISTRATOR, language: 'VI' as const };
      workOf(contextValue).spend(BUDGET - left);
      const { errors } = await execute({ schema, document, contextValue });
      for (const { message } of errors ?? []) expect(message).toMatch(/công sức tính toán|WORK_EXHAUSTED/);
      return errors === undefined;
    };
    let [low, high] = [0, 1_000_000];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (await isAnswered(middle)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  const assessment = (id: string, tier: number): Promise<number> =>
    costOf(`complianceAssessment(subject: "${urnOf(id)}", tier: ${tier}) { score }`);
  const findings = (id: string, tier: number): Promise<number> =>
    costOf(`findings(tier: ${tier}) { totalCount }`, `element(urn: "${urnOf(id)}") { @ }`);
  it.each([
    ['an assessment', assessment],
    ['findings', findings],
  ])('cost more where more rules are asked, and where more is joined to it: %s', async (_what, cost) => {
    const alone = await cost('viec-don', 1);
    expect(alone).toBeGreaterThan(0);
    expect(await cost('viec-don', 9)).toBeGreaterThan(1.5 * alone);
    expect(await cost('viec-nut', 1)).toBeGreaterThanOrEqual(alone + 40);
  });

  it('cost more where more is joined to it: the level of security that is suggested', async () => {
    const cost = (id: string): Promise<number> =>
      costOf('suggestedSecurityLevel { minimum }', `element(urn: "${urnOf(id)}") { ... on System { @ } }`);
    const alone = await cost('viec-don');
    expect(alone).toBeGreaterThan(0);
    expect(await cost('viec-nut')).toBeGreaterThanOrEqual(alone + 40);
  });
});

/** How much of the next moment the thread of the service is at work. */
async function shareAtWork(): Promise<number> {
  const before = performance.eventLoopUtilization();
  await new Promise((resolve) => setTimeout(resolve, 100));
  return performance.eventLoopUtilization(before).utilization;
}
