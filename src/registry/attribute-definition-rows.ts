import type { EntityManager } from 'typeorm';
import type { AttributeRecord } from '../core/landscape/attribute-record.js';
import type { TouchedDefinition } from '../core/landscape/definition-draft.js';
import type { DefinitionChange } from '../core/landscape/definition-table.js';

/** The definitions that changed after a revision: from 0 all of them, removed ones included. */
export async function readDefinitionChanges(manager: EntityManager, since: number): Promise<DefinitionChange[]> {
  // The columns are those of a record under its names.
  const rows: AttributeRecord[] = await manager.query(
    `select urn, definition, revision from attribute_definition where revision > $1 order by urn`,
    [since],
  );
  const removed: { urn: string }[] = await manager.query(
    `select distinct urn from attribute_definition_version v
     where to_revision > $1 and not exists (select 1 from attribute_definition d where d.urn = v.urn) order by urn`,
    [since],
  );
  return [
    ...rows.map((after) => ({ urn: after.urn, after })),
    ...removed.map(({ urn }) => ({ urn, after: undefined })),
  ];
}

/** The definitions as they were at an earlier revision. */
export async function readPastDefinitions(manager: EntityManager, revision: number): Promise<DefinitionChange[]> {
  // The columns are those of a record under its names.
  const rows: AttributeRecord[] = await manager.query(
    `select urn, definition, from_revision as revision from attribute_definition_version
     where from_revision <= $1 and (to_revision is null or to_revision > $1) and definition is not null order by urn`,
    [revision],
  );
  return rows.map((after) => ({ urn: after.urn, after }));
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
