import { auditHash } from './audit-record.js';
import type { AuditHead, AuditRecord } from './audit-record.js';

/**
 * What is wrong with a record of the chain, or with something that a record stands for.
 *
 * - RECORD_MISSING: no record has the number, up to `through`.
 * - RECORD_OUT_OF_PLACE: its number was given before.
 * - CONTENT_CHANGED: what it says is not what its hash was made of.
 * - HASH_CHANGED: its own hash was changed, and what it says was not.
 * - LINK_CHANGED: the hash of the record before, as it states it, was changed.
 * - LINK_BROKEN: it follows another record than the one that stands before it.
 * - RECORD_AFTER_HEAD: it stands behind the head, up to `through`.
 * - HEAD_CHANGED: the head is not the last record.
 * - ANCHOR_NOT_HELD: the record does not have the hash that was kept elsewhere.
 * - ROW_CHANGED: a row is not what it was when it was recorded.
 * - ROW_MISSING: a row that was recorded is gone.
 * - ROW_NOT_RECORDED: no intact record speaks of a row, up to `through`.
 * - START_CHANGED: what stood in a table before the log began is not what it was.
 */
export const AUDIT_FAULTS = [
  'RECORD_MISSING',
  'RECORD_OUT_OF_PLACE',
  'CONTENT_CHANGED',
  'HASH_CHANGED',
  'LINK_CHANGED',
  'LINK_BROKEN',
  'RECORD_AFTER_HEAD',
  'HEAD_CHANGED',
  'ANCHOR_NOT_HELD',
  'ROW_CHANGED',
  'ROW_MISSING',
  'ROW_NOT_RECORDED',
  'START_CHANGED',
] as const;
export type AuditFaultKind = (typeof AUDIT_FAULTS)[number];

/** Something that was found to be wrong. */
export interface AuditFault {
  readonly kind: AuditFaultKind;
  /** Number of the record; of ROW_NOT_RECORDED null. */
  readonly number: number | null;
  /** The last number, where a whole range is meant. */
  readonly through?: number;
  /** The table and the number of the row, where it is about one. */
  readonly table?: string;
  readonly row?: number;
}

/** Faults that are told one by one; what there is beyond is counted. */
export const FAULTS_MAXIMUM = 1_000;

/** Collects faults: of a log that was rewritten there may be very many. */
export class AuditFaults {
  readonly told: AuditFault[] = [];
  count = 0;

  add(fault: AuditFault): void {
    this.count += 1;
    if (this.told.length < FAULTS_MAXIMUM) this.told.push(fault);
  }
}

/** A record whose hash does not fit what it says: which of the two was changed is told by what follows it. */
interface Unsure {
  readonly number: number;
  readonly computed: string;
}

/** Looks at the records of a chain one after the other, and at its head. */
export class AuditChainCheck {
  private last: AuditHead = { number: 0, hash: '' };
  private unsure: Unsure | undefined;

  constructor(private readonly faults: AuditFaults) {}

  /**
   * Takes the next record, by number.
   * @returns whether it says what its hash was made of.
   */
  add(record: AuditRecord): boolean {
    const { number, hash, previousHash } = record;
    if (number <= this.last.number) {
      this.faults.add({ kind: 'RECORD_OUT_OF_PLACE', number });
      return false;
    }
    const follows = number === this.last.number + 1;
    if (!follows) this.miss(number - 1);
    const isLinked = !follows || this.settle(previousHash);
    const computed = auditHash(record);
    const isIntact = computed === hash;
    if (isIntact && !isLinked) this.faults.add({ kind: 'LINK_BROKEN', number });
    if (!isIntact && !this.isLinkChanged(record, isLinked)) this.unsure = { number, computed };
    this.last = { number, hash };
    return isIntact;
  }

  /** @param head - what the registry says to be the last record. */
  end(head: AuditHead): void {
    if (this.last.number < head.number) {
      this.miss(head.number);
      return;
    }
    if (!this.settle(head.hash) || this.last.number > head.number) {
      this.faults.add({ kind: 'HEAD_CHANGED', number: head.number });
    }
  }

  /** Only the link of a record was changed: with the right one it has its hash. */
  private isLinkChanged(record: AuditRecord, isLinked: boolean): boolean {
    if (isLinked || auditHash({ ...record, previousHash: this.last.hash }) !== record.hash) return false;
    this.faults.add({ kind: 'LINK_CHANGED', number: record.number });
    return true;
  }

  /**
   * Says of the record before what was changed of it.
   * @param previousHash - as whoever follows it states it.
   * @returns whether that is its hash, or the one that it should have.
   */
  private settle(previousHash: string): boolean {
    const { unsure } = this;
    this.unsure = undefined;
    if (unsure === undefined) return previousHash === this.last.hash;
    const isHash = previousHash === unsure.computed;
    this.faults.add({ kind: isHash ? 'HASH_CHANGED' : 'CONTENT_CHANGED', number: unsure.number });
    return isHash || previousHash === this.last.hash;
  }

  /** Numbers up to one are missing. */
  private miss(through: number): void {
    if (this.unsure !== undefined) {
      this.faults.add({ kind: 'CONTENT_CHANGED', number: this.unsure.number });
      this.unsure = undefined;
    }
    this.faults.add({ kind: 'RECORD_MISSING', number: this.last.number + 1, through });
  }
}
