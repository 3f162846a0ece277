import { ADMINISTRATOR } from '../src/core/access/actor.js';
import { TABLES } from '../src/data-source.js';
import { ReferenceWriter } from '../src/portfolio/reference.writer.js';
import { AttributeDefinitionReader } from '../src/registry/attribute-definition.reader.js';
import { ChangeSetWriter } from '../src/registry/change-set.writer.js';
import { LandscapeHistory } from '../src/registry/landscape.history.js';
import { LandscapeReader } from '../src/registry/landscape.reader.js';
import { ScenarioReader } from '../src/registry/scenario.reader.js';
import { LandscapeStore } from '../src/registry/landscape.store.js';
import { RestoreRefused, backupLines, databaseHash, restoreLines } from '../src/runtime/backup.js';
import type { Database } from '../src/runtime/database.js';
import { freshDatabase } from './support/database.js';

function registryOn({ source }: Database): {
  store: LandscapeStore;
  writer: ChangeSetWriter;
  reference: ReferenceWriter;
} {
  const store = new LandscapeStore(source, new AttributeDefinitionReader());
  const writer = new ChangeSetWriter(source, store);
  const history = new LandscapeHistory(source, store);
  const landscapes = new LandscapeReader(store, history, new ScenarioReader(source, store, history));
  return { store, writer, reference: new ReferenceWriter(landscapes, writer) };
}

/** The city's data with changes of every kind on it. */
async function filledDatabase(): Promise<Database> {
  const database = await freshDatabase();
  const { writer, reference } = registryOn(database);
  await reference.loadIfEmpty();
  const commit = (operations: Parameters<ChangeSetWriter['commit']>[0]['operations']): Promise<unknown> =>
    writer.commit({ operations, reason: 'Đổi dữ liệu', source: 'USER' }, ADMINISTRATOR);
  await commit([{ op: 'UPDATE', urn: 'urn:khung:hcm-qlvb', path: 'name', value: 'Quản lý văn bản “mới”\nhai dòng' }]);
  await commit([{ op: 'ADD', urn: 'urn:khung:tam', value: { kind: 'SYSTEM', name: 'Tạm' } }]);
  await commit([{ op: 'REMOVE', urn: 'urn:khung:tam' }]);
  await commit([{ op: 'UPDATE', urn: 'urn:khung:hcm-qlvb', path: 'attributes.socMonitored', value: true }]);
  const defined = {
    kind: 'ATTRIBUTE_DEFINITION',
    key: 'soQuay',
    type: 'INTEGER',
    appliesTo: ['SYSTEM'],
    nameVi: 'Số quầy',
    nameEn: 'Counters',
    questionVi: 'Có bao nhiêu quầy?',
    questionEn: 'How many counters?',
    askedFrom: 'OWNER',
  };
  await commit([{ op: 'ADD', urn: 'urn:khung:attribute-so-quay', value: defined }]);
  await commit([{ op: 'UPDATE', urn: 'urn:khung:attribute-so-quay', path: 'visibility', value: 'GOVERNMENT' }]);
  return database;
}

async function linesOf({ source }: Database): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of backupLines(source)) lines.push(line.trimEnd());
  return lines;
}

async function* stream(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

describe('a backup', () => {
  it('has the tables in the order of their list, whichever file was loaded first, and the names of the migrations', async () => {
    await using from = disposable(await filledDatabase());
    const [header = '', ...rows] = await linesOf(from);
    expect(JSON.parse(header)).toMatchObject({ migrations: TABLES.migrations.map(({ name }) => name) });
    const tables = [...new Set(rows.slice(0, -1).map((line) => line.slice(0, line.indexOf(' '))))];
    const { entityMetadatas } = from.source;
    const listed = TABLES.entities.map((each) => entityMetadatas.find(({ target }) => target === each)?.tableName);
    expect(tables).toEqual(listed.filter((name) => name !== undefined && tables.includes(name)));
    expect(tables.length).toBeGreaterThan(5);
  });

  it('restores to the same registry, which goes on from there', async () => {
    await using from = disposable(await filledDatabase());
    await using to = disposable(await freshDatabase());
    const { hash, rows } = await restoreLines(to.source, stream(await linesOf(from)));
    expect(rows).toBeGreaterThan(1000);
    expect([hash, await databaseHash(to.source)]).toEqual([
      await databaseHash(from.source),
      await databaseHash(from.source),
    ]);
    const [before, after] = [registryOn(from), registryOn(to)];
    await Promise.all([before.store.refresh(), after.store.refresh()]);
    expect([...after.store.snapshot.elements()]).toEqual([...before.store.snapshot.elements()]);
    expect([...after.store.snapshot.relations()]).toEqual([...before.store.snapshot.relations()]);
    expect(after.store.snapshot.definitions).toEqual(before.store.snapshot.definitions);
    expect(after.store.snapshot.definitions.made.size).toBe(1);
    const next = await after.writer.commit(
      {
        operations: [{ op: 'ADD', urn: 'urn:khung:sau', value: { kind: 'SYSTEM', name: 'Sau' } }],
        reason: 'Sau khôi phục',
        source: 'USER',
      },
      ADMINISTRATOR,
    );
    expect(next.revision).toBe(before.store.snapshot.revision + 1);
  });

  it('taken while somebody writes is one consistent revision', async () => {
    await using from = disposable(await filledDatabase());
    await using to = disposable(await freshDatabase());
    const { writer } = registryOn(from);
    const writes = Array.from({ length: 10 }, (_, index) =>
      writer.commit(
        {
          operations: [{ op: 'ADD', urn: `urn:khung:cung-luc-${index}`, value: { kind: 'SYSTEM', name: 'Cùng lúc' } }],
          reason: 'Ghi trong lúc sao lưu',
          source: 'USER',
        },
        ADMINISTRATOR,
      ),
    );
    const lines = await linesOf(from);
    await Promise.all(writes);
    await restoreLines(to.source, stream(lines));
    const [head] = await to.source.query('select revision from landscape_head');
    const [log] = await to.source.query('select max(revision) as last, count(*)::int as count from change_set');
    expect([log.last, log.count]).toEqual([head.revision, head.revision]);
  });
});

describe('a restore is refused, and leaves the database empty and of use,', () => {
  let whole: string[];
  beforeAll(async () => {
    await using from = disposable(await filledDatabase());
    whole = await linesOf(from);
  });

  it.each([
    ['where the file is cut off', (lines: string[]) => lines.slice(0, -1)],
    [
      'where one character was changed',
      (lines: string[]) => lines.map((line) => line.replace('Quản lý văn bản “mới”', 'Quản lý văn bản “cũ”')),
    ],
    ['where a row is no longer JSON', (lines: string[]) => lines.map((line) => line.replace('“mới”', '"mới"'))],
    [
      'where a row breaks a rule of its table',
      (lines: string[]) => lines.map((line) => line.replace('"kind": "SYSTEM"', '"kind": null')),
    ],
    [
      'where a row is missing',
      (lines: string[]) => lines.filter((line) => !(line.startsWith('relation ') && line.includes('"seq": 1,'))),
    ],
    [
      'where a row stands twice',
      (lines: string[]) => lines.flatMap((line) => (line.startsWith('change_set ') ? [line, line] : [line])),
    ],
    [
      'where it is of another release',
      (lines: string[]) => ['{"khung":"backup","format":1,"migrations":["Other"]}', ...lines.slice(1)],
    ],
    ['where it is no backup', () => ['Mã,Tên', 'hcm-lgsp,LGSP']],
    [
      'where it names a table that is none',
      (lines: string[]) => [...lines.slice(0, 1), 'pg_class {"relname":"x"}', ...lines.slice(1)],
    ],
  ])('%s', async (_where, spoil) => {
    await using to = disposable(await freshDatabase());
    const lines = spoil(whole);
    expect(lines).not.toEqual(whole);
    await expect(restoreLines(to.source, stream(lines))).rejects.toBeInstanceOf(RestoreRefused);
    expect(await to.source.query('select revision from landscape_head')).toEqual([{ revision: 0 }]);
    expect(await to.source.query('select 1 from element')).toEqual([]);
    expect(await registryOn(to).reference.loadIfEmpty()).toBe(1);
  });

  it('where the database holds data already', async () => {
    await using from = disposable(await filledDatabase());
    const lines = await linesOf(from);
    const before = await databaseHash(from.source);
    await expect(restoreLines(from.source, stream(lines))).rejects.toThrow(/database holds data/);
    expect(await databaseHash(from.source)).toBe(before);
  });
});

function disposable(database: Database): Database & AsyncDisposable {
  return { ...database, [Symbol.asyncDispose]: () => database.close() };
}
