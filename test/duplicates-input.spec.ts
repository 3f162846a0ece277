import { startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

const CHECK = `query ($draft: ProposalInput!) { checkProposal(input: $draft) {
  check { duplicates { byComponent { band advice summaryVi summaryEn } } }
  userErrors { code reason path message }
} }`;
const DUPLICATES = `query ($draft: ProposalInput!) { duplicateCandidates(draft: $draft) {
  byComponent { band advice summaryVi summaryEn }
} }`;

interface UserError {
  readonly code: string;
  readonly reason: string;
  readonly path: readonly string[];
  readonly message: string;
}
interface Checked {
  readonly checkProposal: {
    readonly check: { readonly duplicates: { readonly byComponent: readonly object[] } } | null;
    readonly userErrors: readonly UserError[];
  };
}

/** What both doors answer: the bands, or what is wrong. */
async function answers(
  draft: object,
): Promise<{ readonly matches: readonly object[]; readonly wrong: readonly UserError[] }[]> {
  const checked = await service.ask<Checked>(CHECK, { variables: { draft } });
  const found = await service.ask<{ duplicateCandidates: { byComponent: readonly object[] } }>(DUPLICATES, {
    variables: { draft },
  });
  const errors = (found.errors ?? []) as unknown as readonly { extensions: { userErrors: readonly UserError[] } }[];
  return [
    {
      matches: checked.data?.checkProposal.check?.duplicates.byComponent ?? [],
      wrong: checked.data?.checkProposal.userErrors ?? [],
    },
    {
      matches: found.data?.duplicateCandidates.byComponent ?? [],
      wrong: errors.flatMap(({ extensions }) => extensions.userErrors),
    },
  ];
}

/** As much as the body of a request may hold; more is refused before it is read. */
const MEGABYTE = 'email '.repeat(160_000);

/** UTF-8 read as windows-1252, as old programs do. */
const GARBLED = 'Há»‡ thá»‘ng thÆ° Ä‘iá»‡n tá»­';

describe('a proposal that can not be judged', () => {
  it.each([
    ['has one word', 'Phần'],
    ['has one word with meaning', 'Vườn'],
    ['has boilerplate alone', 'Xây dựng hệ thống phần mềm'],
    ['has places and numbers alone', 'Hà Nội 2027'],
    ['has signs alone', '!!! ??? 😀'],
  ])('is told so, with what to name, in both languages, at both doors: it %s', async (_, title) => {
    for (const { matches, wrong } of await answers({ title })) {
      expect(wrong).toEqual([]);
      expect(matches).toEqual([
        {
          band: 'TOO_LITTLE_TO_JUDGE',
          advice: null,
          summaryVi: expect.stringMatching(/^Chưa đủ thông tin để so sánh .*hãy nêu tên chức năng/s) as string,
          summaryEn: expect.stringMatching(/^Too little to judge .*name the function/s) as string,
        },
      ]);
    }
  });

  it.each<[string, object, string, string]>([
    ['has an empty title', { title: '' }, 'VALUE_MISSING', 'title'],
    ['has a blank title', { title: ' \n\t' }, 'VALUE_MISSING', 'title'],
    ['has a title of a megabyte', { title: MEGABYTE }, 'LIMIT_EXCEEDED', 'title'],
    ['has an objective of a megabyte', { title: 'Vườn thú', objective: MEGABYTE }, 'LIMIT_EXCEEDED', 'objective'],
    [
      'has a description of a megabyte',
      { title: 'Vườn thú', components: [{ name: 'Chuồng chim', description: MEGABYTE }] },
      'LIMIT_EXCEEDED',
      'components.0.description',
    ],
    ['has control signs', { title: 'Thư \u0000điện\u0007 tử' }, 'TEXT_CONTROL_SIGNS', 'title'],
    ['was read in another code', { title: GARBLED }, 'TEXT_GARBLED', 'title'],
    ['has an objective that was', { title: 'Vườn thú', objective: GARBLED }, 'TEXT_GARBLED', 'objective'],
    [
      'has a component that was',
      { title: 'Vườn thú', components: [{ name: 'Chuồng chim' }, { name: GARBLED, description: GARBLED }] },
      'TEXT_GARBLED',
      'components.1.name components.1.description',
    ],
  ])('is refused with a code and the way to the field, at both doors: it %s', async (_, draft, reason, paths) => {
    const [checked, found] = await answers(draft);
    for (const [answer, root] of [
      [checked, 'input'],
      [found, 'draft'],
    ] as const) {
      expect(answer?.matches).toEqual([]);
      expect(answer?.wrong.map((each) => `${each.reason} ${each.path.join('.')}`)).toEqual(
        paths.split(' ').map((path) => `${reason} ${root}.${path}`),
      );
      expect(answer?.wrong.every(({ message }) => message.length < 500)).toBe(true);
    }
  });

  it('is told what it seems to have been, where it was read in another code', async () => {
    const [checked] = await answers({ title: GARBLED });
    expect(checked?.wrong[0]?.message).toContain('Hệ thống thư điện tử');
  });

  it('may break its lines as word processors do', async () => {
    const [checked] = await answers({ title: 'Vườn thực vật\u000bba chiều', objective: 'Một\r\nHai\tBa' });
    expect(checked).toMatchObject({ wrong: [], matches: [{ band: 'DISTINCT' }] });
  });
});

describe('the largest proposal', () => {
  it('is answered within the work that one request may take, or told that it is too much', async () => {
    const description = 'thư điện tử công vụ, kho dữ liệu dùng chung; '.repeat(400).slice(0, 10_000);
    const components = Array.from({ length: 50 }, (_, at) => ({ name: `Thư điện tử công vụ ${at}`, description }));
    const variables = { draft: { title: 'Thư điện tử công vụ', objective: description, components } };
    const query = `query ($draft: ProposalInput!) { duplicateCandidates(draft: $draft) { byComponent {
      reading { passedOverCount } candidates { whatWouldChange { facts { kind } } }
    } } }`;
    const { errors } = await service.ask(query, { variables });
    expect(errors?.[0]?.extensions).toMatchObject({ userErrors: [{ reason: 'WORK_EXHAUSTED' }] });
  });
});

describe('the functions that a draft names', () => {
  const FUNCTIONS = `query ($draft: ProposalInput!, $scope: String) { proposeComponents(draft: $draft, scope: $scope) {
    functions { name field span isListed capabilities { urn text confidence capability { code } } } truncated
  } }`;

  it('are told with places and capabilities, and make components that are judged one by one', async () => {
    const draft = { title: 'Dự án số của Sở', objective: 'Bao gồm: hộp thư điện tử công vụ; vườn thực vật ba chiều' };
    const { data, errors } = await service.ask<{
      proposeComponents: {
        readonly functions: readonly {
          readonly name: string;
          readonly capabilities: readonly { readonly urn: string }[];
        }[];
      };
    }>(FUNCTIONS, { variables: { draft } });
    expect(errors).toBeUndefined();
    expect(data?.proposeComponents).toMatchObject({
      functions: [
        {
          name: 'hộp thư điện tử công vụ',
          field: 'objective',
          isListed: true,
          capabilities: [{ urn: 'urn:khung:capability-email', capability: { code: 'EMAIL' } }],
        },
        { name: 'vườn thực vật ba chiều', field: 'objective', capabilities: [] },
      ],
      truncated: false,
    });
    const components = (data?.proposeComponents.functions ?? []).map(({ name, capabilities }) => ({
      name,
      capability: capabilities[0]?.urn ?? null,
    }));
    const [checked] = await answers({ ...draft, components });
    expect(checked?.matches).toMatchObject([{ band: 'DUPLICATE' }, { band: 'DISTINCT' }]);
  });

  it('are read from a scope too, which is refused where nobody can read it', async () => {
    const draft = { title: 'Dự án số của Sở' };
    const { data, errors: none } = await service.ask<{ proposeComponents: object }>(FUNCTIONS, {
      variables: { draft, scope: '- Vườn thực vật ba chiều\n- Bảng đếm chim' },
    });
    expect(none).toBeUndefined();
    expect(data?.proposeComponents).toMatchObject({
      functions: [{ name: 'Vườn thực vật ba chiều', field: 'scope', span: [2, 24] }, { name: 'Bảng đếm chim' }],
    });
    for (const [scope, reason] of [
      [GARBLED, 'TEXT_GARBLED'],
      [MEGABYTE, 'LIMIT_EXCEEDED'],
    ]) {
      const { errors } = await service.ask(FUNCTIONS, { variables: { draft, scope } });
      expect(errors?.[0]?.extensions).toMatchObject({ userErrors: [{ reason, path: ['scope'] }] });
    }
  });

  it('are counted where a draft declares none, and asked for', async () => {
    const { data } = await service.ask<{ duplicateCandidates: { coverage: { missing: readonly object[] } } }>(
      `query ($draft: ProposalInput!) { duplicateCandidates(draft: $draft) { coverage { attestedOn missing {
        field question element { urn } askedFrom { urn }
      } } } }`,
      {
        variables: {
          draft: {
            title: 'Thư điện tử công vụ và cổng dữ liệu mở',
            agency: 'urn:khung:so-xay-dung',
            workType: 'BUILD',
          },
        },
      },
    );
    const { missing } = data?.duplicateCandidates.coverage ?? { missing: [] };
    expect(missing[0]).toEqual({
      field: 'components',
      question: expect.stringContaining('thấy 2 chức năng') as string,
      element: null,
      askedFrom: null,
    });
    expect(missing).toContainEqual({
      field: 'inventoryDeclaredCompleteOn',
      question: 'Danh mục hệ thống của cơ quan đã đủ chưa, vào ngày nào?',
      element: { urn: 'urn:khung:so-xay-dung' },
      askedFrom: { urn: 'urn:khung:so-xay-dung' },
    });
    expect(data?.duplicateCandidates.coverage).toMatchObject({ attestedOn: null });
  });
});
