import type { PartialDate } from '../landscape/model.js';
import { FINDING_OUTCOMES } from './rule.js';
import type { FindingOutcome } from './rule.js';

export const WAIVER_EVENT_KINDS = ['REQUESTED', 'APPROVED', 'DENIED', 'REVOKED', 'RENEWED'] as const;
/** What can happen to a waiver. What has happened is never changed. */
export type WaiverEventKind = (typeof WAIVER_EVENT_KINDS)[number];

/** What a waiver is asked for. */
export interface WaiverTerms {
  /** Code of the rule. */
  readonly rule: string;
  /** urn of the agency that asks, and answers for what is waived. */
  readonly agency: string;
  /** urns of what the rule is waived for; null = all that the agency owns. */
  readonly subjects: readonly string[] | null;
  /** First day, whole. */
  readonly validFrom: PartialDate;
  /** Last day, whole, before any renewal. */
  readonly validTo: PartialDate;
  /** What is done meanwhile so that the failure does less harm; null where nothing is said. */
  readonly compensatingMeasure: string | null;
}

/** One thing that happened to a waiver. */
export interface WaiverEvent {
  readonly kind: WaiverEventKind;
  /** The whole day it happened: on earlier days it says nothing. */
  readonly on: PartialDate;
  /** As whom: the kind of actor, in lower case. */
  readonly by: string;
  /** Which person that was, by id; null or not there where nobody knows. */
  readonly person?: string | null;
  readonly reason: string;
  /** The paper it rests on, by its number or words; null where none is named. */
  readonly document: string | null;
  /** RENEWED: the new last day, whole; null otherwise. */
  readonly validTo: PartialDate | null;
}

/** A rule is not held against something until a day: what was asked for, and all that came of it, in order. */
export interface Waiver {
  readonly id: string;
  readonly terms: WaiverTerms;
  readonly events: readonly [WaiverEvent, ...WaiverEvent[]];
}

export const WAIVER_STATES = ['REQUESTED', 'NOT_YET_IN_FORCE', 'IN_FORCE', 'EXPIRED', 'DENIED', 'REVOKED'] as const;
/** Where a waiver stands on a day. */
export type WaiverState = (typeof WAIVER_STATES)[number];

/** What is so of a waiver on a day. */
export interface WaiverStatus {
  readonly state: WaiverState;
  /** Last day, with what it was renewed by then. */
  readonly validTo: PartialDate;
  /** How often it was renewed by then. */
  readonly renewals: number;
  /** What was decided by then of the request; null while it waits. */
  readonly decision: WaiverEvent | null;
}

/**
 * What is so of a waiver on a day, by what had happened by then: an approval of today waives nothing of yesterday, and
 * nothing has to be done for a waiver to end.
 * @param day - a whole day.
 * @returns undefined on a day before it was asked for.
 */
export function waiverOn({ terms, events }: Waiver, day: PartialDate): WaiverStatus | undefined {
  const past = events.filter(({ on }) => on <= day);
  if (past.length === 0) return undefined;
  const renewed = past.filter(({ kind }) => kind === 'RENEWED');
  const validTo = renewed.at(-1)?.validTo ?? terms.validTo;
  const decision = past.find(({ kind }) => kind === 'APPROVED' || kind === 'DENIED') ?? null;
  const isRevoked = past.some(({ kind }) => kind === 'REVOKED');
  const state = isRevoked ? 'REVOKED' : stateOf(decision, { from: terms.validFrom, to: validTo }, day);
  return { state, validTo, renewals: renewed.length, decision };
}

function stateOf(
  decision: WaiverEvent | null,
  valid: { readonly from: PartialDate; readonly to: PartialDate },
  day: PartialDate,
): WaiverState {
  if (decision === null) return 'REQUESTED';
  if (decision.kind === 'DENIED') return 'DENIED';
  if (day < valid.from) return 'NOT_YET_IN_FORCE';
  return day > valid.to ? 'EXPIRED' : 'IN_FORCE';
}

export const EFFECTIVE_OUTCOMES = [...FINDING_OUTCOMES, 'WAIVED'] as const;
/** What a finding counts as: a failure that is waived is neither a failure nor a pass. */
export type EffectiveOutcome = (typeof EFFECTIVE_OUTCOMES)[number];

/** What a finding counts as. Only a failure can be waived; what the rule says of it stays. */
export function effectiveOutcome(outcome: FindingOutcome, isWaived: boolean): EffectiveOutcome {
  return outcome === 'FAIL' && isWaived ? 'WAIVED' : outcome;
}
