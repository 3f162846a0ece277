import type { EntityManager } from 'typeorm';
import type { AttributeRecord } from '../core/landscape/attribute-record.js';
import type { TouchedDefinition } from '../core/landscape/definition-draft.js';
import type { DefinitionChange } from '../core/landscape/definition-table.js';
import type { Visibility } from '../core/landscape/model.js';

/** The definitions that changed after a revision: from 0 all of them, removed ones included. */
export async function readDefinitionChanges(manager: EntityManager, since: number): Promise<DefinitionChange[]> {
  // The columns are those of a record under its names.
  const rows: (AttributeRecord & Given)[] = await manager.query(
    `select urn, definition, revision, ${GIVEN} from attribute_definition d where revision > $1 order by urn`,
    [since],
  );
  const removed: (Removed & Given & { readonly removedIn: number })[] = await manager.query(
    `select distinct on (urn) urn, coalesce(definition ->> 'valueVisibility', definition ->> 'visibility') as last, ${GIVEN},
       (select max(to_revision) from attribute_definition_version v where v.urn = d.urn) as "removedIn"
     from attribute_definition_version d
     where urn in (select urn from attribute_definition_version where to_revision > $1)
       and not exists (select 1 from attribute_definition there where there.urn = d.urn)
     order by urn, definition is null, from_revision desc`,
    [since],
  );
  return [
    ...rows.map(({ since: given, ...after }) => ({ urn: after.urn, after, since: given })),
    ...removed.map(({ urn, last, since: given, removedIn }) => {
      return { urn, after: undefined, last: last ?? undefined, since: given, removedIn };
    }),
  ];
}

/** The class of a removed definition at last; null where it came and went within one change set. */
interface Removed {
  readonly urn: string;
  readonly last: Visibility | null;
}

/** The revision by which a urn was given. */
interface Given {
  readonly since: number;
}
const GIVEN = `(select min(from_revision) from attribute_definition_version first where first.urn = d.urn) as since`;

/** What leads from the newest definitions back to those of an earlier revision. */
export async function readDefinitionsBack(manager: EntityManager, revision: number): Promise<DefinitionChange[]> {
  // The columns are those of a record under its names.
  const rows: AttributeRecord[] = await manager.query(
    `select urn, definition, from_revision as revision from attribute_definition_version
     where from_revision <= $1 and to_revision > $1 and definition is not null order by urn`,
    [revision],
  );
  const absent: Removed[] = await manager.query(
    `select touched.urn, (select coalesce(definition ->> 'valueVisibility', definition ->> 'visibility') from attribute_definition_version v
       where v.urn = touched.urn and to_revision <= $1 and definition is not null order by from_revision desc limit 1) as last
     from (select urn from attribute_definition where revision > $1
           union select urn from attribute_definition_version where to_revision > $1) as touched
     where not exists (select 1 from attribute_definition_version v
       where v.urn = touched.urn and from_revision <= $1 and to_revision > $1 and definition is not null)
     order by urn`,
    [revision],
  );
  return [
    ...rows.map((after) => ({ urn: after.urn, after })),
    ...absent.map(({ urn, last }) => ({ urn, after: undefined, last: last ?? undefined })),
  ];
}

/** Writes what a planned change set does to definitions and their versions. */
export async function writeDefinitions(
  manager: EntityManager,
  touched: readonly TouchedDefinition[],
  revision: number,
): Promise<void> {
  if (touched.length === 0) return;
  const urns = touched.map(({ urn }) => urn);
  await manager.query(`delete from attribute_definition where urn = any($1)`, [urns]);
  await manager.query(
    `update attribute_definition_version set to_revision = $2 where to_revision is null and urn = any($1)`,
    [urns, revision],
  );
  const present = touched.flatMap(({ after }) => after ?? []);
  await manager.query(
    `insert into attribute_definition (urn, key, definition, revision)
     select urn, definition ->> 'key', definition, revision
     from jsonb_to_recordset($1::jsonb) as given(urn text, definition jsonb, revision integer)`,
    [JSON.stringify(present)],
  );
  const begun = touched.filter(({ before, after }) => after !== undefined || before === undefined);
  await manager.query(
    `insert into attribute_definition_version (urn, from_revision, to_revision, definition)
     select urn, $2::integer, case when definition is null then $2::integer end, definition
     from jsonb_to_recordset($1::jsonb) as given(urn text, definition jsonb)`,
    [JSON.stringify(begun.map(({ urn, after }) => ({ urn, definition: after?.definition }))), revision],
  );
}
