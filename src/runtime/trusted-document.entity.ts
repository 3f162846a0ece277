import { Check, Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** A query registered by the administrator. */
@Entity('trusted_document')
@Check('trusted_document_id_hash', "id ~ '^[0-9a-f]{64}$'")
@Check('trusted_document_name_given', "name <> ''")
export class TrustedDocumentRow {
  /** SHA-256 of the canonical text, in hexadecimal: the same document has the same id everywhere. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'trusted_document_pk' })
  id: string;

  @Column('text')
  name: string;

  @Column('text', { nullable: true })
  description: string | null;

  @Column('text')
  document: string;

  /** The way to the list that is the rows of a table, for example elements.nodes. */
  @Column('text', { nullable: true })
  list: string | null;

  @Column('integer')
  depth: number;

  @Column('integer')
  fields: number;

  @Column('text', { name: 'registered_by' })
  registeredBy: string;

  @CreateDateColumn({ type: 'timestamptz', name: 'registered_at' })
  registeredAt: Date;
}
