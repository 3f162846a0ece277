import { Check, Column, CreateDateColumn, Entity, PrimaryColumn, Unique, UpdateDateColumn } from 'typeorm';
import type { PartialDate } from '../core/landscape/model.js';
import type { Operation } from '../core/landscape/operation.js';

/** How it was when a campaign was closed, beside what the landscape tells of it for ever. */
export interface CampaignClosing {
  readonly on: PartialDate;
  readonly revision: number;
  /** The corrections that waited, each with the urns of the records that it corrects, by urn of the agency. */
  readonly corrected: Readonly<Record<string, readonly (readonly string[])[]>>;
}

/** A record that was confirmed, and what stands for all that was confirmed of it. */
export interface AttestedRecord {
  readonly urn: string;
  readonly content: string;
}

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

  /** null while it is open. */
  @Column('jsonb', { nullable: true })
  closing: CampaignClosing | null;

  /** Raised by every change of the row: whoever changes it names the one he looked at. */
  @Column('integer')
  version: number;

  /** Who opened it. */
  @Column('text')
  author: string;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;

  @UpdateDateColumn({ type: 'timestamptz', name: 'changed_at' })
  changedAt: Date;

  get closed(): boolean {
    return this.closing !== null;
  }
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

  /** urns of records. */
  @Column('jsonb', { name: 'flows_complete' })
  flowsComplete: string[];

  @Column('boolean', { name: 'inventory_complete' })
  inventoryComplete: boolean;

  /** The revision that it was said of. */
  @Column('integer', { name: 'base_revision' })
  baseRevision: number;

  /** The revision that it made; null where it only corrects, and that takes back nothing. */
  @Column('integer', { nullable: true })
  revision: number | null;

  /** What it said to be wrong, as it said it: whoever may use the scenario can write there something else later. */
  @Column('jsonb')
  corrections: Operation[];

  /** The scenario that its corrections became. */
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
