import { ADMINISTRATOR, PUBLIC } from '../src/core/access/actor.js';
import type { Operation } from '../src/core/landscape/operation.js';
import { AttributeDefinitionReader } from '../src/registry/attribute-definition.reader.js';
import { ChangeSetWriter } from '../src/registry/change-set.writer.js';
import type { CommitRequest } from '../src/registry/change-set.writer.js';
import { LandscapeHistory } from '../src/registry/landscape.history.js';
import { LandscapeStore } from '../src/registry/landscape.store.js';
import { CHARACTERS_MAXIMUM } from '../src/registry/row-texts.js';
import type { Database } from '../src/runtime/database.js';
import { hashOf } from '../src/runtime/canonical-json.js';
import { addSeats } from './support/change-sets.js';
import { freshDatabase } from './support/database.js';

let database: Database;
let store: LandscapeStore;
let writer: ChangeSetWriter;

beforeAll(async () => {
  database = await freshDatabase();
  store = new LandscapeStore(database.source, new AttributeDefinitionReader());
  writer = new ChangeSetWriter(database.source, store);
});
afterAll(() => database.close());

function request(operations: readonly Operation[], more: Partial<CommitRequest> = {}): CommitRequest {
  return { operations, reason: 'Kiểm thử', source: 'USER', ...more };
}
function addSystem(id: string, name = `Hệ thống ${id}`): Operation {
  return { op: 'ADD', urn: `urn:khung:${id}`, value: { kind: 'SYSTEM', name } };
}
async function rows(table: string): Promise<Record<string, unknown>[]> {
  return database.source.query(`select * from ${table} order by 1, 2`);
}
/** A store that has just read the database, as another process would. */
async function reloaded(): Promise<LandscapeStore> {
  const other = new LandscapeStore(database.source, new AttributeDefinitionReader());
  await other.refresh();
  return other;
}

describe('a commit', () => {
  it('writes rows, versions and log, and raises the revision by one', async () => {
    const before = store.snapshot.revision;
    const result = await writer.commit(
      request([
        { ...addSystem('a', 'Hệ thống A'), source: 'Quyết định 1', confidence: 'HIGH' },
        addSystem('b'),
        {
          op: 'ADD',
          urn: 'urn:khung:a-b',
          value: { kind: 'DEPENDS_ON', source: 'urn:khung:a', target: 'urn:khung:b', strength: 'HARD' },
        },
      ]),
      ADMINISTRATOR,
    );
    expect(result).toMatchObject({ revision: before + 1, author: 'administrator', reason: 'Kiểm thử' });
    expect(store.snapshot.revision).toBe(before + 1);
    expect(store.snapshot.elementByUrn('urn:khung:a')).toMatchObject({ name: 'Hệ thống A', revision: before + 1 });
    const [element] = await rows('element');
    expect(element).toMatchObject({
      urn: 'urn:khung:a',
      sources: { name: { source: 'Quyết định 1', confidence: 'HIGH' } },
    });
    expect(await rows('element_version')).toMatchObject([
      { from_revision: 1, to_revision: null, urn: 'urn:khung:a', record: { name: 'Hệ thống A' } },
      { from_revision: 1, to_revision: null, urn: 'urn:khung:b' },
    ]);
    expect(await rows('relation')).toMatchObject([{ urn: 'urn:khung:a-b', kind: 'DEPENDS_ON', strength: 'HARD' }]);
  });

  it('gives a later reader the same landscape', async () => {
    const other = await reloaded();
    expect([...other.snapshot.elements()]).toEqual([...store.snapshot.elements()]);
    expect([...other.snapshot.relations()]).toEqual([...store.snapshot.relations()]);
  });

  it('ends the old version when something changes, and drops the source of a value that is gone', async () => {
    const { revision } = await writer.commit(
      request([{ op: 'UPDATE', urn: 'urn:khung:a', path: 'name', value: 'Hệ thống A (mới)' }]),
      ADMINISTRATOR,
    );
    const versions = (await rows('element_version')).filter(({ urn }) => urn === 'urn:khung:a');
    expect(versions).toMatchObject([
      { to_revision: revision, record: { name: 'Hệ thống A' } },
      { to_revision: null, record: { name: 'Hệ thống A (mới)' } },
    ]);
    const [element] = await rows('element');
    expect(element?.['sources']).not.toHaveProperty('name');
  });

  it('never gives a urn again, even to a process that never saw its owner', async () => {
    await writer.commit(request([addSystem('c')]), ADMINISTRATOR);
    await writer.commit(request([{ op: 'REMOVE', urn: 'urn:khung:c' }]), ADMINISTRATOR);
    await writer.commit(request([addSystem('d'), { op: 'REMOVE', urn: 'urn:khung:d' }]), ADMINISTRATOR);
    const other = await reloaded();
    const later = new ChangeSetWriter(database.source, other);
    for (const id of ['c', 'd']) {
      await expect(later.commit(request([addSystem(id)]), ADMINISTRATOR)).rejects.toMatchObject({
        issues: [{ reason: 'URN_TAKEN', path: ['operations', '0', 'urn'] }],
      });
    }
  });

  it('gives a removed relation back between its own ends only, even in a process that never saw it', async () => {
    const joined = { op: 'ADD', urn: 'urn:khung:ve-di' } as const;
    const value = { kind: 'DEPENDS_ON', source: 'urn:khung:ve', target: 'urn:khung:di' };
    await writer.commit(request([addSystem('ve'), addSystem('di'), { ...joined, value }]), ADMINISTRATOR);
    await writer.commit(request([{ op: 'REMOVE', urn: joined.urn }]), ADMINISTRATOR);
    const turned = { ...joined, restore: true, value: { ...value, source: value.target, target: value.source } };
    for (const each of [writer, new ChangeSetWriter(database.source, await reloaded())]) {
      await expect(each.commit(request([turned]), ADMINISTRATOR)).rejects.toMatchObject({
        issues: [{ reason: 'FIELD_FIXED', path: ['operations', '0', 'value', 'source'] }],
      });
    }
    await writer.commit(request([{ ...joined, restore: true, value }]), ADMINISTRATOR);
    expect(store.snapshot.relationByUrn(joined.urn)).toBeDefined();
  });

  it('changes nothing when it refuses', async () => {
    const before = await Promise.all(['element', 'element_version', 'change_set', 'landscape_head'].map(rows));
    const refused = writer.commit(request([addSystem('e'), addSystem('a')]), ADMINISTRATOR);
    await expect(refused).rejects.toMatchObject({ issues: [{ reason: 'URN_TAKEN' }] });
    expect(await Promise.all(['element', 'element_version', 'change_set', 'landscape_head'].map(rows))).toEqual(before);
    expect(store.snapshot.elementByUrn('urn:khung:e')).toBeUndefined();
  });

  it('is refused to the public', async () => {
    expect(() => writer.commit(request([addSystem('f')]), PUBLIC)).toThrow('NOT_PERMITTED');
  });

  it('writes nothing on a dry run', async () => {
    const before = await rows('change_set');
    const plan = await writer.dryRun(request([addSystem('g')]), ADMINISTRATOR);
    expect(plan.log).toMatchObject([{ op: 'ADD', urn: 'urn:khung:g' }]);
    expect(await rows('change_set')).toEqual(before);
    await expect(writer.commit(request([addSystem('g')]), ADMINISTRATOR)).resolves.toBeDefined();
  });
});

describe('commits that come at once', () => {
  it('each get a revision of their own, and a refused one harms no other', async () => {
    const before = store.snapshot.revision;
    const results = await Promise.allSettled([
      ...Array.from({ length: 20 }, (_, index) => writer.commit(request([addSystem(`many-${index}`)]), ADMINISTRATOR)),
      writer.commit(request([addSystem('many-3')]), ADMINISTRATOR),
    ]);
    const revisions = results.flatMap((each) => (each.status === 'fulfilled' ? [each.value.revision] : []));
    expect(revisions).toEqual(Array.from({ length: 20 }, (_, index) => before + 1 + index));
    expect(results.at(-1)).toMatchObject({ status: 'rejected', reason: { issues: [{ reason: 'URN_TAKEN' }] } });
    expect([...(await reloaded()).snapshot.elements()]).toEqual([...store.snapshot.elements()]);
  });

  it('do not fall with one that the database can not take', async () => {
    await database.source.query(`
      create function refuse_poison() returns trigger language plpgsql as
        $$ begin if new.name = 'poison' then raise exception 'poison'; end if; return new; end $$;
      create trigger refuse_poison before insert on element for each row execute function refuse_poison()`);
    const results = await Promise.allSettled([
      writer.commit(request([addSystem('beside-1')]), ADMINISTRATOR),
      writer.commit(request([addSystem('beside-2', 'poison')]), ADMINISTRATOR),
      writer.commit(request([addSystem('beside-3')]), ADMINISTRATOR),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect([...(await reloaded()).snapshot.elements()]).toEqual([...store.snapshot.elements()]);
    await database.source.query('drop trigger refuse_poison on element; drop function refuse_poison()');
  });

  it('share a statement of the log only as long as that stays short', async () => {
    await database.source.query(`
      create table log_statement (change_sets integer, characters integer);
      create function note_log() returns trigger language plpgsql as $$ begin
        insert into log_statement select count(*), sum(length(operations)) from added; return null; end $$;
      create trigger note_log after insert on change_set referencing new table as added
        for each statement execute function note_log()`);
    const description = 'x'.repeat(10_000);
    const long = (set: number): Operation[] =>
      Array.from({ length: 300 }, (_, at) => {
        const value = { kind: 'SYSTEM', name: `Hệ thống dài ${set}.${at}`, description };
        return { op: 'ADD', urn: `urn:khung:long-${set}-${at}`, value };
      });
    const sets = [0, 1, 2, 3, 4].map((set) => writer.commit(request(long(set)), ADMINISTRATOR));
    await Promise.all(sets);
    const statements = await rows('log_statement');
    await database.source.query(
      'drop trigger note_log on change_set; drop function note_log(); drop table log_statement',
    );
    expect(statements.reduce((sum, each) => sum + Number(each['change_sets']), 0)).toBe(5);
    expect(statements.length).toBeLessThan(5);
    for (const each of statements) expect(each['characters']).toBeLessThanOrEqual(CHARACTERS_MAXIMUM);
  });

  it('are refused with a reason that can not be written down', () => {
    const reason = 'Không ghi được: \u0000';
    expect(() => writer.commit(request([addSystem('unwritten')], { reason }), ADMINISTRATOR)).toThrow(
      'VALUE_OF_WRONG_TYPE',
    );
  });

  it('leave the same rows, versions and log whether they touch one thing, different things or come and go', async () => {
    const base = store.snapshot.revision;
    const rename = (id: string, name: string): Operation => ({
      op: 'UPDATE',
      urn: `urn:khung:${id}`,
      path: 'name',
      value: name,
    });
    const link: Operation = {
      op: 'ADD',
      urn: 'urn:khung:b1-b2',
      value: { kind: 'DEPENDS_ON', source: 'urn:khung:b1', target: 'urn:khung:b2', strength: 'SOFT' },
    };
    const unlink: Operation = { op: 'REMOVE', urn: 'urn:khung:b1-b2' };
    const sourced: Operation = { ...rename('b2', 'Tên có nguồn'), source: 'Quyết định 2', confidence: 'HIGH' };
    const all: readonly (readonly Operation[])[] = [
      [addSystem('b1')],
      [addSystem('b2')],
      [rename('b1', 'Tên hai')],
      [sourced],
      [rename('b1', 'Tên ba')],
      [link],
      [unlink, { op: 'REMOVE', urn: 'urn:khung:b2' }],
      [{ op: 'ADD', urn: 'urn:khung:b2', value: { kind: 'SYSTEM', name: 'Tên có nguồn' }, restore: true }],
    ];
    const results = await Promise.all(all.map((operations) => writer.commit(request(operations), ADMINISTRATOR)));
    expect(results.map(({ revision }) => revision - base)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const spans = async (table: string): Promise<string[]> => {
      const kept = await rows(table);
      const of = kept.filter(({ urn }) => ['urn:khung:b1', 'urn:khung:b2', 'urn:khung:b1-b2'].includes(String(urn)));
      return of.map((row) => {
        const end = row['to_revision'] === null ? '' : Number(row['to_revision']) - base;
        const { name } = (row['record'] ?? {}) as { name?: string };
        return `${String(row['urn']).slice(10)} ${Number(row['from_revision']) - base}-${end} ${name ?? ''}`.trim();
      });
    };
    expect(await spans('element_version')).toEqual([
      'b1 1-3 Hệ thống b1',
      'b1 3-5 Tên hai',
      'b1 5- Tên ba',
      'b2 2-4 Hệ thống b2',
      'b2 4-7 Tên có nguồn',
      'b2 8- Tên có nguồn',
    ]);
    expect(await spans('relation_version')).toEqual(['b1-b2 6-7']);
    const [b2] = (await rows('element')).filter(({ urn }) => urn === 'urn:khung:b2');
    expect(b2?.['sources']).toMatchObject({ name: { source: 'Quyết định 2' } });
    expect((await reloaded()).snapshot.relationByUrn('urn:khung:b1-b2')).toBeUndefined();
    const log = (await rows('change_set')).slice(-8);
    const moments = results.map(({ at }) => at);
    expect(moments).toEqual([...new Set(moments)].toSorted());
    expect(log.map(({ hash }) => hash)).toEqual(results.map(({ hash }) => hash));
    expect(log.slice(1).map((entry) => entry['previous_hash'])).toEqual(results.slice(0, -1).map(({ hash }) => hash));
    const [head] = await rows('landscape_head');
    expect(head).toMatchObject({ revision: base + 8, hash: results.at(-1)?.hash });
  });

  it('under one key are committed once, and their batch goes on', async () => {
    const base = store.snapshot.revision;
    const twice = request([addSystem('keyed')], { idempotencyKey: 'cùng một lô' });
    const commits = [twice, twice, request([addSystem('after-keyed')])];
    const results = await Promise.all(commits.map((each) => writer.commit(each, ADMINISTRATOR)));
    expect(results.map(({ revision }) => revision - base)).toEqual([1, 1, 2]);
    const other = request([addSystem('other-keyed')], { idempotencyKey: 'cùng một lô' });
    await expect(writer.commit(other, ADMINISTRATOR)).rejects.toThrow('IDEMPOTENCY_KEY_REUSED');
    expect(() => writer.commit(request([addSystem('blank')], { idempotencyKey: ' ' }), ADMINISTRATOR)).toThrow(
      'VALUE_MISSING',
    );
  });

  it('are judged by what the one before left', async () => {
    const [first, second] = await Promise.allSettled([
      writer.commit(request([addSystem('parent')]), ADMINISTRATOR),
      writer.commit(
        request([
          addSystem('child'),
          {
            op: 'ADD',
            urn: 'urn:khung:child-parent',
            value: { kind: 'PART_OF', source: 'urn:khung:child', target: 'urn:khung:parent' },
          },
        ]),
        ADMINISTRATOR,
      ),
    ]);
    expect([first?.status, second?.status]).toEqual(['fulfilled', 'fulfilled']);
  });
});

describe('the log', () => {
  it('chains each entry to the one before it', async () => {
    let previous = '';
    for (const row of await rows('change_set')) {
      expect(row['previous_hash']).toBe(previous);
      const { revision, author, reason, source } = row;
      const [moment] = await database.source.query(
        `select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at from change_set where revision = $1`,
        [revision],
      );
      const operations: unknown = JSON.parse(String(row['operations']));
      expect(row['hash']).toBe(
        hashOf({ revision, at: moment.at, author, reason, source, operations, previousHash: previous }),
      );
      previous = String(row['hash']);
    }
  });

  it('commits the same request once under one key, and refuses the key for another', async () => {
    const key = { idempotencyKey: 'khoa-1' };
    const first = await writer.commit(request([addSystem('once')], key), ADMINISTRATOR);
    const again = await writer.commit(request([addSystem('once')], key), ADMINISTRATOR);
    expect(again.revision).toBe(first.revision);
    // Some clients write out what they leave open.
    const open = { ...addSystem('once'), path: null, restore: null, source: null, confidence: null };
    expect((await writer.commit(request([open], key), ADMINISTRATOR)).revision).toBe(first.revision);
    await expect(writer.commit(request([addSystem('twice')], key), ADMINISTRATOR)).rejects.toMatchObject({
      issues: [{ reason: 'IDEMPOTENCY_KEY_REUSED' }],
    });
  });
});

describe('an attribute definition', () => {
  const urn = 'urn:khung:attribute-seats';
  const define = (more: object = {}): Operation => addSeats(urn, more);
  const made = (from: LandscapeStore): unknown[] => [...from.snapshot.definitions.made.values()];
  const pastOf = async (revision: number): Promise<unknown[]> => {
    const other = await reloaded();
    const past = await new LandscapeHistory(database.source, other).at(revision);
    return [...past.definitions.made.values()];
  };

  it('is kept, read by whoever starts anew or catches up, and read as of then', async () => {
    const early = await reloaded();
    const { revision } = await writer.commit(request([define(), addSystem('seated')]), ADMINISTRATOR);
    const first = made(store);
    expect(first).toMatchObject([{ urn, revision, definition: { key: 'seats', visibility: 'PUBLIC' } }]);
    const change: Operation = { op: 'UPDATE', urn, path: 'visibility', value: 'GOVERNMENT' };
    await writer.commit(request([change]), ADMINISTRATOR);
    const second = made(store);
    expect(second).toMatchObject([{ urn, revision: revision + 1, definition: { visibility: 'GOVERNMENT' } }]);
    expect(made(await reloaded())).toEqual(second);
    expect([await pastOf(revision - 1), await pastOf(revision)]).toEqual([[], first]);

    await writer.commit(request([{ op: 'REMOVE', urn }]), ADMINISTRATOR);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await early.refresh();
    for (const each of [store, early, await reloaded()]) {
      expect([made(each), each.snapshot.isTaken(urn)]).toEqual([[], true]);
    }
    expect(await pastOf(revision + 1)).toEqual(second);
    await expect(writer.commit(request([define()]), ADMINISTRATOR)).rejects.toThrow('URN_TAKEN');
    await writer.commit(request([{ ...define(), restore: true }]), ADMINISTRATOR);
    expect(made(await reloaded())).toMatchObject([{ urn, revision: revision + 3 }]);
    expect(await rows('attribute_definition_version')).toMatchObject([
      { urn, from_revision: revision, to_revision: revision + 1 },
      { urn, from_revision: revision + 1, to_revision: revision + 2 },
      { urn, from_revision: revision + 3, to_revision: null },
    ]);
  });

  it('that is gone is known to be so since then, like elements and relations', async () => {
    const since = 'urn:khung:attribute-since';
    const ends = { source: 'urn:khung:since-a', target: 'urn:khung:since-b' };
    const relation = { op: 'ADD', urn: 'urn:khung:since-ab', value: { kind: 'DEPENDS_ON', ...ends } } as const;
    const all: Operation[] = [addSystem('since-a'), addSystem('since-b'), relation, addSeats(since, { key: 'since' })];
    const urns = [relation.urn, 'urn:khung:since-a', since];
    const goes = urns.map((gone): Operation => ({ op: 'REMOVE', urn: gone }));
    const early = await reloaded();
    await writer.commit(request(all), ADMINISTRATOR);
    const { revision: looked } = await writer.commit(request(goes), ADMINISTRATOR);
    const back = all.filter(({ urn: each }) => urns.includes(each)).map((each) => ({ ...each, restore: true }));
    await writer.commit(request(back), ADMINISTRATOR);
    const { revision } = await writer.commit(request(goes), ADMINISTRATOR);
    await writer.commit(request([addSystem('since-then')]), ADMINISTRATOR);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await early.refresh();
    for (const { snapshot } of [store, early, await reloaded()]) {
      expect(urns.map((each) => snapshot.removedNumber(each)?.removedIn)).toEqual([revision, revision, revision]);
    }
    const stale = writer.commit(request(back, { expectedRevision: looked }), ADMINISTRATOR);
    await expect(stale).rejects.toMatchObject({
      issues: [0, 1, 2].map((at) => ({ reason: 'STALE_REVISION', path: ['operations', `${at}`] })),
    });
    await writer.commit(request(back, { expectedRevision: revision }), ADMINISTRATOR);
  });

  it('that comes and goes within one change set leaves its urn taken', async () => {
    const brief = { ...define({ key: 'brief' }), urn: 'urn:khung:attribute-brief' };
    await writer.commit(request([brief, { op: 'REMOVE', urn: brief.urn }]), ADMINISTRATOR);
    for (const each of [store, await reloaded()]) expect(each.snapshot.isTaken(brief.urn)).toBe(true);
  });

  it('is not used by a change set of the same batch that was to come before it', async () => {
    const use: Operation = { op: 'UPDATE', urn: 'urn:khung:seated', path: 'attributes.late', value: 1 };
    const late = { ...define({ key: 'late' }), urn: 'urn:khung:attribute-late' };
    const outcomes = await Promise.allSettled(
      [[use], [late], [use]].map((operations) => writer.commit(request(operations), ADMINISTRATOR)),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  });
});
