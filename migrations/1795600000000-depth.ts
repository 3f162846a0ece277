import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Responsibilities of elements; redundancy groups and attributes of relations. Kept versions read the same as new ones. */
export class Depth1795600000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`alter table element add responsibilities jsonb not null default '[]'`);
    await db.query(`alter table element alter responsibilities drop default`);
    await db.query(`
      alter table relation
        add attributes jsonb not null default '{}',
        add min_available smallint,
        add redundancy_group text`);
    await db.query(`alter table relation alter attributes drop default`);
    await db.query(`
      update element_version set record = record || '{"responsibilities": []}'
      where record is not null and not record ? 'responsibilities'`);
    await db.query(`
      update relation_version
      set record = record || '{"attributes": {}, "min_available": null, "redundancy_group": null}'
      where record is not null and not record ? 'attributes'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`alter table relation drop attributes, drop min_available, drop redundancy_group`);
    await db.query(`alter table element drop responsibilities`);
    await db.query(`update element_version set record = record - 'responsibilities' where record is not null`);
    await db.query(`
      update relation_version set record = record - 'attributes' - 'min_available' - 'redundancy_group'
      where record is not null`);
  }
}
