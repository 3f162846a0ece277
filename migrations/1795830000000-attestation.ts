import type { MigrationInterface, QueryRunner } from 'typeorm';

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
    await db.query(`
      create function attestation_stays() returns trigger language plpgsql as $$
      begin
        raise exception 'An attestation is neither changed nor taken back: %', tg_op;
      end $$`);
    await db.query(`
      create trigger attestation_stays before update or delete on attestation
        for each row execute function attestation_stays()`);
    await db.query(`
      create trigger attestation_stays_whole before truncate on attestation
        for each statement execute function attestation_stays()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table attestation`);
    await db.query(`drop function attestation_stays`);
    await db.query(`drop table attestation_campaign`);
  }
}
