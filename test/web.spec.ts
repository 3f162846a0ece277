import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckAnswer, ExampleQuery, ProposalInput } from '../src/web/types.js';
import { startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

const WEB = join(import.meta.dirname, '..', 'src', 'web');
const PAGES = ['index.html', 'explorer.html'];
const FILES = readdirSync(WEB).filter((name) => /\.(html|css|js)$/.test(name));
const text = (file: string): string => readFileSync(join(WEB, file), 'utf8');

/** The modules of the page, as the browser loads them. */
async function webModule<T>(file: string): Promise<T> {
  // The modules have no types outside their own project; each T below names exports that the project checks.
  return (await import(`../src/web/${file}`)) as T;
}
const { EXAMPLE_QUERIES } = await webModule<{ EXAMPLE_QUERIES: readonly ExampleQuery[] }>('example-queries.js');
const { EXAMPLE_PROPOSALS } = await webModule<{
  EXAMPLE_PROPOSALS: Readonly<Record<'duplicate' | 'fresh', ProposalInput>>;
}>('example-proposals.js');
const queries = await webModule<Readonly<Record<string, string>>>('queries.js');
const words =
  await webModule<Readonly<Record<string, Readonly<Record<string, readonly [string, string]>>>>>('words.js');

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

describe('the pages', () => {
  it.each(PAGES)('%s and everything it links to on this server is there', async (page) => {
    const links = Array.from(text(page).matchAll(/(?:href|src)="([^"]+)"/g), ([, link = '']) => link);
    const addresses = ['', ...links.filter((link) => !link.startsWith('#'))].map(
      (link) => new URL(link, `${service.url}/${page}`).href,
    );
    expect(addresses.length).toBeGreaterThan(5);
    for (const address of new Set(addresses)) {
      const response = await fetch(address);
      expect([address, response.status]).toEqual([address, 200]);
    }
  });

  it.each(PAGES)('%s links only to places that it has', (page) => {
    const ids = new Set(Array.from(text(page).matchAll(/\sid="([^"]+)"/g), ([, id]) => id));
    const wanted = Array.from(
      text(page).matchAll(/(?:href="#|for="|aria-labelledby="|list=")([^"]+)"/g),
      ([, id]) => id,
    );
    expect(wanted.filter((id) => !ids.has(id))).toEqual([]);
  });

  it('load nothing from other hosts', () => {
    const foreign = FILES.flatMap((file) =>
      Array.from(
        text(file).matchAll(/(?:src=|href=|url\(|from |import\(|fetch\()["'`]?(?:https?:)?\/\/[^\s"'`)]+/g),
        ([hit]) => [file, hit],
      ),
    );
    expect(foreign).toEqual([]);
  });

  it.each(PAGES)('%s runs under a policy that forbids scripts written into it, and has none', async (page) => {
    const response = await fetch(`${service.url}/${page}`);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src 'self'/);
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(await response.text()).not.toMatch(/<script(?![^>]*\ssrc=)|\son\w+=|\sstyle=/);
  });
});

describe('the saved questions', () => {
  it('have their own ids, and titles in both languages', () => {
    expect(new Set(EXAMPLE_QUERIES.map(({ id }) => id)).size).toBe(EXAMPLE_QUERIES.length);
    for (const { titleVi, titleEn } of EXAMPLE_QUERIES) expect(titleVi).not.toBe(titleEn);
  });

  it.each(EXAMPLE_QUERIES)('$id is answered by the city as it is', async ({ id, query, variables }) => {
    const asAdministrator = id === 'compliance' || id === 'single-points';
    const { data, errors } = await service.ask<Record<string, unknown>>(query, { variables, asAdministrator });
    expect(errors).toBeUndefined();
    expect(Object.values(data ?? {})).not.toContain(null);
    expect(Object.values(data ?? {})).not.toContainEqual(expect.objectContaining({ totalCount: 0 }));
  });

  it('the report is refused without a token', async () => {
    const report = EXAMPLE_QUERIES.find(({ id }) => id === 'compliance');
    const { errors } = await service.ask(report?.query ?? '', { variables: report?.variables });
    expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });
});

describe('the form', () => {
  it.each(['LANDSCAPE_QUERY', 'AGENCIES_QUERY', 'SEARCH_QUERY'])('%s is answered', async (name) => {
    const { errors } = await service.ask(queries[name] ?? '', { variables: { words: 'van ban' } });
    expect(errors).toBeUndefined();
  });

  it('has one example that the city already serves, and one that is new to it', async () => {
    const bands: Record<string, readonly string[] | undefined> = {};
    for (const [name, input] of Object.entries(EXAMPLE_PROPOSALS)) {
      const { data, errors } = await service.ask<CheckAnswer>(queries['CHECK_PROPOSAL_QUERY'] ?? '', {
        variables: { input },
      });
      expect(errors).toBeUndefined();
      bands[name] = data?.checkProposal.check?.duplicates.byComponent.map(({ band }) => band);
    }
    expect(bands).toEqual({ duplicate: ['DUPLICATE'], fresh: ['DISTINCT', 'DISTINCT'] });
  });

  it.each([
    ['investmentForm', 'InvestmentForm'],
    ['workType', 'WorkType'],
  ])('offers every %s that the schema knows', async (id, type) => {
    const [, options = ''] = new RegExp(`<select id="${id}"[^>]*>(.*?)</select>`, 's').exec(text('index.html')) ?? [];
    const offered = Array.from(options.matchAll(/value="(\w+)"/g), ([, value]) => value);
    const known = (await enumValues(type)).filter((value) => value !== 'UNKNOWN');
    expect(new Set(offered)).toEqual(new Set(known));
  });
});

describe('the words of the page', () => {
  it.each([
    ['KIND_WORDS', 'ElementKind'],
    ['VERDICT_WORDS', 'ProposalVerdict'],
    ['LIGHT_WORDS', 'Light'],
    ['BAND_WORDS', 'MatchBand'],
    ['ADVICE_WORDS', 'ReuseAdvice'],
    ['REACH_WORDS', 'Reach'],
    ['SIGNAL_WORDS', 'MatchSignalName'],
    ['OUTCOME_WORDS', 'EffectiveOutcome'],
    ['CHANGE_STANDING_WORDS', 'ChangeStanding'],
    ['EVIDENCE_WORDS', 'EvidenceVerdict'],
    ['SEVERITY_WORDS', 'Severity'],
    ['ENFORCEMENT_WORDS', 'Enforcement'],
    ['VERIFICATION_WORDS', 'Verification'],
    ['CONFIDENCE_WORDS', 'Confidence'],
    ['IMPACT_WORDS', 'ImpactSeverity'],
    ['COVERAGE_WORDS', 'CoverageVerdict'],
    ['PHASE_WORDS', 'LifecyclePhase'],
  ])('%s has a word for every %s and for nothing else', async (name, type) => {
    expect(Object.keys(words[name] ?? {}).toSorted()).toEqual((await enumValues(type)).toSorted());
  });
});

async function enumValues(type: string): Promise<string[]> {
  const { data } = await service.ask<{ type: { enumValues: { name: string }[] } | null }>(
    'query ($type: String!) { type: __type(name: $type) { enumValues { name } } }',
    { variables: { type } },
  );
  return (data?.type?.enumValues ?? []).map(({ name }) => name);
}
