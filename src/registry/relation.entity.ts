import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type {
  Confidence,
  DependencyStrength,
  ExchangeChannel,
  Json,
  Relation,
  RelationKind,
  RelationStatus,
  Urn,
  ValueSource,
} from '../core/landscape/model.js';
import { ElementRow } from './element.entity.js';

/** A relation as it is at the head of the landscape. Read in bulk, written by set-based SQL. */
@Entity('relation')
@Unique('relation_urn_unique', ['urn'])
export class RelationRow implements Relation {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'relation_pk' })
  seq: number;

  @Column('text')
  urn: Urn;

  @Column('text')
  kind: RelationKind;

  @ForeignKey(() => ElementRow, { name: 'relation_source_fk' })
  @Index('relation_source_idx')
  @Column('integer')
  source: number;

  @ForeignKey(() => ElementRow, { name: 'relation_target_fk' })
  @Index('relation_target_idx')
  @Column('integer')
  target: number;

  @Column('text')
  strength: DependencyStrength;

  @Column('smallint', { name: 'min_available', nullable: true })
  minAvailable: number | null;

  @Column('text', { name: 'redundancy_group', nullable: true })
  redundancyGroup: string | null;

  @Column('text')
  status: RelationStatus;

  @Column('jsonb')
  channels: ExchangeChannel[];

  @Column('text', { name: 'valid_from', nullable: true })
  validFrom: string | null;

  @Column('text', { name: 'valid_to', nullable: true })
  validTo: string | null;

  @Column('text', { nullable: true })
  provenance: string | null;

  @Column('text')
  confidence: Confidence;

  @Column('jsonb')
  attributes: Record<string, Json>;

  @Column('jsonb')
  sources: Record<string, ValueSource>;

  @Index('relation_revision_idx')
  @Column('integer')
  revision: number;
}
