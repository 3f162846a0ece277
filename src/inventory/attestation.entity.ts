import { Check, Column, CreateDateColumn, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { AttestedRecord } from '../core/landscape/attestation.js';

/** What agencies are asked to confirm, until a day. How far they are is worked out from the landscape. */
@Entity('attestation_campaign')
@Check('attestation_campaign_name_given', "name <> ''")
export class AttestationCampaignRow {
  /** From 1. */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'attestation_campaign_pk' })
  number: number;

  @Column('text')
  name: string;

  /** What was confirmed before this day does not count. */
  @Column('text', { name: 'opened_on' })
  openedOn: string;

  @Column('text', { name: 'due_on' })
  dueOn: string;

  /** urns of the agencies that are asked; null = all that are there and own something. */
  @Column('jsonb', { nullable: true })
  agencies: string[] | null;

  @Column('text', { nullable: true })
  reason: string | null;

  @Column('boolean')
  closed: boolean;

  /** Raised by every change of the row: whoever changes it names the one he looked at. */
  @Column('integer')
  version: number;
}

/** What an agency said once. A trigger refuses every change of it. */
@Entity('attestation')
@Check('attestation_says_something', 'revision is not null or scenario is not null')
@Unique('attestation_idempotency_key_unique', ['agency', 'idempotencyKey'])
export class AttestationRow {
  /** From 1 without gaps: given while nobody else can commit. */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'attestation_pk' })
  number: number;

  /** urn of the agency. */
  @Column('text')
  agency: string;

  /** The day of which it was said. */
  @Column('text', { name: 'said_on' })
  on: string;

  @Column('jsonb')
  confirmed: AttestedRecord[];

  @Column('jsonb', { name: 'flows_complete' })
  flowsComplete: AttestedRecord[];

  @Column('boolean', { name: 'inventory_complete' })
  inventoryComplete: boolean;

  /** The revision that it was said of. */
  @Column('integer', { name: 'base_revision' })
  baseRevision: number;

  /** The revision that it made; null where it only corrects. */
  @Column('integer', { nullable: true })
  revision: number | null;

  /** The scenario of its corrections. */
  @Column('uuid', { nullable: true })
  scenario: string | null;

  @Column('text')
  author: string;

  @Column('text', { nullable: true })
  note: string | null;

  @Column('text', { name: 'idempotency_key', nullable: true })
  idempotencyKey: string | null;

  /** Hash of what was asked for: the same key with something else is refused. */
  @Column('text', { name: 'request_hash' })
  requestHash: string;

  @CreateDateColumn({ type: 'timestamptz' })
  at: Date;
}
