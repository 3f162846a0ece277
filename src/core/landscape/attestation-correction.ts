import { issue } from '../errors.js';
import type { Issue } from '../errors.js';
import { FLOW, Ownership } from './attestation-ownership.js';
import { ATTESTED } from './attestation.js';
import type { AttestationRequest } from './attestation.js';
import type { ChangeBase } from './landscape.js';
import type { Operation } from './operation.js';
import { isRecord } from './record-fields.js';

/** What a step of a correction makes, if it makes something. */
function addedOf({ op, value }: Operation): Readonly<Record<string, unknown>> | undefined {
  return op === 'ADD' && isRecord(value) ? value : undefined;
}

/** The elements that a step of a correction speaks of: the one it changes, or those that its relation joins, from and to. */
export function subjectsOf(landscape: ChangeBase, operation: Operation): readonly string[] {
  const relation = landscape.relationByUrn(operation.urn);
  if (relation !== undefined) {
    return [relation.source, relation.target].flatMap((seq) => landscape.elementAt(seq)?.urn ?? []);
  }
  const { source, target } = addedOf(operation) ?? {};
  return typeof source === 'string' && typeof target === 'string' ? [source, target] : [operation.urn];
}

/** The kind of relation that a step speaks of; undefined where it speaks of something else. */
function relationKindOf(landscape: ChangeBase, operation: Operation): unknown {
  return landscape.relationByUrn(operation.urn)?.kind ?? addedOf(operation)?.['kind'];
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
export function correctionIssues(landscape: ChangeBase, request: AttestationRequest): Issue[] {
  const { agency, corrections, expectedRevision } = request;
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
    if (object === undefined || expectedRevision === null || object.revision <= expectedRevision) return [];
    return [issue('STALE_REVISION', path, { urn, expected: expectedRevision, actual: object.revision })];
  });
}

/**
 * What is called right is not corrected: of a relation, it is the record that it leads from which is.
 * @param waiting - the steps of corrections that were sent before and wait.
 */
export function contradictions(
  landscape: ChangeBase,
  { confirmed, flowsComplete, corrections }: AttestationRequest,
  waiting: readonly Operation[],
): Issue[] {
  const [records, joined] = [new Set<string>(), new Set<string>()];
  for (const operation of [...waiting, ...corrections]) {
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

/**
 * Takes back the days on which the agency called complete what it now says is not: its list where something is to come
 * to it or to leave it, the flows of its records where one of them is corrected.
 */
export function takenBackBy(landscape: ChangeBase, { agency, corrections }: AttestationRequest): Operation[] {
  const ownership = new Ownership(landscape, agency);
  const touched = new Map<string, string>();
  for (const operation of corrections) {
    const kind = relationKindOf(landscape, operation);
    const subjects = subjectsOf(landscape, operation);
    if (kind === FLOW) {
      for (const urn of subjects) if (ownership.owns(urn)) touched.set(urn, ATTESTED.flowsComplete);
    }
    const removes = operation.op === 'REMOVE' && operation.path == null && ownership.owns(operation.urn);
    if (removes || (kind === 'OWNED_BY' && subjects.includes(agency))) touched.set(agency, ATTESTED.inventoryComplete);
  }
  return [...touched].flatMap(([urn, key]): Operation[] => {
    const told = landscape.elementByUrn(urn)?.attributes[key];
    return typeof told === 'string' ? [{ op: 'REMOVE', urn, path: `attributes.${key}` }] : [];
  });
}
