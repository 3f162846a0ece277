import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Scenarios are found by whose they are and by what they speak of, without reading their operations. */
export class ScenarioLists1795820000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`create index scenario_agency_idx on scenario (agency, changed_at)`);
    await db.query(`
      create index scenario_spoken_of_idx on scenario using gin ((
        jsonb_path_query_array(operations, '$[*].urn')
        || jsonb_path_query_array(operations, '$[*].value.source')
        || jsonb_path_query_array(operations, '$[*].value.target')
      )) where state in ('DRAFT', 'READY', 'REBASE_NEEDED')`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop index scenario_spoken_of_idx, scenario_agency_idx`);
  }
}
