import { ADMINISTRATOR } from '../src/core/access/actor.js';
import type { Element, Relation } from '../src/core/landscape/model.js';
import type { Operation } from '../src/core/landscape/operation.js';
import type { LastState } from '../src/core/landscape/last-state.js';
import type { LandscapeSnapshot } from '../src/core/landscape/snapshot.js';
import { AttributeDefinitionReader } from '../src/registry/attribute-definition.reader.js';
import { ChangeSetWriter } from '../src/registry/change-set.writer.js';
import { LandscapeHistory } from '../src/registry/landscape.history.js';
import { LandscapeStore } from '../src/registry/landscape.store.js';
import type { Database } from '../src/runtime/database.js';
import { freshDatabase } from './support/database.js';
import { seededRandom } from './support/seeded-random.js';
import type { SeededRandom } from './support/seeded-random.js';
import { todayInVietnam } from '../src/runtime/today.js';
import { startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

const HISTORIES = 100;
const STEPS = 6;

/** All that is recorded of a landscape: what there is, in order of number, and what is known of what is gone. */
interface Content {
  readonly elements: readonly Element[];
  readonly relations: readonly Relation[];
  readonly outgoing: readonly (readonly number[])[];
  readonly bounds: readonly number[];
  readonly gone: readonly LastState[];
}

/** @param urns - of everything that ever was. */
function contentOf(landscape: LandscapeSnapshot, urns: Iterable<string>): Content {
  const elements = [...landscape.elements()];
  return {
    elements,
    relations: [...landscape.relations()],
    outgoing: elements.map(({ seq }) => {
      const relations: number[] = [];
      landscape.forEachOutgoing(seq, (_kind, _other, relation) => relations.push(relation));
      return relations;
    }),
    bounds: [landscape.elementBound, landscape.relationBound],
    gone: Array.from(urns, (urn) => landscape.lastStateOf(urn) ?? []).flat(),
  };
}

/** A step of a history of up to five systems: something is added, changed, related or removed. */
function drawStep(random: SeededRandom, landscape: LandscapeSnapshot, prefix: string): Operation[] {
  const all = [...landscape.elements()].filter(({ urn }) => urn.startsWith(`urn:khung:${prefix}-`));
  const mine = all.filter(({ kind }) => kind === 'SYSTEM');
  const links = [...landscape.relations()].filter(({ urn }) => urn.startsWith(`urn:khung:${prefix}.`));
  const urn = (): string => mine[random.below(mine.length)]?.urn ?? '';
  const id = `${landscape.revision}-${random.below(1_000_000)}`;
  const add: Operation = { op: 'ADD', urn: `urn:khung:${prefix}-${id}`, value: { kind: 'SYSTEM', name: `Kho ${id}` } };
  const [link] = links;
  if (mine.length < 2) return [add];
  const value = { kind: 'DEPENDS_ON', source: urn(), target: urn(), strength: random.pick(['HARD', 'SOFT']) };
  const related = link === undefined ? undefined : { op: 'REMOVE' as const, urn: link.urn };
  const owned = (): Operation[] => {
    const agency = `urn:khung:${prefix}-${id}-so`;
    const end = random.pick([{}, {}, { validTo: '2026-01-01' }, { status: 'PLANNED' }]);
    return [
      { op: 'ADD', urn: agency, value: { kind: 'AGENCY', name: `Sở ${id}` } },
      {
        op: 'ADD',
        urn: `urn:khung:${prefix}.${id}`,
        value: { kind: 'OWNED_BY', source: urn(), target: agency, ...end },
      },
    ];
  };
  const steps: readonly [() => Operation[], ...(() => Operation[])[]] = [
    () => [add],
    () => [{ op: 'UPDATE', urn: urn(), path: 'name', value: `Tên mới ${id}` }],
    () => [{ op: 'UPDATE', urn: urn(), path: 'visibility', value: random.pick(['PUBLIC', 'GOVERNMENT', 'AGENCY']) }],
    () => owned(),
    () => [{ op: 'ADD', urn: `urn:khung:${prefix}.${id}`, value }],
    () => (related === undefined ? [add] : [related]),
    () => {
      const gone = urn();
      const seq = landscape.elementByUrn(gone)?.seq;
      const itsLinks = links.filter(({ source, target }) => source === seq || target === seq);
      return [...itsLinks.map((each) => ({ op: 'REMOVE' as const, urn: each.urn })), { op: 'REMOVE', urn: gone }];
    },
  ];
  return random.pick(steps)();
}

describe('the landscape as of a revision', () => {
  let database: Database;
  const urns = new Set<string>();
  const recorded = new Map<number, Content>();
  const moments = new Map<number, string>();
  beforeAll(async () => {
    database = await freshDatabase();
    const store = new LandscapeStore(database.source, new AttributeDefinitionReader());
    const writer = new ChangeSetWriter(database.source, store);
    const random = seededRandom(20_261_125);
    for (let history = 0; history < HISTORIES; history += 1) {
      for (let step = 0; step < STEPS; step += 1) {
        const operations = drawStep(random, store.snapshot, `h${history}`);
        const { revision, at } = await writer.commit({ operations, reason: 'Bước', source: 'USER' }, ADMINISTRATOR);
        for (const { urn } of store.snapshot.elements()) urns.add(urn);
        recorded.set(revision, contentOf(store.snapshot, urns));
        moments.set(revision, at);
      }
    }
  });
  afterAll(() => database.close());

  /** A history that has seen nothing happen, as after a start. */
  async function historyAfterStart(): Promise<{ history: LandscapeHistory; store: LandscapeStore }> {
    const store = new LandscapeStore(database.source, new AttributeDefinitionReader());
    await store.refresh();
    return { history: new LandscapeHistory(database.source, store), store };
  }

  it(`is the state recorded at that revision, for ${HISTORIES} random histories`, async () => {
    const { history, store } = await historyAfterStart();
    expect(recorded.size).toBe(HISTORIES * STEPS);
    expect(contentOf(store.snapshot, urns)).toEqual(recorded.get(HISTORIES * STEPS));
    expect(recorded.get(HISTORIES * STEPS)?.gone.filter(({ holders }) => holders.length > 0).length).toBeGreaterThan(3);
    for (const [revision, content] of recorded) {
      const past = await history.at(revision);
      expect(past.revision).toBe(revision);
      expect(past.at).toBe(moments.get(revision));
      expect(contentOf(past, urns)).toEqual(content);
    }
  });

  it('is found by the moment it was known, to the microsecond', async () => {
    const { history, store } = await historyAfterStart();
    for (const revision of [1, 17, 300, HISTORIES * STEPS]) {
      const knownAt = moments.get(revision) ?? '';
      expect((await history.asOf({ knownAt }, store.snapshot)).revision).toBe(revision);
    }
    expect((await history.asOf({ knownAt: '2001-01-01T00:00:00Z' }, store.snapshot)).revision).toBe(0);
  });

  it('is worked out from what changed since: what did not is the same object', async () => {
    const { history, store } = await historyAfterStart();
    const past = await history.at(HISTORIES * STEPS - 5);
    const { elements, relations } = store.snapshot.unlike(past);
    expect(elements.length + relations.length).toBeLessThan(20);
  });

  it('answers many who ask for the same past at once with one and the same snapshot', async () => {
    const { history } = await historyAfterStart();
    const [one, other] = await Promise.all([history.at(40), history.at(40)]);
    expect(one).toBe(other);
    expect(await history.at(40)).toBe(one);
  });
});

describe('a read as of a time', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService();
  });
  afterAll(() => service.close());

  async function commit(operations: readonly object[]): Promise<number> {
    const { data } = await service.ask<{ commitChangeSet: { revision: number; userErrors: unknown[] } }>(
      `mutation ($operations: [ChangeOperationInput!]!) {
        commitChangeSet(input: { operations: $operations, reason: "Kiểm thử" }) { revision userErrors { message } }
      }`,
      { asAdministrator: true, variables: { operations } },
    );
    expect(data?.commitChangeSet.userErrors).toEqual([]);
    return data?.commitChangeSet.revision ?? Number.NaN;
  }
  interface Named {
    readonly name: string;
    readonly owner: { readonly name: string } | null;
  }

  it('answers then and now in one request, whatever is asked further', async () => {
    const urn = 'urn:khung:kho-thoi-gian';
    const owned = (id: string, agency: string): object => ({
      op: 'ADD',
      urn: `urn:khung:kho-thoi-gian.${id}`,
      value: { kind: 'OWNED_BY', source: urn, target: agency },
    });
    const before = await commit([
      { op: 'ADD', urn: 'urn:khung:co-quan-cu', value: { kind: 'AGENCY', name: 'Cơ quan cũ' } },
      { op: 'ADD', urn: 'urn:khung:co-quan-moi', value: { kind: 'AGENCY', name: 'Cơ quan mới' } },
      { op: 'ADD', urn, value: { kind: 'SYSTEM', name: 'Kho thời gian' } },
      owned('cu', 'urn:khung:co-quan-cu'),
    ]);
    await commit([
      { op: 'REMOVE', urn: 'urn:khung:kho-thoi-gian.cu' },
      owned('moi', 'urn:khung:co-quan-moi'),
      { op: 'UPDATE', urn, path: 'name', value: 'Kho thời gian mới' },
    ]);
    const { data, errors } = await service.ask<{ was: Named; now: Named; list: { nodes: Named[] } }>(
      `query ($urn: URN!, $before: Int!) {
        was: element(urn: $urn, asOf: { revision: $before }) { name owner { name } }
        now: element(urn: $urn) { name owner { name } }
        list: elements(filter: { urn: [$urn] }, asOf: { revision: $before }) { nodes { name owner { name } } }
      }`,
      { variables: { urn, before } },
    );
    expect(errors).toBeUndefined();
    const was = { name: 'Kho thời gian', owner: { name: 'Cơ quan cũ' } };
    expect(data).toEqual({
      was,
      now: { name: 'Kho thời gian mới', owner: { name: 'Cơ quan mới' } },
      list: { nodes: [was] },
    });
  });

  it('shows on a day what may have held on it, and phases of that day', async () => {
    const link = (id: string, more: object): object => ({
      op: 'ADD',
      urn: `urn:khung:ngay.${id}`,
      value: { kind: 'DEPENDS_ON', source: 'urn:khung:ngay-a', target: 'urn:khung:ngay-b', ...more },
    });
    await commit([
      {
        op: 'ADD',
        urn: 'urn:khung:ngay-a',
        value: {
          kind: 'SYSTEM',
          name: 'Ngày A',
          phases: [
            { phase: 'ACTIVE', from: '2024-03' },
            { phase: 'END_OF_LIFE', from: '2099-01-01' },
          ],
        },
      },
      { op: 'ADD', urn: 'urn:khung:ngay-b', value: { kind: 'SYSTEM', name: 'Ngày B' } },
      link('het', { validTo: '2024-12-31' }),
      link('sau', { validFrom: '2025' }),
      link('khong-ro', {}),
    ]);
    const ask = async (day: string | null): Promise<unknown> => {
      const { data } = await service.ask<{ element: { lifecycle: object; relations: { nodes: { urn: string }[] } } }>(
        `query ($asOf: AsOf) {
          element(urn: "urn:khung:ngay-a", asOf: $asOf) {
            lifecycle { phase later: phase(on: "2099-01-02") phases { from } }
            relations { nodes { urn } }
          }
        }`,
        { variables: { asOf: day === null ? null : { validOn: day } } },
      );
      if (data?.element === null || data === null || data === undefined) return null;
      const { lifecycle, relations } = data.element;
      return { ...lifecycle, relations: relations.nodes.map(({ urn }) => urn.slice('urn:khung:ngay.'.length)) };
    };
    const phases = [{ from: '2024-03' }, { from: '2099-01-01' }];
    const always = { later: 'END_OF_LIFE', phases };
    expect(await ask(null)).toEqual({ ...always, phase: 'ACTIVE', relations: ['het', 'sau', 'khong-ro'] });
    expect(await ask('2024-06-01')).toEqual({ ...always, phase: 'ACTIVE', relations: ['het', 'khong-ro'] });
    expect(await ask('2025-01-01')).toEqual({ ...always, phase: 'ACTIVE', relations: ['sau', 'khong-ro'] });
    expect(await ask('2100')).toEqual({ ...always, phase: 'END_OF_LIFE', relations: ['sau', 'khong-ro'] });
    expect(await ask('2024-02-28')).toBeNull();
  });

  it('tells between two days what began and ended, and invents nothing where one day is named', async () => {
    const add = (id: string, value: object): object => ({ op: 'ADD', urn: `urn:khung:giua-${id}`, value });
    const link = (id: string, more: object): object =>
      add(id, { kind: 'DEPENDS_ON', source: 'urn:khung:giua-a', target: 'urn:khung:giua-b', ...more });
    const system = (name: string, ...phases: readonly (readonly [string, string | null])[]): object => ({
      kind: 'SYSTEM',
      name,
      phases: phases.map(([phase, from]) => ({ phase, from })),
    });
    await commit([
      add('a', system('Giữa A', ['ACTIVE', '2011-02-01'], ['END_OF_LIFE', '2012'])),
      add('b', system('Giữa B', ['ACTIVE', '2010'], ['END_OF_LIFE', null])),
      add('c', system('Giữa C', ['ACTIVE', '2012-05-05'])),
      link('het', { validTo: '2011-12-31' }),
      link('sau', { validFrom: '2012-01-02' }),
      link('khong-ro', {}),
    ]);
    interface Told {
      readonly fromDay: string | null;
      readonly toDay: string | null;
      readonly elements: { readonly nodes: readonly { readonly urn: string; readonly way: string }[] };
      readonly relations: { readonly nodes: readonly { readonly urn: string; readonly way: string }[] };
    }
    const ask = async (from: object, to: object | null): Promise<object> => {
      const { data, errors } = await service.ask<{ landscapeDifference: Told }>(
        `query ($from: AsOf!, $to: AsOf) { landscapeDifference(from: $from, to: $to) {
          fromDay toDay
          elements(first: 500) { nodes { urn way fields { path } phase { before after } } }
          relations(first: 500) { nodes { urn way } }
        } }`,
        { variables: { from, to } },
      );
      if (data === null || data === undefined) throw new Error(JSON.stringify(errors));
      const { elements, relations, ...days } = data.landscapeDifference;
      const own = [...elements.nodes, ...relations.nodes].filter(({ urn }) => urn.startsWith('urn:khung:giua-'));
      return { ...days, own: own.map(({ urn, ...rest }) => ({ id: urn.slice('urn:khung:giua-'.length), ...rest })) };
    };
    const inPhase = (id: string, before: string, after: string): object => {
      return { id, way: 'CHANGED', fields: [], phase: { before, after } };
    };
    const none = { fields: [], phase: null };
    expect(await ask({ validOn: '2011-06-01' }, { validOn: '2013-01-01' })).toEqual({
      fromDay: '2011-06-01',
      toDay: '2013-01-01',
      own: [
        { id: 'c', way: 'ADDED', ...none },
        inPhase('a', 'ACTIVE', 'END_OF_LIFE'),
        { id: 'sau', way: 'ADDED' },
        { id: 'het', way: 'REMOVED' },
      ],
    });
    const today = todayInVietnam();
    // What ended without a date was over at the latest today.
    expect(await ask({ validOn: '2013-01-01' }, null)).toEqual({
      fromDay: '2013-01-01',
      toDay: today,
      own: [inPhase('b', 'UNKNOWN', 'END_OF_LIFE')],
    });
    const { data } = await service.ask<{ landscape: { revision: number } }>('{ landscape { revision } }');
    expect(await ask({ revision: data?.landscape.revision }, { validOn: today })).toEqual({
      fromDay: today,
      toDay: today,
      own: [],
    });
    expect(await ask({ revision: data?.landscape.revision }, null)).toEqual({ fromDay: null, toDay: null, own: [] });
  });

  it('holds a few landscapes in one request, and no crowd of them', async () => {
    const days = (count: number): string =>
      Array.from(
        { length: count },
        (_, day) => `d${day}: landscape(asOf: { validOn: "20${10 + day}" }) { revision }`,
      ).join(' ');
    expect((await service.ask(`{ ${days(8)} }`)).errors).toBeUndefined();
    const { errors } = await service.ask(`{ ${days(9)} }`);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', path: ['asOf'] });
  });

  it.each([
    ['a revision that is yet to come', '{ revision: 1000000 }', 'NOT_FOUND', 'REVISION_UNKNOWN'],
    ['a negative revision', '{ revision: -1 }', 'NOT_FOUND', 'REVISION_UNKNOWN'],
    [
      'a revision and a moment',
      '{ revision: 1, knownAt: "2026-01-01T00:00:00Z" }',
      'VALIDATION',
      'ARGUMENTS_EXCLUSIVE',
    ],
    ['a day that no calendar has', '{ validOn: "2025-02-30" }', 'VALIDATION', undefined],
    ['a moment that is none', '{ knownAt: "hôm qua" }', 'VALIDATION', undefined],
  ])('%s is refused', async (_what, asOf, code, reason) => {
    const { data, errors } = await service.ask<{ landscape: unknown }>(`{ landscape(asOf: ${asOf}) { revision } }`);
    expect(data?.landscape ?? null).toBeNull();
    expect(errors?.[0]?.extensions).toMatchObject({ code, ...(reason !== undefined && { reason }) });
  });

  it('tells that a revision or a moment is wanted, and where both were given', async () => {
    const both = '{ revision: 1, knownAt: "2026-01-01T00:00:00Z" }';
    const refusals: readonly (readonly [string, readonly string[]])[] = [
      [`{ landscape(asOf: ${both}) { revision } }`, ['asOf', 'knownAt']],
      [`{ landscapeDifference(from: ${both}) { fromRevision } }`, ['from', 'knownAt']],
      [`{ landscapeDifference(from: { revision: 1 }, to: ${both}) { fromRevision } }`, ['to', 'knownAt']],
    ];
    for (const [query, path] of refusals) {
      const { errors } = await service.ask(query, { language: 'en' });
      expect(errors).toMatchObject([
        {
          message: '"knownAt" does not go together with "revision"; give one of the two.',
          extensions: { code: 'VALIDATION', reason: 'ARGUMENTS_EXCLUSIVE', path },
        },
      ]);
    }
  });
});
