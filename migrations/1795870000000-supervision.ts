import type { MigrationInterface, QueryRunner } from 'typeorm';
import { letRowsStay } from './rows-that-stay.js';

/**
 * How findings went over time, and the runs that judged everything. Of findings what changed is kept, not copies; of a
 * run what it was made of, and what it said.
 */
export class Supervision1795870000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table finding_transition (
        number integer constraint finding_transition_pk primary key,
        revision integer not null,
        happened_on text not null,
        pack text not null,
        rule text not null,
        subject text not null,
        previous text constraint finding_transition_previous_known
          check (previous in ('PASS', 'FAIL', 'NOT_APPLICABLE', 'NEEDS_EVIDENCE', 'ERROR')),
        outcome text constraint finding_transition_outcome_known
          check (outcome in ('PASS', 'FAIL', 'NOT_APPLICABLE', 'NEEDS_EVIDENCE', 'ERROR')),
        constraint finding_transition_is_one check (previous is distinct from outcome)
      )`);
    await db.query(`
      create index finding_transition_subject_index on finding_transition (subject, rule, number)`);
    await db.query(`create index finding_transition_day_index on finding_transition (happened_on)`);
    await db.query(`
      create table supervision_head (
        id integer constraint supervision_head_pk primary key
          constraint supervision_head_is_one check (id = 1),
        number integer not null,
        revision integer not null,
        looked_on text
      )`);
    await db.query(`insert into supervision_head (id, number, revision) values (1, 0, 0)`);
    await db.query(`
      create table rule_pack_document (
        hash text constraint rule_pack_document_pk primary key,
        document text not null
      )`);
    await db.query(`
      create table compliance_run (
        number integer constraint compliance_run_pk primary key,
        revision integer not null,
        judged_on text not null,
        tier integer not null,
        pack text not null,
        pack_hash text not null,
        facts_hash text not null,
        engine text not null,
        evidence_number integer not null,
        subjects integer not null,
        counts jsonb not null,
        discrepancies integer not null,
        findings_hash text not null,
        findings bytea,
        author text not null,
        at timestamptz not null default now()
      )`);
    await letRowsStay(db, {
      refusal: 'supervision_stays',
      tables: ['finding_transition', 'compliance_run', 'rule_pack_document'],
      message: 'What was found is neither changed nor taken back',
    });
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table compliance_run`);
    await db.query(`drop table rule_pack_document`);
    await db.query(`drop table supervision_head`);
    await db.query(`drop table finding_transition`);
    await db.query(`drop function supervision_stays`);
  }
}
