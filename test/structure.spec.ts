import { startTestService } from './support/service.js';
import type { AskOptions, TestService } from './support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

async function answer<T>(query: string, options: AskOptions = { asAdministrator: true }): Promise<T> {
  const { data, errors } = await service.ask<T>(query, options);
  if (errors !== undefined || data === null || data === undefined) throw new Error(JSON.stringify(errors));
  return data;
}

interface Element {
  readonly urn: string;
  readonly kind: string;
  readonly layer: number | null;
}
const ELEMENT = 'element { urn kind layer }';
const COVERAGE =
  'revision examined totalCount coverage { verdict objectsKnown missingCount missing(first: 3) { field question } }';

interface Structure<T> {
  readonly revision: number;
  readonly examined: number;
  readonly totalCount: number;
  readonly coverage: {
    readonly verdict: string;
    readonly objectsKnown: number;
    readonly missingCount: number;
    readonly missing: readonly { readonly field: string; readonly question: string | null }[];
  };
  readonly nodes: readonly T[];
}

describe('single points of failure of the city', () => {
  interface Point {
    readonly element: Element;
    readonly reasons: readonly string[];
    readonly lost: number;
    readonly lostAtMost: number;
    readonly separated: number;
    readonly losses: {
      readonly totalCount: number;
      readonly nodes: readonly {
        readonly element: Element;
        readonly explanation: {
          readonly steps: readonly { readonly from: Element; readonly relation: { readonly strength: string } }[];
        };
      }[];
    };
  }
  const QUERY = `query ($minimum: Int!, $first: Int, $after: String) {
    singlePointsOfFailure(minimum: $minimum, first: $first, after: $after) {
      ${COVERAGE} pageInfo { endCursor hasNextPage }
      nodes {
        ${ELEMENT} reasons lost lostAtMost separated
        losses(first: 500) { totalCount nodes {
          ${ELEMENT} explanation { steps { from { urn kind layer } relation { strength } } }
        } }
      }
    }
  }`;
  type Answer = { singlePointsOfFailure: Structure<Point> & { pageInfo: { endCursor: string; hasNextPage: boolean } } };

  it('are ranked, and each is explained by HARD needs alone, as many as it says', async () => {
    const { singlePointsOfFailure: found } = await answer<Answer>(QUERY, {
      variables: { minimum: 1, first: 500 },
      asAdministrator: true,
    });
    expect(found.nodes).toHaveLength(found.totalCount);
    expect(found.totalCount).toBeGreaterThan(5);
    const lost = found.nodes.map((each) => each.lost);
    expect(lost).toEqual(lost.toSorted((a, b) => b - a));
    for (const { element, losses, ...point } of found.nodes) {
      expect(losses.totalCount).toBe(point.lost);
      expect(point.lostAtMost).toBeGreaterThanOrEqual(point.lost);
      expect(Math.max(point.lost, point.separated)).toBeGreaterThanOrEqual(1);
      for (const { explanation } of losses.nodes) {
        expect(explanation.steps[0]?.from.urn).toBe(element.urn);
        expect(explanation.steps.filter(({ relation }) => relation.strength !== 'HARD')).toEqual([]);
      }
    }
    expect(found.coverage).toMatchObject({ verdict: 'LOWER_BOUND', objectsKnown: found.examined });
    expect(found.coverage.missing.every(({ question }) => question !== null)).toBe(true);
  });

  it('agree with the impact analysis of the worst of them', async () => {
    const { singlePointsOfFailure: found } = await answer<Answer>(QUERY, {
      variables: { minimum: 1, first: 1 },
      asAdministrator: true,
    });
    const [worst] = found.nodes;
    const { impactAnalysis } = await answer<{
      impactAnalysis: { impacted: { nodes: { element: { urn: string }; severity: string }[] } };
    }>(
      `{ impactAnalysis(from: "${worst?.element.urn}") { impacted(first: 500) { nodes { element { urn } severity } } } }`,
    );
    const lost = impactAnalysis.impacted.nodes.filter(({ severity }) => severity === 'LOST');
    expect(new Set(worst?.losses.nodes.map(({ element }) => element.urn))).toEqual(
      new Set(lost.map(({ element }) => element.urn)),
    );
  });

  it('come in pages that join to the whole', async () => {
    const whole = await answer<Answer>(QUERY, { variables: { minimum: 1, first: 500 }, asAdministrator: true });
    const urns: string[] = [];
    for (let after: string | null = null; ;) {
      const page: Answer = await answer<Answer>(QUERY, {
        variables: { minimum: 1, first: 7, after },
        asAdministrator: true,
      });
      urns.push(...page.singlePointsOfFailure.nodes.map(({ element }) => element.urn));
      if (!page.singlePointsOfFailure.pageInfo.hasNextPage) break;
      after = page.singlePointsOfFailure.pageInfo.endCursor;
    }
    expect(urns).toEqual(whole.singlePointsOfFailure.nodes.map(({ element }) => element.urn));
  });

  it('are for those who may read findings, like all that searches the landscape for weak points', async () => {
    const LISTS = ['layeringViolations', 'deadEnds', 'orphans', 'cycles', 'stronglyConnectedComponents'];
    for (const field of ['singlePointsOfFailure', ...LISTS]) {
      const { errors } = await service.ask(`{ ${field} { totalCount } }`);
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'NOT_PERMITTED' });
    }
  });

  it('of less than one other are refused', async () => {
    const { errors } = await service.ask(QUERY, { variables: { minimum: 0 }, asAdministrator: true });
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'VALIDATION',
      reason: 'VALUE_OUT_OF_BOUNDS',
      path: ['minimum'],
    });
  });
});

describe('needs against the layering', () => {
  it('are told with the policy, and by it alone', async () => {
    const { layeringViolations: found } = await answer<{
      layeringViolations: Structure<{
        needsLayer: number;
        neededLayer: number;
        needs: Element;
        needed: Element;
        because: string;
        relation: { kind: string };
      }> & { policy: { code: string; confidence: string; source: string } };
    }>(`{ layeringViolations(first: 500) { ${COVERAGE} policy { code confidence source name from to }
      nodes { needsLayer neededLayer because relation { kind } needs { urn kind layer } needed { urn kind layer } } } }`);
    expect(found.policy).toMatchObject({ code: 'QD3616-4-LOP', confidence: 'UNSOURCED' });
    expect(found.nodes).toHaveLength(found.totalCount);
    for (const { needs, needsLayer, needed, neededLayer, relation } of found.nodes) {
      expect([needs.layer, needed.layer]).toEqual([needsLayer, neededLayer]);
      expect(neededLayer).toBeGreaterThan(needsLayer);
      expect(relation.kind).not.toBe('EXCHANGES_DATA_WITH');
    }
  });

  it('are not judged on a day without a policy', async () => {
    const { layeringViolations } = await answer<{ layeringViolations: Structure<unknown> & { policy: unknown } }>(
      `{ layeringViolations(asOf: { validOn: "2020-01-01" }) { ${COVERAGE} policy { code } } }`,
    );
    expect(layeringViolations).toMatchObject({
      policy: null,
      totalCount: 0,
      examined: 0,
      coverage: { verdict: 'UNKNOWN' },
    });
  });
});

describe('counts', () => {
  it('by any field describe the same list', async () => {
    interface Counted {
      readonly totalCount: number;
      readonly facets: readonly { readonly field: string; readonly buckets: readonly { readonly count: number }[] }[];
    }
    const LISTS = ['singlePointsOfFailure', 'layeringViolations', 'orphans', 'deadEnds'];
    const fields = LISTS.map(
      (list) =>
        `${list} { totalCount facets(fields: ["kind", "layer", "owner"]) { field buckets { key label count } } }`,
    );
    const counted = await answer<Record<string, Counted>>(`{ ${fields.join(' ')} }`);
    for (const list of LISTS) {
      const { totalCount, facets } = counted[list] ?? { totalCount: -1, facets: [] };
      expect(facets.map(({ field }) => field)).toEqual(['kind', 'layer', 'owner']);
      for (const { buckets } of facets) {
        expect([list, buckets.reduce((sum, { count }) => sum + count, 0)]).toEqual([list, totalCount]);
      }
    }
    const wrong = await service.ask(`{ orphans { facets(fields: ["colour"]) { field } } }`, { asAdministrator: true });
    expect(wrong.errors?.[0]?.extensions).toMatchObject({ reason: 'FIELD_UNKNOWN' });
  });
});

describe('what leads nowhere', () => {
  it('is told with what it stands on', async () => {
    const { orphans, deadEnds } = await answer<{
      orphans: Structure<{ element: Element; isOwned: boolean; isDeclared: boolean }> & { relationKinds: string[] };
      deadEnds: Structure<{ element: Element; kind: string; relations: unknown[] }>;
    }>(
      `{ orphans(first: 500) { ${COVERAGE} relationKinds nodes { ${ELEMENT} isOwned isDeclared } }
         deadEnds(first: 500) { ${COVERAGE} nodes { ${ELEMENT} kind relations { kind } isDeclared } } }`,
      { asAdministrator: true },
    );
    expect(orphans.relationKinds).not.toContain('OWNED_BY');
    expect(orphans.nodes).toHaveLength(orphans.totalCount);
    expect(deadEnds.nodes).toHaveLength(deadEnds.totalCount);
    expect(new Set(deadEnds.nodes.map(({ element, kind }) => `${kind} ${element.urn}`)).size).toBe(deadEnds.totalCount);
    // Nobody has declared anything, so what is told from silence is not known.
    expect([orphans.coverage.verdict, deadEnds.coverage.verdict]).toEqual(['UNKNOWN', 'UNKNOWN']);
    const unused = await answer<{ deadEnds: Structure<unknown> }>(`{ deadEnds(kinds: [UNUSED]) { totalCount } }`, {
      asAdministrator: true,
    });
    expect(unused.deadEnds.totalCount).toBe(deadEnds.nodes.filter(({ kind }) => kind === 'UNUSED').length);
  });
});

describe('circles of need', () => {
  it('tell all their members, as the single circles do', async () => {
    const { stronglyConnectedComponents: groups, cycles } = await answer<{
      stronglyConnectedComponents: Structure<{
        size: number;
        members: { totalCount: number; nodes: Element[] };
        cycle: { steps: { from: Element }[] };
      }>;
      cycles: Structure<{ steps: { from: Element }[] }>;
    }>(`{ stronglyConnectedComponents(first: 500) { ${COVERAGE}
            nodes { size members(first: 500) { totalCount nodes { urn kind layer } } cycle { steps { from { urn kind layer } } } } }
          cycles(first: 500) { ${COVERAGE} nodes { steps { from { urn kind layer } } } } }`);
    expect(groups.nodes.map(({ cycle }) => cycle)).toEqual(cycles.nodes);
    expect([cycles.totalCount, cycles.examined]).toEqual([groups.totalCount, groups.examined]);
    expect(cycles.coverage).toEqual(groups.coverage);
    for (const { size, members, cycle } of groups.nodes) {
      expect([members.totalCount, members.nodes.length]).toEqual([size, size]);
      const urns = members.nodes.map(({ urn }) => urn);
      expect(urns).toEqual(urns.toSorted());
      expect(cycle.steps.filter(({ from }) => !urns.includes(from.urn))).toEqual([]);
    }
  });
});
