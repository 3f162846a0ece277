import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** The counter that every commit locks: the head of the landscape and the next free numbers. One row. */
@Entity('landscape_head')
@Check('landscape_head_single', 'id = 1')
export class LandscapeHeadRow {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'landscape_head_pk' })
  id: number;

  @Column('integer')
  revision: number;

  @Column('timestamptz', { nullable: true })
  at: Date | null;

  /** Hash of the last change set; empty before the first. */
  @Column('text')
  hash: string;

  @Column('integer', { name: 'next_element' })
  nextElement: number;

  @Column('integer', { name: 'next_relation' })
  nextRelation: number;

  /** Number of the last thing that happened to what the rules are; 0 where nothing did. */
  @Column('integer', { default: 0 })
  rules: number;

  /** Number of the last thing that happened to waivers; 0 where nothing did. */
  @Column('integer', { default: 0 })
  waivers: number;

  /** Number of the last thing that happened to evidence; 0 where nothing did. */
  @Column('integer', { default: 0 })
  evidence: number;

  /** Number of the last thing that happened to cases of duplicates; 0 where nothing did. */
  @Column('integer', { default: 0 })
  cases: number;

  /** Number of the last record of the audit log; 0 where there is none. */
  @Column('integer', { default: 0 })
  audit: number;

  /** Its hash. */
  @Column('text', { name: 'audit_hash', default: '' })
  auditHash: string;
}

/** One committed change set. Its hash covers its text and the hash before it, so that no line can be changed alone. */
@Entity('change_set')
@Check('change_set_reason_given', "reason <> ''")
@Unique('change_set_idempotency_key_unique', ['idempotencyKey'])
export class ChangeSetRow {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'change_set_pk' })
  revision: number;

  @Column('timestamptz')
  at: Date;

  @Column('text')
  author: string;

  @Column('text')
  reason: string;

  @Column('text')
  source: string;

  @Column('text', { name: 'idempotency_key', nullable: true })
  idempotencyKey: string | null;

  /** Hash of the operations as they were asked for: the same key with other operations is refused. */
  @Column('text', { name: 'request_hash' })
  requestHash: string;

  @Column('text', { name: 'previous_hash' })
  previousHash: string;

  @Column('text')
  hash: string;

  /** The logged operations as canonical JSON (RFC 8785). */
  @Column('text')
  operations: string;
}
