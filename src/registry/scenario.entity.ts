import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn, UpdateDateColumn } from 'typeorm';
import type { Operation } from '../core/landscape/operation.js';
import type { ScenarioState } from '../core/landscape/scenario-state.js';

/** A change that is only thought of, on the revision it began at. */
@Entity('scenario')
@Index('scenario_agency_idx', ['agency', 'changedAt'])
@Check('scenario_name_given', "name <> ''")
@Check('scenario_state_known', "state in ('DRAFT', 'READY', 'REBASE_NEEDED', 'MERGED', 'REVERTED', 'ARCHIVED')")
@Check('scenario_merged_when_it_says_so', "(state in ('MERGED', 'REVERTED')) = (merged_revision is not null)")
@Check('scenario_reverted_when_it_says_so', "(state = 'REVERTED') = (reverted_revision is not null)")
export class ScenarioRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'scenario_pk' })
  id: string;

  @Column('text')
  name: string;

  @Column('text', { nullable: true })
  purpose: string | null;

  /** urn of the agency that thinks of it; null = the whole city. */
  @Column('text', { nullable: true })
  agency: string | null;

  /** With it the scenario is a plateau: an architecture to be reached by that day. */
  @Column('text', { name: 'target_date', nullable: true })
  targetDate: string | null;

  @Column('text')
  author: string;

  @Column('integer', { name: 'base_revision' })
  baseRevision: number;

  @Column('jsonb')
  operations: Operation[];

  @Index('scenario_state_idx')
  @Column('text')
  state: ScenarioState;

  /** Raised by every change of the row: whoever changes it names the one he looked at. */
  @Column('integer')
  version: number;

  @Column('integer', { name: 'merged_revision', nullable: true })
  mergedRevision: number | null;

  @Column('integer', { name: 'reverted_revision', nullable: true })
  revertedRevision: number | null;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;

  @UpdateDateColumn({ type: 'timestamptz', name: 'changed_at' })
  changedAt: Date;
}
