import type { MigrationInterface, QueryRunner } from 'typeorm';
import { letRowsStay } from './rows-that-stay.js';

/** What people decided of pairs that may be duplicates, with how each pair stood then. None of it may be changed. */
export class DuplicateCase1795910000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table duplicate_case_event (
        number integer constraint duplicate_case_event_pk primary key,
        duplicate_case uuid not null,
        state text not null constraint duplicate_case_event_state_known
          check (state in ('OPEN', 'CONFIRMED', 'PARTIAL', 'DISMISSED', 'MERGED')),
        happened_on text not null,
        pair text constraint duplicate_case_event_pair_once unique,
        subject text not null,
        match text not null,
        revision integer not null,
        model_version text not null,
        band text not null,
        score double precision,
        signals jsonb not null,
        avoided_cost bigint constraint duplicate_case_event_avoided_cost check (avoided_cost >= 0),
        reason text not null,
        author text not null,
        idempotency_key text,
        request_hash text not null,
        at timestamptz not null default now(),
        constraint duplicate_case_event_pair check ((state = 'OPEN') = (pair is not null)),
        constraint duplicate_case_event_idempotency_key_unique unique (author, idempotency_key)
      )`);
    await letRowsStay(db, {
      refusal: 'duplicate_case_event_stays',
      tables: ['duplicate_case_event'],
      message: 'What was decided of duplicates is neither changed nor taken back',
    });
    await db.query(`alter table landscape_head add column cases integer not null default 0`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`alter table landscape_head drop column cases`);
    await db.query(`drop table duplicate_case_event`);
    await db.query(`drop function duplicate_case_event_stays`);
  }
}
