import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A revision goes up with a record of the audit log, or not at all: a service of an older release on the same database, which
 * knows nothing of that log, can not commit beside this one.
 */
export class AuditedRevision1795940000000 implements MigrationInterface {
  name = 'AuditedRevision1795940000000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create function landscape_head_audited() returns trigger language plpgsql as $$
      begin
        raise exception 'A change set was written without its record of the audit log: is an older release running?';
      end $$`);
    await db.query(`
      create trigger landscape_head_audited before update on landscape_head
        for each row when (new.revision <> old.revision and new.audit = old.audit)
        execute function landscape_head_audited()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop trigger landscape_head_audited on landscape_head`);
    await db.query(`drop function landscape_head_audited`);
  }
}
