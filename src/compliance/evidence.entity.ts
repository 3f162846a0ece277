import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { EvidenceEventKind, EvidenceFile, EvidenceVerdict } from '../core/policy/evidence.js';
import { NumberedEventRow } from '../runtime/numbered-event.entity.js';

/** One thing that happened to a piece of evidence. A trigger refuses every change of it. */
@Entity('evidence_event')
@Check('evidence_event_kind_known', `kind in ('SUBMITTED', 'ACCEPTED', 'REJECTED', 'WITHDRAWN')`)
@Check('evidence_event_verdict_known', `verdict in ('MET', 'NOT_MET')`)
@Check(
  'evidence_event_terms',
  `(kind = 'SUBMITTED') = (subject is not null and evidence_kind is not null and pack is not null)`,
)
@Check('evidence_event_shown', `(kind = 'SUBMITTED') = (link is not null or file is not null)`)
@Check('evidence_event_judgement', `(kind = 'ACCEPTED') = (verdict is not null and valid_from is not null)`)
@Check('evidence_event_reason', `kind = 'SUBMITTED' or reason is not null`)
@Unique('evidence_event_idempotency_key_unique', ['agency', 'idempotencyKey'])
export class EvidenceEventRow extends NumberedEventRow {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'evidence_event_pk' })
  number: number;

  /** urn of the agency that began what the event belongs to. */
  @Column('text')
  agency: string;

  /** Which piece of evidence it happened to. */
  @Column('uuid')
  evidence: string;

  @Column('text')
  kind: EvidenceEventKind;

  /** SUBMITTED: urn of what it speaks of. */
  @Column('text', { nullable: true })
  subject: string | null;

  /** SUBMITTED: id of its kind in the rule pack. */
  @Column('text', { name: 'evidence_kind', nullable: true })
  evidenceKind: string | null;

  /** SUBMITTED: code and version of the pack that its kind was read in. */
  @Column('text', { nullable: true })
  pack: string | null;

  @Column('text', { nullable: true })
  link: string | null;

  @Column('jsonb', { nullable: true })
  file: EvidenceFile | null;

  /** SUBMITTED: the day of the document. */
  @Column('text', { name: 'documented_on', nullable: true })
  documentedOn: string | null;

  /** ACCEPTED: what it was found to show. */
  @Column('text', { nullable: true })
  verdict: EvidenceVerdict | null;

  /** ACCEPTED: the first day that it counts. */
  @Column('text', { name: 'valid_from', nullable: true })
  validFrom: string | null;

  /** ACCEPTED: the last day that it counts; null = until it is withdrawn. */
  @Column('text', { name: 'valid_to', nullable: true })
  validTo: string | null;

  /** Why; SUBMITTED: what it says of itself, or null. */
  @Column('text', { nullable: true })
  reason: string | null;
}
