import { startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

interface Committed {
  readonly revision: number | null;
  readonly userErrors: readonly { readonly code: string; readonly reason: string; readonly path: readonly string[] }[];
}

async function ask<T>(query: string, asAdministrator = true): Promise<T> {
  const { data, errors } = await service.ask<T>(query, { asAdministrator });
  if (data === null || data === undefined || errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

async function commit(...operations: readonly object[]): Promise<Committed> {
  const { data, errors } = await service.ask<{ commitChangeSet: Committed }>(
    `mutation Commit($input: CommitChangeSetInput!) {
      commitChangeSet(input: $input) { revision userErrors { code reason path } }
    }`,
    { asAdministrator: true, variables: { input: { reason: 'Kiểm thử', operations } } },
  );
  if (data === null || data === undefined) throw new Error(JSON.stringify(errors));
  return data.commitChangeSet;
}

async function committed(...operations: readonly object[]): Promise<number> {
  const { revision, userErrors } = await commit(...operations);
  expect(userErrors).toEqual([]);
  return revision ?? Number.NaN;
}

const urn = (id: string): string => `urn:khung:${id}`;
const add = (id: string, value: object): object => ({ op: 'ADD', urn: urn(id), value });
const join = (id: string, kind: string, source: string, target: string, more: object = {}): object =>
  add(id, { kind, source: urn(source), target: urn(target), ...more });
const set = (id: string, path: string, value: unknown): object => ({ op: 'UPDATE', urn: urn(id), path, value });
const drop = (id: string, path?: string): object => ({
  op: 'REMOVE',
  urn: urn(id),
  ...(path !== undefined && { path }),
});
const attribute = (id: string, more: object = {}): object =>
  add(`attribute-${id.toLowerCase()}`, {
    kind: 'ATTRIBUTE_DEFINITION',
    key: id,
    type: 'INTEGER',
    appliesTo: ['SYSTEM', 'USES'],
    nameVi: `Tên ${id}`,
    nameEn: `Name of ${id}`,
    questionVi: 'Bao nhiêu?',
    questionEn: 'How many?',
    askedFrom: 'OWNER',
    ...more,
  });

const CITY = [
  add('k-so', { kind: 'AGENCY', name: 'Sở Kiểm thử', level: 'DEPARTMENT' }),
  add('k-phuong', { kind: 'AGENCY', name: 'Phường Kiểm thử', level: 'COMMUNE' }),
  add('k-luat', { kind: 'LEGISLATION', name: 'Văn bản kiểm thử', attributes: { number: '1/KT' } }),
  add('k-he-thong', {
    kind: 'SYSTEM',
    name: 'Hệ thống kiểm thử',
    responsibilities: [
      { role: 'ACCOUNTABLE', agency: urn('k-so'), from: '2026' },
      { role: 'DATA_STEWARD', person: '17', until: '2027-06' },
    ],
    attributes: {
      securityLevelApproved: 3,
      securityApprovedBy: urn('k-so'),
      securityApprovedOn: '2026-03',
      securityDossierNumber: '12/QĐ-KT',
      basicDataSubjects: 1200,
    },
  }),
  add('k-khac', { kind: 'SYSTEM', name: 'Hệ thống khác' }),
  add('k-hop-dong', {
    kind: 'CONTRACT',
    name: 'Hợp đồng kiểm thử',
    attributes: {
      provider: 'Nhà cung cấp A',
      startsOn: '2025-01-01',
      endsOn: '2026-12-15',
      contractValueVnd: 5_000_000_000,
      dataHandover: true,
      sourceCodeHandover: false,
    },
  }),
  add('k-khong-ro', { kind: 'CONTRACT', name: 'Hợp đồng không rõ ngày' }),
  add('k-cong-nghe', {
    kind: 'TECHNOLOGY',
    name: 'Công nghệ cũ',
    attributes: { version: '9', endOfSupport: '2024-06' },
  }),
  add('k-cong-nghe-2', { kind: 'TECHNOLOGY', name: 'Công nghệ chưa rõ' }),
  add('k-du-lieu', { kind: 'DATA_OBJECT', name: 'Dữ liệu kiểm thử' }),
  add('k-du-lieu-2', { kind: 'DATA_OBJECT', name: 'Dữ liệu chưa có nơi giữ' }),
  join('k-dung', 'USES', 'k-phuong', 'k-he-thong', {
    status: 'IN_USE',
    validFrom: '2025-02',
    attributes: { localName: 'Một cửa', userCount: 25, contract: urn('k-hop-dong'), usagePhase: 'ACTIVE' },
  }),
  { ...join('k-dung-2', 'USES', 'k-so', 'k-he-thong', { attributes: { userCount: 3 } }), source: 'Công văn 9' },
  join('k-chu', 'OWNED_BY', 'k-hop-dong', 'k-so'),
  join('k-can-cu', 'GOVERNED_BY', 'k-he-thong', 'k-luat', { attributes: { article: 'Điều 5', note: 'Ghi chú' } }),
  join('k-can-cu-2', 'GOVERNED_BY', 'k-he-thong', 'k-hop-dong'),
  join('k-chay', 'RUNS_ON', 'k-he-thong', 'k-cong-nghe'),
  join('k-goc', 'MASTERS', 'k-he-thong', 'k-du-lieu', { attributes: { masterScope: 'Quận 1' } }),
  join('k-luong', 'EXCHANGES_DATA_WITH', 'k-he-thong', 'k-khac', {
    attributes: { protocol: 'REST', frequency: 'hằng ngày', dataObjects: [urn('k-du-lieu')] },
  }),
];

describe('the records of a landscape', () => {
  beforeAll(async () => {
    await committed(...CITY);
  });

  it('tell who answers for an element, on which law it rests, and how it is to be protected', async () => {
    const query = `{ element(urn: "urn:khung:k-he-thong") {
      responsibilities { role person agency { urn } from until }
      legalBasis { legislation { urn } article note relation { kind } }
      ... on System { securityLevel { proposed approved dossierNumber approvedBy { urn } approvedOn basicDataSubjects } }
    } }`;
    expect(await ask(query)).toEqual({
      element: {
        responsibilities: [
          { role: 'ACCOUNTABLE', person: null, agency: { urn: urn('k-so') }, from: '2026', until: null },
          { role: 'DATA_STEWARD', person: '17', agency: null, from: null, until: '2027-06' },
        ],
        legalBasis: [
          {
            legislation: { urn: urn('k-luat') },
            article: 'Điều 5',
            note: 'Ghi chú',
            relation: { kind: 'GOVERNED_BY' },
          },
        ],
        securityLevel: {
          proposed: null,
          approved: 3,
          dossierNumber: '12/QĐ-KT',
          approvedBy: { urn: urn('k-so') },
          approvedOn: '2026-03',
          basicDataSubjects: 1200,
        },
      },
    });
    const open = await ask(query, false);
    expect(open).toMatchObject({
      element: { securityLevel: { approved: 3, approvedOn: '2026-03', dossierNumber: null, basicDataSubjects: null } },
    });
  });

  it('tell what each agency does with a shared system, and under which contract', async () => {
    const usage = { localName: 'Một cửa', userCount: 25, phase: 'ACTIVE', status: 'IN_USE', validFrom: '2025-02' };
    const fields = 'totalCount nodes { urn localName userCount phase status validFrom }';
    const data = await ask<Record<string, object>>(`{
      system: element(urn: "urn:khung:k-he-thong") { ... on OperatedElement {
        usages(first: 1) { totalCount pageInfo { hasNextPage } nodes { agency { urn } contract { urn } relation {
          attributes { key value name } } } }
        rest: usages { nodes { agency { urn } userCount phase contract { urn } relation { attributes { source } } } }
      } }
      agency: element(urn: "urn:khung:k-phuong") { ... on Agency { uses { ${fields} } } }
      contract: element(urn: "urn:khung:k-hop-dong") { ... on Contract {
        provider startsOn endsOn value dataHandover sourceCodeHandover securityDuties usages { ${fields} }
      } }
    }`);
    expect(data['system']).toMatchObject({
      usages: {
        totalCount: 2,
        pageInfo: { hasNextPage: true },
        nodes: [{ agency: { urn: urn('k-phuong') }, contract: { urn: urn('k-hop-dong') } }],
      },
      rest: {
        nodes: [
          {},
          {
            agency: { urn: urn('k-so') },
            userCount: 3,
            phase: 'UNKNOWN',
            contract: null,
            relation: { attributes: [{ source: 'Công văn 9' }] },
          },
        ],
      },
    });
    const under = { totalCount: 1, nodes: [{ urn: urn('k-dung'), ...usage }] };
    expect(data['agency']).toEqual({ uses: under });
    expect(data['contract']).toEqual({
      provider: 'Nhà cung cấp A',
      startsOn: '2025-01-01',
      endsOn: '2026-12-15',
      value: 5_000_000_000,
      dataHandover: true,
      sourceCodeHandover: false,
      securityDuties: null,
      usages: under,
    });
  });

  it('tell what flows between two systems', async () => {
    const flows = '{ nodes { protocol frequency nationalRelationType minAvailable dataObjects { urn } } }';
    expect(
      await ask(`{ element(urn: "urn:khung:k-khac") { relations(filter: { kind: [EXCHANGES_DATA_WITH] }) ${flows} } }`),
    ).toEqual({
      element: {
        relations: {
          nodes: [
            {
              protocol: 'REST',
              frequency: 'hằng ngày',
              nationalRelationType: null,
              minAvailable: null,
              dataObjects: [{ urn: urn('k-du-lieu') }],
            },
          ],
        },
      },
    });
  });

  it('tell which contracts end soon without what was to be handed over, and of which nobody knows', async () => {
    const contracts = (args: string): string => `contractsEnding(${args}) {
      totalCount nodes { contract { urn } endsOn daysLeft notAgreed unknownDuties }
      coverage { verdict objectsKnown missing { field question element { urn } askedFrom { urn } } }
    }`;
    const data = await ask<Record<string, object>>(`{
      soon: ${contracts('within: 30, asOf: { validOn: "2026-11-25" }')}
      today: ${contracts('within: 0, asOf: { validOn: "2026-11-25" }')}
    }`);
    expect(data['soon']).toEqual({
      totalCount: 1,
      nodes: [
        {
          contract: { urn: urn('k-hop-dong') },
          endsOn: '2026-12-15',
          daysLeft: 20,
          notAgreed: ['SOURCE_CODE_HANDOVER'],
          unknownDuties: ['SECURITY'],
        },
      ],
      coverage: {
        verdict: 'LOWER_BOUND',
        objectsKnown: 2,
        missing: [
          {
            field: 'endsOn',
            question: 'Hợp đồng kết thúc ngày nào?',
            element: { urn: urn('k-khong-ro') },
            askedFrom: null,
          },
          {
            field: 'securityDuties',
            question: expect.stringContaining('an ninh mạng'),
            element: { urn: urn('k-hop-dong') },
            askedFrom: { urn: urn('k-so') },
          },
        ],
      },
    });
    expect(data['today']).toMatchObject({ totalCount: 0, coverage: { missing: [{ field: 'endsOn' }] } });
  });

  it('tell which technologies are no longer supported, and what stands on them', async () => {
    const { technologiesLosingSupport: found } = await ask<{ technologiesLosingSupport: object }>(`{
      technologiesLosingSupport(asOf: { validOn: "2026-11-25" }) {
        totalCount
        nodes { state technology { urn version endOfSupport extendedSupportUntil
          earlier: supportState(on: "2024-01-01") usedBy { totalCount nodes { urn } } } }
        coverage { objectsKnown missing { field element { urn } } }
      }
    }`);
    expect(found).toEqual({
      totalCount: 1,
      nodes: [
        {
          state: 'ENDED',
          technology: {
            urn: urn('k-cong-nghe'),
            version: '9',
            endOfSupport: '2024-06',
            extendedSupportUntil: null,
            earlier: 'SUPPORTED',
            usedBy: { totalCount: 1, nodes: [{ urn: urn('k-he-thong') }] },
          },
        },
      ],
      coverage: { objectsKnown: 2, missing: [{ field: 'endOfSupport', element: { urn: urn('k-cong-nghe-2') } }] },
    });
  });

  it('tell who holds the original of data, and of which nobody is known to', async () => {
    const data = await ask(`{
      dataObjectsByMaster { totalCount nodes { urn masterState masters { scope } } coverage { objectsKnown missingCount } }
      element(urn: "urn:khung:k-du-lieu") { ... on DataObject {
        masterState masters { holder { urn } scope status relation { urn } } } }
    }`);
    expect(data).toEqual({
      dataObjectsByMaster: {
        totalCount: 1,
        nodes: [{ urn: urn('k-du-lieu-2'), masterState: 'NONE', masters: [] }],
        coverage: { objectsKnown: 2, missingCount: 1 },
      },
      element: {
        masterState: 'BY_SCOPE',
        masters: [
          { holder: { urn: urn('k-he-thong') }, scope: 'Quận 1', status: 'UNKNOWN', relation: { urn: urn('k-goc') } },
        ],
      },
    });
  });

  it.each<[string, object, string, string]>([
    ['an impossible date', set('k-hop-dong', 'attributes.endsOn', '2026-02-30'), 'VALIDATION', 'VALUE_OF_WRONG_TYPE'],
    ['an end before the start', set('k-hop-dong', 'attributes.endsOn', '2024'), 'VALIDATION', 'END_BEFORE_START'],
    [
      'money that is not whole',
      set('k-hop-dong', 'attributes.contractValueVnd', 1.5),
      'VALIDATION',
      'VALUE_OF_WRONG_TYPE',
    ],
    [
      'a contract that is none',
      set('k-dung', 'attributes.contract', urn('k-khac')),
      'VALIDATION',
      'REFERENCE_OF_WRONG_KIND',
    ],
    ['a contract nobody knows', set('k-dung', 'attributes.contract', urn('k-nowhere')), 'NOT_FOUND', 'URN_UNKNOWN'],
    ['an attribute of another kind', set('k-dung', 'attributes.endsOn', '2027'), 'VALIDATION', 'ATTRIBUTE_UNKNOWN'],
    ['a second master', join('k-goc-2', 'MASTERS', 'k-khac', 'k-du-lieu'), 'CONFLICT', 'MASTER_TAKEN'],
    [
      'somebody responsible who is no agency',
      set('k-khac', 'responsibilities', [{ role: 'INFORMED', agency: urn('k-luat') }]),
      'VALIDATION',
      'REFERENCE_OF_WRONG_KIND',
    ],
    ['a usage by a system', join('k-dung-3', 'USES', 'k-khac', 'k-he-thong'), 'ILLEGAL_RELATION', 'RELATION_ILLEGAL'],
    ['the removal of data that are named', drop('k-du-lieu'), 'CONFLICT', 'ELEMENT_STILL_RELATED'],
  ])('refuse %s, and stay as they are', async (_name, operation, code, reason) => {
    const { landscape } = await ask<{ landscape: { revision: number } }>('{ landscape { revision } }');
    const { revision, userErrors } = await commit(operation);
    expect([revision, userErrors[0]?.code, userErrors[0]?.reason]).toEqual([null, code, reason]);
    expect(await ask('{ landscape { revision } }')).toEqual({ landscape });
  });

  it('refuse questions about days that nobody plans for', async () => {
    const { errors } = await service.ask('{ contractsEnding(within: -1) { totalCount } }');
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'VALIDATION' });
  });
});

describe('an attribute definition made at run time', () => {
  const query = (args = ''): string => `{ attributeDefinitions(first: 500${args}) {
    nodes { key urn revision type elementKinds relationKinds visibility nameVi maximum }
  } }`;
  interface Defined {
    readonly attributeDefinitions: { readonly nodes: readonly { readonly key: string; readonly urn: string | null }[] };
  }
  const keys = async (args?: string, asAdministrator = true): Promise<string[]> =>
    (await ask<Defined>(query(args), asAdministrator)).attributeDefinitions.nodes.map(({ key }) => key);

  it('stands beside those of the reference pack, is used, and is not known before its revision', async () => {
    const revision = await committed(
      attribute('soQuay', { unit: 'quầy' }),
      add('k-quay', { kind: 'SYSTEM', name: 'Hệ thống có quầy', attributes: { soQuay: 12 } }),
    );
    const { attributeDefinitions } = await ask<Defined>(query());
    expect(attributeDefinitions.nodes).toContainEqual({
      key: 'soQuay',
      urn: 'urn:khung:attribute-soquay',
      revision,
      type: 'INTEGER',
      elementKinds: ['SYSTEM'],
      relationKinds: ['USES'],
      visibility: 'PUBLIC',
      nameVi: 'Tên soQuay',
      maximum: null,
    });
    expect(attributeDefinitions.nodes.find(({ key }) => key === 'hosting')).toMatchObject({ urn: null });
    expect(await keys(`, asOf: { revision: ${revision - 1} }`)).not.toContain('soQuay');
    expect(await keys(', elementKind: AGENCY')).not.toContain('soQuay');
    expect(await ask('{ element(urn: "urn:khung:k-quay") { attributes { key name value unit } } }')).toEqual({
      element: { attributes: [{ key: 'soQuay', name: 'Tên soQuay', value: 12, unit: 'quầy' }] },
    });
  });

  it.each<[string, object, string, string]>([
    ['a key of the reference pack', attribute('hosting'), 'CONFLICT', 'ATTRIBUTE_KEY_TAKEN'],
    ['a bound that a value passes', set('attribute-soquay', 'maximum', 10), 'CONFLICT', 'ATTRIBUTE_VALUES_BROKEN'],
    ['another type while there are values', set('attribute-soquay', 'type', 'STRING'), 'CONFLICT', 'ATTRIBUTE_IN_USE'],
    ['its removal while there are values', drop('attribute-soquay'), 'CONFLICT', 'ATTRIBUTE_IN_USE'],
    ['another key', set('attribute-soquay', 'key', 'soBan'), 'VALIDATION', 'FIELD_FIXED'],
    ['bounds of a text', attribute('ghiChu', { type: 'STRING', minimum: 1 }), 'VALIDATION', 'FIELD_SENSELESS'],
  ])('refuses %s, and stays as it is', async (_name, operation, code, reason) => {
    const before = await ask<Defined>(query());
    const { revision, userErrors } = await commit(operation);
    expect([revision, userErrors[0]?.code, userErrors[0]?.reason]).toEqual([null, code, reason]);
    expect(await ask<Defined>(query())).toEqual(before);
  });

  it('hides its values from those who may not read it, in every answer, from the revision that hides it on', async () => {
    const open = await committed(
      attribute('soKin'),
      { ...set('k-quay', 'attributes.soKin', 7), source: 'Công văn kín', confidence: 'HIGH' },
      join('k-dung-4', 'USES', 'k-so', 'k-quay', { attributes: { soKin: 8 } }),
    );
    const read = `{
      element(urn: "urn:khung:k-quay") {
        attributes { key } sources { field }
        ... on System { usages { nodes { relation { attributes { key } } } } }
      }
    }`;
    const filters = `{
      known: elements(filter: { attribute: { key: "soKin", isKnown: true } }) { totalCount }
      equal: elements(filter: { attribute: { key: "soKin", int: { eq: 7 } } }) { totalCount }
    }`;
    const seen = {
      element: {
        attributes: [{ key: 'soQuay' }, { key: 'soKin' }],
        sources: expect.arrayContaining([{ field: 'attributes.soKin' }]),
        usages: { nodes: [{ relation: { attributes: [{ key: 'soKin' }] } }] },
      },
    };
    const counted = { known: { totalCount: 1 }, equal: { totalCount: 1 } };
    expect([await ask(read, false), await ask(filters, false)]).toEqual([seen, counted]);

    await committed(set('attribute-sokin', 'visibility', 'GOVERNMENT'));
    expect([await ask(read), await ask(filters)]).toEqual([seen, counted]);
    expect(await ask(read, false)).toEqual({
      element: {
        attributes: [{ key: 'soQuay' }],
        sources: expect.not.arrayContaining([{ field: 'attributes.soKin' }]),
        usages: { nodes: [{ relation: { attributes: [] } }] },
      },
    });
    const { errors } = await service.ask(filters);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'VALIDATION', reason: 'FIELD_UNKNOWN' });
    expect([await keys(), await keys('', false)].map((each) => each.includes('soKin'))).toEqual([true, false]);
    const past = `{ element(urn: "urn:khung:k-quay", asOf: { revision: ${open} }) { attributes { key } sources { field } } }`;
    expect(JSON.stringify(await ask(past))).toContain('soKin');
    expect(JSON.stringify(await ask(past, false))).not.toContain('soKin');
    const difference = `{ landscapeDifference(from: { revision: ${open - 1} }) {
      elements(first: 50) { nodes { urn fields { path } } }
    } }`;
    expect(JSON.stringify(await ask(difference))).toContain('soKin');
    expect(JSON.stringify(await ask(difference, false))).not.toContain('soKin');
  });

  it('goes with its values, is given back by its urn, and what removed it can be undone', async () => {
    const removed = await committed(drop('k-quay', 'attributes.soQuay'), drop('attribute-soquay'));
    expect(await keys()).not.toContain('soQuay');
    const undo = `mutation { revertChangeSet(input: { revision: ${removed}, reason: "Gỡ nhầm" }) {
      changeSet { revision } userErrors { reason } conflicts { urn } } }`;
    expect(await ask(undo)).toEqual({
      revertChangeSet: { changeSet: { revision: removed + 1 }, userErrors: [], conflicts: [] },
    });
    expect(await keys()).toContain('soQuay');
    expect(await ask('{ element(urn: "urn:khung:k-quay") { attributes { key value } } }')).toMatchObject({
      element: { attributes: expect.arrayContaining([{ key: 'soQuay', value: 12 }]) },
    });
  });

  it('is not undone into values of another definition that has its key by now', async () => {
    await committed(attribute('soGhe'), set('k-quay', 'attributes.soGhe', 4));
    const removed = await committed(drop('k-quay', 'attributes.soGhe'));
    await committed(drop('attribute-soghe'));
    await committed(attribute('soGheKhac', { key: 'soGhe' }));
    const { landscape } = await ask<{ landscape: { revision: number } }>('{ landscape { revision } }');
    const undo = `mutation { revertChangeSet(input: { revision: ${removed}, reason: "Gỡ nhầm" }) {
      changeSet { revision } userErrors { reason } conflicts { urn path cause } } }`;
    expect(await ask(undo)).toEqual({
      revertChangeSet: {
        changeSet: null,
        userErrors: [{ reason: 'ATTRIBUTE_KEY_TAKEN' }],
        conflicts: [{ urn: 'urn:khung:k-quay', path: 'attributes.soGhe', cause: 'NOT_POSSIBLE_THERE' }],
      },
    });
    const restore = `mutation { restoreObject(input: { urn: "urn:khung:attribute-soghe", reason: "Gỡ nhầm" }) {
      userErrors { reason } } }`;
    expect(await ask(restore)).toEqual({ restoreObject: { userErrors: [{ reason: 'ATTRIBUTE_KEY_TAKEN' }] } });
    expect(await ask('{ landscape { revision } }')).toEqual({ landscape });
  });

  it('is given back alone where it was removed', async () => {
    await committed(attribute('soLe'));
    await committed(drop('attribute-sole'));
    const restore = `mutation { restoreObject(input: { urn: "urn:khung:attribute-sole", reason: "Gỡ nhầm" }) {
      userErrors { reason } operations { op urn } } }`;
    expect(await ask(restore)).toEqual({
      restoreObject: { userErrors: [], operations: [{ op: 'ADD', urn: 'urn:khung:attribute-sole' }] },
    });
    expect(await keys()).toContain('soLe');
  });
});
