import { Check, Column, CreateDateColumn, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { RuleEventKind } from '../core/policy/rule-version.js';

/** One thing that happened to a rule. A trigger refuses every change of it. */
@Entity('rule_event')
@Check(
  'rule_event_kind_known',
  `kind in ('DRAFTED', 'PUBLISHED', 'WITHDRAWN', 'CITATION_VERIFIED', 'CITATION_DISPUTED')`,
)
@Check('rule_event_content', `(kind in ('DRAFTED', 'PUBLISHED')) = (rule is not null and hash is not null)`)
@Check(
  'rule_event_publication',
  `(kind = 'PUBLISHED') = (draft is not null and preview_hash is not null and preview_revision is not null)`,
)
@Check('rule_event_withdrawal', `(kind = 'WITHDRAWN') = (withdrawn_from is not null)`)
@Check('rule_event_verification', `(kind = 'CITATION_VERIFIED') = (citation is not null and verified_by is not null)`)
@Check('rule_event_dispute', `kind <> 'CITATION_DISPUTED' or citation is not null`)
@Unique('rule_event_draft_once', ['draft'])
@Unique('rule_event_idempotency_key_unique', ['author', 'idempotencyKey'])
export class RuleEventRow {
  /** From 1 without gaps, over all rules: given while nobody else can write. */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'rule_event_pk' })
  number: number;

  @Column('text')
  kind: RuleEventKind;

  /** The day it happened, in Viet Nam. */
  @Column('text', { name: 'happened_on' })
  on: string;

  /** Code of the rule. */
  @Column('text')
  code: string;

  /** DRAFTED and PUBLISHED: the rule as its author wrote it. */
  @Column('jsonb', { nullable: true })
  rule: unknown;

  /** DRAFTED and PUBLISHED: hash of the rule. */
  @Column('text', { nullable: true })
  hash: string | null;

  /** DRAFTED, PUBLISHED and WITHDRAWN: the version in use then; null where there was none. */
  @Column('text', { nullable: true })
  replaces: string | null;

  /** PUBLISHED: number of the draft. A draft is published once. */
  @Column('integer', { nullable: true })
  draft: number | null;

  /** PUBLISHED: hash of the preview that was looked at. */
  @Column('text', { name: 'preview_hash', nullable: true })
  previewHash: string | null;

  /** PUBLISHED: revision of the landscape that the preview still held for. */
  @Column('integer', { name: 'preview_revision', nullable: true })
  previewRevision: number | null;

  /** WITHDRAWN: the first day on which the rule is not asked. */
  @Column('text', { name: 'withdrawn_from', nullable: true })
  withdrawnFrom: string | null;

  /** CITATION_VERIFIED and CITATION_DISPUTED: what the citation says, as one text. */
  @Column('text', { nullable: true })
  citation: string | null;

  /** CITATION_VERIFIED: who read the signed text, by name. */
  @Column('text', { name: 'verified_by', nullable: true })
  verifiedBy: string | null;

  @Column('text')
  reason: string;

  /** The paper it rests on; of a verification, where the signed text was read. */
  @Column('text', { nullable: true })
  document: string | null;

  @Column('text')
  author: string;

  /** Which person that was, or who issued the service token that it was; null where nobody is known by an id. */
  @Column('uuid', { nullable: true })
  person: string | null;

  @Column('text', { name: 'idempotency_key', nullable: true })
  idempotencyKey: string | null;

  /** Hash of what was asked for: the same key with something else is refused. */
  @Column('text', { name: 'request_hash' })
  requestHash: string;

  @CreateDateColumn({ type: 'timestamptz' })
  at: Date;
}
