import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The landscape: its objects as they are, their versions, and the log of the change sets that made them. */
export class Landscape1795500000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table landscape_head (
        id integer constraint landscape_head_pk primary key constraint landscape_head_single check (id = 1),
        revision integer not null,
        at timestamptz,
        hash text not null,
        next_element integer not null,
        next_relation integer not null
      )`);
    await db.query(`insert into landscape_head values (1, 0, null, '', 1, 1)`);
    await db.query(`
      create table change_set (
        revision integer constraint change_set_pk primary key,
        at timestamptz not null,
        author text not null,
        reason text not null constraint change_set_reason_given check (reason <> ''),
        source text not null,
        idempotency_key text constraint change_set_idempotency_key_unique unique,
        request_hash text not null,
        previous_hash text not null,
        hash text not null,
        operations text not null
      )`);
    await db.query(`
      create table element (
        seq integer constraint element_pk primary key,
        urn text not null constraint element_urn_unique unique,
        kind text not null,
        name text not null,
        name_en text,
        aliases jsonb not null,
        description text,
        external_ids jsonb not null,
        layer smallint constraint element_layer_known check (layer between 1 and 4),
        phases jsonb not null,
        visibility text not null,
        level text,
        attributes jsonb not null,
        sources jsonb not null,
        revision integer not null
      )`);
    await db.query(`
      create table relation (
        seq integer constraint relation_pk primary key,
        urn text not null constraint relation_urn_unique unique,
        kind text not null,
        source integer not null constraint relation_source_fk references element (seq),
        target integer not null constraint relation_target_fk references element (seq),
        strength text not null,
        status text not null,
        channels jsonb not null,
        valid_from text,
        valid_to text,
        provenance text,
        confidence text not null,
        sources jsonb not null,
        revision integer not null
      )`);
    await db.query(`create index element_revision_idx on element (revision)`);
    await db.query(`create index relation_source_idx on relation (source)`);
    await db.query(`create index relation_target_idx on relation (target)`);
    await db.query(`create index relation_revision_idx on relation (revision)`);
    for (const table of ['element', 'relation']) {
      await db.query(`
        create table ${table}_version (
          seq integer not null,
          from_revision integer not null,
          to_revision integer,
          urn text not null,
          record jsonb,
          constraint ${table}_version_pk primary key (seq, from_revision),
          constraint ${table}_version_forward check (to_revision >= from_revision)
        )`);
      await db.query(`create index ${table}_version_to_idx on ${table}_version (to_revision)`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table relation_version, element_version, relation, element, change_set, landscape_head`);
  }
}
