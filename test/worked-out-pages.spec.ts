import { startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

async function answer<T>(query: string, variables: object = {}): Promise<T> {
  const { data, errors } = await service.ask<T>(query, { variables, asAdministrator: true });
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
  readonly nodes: readonly unknown[];
  readonly totalCount: number;
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** A list of the schema: how it is asked for, and what tells its items apart. */
interface List {
  /** `@` stands for the arguments of the page, `@revision` for that before the last change; `%` for the fields of the list. */
  readonly query: string;
  readonly item: string;
  readonly pageOf: (data: never) => Page | undefined;
}

const ELEMENT = 'element { urn }';
const LISTS: Readonly<Record<string, List>> = {
  orphans: { query: '{ orphans(@) { % } }', item: ELEMENT, pageOf: (data: { orphans: Page }) => data.orphans },
  deadEnds: {
    query: '{ deadEnds(@) { % } }',
    item: `kind ${ELEMENT}`,
    pageOf: (data: { deadEnds: Page }) => data.deadEnds,
  },
  singlePointsOfFailure: {
    query: '{ singlePointsOfFailure(@) { % } }',
    item: ELEMENT,
    pageOf: (data: { singlePointsOfFailure: Page }) => data.singlePointsOfFailure,
  },
  losses: {
    query: '{ singlePointsOfFailure(first: 1) { nodes { losses(@) { % } } } }',
    item: ELEMENT,
    pageOf: (data: { singlePointsOfFailure: { nodes: { losses: Page }[] } }) =>
      data.singlePointsOfFailure.nodes[0]?.losses,
  },
  layeringViolations: {
    query: '{ layeringViolations(@) { % } }',
    item: 'relation { urn }',
    pageOf: (data: { layeringViolations: Page }) => data.layeringViolations,
  },
  stronglyConnectedComponents: {
    query: '{ stronglyConnectedComponents(@) { % } }',
    item: 'size cycle { steps { from { urn } } }',
    pageOf: (data: { stronglyConnectedComponents: Page }) => data.stronglyConnectedComponents,
  },
  members: {
    query: '{ stronglyConnectedComponents(first: 1) { nodes { members(@) { % } } } }',
    item: 'urn',
    pageOf: (data: { stronglyConnectedComponents: { nodes: { members: Page }[] } }) =>
      data.stronglyConnectedComponents.nodes[0]?.members,
  },
  impacted: {
    query: '{ impactAnalysis(from: "urn:khung:trang-goc-0") { impacted(@) { % } } }',
    item: ELEMENT,
    pageOf: (data: { impactAnalysis: { impacted: Page } }) => data.impactAnalysis.impacted,
  },
  differingElements: {
    query: '{ landscapeDifference(from: { revision: @revision }) { elements(@) { % } } }',
    item: 'urn way',
    pageOf: (data: { landscapeDifference: { elements: Page } }) => data.landscapeDifference.elements,
  },
  differingRelations: {
    query: '{ landscapeDifference(from: { revision: 1 }) { relations(@) { % } } }',
    item: 'urn way',
    pageOf: (data: { landscapeDifference: { relations: Page } }) => data.landscapeDifference.relations,
  },
  attributeDefinitions: {
    query: '{ attributeDefinitions(@) { % } }',
    item: 'key',
    pageOf: (data: { attributeDefinitions: Page }) => data.attributeDefinitions,
  },
  findings: {
    query: '{ element(urn: "urn:khung:hcm-lgsp") { findings(@) { % } } }',
    item: 'rule { code }',
    pageOf: (data: { element: { findings: Page } }) => data.element.findings,
  },
  dataObjectsByMaster: {
    query: '{ dataObjectsByMaster(@) { % } }',
    item: 'urn',
    pageOf: (data: { dataObjectsByMaster: Page }) => data.dataObjectsByMaster,
  },
};

async function read(name: string, page: string): Promise<Page> {
  const list = LISTS[name];
  if (list === undefined) throw new RangeError(name);
  const fields = `totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { ${list.item} }`;
  const query = list.query.replace('@revision', `${revision}`).replace('@', page).replace('%', fields);
  // What is answered to a query has the shape that was asked for.
  const found = list.pageOf(await answer<never>(query));
  if (found === undefined) throw new Error(name);
  return found;
}

const ids = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => `urn:khung:${name}-${at}`);
const ALONE = ids('trang-don', 4);
const [HUB] = ids('trang-goc', 1);
const SPOKES = ids('trang-canh', 40);
const [PAIRED, PAIRS] = [ids('trang-cap', 3), ids('trang-doi', 3)];
/** By urn before all of the city: the group that is listed first, and three that follow. */
const GROUP = ids('a-nhom', 4);
const CIRCLES = ids('a-vong', 6);
const HIGH = ids('trang-cao', 3);
/** What a relation from one to another is called. */
const needOf = (from: string | undefined, to: string | undefined): string =>
  `${from}-can-${to?.slice('urn:khung:'.length)}`;
const need = (from: string | undefined, to: string | undefined): object => ({
  op: 'ADD',
  urn: needOf(from, to),
  value: { kind: 'DEPENDS_ON', source: from, target: to, strength: 'HARD' },
});
const gone = (from: string | undefined, to: string | undefined): object => ({ op: 'REMOVE', urn: needOf(from, to) });
let revision = 0;

beforeAll(async () => {
  const systems = [...ALONE, ...SPOKES, ...PAIRED, ...PAIRS, ...GROUP, ...CIRCLES];
  const add = (layer: number) => (urn: string | undefined) => ({
    op: 'ADD',
    urn,
    value: { kind: 'SYSTEM', name: `Hệ thống thử ${urn}`, layer },
  });
  await commit([
    ...systems.map(add(4)),
    ...[HUB, ...HIGH].map(add(1)),
    ...SPOKES.map((urn) => need(urn, HUB)),
    ...PAIRED.map((urn, at) => need(PAIRS[at], urn)),
    ...GROUP.flatMap((from) => GROUP.filter((to) => to !== from).map((to) => need(from, to))),
    ...CIRCLES.map((urn, at) => need(urn, CIRCLES[at ^ 1])),
    ...HIGH.map((urn) => need(urn, ALONE[0])),
  ]);
  ({
    landscape: { revision },
  } = await answer<{ landscape: { revision: number } }>('{ landscape { revision } }'));
  await commit([...PAIRED, ...PAIRS].map((urn) => ({ op: 'UPDATE', urn, path: 'layer', value: 3 })));
});

describe('pages of what is worked out', () => {
  it.each(Object.keys(LISTS))('of %s join to the whole, from either side', async (name) => {
    const { nodes, totalCount } = await read(name, 'first: 500');
    expect(nodes).toHaveLength(totalCount);
    const size = Math.max(2, Math.ceil(totalCount / 7));
    const forward: unknown[] = [];
    for (let after: string | null = null; ;) {
      const page: Page = await read(name, `first: ${size}, after: ${JSON.stringify(after)}`);
      forward.push(...page.nodes);
      expect(page.pageInfo.hasPreviousPage).toBe(after !== null && forward.length > page.nodes.length);
      after = page.pageInfo.endCursor;
      if (!page.pageInfo.hasNextPage) break;
    }
    expect(forward).toEqual(nodes);
    const backward: unknown[] = [];
    for (let before: string | null = null; ;) {
      const page: Page = await read(name, `last: ${size}, before: ${JSON.stringify(before)}`);
      backward.unshift(...page.nodes);
      before = page.pageInfo.startCursor;
      if (!page.pageInfo.hasPreviousPage) break;
    }
    expect(backward).toEqual(nodes);
  });

  it.each(Object.keys(LISTS))('of %s refuse the cursor of another list', async (name) => {
    const other = await read(name === 'attributeDefinitions' ? 'orphans' : 'attributeDefinitions', 'first: 1');
    await expect(read(name, `after: ${JSON.stringify(other.pageInfo.endCursor)}`)).rejects.toThrow('CURSOR_MALFORMED');
  });
});

describe('a page goes on where the last item was, though that has left the list', () => {
  it.each<[list: string, item: string | undefined, leave: readonly object[]]>([
    ['orphans', ALONE[2], [need(ALONE[2], ALONE[0])]],
    ['deadEnds', ALONE[3], [need(PAIRED[0], ALONE[3])]],
    ['singlePointsOfFailure', PAIRED[1], [gone(PAIRS[1], PAIRED[1])]],
    ['losses', SPOKES[7], [gone(SPOKES[7], HUB)]],
    ['impacted', SPOKES[9], [gone(SPOKES[9], HUB)]],
    ['layeringViolations', needOf(HIGH[1], ALONE[0]), [gone(HIGH[1], ALONE[0])]],
    ['stronglyConnectedComponents', CIRCLES[2], [gone(CIRCLES[2], CIRCLES[3]), gone(CIRCLES[3], CIRCLES[2])]],
    ['members', GROUP[1], GROUP.filter((urn) => urn !== GROUP[1]).map((urn) => gone(GROUP[1], urn))],
    ['differingElements', PAIRED[2], [{ op: 'UPDATE', urn: PAIRED[2], path: 'layer', value: 4 }]],
  ])('of %s', async (list, leaving, leave) => {
    const before = await read(list, 'first: 500');
    const place = before.nodes.findIndex((node) => JSON.stringify(node).includes(`"${leaving}"`));
    expect([place >= 0, place < before.totalCount - 1]).toEqual([true, true]);
    const { pageInfo } = await read(list, `first: ${place + 1}`);
    await commit(leave);
    const cursor = JSON.stringify(pageInfo.endCursor);
    expect((await read(list, `first: 500, after: ${cursor}`)).nodes).toEqual(before.nodes.slice(place + 1));
    expect((await read(list, `last: 500, before: ${cursor}`)).nodes).toEqual(before.nodes.slice(0, place));
    expect(JSON.stringify((await read(list, 'first: 500')).nodes)).not.toContain(`"${leaving}"`);
  });
});
