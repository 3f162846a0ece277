import { startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

interface Refusal {
  readonly code: string;
  readonly reason: string;
  readonly message: string;
}

/** What is said against a relation, and the revision before and after. */
async function refusals(
  kind: string,
  [source, target]: readonly [string, string],
  language: 'vi' | 'en',
): Promise<{ readonly errors: readonly Refusal[]; readonly revisions: readonly unknown[] }> {
  const revision = async (): Promise<unknown> =>
    (await service.ask<{ landscape: { revision: number } }>('{ landscape { revision } }')).data?.landscape.revision;
  const before = await revision();
  const operation = { op: 'ADD', urn: 'urn:khung:quan-he', value: { kind, source, target } };
  const { data } = await service.ask<{ commitChangeSet: { revision: number | null; userErrors: Refusal[] } }>(
    `mutation Commit($input: CommitChangeSetInput!) {
      commitChangeSet(input: $input) { revision userErrors { code reason message } }
    }`,
    {
      asAdministrator: true,
      language,
      variables: { input: { reason: 'Kiểm thử', operations: [operation] } },
    },
  );
  return { errors: data?.commitChangeSet.userErrors ?? [], revisions: [before, await revision()] };
}

describe('an illegal relation', () => {
  const [documents, bus, office] = ['urn:khung:hcm-qlvb', 'urn:khung:hcm-lgsp', 'urn:khung:so-khcn'] as const;

  it('is refused with the list of legal ones, and nothing is written', async () => {
    const { errors, revisions } = await refusals('OWNED_BY', [documents, bus], 'en');
    expect(errors).toEqual([
      {
        code: 'ILLEGAL_RELATION',
        reason: 'RELATION_ILLEGAL',
        message:
          'OWNED_BY may not lead from SYSTEM to PLATFORM. Legal here: DEPENDS_ON, USES_PLATFORM, RUNS_ON, ' +
          'AUTHENTICATES_WITH, EXCHANGES_DATA_WITH, PART_OF, REPLACES, ASSOCIATED_WITH.',
      },
    ]);
    expect(revisions[1]).toBe(revisions[0]);
    expect(revisions[0]).toEqual(expect.any(Number));
  });

  it('that might be the other way round is told so, in both languages', async () => {
    const english = await refusals('OWNED_BY', [office, documents], 'en');
    expect(english.errors).toEqual([
      {
        code: 'ILLEGAL_RELATION',
        reason: 'RELATION_BACKWARDS',
        message:
          'OWNED_BY may not lead from AGENCY to SYSTEM, only the other way round, from SYSTEM to AGENCY. ' +
          'Legal this way: ASSOCIATED_WITH, USES.',
      },
    ]);
    const vietnamese = await refusals('OWNED_BY', [office, documents], 'vi');
    expect(vietnamese.errors[0]?.message).toMatch(
      /^Không được nối AGENCY với SYSTEM bằng OWNED_BY, chỉ được nối ngược/,
    );
    expect(vietnamese.revisions[1]).toBe(english.revisions[0]);
  });
});

describe('the legal relations of two kinds of element', () => {
  const QUERY = `query Legal($source: ElementKind!, $target: ElementKind!) {
    legalRelations(sourceKind: $source, targetKind: $target) { kind archimateRelationship archimateDirection }
  }`;

  it('are told with what they are in ArchiMate', async () => {
    const { data } = await service.ask(QUERY, { variables: { source: 'SYSTEM', target: 'DIGITAL_SERVICE' } });
    const said = (kind: string, archimateRelationship: string, archimateDirection: string): object => ({
      kind,
      archimateRelationship,
      archimateDirection,
    });
    expect(data).toEqual({
      legalRelations: [
        said('DEPENDS_ON', 'SERVING', 'REVERSED'),
        said('AUTHENTICATES_WITH', 'SERVING', 'REVERSED'),
        said('EXCHANGES_DATA_WITH', 'FLOW', 'SAME'),
        said('PART_OF', 'ASSOCIATION', 'SAME'),
        said('REALIZES', 'REALIZATION', 'SAME'),
        said('PROVIDES', 'REALIZATION', 'SAME'),
        said('REPLACES', 'ASSOCIATION', 'SAME'),
        said('ASSOCIATED_WITH', 'ASSOCIATION', 'SAME'),
      ],
    });
  });

  it('are refused for a kind that does not exist', async () => {
    const { data, errors } = await service.ask(QUERY, { variables: { source: 'SYSTEMS', target: 'AGENCY' } });
    expect(data ?? null).toBeNull();
    expect(errors).toHaveLength(1);
  });
});

describe('elements and relations', () => {
  it('say what they are in ArchiMate', async () => {
    const { data } = await service.ask(`{
      platform: element(urn: "urn:khung:hcm-lgsp") { archimateType }
      cloud: element(urn: "urn:khung:qg-cloud-ndc") { archimateType }
      documents: element(urn: "urn:khung:hcm-qlvb") {
        archimateType
        relations(filter: { kind: [USES_PLATFORM] }) {
          nodes { archimateRelationship archimateDirection target { urn archimateType } }
        }
      }
    }`);
    const serving = (urn: string): object => ({
      archimateRelationship: 'SERVING',
      archimateDirection: 'REVERSED',
      target: { urn, archimateType: 'ApplicationComponent' },
    });
    expect(data).toMatchObject({
      platform: { archimateType: 'ApplicationComponent' },
      cloud: { archimateType: 'SystemSoftware' },
      documents: {
        archimateType: 'ApplicationComponent',
        relations: {
          nodes: expect.arrayContaining([serving('urn:khung:hcm-lgsp'), serving('urn:khung:qg-truc-vb')]),
        },
      },
    });
  });
});

describe('a path', () => {
  it('says what it derives between its ends, and how surely', async () => {
    const { data } = await service.ask<{
      shortestPaths: {
        paths: readonly { readonly derivedRelationship: string | null; readonly derivation: unknown }[];
      };
    }>(`{ shortestPaths(from: "urn:khung:hcm-qlvb", to: "urn:khung:qg-ndxp", k: 1) {
      paths { steps { relation { kind } } derivedRelationship derivation { relationship direction isCertain } }
    } }`);
    expect(data?.shortestPaths.paths).toEqual([
      {
        steps: [{ relation: { kind: 'USES_PLATFORM' } }, { relation: { kind: 'USES_PLATFORM' } }],
        derivedRelationship: 'SERVING',
        derivation: { relationship: 'SERVING', direction: 'REVERSED', isCertain: false },
      },
    ]);
  });

  it('of an impact may say something surely, perhaps, or nothing', async () => {
    const { data } = await service.ask<{
      impactAnalysis: { impacted: { nodes: { explanation: { derivation: { isCertain: boolean } | null } }[] } };
    }>(`{ impactAnalysis(from: "urn:khung:hcm-ttdl") { impacted(first: 100) { nodes {
      explanation { derivation { isCertain } }
    } } } }`);
    const derived = data?.impactAnalysis.impacted.nodes.map(({ explanation }) => explanation.derivation?.isCertain);
    expect(new Set(derived)).toEqual(new Set([true, false, undefined]));
  });
});
