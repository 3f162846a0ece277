import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Json } from '../core/landscape/model.js';

/**
 * What an object was over the revisions [from, to); an open end is the present. Added and removed within one revision
 * leaves an empty interval, which keeps the urn from being given again.
 */
abstract class VersionRow {
  @Column('text')
  urn: string;

  /** The whole record without its urn and number; null for an empty interval. */
  @Column('jsonb', { nullable: true })
  record: Json;
}

@Entity('element_version')
@Check('element_version_forward', 'to_revision >= from_revision')
export class ElementVersionRow extends VersionRow {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'element_version_pk' })
  seq: number;

  @PrimaryColumn('integer', { name: 'from_revision', primaryKeyConstraintName: 'element_version_pk' })
  fromRevision: number;

  @Index('element_version_to_idx')
  @Column('integer', { name: 'to_revision', nullable: true })
  toRevision: number | null;
}

@Entity('relation_version')
@Check('relation_version_forward', 'to_revision >= from_revision')
// On what a relation that says whose something is has at its ends: an expression, which only a migration can tell.
@Index('relation_version_owned_source_idx', { synchronize: false })
@Index('relation_version_owned_target_idx', { synchronize: false })
export class RelationVersionRow extends VersionRow {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'relation_version_pk' })
  seq: number;

  @PrimaryColumn('integer', { name: 'from_revision', primaryKeyConstraintName: 'relation_version_pk' })
  fromRevision: number;

  @Index('relation_version_to_idx')
  @Column('integer', { name: 'to_revision', nullable: true })
  toRevision: number | null;
}
