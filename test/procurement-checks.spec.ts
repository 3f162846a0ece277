import { startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

const AGENCY = 'urn:khung:so-mua-sam';

interface Node {
  readonly project: { readonly urn: string };
  readonly state: string;
  readonly missing: readonly { readonly field: string; readonly askedFrom: { readonly urn: string } | null }[];
}
interface Answer {
  readonly procurementChecks: {
    readonly totalCount: number;
    readonly nodes: readonly Node[];
    readonly counts: readonly { readonly state: string; readonly count: number }[];
    readonly coverage: { readonly verdict: string; readonly objectsKnown: number; readonly missing: readonly object[] };
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
  };
}

function projectOperations(id: string, attributes: object, scheme: string | null = 'MUASAMCONG-IB'): object[] {
  const urn = `urn:khung:${id}`;
  const externalIds = scheme === null ? [] : [{ scheme, value: 'IB2600000001-00', recordType: null }];
  return [
    { op: 'ADD', urn, value: { kind: 'PROJECT', name: `Dự án ${id}`, externalIds, attributes } },
    { op: 'ADD', urn: `${urn}.chu`, value: { kind: 'OWNED_BY', source: urn, target: AGENCY } },
  ];
}

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  const operations = [
    { op: 'ADD', urn: AGENCY, value: { kind: 'AGENCY', name: 'Sở Mua sắm' } },
    ...projectOperations('ms-truoc', { architectureCheckedOn: '2026-01', tenderedOn: '2026-02-03' }),
    ...projectOperations('ms-chua-ai-noi', { tenderedOn: '2026-02-03' }),
    ...projectOperations('ms-khong', { architectureCheckedOn: null }),
    ...projectOperations('ms-sau', { architectureCheckedOn: '2026-03', tenderedOn: '2026-02-03' }),
    ...projectOperations('ms-nam', { architectureCheckedOn: '2026', tenderedOn: '2026-02-03' }),
    ...projectOperations('ms-khong-ma', { architectureCheckedOn: null }, null),
  ];
  const { data, errors } = await service.ask<{ commitChangeSet: { userErrors: object[] } }>(
    'mutation ($input: CommitChangeSetInput!) { commitChangeSet(input: $input) { userErrors { message path } } }',
    { variables: { input: { operations, reason: 'Kiểm thử' } }, asAdministrator: true },
  );
  expect([errors, data?.commitChangeSet.userErrors]).toEqual([undefined, []]);
});
afterAll(() => service.close());

const FIELDS = `totalCount counts { state count } pageInfo { endCursor hasNextPage }
  coverage { verdict objectsKnown missing { field question element { urn } askedFrom { urn } } }
  nodes { project { urn } state tenderCodes { kind value } tenderedOn checkedOn missing { field question askedFrom { urn } } }`;

async function checks(given: string): Promise<Answer['procurementChecks']> {
  const { data, errors } = await service.ask<Answer>(`{ procurementChecks${given} { ${FIELDS} } }`, {
    asAdministrator: true,
  });
  if (data === null || data === undefined) throw new Error(JSON.stringify(errors));
  return data.procurementChecks;
}

function urns({ nodes }: Answer['procurementChecks']): string[] {
  return nodes.map(({ project }) => project.urn.replace('urn:khung:', ''));
}

describe('what was procured', () => {
  it('is told of an agency, what was not checked first, with codes, dates, what is missing and whom to ask', async () => {
    const answer = await checks(`(agency: "${AGENCY}")`);
    expect(answer.nodes).toMatchObject([
      { project: { urn: 'urn:khung:ms-khong' }, state: 'NOT_CHECKED', checkedOn: null, missing: [] },
      { project: { urn: 'urn:khung:ms-sau' }, state: 'CHECKED_AFTER_TENDER' },
      {
        project: { urn: 'urn:khung:ms-nam' },
        state: 'CHECK_AND_TENDER_UNDATED',
        missing: [{ field: 'architectureCheckedOn', askedFrom: { urn: AGENCY } }],
      },
      {
        project: { urn: 'urn:khung:ms-chua-ai-noi' },
        state: 'NO_CHECK_KNOWN',
        missing: [{ field: 'architectureCheckedOn', question: expect.stringContaining('Trước khi chi tiền') }],
      },
      {
        project: { urn: 'urn:khung:ms-truoc' },
        state: 'CHECKED_BEFORE',
        checkedOn: '2026-01',
        tenderedOn: '2026-02-03',
        tenderCodes: [{ kind: 'IB', value: 'IB2600000001' }],
      },
    ]);
    expect(answer.counts.map(({ count }) => count)).toEqual([1, 1, 1, 1, 1]);
    expect(answer.coverage).toMatchObject({ verdict: 'LOWER_BOUND', objectsKnown: 5 });
    expect(answer.coverage.missing).toHaveLength(2);
  });

  it('is cut by states, while the counts stay those of the agency', async () => {
    const answer = await checks(`(agency: "${AGENCY}", states: [NOT_CHECKED, NO_CHECK_KNOWN])`);
    expect(urns(answer)).toEqual(['ms-khong', 'ms-chua-ai-noi']);
    expect(answer.counts.map(({ count }) => count)).toEqual([1, 1, 1, 1, 1]);
    expect((await checks(`(agency: "${AGENCY}", states: [])`)).totalCount).toBe(0);
  });

  it('comes in pages that go on where they were, each list with its own cursors', async () => {
    const first = await checks(`(agency: "${AGENCY}", first: 2)`);
    const { endCursor, hasNextPage } = first.pageInfo;
    expect([urns(first), hasNextPage]).toEqual([['ms-khong', 'ms-sau'], true]);
    expect(urns(await checks(`(agency: "${AGENCY}", first: 2, after: "${endCursor}")`))).toEqual([
      'ms-nam',
      'ms-chua-ai-noi',
    ]);
    await expect(checks(`(first: 2, after: "${endCursor}")`)).rejects.toThrow('CURSOR_MALFORMED');
  });

  it('is the whole city where no agency is named, and as it was at a revision', async () => {
    const [now, then] = [await checks('(first: 500)'), await checks('(first: 500, asOf: { revision: 1 })')];
    expect(now.totalCount - then.totalCount).toBe(5);
    expect(then.nodes.length).toBeGreaterThan(3);
    expect(new Set(then.nodes.map(({ state }) => state))).toEqual(new Set(['NO_CHECK_KNOWN']));
  });

  it('is refused for what is no agency, and for whoever may not read findings', async () => {
    await expect(checks('(agency: "urn:khung:khong-co")')).rejects.toThrow('URN_UNKNOWN');
    await expect(checks('(agency: "urn:khung:ms-khong")')).rejects.toThrow('REFERENCE_OF_WRONG_KIND');
    const { errors } = await service.ask('{ procurementChecks { totalCount } }');
    expect(errors?.[0]?.extensions).toMatchObject({ reason: 'NOT_PERMITTED' });
  });
});

describe('what one may not read is not asked of one', () => {
  it('so where findings are open to everybody the check, which is not, is no missing fact', async () => {
    const open = await startTestService({ KHUNG_FINDINGS_VISIBILITY: 'PUBLIC' });
    try {
      const { data } = await open.ask<Answer>(`{ procurementChecks(first: 1) { ${FIELDS} } }`);
      const [node] = data?.procurementChecks.nodes ?? [];
      expect([node?.state, node?.missing.map(({ field }) => field)]).toEqual(['NO_CHECK_KNOWN', ['tenderedOn']]);
    } finally {
      await open.close();
    }
  });
});
