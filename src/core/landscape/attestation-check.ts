import { issue } from '../errors.js';
import type { Issue } from '../errors.js';
import { contradictions, correctionIssues, takenBackBy } from './attestation-correction.js';
import { Ownership, flowsOf } from './attestation-ownership.js';
import { ATTESTED, goneSince, laterThan } from './attestation.js';
import type { AttestationRequest, Attested } from './attestation.js';
import { isCalendarDay } from './calendar-day.js';
import type { ChangeBase } from './landscape.js';
import type { Element, PartialDate } from './model.js';
import type { Operation } from './operation.js';

/** What an answer is judged by besides the landscape. */
export interface AttestationFacts {
  readonly today: PartialDate;
  /** The steps of the agency's corrections that wait. */
  readonly waiting: readonly Operation[];
  /** The landscape that the agency looked at, as the caller sees it; undefined where it does not say. */
  readonly looked: ChangeBase | undefined;
}

/** The registry begins with the oldest day that a date can be. */
const FIRST_DAY = '1000-01-01';

/** What an attestation writes: one day, in three attributes and nowhere else; and what its corrections take back of them. */
export function attestationOperations(landscape: ChangeBase, request: AttestationRequest): Operation[] {
  const { agency, on, confirmed, flowsComplete, inventoryComplete } = request;
  const written = (urn: string, said: Attested): Operation => {
    return { op: 'UPDATE', urn, path: `attributes.${ATTESTED[said]}`, value: on };
  };
  return [
    ...Array.from(new Set(confirmed), (urn) => written(urn, 'confirmed')),
    ...Array.from(new Set(flowsComplete), (urn) => written(urn, 'flowsComplete')),
    ...(inventoryComplete ? [written(agency, 'inventoryComplete')] : []),
    ...takenBackBy(landscape, request),
  ];
}

const CONFIRMED = `attributes.${ATTESTED.confirmed}`;
const OF_FLOWS = `attributes.${ATTESTED.flowsComplete}`;
const OF_AGENCIES = `attributes.${ATTESTED.inventoryComplete}`;

/**
 * Whether operations say no more than what an agency may say of its own records: a whole day that has come, or that
 * something is not complete after all.
 */
export function isAttestation(
  landscape: ChangeBase,
  agency: string,
  operations: readonly Operation[],
  today: PartialDate,
): boolean {
  const ownership = new Ownership(landscape, agency);
  return operations.every(({ op, urn, path, value }) => {
    const isDay = op === 'UPDATE' && typeof value === 'string' && isCalendarDay(value) && value <= today;
    if (!isDay && op !== 'REMOVE') return false;
    if (urn === agency) return path === OF_AGENCIES;
    return (path === OF_FLOWS || (path === CONFIRMED && isDay)) && ownership.owns(urn);
  });
}

/** What is wrong with what an agency says, in the order of its fields; nothing where it can be recorded. */
export function attestationIssues(
  landscape: ChangeBase,
  request: AttestationRequest,
  facts: AttestationFacts,
): readonly Issue[] {
  const agency = landscape.elementByUrn(request.agency);
  if (agency === undefined) return [issue('URN_UNKNOWN', ['agency'], { urn: request.agency })];
  const refused =
    agencyIssue(landscape, agency) ?? dayIssue(request.on, facts.today) ?? revisionIssue(landscape, request);
  if (refused !== undefined) return [refused];
  const { confirmed, flowsComplete, inventoryComplete, corrections } = request;
  if (confirmed.length + flowsComplete.length + corrections.length === 0 && !inventoryComplete) {
    return [issue('ATTESTATION_EMPTY', [])];
  }
  const setting = { landscape, request, facts };
  return [
    ...recordIssues(setting, 'confirmed'),
    ...recordIssues(setting, 'flowsComplete'),
    ...(inventoryComplete ? inventoryIssues(setting, agency) : []),
    ...correctionIssues(landscape, request),
    ...contradictions(landscape, request, facts.waiting),
  ];
}

function agencyIssue(landscape: ChangeBase, agency: Element): Issue | undefined {
  const { urn, kind } = agency;
  if (kind !== 'AGENCY') return issue('NOT_AN_AGENCY', ['agency'], { urn, kind });
  const from = goneSince(landscape, agency);
  return from === undefined ? undefined : issue('AGENCY_ENDED', ['agency'], { urn, from });
}

function dayIssue(on: PartialDate, today: PartialDate): Issue | undefined {
  if (on.length !== FIRST_DAY.length) {
    return issue('VALUE_OF_WRONG_TYPE', ['on'], { field: 'on', expected: 'YYYY-MM-DD' });
  }
  if (on <= today) return undefined;
  return issue('VALUE_OUT_OF_BOUNDS', ['on'], { field: 'on', value: on, minimum: FIRST_DAY, maximum: today });
}

function revisionIssue({ revision: newest }: ChangeBase, request: AttestationRequest): Issue | undefined {
  const revision = request.expectedRevision ?? newest;
  return revision >= 0 && revision <= newest
    ? undefined
    : issue('REVISION_UNKNOWN', ['expectedRevision'], { revision, newest });
}

/** What is judged, and by what. */
interface Setting {
  readonly landscape: ChangeBase;
  readonly request: AttestationRequest;
  readonly facts: AttestationFacts;
}

function recordIssues(setting: Setting, said: 'confirmed' | 'flowsComplete'): Issue[] {
  const { landscape, request } = setting;
  const ownership = new Ownership(landscape, request.agency);
  return request[said].flatMap((urn, index): Issue[] => {
    const path = [said, `${index}`];
    const element = landscape.elementByUrn(urn);
    if (element === undefined) return [issue('URN_UNKNOWN', path, { urn })];
    if (!ownership.owns(urn)) return [issue('ELEMENT_NOT_OWNED', path, { urn, agency: request.agency })];
    const own = new Map([[urn, element.revision]]);
    const now = said === 'confirmed' ? own : new Map([...own, ...flowsOf(landscape, urn)]);
    const of = (there: ChangeBase): ReadonlyMap<string, number> => (said === 'confirmed' ? own : flowsOf(there, urn));
    return [
      ...olderIssues(element, setting, { key: ATTESTED[said], path }),
      ...staleIssues(setting, { now, of, path }),
    ];
  });
}

interface Told {
  readonly key: string;
  readonly path: readonly string[];
}

function olderIssues({ urn, attributes }: Element, { request: { on }, facts }: Setting, { key, path }: Told): Issue[] {
  const known = laterThan(attributes[key], on, facts.today);
  return known === undefined ? [] : [issue('ATTESTATION_OLDER', path, { urn, on, known })];
}

interface Looked {
  /** The revisions of what is spoken of. */
  readonly now: ReadonlyMap<string, number>;
  /** What else was spoken of, as it was looked at. */
  readonly of: (looked: ChangeBase) => ReadonlyMap<string, number>;
  readonly path: readonly string[];
}

/** What has changed, has come or has gone since the agency looked is not what it looked at. */
function staleIssues({ landscape, request, facts }: Setting, { now, of, path }: Looked): Issue[] {
  const { expectedRevision: expected } = request;
  if (expected === null) return [];
  const stale = (urn: string, actual: number): Issue[] => [issue('STALE_REVISION', path, { urn, expected, actual })];
  for (const [urn, revision] of now) if (revision > expected) return stale(urn, revision);
  const before = facts.looked === undefined ? [] : of(facts.looked).keys();
  for (const urn of before) if (!now.has(urn)) return stale(urn, landscape.revision);
  return [];
}

/** A list that has changed is not the one that its agency looked at. */
function inventoryIssues(setting: Setting, agency: Element): Issue[] {
  const path = ['inventoryComplete'];
  const of = (there: ChangeBase): ReadonlyMap<string, number> => new Ownership(there, agency.urn).list();
  return [
    ...olderIssues(agency, setting, { key: ATTESTED.inventoryComplete, path }),
    ...staleIssues(setting, { now: of(setting.landscape), of, path }),
  ];
}
