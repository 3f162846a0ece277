import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import {
  buildClientSchema,
  getIntrospectionQuery,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import type { IntrospectionQuery } from 'graphql';
import { EXAMPLE_QUERIES } from '../src/web/example-queries.js';
import { startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

async function answer<T>(query: string, variables?: unknown): Promise<T> {
  const { data, errors } = await service.ask<T>(query, { variables });
  if (errors !== undefined || data === null || data === undefined) throw new Error(JSON.stringify(errors));
  return data;
}

interface Listed {
  readonly elements: {
    readonly totalCount: number;
    readonly nodes: readonly { readonly urn: string; readonly name: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}
const LIST = `query List($filter: ElementFilterInput, $search: String, $orderBy: [ElementOrderInput!], $first: Int, $after: String) {
  elements(filter: $filter, search: $search, orderBy: $orderBy, first: $first, after: $after) {
    totalCount nodes { urn name } pageInfo { hasNextPage endCursor }
  }
}`;

describe('impact of the integration platform', () => {
  interface Impact {
    readonly impactAnalysis: {
      readonly totalCount: number;
      readonly untypedCount: number;
      readonly truncated: boolean;
      readonly coverage: {
        readonly verdict: string;
        readonly missingCount: number;
        readonly missing: readonly { readonly field: string; readonly question: string | null }[];
      };
      readonly impacted: {
        readonly nodes: readonly {
          readonly depth: number;
          readonly severity: string;
          readonly element: { readonly urn: string };
          readonly explanation: {
            readonly steps: readonly {
              readonly relation: { readonly strength: string };
              readonly from: { readonly urn: string };
              readonly to: { readonly urn: string };
            }[];
          };
        }[];
      };
    };
  }
  let impact: Impact['impactAnalysis'];
  beforeAll(async () => {
    const data = await answer<Impact>(`{ impactAnalysis(from: "urn:khung:hcm-lgsp") {
      totalCount untypedCount truncated
      coverage { verdict missingCount missing(first: 500) { field question } }
      impacted(first: 500) { nodes {
        depth severity element { urn }
        explanation { steps { relation { strength } from { urn } to { urn } } }
      } }
    } }`);
    impact = data.impactAnalysis;
  });

  /** What the table of relations itself implies, by a walk of its own: urn and number of steps. */
  function impliedByTable(): Map<string, number> {
    const rows: { source: string; target: string; kind: string }[] = parse(
      readFileSync('src/reference/hcmc/relations.csv', 'utf8'),
      { columns: true, bom: true },
    );
    const needs = new Set(['DEPENDS_ON', 'USES_PLATFORM', 'RUNS_ON', 'AUTHENTICATES_WITH']);
    const depths = new Map([['hcm-lgsp', 0]]);
    for (let changed = true; changed;) {
      changed = false;
      for (const { source, target, kind } of rows) {
        const [hurt, cause] = kind === 'EXCHANGES_DATA_WITH' ? [target, source] : [source, target];
        const depth = depths.get(cause);
        if (depth === undefined || !(needs.has(kind) || kind === 'EXCHANGES_DATA_WITH')) continue;
        if ((depths.get(hurt) ?? Number.POSITIVE_INFINITY) <= depth + 1) continue;
        depths.set(hurt, depth + 1);
        changed = true;
      }
    }
    depths.delete('hcm-lgsp');
    return new Map(Array.from(depths, ([id, depth]) => [`urn:khung:${id}`, depth]));
  }

  it('is what the table of relations implies, directly and through others', () => {
    const found = new Map(impact.impacted.nodes.map(({ element, depth }) => [element.urn, depth]));
    expect(found).toEqual(impliedByTable());
    expect(impact.totalCount).toBe(17);
    expect([...found.values()].filter((depth) => depth === 1)).toHaveLength(5);
  });

  it('explains each with an unbroken path of as many steps as its depth, and is unknown where a strength is', () => {
    for (const { depth, severity, element, explanation } of impact.impacted.nodes) {
      const ends = explanation.steps.map(({ from, to }) => [from.urn, to.urn]);
      expect(ends.at(0)?.[0]).toBe('urn:khung:hcm-lgsp');
      expect(ends.at(-1)?.[1]).toBe(element.urn);
      for (const [index, [from]] of ends.entries()) if (index > 0) expect(from).toBe(ends[index - 1]?.[1]);
      expect(explanation.steps.length).toBeGreaterThanOrEqual(depth);
      const unknown = explanation.steps.some(({ relation }) => relation.strength === 'UNKNOWN');
      expect([element.urn, severity === 'UNKNOWN']).toEqual([element.urn, unknown]);
    }
  });

  it('says that it is a lower bound, and what is missing', () => {
    expect(impact.coverage.verdict).toBe('LOWER_BOUND');
    expect(impact.coverage.missing).toHaveLength(impact.coverage.missingCount);
    const fields = new Set(impact.coverage.missing.map(({ field }) => field));
    expect(fields).toEqual(new Set(['strength', 'kind', 'flowsDeclaredCompleteOn']));
    expect(impact.coverage.missing.every(({ question }) => (question ?? '') !== '')).toBe(true);
    expect(impact.untypedCount).toBeGreaterThan(0);
    expect(impact.truncated).toBe(false);
  });
});

describe('lists', () => {
  it('find what was typed with marks or without', async () => {
    const marked = await answer<Listed>(LIST, { search: 'quản lý văn bản' });
    const bare = await answer<Listed>(LIST, { search: 'quan ly van ban' });
    expect(marked.elements.nodes.map(({ urn }) => urn)).toContain('urn:khung:hcm-qlvb');
    expect(bare.elements.nodes).toEqual(marked.elements.nodes);
    expect(bare.elements.totalCount).toBe(marked.elements.totalCount);
  });

  it('filter by kind, owner, phase and layer at once', async () => {
    const filter = {
      kind: ['SYSTEM', 'PLATFORM'],
      owner: { urn: ['urn:khung:tt-cds'] },
      phase: ['ACTIVE'],
      layer: { eq: 2 },
    };
    const { elements } = await answer<Listed>(LIST, { filter });
    expect(elements.nodes.map(({ urn }) => urn)).toEqual(
      expect.arrayContaining(['urn:khung:hcm-lgsp', 'urn:khung:hcm-ban-do-so']),
    );
    expect(elements.totalCount).toBe(elements.nodes.length);
  });

  it('come in pages that together are the whole, each item once, in the order asked for', async () => {
    const orderBy = [{ field: 'NAME', direction: 'DESC' }];
    const whole = await answer<Listed>(LIST, { orderBy, first: 500 });
    const urns: string[] = [];
    let after: string | null = null;
    do {
      const page: Listed = await answer<Listed>(LIST, { orderBy, first: 97, after });
      urns.push(...page.elements.nodes.map(({ urn }) => urn));
      after = page.elements.pageInfo.hasNextPage ? page.elements.pageInfo.endCursor : null;
    } while (after !== null);
    expect(urns).toEqual(whole.elements.nodes.map(({ urn }) => urn));
    expect(urns).toHaveLength(whole.elements.totalCount);
  });

  it('refuse a page that is too large and a cursor they did not give', async () => {
    const tooLarge = await service.ask(LIST, { variables: { first: 501 } });
    expect(tooLarge.errors?.[0]?.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', path: ['first'] });
    const strange = await service.ask(LIST, { variables: { after: 'bm90LWhlcmU' }, language: 'en' });
    expect(strange.errors?.[0]).toMatchObject({
      message: expect.stringContaining('was not given by this list'),
      extensions: { code: 'VALIDATION', reason: 'CURSOR_MALFORMED' },
    });
  });

  it('read the sources of fifty elements in one statement', async () => {
    const { source } = service.database;
    const statements: string[] = [];
    const before = source.logger;
    source.logger = Object.assign(Object.create(before), { logQuery: (query: string) => statements.push(query) });
    await answer(`{ elements(filter: { kind: [SYSTEM] }, first: 50) {
      nodes { name attributes { key value source } sources { field } owner { name attributes { key source } } }
    } }`);
    source.logger = before;
    expect(statements.filter((each) => each.includes('"sources"')).length).toBeLessThanOrEqual(2);
  });
});

describe('paths and circles', () => {
  it('tell how one system needs another', async () => {
    const {
      shortestPaths: { paths },
    } = await answer<{
      shortestPaths: {
        paths: { steps: { from: { urn: string }; to: { urn: string }; relation: { kind: string } }[] }[];
      };
    }>(`{ shortestPaths(from: "urn:khung:hcm-cong-dan-so", to: "urn:khung:hcm-ttdl", k: 3) {
      paths { steps { from { urn } to { urn } relation { kind } } }
    } }`);
    expect(paths.length).toBe(2);
    for (const { steps } of paths) {
      expect(steps.at(0)?.from.urn).toBe('urn:khung:hcm-cong-dan-so');
      expect(steps.at(-1)?.to.urn).toBe('urn:khung:hcm-ttdl');
    }
    expect(paths[0]?.steps).toHaveLength(3);
  });

  it('name an element that is not there', async () => {
    const { errors } = await service.ask('{ impactAnalysis(from: "urn:khung:khong-co") { totalCount } }');
    expect(errors?.[0]).toMatchObject({
      message: 'Không có đối tượng nào mang urn urn:khung:khong-co.',
      extensions: { code: 'NOT_FOUND', path: ['from'] },
    });
  });

  it('find the circles of need', async () => {
    const { data } = await service.ask<{
      cycles: { totalCount: number; nodes: { steps: { from: { urn: string }; to: { urn: string } }[] }[] };
    }>('{ cycles(first: 500) { totalCount nodes { steps { from { urn } to { urn } } } } }', { asAdministrator: true });
    expect(data?.cycles.nodes).toHaveLength(data?.cycles.totalCount ?? -1);
    for (const { steps } of data?.cycles.nodes ?? []) expect(steps.at(-1)?.to.urn).toBe(steps.at(0)?.from.urn);
  });
});

describe('the portfolio', () => {
  it('holds the projects of the city', async () => {
    const { projects } = await answer<{ projects: { totalCount: number; nodes: { kind: string }[] } }>(
      '{ projects(first: 500) { totalCount nodes { kind } } }',
    );
    expect(projects.totalCount).toBe(62);
    expect(new Set(projects.nodes.map(({ kind }) => kind))).toEqual(new Set(['PROJECT']));
  });
});

describe('saved queries of the explorer', () => {
  it.each(EXAMPLE_QUERIES.map((each) => [each.id, each] as const))('%s runs', async (_id, { query, variables }) => {
    const { data, errors } = await service.ask(query, { variables, asAdministrator: true });
    expect(errors).toBeUndefined();
    expect(data).not.toBeNull();
  });

  it('are at least six, each with a title in both languages', () => {
    expect(EXAMPLE_QUERIES.length).toBeGreaterThanOrEqual(6);
    for (const { titleVi, titleEn } of EXAMPLE_QUERIES) expect([titleVi, titleEn]).not.toContain('');
  });
});

describe('the schema', () => {
  it('describes every type, field, argument value and enum value', async () => {
    const schema = buildClientSchema(await answer<IntrospectionQuery>(getIntrospectionQuery()));
    const silent: string[] = [];
    for (const type of Object.values(schema.getTypeMap())) {
      if (type.name.startsWith('__')) continue;
      if ((type.description ?? '') === '') silent.push(type.name);
      const parts =
        isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)
          ? Object.values(type.getFields())
          : isEnumType(type)
            ? type.getValues()
            : [];
      for (const part of parts) {
        const place = `${type.name}.${part.name}`;
        if ((part.description ?? '') === '') silent.push(place);
        const args = 'args' in part ? part.args : [];
        for (const { name, description } of args) if ((description ?? '') === '') silent.push(`${place}(${name})`);
      }
    }
    expect(silent).toEqual([]);
  });

  it('is the committed one, and is served', async () => {
    const served = await (await fetch(`${service.url}/schema.gql`)).text();
    expect(readFileSync('schema.gql', 'utf8')).toContain(served.trim());
  });
});

describe('a caller', () => {
  it('with a wrong token is refused, never silently taken for the public', async () => {
    const response = await fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer wrong' },
      body: JSON.stringify({ query: '{ landscape { revision } }' }),
    });
    expect(response.status).toBe(403);
    const body = (await response.json()) as { errors: { extensions: { code: string } }[]; data?: unknown };
    expect(body.errors[0]?.extensions.code).toBe('FORBIDDEN');
    expect(body.data ?? null).toBeNull();
  });

  it('can not make the service look at a filter without end', async () => {
    const long = { name: { contains: 'x'.repeat(501) } };
    const many = { or: Array.from({ length: 201 }, () => ({ layer: { eq: 1 } })) };
    const deep = Array.from({ length: 30 }).reduce<object>((not) => ({ not }), {});
    for (const [filter, path] of [
      [long, ['filter', 'name', 'contains']],
      [many, ['filter']],
      [deep, ['filter', ...Array.from({ length: 10 }, () => 'not')]],
    ]) {
      const { errors } = await service.ask(LIST, { variables: { filter } });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', path });
    }
  });

  it('who sends no JSON hears that it is no JSON', async () => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${service.url}/graphql`, { method: 'POST', headers, body: '{"query":' });
    expect([response.status, await response.json()]).toMatchObject([400, { errors: [{ code: 'VALIDATION' }] }]);
  });

  it('hears of a syntax error what is wrong with the query', async () => {
    const { errors } = await service.ask('{ landscape { nothing } }');
    expect(errors?.[0]?.message).toContain('Cannot query field "nothing"');
  });
});

describe('a document of more words than anybody writes', () => {
  it('is refused before it is read whole', async () => {
    const { errors } = await service.ask(`{ landscape { ${'revision '.repeat(25_000)} } }`);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });
});
