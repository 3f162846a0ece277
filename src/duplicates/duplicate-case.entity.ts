import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { Urn } from '../core/landscape/model.js';
import type { DuplicateCaseState } from '../core/similarity/duplicate-case.js';
import type { MatchBand } from '../core/similarity/match-band.js';
import type { WeighedSignal } from '../core/similarity/match-signal.js';
import { NumberedEventRow } from '../runtime/numbered-event.entity.js';

/** Whole dong go beyond 32 bits; the driver gives what may not fit into a number as text, and money here always fits. */
const MONEY = {
  from: (value: string | null): number | null => (value === null ? null : Number(value)),
  to: (value: number | null): number | null => value,
};

/** One thing that happened to a case of duplicates. A trigger refuses every change of it. */
@Entity('duplicate_case_event')
@Check('duplicate_case_event_state_known', `state in ('OPEN', 'CONFIRMED', 'PARTIAL', 'DISMISSED', 'MERGED')`)
@Check('duplicate_case_event_pair', `(state = 'OPEN') = (pair is not null)`)
@Check('duplicate_case_event_avoided_cost', `avoided_cost >= 0`)
@Unique('duplicate_case_event_pair_once', ['pair'])
@Unique('duplicate_case_event_idempotency_key_unique', ['author', 'idempotencyKey'])
export class DuplicateCaseEventRow extends NumberedEventRow {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'duplicate_case_event_pk' })
  number: number;

  /** Which case it happened to. */
  @Column('uuid', { name: 'duplicate_case' })
  duplicateCase: string;

  @Column('text')
  state: DuplicateCaseState;

  /** OPEN: both urns in their order, so that a pair has one case. */
  @Column('text', { nullable: true })
  pair: string | null;

  /** urn of what was compared with the other. */
  @Column('text')
  subject: Urn;

  /** urn of the other. */
  @Column('text')
  match: Urn;

  /** Revision of the landscape that was looked at. */
  @Column('integer')
  revision: number;

  /** Version of the model that judged the pair then. */
  @Column('text', { name: 'model_version' })
  modelVersion: string;

  /** What the pair was called then. */
  @Column('text')
  band: MatchBand;

  /** 0 to 1; null where a side said too little to be compared. */
  @Column('double precision', { nullable: true })
  score: number | null;

  /** What spoke for and against then. */
  @Column('jsonb')
  signals: readonly WeighedSignal[];

  /** Whole dong that need not be spent by this decision. */
  @Column('bigint', { name: 'avoided_cost', nullable: true, transformer: MONEY })
  avoidedCost: number | null;

  @Column('text')
  reason: string;
}
