import { setImmediate } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import type { SourceChanges, Touched } from '../core/landscape/change-draft.js';
import type { AuditHead } from '../runtime/audit/audit-record.js';
import type { Element, Relation } from '../core/landscape/model.js';
import type { ChangeSetPlan } from '../core/landscape/plan-change-set.js';
import type { Change, LandscapeDelta } from '../core/landscape/snapshot.js';
import { LandscapeHeadRow } from './change-set.entity.js';
import { LEDGERS } from './head-follower.types.js';
import type { Ledger, LedgerPositions } from './head-follower.types.js';
import { readLastStates, withLastStates } from './last-state-rows.js';
import { readDefinitionChanges, writeDefinitions } from './attribute-definition-rows.js';
import { ROWS_MAXIMUM, rowTexts } from './row-texts.js';

export const ELEMENT_SELECT = `seq, urn, kind, name, name_en as "nameEn", aliases, description, external_ids as "externalIds",
  layer, phases, visibility, level, responsibilities, attributes, revision`;
export const RELATION_SELECT = `seq, urn, kind, source, target, strength,
  min_available as "minAvailable", redundancy_group as "redundancyGroup", status, channels, valid_from as "validFrom",
  valid_to as "validTo", provenance, confidence, attributes, revision`;

/** The locked or unlocked head of the landscape, with how far each ledger beside it is. */
export interface Head extends LedgerPositions {
  readonly revision: number;
  /** ISO 8601 in UTC with microseconds; null before the first commit. */
  readonly at: string | null;
  readonly hash: string;
  readonly nextElement: number;
  readonly nextRelation: number;
}

export const UTC = `at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'`;

const HEAD_SELECT = `revision, to_char(at ${UTC}) as at, hash, next_element as "nextElement", next_relation as "nextRelation",
  ${LEDGERS.join(', ')}`;

export async function readHead(manager: EntityManager): Promise<Head> {
  const rows: Head[] = await manager.query(`select ${HEAD_SELECT} from landscape_head where id = 1`);
  return onlyOf(rows);
}

/** The head while nobody else can write. */
export interface LockedHead extends Head {
  /** Moments for commits, in order. */
  readonly moments: readonly string[];
  /** Where the audit log ends. */
  readonly audit: AuditHead;
}

/**
 * The head, locked until the transaction ends, and moments for commits that follow each other on it: the database's
 * clock, never earlier than the last commit, a microsecond apart. So they only go forward.
 */
export async function lockHead(manager: EntityManager, commits: number): Promise<LockedHead> {
  const rows: LockedHead[] = await manager.query(
    `select ${HEAD_SELECT}, jsonb_build_object('number', audit, 'hash', audit_hash) as audit,
       array(select to_char((first + place * interval '1 microsecond') ${UTC})
             from generate_series(0, $1::integer - 1) as place order by place) as moments
     from landscape_head head,
          lateral (select greatest(clock_timestamp(), head.at + interval '1 microsecond') as first) as now
     where id = 1 for update of head`,
    [commits],
  );
  return onlyOf(rows);
}

function onlyOf<T>([head]: readonly T[]): T {
  // The migration that makes the table puts its one row there.
  if (head === undefined) throw new Error('The landscape has no head row.');
  return head;
}

/** Notes, under the head's lock, the number up to which a ledger has to be read. */
export async function writePosition(manager: EntityManager, ledger: Ledger, number: number): Promise<void> {
  await manager.update(LandscapeHeadRow, { id: 1 }, { [ledger]: number });
}

/** The moment of a commit as its hash covers it, to the microsecond. */
export async function readMomentOf(manager: EntityManager, revision: number): Promise<string> {
  const rows: { at: string }[] = await manager.query(
    `select to_char(at ${UTC}) as at from change_set where revision = $1`,
    [revision],
  );
  return rows[0]?.at ?? '';
}

/**
 * Everything that changed after a revision, as one delta: from 0 it is the whole landscape, removed urns included.
 * Call it in a transaction that sees one state (the head's lock, or repeatable read).
 */
export async function readDelta(manager: EntityManager, since: number, head: Head): Promise<LandscapeDelta> {
  const elements = await readChanges<Element>(manager, 'element', ELEMENT_SELECT, since);
  const relations = await readChanges<Relation>(manager, 'relation', RELATION_SELECT, since);
  const gone = elements.filter(({ after }) => after === undefined);
  const last = await readLastStates(manager, gone, head.revision);
  const definitions = await readDefinitionChanges(manager, since);
  return {
    revision: head.revision,
    at: head.at ?? '',
    elements: withLastStates(elements, last),
    relations,
    definitions,
  };
}

/** An object that is gone, and since when; of a relation that ever was, with its ends. */
export type Removed = Pick<Change<unknown>, 'seq' | 'urn' | 'ends' | 'removedIn'>;

/** Every version of a relation has the same ends; one that was added and removed at once has none. */
export function endsOf(table: 'element' | 'relation'): string {
  if (table === 'element') return '';
  return `, (select jsonb_build_object('source', w.record -> 'source', 'target', w.record -> 'target')
    from relation_version w where w.seq = v.seq and w.record is not null limit 1) as ends`;
}

async function readChanges<T extends Element | Relation>(
  manager: EntityManager,
  table: 'element' | 'relation',
  columns: string,
  since: number,
): Promise<Change<T>[]> {
  // The columns are those of T under T's names: the row is the record.
  const rows: T[] = await manager.query(`select ${columns} from ${table} where revision > $1 order by seq`, [since]);
  const removed: Removed[] = await manager.query(
    `select distinct on (seq) seq, urn, to_revision as "removedIn"${endsOf(table)} from ${table}_version v
     where to_revision > $1 and not exists (select 1 from ${table} t where t.seq = v.seq)
     order by seq, to_revision desc`,
    [since],
  );
  return [
    ...rows.map((after) => ({ seq: after.seq, urn: after.urn, after })),
    ...removed.map((gone) => ({ ...gone, after: undefined })),
  ];
}

/** The last revision that was committed by a moment; 0 where none was. */
export async function readRevisionAt(manager: EntityManager, moment: string): Promise<number> {
  const rows: { revision: number }[] = await manager.query(
    `select coalesce(max(revision), 0)::integer as revision from change_set where at <= $1::timestamptz`,
    [moment],
  );
  return rows[0]?.revision ?? 0;
}

/** The last revision that was there at each of some moments (ISO 8601), in one statement; 0 before the first. */
export async function readRevisionsAt(manager: EntityManager, moments: readonly string[]): Promise<number[]> {
  const rows: { revision: number }[] = await manager.query(
    `select coalesce((select max(revision) from change_set where at <= asked.moment), 0)::integer as revision
       from unnest($1::timestamptz[]) with ordinality as asked(moment, place) order by asked.place`,
    [moments],
  );
  return rows.map(({ revision }) => revision);
}

export const ELEMENT_COLUMNS = [
  'kind text',
  'name text',
  'name_en text',
  'aliases jsonb',
  'description text',
  'external_ids jsonb',
  'layer smallint',
  'phases jsonb',
  'visibility text',
  'level text',
  'responsibilities jsonb',
  'attributes jsonb',
];
export const RELATION_COLUMNS = [
  'kind text',
  'source integer',
  'target integer',
  'strength text',
  'min_available smallint',
  'redundancy_group text',
  'status text',
  'channels jsonb',
  'valid_from text',
  'valid_to text',
  'provenance text',
  'confidence text',
  'attributes jsonb',
];

/** What is to become of an object, and by which revision. */
type Written<T> = Touched<T> & { readonly revision: number };

function writtenBy<T>({ delta }: ChangeSetPlan, touched: readonly Touched<T>[]): Written<T>[] {
  return touched.map((each) => ({ ...each, revision: delta.revision }));
}

/**
 * Writes what planned change sets do to rows and versions. Sources of values that are gone go with them.
 * @param plans - of consecutive revisions; no object is touched by two of them, and at most one defines attributes.
 */
export async function writePlans(manager: EntityManager, plans: readonly ChangeSetPlan[]): Promise<void> {
  const sources: SourceChanges = new Map(plans.flatMap((plan) => [...plan.sources]));
  const elements = plans.flatMap((plan) => writtenBy(plan, plan.elements));
  const relations = plans.flatMap((plan) => writtenBy(plan, plan.relations));
  await removeRows(manager, 'relation', relations);
  await upsertRows(manager, { table: 'element', columns: ELEMENT_COLUMNS }, elements, (each) =>
    elementRow(each, sources),
  );
  await upsertRows(manager, { table: 'relation', columns: RELATION_COLUMNS }, relations, (each) =>
    relationRow(each, sources),
  );
  await removeRows(manager, 'element', elements);
  for (const { definitions, delta } of plans) await writeDefinitions(manager, definitions, delta.revision);
}

type Row = Readonly<Record<string, unknown>>;

/** A new row has only the sources that are; to an old one, null says that the source goes with its value. */
function sourcesOf({ urn, before }: Touched<unknown>, sources: SourceChanges): Row {
  const entries = [...(sources.get(urn) ?? [])];
  return Object.fromEntries(before === undefined ? entries.filter(([, source]) => source !== null) : entries);
}

function elementRow(touched: Touched<Element>, sources: SourceChanges): Row[] {
  const { before, after } = touched;
  if (after === undefined) return [];
  const { nameEn, externalIds, ...same } = after;
  const renamed = { name_en: nameEn, external_ids: externalIds };
  return [{ ...same, ...renamed, sources: sourcesOf(touched, sources), known: before !== undefined }];
}

function relationRow(touched: Touched<Relation>, sources: SourceChanges): Row[] {
  const { before, after } = touched;
  if (after === undefined) return [];
  const { validFrom, validTo, minAvailable, redundancyGroup, ...same } = after;
  const renamed = {
    valid_from: validFrom,
    valid_to: validTo,
    min_available: minAvailable,
    redundancy_group: redundancyGroup,
  };
  return [{ ...same, ...renamed, sources: sourcesOf(touched, sources), known: before !== undefined }];
}

async function inChunks<T>(items: readonly T[], write: (chunk: readonly T[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < items.length; at += ROWS_MAXIMUM) await write(items.slice(at, at + ROWS_MAXIMUM));
}

/** Writes the rows of what is there afterwards; the version of each that was known ends, and another one begins. */
async function upsertRows<T>(
  manager: EntityManager,
  { table, columns }: { readonly table: 'element' | 'relation'; readonly columns: readonly string[] },
  written: readonly Written<T>[],
  rowOf: (touched: Written<T>) => Row[],
): Promise<void> {
  const all = ['seq integer', 'urn text', ...columns, 'sources jsonb', 'revision integer'];
  const names = all.map((column) => column.slice(0, column.indexOf(' ')));
  const updates = names
    .filter((name) => name !== 'seq' && name !== 'urn' && name !== 'sources')
    .map((name) => `${name} = excluded.${name}`);
  const statement = `
    with given as (
      select * from jsonb_to_recordset($1::jsonb) as given(${all.join(', ')}, known boolean)),
    ended as (
      update ${table}_version version set to_revision = given.revision from given
      where given.known and version.to_revision is null and version.seq = given.seq),
    written as (
      insert into ${table} (${names.join(', ')})
      select ${names.join(', ')} from given
      on conflict (seq) do update set ${updates.join(', ')},
        sources = (select coalesce(jsonb_object_agg(key, value), '{}')
                   from jsonb_each(${table}.sources || excluded.sources) where value <> 'null')
      returning *)
    insert into ${table}_version (seq, urn, from_revision, record)
    select seq, urn, revision, to_jsonb(written) - 'seq' - 'urn' from written`;
  // The next rows are made ready while the database writes.
  let writing: Promise<unknown> = Promise.resolve();
  for (const text of rowTexts(rowsOf(written, rowOf))) {
    await writing;
    // The embedded database answers within the turn: others have theirs between two statements.
    await setImmediate();
    writing = manager.query(statement, [text]);
  }
  await writing;
}

function* rowsOf<T>(written: readonly Written<T>[], rowOf: (touched: Written<T>) => Row[]): Generator<Row> {
  for (const each of written) yield* rowOf(each);
}

/** Deletes the rows of what is gone and ends its versions; what came and went within one change set is noted. */
async function removeRows<T>(
  manager: EntityManager,
  table: 'element' | 'relation',
  written: readonly Written<T>[],
): Promise<void> {
  const gone = written.filter(({ before, after }) => before !== undefined && after === undefined);
  await inChunks(gone, (chunk) =>
    manager.query(
      `with given as (select * from unnest($1::integer[], $2::integer[]) as given(seq, revision)),
            ended as (update ${table}_version version set to_revision = given.revision from given
                      where version.to_revision is null and version.seq = given.seq)
       delete from ${table} where seq in (select seq from given)`,
      [chunk.map(({ seq }) => seq), chunk.map(({ revision }) => revision)],
    ),
  );
  const fleeting = written.filter(({ before, after }) => before === undefined && after === undefined);
  await inChunks(fleeting, (chunk) =>
    manager.query(
      `insert into ${table}_version (seq, urn, from_revision, to_revision)
       select seq, urn, revision, revision from unnest($1::integer[], $2::text[], $3::integer[]) as given(seq, urn, revision)`,
      [chunk.map(({ seq }) => seq), chunk.map(({ urn }) => urn), chunk.map(({ revision }) => revision)],
    ),
  );
}
