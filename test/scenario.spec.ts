import { seatsDefinition } from './support/change-sets.js';
import { startTestService } from './support/service.js';
import type { AskOptions, TestService } from './support/service.js';

const OFFICER_TOKEN = 'officer-of-health';
const ARCHITECT_TOKEN = 'an-architect';

let service: TestService;
beforeAll(async () => {
  service = await startTestService({}, [
    { token: OFFICER_TOKEN, kind: 'OFFICER', agency: 'urn:khung:so-y-te' },
    { token: ARCHITECT_TOKEN, kind: 'ARCHITECT' },
  ]);
});
afterAll(() => service.close());

/** Asks in somebody's name. */
const askAs = <T>(token: string, query: string, variables?: object): Promise<T> =>
  service.askAs<T>(token, query, variables);

const asAdministrator = { asAdministrator: true } as const;

async function ask<T>(query: string, variables: object = {}, options: AskOptions = asAdministrator): Promise<T> {
  const { data, errors } = await service.ask<T>(query, { ...options, variables });
  if (errors !== undefined || data === null || data === undefined) throw new Error(JSON.stringify(errors));
  return data;
}

async function revision(): Promise<number> {
  return (await ask<{ landscape: { revision: number } }>('{ landscape { revision } }')).landscape.revision;
}

async function commit(...operations: readonly object[]): Promise<number> {
  const { commitChangeSet } = await ask<{ commitChangeSet: { revision: number; userErrors: object[] } }>(
    `mutation ($operations: [ChangeOperationInput!]!) {
      commitChangeSet(input: { operations: $operations, reason: "Kiểm thử" }) { revision userErrors { message path } }
    }`,
    { operations },
  );
  expect(commitChangeSet.userErrors).toEqual([]);
  return commitChangeSet.revision;
}

interface Scenario {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly version: number;
  readonly baseRevision: number;
  readonly mergedRevision: number | null;
  readonly revertedRevision: number | null;
}
interface Conflict {
  readonly urn: string;
  readonly path: string | null;
  readonly cause: string;
  readonly base: unknown;
  readonly current: unknown;
  readonly scenario: unknown;
}
interface Payload {
  readonly scenario: Scenario | null;
  readonly changeSet: { readonly revision: number; readonly source: string } | null;
  readonly operations: readonly { readonly op: string; readonly urn: string; readonly path: string | null }[];
  readonly revision: number | null;
  readonly conflicts: readonly Conflict[];
  readonly userErrors: readonly { readonly code: string; readonly reason: string; readonly path: readonly string[] }[];
}

const SCENARIO = 'id name state version baseRevision mergedRevision revertedRevision';
const COMMON = `scenario { ${SCENARIO} } conflicts { urn path cause base current scenario } userErrors { code reason path }`;
const REBASED = `${COMMON} droppedOperations { op urn path }`;
const MERGED = `${COMMON} revision changeSet { revision source } operations { op urn path }`;

const FIELDS: Readonly<Record<string, string>> = {
  mergeScenario: MERGED,
  revertScenario: MERGED,
  rebaseScenario: REBASED,
};

async function mutate(name: string, input: object, options?: AskOptions): Promise<Payload> {
  const fields = FIELDS[name] ?? COMMON;
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} } }`;
  return (await ask<Record<string, Payload>>(query, { input }, options))[name] as Payload;
}

/** A scenario that must be good. */
async function create(operations: readonly object[], more: object = {}): Promise<Scenario> {
  const { scenario, userErrors } = await mutate('createScenario', { name: 'Kịch bản', operations, ...more });
  if (scenario === null) throw new Error(JSON.stringify(userErrors));
  return scenario;
}
async function ready(scenario: Scenario): Promise<Scenario> {
  const changed = await mutate('changeScenario', { ...targetOf(scenario), ready: true });
  if (changed.scenario === null) throw new Error(JSON.stringify(changed.userErrors));
  return changed.scenario;
}
const targetOf = ({ id, version }: Scenario): object => ({ id, expectedVersion: version });
const merge = (scenario: Scenario, more: object = {}): Promise<Payload> =>
  mutate('mergeScenario', { ...targetOf(scenario), reason: 'Hợp nhất', ...more });
const undo = (scenario: Scenario, more: object = {}): Promise<Payload> =>
  mutate('revertScenario', { ...targetOf(scenario), reason: 'Hoàn tác', ...more });
const rebase = (scenario: Scenario, more: object = {}): Promise<Payload> =>
  mutate('rebaseScenario', { ...targetOf(scenario), ...more });

async function read<T>(id: string, fields: string, variables: object = {}, options?: AskOptions): Promise<T> {
  const { scenario } = await ask<{ scenario: T }>(
    `query ($id: ID!) { scenario(id: $id) { ${fields} } }`,
    { id, ...variables },
    options,
  );
  return scenario;
}
async function element(id: string): Promise<unknown> {
  const query = `query ($urn: URN!) { element(urn: $urn) { name layer sources { field source } } }`;
  return (await ask<{ element: unknown }>(query, { urn: `urn:khung:${id}` })).element;
}

const add = (id: string, value: object): object => ({ op: 'ADD', urn: `urn:khung:${id}`, value });
const system = (id: string): object => add(id, { kind: 'SYSTEM', name: `Hệ thống ${id}` });
const joins = (id: string, kind: string, source: string, target: string): object =>
  add(id, { kind, source: `urn:khung:${source}`, target: `urn:khung:${target}` });
const set = (id: string, path: string, value: unknown): object => ({
  op: 'UPDATE',
  urn: `urn:khung:${id}`,
  path,
  value,
});
const remove = (id: string): object => ({ op: 'REMOVE', urn: `urn:khung:${id}` });

describe('a scenario', () => {
  it('is kept as it was written, and leaves the landscape alone', async () => {
    const before = await revision();
    const scenario = await create([system('kb-moi'), joins('kb-moi-so', 'OWNED_BY', 'kb-moi', 'so-y-te')], {
      name: 'Nền tảng y tế',
      purpose: 'Thử phương án',
      agency: 'urn:khung:so-y-te',
    });
    expect(scenario).toMatchObject({ state: 'DRAFT', version: 1, baseRevision: before, mergedRevision: null });
    expect(await revision()).toBe(before);
    expect(await element('kb-moi')).toBeNull();
    const told = await read<Record<string, unknown>>(
      scenario.id,
      `name purpose author createdAt changedAt agency { name } operations { totalCount nodes { op urn path value } }
       difference {
         fromRevision elementCount { added removed changed } relationCount { added }
         elements { nodes { way urn before { name } after { name owner { name } } } }
         byOwner { owner { name } added }
       }
       conflicts { nodes { urn } }`,
    );
    expect(told).toMatchObject({
      name: 'Nền tảng y tế',
      purpose: 'Thử phương án',
      author: 'administrator',
      agency: { name: 'Sở Y tế' },
      operations: { totalCount: 2, nodes: [{ op: 'ADD', urn: 'urn:khung:kb-moi', path: null }, { op: 'ADD' }] },
      difference: {
        fromRevision: before,
        elementCount: { added: 1, removed: 0, changed: 0 },
        relationCount: { added: 1 },
        elements: {
          nodes: [{ way: 'ADDED', before: null, after: { name: 'Hệ thống kb-moi', owner: { name: 'Sở Y tế' } } }],
        },
        byOwner: [{ owner: { name: 'Sở Y tế' }, added: 1 }],
      },
      conflicts: { nodes: [] },
    });
  });

  it('is changed step by step, and is a draft again when what was finished changes', async () => {
    const first = await create([]);
    const second = await mutate('changeScenario', {
      ...targetOf(first),
      append: [system('kb-buoc')],
      targetDate: '2030',
    });
    expect(second.scenario).toMatchObject({ state: 'DRAFT', version: 2 });
    const finished = await ready(second.scenario as Scenario);
    expect(finished).toMatchObject({ state: 'READY', version: 3 });
    const renamed = await mutate('changeScenario', { ...targetOf(finished), name: 'Tên khác' });
    expect(renamed.scenario).toMatchObject({ state: 'READY', name: 'Tên khác' });
    const again = await mutate('changeScenario', {
      ...targetOf(renamed.scenario as Scenario),
      append: [set('kb-buoc', 'layer', 3)],
      targetDate: null,
    });
    expect(again.scenario).toMatchObject({ state: 'DRAFT', version: 5 });
    expect(await read(first.id, 'targetDate operations { totalCount }')).toEqual({
      targetDate: null,
      operations: { totalCount: 2 },
    });
    const anew = await mutate('changeScenario', { ...targetOf(again.scenario as Scenario), operations: [] });
    expect(await read(first.id, 'operations { totalCount } difference { elementCount { added } }')).toEqual({
      operations: { totalCount: 0 },
      difference: { elementCount: { added: 0 } },
    });
    const archived = await mutate('archiveScenario', targetOf(anew.scenario as Scenario));
    expect(archived.scenario).toMatchObject({ state: 'ARCHIVED' });
    const late = await mutate('changeScenario', { ...targetOf(archived.scenario as Scenario), name: 'Muộn' });
    expect(late.userErrors).toMatchObject([{ code: 'CONFLICT', reason: 'SCENARIO_STATE', path: ['id'] }]);
  });

  it('is looked at before it is begun, changed or given up, and nothing is kept', async () => {
    const count = async (): Promise<number> =>
      (await ask<{ scenarios: { totalCount: number } }>('{ scenarios { totalCount } }')).scenarios.totalCount;
    const before = await count();
    const begun = await mutate('createScenario', { name: 'Thử', operations: [system('kb-thu')], dryRun: true });
    expect(begun).toMatchObject({ scenario: { name: 'Thử', state: 'DRAFT', version: 1 }, userErrors: [] });
    const wrong = await mutate('createScenario', { name: 'Thử', operations: [remove('khong-co')], dryRun: true });
    expect(wrong).toMatchObject({ scenario: null, userErrors: [{ reason: 'URN_UNKNOWN' }] });
    expect(await count()).toBe(before);
    const scenario = await create([]);
    const changed = await mutate('changeScenario', { ...targetOf(scenario), name: 'Khác', ready: true, dryRun: true });
    expect(changed.scenario).toMatchObject({ name: 'Khác', state: 'READY' });
    const archived = await mutate('archiveScenario', { ...targetOf(scenario), dryRun: true });
    expect(archived.scenario).toMatchObject({ state: 'ARCHIVED' });
    expect(await read(scenario.id, SCENARIO)).toEqual(scenario);
  });

  it('stands in lists by state, agency and whether it is a plateau', async () => {
    const plateau = await create([], {
      name: 'Kiến trúc 2030',
      targetDate: '2030-12-31',
      agency: 'urn:khung:so-du-lich',
    });
    const other = await create([], { name: 'An toàn', targetDate: '2028', agency: 'urn:khung:so-du-lich' });
    await create([], { name: 'Nháp', agency: 'urn:khung:so-du-lich' });
    const list = async (args: string): Promise<string[]> =>
      (
        await ask<{ scenarios: { totalCount: number; nodes: Scenario[] } }>(
          `{ scenarios(${args}) { totalCount nodes { ${SCENARIO} } } }`,
        )
      ).scenarios.nodes.map(({ name }) => name);
    const ours = 'agency: ["urn:khung:so-du-lich"]';
    expect(await list(`filter: { ${ours} }, orderBy: [{ field: NAME }]`)).toEqual([
      'An toàn',
      'Kiến trúc 2030',
      'Nháp',
    ]);
    expect(
      await list(`filter: { ${ours}, isPlateau: true }, orderBy: [{ field: TARGET_DATE, direction: DESC }]`),
    ).toEqual(['Kiến trúc 2030', 'An toàn']);
    expect(await list(`filter: { ${ours} }, first: 1, orderBy: [{ field: CREATED_AT }]`)).toEqual(['Kiến trúc 2030']);
    await mutate('archiveScenario', targetOf(plateau));
    expect(await list(`filter: { ${ours}, state: [ARCHIVED] }`)).toEqual(['Kiến trúc 2030']);
    expect(await list(`filter: { ${ours}, isPlateau: false }`)).toEqual(['Nháp']);
    expect(other.state).toBe('DRAFT');
  });
});

describe('merging', () => {
  it('commits a scenario as one change set, and undoing it gives the landscape back', async () => {
    await commit({ ...system('m-cu'), source: 'Quyết định 1' }, joins('m-cu-so', 'OWNED_BY', 'm-cu', 'so-y-te'));
    const before = await element('m-cu');
    const base = await revision();
    const scenario = await create([
      system('m-moi'),
      joins('m-moi-so', 'OWNED_BY', 'm-moi', 'so-y-te'),
      remove('m-cu-so'),
      remove('m-cu'),
    ]);
    const early = await merge(scenario);
    expect(early.userErrors).toMatchObject([{ reason: 'SCENARIO_STATE' }]);
    const preview = await merge(scenario, { dryRun: true });
    expect(preview).toMatchObject({
      revision: base + 1,
      changeSet: null,
      userErrors: [],
      scenario: { state: 'DRAFT' },
    });
    expect(preview.operations.map(({ op }) => op)).toEqual(['ADD', 'ADD', 'REMOVE', 'REMOVE']);
    expect(await revision()).toBe(base);

    const merged = await merge(await ready(scenario));
    expect(merged).toMatchObject({
      changeSet: { revision: base + 1, source: 'MERGE' },
      scenario: { state: 'MERGED', mergedRevision: base + 1, version: 3 },
      conflicts: [],
      userErrors: [],
    });
    expect([await element('m-cu'), await element('m-moi')]).toMatchObject([null, { name: 'Hệ thống m-moi' }]);
    // What it was on its base can still be asked, though its urns are given by now.
    expect(await read(scenario.id, 'difference { elementCount { added removed } }')).toEqual({
      difference: { elementCount: { added: 1, removed: 1 } },
    });

    const told = await undo(merged.scenario as Scenario, { dryRun: true });
    expect([told.operations.length, told.scenario?.state, await revision()]).toEqual([4, 'MERGED', base + 1]);
    const undone = await undo(merged.scenario as Scenario);
    expect(undone).toMatchObject({
      changeSet: { revision: base + 2, source: 'MERGE' },
      scenario: { state: 'REVERTED', mergedRevision: base + 1, revertedRevision: base + 2 },
      userErrors: [],
    });
    expect([await element('m-cu'), await element('m-moi')]).toEqual([before, null]);
    expect(before).toMatchObject({ sources: expect.arrayContaining([{ field: 'name', source: 'Quyết định 1' }]) });
    const { landscapeDifference } = await ask<{ landscapeDifference: object }>(
      `query ($from: AsOf!) { landscapeDifference(from: $from) { elementCount { added removed changed } relationCount { added removed changed } } }`,
      { from: { revision: base } },
    );
    const none = { added: 0, removed: 0, changed: 0 };
    expect(landscapeDifference).toEqual({ elementCount: none, relationCount: none });
    const twice = await undo(undone.scenario as Scenario);
    expect(twice.userErrors).toMatchObject([{ reason: 'SCENARIO_STATE' }]);
  });

  it('gives values back with where they were known from when it is undone', async () => {
    const sourced = { source: 'Quyết định 1', confidence: 'HIGH' };
    await commit({ ...system('m-nguon'), ...sourced }, { ...set('m-nguon', 'layer', 1), ...sourced });
    const before = await element('m-nguon');
    const told = { ...set('m-nguon', 'name', 'Hệ thống m-doi'), source: 'Phương án' };
    const scenario = await ready(await create([told, set('m-nguon', 'layer', 2)]));
    const merged = await merge(scenario);
    expect(await element('m-nguon')).toMatchObject({ layer: 2, sources: expect.not.arrayContaining([LAYER_SOURCE]) });
    expect((await undo(merged.scenario as Scenario)).userErrors).toEqual([]);
    expect(await element('m-nguon')).toEqual(before);
    expect(before).toMatchObject({ sources: expect.arrayContaining([LAYER_SOURCE]) });
  });
  const LAYER_SOURCE = { field: 'layer', source: 'Quyết định 1' };

  it('is not undone where the landscape does not bear it any more', async () => {
    const define = (id: string): object => add(id, seatsDefinition({ key: 'soCho' }));
    await commit(define('attribute-cho-a'));
    const merged = await merge(await ready(await create([remove('attribute-cho-a')])));
    const latest = await commit(define('attribute-cho-b'));
    const place = { urn: 'urn:khung:attribute-cho-a', path: null, cause: 'NOT_POSSIBLE_THERE' };
    for (const more of [{ dryRun: true }, {}]) {
      expect(await undo(merged.scenario as Scenario, more)).toMatchObject({
        changeSet: null,
        scenario: { state: 'MERGED' },
        conflicts: [place],
        userErrors: [{ reason: 'ATTRIBUTE_KEY_TAKEN', path: ['id'] }],
      });
    }
    expect(await revision()).toBe(latest);
  });

  it('takes from each side what only that side changed', async () => {
    await commit(system('n-mot'));
    const scenario = await ready(await create([set('n-mot', 'layer', 2), set('n-mot', 'nameEn', 'One')]));
    const base = await commit(set('n-mot', 'name', 'Họ đổi tên'), set('n-mot', 'nameEn', 'One'));
    expect(await read(scenario.id, 'conflicts { totalCount }')).toEqual({ conflicts: { totalCount: 0 } });
    const merged = await merge(scenario);
    expect(merged).toMatchObject({ revision: base + 1, operations: [{ path: 'layer' }], userErrors: [] });
    expect(await element('n-mot')).toMatchObject({ name: 'Họ đổi tên', layer: 2 });
  });

  it('stops where the landscape went another way, until somebody decides field by field', async () => {
    await commit(system('c-mot'), system('c-hai'));
    const scenario = await ready(await create([set('c-mot', 'name', 'Ta'), set('c-mot', 'layer', 1), remove('c-hai')]));
    const head = await commit(set('c-mot', 'name', 'Họ'), set('c-hai', 'layer', 4));
    const stopped = await merge(scenario);
    expect(stopped).toMatchObject({
      scenario: { state: 'REBASE_NEEDED', version: 3, mergedRevision: null },
      changeSet: null,
      conflicts: [
        { urn: 'urn:khung:c-hai', path: null, cause: 'CHANGED_THERE' },
        {
          urn: 'urn:khung:c-mot',
          path: 'name',
          cause: 'CHANGED_OTHERWISE',
          base: 'Hệ thống c-mot',
          current: 'Họ',
          scenario: 'Ta',
        },
      ],
      userErrors: [
        { code: 'CONFLICT', reason: 'CHANGED_MEANWHILE' },
        { code: 'CONFLICT', reason: 'CHANGED_MEANWHILE' },
      ],
    });
    expect(await revision()).toBe(head);
    expect(await element('c-mot')).toMatchObject({ name: 'Họ', layer: null });

    const needing = stopped.scenario as Scenario;
    const undecided = await rebase(needing, {
      resolutions: [{ urn: 'urn:khung:c-mot', path: 'name', choose: 'VALUE', value: 'Cả hai' }],
    });
    expect(undecided).toMatchObject({ scenario: { version: 3 }, conflicts: [{ urn: 'urn:khung:c-hai' }] });
    expect(undecided.userErrors).toMatchObject([{ reason: 'CHANGED_MEANWHILE' }]);
    const strange = await rebase(needing, {
      resolutions: [{ urn: 'urn:khung:c-mot', path: 'layer', choose: 'CURRENT' }],
    });
    expect(strange.userErrors).toMatchObject([
      { code: 'NOT_FOUND', reason: 'CONFLICT_UNKNOWN', path: ['resolutions', '0'] },
    ]);
    const resolutions = [
      { urn: 'urn:khung:c-mot', path: 'name', choose: 'VALUE', value: 'Cả hai' },
      { urn: 'urn:khung:c-hai', choose: 'CURRENT' },
    ];
    const tried = await rebase(needing, { resolutions, dryRun: true });
    expect(tried).toMatchObject({ scenario: { state: 'READY', version: 3, baseRevision: head }, userErrors: [] });
    expect(await read(scenario.id, 'state baseRevision')).toEqual({ state: 'REBASE_NEEDED', baseRevision: head - 1 });
    const moved = await rebase(needing, { resolutions });
    expect(moved).toMatchObject({
      scenario: { state: 'READY', version: 4, baseRevision: head },
      conflicts: [],
      userErrors: [],
    });
    const merged = await merge(moved.scenario as Scenario);
    expect(merged).toMatchObject({ revision: head + 1, scenario: { state: 'MERGED' } });
    expect(await element('c-mot')).toMatchObject({ name: 'Cả hai', layer: 1 });
    expect(await element('c-hai')).toMatchObject({ layer: 4 });
  });

  it('lets one of two win that are merged at once, and writes nothing of the other', async () => {
    await commit(system('d-mot'));
    const [one, two] = [
      await ready(await create([set('d-mot', 'name', 'Một'), system('d-cua-mot')])),
      await ready(await create([set('d-mot', 'name', 'Hai'), system('d-cua-hai')])),
    ];
    expect(await read(one.id, 'conflicts { nodes { urn path otherScenario current scenario } }')).toEqual({
      conflicts: {
        nodes: [{ urn: 'urn:khung:d-mot', path: 'name', otherScenario: two.id, current: 'Hai', scenario: 'Một' }],
      },
    });
    const before = await revision();
    const outcomes = await Promise.all([merge(one), merge(two)]);
    const states = outcomes.map(({ scenario }) => scenario?.state);
    expect(new Set(states)).toEqual(new Set(['MERGED', 'REBASE_NEEDED']));
    expect(await revision()).toBe(before + 1);
    const winner = outcomes[0]?.scenario?.state === 'MERGED' ? 'mot' : 'hai';
    const loser = winner === 'mot' ? 'hai' : 'mot';
    expect(await element('d-mot')).toMatchObject({ name: winner === 'mot' ? 'Một' : 'Hai' });
    expect([await element(`d-cua-${winner}`), await element(`d-cua-${loser}`)]).toMatchObject([{}, null]);
    const refused = outcomes.find(({ scenario }) => scenario?.state === 'REBASE_NEEDED');
    expect(refused?.conflicts).toMatchObject([{ urn: 'urn:khung:d-mot', path: 'name', cause: 'CHANGED_OTHERWISE' }]);
  });

  it('merges one scenario once, however often it is asked at once', async () => {
    const scenario = await ready(await create([system('e-mot')]));
    const before = await revision();
    const outcomes = await Promise.all([merge(scenario), merge(scenario), merge(scenario)]);
    expect(outcomes.filter(({ changeSet }) => changeSet !== null)).toHaveLength(1);
    const refused = outcomes.filter(({ changeSet }) => changeSet === null);
    for (const { userErrors } of refused) expect(userErrors).toMatchObject([{ reason: 'SCENARIO_VERSION_STALE' }]);
    expect(await revision()).toBe(before + 1);
  });

  it('of two that do not meet takes both, whichever comes first', async () => {
    const [one, two] = [await ready(await create([system('f-mot')])), await ready(await create([system('f-hai')]))];
    const before = await revision();
    const outcomes = await Promise.all([merge(one), merge(two)]);
    expect(outcomes.map(({ scenario }) => scenario?.state)).toEqual(['MERGED', 'MERGED']);
    expect(await revision()).toBe(before + 2);
  });

  it('stops where only together it would be illegal, and undoing stops where somebody went on', async () => {
    await commit(add('g-mot', { kind: 'SYSTEM', name: 'G' }), add('g-nen', { kind: 'PLATFORM', name: 'Nền' }));
    const scenario = await ready(await create([joins('g-dung', 'USES_PLATFORM', 'g-mot', 'g-nen')]));
    const head = await commit(set('g-nen', 'kind', 'SYSTEM'));
    const stopped = await merge(scenario);
    expect(stopped).toMatchObject({
      scenario: { state: 'REBASE_NEEDED' },
      conflicts: [{ urn: 'urn:khung:g-dung', path: null, cause: 'NOT_POSSIBLE_THERE' }],
    });
    expect(stopped.userErrors).toMatchObject([{ code: 'ILLEGAL_RELATION' }]);
    expect(await revision()).toBe(head);

    const other = await merge(await ready(await create([system('g-hai')])));
    await commit(set('g-hai', 'layer', 2));
    const undone = await undo(other.scenario as Scenario);
    expect(undone).toMatchObject({
      scenario: { state: 'MERGED' },
      conflicts: [{ urn: 'urn:khung:g-hai', path: null, cause: 'CHANGED_THERE' }],
      userErrors: [{ reason: 'CHANGED_MEANWHILE' }],
    });
  });

  it('has nothing to do where all of it is so already, and the scenario stays ready', async () => {
    const scenario = await ready(await create([set('hcm-qlvb', 'nameEn', 'Document system')]));
    await commit(set('hcm-qlvb', 'nameEn', 'Document system'));
    expect(await merge(scenario)).toMatchObject({ scenario: null, userErrors: [{ reason: 'NOTHING_TO_DO' }] });
    expect(await read(scenario.id, 'state')).toEqual({ state: 'READY' });
  });
});

describe("scenarios that are in each other's way", () => {
  it('are found by what they speak of, by ends of relations too, and told in pages', async () => {
    await commit(system('w-mot'), system('w-hai'));
    const removing = await create([remove('w-hai')]);
    const joining = await create([joins('w-noi', 'DEPENDS_ON', 'w-mot', 'w-hai'), set('w-mot', 'name', 'Một')]);
    const renaming = await create([set('w-mot', 'name', 'Khác')]);
    await create([set('w-mot', 'layer', 1)]);
    const given = await create([set('w-mot', 'name', 'Bỏ')]);
    await mutate('archiveScenario', targetOf(given));
    interface Told {
      readonly conflicts: {
        readonly totalCount: number;
        readonly nodes: readonly { readonly urn: string; readonly otherScenario: string; readonly cause: string }[];
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
      };
    }
    const fields = 'totalCount nodes { urn otherScenario cause } pageInfo { hasNextPage endCursor }';
    const { conflicts } = await read<Told>(joining.id, `conflicts { ${fields} }`);
    expect(conflicts.nodes.toSorted((a, b) => (a.urn < b.urn ? -1 : 1))).toEqual([
      { urn: 'urn:khung:w-mot', otherScenario: renaming.id, cause: 'CHANGED_OTHERWISE' },
      { urn: 'urn:khung:w-noi', otherScenario: removing.id, cause: 'END_GONE' },
    ]);
    const first = await read<Told>(joining.id, `conflicts(first: 1) { ${fields} }`);
    expect(first.conflicts).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: true } });
    const second = await read<Told>(
      joining.id,
      `conflicts(first: 1, after: "${first.conflicts.pageInfo.endCursor}") { ${fields} }`,
    );
    expect([...first.conflicts.nodes, ...second.conflicts.nodes]).toEqual(conflicts.nodes);
    const all = await ask<{ scenarios: { nodes: readonly (Told & { readonly id: string })[] } }>(
      `{ scenarios(first: 500) { nodes { id conflicts { totalCount } } } }`,
    );
    const counts = new Map(all.scenarios.nodes.map(({ id, conflicts: { totalCount } }) => [id, totalCount]));
    expect([removing, joining, renaming, given].map(({ id }) => counts.get(id))).toEqual([1, 2, 1, 0]);
  });
});

describe('a plateau', () => {
  it('tells the gap to it: what is to be built, retired and changed by its day', async () => {
    await commit(
      add('p-cu', { kind: 'SYSTEM', name: 'Cũ', phases: [{ phase: 'ACTIVE', from: '2015' }] }),
      joins('p-cu-so', 'OWNED_BY', 'p-cu', 'so-xay-dung'),
    );
    const plateau = await create(
      [
        add('p-moi', {
          kind: 'SYSTEM',
          name: 'Mới',
          phases: [
            { phase: 'PLAN', from: '2026' },
            { phase: 'ACTIVE', from: '2029' },
          ],
        }),
        joins('p-moi-so', 'OWNED_BY', 'p-moi', 'so-xay-dung'),
        set('p-cu', 'phases', [
          { phase: 'ACTIVE', from: '2015' },
          { phase: 'END_OF_LIFE', from: '2030-06' },
        ]),
      ],
      { name: 'Kiến trúc mục tiêu', targetDate: '2030-12-31' },
    );
    interface Gap {
      readonly elements: { readonly nodes: readonly { readonly way: string; readonly urn: string }[] };
      readonly elementCount: { readonly added: number; readonly removed: number; readonly changed: number };
      readonly relationCount: { readonly added: number; readonly removed: number };
    }
    const gap = async (id: string, args = ''): Promise<Gap> =>
      (
        await read<{ gap: Gap }>(
          id,
          `gap${args} {
            elements(first: 500) { nodes { way urn } }
            elementCount { added removed changed } relationCount { added removed }
          }`,
        )
      ).gap;
    const ways = ({ elements }: Gap): string[] =>
      elements.nodes.filter(({ urn }) => urn.startsWith('urn:khung:p-')).map(({ way, urn }) => `${way} ${urn}`);

    const full = await gap(plateau.id);
    expect(ways(full)).toEqual(['ADDED urn:khung:p-moi', 'REMOVED urn:khung:p-cu']);
    expect(ways(await gap(plateau.id, '(on: "2029-01-01")'))).toEqual([
      'ADDED urn:khung:p-moi',
      'CHANGED urn:khung:p-cu',
    ]);
    // What the city plans anyway is part of the gap to every plateau.
    const empty = await gap((await create([], { targetDate: '2030-12-31' })).id);
    const { added, removed, changed } = empty.elementCount;
    expect(added).toBeGreaterThan(0);
    expect(full.elementCount).toEqual({ added: added + 1, removed: removed + 1, changed });
    expect(full.relationCount).toEqual({
      added: empty.relationCount.added + 1,
      removed: empty.relationCount.removed + 1,
    });
  });
});

describe('a plateau on an older landscape', () => {
  interface Ways {
    readonly gap: { readonly elements: { readonly nodes: readonly { way: string; urn: string }[] } };
  }
  const gapTo = async (id: string, prefix: string): Promise<string[]> => {
    const { gap } = await read<Ways>(id, 'gap { elements(first: 500) { nodes { way urn } } }');
    return gap.elements.nodes
      .filter(({ urn }) => urn.startsWith(`urn:khung:${prefix}`))
      .map(({ way, urn }) => `${way} ${urn}`);
  };

  it('does not retire what came into the landscape since', async () => {
    const plateau = await create([system('pl-dich')], { targetDate: '2030-12-31' });
    await commit(add('pl-sau', { kind: 'SYSTEM', name: 'Có sau', phases: [{ phase: 'ACTIVE', from: '2020' }] }));
    expect(await gapTo(plateau.id, 'pl-')).toEqual(['ADDED urn:khung:pl-dich']);
    const merged = await merge(await ready(plateau));
    await commit(
      set('pl-dich', 'phases', [
        { phase: 'ACTIVE', from: '2020' },
        { phase: 'END_OF_LIFE', from: '2029' },
      ]),
    );
    expect(merged.scenario?.state).toBe('MERGED');
    expect(await gapTo(plateau.id, 'pl-')).toEqual(['REMOVED urn:khung:pl-dich']);
  });

  it('is refused where both went different ways', async () => {
    await commit(system('pm-cu'));
    const plateau = await create([set('pm-cu', 'name', 'Ta')], { targetDate: '2030-12-31' });
    await commit(set('pm-cu', 'name', 'Họ'));
    const { errors } = await service.ask<{ scenario: { gap: object } }>(
      `query ($id: ID!) { scenario(id: $id) { gap { elementCount { added } } } }`,
      { asAdministrator: true, variables: { id: plateau.id } },
    );
    expect(errors).toMatchObject([{ extensions: { code: 'CONFLICT', reason: 'REBASE_NEEDED' } }]);
  });
});

describe('what is left of a scenario that the landscape does not bear', () => {
  it('is a conflict, and is given up by name', async () => {
    await commit(add('h-du-lieu', { kind: 'DATA_OBJECT', name: 'Dữ liệu' }), system('h-mot'), system('h-hai'));
    const scenario = await create([
      joins('h-goc', 'MASTERS', 'h-mot', 'h-du-lieu'),
      set('h-mot', 'name', 'Hệ thống một'),
    ]);
    await commit(joins('h-goc-khac', 'MASTERS', 'h-hai', 'h-du-lieu'));
    const place = { urn: 'urn:khung:h-goc', path: null };
    expect(await read(scenario.id, 'conflicts { nodes { urn path cause } }')).toEqual({
      conflicts: { nodes: [{ ...place, cause: 'NOT_POSSIBLE_THERE' }] },
    });
    const refused = await rebase(scenario);
    expect(refused).toMatchObject({ conflicts: [place], userErrors: [{ reason: 'MASTER_TAKEN' }] });
    const moved = await rebase(scenario, { resolutions: [{ urn: place.urn, choose: 'CURRENT' }] });
    expect(moved).toMatchObject({
      conflicts: [],
      userErrors: [],
      droppedOperations: [{ op: 'ADD', urn: place.urn }],
    });
    expect(await read(scenario.id, 'operations { nodes { urn path } }')).toEqual({
      operations: { nodes: [{ urn: 'urn:khung:h-mot', path: 'name' }] },
    });
  });
});

describe('what is wrong is told with a code, a reason and a path, and the landscape stays', () => {
  it.each<[string, object, string, string, string]>([
    ['an empty name', { name: ' ' }, 'VALIDATION', 'VALUE_MISSING', 'name'],
    ['a name that can not be written down', { name: 'a\0b' }, 'VALIDATION', 'VALUE_OF_WRONG_TYPE', 'name'],
    ['a name that is too long', { name: 'x'.repeat(201) }, 'LIMIT_EXCEEDED', 'LIMIT_EXCEEDED', 'name'],
    ['a purpose that is too long', { purpose: 'x'.repeat(4001) }, 'LIMIT_EXCEEDED', 'LIMIT_EXCEEDED', 'purpose'],
    ['an agency that is none', { agency: 'urn:khung:hcm-lgsp' }, 'NOT_FOUND', 'URN_UNKNOWN', 'agency'],
    [
      'an illegal relation',
      { operations: [system('x'), joins('x-y', 'OWNED_BY', 'x', 'hcm-lgsp')] },
      'ILLEGAL_RELATION',
      'RELATION_ILLEGAL',
      'operations.1.value.kind',
    ],
    ['an unknown urn', { operations: [remove('khong-co')] }, 'NOT_FOUND', 'URN_UNKNOWN', 'operations.0.urn'],
    ['a taken urn', { operations: [system('hcm-lgsp')] }, 'CONFLICT', 'URN_TAKEN', 'operations.0.urn'],
    [
      'a state secret',
      { operations: [add('x', { kind: 'SYSTEM', name: 'X', attributes: { stateSecret: true } })] },
      'REFUSED_CONTENT',
      'STATE_SECRET',
      'operations.0.value.attributes.stateSecret',
    ],
    [
      'too many operations',
      { operations: Array.from({ length: 5001 }, () => system('x')) },
      'LIMIT_EXCEEDED',
      'LIMIT_EXCEEDED',
      'operations',
    ],
  ])('%s', async (_what, input, code, reason, path) => {
    const before = await revision();
    const { scenario, userErrors } = await mutate('createScenario', { name: 'Sai', ...input });
    expect(scenario).toBeNull();
    expect(userErrors).toHaveLength(1);
    expect(userErrors[0]).toMatchObject({ code, reason, path: path.split('.') });
    expect(await revision()).toBe(before);
  });

  const unknown = '00000000-0000-4000-8000-000000000000';
  it.each(['changeScenario', 'rebaseScenario', 'mergeScenario', 'revertScenario', 'archiveScenario'])(
    'an unknown id and a stale version: %s',
    async (name) => {
      const before = await revision();
      const reason = name === 'mergeScenario' || name === 'revertScenario' ? { reason: 'Thử' } : {};
      for (const id of [unknown, 'not-an-id', "'; drop table scenario"]) {
        const { userErrors } = await mutate(name, { id, expectedVersion: 1, ...reason });
        expect(userErrors).toMatchObject([{ code: 'NOT_FOUND', reason: 'SCENARIO_UNKNOWN', path: ['id'] }]);
      }
      const { id } = await create([]);
      const { userErrors } = await mutate(name, { id, expectedVersion: 7, ...reason });
      expect(userErrors).toMatchObject([
        { code: 'CONFLICT', reason: 'SCENARIO_VERSION_STALE', path: ['expectedVersion'] },
      ]);
      expect(await revision()).toBe(before);
      expect(await read(id, 'state version')).toEqual({ state: 'DRAFT', version: 1 });
    },
  );

  it('an empty reason leaves a ready scenario ready', async () => {
    const scenario = await ready(await create([system('r-mot')]));
    const { userErrors } = await merge(scenario, { reason: ' ' });
    expect(userErrors).toMatchObject([{ reason: 'VALUE_MISSING', path: ['reason'] }]);
    expect(await read(scenario.id, 'state')).toEqual({ state: 'READY' });
  });

  it('two changes of one version: one is refused', async () => {
    const scenario = await create([]);
    const outcomes = await Promise.all(
      ['A', 'B'].map((name) => mutate('changeScenario', { ...targetOf(scenario), name })),
    );
    const refused = outcomes.flatMap(({ userErrors }) => userErrors);
    expect(refused).toMatchObject([{ reason: 'SCENARIO_VERSION_STALE' }]);
    expect(await read(scenario.id, 'version')).toEqual({ version: 2 });
  });

  it('the public has no scenarios, and sees none', async () => {
    const { id, version } = await create([system('cong-khai')]);
    const input = { name: 'Của tôi', operations: [] };
    expect((await mutate('createScenario', input, {})).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    const change = await mutate('changeScenario', { id, expectedVersion: version, name: 'Sửa' }, {});
    expect(change.userErrors).toMatchObject([{ code: 'FORBIDDEN', reason: 'NOT_PERMITTED' }]);
    const merged = await mutate('mergeScenario', { id, expectedVersion: version, reason: 'Thử' }, {});
    expect(merged.userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect(await read(id, 'name', {}, {})).toBeNull();
    expect(await ask('{ scenarios { totalCount nodes { id } } }', {}, {})).toEqual({
      scenarios: { totalCount: 0, nodes: [] },
    });
  });
});

describe('who has which scenarios', () => {
  const createAs = async (token: string, input: object): Promise<Payload> =>
    (
      await askAs<{ createScenario: Payload }>(
        token,
        `mutation ($input: CreateScenarioInput!) { createScenario(input: $input) { ${COMMON} } }`,
        { input },
      )
    ).createScenario;
  const seenBy = async (token: string, id: string): Promise<unknown> =>
    (await askAs<{ scenario: unknown }>(token, 'query ($id: ID!) { scenario(id: $id) { name } }', { id })).scenario;

  it('an officer those of the own agency, an architect all; neither merges', async () => {
    const { scenario: own } = await createAs(OFFICER_TOKEN, { name: 'Của Sở Y tế', operations: [system('y-te-moi')] });
    const other = await create([], { name: 'Của Sở Du lịch', agency: 'urn:khung:so-du-lich' });
    const city = await create([], { name: 'Của Thành phố' });
    const id = own?.id ?? '';
    expect(await read(id, 'author agency { urn }')).toEqual({
      author: 'officer',
      agency: { urn: 'urn:khung:so-y-te' },
    });
    const seen = async (token: string): Promise<boolean[]> =>
      Promise.all([id, other.id, city.id].map(async (each) => (await seenBy(token, each)) !== null));
    expect(await seen(OFFICER_TOKEN)).toEqual([true, false, false]);
    expect(await seen(ARCHITECT_TOKEN)).toEqual([true, true, true]);
    expect((await createAs(OFFICER_TOKEN, { name: 'Lạ', agency: 'urn:khung:so-du-lich' })).userErrors).toMatchObject([
      { code: 'FORBIDDEN' },
    ]);
    await ready(own as Scenario);
    const { mergeScenario } = await askAs<{ mergeScenario: Payload }>(
      OFFICER_TOKEN,
      `mutation ($input: MergeScenarioInput!) { mergeScenario(input: $input) { ${MERGED} } }`,
      { input: { id, expectedVersion: 2, reason: 'Thử' } },
    );
    expect(mergeScenario.userErrors).toMatchObject([{ code: 'FORBIDDEN', reason: 'NOT_PERMITTED' }]);
    expect(await read(id, 'state')).toEqual({ state: 'READY' });
  });

  it('and what an officer may not see is told by no answer about them', async () => {
    const hidden = { kind: 'SYSTEM', name: 'Hệ thống kín', visibility: 'AGENCY' };
    await commit(
      add('kin', hidden),
      joins('kin-so', 'OWNED_BY', 'kin', 'so-du-lich'),
      system('ho'),
      joins('ho-kin', 'DEPENDS_ON', 'kin', 'ho'),
    );
    const unknown = await createAs(OFFICER_TOKEN, { name: 'Dò', operations: [set('kin', 'layer', 1)] });
    expect(unknown.userErrors).toMatchObject([{ code: 'NOT_FOUND', reason: 'URN_UNKNOWN' }]);
    const related = await createAs(OFFICER_TOKEN, { name: 'Dò', operations: [remove('ho')] });
    expect(related.userErrors).toMatchObject([{ reason: 'NOT_PERMITTED', path: ['operations', '0', 'urn'] }]);
    const { scenario } = await createAs(OFFICER_TOKEN, { name: 'Của Sở', operations: [set('ho', 'layer', 2)] });
    await commit(set('kin', 'name', 'Hệ thống rất kín'));
    const told = await askAs(
      OFFICER_TOKEN,
      `query ($id: ID!) { scenario(id: $id) {
        conflicts { nodes { urn } } difference { elements { nodes { urn } } relations { nodes { urn } } }
        gap { elements(first: 500) { nodes { urn } } relations(first: 500) { nodes { urn } } }
      } }`,
      { id: scenario?.id },
    );
    expect(told).toMatchObject({ scenario: { difference: { elements: { nodes: [{ urn: 'urn:khung:ho' }] } } } });
    expect(JSON.stringify(told)).not.toContain('kin');
  });
});

describe('a read of the landscape that a scenario makes', () => {
  it('answers as planned beside as is, in one request', async () => {
    await commit(
      { op: 'ADD', urn: 'urn:khung:nhu-a', value: { kind: 'SYSTEM', name: 'Như A' } },
      { op: 'ADD', urn: 'urn:khung:nhu-b', value: { kind: 'SYSTEM', name: 'Như B' } },
    );
    const { id, baseRevision } = await create([
      { op: 'UPDATE', urn: 'urn:khung:nhu-a', path: 'name', value: 'Như A mới' },
      {
        op: 'ADD',
        urn: 'urn:khung:nhu-ab',
        value: {
          kind: 'DEPENDS_ON',
          source: 'urn:khung:nhu-a',
          target: 'urn:khung:nhu-b',
          strength: 'HARD',
          validFrom: '2030',
        },
      },
    ]);
    const answer = await ask(
      `query ($id: ID!) {
        isNow: impactAnalysis(from: "urn:khung:nhu-b") { totalCount }
        planned: impactAnalysis(from: "urn:khung:nhu-b", scenarioId: $id) {
          totalCount impacted { nodes { severity element { name relations { totalCount } } } }
        }
        before2030: element(urn: "urn:khung:nhu-a", scenarioId: $id, asOf: { validOn: "2029-12-31" }) {
          name relations { totalCount }
        }
        found: elements(search: "nhu a moi", scenarioId: $id) { nodes { urn } }
        landscape(scenarioId: $id) { revision }
      }`,
      { id },
    );
    expect(answer).toMatchObject({
      isNow: { totalCount: 0 },
      planned: {
        totalCount: 1,
        impacted: { nodes: [{ severity: 'LOST', element: { name: 'Như A mới', relations: { totalCount: 1 } } }] },
      },
      before2030: { name: 'Như A mới', relations: { totalCount: 0 } },
      landscape: { revision: baseRevision + 1 },
    });
    expect(answer).toHaveProperty('found.nodes.0.urn', 'urn:khung:nhu-a');
    expect(await revision()).toBe(baseRevision);
  });

  it.each([
    ['of a revision too', 'asOf: { revision: 1 }', 'VALIDATION'],
    ['of a moment too', 'asOf: { knownAt: "2026-01-01T00:00:00Z" }', 'VALIDATION'],
  ])('%s is refused', async (_what, more, code) => {
    const { id } = await create([{ op: 'UPDATE', urn: 'urn:khung:nhu-a', path: 'name', value: 'Như A khác' }]);
    const { errors } = await service.ask(`{ landscape(scenarioId: "${id}", ${more}) { revision } }`, asAdministrator);
    expect(errors?.[0]?.extensions).toMatchObject({ code, reason: 'VALUE_NOT_ALLOWED' });
  });

  it('is not for those who may not see the scenario', async () => {
    const { id } = await create([{ op: 'UPDATE', urn: 'urn:khung:nhu-a', path: 'name', value: 'Như A kín' }]);
    const asPublic = await service.ask(`{ landscape(scenarioId: "${id}") { revision } }`);
    expect(asPublic.errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND', reason: 'SCENARIO_UNKNOWN' });
    const unknown = '00000000-0000-4000-8000-000000000000';
    const nowhere = await service.ask(`{ landscape(scenarioId: "${unknown}") { revision } }`, asAdministrator);
    expect(nowhere.errors?.[0]?.extensions).toMatchObject({ reason: 'SCENARIO_UNKNOWN' });
  });

  it('opens nothing to an officer that a draft says is his', async () => {
    await commit(
      { op: 'ADD', urn: 'urn:khung:co-quan-la', value: { kind: 'AGENCY', name: 'Cơ quan lạ' } },
      { op: 'ADD', urn: 'urn:khung:kho-la', value: { kind: 'SYSTEM', name: 'Kho lạ', visibility: 'AGENCY' } },
      {
        op: 'ADD',
        urn: 'urn:khung:kho-la.chu',
        value: { kind: 'OWNED_BY', source: 'urn:khung:kho-la', target: 'urn:khung:co-quan-la' },
      },
    );
    const { createScenario } = await askAs<{ createScenario: Payload }>(
      OFFICER_TOKEN,
      `mutation ($input: CreateScenarioInput!) { createScenario(input: $input) { ${COMMON} } }`,
      {
        input: {
          name: 'Gộp',
          operations: [
            {
              op: 'ADD',
              urn: 'urn:khung:co-quan-la.thuoc',
              value: { kind: 'PART_OF', source: 'urn:khung:co-quan-la', target: 'urn:khung:so-y-te' },
            },
          ],
        },
      },
    );
    const id = createScenario.scenario?.id;
    const query = 'query ($id: ID) { element(urn: "urn:khung:kho-la", scenarioId: $id) { name } }';
    expect(await askAs(OFFICER_TOKEN, query, { id })).toEqual({ element: null });
    expect(await askAs(ARCHITECT_TOKEN, query, { id })).toEqual({ element: { name: 'Kho lạ' } });
    // Removed since, it is judged as it was at the base.
    await commit({ op: 'REMOVE', urn: 'urn:khung:kho-la.chu' }, { op: 'REMOVE', urn: 'urn:khung:kho-la' });
    expect(await askAs(OFFICER_TOKEN, query, { id })).toEqual({ element: null });
  });
});
