import type { EntityManager } from 'typeorm';
import type { Element, Relation } from '../core/landscape/model.js';
import type { Change, ReturnDelta } from '../core/landscape/snapshot.js';
import { readDefinitionsBack } from './attribute-definition-rows.js';
import { endsOf, ELEMENT_COLUMNS, ELEMENT_SELECT, RELATION_COLUMNS, RELATION_SELECT, UTC } from './landscape-rows.js';
import type { Removed } from './landscape-rows.js';
import { readLastStates, withLastStates } from './last-state-rows.js';

/**
 * What leads from the newest landscape back to an earlier revision, from the versions of the objects that changed since:
 * costs what changed, not what there is. It is right for a landscape in memory that is behind the database, too.
 * @returns undefined where there never was such a revision.
 */
export async function readReturn(manager: EntityManager, revision: number): Promise<ReturnDelta | undefined> {
  const moments: { at: string; elements: number; relations: number }[] = await manager.query(
    `select to_char(at ${UTC}) as at, ${boundOf('element')} as elements, ${boundOf('relation')} as relations
     from change_set where revision = $1`,
    [revision],
  );
  const [moment] = moments;
  if (moment === undefined) return undefined;
  const elements = await readVersions<Element>(manager, 'element', revision, [ELEMENT_SELECT, ELEMENT_COLUMNS]);
  const relations = await readVersions<Relation>(manager, 'relation', revision, [RELATION_SELECT, RELATION_COLUMNS]);
  const gone = elements.filter(({ seq, after }) => after === undefined && seq < moment.elements);
  const last = await readLastStates(manager, gone, revision);
  return {
    revision,
    at: moment.at,
    elements: withLastStates(elements, last),
    relations,
    definitions: await readDefinitionsBack(manager, revision),
    elementBound: moment.elements,
    relationBound: moment.relations,
  };
}

function boundOf(table: 'element' | 'relation'): string {
  return `coalesce((select seq + 1 from ${table}_version where from_revision <= $1 order by seq desc limit 1), 0)`;
}

async function readVersions<T extends Element | Relation>(
  manager: EntityManager,
  table: 'element' | 'relation',
  at: number,
  [select, columns]: readonly [select: string, columns: readonly string[]],
): Promise<Change<T>[]> {
  const there = 'from_revision <= $1 and to_revision > $1 and record is not null';
  // The columns are those of T under T's names: the row is the record.
  const rows: T[] = await manager.query(
    `select ${select} from (select seq, urn, record from ${table}_version where ${there}) as version,
          lateral jsonb_to_record(version.record) as was(${[...columns, 'revision integer'].join(', ')})
     order by seq`,
    [at],
  );
  const absent: Removed[] = await manager.query(
    `select seq, urn${endsOf(table)} from (
       select seq, urn from ${table} where revision > $1
       union select seq, urn from ${table}_version where to_revision > $1) as v
     where not exists (select 1 from ${table}_version w where w.seq = v.seq and ${there})
     order by seq`,
    [at],
  );
  return [
    ...rows.map((after) => ({ seq: after.seq, urn: after.urn, after })),
    ...absent.map((gone) => ({ ...gone, after: undefined })),
  ];
}
