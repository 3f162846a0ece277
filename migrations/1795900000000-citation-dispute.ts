import type { MigrationInterface, QueryRunner } from 'typeorm';

/** That a citation was verified can be taken back, as an act of its own. */
export class CitationDispute1795900000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`alter table rule_event drop constraint rule_event_kind_known`);
    await db.query(`
      alter table rule_event add constraint rule_event_kind_known
        check (kind in ('DRAFTED', 'PUBLISHED', 'WITHDRAWN', 'CITATION_VERIFIED', 'CITATION_DISPUTED'))`);
    await db.query(`
      alter table rule_event add constraint rule_event_dispute
        check (kind <> 'CITATION_DISPUTED' or citation is not null)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`alter table rule_event drop constraint rule_event_dispute`);
    await db.query(`alter table rule_event drop constraint rule_event_kind_known`);
    await db.query(`
      alter table rule_event add constraint rule_event_kind_known
        check (kind in ('DRAFTED', 'PUBLISHED', 'WITHDRAWN', 'CITATION_VERIFIED'))`);
  }
}
