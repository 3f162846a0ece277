import type { PartialDate } from '../landscape/model.js';

export const EVIDENCE_EVENT_KINDS = ['SUBMITTED', 'ACCEPTED', 'REJECTED', 'WITHDRAWN'] as const;
/** What can happen to a piece of evidence. What has happened is never changed. */
export type EvidenceEventKind = (typeof EVIDENCE_EVENT_KINDS)[number];

export const EVIDENCE_VERDICTS = ['MET', 'NOT_MET'] as const;
/** What accepted evidence shows of its subject, as a person judged it. */
export type EvidenceVerdict = (typeof EVIDENCE_VERDICTS)[number];

/** A file that is evidence, told apart from all others by its hash; the file itself is kept by who submits it. */
export interface EvidenceFile {
  readonly name: string;
  /** `application/pdf` */
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
  /** 64 hexadecimal digits, in lower case. */
  readonly sha256: string;
}

/** What is given as evidence: a link, a file or both, of which the link then says where the file is. */
export interface EvidenceTerms {
  /** urn of what it speaks of. */
  readonly subject: string;
  /** Id of the kind of evidence, as the rule pack declares it. */
  readonly kind: string;
  /** urn of the agency that submits it. */
  readonly agency: string;
  readonly link: string | null;
  readonly file: EvidenceFile | null;
  /** The whole day of the document; null where it has none. */
  readonly documentedOn: PartialDate | null;
}

/** What a reviewer found: what it shows, and from which to which day that counts. */
export interface EvidenceJudgement {
  readonly verdict: EvidenceVerdict;
  /** First day, whole. */
  readonly validFrom: PartialDate;
  /** Last day, whole; null = until it is withdrawn. */
  readonly validTo: PartialDate | null;
}

/** One thing that happened to a piece of evidence. */
export interface EvidenceEvent {
  /** Its place in the order in which all things happened to all evidence. */
  readonly number: number;
  readonly kind: EvidenceEventKind;
  /** The whole day it happened: on earlier days it says nothing. */
  readonly on: PartialDate;
  /** As whom: the kind of actor, in lower case. */
  readonly by: string;
  /** Which person that was, by id; null or not there where nobody knows. */
  readonly person?: string | null;
  /** Why; of a submission what it says of itself, or null. */
  readonly reason: string | null;
  /** ACCEPTED: what was found; null otherwise. */
  readonly judgement: EvidenceJudgement | null;
}

/** A document or link that shows whether something is met: what was given, and all that came of it, in order. */
export interface Evidence {
  readonly id: string;
  readonly terms: EvidenceTerms;
  readonly events: readonly [EvidenceEvent, ...EvidenceEvent[]];
}

export const EVIDENCE_STATES = [
  'SUBMITTED',
  'NOT_YET_IN_FORCE',
  'IN_FORCE',
  'EXPIRED',
  'REJECTED',
  'WITHDRAWN',
] as const;
/** Where a piece of evidence stands on a day. */
export type EvidenceState = (typeof EVIDENCE_STATES)[number];

/** What is so of a piece of evidence on a day. */
export interface EvidenceStatus {
  readonly state: EvidenceState;
  /** What was decided by then; null while it waits. */
  readonly decision: EvidenceEvent | null;
}

/**
 * What is so of a piece of evidence on a day, by what had happened by then: what is accepted today shows nothing of
 * yesterday, and nothing has to be done for it to expire.
 * @param day - a whole day.
 * @returns undefined on a day before it was submitted.
 */
export function evidenceOn({ events }: Evidence, day: PartialDate): EvidenceStatus | undefined {
  const past = events.filter(({ on }) => on <= day);
  if (past.length === 0) return undefined;
  const decision = past.find(({ kind }) => kind === 'ACCEPTED' || kind === 'REJECTED') ?? null;
  const isWithdrawn = past.some(({ kind }) => kind === 'WITHDRAWN');
  return { state: isWithdrawn ? 'WITHDRAWN' : stateOf(decision, day), decision };
}

function stateOf(decision: EvidenceEvent | null, day: PartialDate): EvidenceState {
  if (decision === null) return 'SUBMITTED';
  if (decision.judgement === null) return 'REJECTED';
  const { validFrom, validTo } = decision.judgement;
  if (day < validFrom) return 'NOT_YET_IN_FORCE';
  return validTo !== null && day > validTo ? 'EXPIRED' : 'IN_FORCE';
}
