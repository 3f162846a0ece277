import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose something was, and what somebody owned, is asked of all versions of relations, of which few tell. */
export class OwnershipIndex1795890000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const end of ['source', 'target']) {
      await db.query(
        `create index relation_version_owned_${end}_idx on relation_version (((record ->> '${end}')::integer))
         where record ->> 'kind' = 'OWNED_BY'`,
      );
    }
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop index relation_version_owned_source_idx, relation_version_owned_target_idx`);
  }
}
