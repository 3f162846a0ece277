import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TEST_TOKEN, startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

const README = readFileSync('README.md', 'utf8');

/** The fenced blocks that a comment names: `<!-- query: impact -->`. */
function blocks(what: 'query' | 'variables'): Map<string, string> {
  const found = README.matchAll(new RegExp(`<!-- ${what}: (\\w+) -->\\s+\`\`\`\\w+\\n([\\s\\S]*?)\`\`\``, 'g'));
  return new Map(Array.from(found, ([, name = '', text = '']) => [name, text]));
}

const queries = blocks('query');
const variables = blocks('variables');

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

async function run(name: string): Promise<unknown> {
  const given = variables.get(name);
  const { data, errors } = await service.ask(queries.get(name) ?? '', {
    variables: given === undefined ? undefined : JSON.parse(given),
    asAdministrator: true,
  });
  expect(errors).toBeUndefined();
  return data;
}

describe('the README', () => {
  it('names the blocks that are to be run, and no others', () => {
    const fenced = README.match(/```graphql/g) ?? [];
    expect(queries.size).toBe(fenced.length);
    expect([...queries.keys()]).toEqual(
      expect.arrayContaining(['impact', 'agency', 'check', 'report', 'projects', 'counts', 'paths', 'change']),
    );
  });

  it.each([...queries.keys()].map((name) => [name]))('has a query that runs: %s', async (name) => {
    expect(await run(name)).not.toBeNull();
  });

  it('states figures that are so', async () => {
    expect(await run('impact')).toMatchObject({
      impactAnalysis: { totalCount: 17, untypedCount: 26, coverage: { verdict: 'LOWER_BOUND', missingCount: 35 } },
    });
    expect(await run('agency')).toMatchObject({ elements: { totalCount: 6, coverage: { verdict: 'LOWER_BOUND' } } });
    expect(await run('projects')).toMatchObject({ projects: { totalCount: 10 } });
    expect(await run('check')).toMatchObject({
      checkProposal: { check: { verdict: 'DOES_NOT_CONFORM', isBinding: false } },
    });
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
