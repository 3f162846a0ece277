import type { Oracle } from './oracle.js';
import { several } from './workload.js';
import type { Question, Workload } from './workload.js';

/** Most items of a page. */
const PAGE = 500;

interface Impact {
  readonly impactAnalysis: {
    readonly totalCount: number;
    readonly impacted: {
      readonly nodes: readonly { readonly depth: number; readonly element: { readonly urn: string } }[];
    };
  };
}

/** Systems that somebody needs, the same for both sides. */
function origins(oracle: Oracle, below: (bound: number) => number, count: number): string[] {
  const systems = oracle.rows.systems.filter(
    ({ urn, phase }) => urn.startsWith('urn:khung:g-s') && phase !== 'END_OF_LIFE',
  );
  const found: string[] = [];
  while (found.length < count) {
    const urn = systems[below(systems.length)]?.urn ?? '';
    if (oracle.dependents(urn, 1).length > 0) found.push(urn);
  }
  return found;
}

function impact(id: string, what: string, most: number | null, goals: Workload['goals']): Workload {
  return {
    id,
    what,
    concurrent: 4,
    goals,
    document: `query ${id}($from: URN!) {
      impactAnalysis(from: $from, direction: DEPENDENTS${most === null ? '' : `, maxDepth: ${most}`}) {
        totalCount impacted(first: ${PAGE}) { nodes { depth element { urn } } }
      }
    }`,
    questions: (oracle, random) =>
      origins(oracle, random.below, 200).map((urn) => {
        const dependents = oracle.dependents(urn, most ?? undefined);
        const nodes = dependents.slice(0, PAGE).map(([depth, each]) => ({ depth, urn: each }));
        return { variables: { from: urn }, values: [urn], expected: { totalCount: dependents.length, nodes } };
      }),
    ofService: ({ impactAnalysis: { totalCount, impacted } }: Impact) => ({
      totalCount,
      nodes: impacted.nodes.map(({ depth, element }) => ({ depth, urn: element.urn })),
    }),
    ofPeer: (answer: unknown) => answer,
  };
}

interface Paths {
  readonly shortestPaths: {
    readonly paths: readonly {
      readonly steps: readonly { readonly from: { readonly urn: string }; readonly to: { readonly urn: string } }[];
    }[];
  };
}

const W5: Workload = {
  id: 'W5',
  what: 'shortest way in which one needs another',
  concurrent: 4,
  goals: [2, 8],
  document: `query W5($from: URN!, $to: URN!) {
    shortestPaths(from: $from, to: $to, k: 1) { paths { steps { from { urn } to { urn } } } }
  }`,
  questions: (oracle, random) => {
    const targets = origins(oracle, random.below, 400).flatMap((to): Question[] => {
      const dependents = oracle.dependents(to);
      const from = dependents[random.below(dependents.length)]?.[1];
      if (from === undefined || from === to) return [];
      return [{ variables: { from, to }, values: [from, to], expected: (oracle.distance(from, to) ?? 0) + 1 }];
    });
    return several(200, (index) => targets[index % targets.length] ?? { variables: {}, values: [], expected: 0 });
  },
  ofService: ({
    shortestPaths: {
      paths: [path],
    },
  }: Paths) => [
    ...(path?.steps.map(({ from }) => from.urn) ?? []),
    ...(path?.steps.slice(-1).map(({ to }) => to.urn) ?? []),
  ],
  ofPeer: (answer: unknown) => answer,
  // There may be several shortest ways; any of them is right.
  isRight: (said, { variables, expected }, oracle) =>
    Array.isArray(said) &&
    said.length === expected &&
    said[0] === variables['from'] &&
    said.at(-1) === variables['to'] &&
    oracle.isChain(said),
};

interface Cycles {
  readonly cycles: {
    readonly nodes: readonly { readonly steps: readonly { readonly from: { readonly urn: string } }[] }[];
  };
}

const W6: Workload = {
  id: 'W6',
  what: 'all strongly connected components of more than one',
  concurrent: 1,
  goals: [20, 28],
  document: `query W6 { cycles(first: ${PAGE}) { nodes { steps { from { urn } } } } }`,
  questions: (oracle) => [{ variables: {}, values: [], expected: oracle.components().slice(0, PAGE) }],
  ofService: ({ cycles }: Cycles) =>
    cycles.nodes.map(({ steps }) => steps[0]?.from.urn ?? '').toSorted((a, b) => (a < b ? -1 : Number(a > b))),
  ofPeer: (answer: readonly string[]) => answer.slice(0, PAGE),
};

export const GRAPH_WORKLOADS: readonly Workload[] = [
  impact('W4a', 'impact: all that stand on it, with depth', null, [6, 10]),
  impact('W4b', 'impact to depth 3', 3, [2, 5]),
  W5,
  W6,
];
