import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';
import type { FindingOutcome } from '../core/policy/rule.js';

const OUTCOMES = `('PASS', 'FAIL', 'NOT_APPLICABLE', 'NEEDS_EVIDENCE', 'ERROR')`;

/** From a revision and a day on, a rule says something else of a subject. A trigger refuses every change of it. */
@Entity('finding_transition')
@Check('finding_transition_previous_known', `previous in ${OUTCOMES}`)
@Check('finding_transition_outcome_known', `outcome in ${OUTCOMES}`)
@Check('finding_transition_is_one', 'previous is distinct from outcome')
@Index('finding_transition_subject_index', ['subject', 'rule', 'number'])
export class FindingTransitionRow {
  /** From 1 without gaps. */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'finding_transition_pk' })
  number: number;

  /** Of the landscape in which it was seen first. */
  @Column('integer')
  revision: number;

  /** The day it was seen, in Viet Nam: time alone changes findings too. */
  @Index('finding_transition_day_index')
  @Column('text', { name: 'happened_on' })
  on: string;

  /** Code and version of the pack that was asked. */
  @Column('text')
  pack: string;

  @Column('text')
  rule: string;

  /** urn of what it speaks of. */
  @Column('text')
  subject: string;

  /** null = it was not asked of it. */
  @Column('text', { nullable: true })
  previous: FindingOutcome | null;

  /** null = it is not asked of it any more. */
  @Column('text', { nullable: true })
  outcome: FindingOutcome | null;
}

/** How far transitions are recorded. Whoever records holds the lock of its one row. */
@Entity('supervision_head')
@Check('supervision_head_is_one', 'id = 1')
export class SupervisionHeadRow {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'supervision_head_pk' })
  id: number;

  /** Of the last transition; 0 before the first. */
  @Column('integer')
  number: number;

  /** Of the landscape that was looked at last. */
  @Column('integer')
  revision: number;

  /** The day it was looked at last; null before the first time. */
  @Column('text', { name: 'looked_on', nullable: true })
  on: string | null;
}

/** A rule pack as it stood, under the hash of its text. */
@Entity('rule_pack_document')
export class RulePackDocumentRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'rule_pack_document_pk' })
  hash: string;

  /** Canonical JSON. */
  @Column('text')
  document: string;
}

/** One time that everything was judged: what it was made of, and what it said. */
@Entity('compliance_run')
export class ComplianceRunRow {
  /** From 1 without gaps. */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'compliance_run_pk' })
  number: number;

  @Column('integer')
  revision: number;

  /** The day that was today, and whose law was applied to what is in operation. */
  @Column('text', { name: 'judged_on' })
  on: string;

  /** Highest tier of rules that were asked. */
  @Column('integer')
  tier: number;

  /** Code and version of the pack. */
  @Column('text')
  pack: string;

  @Column('text', { name: 'pack_hash' })
  packHash: string;

  /** Of the definitions of attributes, the regimes and what else facts are read by. */
  @Column('text', { name: 'facts_hash' })
  factsHash: string;

  /** Version of the service that judged. */
  @Column('text')
  engine: string;

  /** Number of the last event of the ledger of evidence that counted. */
  @Column('integer', { name: 'evidence_number' })
  evidenceNumber: number;

  @Column('integer')
  subjects: number;

  /** Number of findings of each outcome. */
  @Column('jsonb')
  counts: Record<FindingOutcome, number>;

  /** Findings that what was kept up to date told otherwise. */
  @Column('integer')
  discrepancies: number;

  /** SHA-256 of the findings as text, hexadecimal. */
  @Column('text', { name: 'findings_hash' })
  findingsHash: string;

  /** The findings as text, one a line, compressed with gzip; null for a run that nobody asked for: it can be made again. */
  @Column('bytea', { nullable: true, select: false })
  findings: Buffer | null;

  @Column('text')
  author: string;

  @CreateDateColumn({ type: 'timestamptz' })
  at: Date;
}
