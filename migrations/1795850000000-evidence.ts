import type { MigrationInterface, QueryRunner } from 'typeorm';
import { letRowsStay } from './rows-that-stay.js';

/** What happened to evidence: submitted, accepted, rejected, withdrawn. None of it may be changed. */
export class Evidence1795850000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table evidence_event (
        number integer constraint evidence_event_pk primary key,
        evidence uuid not null,
        kind text not null constraint evidence_event_kind_known
          check (kind in ('SUBMITTED', 'ACCEPTED', 'REJECTED', 'WITHDRAWN')),
        happened_on text not null,
        agency text not null,
        subject text,
        evidence_kind text,
        pack text,
        link text,
        file jsonb,
        documented_on text,
        verdict text constraint evidence_event_verdict_known check (verdict in ('MET', 'NOT_MET')),
        valid_from text,
        valid_to text,
        reason text,
        author text not null,
        idempotency_key text,
        request_hash text not null,
        at timestamptz not null default now(),
        constraint evidence_event_terms
          check ((kind = 'SUBMITTED') = (subject is not null and evidence_kind is not null and pack is not null)),
        constraint evidence_event_shown check ((kind = 'SUBMITTED') = (link is not null or file is not null)),
        constraint evidence_event_judgement
          check ((kind = 'ACCEPTED') = (verdict is not null and valid_from is not null)),
        constraint evidence_event_reason check (kind = 'SUBMITTED' or reason is not null),
        constraint evidence_event_idempotency_key_unique unique (agency, idempotency_key)
      )`);
    await letRowsStay(db, {
      refusal: 'evidence_event_stays',
      tables: ['evidence_event'],
      message: 'What happened to evidence is neither changed nor taken back',
    });
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table evidence_event`);
    await db.query(`drop function evidence_event_stays`);
  }
}
