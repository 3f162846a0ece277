import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import type {
  AgencyLevel,
  Element,
  ElementKind,
  ExternalId,
  Json,
  PhaseDate,
  Responsibility,
  Urn,
  ValueSource,
  Visibility,
} from '../core/landscape/model.js';

/** An element as it is at the head of the landscape. Read in bulk, written by set-based SQL. */
@Entity('element')
@Unique('element_urn_unique', ['urn'])
@Check('element_layer_known', 'layer between 1 and 4')
export class ElementRow implements Element {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'element_pk' })
  seq: number;

  @Column('text')
  urn: Urn;

  @Column('text')
  kind: ElementKind;

  @Column('text')
  name: string;

  @Column('text', { name: 'name_en', nullable: true })
  nameEn: string | null;

  @Column('jsonb')
  aliases: string[];

  @Column('text', { nullable: true })
  description: string | null;

  @Column('jsonb', { name: 'external_ids' })
  externalIds: ExternalId[];

  @Column('smallint', { nullable: true })
  layer: number | null;

  @Column('jsonb')
  phases: PhaseDate[];

  @Column('text')
  visibility: Visibility;

  @Column('text', { nullable: true })
  level: AgencyLevel | null;

  @Column('jsonb')
  responsibilities: Responsibility[];

  @Column('jsonb')
  attributes: Record<string, Json>;

  /** Where each value is known from, by field. */
  @Column('jsonb')
  sources: Record<string, ValueSource>;

  @Index('element_revision_idx')
  @Column('integer')
  revision: number;
}
