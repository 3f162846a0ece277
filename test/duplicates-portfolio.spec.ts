import { PUBLIC } from '../src/core/access/actor.js';
import { LandscapeView } from '../src/core/access/view.js';
import { LandscapeSnapshot } from '../src/core/landscape/snapshot.js';
import { PortfolioReader } from '../src/duplicates/portfolio.reader.js';
import { isUnsettled } from '../src/runtime/unsettled-answers.js';
import { openTestApplication } from './support/application.js';
import { generateLandscape } from './support/generated-landscape.js';
import { TEST_TOKEN, startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

const CLUSTERS = `query ($capability: String, $agency: ID, $first: Int, $after: String) {
  portfolioDuplicates {
    state progress revision modelVersion duplicateCount overlapCount outsideCount tooLittleCount cutCount
    duplicateClusters(capability: $capability, agency: $agency, first: $first, after: $after) {
      totalCount pageInfo { hasNextPage endCursor }
      nodes {
        id size capability { code nameVi }
        strongest { left { urn: id } right { urn: id } score band }
        members(first: 500) { totalCount nodes { element { urn: id } owner { urn: id } phase } }
      }
    }
    coverage { verdict objectsKnown missingCount attestedOn }
  }
}`;

const SIMILAR = `query ($agency: ID!, $first: Int) {
  portfolioSimilarity(agency: $agency) {
    state progress agency { urn: id } declaredCompleteOn
    agencies(first: $first) {
      totalCount
      nodes {
        agency { urn: id } similarity duplicatePairs overlapPairs declaredCompleteOn
        sharedCapabilities { capability { code nameVi } own theirs }
      }
    }
    coverage { verdict objectsKnown missingCount }
  }
}`;

const OVERLAP = `query ($agencies: [ID!]!) {
  capabilityOverlap(agencies: $agencies) {
    agencies { urn: id }
    capabilities(first: 100) {
      totalCount
      nodes { capability { code } agencies { agency { urn: id } count elements { totalCount nodes { urn: id } } } }
    }
    coverage { verdict objectsKnown missingCount missing { element { urn: id } } }
  }
}`;

const [HEALTH, JUSTICE] = ['urn:khung:co-quan-a', 'urn:khung:co-quan-b'];
const SYSTEMS = [
  ['thu-a', 'Hệ thống thư điện tử công vụ kiểm thử', HEALTH, 'PUBLIC'],
  ['thu-b', 'Phần mềm thư điện tử công vụ kiểm thử', JUSTICE, 'PUBLIC'],
  ['thu-mat', 'Dịch vụ thư điện tử công vụ kiểm thử', JUSTICE, 'RESTRICTED'],
  ['vuon-a', 'Vườn thực vật ba chiều quý hiếm', HEALTH, 'PUBLIC'],
  ['vuon-b', 'Vườn thực vật ba chiều quý hiếm', JUSTICE, 'RESTRICTED'],
] as const;

interface Cluster {
  readonly id: string;
  readonly size: number;
  readonly capability: { readonly code: string; readonly nameVi: string } | null;
  readonly members: { readonly totalCount: number; readonly nodes: readonly { element: { urn: string } }[] };
}
interface Portfolio {
  readonly portfolioDuplicates: {
    readonly state: string;
    readonly progress: number;
    readonly duplicateCount: number;
    readonly outsideCount: number;
    readonly duplicateClusters: {
      readonly totalCount: number;
      readonly nodes: readonly Cluster[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    };
    readonly coverage: { readonly verdict: string; readonly objectsKnown: number };
  };
}
interface Similarity {
  readonly portfolioSimilarity: {
    readonly state: string;
    readonly agencies: {
      readonly nodes: readonly {
        readonly agency: { readonly urn: string };
        readonly similarity: number;
        readonly duplicatePairs: number;
        readonly sharedCapabilities: readonly object[];
      }[];
    };
  };
}

describe('all that is registered, compared with itself', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService();
    const operations = [
      ...[HEALTH, JUSTICE].map((urn) => ({ op: 'ADD', urn, value: { kind: 'AGENCY', name: `Sở ${urn.slice(-1)}` } })),
      ...SYSTEMS.flatMap(([id, name, owner, visibility]) => {
        const urn = `urn:khung:${id}`;
        return [
          { op: 'ADD', urn, value: { kind: 'SYSTEM', name, visibility } },
          { op: 'ADD', urn: `${urn}.chu`, value: { kind: 'OWNED_BY', source: urn, target: owner } },
        ];
      }),
    ];
    const answer = await service.askAs<{ commitChangeSet: { userErrors: readonly object[] } }>(
      TEST_TOKEN,
      'mutation ($input: CommitChangeSetInput!) { commitChangeSet(input: $input) { userErrors { message } } }',
      { input: { reason: 'Kiểm thử', operations } },
    );
    expect(answer.commitChangeSet.userErrors).toEqual([]);
  });
  afterAll(() => service.close());

  async function clusters(
    variables: object = {},
    token: string | null = null,
  ): Promise<Portfolio['portfolioDuplicates']> {
    return (await service.askAs<Portfolio>(token, CLUSTERS, variables)).portfolioDuplicates;
  }

  function urnsOf({ members }: Cluster): string[] {
    return members.nodes.map(({ element }) => element.urn);
  }

  it('makes clusters by capability, told with how far it is and among how many was compared', async () => {
    const found = await clusters({ first: 100 });
    expect(found).toMatchObject({ state: 'SUCCEEDED', progress: 1, coverage: { verdict: 'LOWER_BOUND' } });
    expect(found.coverage.objectsKnown).toBeGreaterThan(100);
    const { nodes, totalCount } = found.duplicateClusters;
    expect(nodes.length).toBe(totalCount);
    const sizes = nodes.map(({ size }) => size);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    for (const each of nodes) expect([each.size, each.members.totalCount]).toEqual([urnsOf(each).length, each.size]);
    const mail = nodes.find((each) => each.capability?.code === 'EMAIL' && urnsOf(each).includes('urn:khung:thu-a'));
    expect(mail && urnsOf(mail)).toContain('urn:khung:thu-b');
    expect(mail?.capability?.nameVi).toBe('Thư điện tử công vụ');
  });

  it('shows nobody what he may not see', async () => {
    const open = await clusters({ agency: JUSTICE, first: 100 });
    expect(JSON.stringify(open)).not.toMatch(/thu-mat|vuon/);
    const all = await clusters({ agency: JUSTICE, first: 100 }, TEST_TOKEN);
    expect(all.duplicateClusters.nodes.some((each) => each.capability === null && urnsOf(each).length === 2)).toBe(
      true,
    );
    expect(JSON.stringify(all)).toMatch(/thu-mat/);
    expect(all.duplicateCount).toBeGreaterThan(open.duplicateCount);
  });

  it('is asked for by capability and agency, in pages', async () => {
    const all = (await clusters({ first: 100 })).duplicateClusters;
    const mail = (await clusters({ capability: 'EMAIL', first: 100 })).duplicateClusters.nodes;
    expect(mail).toEqual(all.nodes.filter(({ capability }) => capability?.code === 'EMAIL'));
    const first = (await clusters({ first: 1 })).duplicateClusters;
    const next = (await clusters({ first: 1, after: first.pageInfo.endCursor })).duplicateClusters;
    expect([...first.nodes, ...next.nodes]).toEqual(all.nodes.slice(0, 2));
    const unknown = await service.ask(CLUSTERS, { variables: { capability: 'NO_SUCH' } });
    expect(unknown.errors?.[0]?.extensions['code']).toBeDefined();
    expect(unknown.errors?.[0]?.message).toContain('reading.capabilities.capability.code');
    expect((await service.ask(CLUSTERS, { variables: { agency: 'urn:khung:thu-a' } })).errors).toBeDefined();
  });

  it('tells which agencies are like one, best first', async () => {
    const { portfolioSimilarity: found } = await service.askAs<Similarity>(null, SIMILAR, {
      agency: HEALTH,
      first: 100,
    });
    expect(found.state).toBe('SUCCEEDED');
    const order = found.agencies.nodes.map(({ similarity }) => similarity);
    expect(order).toEqual(order.toSorted((a, b) => b - a));
    expect(found.agencies.nodes[0]).toMatchObject({
      agency: { urn: JUSTICE },
      similarity: 1,
      duplicatePairs: 1,
      declaredCompleteOn: null,
      sharedCapabilities: [{ capability: { code: 'EMAIL', nameVi: 'Thư điện tử công vụ' }, own: 1, theirs: 1 }],
    });
    const all = await service.askAs<Similarity>(TEST_TOKEN, SIMILAR, { agency: HEALTH, first: 100 });
    const justice = all.portfolioSimilarity.agencies.nodes.find(({ agency }) => agency.urn === JUSTICE);
    expect(justice?.duplicatePairs).toBe(3);
  });

  it('tells what several agencies serve, by what, and who has yet to declare his list complete', async () => {
    expect(await service.askAs(null, OVERLAP, { agencies: [HEALTH, JUSTICE, HEALTH] })).toEqual({
      capabilityOverlap: {
        agencies: [{ urn: HEALTH }, { urn: JUSTICE }],
        capabilities: {
          totalCount: 1,
          nodes: [
            {
              capability: { code: 'EMAIL' },
              agencies: [
                { agency: { urn: HEALTH }, count: 1, elements: { totalCount: 1, nodes: [{ urn: 'urn:khung:thu-a' }] } },
                {
                  agency: { urn: JUSTICE },
                  count: 1,
                  elements: { totalCount: 1, nodes: [{ urn: 'urn:khung:thu-b' }] },
                },
              ],
            },
          ],
        },
        coverage: {
          verdict: 'LOWER_BOUND',
          objectsKnown: 3,
          missingCount: 2,
          missing: [{ element: { urn: HEALTH } }, { element: { urn: JUSTICE } }],
        },
      },
    });
  });

  it('says which of several agencies is none', async () => {
    const { errors } = await service.ask(OVERLAP, { variables: { agencies: [HEALTH, 'urn:khung:thu-a'] } });
    expect(errors?.[0]?.extensions['path']).toEqual(['agencies', '1']);
  });

  it.each([[[HEALTH]], [[HEALTH, HEALTH]], [Array.from({ length: 11 }, (_, at) => `urn:khung:x${at}`)]])(
    'is asked about two to ten agencies: %s',
    async (agencies) => {
      const { errors } = await service.ask(OVERLAP, { variables: { agencies } });
      expect(errors?.[0]?.message).toMatch(/2.*10/);
    },
  );
});

describe('the work of comparing a view with itself', () => {
  const { elements, relations } = generateLandscape({ systems: 1500, seed: 7 });
  const context = () => ({ actor: PUBLIC, language: 'VI' as const });

  it('is done once for all who ask, and says how far it is meanwhile', async () => {
    const application = await openTestApplication([]);
    const reader = application.part(PortfolioReader);
    const landscape = LandscapeView.of(LandscapeSnapshot.of(elements, relations), PUBLIC);
    const [early, other] = [context(), context()];
    const [one, two] = await Promise.all([
      reader.find(landscape, early, {}, 0),
      reader.find(landscape, other, {}, 60_000),
    ]);
    expect([one.state, one.portfolio]).toEqual(['RUNNING', undefined]);
    expect(one.progress).toBeLessThan(1);
    expect([two.state, two.progress]).toEqual(['SUCCEEDED', 1]);
    expect([isUnsettled(early), isUnsettled(other)]).toEqual([true, false]);
    const again = await reader.find(landscape, context(), {}, 0);
    expect(again.portfolio).toBe(two.portfolio);
    expect(again.portfolio?.pairs.duplicates).toBeGreaterThan(10);
    await application.close();
  });

  it('lets others have their turn, takes no more views than a few at once, and ends with the service', async () => {
    const application = await openTestApplication([]);
    const reader = application.part(PortfolioReader);
    const views = Array.from({ length: 5 }, () => LandscapeView.of(LandscapeSnapshot.of(elements, relations), PUBLIC));
    const last = views.pop();
    const past = { asOf: { revision: 1 } };
    const asked = [past, past, past, {}];
    const running = await Promise.all(views.map((view, at) => reader.find(view, context(), asked[at] ?? {}, 0)));
    expect(running.map(({ state }) => state)).toEqual(['RUNNING', 'RUNNING', 'RUNNING', 'RUNNING']);
    if (last === undefined) throw new Error('There are five.');
    await expect(reader.find(last, context(), {}, 0)).rejects.toThrow('BUSY');
    const waiting = Promise.allSettled(views.map((view) => reader.find(view, context(), {}, 60_000)));
    await application.close();
    const ends = (await waiting).map((each) => each.status);
    expect(ends).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
  });

  it('keeps a place for what is known and valid now', async () => {
    const application = await openTestApplication([]);
    const reader = application.part(PortfolioReader);
    const others = [{ asOf: { revision: 1 } }, { asOf: { validOn: '2026-01-01' } }, { scenarioId: '1' }, {}];
    const asked = others.map((each) => {
      return { each, view: LandscapeView.of(LandscapeSnapshot.of(elements, relations), PUBLIC) };
    });
    const [first, second, third, now] = asked.map(({ each, view }) => (): Promise<unknown> => {
      return reader.find(view, context(), each, 0);
    });
    await Promise.all([first?.(), second?.(), third?.()]);
    const fourth = LandscapeView.of(LandscapeSnapshot.of(elements, relations), PUBLIC);
    await expect(reader.find(fourth, context(), { asOf: { revision: 2 } }, 0)).rejects.toThrow('BUSY');
    expect(await now?.()).toMatchObject({ state: 'RUNNING' });
    await application.close();
  });
});
