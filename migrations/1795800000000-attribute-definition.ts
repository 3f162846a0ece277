import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Attribute definitions made at run time, as they are and as they were. They are few, and nothing points at them by
 * number: the urn is the key, in an order that is the same on every database.
 */
export class AttributeDefinition1795800000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table attribute_definition (
        urn text collate "C" constraint attribute_definition_pk primary key,
        key text not null constraint attribute_definition_key_unique unique,
        definition jsonb not null,
        revision integer not null
      )`);
    await db.query(`create index attribute_definition_revision_idx on attribute_definition (revision)`);
    await db.query(`
      create table attribute_definition_version (
        urn text collate "C" not null,
        from_revision integer not null,
        to_revision integer,
        definition jsonb,
        constraint attribute_definition_version_pk primary key (urn, from_revision),
        constraint attribute_definition_version_forward check (to_revision >= from_revision)
      )`);
    await db.query(`create index attribute_definition_version_to_idx on attribute_definition_version (to_revision)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table attribute_definition_version, attribute_definition`);
  }
}
