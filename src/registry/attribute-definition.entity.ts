import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import type { AttributeDefinition } from '../core/landscape/attribute.js';
import type { Urn } from '../core/landscape/model.js';

/** An attribute definition made at run time, as it is at the head of the landscape. */
@Entity('attribute_definition')
@Unique('attribute_definition_key_unique', ['key'])
export class AttributeDefinitionRow {
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'attribute_definition_pk' })
  urn: Urn;

  @Column('text')
  key: string;

  /** The whole definition, its key included: it is read whole and never searched. */
  @Column('jsonb')
  definition: AttributeDefinition;

  @Index('attribute_definition_revision_idx')
  @Column('integer')
  revision: number;
}

/** What a definition was over the revisions [from, to); see the versions of elements. */
@Entity('attribute_definition_version')
@Check('attribute_definition_version_forward', 'to_revision >= from_revision')
export class AttributeDefinitionVersionRow {
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'attribute_definition_version_pk' })
  urn: Urn;

  @PrimaryColumn('integer', { name: 'from_revision', primaryKeyConstraintName: 'attribute_definition_version_pk' })
  fromRevision: number;

  @Index('attribute_definition_version_to_idx')
  @Column('integer', { name: 'to_revision', nullable: true })
  toRevision: number | null;

  /** null for an empty interval, which keeps the urn from being given again. */
  @Column('jsonb', { nullable: true })
  definition: AttributeDefinition | null;
}
