import { randomBytes } from 'node:crypto';
import type { Actor } from '../../core/access/actor.js';
import { agencyOf, roleOf } from '../../core/access/actor.js';
import { canonicalJson, canonicalObject, sha256 } from '../canonical-json.js';

const NONCE_BYTES = 16;

/** Ledgers whose rows are recorded one by one: names of their tables. Each has numbers without gaps. */
export const RECORDED_LEDGERS = [
  'attestation',
  'duplicate_case_event',
  'evidence_event',
  'rule_event',
  'waiver_event',
] as const;
export type RecordedLedger = (typeof RECORDED_LEDGERS)[number];

/** Whether the log speaks of the rows of a table. */
export function isRecordedLedger(table: string): table is RecordedLedger {
  return RECORDED_LEDGERS.some((ledger) => ledger === table);
}

/**
 * What is recorded: how the log began on a database that held something, a change of the landscape, a row of a ledger,
 * that data left the registry, or that somebody was given or lost the right to ask for them.
 */
export type AuditKind =
  | 'GENESIS'
  | 'CHANGE_SET'
  | Uppercase<RecordedLedger>
  | 'EXPORT'
  | 'PERSON'
  | 'ROLE'
  | 'SERVICE_TOKEN'
  | 'LOCAL_ACCOUNT';

/** As whom somebody did what is recorded. */
export interface AuditedActor {
  /** The kind of actor, in lower case. */
  readonly actor: string;
  /** urn of the agency he acts for. */
  readonly agency: string | null;
  /** Id of the person, or of the service token; no record holds a name. */
  readonly person: string | null;
}

/** What is to be recorded. */
export interface AuditEvent {
  readonly kind: AuditKind;
  readonly by: AuditedActor;
  /** What it is about, as a reader would look for it. */
  readonly subject: string | null;
  /** JSON that says what happened, or stands for it by a hash. */
  readonly payload: object;
}

/** A record as it is kept. */
export interface AuditRecord extends AuditedActor {
  /** From 1 without gaps. */
  readonly number: number;
  /** ISO 8601 in UTC with microseconds. */
  readonly at: string;
  readonly kind: string;
  readonly subject: string | null;
  /** Canonical JSON. */
  readonly payload: string;
  /** Random: whoever sees where the log ends must not be able to try what it may say. */
  readonly nonce: string;
  /** Hash of the record before; empty in the first. */
  readonly previousHash: string;
  /** SHA-256, hexadecimal, over the canonical JSON of all the others. */
  readonly hash: string;
}

/** Where the chain ends: whoever knows it can tell whether anything before it was changed. */
export interface AuditHead {
  /** Number of the last record; 0 before the first. */
  readonly number: number;
  /** Its hash; empty before the first. */
  readonly hash: string;
}

/** As whom an actor is recorded. */
export function auditedActor(actor: Actor): AuditedActor {
  return { actor: roleOf(actor), agency: agencyOf(actor), person: actor.principal ?? null };
}

/** The hash that a record has to have. Its payload is taken as the text it is: another text is another record. */
export function auditHash(record: Omit<AuditRecord, 'hash'>): string {
  const { number, at, kind, actor, agency, person, subject, payload, nonce, previousHash } = record;
  const said = { number, at, kind, actor, agency, person, subject, nonce, previousHash };
  return sha256(canonicalObject(said, { payload }));
}

/** The record that follows a head. @param at - ISO 8601 in UTC with microseconds. */
export function nextRecord(head: AuditHead, { kind, by, subject, payload }: AuditEvent, at: string): AuditRecord {
  const said = { number: head.number + 1, at, kind, ...by, subject, payload: canonicalJson(payload) };
  const record = { ...said, nonce: randomBytes(NONCE_BYTES).toString('hex'), previousHash: head.hash };
  return { ...record, hash: auditHash(record) };
}
