import { startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

async function answer<T>(query: string, variables?: unknown, language: 'vi' | 'en' = 'vi'): Promise<T> {
  const { data, errors } = await service.ask<T>(query, { variables, language, asAdministrator: true });
  if (errors !== undefined || data === null || data === undefined) throw new Error(JSON.stringify(errors));
  return data;
}

async function commit(operations: readonly object[]): Promise<void> {
  const { commitChangeSet } = await answer<{ commitChangeSet: { userErrors: unknown[] } }>(
    `mutation ($input: CommitChangeSetInput!) { commitChangeSet(input: $input) { userErrors { reason path } } }`,
    { input: { operations, reason: 'Kiểm thử' } },
  );
  expect(commitChangeSet.userErrors).toEqual([]);
}

interface Page {
  readonly totalCount: number;
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly urn: string } }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}
const FIELDS =
  'totalCount edges { cursor node { urn } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
const LIST = `query ($filter: ElementFilterInput, $search: String, $orderBy: [ElementOrderInput!], $first: Int, $after: String, $last: Int, $before: String) {
  elements(filter: $filter, search: $search, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) { ${FIELDS} }
}`;

async function list(variables: object): Promise<Page> {
  return (await answer<{ elements: Page }>(LIST, variables)).elements;
}
function urns({ edges }: Page): string[] {
  return edges.map(({ node }) => node.urn);
}

/** All pages of some size, forward or backward, with something done between each two. */
async function readAll(
  variables: object,
  size: number,
  direction: 'FORWARD' | 'BACKWARD',
  between: (page: number) => Promise<void> = () => Promise.resolve(),
): Promise<string[]> {
  const read: string[] = [];
  let cursor: string | null = null;
  for (let number = 1; ; number += 1) {
    const where = direction === 'FORWARD' ? { first: size, after: cursor } : { last: size, before: cursor };
    const page: Page = await list({ ...variables, ...where });
    if (direction === 'FORWARD') read.push(...urns(page));
    else read.unshift(...urns(page));
    const goesOn = direction === 'FORWARD' ? page.pageInfo.hasNextPage : page.pageInfo.hasPreviousPage;
    if (!goesOn) return read;
    cursor = direction === 'FORWARD' ? page.pageInfo.endCursor : page.pageInfo.startCursor;
    await between(number);
  }
}

const ORDERS = [
  [],
  [{ field: 'NAME' }],
  [{ field: 'OWNER_NAME', direction: 'DESC', nulls: 'FIRST' }, { field: 'KIND' }, { field: 'NAME', direction: 'DESC' }],
  [
    { field: 'ATTRIBUTE', attribute: 'hosting' },
    { field: 'LAYER', direction: 'DESC' },
  ],
  [{ field: 'PHASE' }, { field: 'CHANGED_AT', direction: 'DESC' }],
];

describe('pages', () => {
  it.each(ORDERS.map((orderBy) => [orderBy]))(
    'are together the whole list, from either end, by %j',
    async (orderBy) => {
      const filter = { kind: ['SYSTEM', 'PLATFORM', 'DATABASE'] };
      const whole = await list({ filter, orderBy, first: 500 });
      expect(whole.edges).toHaveLength(whole.totalCount);
      expect(await readAll({ filter, orderBy }, 29, 'FORWARD')).toEqual(urns(whole));
      expect(await readAll({ filter, orderBy }, 31, 'BACKWARD')).toEqual(urns(whole));
    },
  );

  it('of a search go from the best hit on', async () => {
    const whole = await list({ search: 'dữ liệu', first: 500 });
    expect(whole.totalCount).toBeGreaterThan(5);
    expect(await readAll({ search: 'dữ liệu' }, 4, 'FORWARD')).toEqual(urns(whole));
    expect(urns(await list({ search: 'dữ liệu', first: 500, orderBy: [{ field: 'RELEVANCE' }] }))).toEqual(urns(whole));
  });

  it('go on at their place where their last item is removed, renamed or joined by others meanwhile', async () => {
    const add = (id: string, name: string): object => ({
      op: 'ADD',
      urn: `urn:khung:trang-${id}`,
      value: { kind: 'CONCEPT', name },
    });
    await commit(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => add(id, `Khái niệm ${id}`)));
    const filter = { kind: ['CONCEPT'] };
    const orderBy = [{ field: 'NAME' }];
    const read = await readAll({ filter, orderBy }, 2, 'FORWARD', async (page) => {
      if (page === 1) {
        await commit([
          { op: 'REMOVE', urn: 'urn:khung:trang-b' },
          add('g', 'Khái niệm a2'),
          add('h', 'Khái niệm b2'),
          { op: 'UPDATE', urn: 'urn:khung:trang-f', path: 'name', value: 'Khái niệm 0' },
        ]);
      }
    });
    expect(read.map((urn) => urn.at(-1)).join('')).toBe('abhcde');
    const byAge = await list({ filter, first: 2 });
    await commit([{ op: 'REMOVE', urn: byAge.edges[1]?.node.urn }]);
    const next = await list({ filter, first: 2, after: byAge.pageInfo.endCursor });
    expect(
      urns(byAge)
        .concat(urns(next))
        .map((urn) => urn.at(-1)),
    ).toEqual(['a', 'c', 'd', 'e']);
  });

  it('of relations, and of those of one element, are cut in the same way', async () => {
    const query = `query ($first: Int, $after: String, $last: Int, $before: String) {
      relations(filter: { kind: [USES_PLATFORM] }, first: $first, after: $after, last: $last, before: $before) { ${FIELDS} }
      element(urn: "urn:khung:hcm-lgsp") {
        relations(filter: { direction: INCOMING }, first: $first, after: $after, last: $last, before: $before) { ${FIELDS} }
      }
    }`;
    interface Both {
      readonly relations: Page;
      readonly element: { readonly relations: Page };
    }
    const whole = await answer<Both>(query, { first: 500 });
    expect(whole.element.relations.totalCount).toBeGreaterThan(3);
    const start = await answer<Both>(query, { first: 2 });
    const end = await answer<Both>(query, { last: 2 });
    expect(urns(start.relations)).toEqual(urns(whole.relations).slice(0, 2));
    expect(urns(end.element.relations)).toEqual(urns(whole.element.relations).slice(-2));
    expect(end.element.relations.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });
});

describe('filters', () => {
  it('reach the relations of an element, and what stands at their other ends', async () => {
    const onLgsp = { kind: ['USES_PLATFORM'], direction: 'OUTGOING', other: { urn: ['urn:khung:hcm-lgsp'] } };
    const { element } = await answer<{ element: { relations: { nodes: { source: { urn: string } }[] } } }>(
      `{ element(urn: "urn:khung:hcm-lgsp") {
        relations(filter: { direction: INCOMING, kind: [USES_PLATFORM] }, first: 500) { nodes { source { urn } } }
      } }`,
    );
    const users = new Set(element.relations.nodes.map(({ source }) => source.urn));
    expect(users.size).toBeGreaterThan(2);
    const some = await list({ filter: { relation: { some: onLgsp } }, first: 500 });
    expect(new Set(urns(some))).toEqual(users);
    const none = await list({ filter: { relation: { none: onLgsp } } });
    const all = await list({});
    expect(none.totalCount).toBe(all.totalCount - users.size);
    const every = await list({ filter: { relation: { every: { direction: 'INCOMING' } }, kind: ['LEGISLATION'] } });
    expect(every.totalCount).toBeGreaterThan(0);
  });

  it('find what changed after a moment and after a revision', async () => {
    const { landscape } = await answer<{ landscape: { revision: number; at: string } }>(
      '{ landscape { revision at } }',
    );
    await commit([{ op: 'ADD', urn: 'urn:khung:vua-them', value: { kind: 'CONCEPT', name: 'Vừa thêm' } }]);
    for (const filter of [{ changedAfter: landscape.at }, { changedAfterRevision: landscape.revision }]) {
      expect(urns(await list({ filter }))).toEqual(['urn:khung:vua-them']);
    }
    expect((await list({ filter: { changedAfter: '2001-01-01T00:00:00Z' } })).totalCount).toBeGreaterThan(100);
    expect((await list({ filter: { changedAfter: '2099-01-01T00:00:00Z' } })).totalCount).toBe(0);
  });
});

describe('counts', () => {
  interface Counted {
    readonly totalCount: number;
    readonly facets: readonly {
      readonly field: string;
      readonly buckets: readonly { readonly key: string; readonly label: string; readonly count: number }[];
    }[];
    readonly countsBy: readonly { readonly keys: string[]; readonly labels: string[]; readonly count: number }[];
  }
  const COUNTS = `query ($filter: ElementFilterInput) { elements(filter: $filter, first: 1) {
    totalCount
    facets(fields: ["kind", "layer", "phase", "owner", "level", "visibility", "attributes.hosting", "attributes.socMonitored"]) {
      field buckets { key label count }
    }
    countsBy(fields: ["owner", "phase", "attributes.securityLevelApproved"]) { keys labels count }
  } }`;

  it.each([{}, { kind: ['SYSTEM', 'PLATFORM'] }, { not: { owner: {} } }])(
    'describe the same set as the list filtered by %j',
    async (filter) => {
      const { elements } = await answer<{ elements: Counted }>(COUNTS, { filter });
      const sum = (counts: readonly { readonly count: number }[]): number =>
        counts.reduce((total, { count }) => total + count, 0);
      for (const { field, buckets } of elements.facets)
        expect([field, sum(buckets)]).toEqual([field, elements.totalCount]);
      expect(sum(elements.countsBy)).toBe(elements.totalCount);
      const owner = elements.facets.find(({ field }) => field === 'owner')?.buckets[0];
      if (owner === undefined || owner.key === 'UNKNOWN') return;
      const owned = await list({ filter: { and: [filter, { owner: { urn: [owner.key] } }] } });
      expect(owned.totalCount).toBe(owner.count);
    },
  );

  it('are labelled in the language of the request', async () => {
    const query = `{ elements(filter: { urn: ["urn:khung:hcm-lgsp"] }) {
      facets(fields: ["kind", "owner", "attributes.socMonitored"]) { field buckets { key label count } }
      countsBy(fields: ["kind", "layer"]) { keys labels count }
    } }`;
    const vietnamese = await answer<{ elements: Counted }>(query);
    expect(vietnamese.elements.facets.map(({ buckets }) => buckets[0]?.label)).toEqual([
      'Nền tảng số',
      'Trung tâm Chuyển đổi số Thành phố Hồ Chí Minh (DXC)',
      'Chưa rõ',
    ]);
    expect(vietnamese.elements.countsBy).toEqual([{ keys: ['PLATFORM', '2'], labels: ['Nền tảng số', '2'], count: 1 }]);
    const english = await answer<{ elements: Counted }>(query, {}, 'en');
    expect(english.elements.facets.map(({ buckets }) => buckets[0]?.label)).toEqual([
      'A platform that others build on',
      'HCMC Digital Transformation Center',
      'Unknown',
    ]);
  });

  it('of relations tell the unknown too', async () => {
    const { relations } = await answer<{ relations: Counted }>(`{ relations(first: 0) {
      totalCount facets(fields: ["kind", "status", "strength", "crossAgency"]) { field buckets { key label count } }
    } }`);
    for (const { field, buckets } of relations.facets) {
      expect([field, buckets.reduce((sum, { count }) => sum + count, 0)]).toEqual([field, relations.totalCount]);
    }
    expect(relations.facets[3]?.buckets.map(({ key }) => key)).toContain('UNKNOWN');
  });
});

describe('how whole a list is', () => {
  it('depends on the agencies that can have something on it', async () => {
    const query = `query ($filter: ElementFilterInput) { elements(filter: $filter) {
      totalCount coverage { verdict missingCount objectsKnown missing { askedFrom { urn } } }
    } }`;
    interface Covered {
      readonly elements: {
        readonly totalCount: number;
        readonly coverage: {
          readonly verdict: string;
          readonly missingCount: number;
          readonly objectsKnown: number;
          readonly missing: readonly { readonly askedFrom: { readonly urn: string } }[];
        };
      };
    }
    const owner = { urn: ['urn:khung:tt-cds'] };
    const whole = await answer<Covered>(query, {});
    expect(whole.elements.coverage.missingCount).toBeGreaterThan(10);
    const own = await answer<Covered>(query, { filter: { kind: ['SYSTEM'], owner } });
    expect(own.elements.coverage.missing.map(({ askedFrom }) => askedFrom.urn)).toEqual(owner.urn);
    const { totalCount } = await list({ filter: { owner } });
    expect(own.elements.coverage.objectsKnown).toBe(totalCount);
    const either = await answer<Covered>(query, { filter: { or: [{ owner }, { layer: { eq: 2 } }] } });
    expect(either.elements.coverage.missingCount).toBe(whole.elements.coverage.missingCount);
    await commit([
      { op: 'UPDATE', urn: owner.urn[0], path: 'attributes.inventoryDeclaredCompleteOn', value: '2026-11-01' },
    ]);
    const declared = await answer<Covered>(query, { filter: { owner } });
    expect(declared.elements.coverage).toMatchObject({ verdict: 'COMPLETE', missingCount: 0 });
  });
});

describe('what can not be is refused with a code', () => {
  const deep = Array.from({ length: 30 }).reduce<object>(
    (relation) => ({ relation: { some: { other: relation } } }),
    {},
  );
  it.each<[string, object, object]>([
    ['a page of a million', { first: 1_000_000 }, { code: 'LIMIT_EXCEEDED', path: ['first'] }],
    ['a page of less than nothing', { first: -1 }, { reason: 'VALUE_OUT_OF_BOUNDS', path: ['first'] }],
    ['a last page of less than nothing', { last: -1 }, { reason: 'VALUE_OUT_OF_BOUNDS', path: ['last'] }],
    ['a page from both ends', { first: 1, last: 1 }, { reason: 'ARGUMENTS_EXCLUSIVE', path: ['last'] }],
    ['no cursor at all', { after: 'khong-phai' }, { reason: 'CURSOR_MALFORMED', path: ['after'] }],
    ['no cursor before', { last: 3, before: '' }, { reason: 'CURSOR_MALFORMED', path: ['before'] }],
    ['a filter of depth 30', { filter: deep }, { code: 'LIMIT_EXCEEDED' }],
    [
      'NUL in a text',
      { filter: { name: { contains: 'a\0' } } },
      { code: 'VALIDATION', path: ['filter', 'name', 'contains'] },
    ],
    ['NUL in a search', { search: 'a\0b' }, { code: 'VALIDATION', path: ['search'] }],
    [
      'an attribute that is not defined',
      { filter: { attribute: { key: 'hostin', isKnown: true } } },
      { reason: 'FIELD_UNKNOWN', path: ['filter', 'attribute', 'key'] },
    ],
    [
      'an order by no attribute',
      { orderBy: [{ field: 'ATTRIBUTE' }] },
      { reason: 'VALUE_MISSING', path: ['orderBy', '0', 'attribute'] },
    ],
    [
      'an attribute beside another field of an order',
      { orderBy: [{ field: 'NAME', attribute: 'hosting' }] },
      { reason: 'ARGUMENTS_EXCLUSIVE', path: ['orderBy', '0', 'attribute'] },
    ],
    [
      'an order by relevance to nothing',
      { orderBy: [{ field: 'RELEVANCE' }], search: ' ' },
      { reason: 'ARGUMENT_NEEDED', path: ['orderBy', '0', 'field'] },
    ],
    [
      'an order of nine steps',
      { orderBy: Array.from({ length: 9 }, () => ({ field: 'NAME' })) },
      { code: 'LIMIT_EXCEEDED' },
    ],
  ])('%s', async (_what, variables, extensions) => {
    const { data, errors } = await service.ask(LIST, { variables });
    expect([data ?? null, errors?.[0]?.extensions]).toMatchObject([null, extensions]);
  });

  it('the cursor of another list', async () => {
    const { pageInfo } = await list({ orderBy: [{ field: 'NAME' }], first: 1 });
    const after = pageInfo.endCursor;
    for (const other of [{}, { orderBy: [{ field: 'NAME', direction: 'DESC' }] }, { orderBy: [{ field: 'KIND' }] }]) {
      const { errors } = await service.ask(LIST, { variables: { ...other, after } });
      expect(errors?.[0]?.extensions).toMatchObject({ reason: 'CURSOR_MALFORMED', path: ['after'] });
    }
    const filtered = { orderBy: [{ field: 'NAME' }], filter: { layer: { eq: 2 } }, after };
    const { errors } = await service.ask(LIST, { variables: filtered });
    expect(errors?.[0]?.extensions).toMatchObject({ reason: 'CURSOR_MALFORMED' });
  });

  it.each([
    [
      'an impossible date',
      '{ elements(filter: { attribute: { key: "decidedOn", date: { after: "2025-02-30" } } }) { totalCount } }',
    ],
    ['a urn that is none', '{ elements(filter: { urn: ["urn:other:x"] }) { totalCount } }'],
    ['a moment that is none', '{ elements(filter: { changedAfter: "hôm qua" }) { totalCount } }'],
    ['an unknown urn to start from', '{ impactAnalysis(from: "urn:khung:khong-co") { totalCount } }'],
    ['a facet that is none', '{ elements { facets(fields: ["color"]) { field } } }'],
    ['counts by four fields', '{ elements { countsBy(fields: ["kind", "layer", "phase", "owner"]) { count } } }'],
    ['a facet of relations that is none', '{ relations { facets(fields: ["owner"]) { field } } }'],
    ['a direction seen from nowhere', '{ relations(filter: { direction: OUTGOING }) { totalCount } }'],
  ])('%s', async (_what, query) => {
    const { errors } = await service.ask(query);
    expect(errors).toHaveLength(1);
    // A literal that is wrong makes the document wrong, before anything is asked.
    expect(['VALIDATION', 'LIMIT_EXCEEDED', 'NOT_FOUND', 'GRAPHQL_VALIDATION_FAILED']).toContain(
      errors?.[0]?.extensions['code'],
    );
  });
});
