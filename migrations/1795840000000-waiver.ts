import type { MigrationInterface, QueryRunner } from 'typeorm';
import { letRowsStay } from './rows-that-stay.js';

/** What happened to waivers of rules: asked for, decided, renewed, revoked. None of it may be changed. */
export class Waiver1795840000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table waiver_event (
        number integer constraint waiver_event_pk primary key,
        waiver uuid not null,
        kind text not null constraint waiver_event_kind_known
          check (kind in ('REQUESTED', 'APPROVED', 'DENIED', 'REVOKED', 'RENEWED')),
        happened_on text not null,
        agency text not null,
        rule text,
        pack text,
        subjects jsonb,
        valid_from text,
        valid_to text,
        compensating_measure text,
        reason text not null,
        document text,
        author text not null,
        idempotency_key text,
        request_hash text not null,
        at timestamptz not null default now(),
        constraint waiver_event_terms
          check ((kind = 'REQUESTED') = (rule is not null and pack is not null and valid_from is not null)),
        constraint waiver_event_last_day check ((kind in ('REQUESTED', 'RENEWED')) = (valid_to is not null)),
        constraint waiver_event_idempotency_key_unique unique (agency, idempotency_key)
      )`);
    await letRowsStay(db, {
      refusal: 'waiver_event_stays',
      tables: ['waiver_event'],
      message: 'What happened to a waiver is neither changed nor taken back',
    });
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table waiver_event`);
    await db.query(`drop function waiver_event_stays`);
  }
}
