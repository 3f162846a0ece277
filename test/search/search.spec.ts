import { readFileSync } from 'node:fs';
import { startTestService } from '../support/service.js';
import type { Asked, TestService } from '../support/service.js';

interface WrittenQuery {
  readonly query: string;
  readonly tests: string;
  readonly expected: readonly string[];
}

interface Highlight {
  readonly field: string;
  readonly text: string;
  readonly spans: readonly (readonly [number, number])[];
}

interface Answer {
  readonly match: string;
  readonly totalCount: number;
  readonly didYouMean: string | null;
  readonly coverage: { readonly verdict: string };
  readonly facets: readonly {
    readonly field: string;
    readonly buckets: readonly { readonly key: string; readonly count: number; readonly owner: unknown }[];
  }[];
  readonly hits: readonly {
    readonly element: { readonly urn: string; readonly kind: string };
    readonly reasons: readonly { readonly typed: string; readonly found: string; readonly reading: string }[];
    readonly highlights: readonly Highlight[];
    readonly successors: readonly { readonly urn: string }[];
  }[];
}

const SEARCH = `query Search($text: String!, $kinds: [ElementKind!], $first: Int) {
  search(text: $text, kinds: $kinds, first: $first) {
    match totalCount didYouMean coverage { verdict }
    facets { field buckets { key count owner { urn } } }
    hits {
      element { urn kind } reasons { typed found reading } highlights { field text spans } successors { urn }
    }
  }
}`;
const LIST = `query List($search: String, $filter: ElementFilterInput, $orderBy: [ElementOrderInput!], $first: Int) {
  elements(search: $search, filter: $filter, orderBy: $orderBy, first: $first) {
    totalCount edges { node { urn name } highlight { field text spans } }
  }
}`;

interface List {
  readonly elements: {
    readonly totalCount: number;
    readonly edges: readonly {
      readonly node: { readonly urn: string; readonly name: string };
      readonly highlight: readonly Highlight[] | null;
    }[];
  };
}

// A file of ours, beside this one.
const QUERIES = JSON.parse(readFileSync('test/search/queries.json', 'utf8')) as readonly WrittenQuery[];

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

async function search(variables: Readonly<Record<string, unknown>>): Promise<Answer> {
  const { data, errors } = await service.ask<{ search: Answer }>(SEARCH, { variables });
  if (errors !== undefined || data === null || data === undefined) throw new Error(JSON.stringify(errors));
  return data.search;
}

async function list(variables: Readonly<Record<string, unknown>>): Promise<List['elements']> {
  const { data, errors } = await service.ask<List>(LIST, { variables });
  if (errors !== undefined || data === null || data === undefined) throw new Error(JSON.stringify(errors));
  return data.elements;
}

function highlighted({ text, spans }: Highlight): string[] {
  return spans.map(([start, end]) => text.slice(start, end));
}

describe('the queries that people write', () => {
  it('are enough, and each of its own', () => {
    expect(QUERIES.length).toBeGreaterThanOrEqual(70);
    expect(new Set(QUERIES.map(({ query }) => query)).size).toBe(QUERIES.length);
  });

  it.each([
    [
      'asked while typing',
      async (text: string) => (await search({ text, first: 3 })).hits.map((hit) => hit.element.urn),
    ],
    [
      'asked for a list',
      async (text: string) => (await list({ search: text, first: 3 })).edges.map((edge) => edge.node.urn),
    ],
  ])('find what is meant among the first three in 95 of 100 cases, %s', async (_how, firstThree) => {
    const missed: string[] = [];
    for (const { query, expected } of QUERIES) {
      const urns = await firstThree(query);
      if (!expected.every((urn) => urns.includes(urn))) missed.push(query);
    }
    // The names of the missed stand in the message of a failure.
    expect(missed.length / QUERIES.length > 0.05 ? missed : []).toEqual([]);
  });
});

describe('an answer', () => {
  it('says how it was understood, word by word, and where it stands in the text', async () => {
    const { match, didYouMean, hits } = await search({ text: 'dich vuj cong quoc gia', first: 1 });
    expect([match, didYouMean]).toEqual(['ALL_WORDS', 'dich vụ cong quoc gia']);
    expect(hits[0]?.element.urn).toBe('urn:khung:qg-dvc');
    expect(hits[0]?.reasons.find(({ typed }) => typed === 'vuj')).toEqual({
      typed: 'vuj',
      found: 'vụ',
      reading: 'TYPED_MARKS',
    });
    const name = hits[0]?.highlights.find(({ field }) => field === 'name');
    expect(name === undefined ? [] : highlighted(name)).toEqual(['Cổng', 'Dịch', 'vụ', 'công', 'quốc', 'gia']);
  });

  it.each([
    ['trợ lí ảo quốc gia', 'urn:khung:qg-tro-ly-ao'],
    ['ha tang ki thuat do thi', 'urn:khung:hcm-csdl-htkt'],
    ['đăng kí doanh nghiệp', 'urn:khung:hcm-csdl-dkdn'],
    ['Ban Quản lí Khu Công nghệ cao', 'urn:khung:shtp'],
  ])('takes i for y at the end of a syllable as another spelling, not as a mistake: %s', async (text, urn) => {
    const { match, didYouMean, hits } = await search({ text, first: 1 });
    expect([match, didYouMean, hits[0]?.element.urn]).toEqual(['ALL_WORDS', null, urn]);
    expect(hits[0]?.reasons.every(({ reading }) => reading === 'WORD')).toBe(true);
  });

  it('suggests what was meant only where a word was understood as another one', async () => {
    expect(await search({ text: 'kho du leiu dung chung' })).toMatchObject({
      match: 'MISSPELT',
      didYouMean: 'kho du liệu dung chung',
    });
    expect(await search({ text: 'kho du lieu' })).toMatchObject({ match: 'ALL_WORDS', didYouMean: null });
  });

  it('leads from an old name to what took its place', async () => {
    const { hits } = await search({ text: 'Sở Giao thông vận tải', first: 1 });
    expect(hits[0]?.element.urn).toBe('urn:khung:so-gtvt');
    expect(hits[0]?.successors.map(({ urn }) => urn)).toEqual([
      'urn:khung:so-giao-thong-cong-chanh',
      'urn:khung:so-xay-dung',
    ]);
  });

  it('counts all hits, not only those it shows, by every facet, and the list counts the same', async () => {
    const { totalCount, hits, facets, coverage } = await search({ text: 'he thong', first: 5 });
    expect(hits).toHaveLength(5);
    expect(totalCount).toBeGreaterThan(5);
    expect(facets.map(({ field }) => field)).toEqual(['kind', 'owner', 'layer', 'phase']);
    for (const { buckets } of facets) {
      expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(totalCount);
    }
    expect(coverage.verdict).toBe('LOWER_BOUND');
    const listed = await list({ search: 'he thong', first: 500 });
    expect(listed.totalCount).toBe(totalCount);
    for (const { key, count } of facets[0]?.buckets ?? []) {
      expect((await list({ search: 'he thong', filter: { kind: [key] } })).totalCount).toBe(count);
    }
  });

  it('keeps to the kinds that are asked for', async () => {
    const { hits, totalCount, facets } = await search({ text: 'du lieu', kinds: ['DATABASE'], first: 50 });
    expect(new Set(hits.map(({ element }) => element.kind))).toEqual(new Set(['DATABASE']));
    expect(facets[0]?.buckets).toEqual([{ key: 'DATABASE', count: totalCount, owner: null }]);
  });
});

describe('a searched list', () => {
  it('goes by relevance, by a filter and by another order', async () => {
    const filter = { kind: ['DATABASE'] };
    const best = await list({ search: 'csdl dat dai', filter });
    expect(best.edges[0]?.node.urn).toMatch(/dat-dai/);
    const relevant = await list({
      search: 'csdl dat dai',
      filter,
      orderBy: [{ field: 'RELEVANCE', direction: 'ASC' }],
    });
    expect(relevant.edges).toEqual(best.edges);
    const byCode = await list({ search: 'csdl', filter, orderBy: [{ field: 'CODE', direction: 'ASC' }], first: 500 });
    const urns = byCode.edges.map(({ node }) => node.urn);
    expect(urns).toEqual(urns.toSorted());
    expect(urns.length).toBe(byCode.totalCount);
  });

  it('shows where the words stand, and nothing where none were searched for', async () => {
    const [edge] = (await list({ search: 'kho du lieu y te', first: 1 })).edges;
    const name = edge?.highlight?.find(({ field }) => field === 'name');
    expect(name === undefined ? [] : highlighted(name)).toEqual(['Kho', 'dữ', 'liệu', 'y', 'tế']);
    expect((await list({ first: 1 })).edges[0]?.highlight).toBeNull();
  });
});

describe('texts that are no questions', () => {
  const fails = async (variables: Readonly<Record<string, unknown>>): Promise<unknown> => {
    const { errors }: Asked<unknown> = await service.ask(SEARCH, { variables });
    return errors?.[0]?.extensions;
  };

  it.each([
    ['punctuation', '!?.,;:-()'],
    ['an emoji', '🏙️'],
    ['nothing', ''],
    ['blanks', '   '],
    ['NUL', '\0'],
  ])('of %s find nothing', async (_what, text) => {
    expect(await search({ text })).toMatchObject({ match: 'NOTHING', totalCount: 0, hits: [], didYouMean: null });
  });

  it('with signs around the words find the words', async () => {
    const [plain, dressed] = [await search({ text: 'kho du lieu ' }), await search({ text: '«kho»\0 du🏙️ lieu! ' })];
    expect(dressed.hits).toEqual(plain.hits);
  });

  it.each([
    ['501 characters', { text: 'a'.repeat(501) }, 'text'],
    ['100 words', { text: Array.from({ length: 100 }, (_, at) => `w${at}`).join(' ') }, 'text'],
    ['a page of 51', { text: 'kho', first: 51 }, 'first'],
  ])('of %s are refused', async (_what, variables, path) => {
    expect(await fails(variables)).toMatchObject({ code: 'LIMIT_EXCEEDED', path: [path] });
  });

  it('and a page of less than nothing is refused', async () => {
    expect(await fails({ text: 'kho', first: -1 })).toMatchObject({ code: 'VALIDATION' });
  });

  it('of 500 characters are answered', async () => {
    expect(await search({ text: 'hệ thống '.repeat(55).slice(0, 500) })).toMatchObject({ match: 'ALL_WORDS' });
    expect(await search({ text: 'x'.repeat(500) })).toMatchObject({ match: 'NOTHING' });
  });
});
