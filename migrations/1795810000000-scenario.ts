import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Changes that are only thought of: each on the revision it began at, until it is merged or given up. */
export class Scenario1795810000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table scenario (
        id uuid constraint scenario_pk primary key,
        name text not null constraint scenario_name_given check (name <> ''),
        purpose text,
        agency text,
        target_date text,
        author text not null,
        base_revision integer not null,
        operations jsonb not null,
        state text not null constraint scenario_state_known
          check (state in ('DRAFT', 'READY', 'REBASE_NEEDED', 'MERGED', 'REVERTED', 'ARCHIVED')),
        version integer not null,
        merged_revision integer,
        reverted_revision integer,
        created_at timestamptz not null default now(),
        changed_at timestamptz not null default now(),
        constraint scenario_merged_when_it_says_so
          check ((state in ('MERGED', 'REVERTED')) = (merged_revision is not null)),
        constraint scenario_reverted_when_it_says_so check ((state = 'REVERTED') = (reverted_revision is not null))
      )`);
    await db.query(`create index scenario_state_idx on scenario (state)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table scenario`);
  }
}
