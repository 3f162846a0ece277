import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A record of the audit log. A trigger refuses every change of it. */
@Entity('audit_record')
export class AuditRecordRow {
  /** From 1 without gaps: given under the lock of the landscape's head. */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'audit_record_pk' })
  number: number;

  @Column('timestamptz')
  at: Date;

  @Column('text')
  kind: string;

  /** As whom somebody did it: the kind of actor, in lower case. */
  @Column('text')
  actor: string;

  /** urn of the agency that the actor acts for. */
  @Column('text', { nullable: true })
  agency: string | null;

  /** Which person or service token it was; no record holds a name. */
  @Column('uuid', { nullable: true })
  person: string | null;

  @Column('text', { nullable: true })
  subject: string | null;

  /** Canonical JSON (RFC 8785). */
  @Column('text')
  payload: string;

  /** Random, hexadecimal. */
  @Column('text')
  nonce: string;

  /** Empty in the first. */
  @Column('text', { name: 'previous_hash' })
  previousHash: string;

  @Column('text')
  hash: string;
}
