import { issue } from '../errors.js';
import type { Issue } from '../errors.js';
import { ATTESTED, goneSince, subjectsOf } from './attestation.js';
import type { Attested } from './attestation.js';
import { latestDay } from './calendar-day.js';
import type { ChangeBase } from './landscape.js';
import type { Element, PartialDate } from './model.js';
import type { Operation } from './operation.js';
import { ownerTable } from './owner-table.js';
import { isRecord } from './record-fields.js';

/** What an agency says of its own records. */
export interface AttestationRequest {
  /** urn of the agency. */
  readonly agency: string;
  /** The whole day of which it is said. */
  readonly on: PartialDate;
  /** urns of records that are right as they are. */
  readonly confirmed: readonly string[];
  /** urns of what has no other flows than those that are recorded. */
  readonly flowsComplete: readonly string[];
  /** Whether it owns nothing else. */
  readonly inventoryComplete: boolean;
  readonly corrections: readonly Operation[];
  /** The revision that the agency looked at; null: it does not say. */
  readonly expectedRevision: number | null;
}

/** The registry begins with the oldest day that a date can be. */
const FIRST_DAY = '1000-01-01';

/** What an attestation writes: one day, in three attributes and nowhere else. */
export function attestationOperations(request: AttestationRequest): Operation[] {
  const { agency, on, confirmed, flowsComplete, inventoryComplete } = request;
  const written = (urn: string, said: Attested): Operation => {
    return { op: 'UPDATE', urn, path: `attributes.${ATTESTED[said]}`, value: on };
  };
  return [
    ...confirmed.map((urn) => written(urn, 'confirmed')),
    ...flowsComplete.map((urn) => written(urn, 'flowsComplete')),
    ...(inventoryComplete ? [written(agency, 'inventoryComplete')] : []),
  ];
}

const OF_RECORDS: ReadonlySet<string> = new Set([
  `attributes.${ATTESTED.confirmed}`,
  `attributes.${ATTESTED.flowsComplete}`,
]);
const OF_AGENCIES = `attributes.${ATTESTED.inventoryComplete}`;

/** Whether operations say no more than what an agency may say of its own records. */
export function isAttestation(landscape: ChangeBase, agency: string, operations: readonly Operation[]): boolean {
  const ownership = new Ownership(landscape, agency);
  return operations.every(({ op, urn, path }) => {
    if (op !== 'UPDATE' || path === null || path === undefined) return false;
    return urn === agency ? path === OF_AGENCIES : OF_RECORDS.has(path) && ownership.owns(urn);
  });
}

/** What is wrong with what an agency says, in the order of its fields; nothing where it can be recorded. */
export function attestationIssues(landscape: ChangeBase, request: AttestationRequest, today: PartialDate): Issue[] {
  const agency = landscape.elementByUrn(request.agency);
  if (agency === undefined) return [issue('URN_UNKNOWN', ['agency'], { urn: request.agency })];
  const refused = agencyIssue(landscape, agency) ?? dayIssue(request.on, today) ?? revisionIssue(landscape, request);
  if (refused !== undefined) return [refused];
  const { confirmed, flowsComplete, inventoryComplete, corrections } = request;
  if (confirmed.length + flowsComplete.length + corrections.length === 0 && !inventoryComplete) {
    return [issue('ATTESTATION_EMPTY', [])];
  }
  return [
    ...recordIssues(landscape, request, 'confirmed'),
    ...recordIssues(landscape, request, 'flowsComplete'),
    ...(inventoryComplete ? inventoryIssues(landscape, agency, request) : []),
    ...correctionIssues(landscape, request),
    ...contradictions(landscape, request),
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
  const revision = request.expectedRevision ?? 0;
  return revision <= newest ? undefined : issue('REVISION_UNKNOWN', ['expectedRevision'], { revision, newest });
}

/** Whose something is on a landscape, and on what an agency thinks of. */
class Ownership {
  private readonly agency: Element | undefined;
  private readonly owners: Int32Array;

  constructor(
    private readonly landscape: ChangeBase,
    urn: string,
  ) {
    this.agency = landscape.elementByUrn(urn);
    this.owners = ownerTable(landscape);
  }

  owns(urn: string): boolean {
    const element = this.landscape.elementByUrn(urn);
    return element !== undefined && this.agency !== undefined && this.owners[element.seq] === this.agency.seq;
  }
}

function recordIssues(
  landscape: ChangeBase,
  request: AttestationRequest,
  said: 'confirmed' | 'flowsComplete',
): Issue[] {
  const ownership = new Ownership(landscape, request.agency);
  return request[said].flatMap((urn, index): Issue[] => {
    const path = [said, `${index}`];
    const element = landscape.elementByUrn(urn);
    if (element === undefined) return [issue('URN_UNKNOWN', path, { urn })];
    if (!ownership.owns(urn)) return [issue('ELEMENT_NOT_OWNED', path, { urn, agency: request.agency })];
    return [
      ...olderIssues(element, { key: ATTESTED[said], on: request.on, path }),
      ...staleIssues(urn, element.revision, { request, path }),
    ];
  });
}

interface Dated {
  readonly key: string;
  readonly on: PartialDate;
  readonly path: readonly string[];
}

function olderIssues({ urn, attributes }: Element, { key, on, path }: Dated): Issue[] {
  const known = attributes[key];
  if (typeof known !== 'string' || latestDay(known) <= on) return [];
  // Of a month or a year that holds the day nobody knows that it is later.
  if (on.startsWith(known)) return [];
  return [issue('ATTESTATION_OLDER', path, { urn, on, known })];
}

interface Place {
  readonly request: AttestationRequest;
  readonly path: readonly string[];
}

function staleIssues(urn: string, actual: number, { request: { expectedRevision }, path }: Place): Issue[] {
  if (expectedRevision === null || actual <= expectedRevision) return [];
  return [issue('STALE_REVISION', path, { urn, expected: expectedRevision, actual })];
}

/** A list that has changed is not the one that its agency looked at. */
function inventoryIssues(landscape: ChangeBase, agency: Element, request: AttestationRequest): Issue[] {
  const path = ['inventoryComplete'];
  const issues = olderIssues(agency, { key: ATTESTED.inventoryComplete, on: request.on, path });
  const owners = ownerTable(landscape);
  let changed: { urn: string; revision: number } | undefined;
  landscape.forEachIncoming(agency.seq, (kind, other, seq) => {
    if (kind !== 'OWNED_BY' || owners[other] !== agency.seq) return;
    for (const record of [landscape.elementAt(other), landscape.relationAt(seq)]) {
      if (record !== undefined && record.revision > (changed?.revision ?? 0)) changed = record;
    }
  });
  if (changed === undefined) return issues;
  return [...issues, ...staleIssues(changed.urn, changed.revision, { request, path })];
}

/** What a step of a correction makes, if it makes something. */
function addedOf({ op, value }: Operation): Readonly<Record<string, unknown>> | undefined {
  return op === 'ADD' && isRecord(value) ? value : undefined;
}

/** The urns of what is made by the corrections, and is to be the agency's. */
function foundedBy({ agency, corrections }: AttestationRequest): ReadonlySet<unknown> {
  const owned = new Set(
    corrections.flatMap((operation) => {
      const added = addedOf(operation);
      return added?.['kind'] === 'OWNED_BY' && added['target'] === agency ? [added['source']] : [];
    }),
  );
  return new Set(corrections.flatMap(({ op, urn }) => (op === 'ADD' && owned.has(urn) ? [urn] : [])));
}

/** An agency corrects itself, what it owns, what it has forgotten to tell, and how those are related. */
function correctionIssues(landscape: ChangeBase, request: AttestationRequest): Issue[] {
  const { agency, corrections } = request;
  const ownership = new Ownership(landscape, agency);
  const founded = foundedBy(request);
  const isOwn = (urn: string): boolean => founded.has(urn) || ownership.owns(urn);
  return corrections.flatMap((operation, index): Issue[] => {
    const path = ['corrections', `${index}`, 'urn'];
    const { urn } = operation;
    const object = landscape.elementByUrn(urn) ?? landscape.relationByUrn(urn);
    if (object === undefined && operation.op !== 'ADD') return [issue('URN_UNKNOWN', path, { urn })];
    const [from = '', to = ''] = subjectsOf(landscape, operation);
    // Something is not made an agency's own by its joining it to itself.
    if (from !== agency && !isOwn(from) && !isOwn(to)) return [issue('ELEMENT_NOT_OWNED', path, { urn, agency })];
    return object === undefined ? [] : staleIssues(urn, object.revision, { request, path });
  });
}

/** What is called right is not corrected: of a relation, it is the record that it leads from which is. */
function contradictions(landscape: ChangeBase, { confirmed, flowsComplete, corrections }: AttestationRequest): Issue[] {
  const [records, joined] = [new Set<string>(), new Set<string>()];
  for (const operation of corrections) {
    const subjects = subjectsOf(landscape, operation);
    for (const urn of subjects.slice(0, 1)) records.add(urn);
    if (subjects.length > 1) for (const urn of subjects) joined.add(urn);
  }
  return [...amongst('confirmed', confirmed, records), ...amongst('flowsComplete', flowsComplete, joined)];
}

function amongst(said: string, urns: readonly string[], corrected: ReadonlySet<string>): Issue[] {
  return urns.flatMap((urn, index) => {
    return corrected.has(urn) ? [issue('ATTESTATION_CONTRADICTION', [said, `${index}`], { urn })] : [];
  });
}
