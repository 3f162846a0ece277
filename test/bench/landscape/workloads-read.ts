import type { Oracle } from './oracle.js';
import type { SystemRow } from './rows.js';
import { several } from './workload.js';
import type { Workload } from './workload.js';

interface Named {
  readonly urn: string;
  readonly name: string;
}

interface Linked extends Named {
  readonly relations?: { readonly nodes: readonly { readonly kind: string; readonly target: Linked }[] };
}

function named({ urn, name }: Named): Named {
  return { urn, name };
}

function ownerOf(oracle: Oracle, { owner }: SystemRow): Named | null {
  return owner === null ? null : named(oracle.at(owner));
}

/** Relations that lead away, as both sides tell them: kind and other end, level by level. */
function linksOf({ relations }: Linked): unknown {
  return relations?.nodes.map(({ kind, target }) => ({
    kind,
    target: { ...named(target), ...(target.relations !== undefined && { links: linksOf(target) }) },
  }));
}

function expectedLinks(oracle: Oracle, urn: string, levels: number): unknown {
  return oracle.links(urn).map(({ kind, target }) => {
    const other = oracle.at(target);
    return {
      kind,
      target: { ...named(other), ...(levels > 1 && { links: expectedLinks(oracle, other.urn, levels - 1) }) },
    };
  });
}

function systemsOf({ rows }: Oracle): readonly SystemRow[] {
  return rows.systems.filter(({ urn }) => urn.startsWith('urn:khung:g-s'));
}

interface One {
  readonly element: Named & {
    readonly lifecycle: { readonly phase: string };
    readonly attributes: readonly { readonly key: string; readonly value: unknown }[];
    readonly owner: Named | null;
  };
}

const W1: Workload = {
  id: 'W1',
  what: 'one system by code',
  concurrent: 16,
  goals: [0.5, 2.5],
  document: `query W1($urn: URN!) {
    element(urn: $urn) { urn name lifecycle { phase } attributes { key value } owner { urn name } }
  }`,
  questions: (oracle, random) => {
    const systems = systemsOf(oracle);
    return several(500, () => {
      const system = systems[random.below(systems.length)] ?? oracle.at(1);
      const { urn, name, phase, level } = system;
      return {
        variables: { urn },
        values: [urn],
        expected: { urn, name, phase, level, owner: ownerOf(oracle, system) },
      };
    });
  },
  ofService: ({ element: { urn, name, lifecycle, attributes, owner } }: One) => ({
    urn,
    name,
    phase: lifecycle.phase,
    level: attributes.find(({ key }) => key === 'securityLevelProposed')?.value ?? null,
    owner,
  }),
  ofPeer: (answer: unknown) => answer,
};

interface List {
  readonly elements: {
    readonly totalCount: number;
    readonly nodes: readonly (Linked & { readonly lifecycle: { readonly phase: string }; readonly owner: Named })[];
  };
}

const WORDS = ['he thong', 'quan ly', 'co so du lieu', 'nen tang', 'dich vu'];

const W2: Workload = {
  id: 'W2',
  what: 'list by agency, lifecycle and text: 50 rows with agency and relations, and the count',
  concurrent: 8,
  goals: [2.5, 4],
  document: `query W2($owners: [URN!], $phase: [LifecyclePhase!], $text: String) {
    elements(
      filter: { owner: { urn: $owners }, phase: $phase, name: { contains: $text } }
      orderBy: [{ field: CODE, direction: ASC }], first: 50
    ) {
      totalCount
      nodes {
        urn name lifecycle { phase } owner { urn name }
        relations(filter: { direction: OUTGOING }, first: 5) { nodes { kind target { urn name } } }
      }
    }
  }`,
  questions: (oracle, random) => {
    const agencies = oracle.rows.systems.filter(({ urn }) => urn.startsWith('urn:khung:g-a'));
    return several(200, () => {
      const owners = Array.from({ length: 40 }, () => agencies[random.below(agencies.length)] ?? oracle.at(1));
      const [ids, urns] = [new Set(owners.map(({ id }) => id)), owners.map(({ urn }) => urn)];
      const text = random.pick(['he thong', ...WORDS]);
      const found = oracle.rows.systems
        .filter(
          ({ owner, phase, folded }) => owner !== null && ids.has(owner) && phase === 'ACTIVE' && folded.includes(text),
        )
        .toSorted((a, b) => (a.urn < b.urn ? -1 : 1));
      const nodes = found.slice(0, 50).map((system) => ({
        ...named(system),
        phase: 'ACTIVE',
        owner: ownerOf(oracle, system),
        links: expectedLinks(oracle, system.urn, 1),
      }));
      return {
        variables: { owners: urns, phase: ['ACTIVE'], text },
        values: [urns, 'ACTIVE', text],
        expected: { totalCount: found.length, nodes },
      };
    });
  },
  ofService: ({ elements: { totalCount, nodes } }: List) => ({
    totalCount,
    nodes: nodes.map(({ lifecycle, owner, ...node }) => ({
      ...named(node),
      ...lifecycle,
      owner,
      links: linksOf(node),
    })),
  }),
  ofPeer: (answer: unknown) => answer,
};

const W3: Workload = {
  id: 'W3',
  what: '50 systems, what they lead to nested three levels',
  concurrent: 4,
  goals: [2, 2.5],
  document: `query W3($urns: [URN!]) {
    elements(filter: { urn: $urns }, orderBy: [{ field: CODE, direction: ASC }], first: 50) {
      nodes {
        urn name
        relations(filter: { direction: OUTGOING }, first: 5) { nodes { kind target {
          urn name
          relations(filter: { direction: OUTGOING }, first: 5) { nodes { kind target {
            urn name
            relations(filter: { direction: OUTGOING }, first: 5) { nodes { kind target { urn name } } }
          } } }
        } } }
      }
    }
  }`,
  questions: (oracle, random) => {
    const systems = systemsOf(oracle);
    return several(60, () => {
      const urns = new Set<string>();
      while (urns.size < 50) urns.add((systems[random.below(systems.length)] ?? oracle.at(1)).urn);
      const expected = [...urns]
        .toSorted()
        .map((urn) => ({ ...named(oracle.get(urn)), links: expectedLinks(oracle, urn, 3) }));
      return { variables: { urns: [...urns] }, values: [[...urns]], expected };
    });
  },
  ofService: ({ elements: { nodes } }: { readonly elements: { readonly nodes: readonly Linked[] } }) =>
    nodes.map((node) => ({ ...named(node), links: linksOf(node) })),
  ofPeer: (answer: unknown) => answer,
};

interface Counts {
  readonly elements: { readonly countsBy: readonly { readonly keys: readonly string[]; readonly count: number }[] };
}

const KINDS = ['SYSTEM', 'PLATFORM', 'DATABASE', 'DIGITAL_SERVICE', 'INFRASTRUCTURE'];

function inOrder(counts: readonly (readonly (string | number)[])[]): string[] {
  return counts.map((each) => each.join('|')).toSorted((a, b) => (a < b ? -1 : Number(a > b)));
}

const W7: Workload = {
  id: 'W7',
  what: 'how many by agency, lifecycle and security level together',
  concurrent: 4,
  goals: [2.5, 4],
  document: `query W7($kinds: [ElementKind!]) {
    elements(filter: { kind: $kinds }, first: 0) {
      countsBy(fields: ["owner", "phase", "attributes.securityLevelProposed"]) { keys count }
    }
  }`,
  questions: (oracle) => {
    const counts = new Map<string, number>();
    for (const system of oracle.rows.systems) {
      if (!KINDS.includes(system.kind)) continue;
      const key = [ownerOf(oracle, system)?.urn ?? 'UNKNOWN', system.phase, system.level ?? 'UNKNOWN'].join('|');
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return [{ variables: { kinds: KINDS }, values: [KINDS], expected: inOrder([...counts]) }];
  },
  ofService: ({ elements }: Counts) => inOrder(elements.countsBy.map(({ keys, count }) => [...keys, count])),
  ofPeer: (answer: readonly (string | number)[][]) => inOrder(answer),
};

export const READ_WORKLOADS: readonly Workload[] = [W1, W2, W3, W7];
