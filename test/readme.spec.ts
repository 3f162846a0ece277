import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { isRecord } from '../src/core/landscape/record-fields.js';
import { checkDocument, formatCheck } from '../src/review/check-command.js';
import type { CheckAnswer } from '../src/review/check-command.js';
import { readConfig } from '../src/runtime/config.js';
import type { Environment } from '../src/runtime/config.js';
import { TEST_TOKEN, startTestService } from './support/service.js';
import type { Asked, TestService } from './support/service.js';

const README = readFileSync('README.md', 'utf8');
/** What the README says needs the administrator's token. */
const WITH_TOKEN: ReadonlySet<string> = new Set([
  'report',
  'change',
  'records',
  'trusted',
  'undo',
  'scenario',
  'reorganise',
  'attestation',
  'treatments',
  'workbook',
  'openCase',
  'serviceToken',
]);
const CUT_ITEM = '...';

/** The fenced blocks that a comment names: `<!-- query: impact -->`. */
function blocks(what: 'query' | 'variables' | 'answer' | 'file' | 'output'): Map<string, string> {
  const found = README.matchAll(new RegExp(`<!-- ${what}: (\\w+) -->\\s+\`\`\`\\w+\\n([\\s\\S]*?)\`\`\``, 'g'));
  return new Map(Array.from(found, ([, name = '', text = '']) => [name, text]));
}

const queries = blocks('query');
const variables = blocks('variables');
const answers = blocks('answer');

function parsed(texts: ReadonlyMap<string, string>, name: string): unknown {
  const text = texts.get(name);
  return text === undefined ? undefined : JSON.parse(text);
}

/** What is left of an answer once the items are taken out that the README cuts with "...". */
function cutLike(actual: unknown, stated: unknown): unknown {
  if (Array.isArray(stated) && Array.isArray(actual)) {
    return stated.includes(CUT_ITEM) ? cutList(actual, stated) : actual.map((item, at) => cutLike(item, stated[at]));
  }
  if (!isRecord(stated) || !isRecord(actual)) return actual;
  return Object.fromEntries(Object.entries(actual).map(([key, value]) => [key, cutLike(value, stated[key])]));
}

/** The stated items in their order, each looked for after the one before it; what is not found is missing. */
function cutList(actual: readonly unknown[], stated: readonly unknown[]): unknown[] {
  const rest = [...actual];
  return stated.flatMap((wanted) => {
    if (wanted === CUT_ITEM) return [wanted];
    const at = rest.findIndex((item) => JSON.stringify(cutLike(item, wanted)) === JSON.stringify(wanted));
    return at < 0 ? [] : [cutLike(rest.splice(0, at + 1)[at], wanted)];
  });
}

let service: TestService;
const asked = new Map<string, Asked<unknown>>();
beforeAll(async () => {
  service = await startTestService();
  for (const [name, query] of queries) {
    const asAdministrator = WITH_TOKEN.has(name);
    asked.set(name, await service.ask(query, { variables: parsed(variables, name), asAdministrator }));
  }
});
afterAll(() => service.close());

describe('the README', () => {
  it('names the blocks that are to be run, and no others, and answers each', () => {
    expect(queries.size).toBe((README.match(/```graphql/g) ?? []).length);
    expect([...answers.keys()]).toEqual([...queries.keys()]);
    const required = ['impact', 'agency', 'check', 'finding', 'report', 'projects', 'counts', 'paths', 'change'];
    expect([...queries.keys()]).toEqual(expect.arrayContaining(required));
  });

  it.each([...queries.keys()])('has a query that gives the answer beside it: %s', (name) => {
    const { data, errors } = asked.get(name) ?? {};
    expect(errors).toBeUndefined();
    const stated = parsed(answers, name);
    expect(cutLike(data, stated)).toEqual(stated);
  });

  it('states in its sentences what the answers say', () => {
    expect(asked.get('impact')?.data).toMatchObject({
      impactAnalysis: { totalCount: 17, untypedCount: 26, coverage: { verdict: 'LOWER_BOUND', missingCount: 35 } },
    });
    expect(README).toContain('17 elements are hurt');
    expect(README).toContain('26 more would be');
    expect(README).toContain('35 facts are missing');
  });

  it.each([...WITH_TOKEN])('needs the token where it says so: %s', async (name) => {
    const answer = await service.ask(queries.get(name) ?? '', { variables: parsed(variables, name) });
    expect(JSON.stringify(answer)).toContain('NOT_PERMITTED');
  });

  it('shows what the command prints for the proposal in it', async () => {
    const input = parsed(blocks('file'), 'proposal');
    expect(parsed(variables, 'check')).toEqual({ input });
    const { data } = await service.ask<CheckAnswer>(checkDocument(), { variables: { input } });
    if (data === null || data === undefined) throw new Error('no answer');
    const printed = stripVTControlCharacters(formatCheck(data, 'VI'));
    let from = 0;
    for (const part of (blocks('output').get('check') ?? '').split(/^\.\.\.\n/m).filter((each) => each !== '')) {
      const at = printed.indexOf(part.trimEnd(), from);
      expect([part, at >= 0]).toEqual([part, true]);
      from = at;
    }
    expect(from).toBeGreaterThan(0);
  });

  it('lists every variable that the configuration reads', () => {
    const names = new Set<string>();
    const environment: Environment = {};
    readConfig(new Proxy(environment, { get: (_target, name) => void names.add(String(name)) }));
    expect(names.size).toBeGreaterThan(0);
    for (const name of names) expect(README).toContain(`| \`${name}\``);
  });

  it('says the truth about the address of a registered query', async () => {
    const [, id = ''] = /^id=(\w+)$/m.exec(README) ?? [];
    expect(answers.get('trusted')).toContain(id);
    const response = await fetch(`${service.url}/q/${id}?variables=${encodeURIComponent('{"first": 20}')}`);
    expect(await response.json()).toMatchObject({ data: { elements: { totalCount: 19 } }, extensions: { asOf: {} } });
    const table = await (await fetch(`${service.url}/q/${id}?format=csv`)).text();
    expect(table).toContain('urn,name,owner.name');
  });

  it('says the truth about the report as CSV', async () => {
    const url = `${service.url}/reports/compliance.csv?by=agency`;
    const headers = { authorization: `Bearer ${TEST_TOKEN}` };
    const first = await fetch(url, { headers });
    const etag = first.headers.get('etag') ?? '';
    expect([first.status, etag === '']).toEqual([200, false]);
    expect((await fetch(url, { headers: { ...headers, 'if-none-match': etag } })).status).toBe(304);
    expect((await fetch(url)).status).toBe(403);
  });
});
