import { startTestService } from './support/service.js';
import type { AskOptions, TestService } from './support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

const asAdministrator = { asAdministrator: true } as const;

async function ask<T>(query: string, variables: object = {}, options: AskOptions = asAdministrator): Promise<T> {
  const { data, errors } = await service.ask<T>(query, { ...options, variables });
  if (errors !== undefined || data === null || data === undefined) throw new Error(JSON.stringify(errors));
  return data;
}

async function revision(): Promise<number> {
  return (await ask<{ landscape: { revision: number } }>('{ landscape { revision } }')).landscape.revision;
}

async function commit(operations: readonly object[], reason = 'Kiểm thử'): Promise<number> {
  const { commitChangeSet } = await ask<{ commitChangeSet: { revision: number; userErrors: object[] } }>(
    `mutation ($operations: [ChangeOperationInput!]!, $reason: String!) {
      commitChangeSet(input: { operations: $operations, reason: $reason }) { revision userErrors { message path } }
    }`,
    { operations, reason },
  );
  expect(commitChangeSet.userErrors).toEqual([]);
  return commitChangeSet.revision;
}

const add = (id: string, value: object): object => ({ op: 'ADD', urn: `urn:khung:${id}`, value });
const system = (id: string): object => add(id, { kind: 'SYSTEM', name: `Hệ thống ${id}` });
const needs = (id: string, source: string, target: string): object =>
  add(id, { kind: 'DEPENDS_ON', source: `urn:khung:${source}`, target: `urn:khung:${target}`, strength: 'HARD' });
const rename = (id: string, name: string): object => ({
  op: 'UPDATE',
  urn: `urn:khung:${id}`,
  path: 'name',
  value: name,
});
const remove = (id: string): object => ({ op: 'REMOVE', urn: `urn:khung:${id}` });

interface Undone {
  readonly changeSet: { readonly revision: number; readonly reason: string } | null;
  readonly operations: readonly { readonly op: string; readonly urn: string }[];
  readonly conflicts: readonly { readonly urn: string; readonly path: string | null; readonly cause: string }[];
  readonly userErrors: readonly { readonly code: string; readonly reason: string; readonly path: readonly string[] }[];
}
const UNDONE = `changeSet { revision reason } operations { op urn }
  conflicts { urn path cause base current scenario } userErrors { code reason path }`;

async function revert(which: number, more: object = {}, options?: AskOptions): Promise<Undone> {
  const input = { revision: which, reason: 'Hoàn tác', ...more };
  const query = `mutation ($input: RevertChangeSetInput!) { revertChangeSet(input: $input) { ${UNDONE} } }`;
  return (await ask<{ revertChangeSet: Undone }>(query, { input }, options)).revertChangeSet;
}
async function restore(id: string, more: object = {}): Promise<Undone> {
  const input = { urn: `urn:khung:${id}`, reason: 'Khôi phục', ...more };
  const query = `mutation ($input: RestoreObjectInput!) { restoreObject(input: $input) { ${UNDONE} } }`;
  return (await ask<{ restoreObject: Undone }>(query, { input })).restoreObject;
}
/** All that the landscape says of the objects of a test, without when it was said. */
async function content(prefix: string): Promise<unknown> {
  const { elements, relations } = await ask<{ elements: { nodes: object[] }; relations: { nodes: { urn: string }[] } }>(
    `query ($prefix: String!) {
      elements(filter: { name: { startsWith: $prefix } }) { nodes { urn name kind } }
      relations(first: 500, filter: { source: { name: { startsWith: $prefix } } }) {
        nodes { urn kind strength source { urn } target { urn } }
      }
    }`,
    { prefix: `Hệ thống ${prefix}` },
  );
  return { elements: elements.nodes, relations: relations.nodes };
}

/** Where the values of the systems of a test are known from, and those of the relations that lead from them. */
async function sources(prefix: string): Promise<unknown> {
  const { elements } = await ask<{ elements: { nodes: object[] } }>(
    `query ($prefix: String!) {
      elements(filter: { name: { startsWith: $prefix } }) {
        nodes { urn name sources { field source confidence } relations { nodes { urn provenance confidence } } }
      }
    }`,
    { prefix: `Hệ thống ${prefix}` },
  );
  return elements.nodes;
}

describe('the history of an element', () => {
  it('is the change sets that touched it, newest first, each with what it did to it', async () => {
    const first = await commit([system('lich-su'), system('lich-su-khac')], 'Lập mới');
    await commit([rename('lich-su-khac', 'Khác')], 'Không liên quan');
    const second = await commit([rename('lich-su', 'Tên hai'), rename('lich-su-khac', 'Khác nữa')], 'Đổi tên');
    const page = async (after: string | null): Promise<unknown> => {
      const { element } = await ask<{ element: { history: { pageInfo: { endCursor: string } } } }>(
        `query ($after: String) { element(urn: "urn:khung:lich-su") { history(first: 1, after: $after) {
          totalCount nodes { revision reason author operations { totalCount nodes { op urn path before after } } }
          pageInfo { hasNextPage endCursor }
        } } }`,
        { after },
      );
      return element.history;
    };
    const newest = (await page(null)) as { pageInfo: { endCursor: string } };
    expect(newest).toMatchObject({
      totalCount: 2,
      nodes: [
        {
          revision: second,
          reason: 'Đổi tên',
          author: 'administrator',
          operations: {
            totalCount: 1,
            nodes: [
              { op: 'UPDATE', urn: 'urn:khung:lich-su', path: 'name', before: 'Hệ thống lich-su', after: 'Tên hai' },
            ],
          },
        },
      ],
      pageInfo: { hasNextPage: true },
    });
    expect(await page(newest.pageInfo.endCursor)).toMatchObject({
      totalCount: 2,
      nodes: [{ revision: first, operations: { nodes: [{ op: 'ADD', urn: 'urn:khung:lich-su', path: null }] } }],
      pageInfo: { hasNextPage: false },
    });
  });

  it('and the log are not for the public', async () => {
    const { data, errors } = await service.ask<{ element: { history: null }; changeSets: null }>(
      '{ element(urn: "urn:khung:hcm-lgsp") { history { totalCount } } }',
    );
    expect([data?.element.history, errors]).toEqual([null, undefined]);
    const log = await service.ask('{ changeSets { totalCount } }');
    expect(log.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'NOT_PERMITTED' });
  });

  it('of everything is the log, in pages that later commits do not move', async () => {
    const query = `query ($after: String) { changeSets(first: 2, after: $after) {
      totalCount nodes { revision } pageInfo { endCursor hasNextPage } } }`;
    interface Log {
      readonly changeSets: {
        readonly nodes: readonly { readonly revision: number }[];
        readonly pageInfo: { readonly endCursor: string };
      };
    }
    const newest = await revision();
    const { changeSets: first } = await ask<Log>(query);
    await commit([rename('lich-su', 'Tên ba')]);
    const { changeSets: second } = await ask<Log>(query, { after: first.pageInfo.endCursor });
    const seen = [...first.nodes, ...second.nodes].map((each) => each.revision);
    expect(seen).toEqual([newest, newest - 1, newest - 2, newest - 3]);
  });
});

describe('what changed between two revisions', () => {
  it('is told object by object and field by field, and counted', async () => {
    const before = await commit([system('khac-a'), system('khac-b'), needs('khac-ab', 'khac-a', 'khac-b')]);
    await commit([rename('khac-a', 'Hệ thống khac-a mới'), remove('khac-ab')]);
    await commit([remove('khac-b'), system('khac-c')]);
    const { landscapeDifference } = await ask<{ landscapeDifference: object }>(
      `query ($before: Int!) { landscapeDifference(from: { revision: $before }) {
        elementCount { added removed changed } relationCount { added removed changed }
        elements { totalCount nodes { urn way before { name } after { name } fields { path before after } } }
        relations { nodes { urn way before { source { urn } } after { urn } } }
        byElementKind { kind added removed changed }
        byOwner { owner { urn } added removed changed }
      } }`,
      { before },
    );
    const [oldName, newName] = ['Hệ thống khac-a', 'Hệ thống khac-a mới'];
    expect(landscapeDifference).toEqual({
      elementCount: { added: 1, removed: 1, changed: 1 },
      relationCount: { added: 0, removed: 1, changed: 0 },
      elements: {
        totalCount: 3,
        nodes: [
          { urn: 'urn:khung:khac-c', way: 'ADDED', before: null, after: { name: 'Hệ thống khac-c' }, fields: [] },
          { urn: 'urn:khung:khac-b', way: 'REMOVED', before: { name: 'Hệ thống khac-b' }, after: null, fields: [] },
          {
            urn: 'urn:khung:khac-a',
            way: 'CHANGED',
            before: { name: oldName },
            after: { name: newName },
            fields: [{ path: 'name', before: oldName, after: newName }],
          },
        ],
      },
      relations: {
        nodes: [
          { urn: 'urn:khung:khac-ab', way: 'REMOVED', before: { source: { urn: 'urn:khung:khac-a' } }, after: null },
        ],
      },
      byElementKind: [{ kind: 'SYSTEM', added: 1, removed: 1, changed: 1 }],
      byOwner: [{ owner: null, added: 1, removed: 1, changed: 1 }],
    });
  });
});

describe('undoing', () => {
  it('a change set leaves what was there before it, and stands in the log itself', async () => {
    await commit([system('lui-a'), system('lui-b'), needs('lui-ab', 'lui-a', 'lui-b')]);
    const before = await content('lui');
    const wrong = await commit([
      rename('lui-a', 'Hệ thống lui sai'),
      remove('lui-ab'),
      remove('lui-b'),
      system('lui-thua'),
    ]);
    const dry = await revert(wrong, { dryRun: true });
    expect(dry).toMatchObject({ changeSet: null, conflicts: [], userErrors: [] });
    expect(await revision()).toBe(wrong);
    const undone = await revert(wrong);
    expect(undone.changeSet).toEqual({ revision: wrong + 1, reason: 'Hoàn tác' });
    expect(undone.operations).toEqual(dry.operations);
    expect(await content('lui')).toEqual(before);
    expect((await revert(wrong)).userErrors).toEqual([{ code: 'CONFLICT', reason: 'NOTHING_TO_DO', path: [] }]);
  });

  it('gives values back with where they were known from', async () => {
    const [letter, decision] = [{ source: 'Công văn 1', confidence: 'HIGH' }, { source: 'Quyết định 2' }];
    await commit([
      { ...system('nguon-a'), ...letter },
      { ...system('nguon-b'), ...letter },
      { ...needs('nguon-ab', 'nguon-a', 'nguon-b'), ...letter },
      { ...rename('nguon-b', 'Hệ thống nguon hai'), ...decision },
    ]);
    const before = await sources('nguon');
    expect(JSON.stringify(before)).toMatch(/Công văn 1.*Quyết định 2/);
    const wrong = await commit([
      { ...rename('nguon-a', 'Hệ thống nguon-a'), ...decision },
      { ...rename('nguon-b', 'Hệ thống nguon sai'), source: 'Tin đồn' },
      remove('nguon-ab'),
    ]);
    // What was removed is given back with other sources and goes again: its sources at last are not those of then.
    const again = { kind: 'DEPENDS_ON', source: 'urn:khung:nguon-a', target: 'urn:khung:nguon-b', strength: 'HARD' };
    await commit([{ ...add('nguon-ab', again), restore: true, source: 'Tin đồn' }]);
    await commit([remove('nguon-ab')]);
    expect(await revert(wrong)).toMatchObject({ conflicts: [], userErrors: [] });
    expect(await sources('nguon')).toEqual(before);

    await commit([remove('nguon-ab'), remove('nguon-a')]);
    expect(await restore('nguon-a')).toMatchObject({ conflicts: [], userErrors: [] });
    expect(await sources('nguon')).toEqual(before);
  });

  it('what somebody went on from is a conflict, and nothing is done', async () => {
    await commit([system('giu')]);
    const renamed = await commit([rename('giu', 'Tên hai')]);
    const latest = await commit([rename('giu', 'Tên ba')]);
    expect(await revert(renamed)).toEqual({
      changeSet: null,
      operations: [],
      userErrors: [],
      conflicts: [
        {
          urn: 'urn:khung:giu',
          path: 'name',
          cause: 'CHANGED_OTHERWISE',
          base: 'Tên hai',
          current: 'Tên ba',
          scenario: 'Hệ thống giu',
        },
      ],
    });
    expect(await revision()).toBe(latest);
  });

  it('what the landscape does not bear is a conflict, and nothing is done', async () => {
    const define = (id: string): object =>
      add(id, {
        kind: 'ATTRIBUTE_DEFINITION',
        key: 'soBan',
        type: 'INTEGER',
        appliesTo: ['SYSTEM'],
        nameVi: 'Số bàn',
        nameEn: 'Desks',
        questionVi: 'Có bao nhiêu bàn?',
        questionEn: 'How many desks?',
        askedFrom: 'OWNER',
      });
    await commit([define('attribute-ban-a')]);
    const removed = await commit([remove('attribute-ban-a')]);
    const latest = await commit([define('attribute-ban-b')]);
    const conflict = {
      urn: 'urn:khung:attribute-ban-a',
      path: null,
      cause: 'NOT_POSSIBLE_THERE',
      base: null,
      current: null,
      scenario: expect.objectContaining({ key: 'soBan' }),
    };
    const refused = (asked: string): object => ({
      changeSet: null,
      operations: [],
      conflicts: [conflict],
      userErrors: [{ code: 'CONFLICT', reason: 'ATTRIBUTE_KEY_TAKEN', path: [asked] }],
    });
    expect(await revert(removed)).toEqual(refused('revision'));
    expect(await revert(removed, { dryRun: true })).toEqual(refused('revision'));
    expect(await restore('attribute-ban-a')).toEqual(refused('urn'));
    expect(await revision()).toBe(latest);
  });

  it('a removal gives the element back with its relations, as far as their other ends are there', async () => {
    await commit([
      system('tra-a'),
      system('tra-b'),
      system('tra-c'),
      needs('tra-ab', 'tra-a', 'tra-b'),
      needs('tra-ca', 'tra-c', 'tra-a'),
    ]);
    const before = await content('tra');
    await commit([remove('tra-ab'), remove('tra-ca'), remove('tra-a')]);
    expect((await restore('tra-a')).userErrors).toEqual([]);
    expect(await content('tra')).toEqual(before);
    await commit([remove('tra-ab'), remove('tra-ca'), remove('tra-a'), remove('tra-c')]);
    const { operations } = await restore('tra-a');
    expect(operations).toEqual([
      { op: 'ADD', urn: 'urn:khung:tra-a' },
      { op: 'ADD', urn: 'urn:khung:tra-ab' },
    ]);
  });

  it.each([
    ['a revision that never was', () => revert(1_000_000), 'NOT_FOUND', 'REVISION_UNKNOWN'],
    ['an object that never was', () => restore('chua-tung-co'), 'NOT_FOUND', 'URN_UNKNOWN'],
    ['an object that is there', () => restore('hcm-lgsp'), 'CONFLICT', 'NOTHING_TO_DO'],
    ['no reason', () => revert(1, { reason: ' ', dryRun: true }), 'VALIDATION', 'VALUE_MISSING'],
  ])('%s is refused', async (_what, attempt, code, reason) => {
    const before = await revision();
    expect((await attempt()).userErrors[0]).toMatchObject({ code, reason });
    expect(await revision()).toBe(before);
  });

  it('is not for the public', async () => {
    const undone = await revert(1, {}, { asAdministrator: false });
    expect(undone.userErrors[0]).toMatchObject({ code: 'FORBIDDEN', reason: 'NOT_PERMITTED' });
  });
});
