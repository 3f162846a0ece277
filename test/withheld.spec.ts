import { daysLater } from '../src/core/landscape/calendar-day.js';
import { todayInVietnam } from '../src/runtime/today.js';
import { TEST_TOKEN, startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

const ARCHITECT = 'architect-of-the-withheld';
const OFFICER = 'officer-of-the-withheld';
const TODAY = todayInVietnam();
const urn = (id: string): string => `urn:khung:${id}`;

const urnOfDefinition = (key: string): string => urn(`attribute-${key.toLowerCase()}`);

/** An attribute that everybody may know of, with values for fewer. */
const definition = (id: string, more: object): object => ({
  op: 'ADD',
  urn: urnOfDefinition(id),
  value: {
    kind: 'ATTRIBUTE_DEFINITION',
    key: id,
    type: 'INTEGER',
    appliesTo: ['SYSTEM'],
    nameVi: `Thuộc tính ${id}`,
    nameEn: id,
    questionVi: 'Bao nhiêu?',
    questionEn: 'How many?',
    askedFrom: 'OWNER',
    ...more,
  },
});
const LASTS = { valueVisibility: 'GOVERNMENT', withheldReason: 'PRE_DECISIONAL' };

let service: TestService;
beforeAll(async () => {
  service = await startTestService({}, [
    { token: ARCHITECT, kind: 'ARCHITECT' },
    { token: OFFICER, kind: 'OFFICER', agency: urn('so-y-te') },
  ]);
  const wrong = await commit([
    definition('duToan', LASTS),
    definition('diemYeu', { valueVisibility: 'AGENCY', withheldReason: 'SECURITY' }),
    definition('giaDuThau', { ...LASTS, withheldReason: 'PROCUREMENT', withheldUntil: daysLater(TODAY, 9) }),
    definition('daMo', { ...LASTS, withheldUntil: daysLater(TODAY, -1) }),
    ...['co', 'khong'].map((id) => ({ op: 'ADD', urn: urn(id), value: { kind: 'SYSTEM', name: `Phần mềm ${id}` } })),
    ...['duToan', 'diemYeu', 'giaDuThau', 'daMo'].map((key) => ({
      op: 'UPDATE',
      urn: urn('co'),
      path: `attributes.${key}`,
      value: 7,
    })),
  ]);
  expect(wrong).toEqual([]);
});
afterAll(() => service.close());

async function commit(operations: readonly object[]): Promise<string[]> {
  const { commitChangeSet } = await service.askAs<{
    commitChangeSet: { userErrors: { reason: string; path: string[] }[] };
  }>(
    TEST_TOKEN,
    `mutation ($operations: [ChangeOperationInput!]!) {
      commitChangeSet(input: { operations: $operations, reason: "Kiểm thử" }) { userErrors { reason path } } }`,
    { operations },
  );
  return commitChangeSet.userErrors.map(({ reason, path }) => `${reason} ${path.slice(2).join('.')}`);
}

interface Shown {
  readonly attributes: readonly { readonly key: string }[];
  readonly sources: readonly { readonly field: string }[];
  readonly withheld: readonly { readonly path: string; readonly reason: string; readonly until: string | null }[];
}
async function shown(token: string | null, id: string, asOf = ''): Promise<Shown> {
  const { element } = await service.askAs<{ element: Shown }>(
    token,
    `{ element(urn: "${urn(id)}"${asOf}) { attributes { key } sources { field } withheld { path reason until } } }`,
  );
  return element;
}
const keysOf = async (token: string | null, id: string, asOf?: string): Promise<string[]> =>
  (await shown(token, id, asOf)).attributes.map(({ key }) => key).toSorted();

describe('a value that not everybody may read', () => {
  it('is not there for him, who is told why and until when, whether or not it stands there', async () => {
    const withheld = [
      { path: 'attributes.diemYeu', reason: 'SECURITY', until: null },
      { path: 'attributes.duToan', reason: 'PRE_DECISIONAL', until: null },
      { path: 'attributes.giaDuThau', reason: 'PROCUREMENT', until: daysLater(TODAY, 9) },
      { path: 'responsibilities.person', reason: 'PERSONAL_DATA', until: null },
    ];
    for (const id of ['co', 'khong']) {
      const told = (await shown(null, id)).withheld.toSorted((a, b) => (a.path < b.path ? -1 : 1));
      expect(told).toEqual(withheld);
    }
    expect(await keysOf(null, 'co')).toEqual(['daMo']);
    expect((await shown(null, 'co')).sources.map(({ field }) => field)).not.toContain('attributes.duToan');
  });

  it('is there for whoever may read its class', async () => {
    expect(await keysOf(OFFICER, 'co')).toEqual(['daMo', 'duToan', 'giaDuThau']);
    expect((await shown(OFFICER, 'co')).withheld).toEqual([
      { path: 'attributes.diemYeu', reason: 'SECURITY', until: null },
    ]);
    for (const token of [ARCHITECT, TEST_TOKEN]) {
      expect(await keysOf(token, 'co')).toEqual(['daMo', 'diemYeu', 'duToan', 'giaDuThau']);
      expect((await shown(token, 'co')).withheld).toEqual([]);
    }
  });

  it('is found and counted by nobody else', async () => {
    const counted = async (token: string | null, key: string): Promise<number> => {
      const { elements } = await service.askAs<{ elements: { totalCount: number } }>(
        token,
        `{ elements(filter: { attribute: { key: "${key}", isKnown: true } }) { totalCount } }`,
      );
      return elements.totalCount;
    };
    expect([await counted(null, 'duToan'), await counted(null, 'daMo')]).toEqual([0, 1]);
    expect([await counted(OFFICER, 'duToan'), await counted(OFFICER, 'diemYeu')]).toEqual([1, 0]);
  });

  it('is withheld in every past once it is in the present', async () => {
    const past = async (): Promise<number> =>
      (await service.askAs<{ landscape: { revision: number } }>(null, '{ landscape { revision } }')).landscape.revision;
    const before = await past();
    expect(await keysOf(null, 'co', `, asOf: { revision: ${before} }`)).toEqual(['daMo']);
    const narrow = { op: 'UPDATE', urn: urnOfDefinition('daMo'), path: 'withheldUntil', value: daysLater(TODAY, 1) };
    expect(await commit([narrow])).toEqual([]);
    expect(await keysOf(null, 'co', `, asOf: { revision: ${before} }`)).toEqual([]);
    expect(await keysOf(OFFICER, 'co', `, asOf: { revision: ${before} }`)).toEqual(['daMo', 'duToan', 'giaDuThau']);
  });

  it('is told in no step of a scenario either', async () => {
    const input = {
      name: 'Phương án có giá trị giữ lại',
      agency: urn('so-y-te'),
      operations: [
        { op: 'UPDATE', urn: urn('co'), path: 'attributes.diemYeu', value: 4711 },
        { op: 'UPDATE', urn: urn('co'), path: 'description', value: 'Mô tả mới' },
      ],
    };
    const { createScenario } = await service.askAs<{ createScenario: { scenario: { id: string } } }>(
      TEST_TOKEN,
      'mutation ($input: CreateScenarioInput!) { createScenario(input: $input) { scenario { id } } }',
      { input },
    );
    const paths = async (token: string): Promise<string[]> => {
      const { scenario } = await service.askAs<{ scenario: { operations: { nodes: { path: string }[] } } }>(
        token,
        `{ scenario(id: "${createScenario.scenario.id}") { operations { nodes { path } } } }`,
      );
      return scenario.operations.nodes.map(({ path }) => path);
    };
    expect(await paths(OFFICER)).toEqual(['description']);
    expect(await paths(ARCHITECT)).toEqual(['attributes.diemYeu', 'description']);
  });

  it('has the readers of the day that it may not be before', async () => {
    const day = (id: string, more: object): object => definition(id, { type: 'DATE', ...more });
    const end = day('ngayCuoi', { notBefore: 'ngayDau' });
    const start = day('ngayDau', LASTS);
    expect(await commit([start, end])).toEqual(['ATTRIBUTE_UNKNOWN value.notBefore']);
    expect(await commit([start, day('ngayCuoi', { ...LASTS, notBefore: 'ngayDau' })])).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['without a reason', { valueVisibility: 'AGENCY' }, 'VALUE_MISSING withheldReason'],
    ['of nobody', { withheldReason: 'SECURITY' }, 'VALUE_MISSING valueVisibility'],
    ['from nobody', { ...LASTS, valueVisibility: 'PUBLIC' }, 'VALUE_NOT_ALLOWED valueVisibility'],
    ['until some month', { ...LASTS, withheldUntil: '2027-01' }, 'VALUE_OF_WRONG_TYPE withheldUntil'],
  ])('is not withheld %s', async (_what, more, expected) => {
    const [first] = await commit([definition('saiSot', more)]);
    expect(first?.replace('value.', '')).toBe(expected);
  });
});
