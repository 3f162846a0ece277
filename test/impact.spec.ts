import { startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  const systems = ['dung-chung', 'may-chu-1', 'may-chu-2', 'cong', 'kho'];
  const relations = [
    ['RUNS_ON', 'dung-chung', 'may-chu-1', { strength: 'HARD', minAvailable: 1, redundancyGroup: 'cụm' }],
    ['RUNS_ON', 'dung-chung', 'may-chu-2', { strength: 'HARD', minAvailable: 1, redundancyGroup: 'cụm' }],
    ['DEPENDS_ON', 'cong', 'dung-chung', { strength: 'HARD' }],
    ['DEPENDS_ON', 'may-chu-1', 'kho', { strength: 'HARD' }],
    ['DEPENDS_ON', 'may-chu-2', 'kho', { strength: 'SOFT' }],
    ['EXCHANGES_DATA_WITH', 'kho', 'cong', {}],
  ] as const;
  const operations = [
    ...systems.map((id) => ({ op: 'ADD', urn: `urn:khung:t-${id}`, value: { kind: kindOf(id), name: id } })),
    ...relations.map(([kind, source, target, fields], index) => ({
      op: 'ADD',
      urn: `urn:khung:t-r${index + 1}`,
      value: { kind, source: `urn:khung:t-${source}`, target: `urn:khung:t-${target}`, ...fields },
    })),
  ];
  const { data, errors } = await service.ask<{ commitChangeSet: { userErrors: unknown[] } }>(
    'mutation Commit($input: CommitChangeSetInput!) { commitChangeSet(input: $input) { userErrors { message path } } }',
    { asAdministrator: true, variables: { input: { reason: 'Kiểm thử', operations } } },
  );
  expect([errors, data?.commitChangeSet.userErrors]).toEqual([undefined, []]);
});
afterAll(() => service.close());

function kindOf(id: string): string {
  return id.startsWith('may-chu') ? 'INFRASTRUCTURE' : 'SYSTEM';
}

interface Answer {
  readonly impactAnalysis: {
    readonly totalCount: number;
    readonly facets: readonly { readonly field: string; readonly buckets: readonly { key: string; count: number }[] }[];
    readonly impacted: {
      readonly nodes: readonly {
        readonly element: { readonly name: string };
        readonly severity: string;
        readonly survivesByRedundancy: boolean;
        readonly collapsed: readonly unknown[] | null;
      }[];
    };
  };
}

async function ask(from: string, rest = ''): Promise<Answer['impactAnalysis']> {
  const { data, errors } = await service.ask<Answer>(
    `{ impactAnalysis(from: "urn:khung:t-${from}"${rest}) {
      totalCount facets { field buckets { key label count } }
      impacted { nodes { element { name } severity survivesByRedundancy
        collapsed { from { name } to { name } path { derivedRelationship steps { relation { kind } } } } } }
    } }`,
  );
  if (data === null || data === undefined) throw new Error(JSON.stringify(errors));
  return data.impactAnalysis;
}

const told = ({ impacted }: Answer['impactAnalysis']): string[] =>
  impacted.nodes.map(({ element, severity, survivesByRedundancy }) =>
    [element.name, severity, ...(survivesByRedundancy ? ['survives'] : [])].join(' '),
  );

describe('impact', () => {
  it('tells what survives the loss of one member of a group, and what does not survive that of what all stand on', async () => {
    expect(told(await ask('may-chu-1'))).toEqual(['dung-chung NONE survives', 'cong NONE survives']);
    expect(told(await ask('kho'))).toEqual([
      'may-chu-1 LOST',
      'may-chu-2 DEGRADED',
      'cong DEGRADED',
      'dung-chung DEGRADED',
    ]);
    expect(told(await ask('dung-chung', ', direction: DEPENDENCIES'))).toEqual([
      'may-chu-1 NONE survives',
      'may-chu-2 NONE survives',
      'kho DEGRADED',
    ]);
  });

  it('follows only what is as strong as asked for', async () => {
    expect(told(await ask('kho', ', minStrength: HARD'))).toEqual([
      'may-chu-1 LOST',
      'dung-chung NONE survives',
      'cong NONE survives',
    ]);
  });

  it('says which kinds of need it did not follow where they lead on', async () => {
    const { data } = await service.ask(
      '{ impactAnalysis(from: "urn:khung:t-may-chu-1", relationKinds: [DEPENDS_ON]) { totalCount coverage { verdict unfollowedKinds } } }',
    );
    expect(data).toEqual({
      impactAnalysis: { totalCount: 0, coverage: { verdict: 'UNKNOWN', unfollowedKinds: ['RUNS_ON'] } },
    });
  });

  it('collapses kinds, and says in ArchiMate what the steps between say together', async () => {
    const { impacted } = await ask('kho', ', collapse: [INFRASTRUCTURE], relationKinds: [RUNS_ON, DEPENDS_ON]');
    expect(impacted.nodes.map(({ element, collapsed }) => [element.name, collapsed])).toEqual([
      [
        'dung-chung',
        [
          {
            from: { name: 'kho' },
            to: { name: 'dung-chung' },
            path: {
              derivedRelationship: 'SERVING',
              steps: [{ relation: { kind: 'DEPENDS_ON' } }, { relation: { kind: 'RUNS_ON' } }],
            },
          },
        ],
      ],
      ['cong', [expect.anything(), expect.anything()]],
    ]);
    expect((await ask('kho')).impacted.nodes[0]?.collapsed).toBeNull();
  });

  it('counts the same set by every field', async () => {
    const { facets, totalCount } = await ask('kho', ', kinds: [SYSTEM]');
    expect(totalCount).toBe(2);
    expect(facets).toMatchObject([
      { field: 'kind', buckets: [{ key: 'SYSTEM', count: 2 }] },
      { field: 'owner', buckets: [{ key: 'UNKNOWN', label: 'Chưa rõ', count: 2 }] },
      { field: 'layer', buckets: [{ key: 'UNKNOWN', count: 2 }] },
      { field: 'severity', buckets: [{ key: 'DEGRADED', label: 'Suy giảm', count: 2 }] },
      {
        field: 'depth',
        buckets: [
          { key: '1', count: 1 },
          { key: '2', count: 1 },
        ],
      },
    ]);
  });
});

describe('paths', () => {
  it('lead either way, and no further than asked', async () => {
    const found = async (rest: string): Promise<string[][] | undefined> => {
      const { data } = await service.ask<{
        shortestPaths: { paths: { steps: { relation: { urn: string } }[] }[] };
      }>(`{ shortestPaths(${rest}) { paths { steps { relation { urn } } } } }`);
      return data?.shortestPaths.paths.map(({ steps }) => steps.map(({ relation }) => relation.urn.slice(-2)));
    };
    const ends = 'from: "urn:khung:t-cong", to: "urn:khung:t-kho"';
    const all = [['r6'], ['r3', 'r1', 'r4'], ['r3', 'r2', 'r5']];
    expect(await found(ends)).toEqual(all);
    expect(await found(`${ends}, maxDepth: 2`)).toEqual([['r6']]);
    expect(await found(`${ends}, relationKinds: [DEPENDS_ON]`)).toEqual([]);
    const back = 'from: "urn:khung:t-kho", to: "urn:khung:t-cong", direction: DEPENDENTS';
    expect(await found(back)).toEqual(all.map((path) => path.toReversed()));
    expect(await found(`${ends}, direction: DEPENDENTS`)).toEqual([]);
  });

  it('say what cut them off, and how far they go', async () => {
    const { data } = await service.ask(
      `{ shortestPaths(from: "urn:khung:t-cong", to: "urn:khung:t-kho", maxDepth: 2, relationKinds: [DEPENDS_ON, EXCHANGES_DATA_WITH]) {
        direction truncated truncationReason paths { steps { traversedForward } }
        coverage { verdict objectsKnown unfollowedKinds missingCount missing { field element { name } } } } }`,
    );
    const flows = ['cong', 'dung-chung'].map((name) => ({ field: 'flowsDeclaredCompleteOn', element: { name } }));
    expect(data).toEqual({
      shortestPaths: {
        direction: 'DEPENDENCIES',
        truncated: false,
        truncationReason: null,
        paths: [{ steps: [{ traversedForward: false }] }],
        coverage: {
          verdict: 'LOWER_BOUND',
          objectsKnown: 2,
          unfollowedKinds: ['RUNS_ON'],
          missingCount: 2,
          missing: flows,
        },
      },
    });
    const cut = await service.ask(
      '{ shortestPaths(from: "urn:khung:t-cong", to: "urn:khung:t-kho", maxDepth: 2) { truncated truncationReason } }',
    );
    expect(cut.data).toEqual({ shortestPaths: { truncated: true, truncationReason: 'MAX_DEPTH' } });
  });
});

describe('bad input is refused with its code and place', () => {
  const ends = 'from: "urn:khung:t-cong", to: "urn:khung:t-kho"';
  it.each([
    ['impactAnalysis(from: "urn:khung:khong-co") { totalCount }', 'NOT_FOUND', ['from']],
    ['impactAnalysis(from: "urn:khung:t-kho", maxDepth: 0) { totalCount }', 'VALIDATION', ['maxDepth']],
    [
      'impactAnalysis(from: "urn:khung:t-kho") { facets(fields: ["depth", "mau"]) { field } }',
      'VALIDATION',
      ['fields', '1'],
    ],
    [
      'impactAnalysis(from: "urn:khung:t-kho") { impacted(first: 1000000) { totalCount } }',
      'LIMIT_EXCEEDED',
      ['first'],
    ],
    [`shortestPaths(${ends}, k: 1000) { truncated }`, 'VALIDATION', ['k']],
    [`shortestPaths(${ends}, k: 0) { truncated }`, 'VALIDATION', ['k']],
    [`shortestPaths(${ends}, maxDepth: 0) { truncated }`, 'VALIDATION', ['maxDepth']],
    ['shortestPaths(from: "urn:khung:t-kho", to: "urn:khung:khong-co") { truncated }', 'NOT_FOUND', ['to']],
    ['impactAnalysis(from: "urn:khung:t-kho", relationKinds: []) { totalCount }', 'VALIDATION', ['relationKinds']],
    ['impactAnalysis(from: "urn:khung:t-kho", kinds: []) { totalCount }', 'VALIDATION', ['kinds']],
    [`shortestPaths(${ends}, relationKinds: []) { truncated }`, 'VALIDATION', ['relationKinds']],
    ['cycles(relationKinds: []) { totalCount }', 'VALIDATION', ['relationKinds']],
    ['cycles(relationKinds: [USES, OWNED_BY]) { totalCount }', 'VALIDATION', ['relationKinds', '1']],
    ['stronglyConnectedComponents(relationKinds: []) { totalCount }', 'VALIDATION', ['relationKinds']],
    [
      'impactAnalysis(from: "urn:khung:t-kho", relationKinds: [ASSOCIATED_WITH]) { totalCount }',
      'VALIDATION',
      ['relationKinds', '0'],
    ],
    [`shortestPaths(${ends}, relationKinds: [READS, REPLACES]) { truncated }`, 'VALIDATION', ['relationKinds', '1']],
  ])('%s', async (query, code, path) => {
    const { errors } = await service.ask(`{ ${query} }`, { asAdministrator: true });
    expect(errors?.[0]?.extensions).toMatchObject({ code, path });
  });

  it('an analysis that would follow nothing', async () => {
    const { data, errors } = await service.ask(
      'mutation { startGraphAnalysis(input: { kind: COMMUNITIES, relationKinds: [] }) { job { id } userErrors { code path } } }',
      { asAdministrator: true },
    );
    expect([errors, data]).toEqual([
      undefined,
      { startGraphAnalysis: { job: null, userErrors: [{ code: 'VALIDATION', path: ['relationKinds'] }] } },
    ]);
  });
});
