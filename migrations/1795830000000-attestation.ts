import type { MigrationInterface, QueryRunner } from 'typeorm';
import { letRowsStay } from './rows-that-stay.js';

/** What agencies were asked to confirm of their records, and what they said: the first may change, the second may not. */
export class Attestation1795830000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table attestation_campaign (
        number integer constraint attestation_campaign_pk primary key,
        name text not null constraint attestation_campaign_name_given check (name <> ''),
        opened_on text not null,
        due_on text not null,
        agencies jsonb,
        reason text,
        closing jsonb,
        version integer not null,
        author text not null,
        created_at timestamptz not null default now(),
        changed_at timestamptz not null default now()
      )`);
    await db.query(`
      create table attestation (
        number integer constraint attestation_pk primary key,
        agency text not null,
        said_on text not null,
        confirmed jsonb not null,
        flows_complete jsonb not null,
        inventory_complete boolean not null,
        base_revision integer not null,
        revision integer,
        corrections jsonb not null,
        scenario uuid,
        author text not null,
        note text,
        idempotency_key text,
        request_hash text not null,
        at timestamptz not null default now(),
        constraint attestation_says_something check (revision is not null or scenario is not null),
        constraint attestation_idempotency_key_unique unique (agency, idempotency_key)
      )`);
    await letRowsStay(db, {
      refusal: 'attestation_stays',
      tables: ['attestation'],
      message: 'An attestation is neither changed nor taken back',
    });
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table attestation`);
    await db.query(`drop function attestation_stays`);
    await db.query(`drop table attestation_campaign`);
  }
}
