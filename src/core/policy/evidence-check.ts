import { issue } from '../errors.js';
import type { Issue } from '../errors.js';
import { daysLater } from '../landscape/calendar-day.js';
import { LAST_DAY, dayIssues } from '../landscape/day-issues.js';
import type { ChangeBase } from '../landscape/landscape.js';
import type { PartialDate } from '../landscape/model.js';
import { respondentOf } from '../landscape/respondent.js';
import { textIssues } from '../landscape/text-issues.js';
import type { AskedEvidence } from './evidence-kinds.js';
import { TEXT_MAXIMUM } from './grounds.js';
import { evidenceOn } from './evidence.js';
import type {
  Evidence,
  EvidenceFile,
  EvidenceJudgement,
  EvidenceState,
  EvidenceTerms,
  EvidenceVerdict,
} from './evidence.js';

/** Evidence that an agency submits. */
export interface EvidenceSubmission extends EvidenceTerms {
  /** What it says of itself. */
  readonly note: string | null;
}

/** What a reviewer decides: that it shows something, or that it is not good enough. */
export interface EvidenceDecision {
  /** null = rejected. */
  readonly verdict: EvidenceVerdict | null;
  /** null = the day of the document, else of the decision. */
  readonly validFrom: PartialDate | null;
  /** null = as long as its kind counts. */
  readonly validTo: PartialDate | null;
  readonly reason: string;
}

/** By what evidence is judged. */
export interface EvidenceSetting {
  readonly kinds: ReadonlyMap<string, AskedEvidence>;
  readonly today: PartialDate;
}

const FILE_NAME_MAXIMUM = 255;
const SHA256 = /^[0-9a-f]{64}$/;
const LINK = /^https?:\/\/[^\s@/]+(\/\S*)?$/;
const MEDIA_TYPE = /^[a-z]+\/[\w.+-]{1,100}$/;
/** The earliest day that a document may bear. */
const FIRST_DAY: PartialDate = '1900-01-01';

/** What is wrong with a submission, in the order of its fields; nothing where it can be recorded. */
export function submissionIssues(
  landscape: ChangeBase,
  submission: EvidenceSubmission,
  { kinds, today }: EvidenceSetting,
): Issue[] {
  const { kind: id, link, file, documentedOn, note } = submission;
  const kind = kinds.get(id);
  const nothing = link === null && file === null;
  return [
    ...(kind === undefined ? [unknownKind(id, kinds)] : []),
    ...subjectIssues(landscape, submission, kind),
    ...(nothing ? [issue('VALUE_MISSING', ['link'], { field: 'link' })] : []),
    ...linkIssues(link),
    ...(file === null ? [] : fileIssues(file)),
    ...(documentedOn === null ? [] : dayIssues('documentedOn', documentedOn, [FIRST_DAY, today])),
    ...textIssues('note', note, TEXT_MAXIMUM),
  ];
}

function unknownKind(value: string, kinds: EvidenceSetting['kinds']): Issue {
  return issue('VALUE_NOT_ALLOWED', ['kind'], { field: 'kind', value, allowed: [...kinds.keys()].join(', ') });
}

function subjectIssues(
  landscape: ChangeBase,
  { subject: urn, agency }: EvidenceSubmission,
  asked: AskedEvidence | undefined,
): Issue[] {
  const path = ['subject'];
  const element = landscape.elementByUrn(urn);
  if (element === undefined) return [issue('URN_UNKNOWN', path, { urn })];
  if (respondentOf(landscape, element, 'SELF')?.urn !== agency) {
    return [issue('ELEMENT_NOT_OWNED', path, { urn, agency })];
  }
  const { kind } = element;
  if (asked === undefined || asked.appliesTo.includes(kind)) return [];
  const allowed = asked.appliesTo.join(', ');
  return [issue('REFERENCE_OF_WRONG_KIND', path, { field: 'subject', urn, kind, allowed })];
}

/** A name and password in a link would be told to all who read it. */
function linkIssues(link: string | null): Issue[] {
  const issues = textIssues('link', link, TEXT_MAXIMUM);
  if (link === null || issues.length > 0 || (LINK.test(link) && URL.canParse(link))) return issues;
  return [wrongType('link', 'http(s) URL')];
}

function fileIssues({ name, mediaType, size, sha256 }: EvidenceFile): Issue[] {
  const issues = [
    ...textIssues('name', name, FILE_NAME_MAXIMUM),
    ...(MEDIA_TYPE.test(mediaType) ? [] : [wrongType('mediaType', 'type/subtype, for example application/pdf')]),
    ...(Number.isSafeInteger(size) && size > 0 ? [] : [wrongType('size', 'number of bytes')]),
    ...(SHA256.test(sha256) ? [] : [wrongType('sha256', '64 hexadecimal digits in lower case')]),
  ];
  return issues.map((each) => ({ ...each, path: ['file', ...each.path] }));
}

function wrongType(field: string, expected: string): Issue {
  return issue('VALUE_OF_WRONG_TYPE', [field], { field, expected });
}

function stateIssues({ state }: { readonly state: EvidenceState }, allowed: readonly EvidenceState[]): Issue[] {
  if (allowed.includes(state)) return [];
  return [issue('EVIDENCE_STATE', ['evidence'], { state, allowed: allowed.join(', ') })];
}

/**
 * What is found by a decision that is right, for the days that it counts; null for a rejection.
 * @param kind - undefined where the pack has it no more: then nothing bounds it.
 */
export function judgementOf(
  { terms: { documentedOn } }: Evidence,
  { verdict, validFrom, validTo }: EvidenceDecision,
  { kind, today }: { readonly kind: AskedEvidence | undefined; readonly today: PartialDate },
): EvidenceJudgement | null {
  if (verdict === null) return null;
  const from = documentedOn ?? today;
  return { verdict, validFrom: validFrom ?? from, validTo: validTo ?? lastDayOf(kind, from) };
}

/** The last day that evidence of a kind counts from a day on; null = for good. */
function lastDayOf(kind: AskedEvidence | undefined, from: PartialDate): PartialDate | null {
  const days = kind?.validityDays ?? null;
  return days === null ? null : daysLater(from, days - 1);
}

/** What is wrong with deciding what an agency submitted, today. */
export function evidenceDecisionIssues(
  evidence: Evidence,
  decision: EvidenceDecision,
  { kinds, today }: EvidenceSetting,
): Issue[] {
  const refused = stateIssues(stateNow(evidence, today), ['SUBMITTED']);
  if (refused.length > 0) return refused;
  const reason = textIssues('reason', decision.reason, TEXT_MAXIMUM);
  if (decision.verdict === null) return [...daysWithoutVerdict(decision), ...reason];
  return [...validityIssues(evidence, decision, { kinds, today }), ...reason];
}

function daysWithoutVerdict(decision: EvidenceDecision): Issue[] {
  return (['validFrom', 'validTo'] as const).flatMap((field) =>
    decision[field] === null ? [] : [issue('ARGUMENT_NEEDED', [field], { value: field, other: 'verdict' })],
  );
}

function validityIssues(
  { terms: { kind, documentedOn } }: Evidence,
  { validFrom, validTo }: EvidenceDecision,
  { kinds, today }: EvidenceSetting,
): Issue[] {
  const first = documentedOn ?? today;
  const last = lastDayOf(kinds.get(kind), first);
  if (last !== null && last < today) {
    return [issue('END_BEFORE_START', ['evidence'], { field: 'validTo', value: last, start: today })];
  }
  const from = validFrom ?? first;
  const begins = dayIssues('validFrom', from, [first, last ?? LAST_DAY]);
  if (begins.length > 0 || validTo === null) return begins;
  if (validTo < from)
    return [issue('END_BEFORE_START', ['validTo'], { field: 'validTo', value: validTo, start: from })];
  return dayIssues('validTo', validTo, [today, last ?? LAST_DAY]);
}

/** What is wrong with withdrawing evidence today. */
export function withdrawalIssues(evidence: Evidence, reason: string, today: PartialDate): Issue[] {
  const refused = stateIssues(stateNow(evidence, today), ['SUBMITTED', 'NOT_YET_IN_FORCE', 'IN_FORCE']);
  return refused.length > 0 ? refused : textIssues('reason', reason, TEXT_MAXIMUM);
}

function stateNow(evidence: Evidence, today: PartialDate): NonNullable<ReturnType<typeof evidenceOn>> {
  const status = evidenceOn(evidence, today);
  if (status === undefined) throw new RangeError(`Evidence ${evidence.id} is decided before it was submitted.`);
  return status;
}
