import { startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

const urn = (id: string): string => `urn:khung:${id}`;
const add = (id: string, value: object): object => ({ op: 'ADD', urn: urn(id), value });
const join = (source: string, kind: string, target: string, more: object = {}): object =>
  add(`${source}.${kind.toLowerCase().replaceAll('_', '-')}.${target}`, {
    kind,
    source: urn(source),
    target: urn(target),
    ...more,
  });
const system = (id: string, name: string, more: object = {}): object => add(id, { kind: 'SYSTEM', name, ...more });
const ACTIVE = { phases: [{ phase: 'ACTIVE', from: '2020-01-01' }] };
const TOLD = { attestedOn: '2026-09-01', flowsDeclaredCompleteOn: '2026-09-01' };

const CITY = [
  add('so-xl', { kind: 'AGENCY', name: 'Sở Xử lý', level: 'DEPARTMENT' }),
  add('huyen-xl', { kind: 'AGENCY', name: 'UBND Huyện Xử Lý', level: 'FORMER_DISTRICT' }),
  add('cn-moi', { kind: 'TECHNOLOGY', name: 'PostgreSQL 17', attributes: { endOfSupport: '2029-11-08' } }),
  add('cn-cu', { kind: 'TECHNOLOGY', name: 'Windows Server 2008', attributes: { endOfSupport: '2020-01-14' } }),
  add('hd-xl', { kind: 'CONTRACT', name: 'Hợp đồng thuê 12', attributes: { endsOn: '2026-12-31' } }),
  add('qd-xl', { kind: 'LEGISLATION', name: 'Quyết định 12/QĐ-XL' }),
  system('xl-giu', 'Phần mềm theo dõi xe rác Alpha', { ...ACTIVE, attributes: TOLD }),
  system('xl-thieu', 'Phần mềm quan trắc tiếng ồn Beta', ACTIVE),
  system('xl-cu', 'Phần mềm chấm điểm nhà trẻ Gamma', ACTIVE),
  system('xl-het', 'Phần mềm thống kê thủy triều Delta', { phases: [{ phase: 'PHASE_OUT', from: '2026-03' }] }),
  system('xl-can', 'Phần mềm cảnh báo ngập Epsilon', ACTIVE),
  system('xl-trung-1', 'Hệ thống quản lý cây xanh đô thị', ACTIVE),
  system('xl-trung-2', 'Phần mềm quản lý cây xanh đô thị', ACTIVE),
  system('xl-moi', 'Phần mềm trông nom chim bồ câu Zeta', { phases: [{ phase: 'PLAN', from: '2025' }] }),
  system('xl-thue', 'Phần mềm kiểm kê tượng đài Eta', { ...ACTIVE, attributes: TOLD }),
  system('xl-huyen', 'Phần mềm cấp phép chợ đêm Theta', ACTIVE),
  ...['giu', 'thieu', 'cu', 'het', 'can', 'trung-1', 'trung-2', 'moi', 'thue'].map((id) =>
    join(`xl-${id}`, 'OWNED_BY', 'so-xl'),
  ),
  join('xl-huyen', 'OWNED_BY', 'huyen-xl'),
  join('xl-giu', 'RUNS_ON', 'cn-moi'),
  join('xl-thue', 'RUNS_ON', 'cn-moi'),
  join('xl-cu', 'RUNS_ON', 'cn-cu'),
  join('xl-thue', 'GOVERNED_BY', 'hd-xl'),
  join('xl-can', 'DEPENDS_ON', 'xl-het', { strength: 'HARD' }),
];
const DAY = 'asOf: { validOn: "2026-11-25" }';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await commit(CITY);
});
afterAll(() => service.close());

async function commit(operations: readonly object[]): Promise<void> {
  const { data, errors } = await service.ask<{ commitChangeSet: { userErrors: unknown[] } }>(
    `mutation Commit($input: CommitChangeSetInput!) { commitChangeSet(input: $input) { userErrors { reason path message } } }`,
    { asAdministrator: true, variables: { input: { reason: 'Kiểm thử', operations } } },
  );
  expect([errors, data?.commitChangeSet.userErrors]).toEqual([undefined, []]);
}

interface Treatment {
  readonly proposed: string;
  readonly because: string[];
  readonly dueOn: string | null;
  readonly dependentCount: number;
  readonly decided: string | null;
  readonly evidence: { sign: string; option: string | null; date: string | null; elements: { urn: string }[] }[];
  readonly coverage: {
    verdict: string;
    objectsKnown: number;
    missingCount: number;
    missing: { field: string; question: string; element: { urn: string }; askedFrom: { urn: string } | null }[];
  };
}

const FIELDS = `proposed because dueOn dependentCount decided evidence { sign option date elements { urn } }
  coverage { verdict objectsKnown missingCount missing { field question element { urn } askedFrom { urn } } }`;

async function treatmentOf(id: string, at = DAY, language: 'vi' | 'en' = 'vi'): Promise<Treatment> {
  const { data, errors } = await service.ask<{ element: { treatment: Treatment } }>(
    `{ element(urn: "${urn(id)}", ${at}) { treatment { ${FIELDS} } } }`,
    { asAdministrator: true, language },
  );
  expect(errors).toBeUndefined();
  if (data?.element.treatment === undefined) throw new Error('No treatment.');
  return data.element.treatment;
}

async function proposalOf(id: string): Promise<[string, string[]]> {
  const { proposed, evidence } = await treatmentOf(id);
  return [proposed, evidence.map(({ sign }) => sign)];
}

describe('what is proposed for a system', () => {
  it('is to keep it only where all is known that could speak against it', async () => {
    const kept = await treatmentOf('xl-giu');
    expect(kept).toMatchObject({
      proposed: 'KEEP',
      coverage: { verdict: 'LOWER_BOUND', missing: [] },
      dueOn: '2029-11-08',
    });
    expect(kept.evidence.map(({ sign }) => sign)).toEqual(['IN_USE', 'ALONE', 'SUPPORTED', 'CONFIRMED']);
    expect(kept.coverage.objectsKnown).toBeGreaterThan(100);
  });

  it('is nothing where facts are missing, which are named with whom to ask', async () => {
    const { proposed, coverage } = await treatmentOf('xl-thieu');
    expect([proposed, coverage.verdict]).toEqual(['UNDECIDED', 'UNKNOWN']);
    expect(coverage.missing.map(({ field }) => field)).toEqual([
      'technologies',
      'flowsDeclaredCompleteOn',
      'attestedOn',
    ]);
    for (const { question, element, askedFrom } of coverage.missing) {
      expect([question.endsWith('?'), element.urn, askedFrom?.urn]).toEqual([true, urn('xl-thieu'), urn('so-xl')]);
    }
  });

  it('rests on what surely speaks for an answer, whatever else is missing', async () => {
    expect(await proposalOf('xl-cu')).toEqual(['UPGRADE_EXTEND', ['SUPPORT_ENDED', 'RULE_OPEN', 'IN_USE', 'ALONE']]);
    expect(await proposalOf('xl-moi')).toEqual(['ADD_NEW', ['PLANNED', 'RULE_OPEN', 'ALONE']]);
    expect(await proposalOf('xl-thue')).toEqual([
      'UNDECIDED',
      ['CONTRACT_ENDING', 'IN_USE', 'ALONE', 'SUPPORTED', 'CONFIRMED'],
    ]);
    expect(await proposalOf('xl-huyen')).toEqual(['MERGE_REORGANISE', ['OWNER_GONE', 'RULE_OPEN', 'IN_USE', 'ALONE']]);
  });

  it('is to merge what serves the same need, on both sides', async () => {
    for (const [id, other] of [
      ['xl-trung-1', 'xl-trung-2'],
      ['xl-trung-2', 'xl-trung-1'],
    ] as const) {
      const { proposed, evidence } = await treatmentOf(id);
      expect(proposed).toBe('MERGE_REORGANISE');
      expect(evidence.find(({ sign }) => sign === 'DUPLICATED')?.elements).toContainEqual({ urn: urn(other) });
    }
  });

  it('is no more to merge what people said is no duplicate, until one of the two is another', async () => {
    const doubles = async (id: string): Promise<unknown[]> =>
      (await treatmentOf(id)).evidence.flatMap(({ sign, elements }) => (sign === 'DUPLICATED' ? elements : []));
    const decide = async (mutation: string, input: object): Promise<string> => {
      const { data, errors } = await service.ask<{ done: { case: { id: string } | null; userErrors: object[] } }>(
        mutation,
        { asAdministrator: true, variables: { input } },
      );
      expect([errors, data?.done.userErrors]).toEqual([undefined, []]);
      return data?.done.case?.id ?? '';
    };
    const opened = await decide(
      'mutation ($input: OpenDuplicateCaseInput!) { done: openDuplicateCase(input: $input) { case { id } userErrors { reason } } }',
      { subject: urn('xl-trung-1'), match: urn('xl-trung-2'), reason: 'Cùng quản lý cây xanh' },
    );
    expect(await doubles('xl-trung-2')).toContainEqual({ urn: urn('xl-trung-1') });
    await decide(
      'mutation ($input: DecideDuplicateCaseInput!) { done: decideDuplicateCase(input: $input) { case { id } userErrors { reason } } }',
      { case: opened, state: 'DISMISSED', expectedState: 'OPEN', reason: 'Hai phạm vi khác nhau' },
    );
    expect(await doubles('xl-trung-1')).not.toContainEqual({ urn: urn('xl-trung-2') });
    expect(await doubles('xl-trung-2')).not.toContainEqual({ urn: urn('xl-trung-1') });
    const renamed = (name: string): object => ({ op: 'UPDATE', urn: urn('xl-trung-2'), path: 'name', value: name });
    await commit([renamed('Hệ thống quản lý cây xanh đô thị')]);
    expect(await doubles('xl-trung-1')).toContainEqual({ urn: urn('xl-trung-2') });
    await commit([renamed('Phần mềm quản lý cây xanh đô thị')]);
  });

  it('tells who needs what shall end, in both languages', async () => {
    const ended = await treatmentOf('xl-het');
    expect(ended).toMatchObject({ proposed: 'REPLACE_RETIRE', dependentCount: 1 });
    expect(ended.evidence).toContainEqual({
      sign: 'NEEDED',
      option: null,
      date: null,
      elements: [{ urn: urn('xl-can') }],
    });
    expect(ended.because).toContain('Đang hoặc sắp được loại bỏ dần (từ: 2026-03).');
    const { because } = await treatmentOf('xl-het', DAY, 'en');
    expect(because).toContain(
      '1 need it directly: "Phần mềm cảnh báo ngập Epsilon". They have to be moved before it can end.',
    );
  });

  it('is the failure of a rule of the city, with its finding', async () => {
    await commit([
      system('xl-noi', 'Phần mềm tra cứu mộ liệt sĩ Iota', ACTIVE),
      join('xl-noi', 'OWNED_BY', 'so-xl'),
      join('xl-noi', 'EXCHANGES_DATA_WITH', 'xl-huyen', { channels: ['DIRECT_API'], status: 'IN_USE' }),
    ]);
    const { data } = await service.ask<{ element: { treatment: unknown } }>(
      `{ element(urn: "${urn('xl-noi')}") { treatment { proposed evidence { sign option finding { rule { code } outcome } } } } }`,
      { asAdministrator: true },
    );
    expect(data?.element.treatment).toMatchObject({
      proposed: 'STANDARDISE_CONNECT',
      evidence: expect.arrayContaining([
        { sign: 'RULE_FAILED', option: 'STANDARDISE_CONNECT', finding: { rule: { code: 'R-07' }, outcome: 'FAIL' } },
      ]),
    });
  });

  it('is not to keep it while a rule lacks a fact, which is named with whom to ask', async () => {
    await commit([
      system('xl-kenh', 'Phần mềm đo độ rung cầu treo Kappa', { ...ACTIVE, attributes: TOLD }),
      join('xl-kenh', 'OWNED_BY', 'so-xl'),
      join('xl-kenh', 'RUNS_ON', 'cn-moi'),
      join('xl-kenh', 'EXCHANGES_DATA_WITH', 'xl-huyen', { status: 'IN_USE' }),
    ]);
    const { data } = await service.ask<{ element: { treatment: Treatment } }>(
      `{ element(urn: "${urn('xl-kenh')}") { treatment { proposed because
        evidence { sign option finding { rule { code } outcome missingFacts { field } } }
        coverage { verdict missing { field question element { urn } askedFrom { urn } } } } } }`,
      { asAdministrator: true },
    );
    const question = 'Dữ liệu được trao đổi qua kênh nào ở kết nối này?';
    expect(data?.element.treatment).toMatchObject({
      proposed: 'UNDECIDED',
      because: expect.arrayContaining([expect.stringContaining(question)]),
      evidence: expect.arrayContaining([
        {
          sign: 'RULE_OPEN',
          option: 'UNDECIDED',
          finding: { rule: { code: 'R-07' }, outcome: 'NEEDS_EVIDENCE', missingFacts: [{ field: 'flows.channels' }] },
        },
      ]),
      coverage: {
        verdict: 'UNKNOWN',
        missing: [
          {
            field: 'flows.channels',
            question: expect.stringContaining(question),
            element: { urn: urn('xl-kenh') },
            askedFrom: { urn: urn('so-xl') },
          },
        ],
      },
    });
  });

  it('is not asked of what is not run, and not told to whoever may not read findings', async () => {
    const { data } = await service.ask(`{ element(urn: "${urn('so-xl')}") { treatment { proposed } } }`);
    expect(data).toEqual({ element: { treatment: null } });
    const refused = await service.ask(`{ element(urn: "${urn('xl-giu')}") { treatment { proposed } } }`);
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    const list = await service.ask(`{ treatments { totalCount } }`);
    expect(list.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });
});

interface List {
  readonly treatments: {
    readonly totalCount: number;
    readonly nodes: { element: { urn: string }; proposed: string; decided: string | null }[];
    readonly pageInfo: { endCursor: string; hasNextPage: boolean };
    readonly counts: { option: string; proposed: number; decided: number }[];
    readonly evidenceCoverage: { missingCount: number };
  };
}

async function list(args: string): Promise<List['treatments']> {
  const { data, errors } = await service.ask<List>(
    `{ treatments(${args}, ${DAY}) { totalCount nodes { element { urn } proposed decided } counts { option proposed decided }
      pageInfo { endCursor hasNextPage } evidenceCoverage { missingCount } } }`,
    { asAdministrator: true },
  );
  expect(errors).toBeUndefined();
  if (data === null || data === undefined) throw new Error('No list.');
  return data.treatments;
}

const AGENCY = `agency: "urn:khung:so-xl"`;
const urnsOf = ({ nodes }: List['treatments']): string[] => nodes.map(({ element }) => element.urn);

describe('what becomes of the things of an agency', () => {
  it('is one list, with counts by answer that add up', async () => {
    const whole = await list(AGENCY);
    expect(whole.totalCount).toBe(whole.nodes.length);
    expect(urnsOf(whole)).not.toContain(urn('xl-huyen'));
    for (const { option, proposed, decided } of whole.counts) {
      expect([option, proposed]).toEqual([option, whole.nodes.filter((each) => each.proposed === option).length]);
      const expected = whole.nodes.filter((each) => (each.decided ?? 'UNDECIDED') === option).length;
      expect([option, decided]).toEqual([option, expected]);
    }
    expect(whole.evidenceCoverage.missingCount).toBeGreaterThan(3);
  });

  it('can be asked by answer, and begins with what is most urgent', async () => {
    expect(urnsOf(await list(`${AGENCY}, proposed: [KEEP, ADD_NEW]`))).toEqual([urn('xl-giu'), urn('xl-moi')]);
    const urgent = await list(`${AGENCY}, orderBy: URGENCY`);
    // What has ended longest first: support, contract, later support, what is undecided before what is kept; then without a day the gravest answer first.
    const first = ['xl-cu', 'xl-thue', 'xl-kenh', 'xl-giu', 'xl-het'];
    expect(urnsOf(urgent).slice(0, 5)).toEqual(first.map(urn));
    expect(urgent.nodes.at(-1)?.proposed).toBe('UNDECIDED');
  });

  it('comes in pages that go on where they were', async () => {
    const found: string[] = [];
    for (let after = ''; ;) {
      const page = await list(`${AGENCY}, orderBy: URGENCY, first: 3${after}`);
      found.push(...urnsOf(page));
      if (!page.pageInfo.hasNextPage) break;
      after = `, after: "${page.pageInfo.endCursor}"`;
    }
    expect(found).toEqual(urnsOf(await list(`${AGENCY}, orderBy: URGENCY`)));
  });

  it.each([
    ['urn:khung:khong-co', 'URN_UNKNOWN'],
    ['urn:khung:xl-giu', 'REFERENCE_OF_WRONG_KIND'],
  ])('is refused for %s', async (agency, reason) => {
    const { errors } = await service.ask(`{ treatments(agency: "${agency}") { totalCount } }`, {
      asAdministrator: true,
    });
    expect(errors?.[0]?.extensions).toMatchObject({ reason, path: ['agency'] });
  });
});

interface Decided {
  readonly decideTreatment: {
    readonly treatment: Record<string, unknown> | null;
    readonly changeSet: { revision: number } | null;
    readonly operations: { path: string; after: unknown }[];
    readonly userErrors: { reason: string; path: string[] }[];
  };
}

async function decide(more: object, asAdministrator = true): Promise<Decided['decideTreatment']> {
  const input = {
    element: urn('xl-het'),
    option: 'REPLACE_RETIRE',
    decidedBy: urn('so-xl'),
    decidedOn: '2026-10-01',
    reason: 'Quyết định xử lý',
    ...more,
  };
  const { data, errors } = await service.ask<Decided>(
    `mutation Decide($input: DecideTreatmentInput!) { decideTreatment(input: $input) {
      treatment { decided decidedBy decidedByAgency { urn } decidedOn legalBasis { legislation { urn } article relation { urn } }
        successor { urn } withElements { urn } }
      changeSet { revision } operations { path after } userErrors { reason path } } }`,
    { asAdministrator, variables: { input } },
  );
  expect(errors).toBeUndefined();
  if (data === null || data === undefined) throw new Error('No answer.');
  return data.decideTreatment;
}

describe('what was decided', () => {
  it.each([
    ['an end that others stand in the way of', {}, 'STILL_NEEDED', ['confirmed']],
    ['a day in the future', { option: 'KEEP', decidedOn: '2199-01-01' }, 'VALUE_OUT_OF_BOUNDS', ['decidedOn']],
    ['no answer', { option: 'UNDECIDED' }, 'VALUE_NOT_ALLOWED', ['option']],
    ['a merger with nothing', { option: 'MERGE_REORGANISE', confirmed: true }, 'VALUE_MISSING', ['withElements']],
    ['what takes its own place', { confirmed: true, successor: urn('xl-het') }, 'SUCCEEDS_ITSELF', ['successor']],
    ['what nobody treats', { element: urn('so-xl') }, 'REFERENCE_OF_WRONG_KIND', ['element']],
    ['what is not there', { element: urn('khong-co') }, 'URN_UNKNOWN', ['element']],
    ['a law that is none', { option: 'KEEP', legalBasis: urn('so-xl') }, 'REFERENCE_OF_WRONG_KIND', ['legalBasis']],
  ])('is refused: %s', async (_what, more, reason, path) => {
    expect((await decide(more)).userErrors).toEqual([{ reason, path }]);
  });

  it('is nobody else’s to record', async () => {
    expect((await decide({ option: 'KEEP' }, false)).userErrors).toEqual([{ reason: 'NOT_PERMITTED', path: [] }]);
  });

  it('is tried, recorded, seen then and not before, and can be reverted', async () => {
    const decision = {
      confirmed: true,
      successor: urn('xl-giu'),
      legalBasis: urn('qd-xl'),
      legalNote: 'Điều 3',
    };
    const tried = await decide({ ...decision, dryRun: true });
    expect([tried.changeSet, tried.operations.length, tried.userErrors]).toEqual([null, 6, []]);
    const { treatment, changeSet, userErrors } = await decide(decision);
    expect(userErrors).toEqual([]);
    expect(treatment).toEqual({
      decided: 'REPLACE_RETIRE',
      decidedBy: 'Sở Xử lý',
      decidedByAgency: { urn: urn('so-xl') },
      decidedOn: '2026-10-01',
      legalBasis: { legislation: { urn: urn('qd-xl') }, article: 'Điều 3', relation: null },
      successor: { urn: urn('xl-giu') },
      withElements: [],
    });
    expect((await decide(decision)).userErrors).toEqual([{ reason: 'NOTHING_TO_DO', path: [] }]);
    const revision = changeSet?.revision ?? 0;
    expect((await treatmentOf('xl-het')).decided).toBe('REPLACE_RETIRE');
    expect((await treatmentOf('xl-het', `asOf: { revision: ${revision - 1} }`)).decided).toBeNull();
    expect(urnsOf(await list(`${AGENCY}, decided: [REPLACE_RETIRE]`))).toEqual([urn('xl-het')]);
    expect(urnsOf(await list(`${AGENCY}, decided: [UNDECIDED]`))).not.toContain(urn('xl-het'));
    expect(urnsOf(await list(`${AGENCY}, orderBy: URGENCY`)).at(-1)).toBe(urn('xl-het'));
    const { data } = await service.ask<{ revertChangeSet: { userErrors: unknown[] } }>(
      `mutation { revertChangeSet(input: { revision: ${revision}, reason: "Nhầm" }) { userErrors { message } } }`,
      { asAdministrator: true },
    );
    expect(data?.revertChangeSet.userErrors).toEqual([]);
    expect((await treatmentOf('xl-het')).decided).toBeNull();
  });

  it('gives way to a later decision whole, and is seen in a scenario', async () => {
    await decide({ confirmed: true, successor: urn('xl-giu') });
    const { treatment } = await decide({ option: 'MERGE_REORGANISE', confirmed: true, withElements: [urn('xl-can')] });
    expect(treatment).toMatchObject({ successor: null, withElements: [{ urn: urn('xl-can') }] });
    const { data } = await service.ask<{ createScenario: { scenario: { id: string }; userErrors: unknown[] } }>(
      `mutation ($input: CreateScenarioInput!) { createScenario(input: $input) { scenario { id } userErrors { message } } }`,
      {
        asAdministrator: true,
        variables: {
          input: {
            name: 'Giữ lại',
            operations: [{ op: 'UPDATE', urn: urn('xl-het'), path: 'attributes.treatmentDecision', value: 'KEEP' }],
          },
        },
      },
    );
    expect(data?.createScenario.userErrors).toEqual([]);
    const { decided } = await treatmentOf('xl-het', `scenarioId: "${data?.createScenario.scenario.id}"`);
    expect(decided).toBe('KEEP');
  });
});
