import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts of people whom no issuer knows. */
export class LocalAccount1795935000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // Passwords and codes as hashes, the secret of the second factor under a key that is not in the database.
    await db.query(`
      create table local_account (
        person uuid constraint local_account_pk primary key
          constraint local_account_person_fk references person (id),
        user_name text not null constraint local_account_user_name_unique unique,
        password_hash text,
        code_secret text,
        last_code_step integer,
        recovery_digests text[] not null default '{}',
        enrolment_digest text constraint local_account_enrolment_unique unique,
        enrolment_until timestamptz,
        disabled_at timestamptz,
        made_at timestamptz not null default now(),
        constraint local_account_enrolled check ((password_hash is null) = (code_secret is null)),
        constraint local_account_enrolment check ((enrolment_digest is null) = (enrolment_until is null))
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table local_account`);
  }
}
