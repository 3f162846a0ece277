import type { MigrationInterface, QueryRunner } from 'typeorm';
import { letRowsStay } from './rows-that-stay.js';

/** What happened to rules: drafted, published, withdrawn, a citation verified. None of it may be changed. */
export class Rule1795860000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table rule_event (
        number integer constraint rule_event_pk primary key,
        kind text not null constraint rule_event_kind_known
          check (kind in ('DRAFTED', 'PUBLISHED', 'WITHDRAWN', 'CITATION_VERIFIED')),
        happened_on text not null,
        code text not null,
        rule jsonb,
        hash text,
        replaces text,
        draft integer,
        preview_hash text,
        preview_revision integer,
        withdrawn_from text,
        citation text,
        verified_by text,
        reason text not null,
        document text,
        author text not null,
        idempotency_key text,
        request_hash text not null,
        at timestamptz not null default now(),
        constraint rule_event_content
          check ((kind in ('DRAFTED', 'PUBLISHED')) = (rule is not null and hash is not null)),
        constraint rule_event_publication
          check ((kind = 'PUBLISHED') = (draft is not null and preview_hash is not null and preview_revision is not null)),
        constraint rule_event_withdrawal check ((kind = 'WITHDRAWN') = (withdrawn_from is not null)),
        constraint rule_event_verification
          check ((kind = 'CITATION_VERIFIED') = (citation is not null and verified_by is not null)),
        constraint rule_event_draft_once unique (draft),
        constraint rule_event_idempotency_key_unique unique (author, idempotency_key)
      )`);
    await letRowsStay(db, {
      refusal: 'rule_event_stays',
      tables: ['rule_event'],
      message: 'What happened to a rule is neither changed nor taken back',
    });
    await db.query(`alter table landscape_head add column rules integer not null default 0`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`alter table landscape_head drop column rules`);
    await db.query(`drop table rule_event`);
    await db.query(`drop function rule_event_stays`);
  }
}
