import { checkDocument } from '../src/review/check-command.js';
import type { CheckAnswer } from '../src/review/check-command.js';
import { startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

async function check(input: object, language: 'vi' | 'en' = 'vi'): Promise<CheckAnswer['checkProposal']> {
  const { data, errors } = await service.ask<CheckAnswer>(checkDocument(), { variables: { input }, language });
  if (data === null || data === undefined) throw new Error(JSON.stringify(errors));
  return data.checkProposal;
}

const DOCUMENTS = {
  title: 'Xây dựng phần mềm quản lý văn bản và điều hành Sở Du lịch',
  objective: 'Luân chuyển văn bản điện tử, giao việc và theo dõi xử lý trong toàn Sở',
  agency: 'urn:khung:so-du-lich',
  workType: 'BUILD',
  investmentForm: 'SYSTEM_INVESTMENT',
  components: [{ name: 'Quản lý văn bản đi, đến', description: 'Tiếp nhận, phân phối văn bản điện tử', layer: 3 }],
};
const COMPLETE = [
  { field: 'hosting', value: 'CITY_DATA_CENTRE' },
  { field: 'securityLevelProposed', value: 2 },
  { field: 'securityLevelApproved', value: 2 },
  { field: 'socMonitored', value: true },
  { field: 'sharesDataAcrossAgencies', value: true },
  { field: 'exchangeChannels', value: ['LGSP'] },
  { field: 'flowsComplete', value: true },
  { field: 'operator', value: 'urn:khung:tt-cds' },
  { field: 'leaseComparison', value: 'Đã so sánh: không có dịch vụ sẵn có phù hợp.' },
];

describe('the check of a proposal', () => {
  it('finds the system that exists, says which words matched, and advises to use it', async () => {
    const { check: found } = await check(DOCUMENTS);
    const [component] = found?.duplicates.byComponent ?? [];
    expect(component?.candidates[0]).toMatchObject({ match: { urn: 'urn:khung:hcm-qlvb' }, band: 'DUPLICATE' });
    expect(component?.advice).toBe('REUSE_AS_IS');
    expect(component?.suggestedCondition).toContain('Hệ thống quản lý văn bản và điều hành');
    expect(found?.duplicates.coverage.objectsKnown).toBeGreaterThan(100);
    expect(found?.verdict).toBe('DOES_NOT_CONFORM');
  });

  it('never binds anybody on a citation that nobody verified', async () => {
    const { check: found } = await check(DOCUMENTS);
    expect(found?.isBinding).toBe(false);
    for (const { rule } of found?.findings ?? []) expect(rule.citation.verification).toBe('UNVERIFIED');
  });

  it('gives every one of the ten rules, with a sentence in both languages', async () => {
    const { check: found } = await check(DOCUMENTS);
    expect(found?.findings.map(({ rule }) => rule.code)).toEqual([
      'R-03',
      'R-04',
      'R-05',
      'R-06',
      'R-07',
      'R-16',
      'R-19',
      'R-31',
      'R-40',
      'R-53',
    ]);
    for (const { sentenceVi, sentenceEn } of found?.findings ?? []) {
      expect(sentenceVi).not.toBe('');
      expect(sentenceEn).not.toBe(sentenceVi);
      expect(`${sentenceVi} ${sentenceEn}`).not.toMatch(/\{\w+\}/);
    }
  });

  it('asks for what is missing, and of whom', async () => {
    const { check: found } = await check(DOCUMENTS);
    const hosting = found?.findings.find(({ rule }) => rule.code === 'R-16');
    expect(hosting).toMatchObject({
      outcome: 'NEEDS_EVIDENCE',
      missingFacts: [{ askedFrom: { urn: 'urn:khung:so-du-lich' }, question: expect.stringContaining('?') }],
    });
  });

  it('lights the five criteria by what was answered', async () => {
    const lights = async (answers: object[]): Promise<string[]> => {
      const { check: found } = await check({ ...DOCUMENTS, answers });
      return (found?.selfCheck ?? []).map(({ light }) => light);
    };
    expect(await lights([])).toEqual(['GREEN', 'UNKNOWN', 'UNKNOWN', 'RED', 'UNKNOWN']);
    expect(await lights(COMPLETE)).toEqual(['GREEN', 'GREEN', 'GREEN', 'RED', 'GREEN']);
    const [, , hosting] = await lights([{ field: 'hosting', value: 'AGENCY_SERVER' }]);
    expect(hosting).toBe('RED');
    const [, , , , security] = await lights([{ field: 'securityLevelProposed', value: 3 }]);
    expect(security).toBe('YELLOW');
  });

  it('lets a proposal that reuses what is alike pass the rules on duplicates', async () => {
    const { check: before } = await check(DOCUMENTS);
    const alike = (before?.duplicates.byComponent ?? []).flatMap(({ candidates }) =>
      candidates.filter(({ band }) => band !== 'DISTINCT').map(({ match }) => match.urn),
    );
    expect(alike).toContain('urn:khung:hcm-qlvb');
    const answers = [...COMPLETE, { field: 'reuses', value: alike }];
    const { check: found } = await check({ ...DOCUMENTS, answers });
    const outcomes = new Map((found?.findings ?? []).map(({ rule, outcome }) => [rule.code, outcome]));
    expect([outcomes.get('R-05'), outcomes.get('R-06')]).toEqual(['PASS', 'PASS']);
    expect(found?.verdict).not.toBe('DOES_NOT_CONFORM');
  });

  it('tells what is hurt by what it would change', async () => {
    const operations = [{ op: 'UPDATE', urn: 'urn:khung:hcm-lgsp', path: 'layer', value: 1 }];
    const { check: found } = await check({ ...DOCUMENTS, operations });
    expect(found?.impact).toMatchObject([{ origin: { urn: 'urn:khung:hcm-lgsp' }, totalCount: 17 }]);
  });

  it('judges a decided project by the law of its day', async () => {
    const { check: decided } = await check({ ...DOCUMENTS, decidedOn: '2026-04-01' });
    const { check: draft } = await check(DOCUMENTS);
    expect(decided?.regime.name).not.toBe(draft?.regime.name);
    expect(decided?.regime.because).toContain('2026-04-01');
  });
});

describe('a check asked again later', () => {
  it('is answered on the landscape of then', async () => {
    const ask = async (asOf: object | null): Promise<unknown> => {
      const { data } = await service.ask<{ checkProposal: { check: { revision: number; duplicates: object } } }>(
        `query ($input: ProposalInput!, $asOf: AsOf) { checkProposal(input: $input, asOf: $asOf) { check {
          revision duplicates { byComponent { band candidates { match { urn } score } } }
        } } }`,
        { variables: { input: DOCUMENTS, asOf } },
      );
      return data?.checkProposal.check;
    };
    const before = (await ask(null)) as { readonly revision: number };
    const { data } = await service.ask<{ commitChangeSet: { revision: number } }>(
      `mutation { commitChangeSet(input: { reason: "Ngừng hoạt động", operations: [{ op: UPDATE,
        urn: "urn:khung:hcm-qlvb", path: "phases", value: [{ phase: "END_OF_LIFE", from: null }] }] }) { revision } }`,
      { asAdministrator: true },
    );
    const undo = data?.commitChangeSet.revision;
    expect(await ask({ revision: before.revision })).toEqual(before);
    expect(await ask(null)).not.toMatchObject({ duplicates: { byComponent: [{ band: 'DUPLICATE' }] } });
    await service.ask(
      `mutation { revertChangeSet(input: { revision: ${undo}, reason: "Nhầm" }) { revision: changeSet { revision } } }`,
      {
        asAdministrator: true,
      },
    );
    expect(await ask(null)).toMatchObject({ duplicates: { byComponent: [{ band: 'DUPLICATE' }] } });
  });
});

describe('what a proposer may not see', () => {
  beforeAll(async () => {
    const add = (urn: string, value: object): object => ({ op: 'ADD', urn, value });
    const operations = [
      add('urn:khung:an', { kind: 'AGENCY', name: 'Ẩn', visibility: 'RESTRICTED' }),
      add('urn:khung:cong-khai', { kind: 'SYSTEM', name: 'Công khai' }),
      add('urn:khung:cong-khai.an', {
        kind: 'OWNED_BY',
        source: 'urn:khung:cong-khai',
        target: 'urn:khung:an',
      }),
    ];
    const { data } = await service.ask(
      'mutation ($input: CommitChangeSetInput!) { commitChangeSet(input: $input) { userErrors { message } } }',
      { variables: { input: { reason: 'Ẩn', operations } }, asAdministrator: true },
    );
    expect(data).toEqual({ commitChangeSet: { userErrors: [] } });
  });

  it.each([
    [
      'a relation to it',
      { op: 'ADD', urn: 'urn:khung:x', value: { kind: 'RUNS_ON', source: 'urn:khung:cong-khai', target: 'TARGET' } },
    ],
    ['a change of it', { op: 'UPDATE', urn: 'TARGET', path: 'name', value: 'x' }],
    ['its removal', { op: 'REMOVE', urn: 'TARGET' }],
  ])('is refused like what does not exist: %s', async (_what, operation) => {
    const told = async (urn: string): Promise<unknown> => {
      const text = JSON.stringify(operation).replaceAll('TARGET', urn);
      const { userErrors } = await check({ ...DOCUMENTS, operations: [JSON.parse(text)] });
      return JSON.parse(JSON.stringify(userErrors).replaceAll(urn, 'URN'));
    };
    expect(await told('urn:khung:an')).toEqual(await told('urn:khung:chua-tung-co'));
  });

  it('does not keep a visible neighbour from being withdrawn', async () => {
    const { userErrors } = await check({ ...DOCUMENTS, operations: [{ op: 'REMOVE', urn: 'urn:khung:cong-khai' }] });
    expect(userErrors).toEqual([]);
  });

  it('and too little to compare is no evidence that nothing is alike', async () => {
    const { check: found } = await check({ title: 'Abc' });
    const outcomes = new Map((found?.findings ?? []).map(({ rule, outcome }) => [rule.code, outcome]));
    for (const code of ['R-04', 'R-05', 'R-06']) expect([code, outcomes.get(code)]).toEqual([code, 'NEEDS_EVIDENCE']);
  });
});

describe('a proposal that can not be read', () => {
  it.each([
    ['no title', { ...DOCUMENTS, title: ' ' }, 'VALIDATION', 'input.title'],
    ['a malformed agency', { ...DOCUMENTS, agency: 'Sở Du lịch' }, 'VALIDATION', 'input.agency'],
    ['an unknown agency', { ...DOCUMENTS, agency: 'urn:khung:so-khong-co' }, 'NOT_FOUND', 'input.agency'],
    [
      'a misspelt answer',
      { ...DOCUMENTS, answers: [{ field: 'hostin', value: 'LGSP' }] },
      'VALIDATION',
      'input.answers.0.field',
    ],
    [
      'an answer of the wrong kind',
      { ...DOCUMENTS, answers: [{ field: 'hosting', value: 'somewhere' }] },
      'VALIDATION',
      'input.answers.0.value',
    ],
    [
      'a state secret',
      { ...DOCUMENTS, answers: [{ field: 'stateSecret', value: true }] },
      'REFUSED_CONTENT',
      'input.answers.0.value',
    ],
    [
      'a change of something unknown',
      { ...DOCUMENTS, operations: [{ op: 'REMOVE', urn: 'urn:khung:khong-co' }] },
      'NOT_FOUND',
      'input.operations.0.urn',
    ],
    [
      'a change that may not be',
      { ...DOCUMENTS, operations: [{ op: 'REMOVE', urn: 'urn:khung:hcm-lgsp' }] },
      'CONFLICT',
      'input.operations.0.urn',
    ],
  ])('%s', async (_what, input, code, path) => {
    const { check: found, userErrors } = await check(input);
    expect(found).toBeNull();
    expect(userErrors.map((each) => [each.code, each.path.join('.')])).toEqual([[code, path]]);
    const english = await check(input, 'en');
    expect(english.userErrors[0]?.message).not.toBe(userErrors[0]?.message);
  });
});

describe('the check by finer rules', () => {
  const QUERY = `query ($input: ProposalInput!, $tier: Int!) { checkProposal(input: $input, tier: $tier) {
    check { verdict findings { rule { code } outcome } } userErrors { message } } }`;
  interface Answer {
    readonly checkProposal: {
      readonly check: {
        readonly verdict: string;
        readonly findings: readonly { rule: { code: string }; outcome: string }[];
      };
    };
  }
  async function byTier(input: object, tier: number): Promise<Answer['checkProposal']['check']> {
    const { data, errors } = await service.ask<Answer>(QUERY, { variables: { input, tier } });
    expect(errors).toBeUndefined();
    return data?.checkProposal.check ?? { verdict: '', findings: [] };
  }
  const codesOf = ({ findings }: Answer['checkProposal']['check']): string[] => findings.map(({ rule }) => rule.code);

  it('asks them as well where they are asked for, and them alone besides', async () => {
    const [first, second] = [await byTier(DOCUMENTS, 1), await byTier({ ...DOCUMENTS, decidedOn: '2026-10-01' }, 2)];
    expect(codesOf(first)).not.toContain('R-01');
    expect(codesOf(second)).toEqual(expect.arrayContaining([...codesOf(first), 'R-01', 'R-41']));
  });

  it('refuses a tier that is none', async () => {
    const asked =
      'query ($input: ProposalInput!) { checkProposal(input: $input, tier: 0) { check { verdict } userErrors { path } } }';
    const { data } = await service.ask<object>(asked, { variables: { input: DOCUMENTS } });
    expect(data).toEqual({ checkProposal: { check: null, userErrors: [{ path: ['tier'] }] } });
  });

  const NEW = {
    title: 'Trạm quan trắc chất lượng nước ngầm tự động',
    investmentForm: 'SYSTEM_INVESTMENT',
    workType: 'BUILD',
    answers: COMPLETE,
  };
  const component = (layer: number): object => ({ name: 'Trạm quan trắc nước ngầm', layer });

  it('says what lies outside the framework, by a component in none of its layers or by the conclusion on it', async () => {
    const concluded = [...COMPLETE, { field: 'architectureConclusion', value: 'OUTSIDE_FRAMEWORK' }];
    const verdicts = await Promise.all([
      byTier({ ...NEW, components: [component(2)] }, 1),
      byTier({ ...NEW, components: [component(2), component(0)] }, 1),
      byTier({ ...NEW, components: [component(2)], answers: concluded }, 1),
    ]);
    expect(verdicts.map(({ verdict }) => verdict === 'OUTSIDE_FRAMEWORK')).toEqual([false, true, true]);
  });
});
