import { Column, CreateDateColumn } from 'typeorm';

/** What every row of a ledger of events has. A trigger of its table refuses every change of one. */
export abstract class NumberedEventRow {
  /** From 1 without gaps, over the whole ledger: given while nobody else can write. */
  abstract number: number;

  /** The day it happened, in Viet Nam. */
  @Column('text', { name: 'happened_on' })
  on: string;

  /** As whom somebody did it: the kind of actor, in lower case. */
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
