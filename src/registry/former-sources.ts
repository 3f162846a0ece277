import type { EntityManager } from 'typeorm';
import type { SourceChanges } from '../core/landscape/change-draft.js';
import type { Element, Json, Relation, ValueSource } from '../core/landscape/model.js';
import type { ChangeBase } from '../core/landscape/landscape.js';
import type { ChangeSetPlan } from '../core/landscape/plan-change-set.js';
import { ATTRIBUTE_PREFIX } from '../core/landscape/record-values.js';
import type { SourcesAround } from '../core/landscape/sources-around.js';
import { sameJson } from '../core/same-json.js';

/** A record as its version keeps it: by the names of columns, with the sources of its values. */
type KeptRecord = Readonly<Record<string, Json>> & {
  readonly attributes: Readonly<Record<string, Json>>;
  readonly sources: Readonly<Record<string, ValueSource>>;
};

/**
 * The sources of values as a change set leaves them. What it gives back comes with the sources of those values that it
 * had when it was removed and has again.
 */
export async function withFormerSources(
  manager: EntityManager,
  { elements, relations, sources, log }: ChangeSetPlan,
): Promise<SourceChanges> {
  const restored = new Set(log.flatMap(({ urn, restore }) => (restore === true ? urn : [])));
  if (restored.size === 0) return sources;
  const all = new Map(sources);
  for (const [table, touched] of [
    ['element', elements],
    ['relation', relations],
  ] as const) {
    const back = touched.flatMap(({ urn, after }) => (after !== undefined && restored.has(urn) ? after : []));
    const former = await readFormer(manager, table, back);
    for (const record of back) {
      const known = former.get(record.seq);
      if (known === undefined) continue;
      all.set(record.urn, new Map([...sourcesAgain(known, record), ...(sources.get(record.urn) ?? [])]));
    }
  }
  return all;
}

/** The last version of each record that was not empty, by its number. */
async function readFormer(
  manager: EntityManager,
  table: 'element' | 'relation',
  records: readonly (Element | Relation)[],
): Promise<ReadonlyMap<number, KeptRecord>> {
  const rows: { seq: number; record: KeptRecord }[] = await manager.query(
    `select distinct on (seq) seq, record from ${table}_version
     where seq = any($1) and record is not null order by seq, from_revision desc`,
    [records.map(({ seq }) => seq)],
  );
  return new Map(rows.map(({ seq, record }) => [seq, record]));
}

/** Where a value is another one now, its source is gone with the old one. */
function sourcesAgain(former: KeptRecord, record: Element | Relation): [path: string, source: ValueSource | null][] {
  return Object.entries(former.sources).map(([path, source]) => {
    const key = path.slice(ATTRIBUTE_PREFIX.length);
    const [before, now] = path.startsWith(ATTRIBUTE_PREFIX)
      ? [former.attributes[key], record.attributes[key]]
      : [former[columnOf(path)], valueOf(record, path)];
    return [path, sameJson(before, now) ? source : null];
  });
}

/** `nameEn` stands in the column `name_en`. */
function columnOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function valueOf(record: Element | Relation, field: string): Json | undefined {
  // Every field of a record holds a JSON value.
  const values = record as unknown as Readonly<Record<string, Json>>;
  return Object.hasOwn(values, field) ? values[field] : undefined;
}

/** Where the values of some objects were known from before a change set, after it, and at the revision of a landscape. */
export async function readSourcesAround(
  manager: EntityManager,
  landscape: ChangeBase,
  { urns, revision }: { readonly urns: Iterable<string>; readonly revision: number },
): Promise<SourcesAround> {
  const revisions = [revision - 1, revision, landscape.revision];
  const numbers = numbersOf(landscape, urns);
  const tables = { before: new Map(), after: new Map(), now: new Map() } satisfies SourcesAround;
  const inOrder: readonly Map<string, SourcesOf>[] = [tables.before, tables.after, tables.now];
  for (const table of ['element', 'relation'] as const) {
    const rows = await readSourcesAt(manager, table, { numbers: [...numbers[table].keys()], revisions });
    for (const { seq, place, sources } of rows) inOrder[place]?.set(numbers[table].get(seq) ?? '', sources);
  }
  return tables;
}

/** The urns of elements and relations, there or gone, by their numbers; attribute definitions have none. */
function numbersOf(
  landscape: ChangeBase,
  urns: Iterable<string>,
): Readonly<Record<'element' | 'relation', ReadonlyMap<number, string>>> {
  const numbers = { element: new Map<number, string>(), relation: new Map<number, string>() };
  for (const urn of urns) {
    const gone = landscape.removedNumber(urn);
    const element = landscape.elementByUrn(urn) ?? (gone?.table === 'ELEMENT' ? gone : undefined);
    const relation = landscape.relationByUrn(urn) ?? (gone?.table === 'RELATION' ? gone : undefined);
    if (element !== undefined) numbers.element.set(element.seq, urn);
    if (relation !== undefined) numbers.relation.set(relation.seq, urn);
  }
  return numbers;
}

type SourcesOf = Readonly<Record<string, ValueSource>>;

/** The sources of each object at each of some revisions at which it was there; `place` is that of the revision. */
function readSourcesAt(
  manager: EntityManager,
  table: 'element' | 'relation',
  { numbers, revisions }: { readonly numbers: readonly number[]; readonly revisions: readonly number[] },
): Promise<readonly { seq: number; place: number; sources: SourcesOf }[]> {
  return manager.query(
    `select v.seq, asked.place::integer - 1 as place, v.record -> 'sources' as sources
     from ${table}_version v, unnest($2::integer[]) with ordinality as asked(revision, place)
     where v.seq = any($1) and v.record is not null and v.from_revision <= asked.revision
       and (v.to_revision is null or v.to_revision > asked.revision)`,
    [numbers, revisions],
  );
}
