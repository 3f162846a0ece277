import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The head holds how far waivers and evidence are, so that one look at it tells whether anything has moved on. */
export class LedgerPositions1795880000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const [column, table] of [
      ['waivers', 'waiver_event'],
      ['evidence', 'evidence_event'],
    ]) {
      await db.query(`alter table landscape_head add column ${column} integer not null default 0`);
      await db.query(
        `update landscape_head set ${column} = (select coalesce(max(number), 0) from ${table}) where id = 1`,
      );
    }
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`alter table landscape_head drop column evidence`);
    await db.query(`alter table landscape_head drop column waivers`);
  }
}
