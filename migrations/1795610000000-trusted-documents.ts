import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Queries registered once, which dashboards then ask by their id. */
export class TrustedDocuments1795610000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table trusted_document (
        id text constraint trusted_document_pk primary key constraint trusted_document_id_hash check (id ~ '^[0-9a-f]{64}$'),
        name text not null constraint trusted_document_name_given check (name <> ''),
        description text,
        document text not null,
        list text,
        depth integer not null,
        fields integer not null,
        registered_by text not null,
        registered_at timestamptz not null default now()
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table trusted_document`);
  }
}
