import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { WaiverEventKind } from '../core/policy/waiver.js';
import { NumberedEventRow } from '../runtime/numbered-event.entity.js';

/** One thing that happened to a waiver. A trigger refuses every change of it. */
@Entity('waiver_event')
@Check('waiver_event_kind_known', `kind in ('REQUESTED', 'APPROVED', 'DENIED', 'REVOKED', 'RENEWED')`)
@Check(
  'waiver_event_terms',
  `(kind = 'REQUESTED') = (rule is not null and pack is not null and valid_from is not null)`,
)
@Check('waiver_event_last_day', `(kind in ('REQUESTED', 'RENEWED')) = (valid_to is not null)`)
@Unique('waiver_event_idempotency_key_unique', ['agency', 'idempotencyKey'])
export class WaiverEventRow extends NumberedEventRow {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'waiver_event_pk' })
  number: number;

  /** urn of the agency that began what the event belongs to. */
  @Column('text')
  agency: string;

  /** Which waiver it happened to. */
  @Column('uuid')
  waiver: string;

  @Column('text')
  kind: WaiverEventKind;

  /** REQUESTED: code of the rule. */
  @Column('text', { nullable: true })
  rule: string | null;

  /** REQUESTED: code and version of the pack that the rule was read in. */
  @Column('text', { nullable: true })
  pack: string | null;

  /** REQUESTED: urns of what the rule is waived for; null = all that the agency owns. */
  @Column('jsonb', { nullable: true })
  subjects: string[] | null;

  /** REQUESTED: the first day. */
  @Column('text', { name: 'valid_from', nullable: true })
  validFrom: string | null;

  /** REQUESTED and RENEWED: the last day. */
  @Column('text', { name: 'valid_to', nullable: true })
  validTo: string | null;

  /** REQUESTED: what is done meanwhile. */
  @Column('text', { name: 'compensating_measure', nullable: true })
  compensatingMeasure: string | null;

  @Column('text')
  reason: string;

  @Column('text', { nullable: true })
  document: string | null;
}
