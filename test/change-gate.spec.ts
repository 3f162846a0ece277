import { stripVTControlCharacters } from 'node:util';
import { daysLater } from '../src/core/landscape/calendar-day.js';
import { checkDocument, formatCheck } from '../src/review/check-command.js';
import type { CheckAnswer } from '../src/review/check-command.js';
import { todayInVietnam } from '../src/runtime/today.js';
import { TEST_TOKEN, startTestService } from './support/service.js';
import type { Asked, TestService } from './support/service.js';

const OWN = 'officer-of-own';
const urn = (id: string): string => `urn:khung:${id}`;
const add = (id: string, value: object): object => ({ op: 'ADD', urn: urn(id), value });
const update = (id: string, path: string, value: unknown): object => ({ op: 'UPDATE', urn: urn(id), path, value });
const remove = (id: string): object => ({ op: 'REMOVE', urn: urn(id) });
const owned = (id: string, by: string): object =>
  add(`${id}.chu`, { kind: 'OWNED_BY', source: urn(id), target: urn(by), status: 'IN_USE' });
const operated = (id: string, by: string): object =>
  add(`${id}.vh`, { kind: 'OPERATED_BY', source: urn(id), target: urn(by), status: 'IN_USE' });
const flow = (
  id: string,
  [source, target]: readonly [string, string],
  channels: readonly string[],
  more = {},
): object =>
  add(id, {
    kind: 'EXCHANGES_DATA_WITH',
    source: urn(source),
    target: urn(target),
    status: 'IN_USE',
    channels,
    ...more,
  });

/** All that the rules of the first tier ask of a system, as they want it. */
const RIGHT = { hosting: 'CITY_DATA_CENTRE', securityLevelProposed: 2, flowsDeclaredCompleteOn: '2026-01-01' };
const system = (id: string, by: string, attributes: object = {}, more: object = {}): object[] => [
  add(id, { kind: 'SYSTEM', name: `Phần mềm ${id}`, layer: 3, attributes: { ...RIGHT, ...attributes }, ...more }),
  owned(id, by),
  operated(id, by),
];

const CITY = [
  add('so-cg', {
    kind: 'AGENCY',
    name: 'Sở Cổng',
    level: 'DEPARTMENT',
    externalIds: [{ scheme: 'QD20-2020', value: 'H29.901' }],
  }),
  add('so-ben', {
    kind: 'AGENCY',
    name: 'Sở Bên',
    level: 'DEPARTMENT',
    externalIds: [{ scheme: 'QD20-2020', value: 'H29.902' }],
  }),
  ...system('cg-no', 'so-cg', { hosting: 'AGENCY_SERVER' }),
  ...system('cg-dung', 'so-cg'),
  ...system('ben-dung', 'so-ben'),
  // Its owner said that it would be connected late, so that a flow over the national platform is all that it conforms by.
  ...system('ben-ndc', 'so-ben', { ndcConnectedOn: '2027-05-01' }),
  ...system('truc', 'so-cg'),
  flow('ben-ndc.truc', ['ben-ndc', 'truc'], ['NDC']),
  flow('ben-ndc.dung', ['ben-ndc', 'cg-dung'], ['LGSP']),
  ...system('kin', 'so-ben', {}, { visibility: 'RESTRICTED' }),
  flow('kin.dung', ['kin', 'cg-dung'], ['LGSP']),
];

let service: TestService;
let open: TestService;
beforeAll(async () => {
  service = await startTestService({}, [{ token: OWN, kind: 'OFFICER', agency: urn('so-cg') }]);
  open = await startTestService({ KHUNG_FINDINGS_VISIBILITY: 'PUBLIC' });
  await commit(service, CITY);
  await commit(open, CITY);
});
afterAll(async () => {
  await service.close();
  await open.close();
});

async function commit(to: TestService, operations: readonly object[]): Promise<void> {
  const { commitChangeSet } = await to.askAs<{ commitChangeSet: { userErrors: object[] } }>(
    TEST_TOKEN,
    `mutation ($operations: [ChangeOperationInput!]!) {
      commitChangeSet(input: { operations: $operations, reason: "Kiểm thử" }) { userErrors { reason path } } }`,
    { operations },
  );
  expect(commitChangeSet.userErrors).toEqual([]);
}

/** A project that conforms, as far as it is asked of itself, but for one that it resembles a little. */
const PROJECT = {
  title: 'Trạm quan trắc chất lượng nước ngầm tự động',
  agency: urn('so-cg'),
  investmentForm: 'LEASE_READY_MADE',
  workType: 'UPGRADE',
  components: [{ name: 'Trạm quan trắc nước ngầm', description: 'Đo mực nước ngầm tại giếng khoan', layer: 2 }],
  answers: [
    { field: 'hosting', value: 'CITY_DATA_CENTRE' },
    { field: 'securityLevelProposed', value: 2 },
    { field: 'sharesDataAcrossAgencies', value: false },
    { field: 'operator', value: urn('so-cg') },
    { field: 'duplicateReview', value: 'DISTINCT' },
  ],
};

const CONFORMING = 'CONFORMS';

interface ChangeAnswer {
  readonly standing: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly finding: {
    readonly rule: { readonly code: string };
    readonly subject: { readonly urn: string } | null;
    readonly effectiveOutcome: string;
    readonly sentenceVi: string;
  };
}
interface Check {
  readonly verdict: string;
  readonly isBinding: boolean;
  readonly selfCheck: readonly { readonly criterion: string; readonly light: string; readonly reasonVi: string }[];
  readonly changeFindings: readonly ChangeAnswer[];
  readonly changeCount: number;
  readonly changeCoverage: { readonly judged: number; readonly truncated: boolean; readonly onlyAdded: boolean };
  readonly conditionsSuggested: readonly { readonly textVi: string }[];
}

interface Asking {
  readonly token?: string | null;
  readonly tier?: number;
  readonly to?: TestService;
}
async function check(
  operations: readonly object[],
  { token = TEST_TOKEN, tier = 1, to = service }: Asking = {},
): Promise<Check> {
  interface Told extends Omit<Check, 'changeFindings'> {
    readonly changeFindings: { readonly nodes: readonly ChangeAnswer[]; readonly totalCount: number };
  }
  const { checkProposal } = await to.askAs<{ checkProposal: { check: Told | null; userErrors: object[] } }>(
    token,
    `query ($input: ProposalInput!, $tier: Int!) { checkProposal(input: $input, tier: $tier) { userErrors { code message path } check {
      verdict isBinding selfCheck { criterion light reasonVi }
      changeFindings(first: 500) { totalCount nodes { standing before after finding { rule { code } subject { urn } effectiveOutcome sentenceVi } } }
      changeCoverage { judged truncated onlyAdded }
      conditionsSuggested { textVi } } } }`,
    { input: { ...PROJECT, operations }, tier },
  );
  if (checkProposal.check === null) throw new Error(JSON.stringify(checkProposal.userErrors));
  const { changeFindings, ...rest } = checkProposal.check;
  return { ...rest, changeFindings: changeFindings.nodes, changeCount: changeFindings.totalCount };
}
function told({ changeFindings }: Pick<Check, 'changeFindings'>): string[] {
  return changeFindings.map(
    ({ standing, before, after, finding: { rule, subject } }) =>
      `${standing} ${rule.code} ${subject?.urn.replace('urn:khung:', '')}: ${before ?? '-'} > ${after ?? '-'}`,
  );
}

describe('a project is held to what it adds and changes', () => {
  it('and conforms where that conforms', async () => {
    const none = await check([]);
    expect([none.verdict, none.changeFindings, none.changeCoverage.judged]).toEqual([CONFORMING, [], 0]);
    const right = await check([...system('moi', 'so-cg'), flow('moi.ben', ['moi', 'ben-dung'], ['LGSP'])]);
    expect([right.verdict, told(right)]).toEqual([CONFORMING, []]);
  });

  it('which fails where it adds a system that is joined to that of another agency directly', async () => {
    const answer = await check([...system('moi', 'so-cg'), flow('moi.ben', ['moi', 'ben-dung'], ['DIRECT_API'])]);
    expect(told(answer)).toEqual(['BY_CHANGE R-07 moi: - > FAIL', 'BY_CHANGE R-07 ben-dung: PASS > FAIL']);
    expect([answer.verdict, answer.isBinding]).toEqual(['DOES_NOT_CONFORM', false]);
    expect(answer.changeFindings[0]?.finding.sentenceVi).toContain('Phần mềm moi');
    expect(answer.conditionsSuggested.at(-1)?.textVi).toContain('R-07 (Phần mềm moi; Phần mềm ben-dung): ');
  });

  it('whose self check is not green where what it adds breaks the rule of a light', async () => {
    const light = ({ selfCheck }: Check, code: string): unknown =>
      selfCheck.find(({ criterion }) => criterion === code);
    const claimed = await check([]);
    expect(light(claimed, 'CENTRAL_HOSTING')).toMatchObject({ light: 'GREEN' });
    const hosted = await check(system('moi', 'so-cg', { hosting: 'AGENCY_SERVER' }));
    expect(light(hosted, 'CENTRAL_HOSTING')).toMatchObject({
      light: 'RED',
      reasonVi: expect.stringContaining('Phần mềm moi'),
    });
    const direct = await check([...system('moi', 'so-cg'), flow('moi.ben', ['moi', 'ben-dung'], ['DIRECT_API'])]);
    expect(light(direct, 'SHARES_THROUGH_LGSP')).toMatchObject({ light: 'RED' });
    expect(light(direct, 'CENTRAL_HOSTING')).toMatchObject({ light: 'GREEN' });
  });

  it('and of what it adds nothing is taken for granted', async () => {
    const answer = await check([add('moi', { kind: 'SYSTEM', name: 'Phần mềm mới' })]);
    expect(answer.verdict).toBe('NOT_ENOUGH_EVIDENCE');
    expect(new Set(answer.changeFindings.map(({ standing, after }) => `${standing} ${after}`))).toEqual(
      new Set(['BY_CHANGE NEEDS_EVIDENCE']),
    );
  });

  it('and is not blocked by the older debt of what it touches, which is told apart', async () => {
    const answer = await check([flow('no.ben', ['cg-no', 'ben-dung'], ['LGSP']), update('cg-no', 'name', 'Tên khác')]);
    expect(told(answer)).toEqual(['OLDER_DEBT R-16 cg-no: FAIL > FAIL']);
    expect(answer.verdict).toBe(CONFORMING);
  });

  it('and shows the older debt that it mends', async () => {
    const mended = await check([update('cg-no', 'attributes.hosting', 'CITY_DATA_CENTRE')]);
    expect([mended.verdict, told(mended)]).toEqual([CONFORMING, ['MENDED R-16 cg-no: FAIL > PASS']]);
    const retired = await check([remove('cg-no.chu'), remove('cg-no.vh'), remove('cg-no')]);
    expect(told(retired)).toEqual(['MENDED R-16 cg-no: FAIL > -']);
    expect(retired.changeFindings[0]?.finding.subject).toEqual({ urn: urn('cg-no') });
  });

  it('and to what it does to others that it does not name', async () => {
    const answer = await check([remove('ben-ndc.truc')], { tier: 2 });
    expect(told(answer)).toContain('KNOCK_ON R-08 ben-ndc: PASS > FAIL');
    expect(answer.verdict).toBe('DOES_NOT_CONFORM');
  });
});

describe('the command', () => {
  async function printed(operations: readonly object[], token: string | null, language: 'VI' | 'EN'): Promise<string> {
    const answer = await service.askAs<CheckAnswer>(token, checkDocument(), { input: { ...PROJECT, operations } });
    return stripVTControlCharacters(formatCheck(answer, language));
  }

  it('prints what is introduced, what is older and what is mended apart', async () => {
    const operations = [
      flow('no.ben', ['cg-no', 'ben-dung'], ['DIRECT_API']),
      update('cg-no', 'name', 'Tên khác'),
      remove('cg-dung.vh'),
    ];
    const text = await printed(operations, TEST_TOKEN, 'VI');
    const titles = ['Do đề xuất gây ra', 'Tác động dây chuyền của đề xuất', 'Tồn tại từ trước'];
    const places = titles.map((title) => text.indexOf(`\n${title}`));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    const older = text.slice(places[2]);
    expect([older.includes('KHÔNG ĐẠT R-16'), older.includes('KHÔNG ĐẠT R-07')]).toEqual([true, false]);
    expect(text.slice(places[0], places[1])).toContain('KHÔNG ĐẠT R-07');
    const mended = await printed([update('cg-no', 'attributes.hosting', 'CITY_DATA_CENTRE')], TEST_TOKEN, 'EN');
    expect(mended).toMatch(/\nMended by the proposal\n  [^\n]+: FAIL → PASS\n    PASS R-16/);
  });

  it('says what was not looked at, and for whom that is', async () => {
    const text = await printed([update('cg-no', 'name', 'Tên khác')], null, 'EN');
    expect(text).toContain('Only what is added was looked at');
    expect(await printed([], null, 'EN')).not.toContain('Only what is added');
  });
});

describe('what people ruled', () => {
  it('holds: a failure that is waived for the agency is no serious one, also of what it adds', async () => {
    const failing = system('moi', 'so-cg', { hosting: 'AGENCY_SERVER' });
    const before = await check(failing);
    expect([before.verdict, told(before)]).toEqual(['DOES_NOT_CONFORM', ['BY_CHANGE R-16 moi: - > FAIL']]);
    const request = {
      agency: urn('so-cg'),
      rule: 'R-16',
      wholeAgency: true,
      reason: 'Chờ trung tâm dữ liệu',
      compensatingMeasure: 'Sao lưu hằng ngày',
      validTo: daysLater(todayInVietnam(), 60),
    };
    const { requestWaiver } = await service.askAs<{ requestWaiver: { waiver: { id: string } } }>(
      OWN,
      'mutation ($input: RequestWaiverInput!) { requestWaiver(input: $input) { waiver { id } userErrors { message } } }',
      { input: request },
    );
    const waiver = requestWaiver.waiver.id;
    await service.askAs(
      TEST_TOKEN,
      'mutation ($input: DecideWaiverInput!) { decideWaiver(input: $input) { userErrors { message } } }',
      { input: { waiver, decision: 'APPROVE', reason: 'Đồng ý', document: '15/QĐ-SKHCN' } },
    );
    const after = await check(failing);
    expect(after.changeFindings.map(({ finding }) => finding.effectiveOutcome)).toEqual(['WAIVED']);
    expect(after.verdict).toBe('CONFORMS_WITH_CONDITIONS');
    // The answer of one agency is none of another's.
    const theirs = await check(system('moi', 'so-ben', { hosting: 'AGENCY_SERVER' }));
    expect(theirs.verdict).toBe('DOES_NOT_CONFORM');
    await service.askAs(
      TEST_TOKEN,
      'mutation ($input: RevokeWaiverInput!) { revokeWaiver(input: $input) { userErrors { message } } }',
      { input: { waiver, reason: 'Xong' } },
    );
  });
});

describe('evidence', () => {
  interface Awaited {
    readonly kind: { readonly id: string; readonly question: string; readonly appliesTo: readonly string[] };
    readonly subjectName: string;
    readonly askedFrom: { readonly urn: string } | null;
    readonly rules: readonly { readonly code: string }[];
  }
  async function awaited(operations: readonly object[]): Promise<readonly Awaited[]> {
    const { checkProposal } = await service.askAs<{
      checkProposal: { check: { evidenceAwaited: { nodes: Awaited[] } } };
    }>(
      TEST_TOKEN,
      `query ($input: ProposalInput!) { checkProposal(input: $input, tier: 3) { userErrors { message } check { evidenceAwaited { nodes {
        kind { id question appliesTo } subjectName askedFrom { urn } rules { code } } } } } }`,
      { input: { ...PROJECT, operations } },
    );
    return checkProposal.check.evidenceAwaited.nodes;
  }

  it('that nobody can give before there is a record is told with who will be asked for it', async () => {
    const [project, both] = [
      await awaited([]),
      await awaited([...system('moi', 'so-cg'), update('cg-no', 'name', 'Khác')]),
    ];
    expect(new Set(project.map(({ subjectName }) => subjectName))).toEqual(new Set([PROJECT.title]));
    for (const { kind } of project) expect(kind.appliesTo).toContain('PROJECT');
    expect(new Set(both.map(({ subjectName }) => subjectName))).toEqual(new Set([PROJECT.title, 'Phần mềm moi']));
    const controls = both.find(({ kind }) => kind.id === 'securityControls');
    expect(controls).toMatchObject({
      subjectName: 'Phần mềm moi',
      askedFrom: { urn: urn('so-cg') },
      rules: [{ code: 'R-22' }],
    });
    expect(controls?.kind.question).toContain('?');
    const keys = both.map(({ subjectName, kind }) => `${subjectName} ${kind.id}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('what a proposer may not see', () => {
  it('is not told by what his changes do: findings on what is there only to who may read findings', async () => {
    const operations = [
      ...system('moi', 'so-cg'),
      flow('moi.ben', ['moi', 'ben-dung'], ['DIRECT_API']),
      update('cg-no', 'name', 'Tên khác'),
    ];
    const { changeFindings, changeCoverage } = await check(operations, { token: null });
    expect(told({ changeFindings })).toEqual(['BY_CHANGE R-07 moi: - > FAIL']);
    expect(changeCoverage).toEqual({ judged: 1, truncated: false, onlyAdded: true });
    const touched = await check([update('cg-no', 'attributes.hosting', 'PUBLIC_CLOUD')], { token: null });
    expect([touched.verdict, touched.changeFindings]).toEqual([CONFORMING, []]);
    const anybody = await check([update('cg-no', 'attributes.hosting', 'PUBLIC_CLOUD')], { token: null, to: open });
    expect([anybody.verdict, told(anybody)]).toEqual([CONFORMING, ['OLDER_DEBT R-16 cg-no: FAIL > FAIL']]);
  });

  it('is no part of what is looked at, and none of what is found', async () => {
    const operations = [remove('cg-dung.vh'), update('cg-dung', 'name', 'Tên khác')];
    const seen = async (token: string | null): Promise<[number, string[]]> => {
      const answer = await check(operations, { token, to: open });
      return [answer.changeCoverage.judged, told(answer)];
    };
    const [all, some] = [await seen(TEST_TOKEN), await seen(null)];
    expect(all[0]).toBe(some[0] + 1);
    expect(some[1]).toEqual(['BY_CHANGE R-53 cg-dung: PASS > NEEDS_EVIDENCE']);
  });
});

describe('a large change set', () => {
  const many = Array.from({ length: 500 }, (_, at) => add(`lon-${at}`, { kind: 'SYSTEM', name: `Lớn ${at}` }));

  it('is judged whole', async () => {
    const answer = await check(many, { tier: 3 });
    expect(answer.changeCoverage).toEqual({ judged: 500, truncated: false, onlyAdded: false });
    expect(answer.changeCount).toBeGreaterThan(500);
  });

  interface Found {
    readonly checkProposal: { readonly check: Record<string, Listing> | null };
  }
  interface Listing {
    readonly totalCount: number;
    readonly nodes: readonly { readonly standing: string; readonly finding: { readonly sentenceVi: string } }[];
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
  }
  async function listed(selection: string, operations: readonly object[] = many): Promise<Asked<Found>> {
    const query = `query ($input: ProposalInput!) { checkProposal(input: $input, tier: 3) { check { ${selection} } } }`;
    return await service.ask<Found>(query, { variables: { input: { ...PROJECT, operations } } });
  }

  it('is told in pages, the items of which are counted before anything is worked out', async () => {
    const page = (after: string): string =>
      `changeFindings(first: 2${after}) { totalCount nodes { standing finding { sentenceVi } } pageInfo { endCursor hasNextPage } }`;
    const read = async (after: string, operations?: readonly object[]): Promise<Listing | undefined> =>
      (await listed(page(after), operations)).data?.checkProposal.check?.['changeFindings'];
    const first = await read('');
    const cursor = `, after: "${first?.pageInfo.endCursor}"`;
    const second = await read(cursor);
    const sentences = [first, second].flatMap((each) => each?.nodes.map(({ finding }) => finding.sentenceVi));
    expect([new Set(sentences).size, first?.pageInfo.hasNextPage]).toEqual([4, true]);
    expect(second?.totalCount).toBe(first?.totalCount);
    expect(await read(cursor, many.slice(1))).toBeUndefined();
    const nested = 'relations(first: 500) { nodes { target { relations(first: 500) { nodes { target { urn } } } } } }';
    const refused = await listed(`changeFindings { nodes { finding { subject { ${nested} } } } }`);
    expect(refused.errors?.map(({ extensions }) => extensions['reason'])).toEqual(['LIMIT_EXCEEDED']);
    const awaited = await listed(`evidenceAwaited { nodes { askedFrom { ${nested} } } }`);
    expect(awaited.errors?.map(({ extensions }) => extensions['reason'])).toEqual(['LIMIT_EXCEEDED']);
  });

  it('costs its request as much as is told of it', async () => {
    const lists = Array.from({ length: 60 }, (_, at) => `l${at}: changeFindings(first: 500) { nodes { standing } }`);
    const { errors } = await listed(lists.join(' '));
    expect(errors?.[0]).toMatchObject({ extensions: { reason: 'WORK_EXHAUSTED' } });
  });

  it('draws on the work of its request, so that so many in one are refused', async () => {
    const fields = ['a', 'b', 'c'].map(
      (alias) => `${alias}: checkProposal(input: $input, tier: 3) { check { verdict } userErrors { reason } }`,
    );
    const answers = await service.askAs<Record<string, { userErrors: { reason: string }[] }>>(
      TEST_TOKEN,
      `query ($input: ProposalInput!) { ${fields.join(' ')} }`,
      { input: { ...PROJECT, operations: many } },
    );
    const reasons = Object.values(answers).map(({ userErrors }) => userErrors[0]?.reason);
    expect(reasons).toContain('WORK_EXHAUSTED');
  });
});
