import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Ledgers that say which person did what they record. */
const LEDGERS = ['waiver_event', 'evidence_event', 'rule_event', 'duplicate_case_event'];

/** People, the roles they act in, where they are signed in, and tokens of other systems. */
export class Identity1795930000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // The only place where names stand: everything else knows people by their ids.
    await db.query(`
      create table person (
        id uuid constraint person_pk primary key,
        issuer text,
        subject text,
        name text,
        email text,
        known_since timestamptz not null default now(),
        erased_at timestamptz,
        idempotency_key text constraint person_idempotency_key_unique unique,
        request_hash text,
        constraint person_subject_unique unique (issuer, subject),
        constraint person_subject_whole check ((issuer is null) = (subject is null)),
        constraint person_erased check (erased_at is null or (name is null and email is null and subject is null))
      )`);
    await db.query(`
      create table role_assignment (
        id uuid constraint role_assignment_pk primary key,
        person uuid not null constraint role_assignment_person_fk references person (id),
        role text not null constraint role_assignment_role_known check (role in
          ('OFFICER', 'LEGAL_OFFICER', 'INSPECTOR', 'REVIEWER', 'ARCHITECT', 'ADMINISTRATOR')),
        agency text,
        granted_at timestamptz not null default now(),
        valid_to text,
        withdrawn_at timestamptz,
        constraint role_assignment_agency check ((role = 'OFFICER') = (agency is not null))
      )`);
    await db.query(`create index role_assignment_person on role_assignment (person)`);
    // No entity and no part of a backup: a restored registry is signed in to anew.
    await db.query(`
      create table person_session (
        digest text constraint person_session_pk primary key,
        person uuid not null constraint person_session_person_fk references person (id),
        assignment uuid constraint person_session_assignment_fk references role_assignment (id),
        started_at timestamptz not null default now(),
        expires_at timestamptz not null
      )`);
    await db.query(`create index person_session_person on person_session (person)`);
    await db.query(`
      create table service_token (
        id uuid constraint service_token_pk primary key,
        digest text not null constraint service_token_digest_unique unique,
        label text not null,
        role text not null constraint service_token_role_known check (role in
          ('PUBLIC', 'OFFICER', 'LEGAL_OFFICER', 'INSPECTOR', 'REVIEWER', 'ARCHITECT')),
        agency text,
        grants jsonb not null,
        documents jsonb,
        read_only boolean not null,
        issued_at timestamptz not null default now(),
        issued_by uuid,
        expires_at timestamptz not null,
        revoked_at timestamptz,
        idempotency_key text constraint service_token_idempotency_key_unique unique,
        request_hash text,
        constraint service_token_agency check ((role = 'OFFICER') = (agency is not null))
      )`);
    // How often, by day: who asked what and when is nobody's business.
    await db.query(`
      create table service_token_use (
        token uuid constraint service_token_use_token_fk references service_token (id),
        used_on text,
        requests integer not null,
        constraint service_token_use_pk primary key (token, used_on)
      )`);
    for (const ledger of LEDGERS) await db.query(`alter table ${ledger} add column person uuid`);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const ledger of LEDGERS) await db.query(`alter table ${ledger} drop column person`);
    for (const table of ['service_token_use', 'service_token', 'person_session', 'role_assignment', 'person']) {
      await db.query(`drop table ${table}`);
    }
  }
}
