import { issue } from '../errors.js';
import type { Issue } from '../errors.js';
import type { AttributeDefinitions } from './attribute.js';
import { applyOperation } from './apply-operation.js';
import { ChangeDraft } from './change-draft.js';
import type { Counters, SourceChanges, Touched } from './change-draft.js';
import { checkDefinitions } from './check-definitions.js';
import { checkDraft } from './check-draft.js';
import { checkRecords } from './check-records.js';
import { DefinitionDraft } from './definition-draft.js';
import type { TouchedDefinition } from './definition-draft.js';
import type { ChangeBase } from './landscape.js';
import type { Element, Relation } from './model.js';
import type { LoggedOperation, Operation } from './operation.js';
import { Origins } from './origins.js';
import type { LandscapeDelta } from './snapshot.js';

/** Most operations of one change set: a list of 100,000 rows with their owners fits. */
export const OPERATIONS_MAXIMUM = 300_000;
/** Most things said to be wrong at once; a caller that mends them asks again. */
const ISSUES_MAXIMUM = 100;

export interface ChangeSetRequest {
  readonly operations: readonly Operation[];
  /** The revision the author looked at: a target that changed since is a conflict. */
  readonly expectedRevision?: number | null;
}

export interface PlanContext {
  /** Those of the reference pack; those made at run time come with the landscape. */
  readonly definitions: AttributeDefinitions;
  /** Moment of the commit, ISO 8601 in UTC. */
  readonly at: string;
  readonly counters: Counters;
}

/** What committing a change set will do; nothing has been done yet. */
export interface ChangeSetPlan {
  readonly delta: LandscapeDelta;
  readonly elements: readonly Touched<Element>[];
  readonly relations: readonly Touched<Relation>[];
  readonly definitions: readonly TouchedDefinition[];
  readonly log: readonly LoggedOperation[];
  readonly sources: SourceChanges;
  readonly counters: Counters;
}

/**
 * Works out what a change set does to a landscape, or everything that is wrong with it. Nothing is changed.
 *
 * @param snapshot - the head of the landscape. A commit is judged by all there is; a proposal by the view of whoever
 *   makes it, so that what is wrong with it tells nothing of what he may not see.
 * @returns the plan for revision `snapshot.revision + 1`, or at least one issue with its path in the request. An empty
 *   list of operations is an issue: a revision in which nothing happened says nothing.
 */
export function planChangeSet(
  snapshot: ChangeBase,
  request: ChangeSetRequest,
  context: PlanContext,
): { readonly plan: ChangeSetPlan } | { readonly issues: readonly [Issue, ...Issue[]] } {
  const { operations } = request;
  if (operations.length === 0) return { issues: [issue('VALUE_MISSING', ['operations'], { field: 'operations' })] };
  if (operations.length > OPERATIONS_MAXIMUM) {
    const params = { field: 'operations', limit: OPERATIONS_MAXIMUM, actual: operations.length };
    return { issues: [issue('LIMIT_EXCEEDED', ['operations'], params)] };
  }
  const unknown = unknownRevision(snapshot, request);
  if (unknown !== undefined) return { issues: [unknown] };
  const revision = snapshot.revision + 1;
  const draft = new ChangeDraft(snapshot, context.counters);
  const definitionDraft = new DefinitionDraft(context.definitions, snapshot.definitions.made);
  const log: LoggedOperation[] = [];
  const issues: Issue[] = [];
  const origins = new Origins();
  const places = new Set<string>();
  for (const [index, operation] of operations.entries()) {
    origins.note(operation, index);
    const result =
      staleTarget(snapshot, request, index) ??
      repeatedPlace(operation, index, places) ??
      applyOperation(operation, { draft, definitionDraft, revision, index, log });
    if (result !== undefined) issues.push(...(Array.isArray(result) ? result : [result]));
    if (issues.length >= ISSUES_MAXIMUM) break;
  }
  const found = issues.length > 0 ? issues : outcomeIssues(draft, definitionDraft, origins);
  const [first, ...rest] = found.slice(0, ISSUES_MAXIMUM);
  if (first !== undefined) return { issues: [first, ...rest] };
  const elements = [...draft.touchedElements()];
  const relations = [...draft.touchedRelations()];
  const definitions = definitionDraft.touched();
  const changes = definitions.map(({ urn, after }) => ({ urn, after }));
  const delta = { ...draft.delta(revision, context.at), definitions: changes };
  return { plan: { delta, elements, relations, definitions, log, sources: draft.sources, counters: draft.counters } };
}

/** What is wrong with the landscape that the change set would leave behind, once all its operations are carried out. */
function outcomeIssues(draft: ChangeDraft, definitionDraft: DefinitionDraft, origins: Origins): Issue[] {
  const checks = { definitions: definitionDraft.byKey, origins };
  return [
    ...checkDraft(draft, checks),
    ...checkRecords(draft, checks),
    ...checkDefinitions(draft, { definitionDraft, origins }),
  ];
}

/** Nobody has looked at a revision that is still to come. */
function unknownRevision({ revision: newest }: ChangeBase, request: ChangeSetRequest): Issue | undefined {
  const revision = request.expectedRevision ?? 0;
  return revision <= newest ? undefined : issue('REVISION_UNKNOWN', ['expectedRevision'], { revision, newest });
}

function staleTarget(snapshot: ChangeBase, request: ChangeSetRequest, index: number): Issue | undefined {
  const expected = request.expectedRevision ?? undefined;
  const operation = request.operations[index];
  if (expected === undefined || operation === undefined) return undefined;
  const actual = lastChange(snapshot, operation);
  if (actual === undefined || actual <= expected) return undefined;
  return issue('STALE_REVISION', ['operations', `${index}`], { urn: operation.urn, expected, actual });
}

/** The revision that changed the target of an operation last; undefined where there was none to be looked at. */
function lastChange(snapshot: ChangeBase, { op, urn, restore }: Operation): number | undefined {
  // Where the urn of what is new is taken, that is what is wrong.
  if (op === 'ADD' && restore !== true) return undefined;
  const { made } = snapshot.definitions;
  const present = snapshot.elementByUrn(urn) ?? snapshot.relationByUrn(urn) ?? made.get(urn);
  return op === 'ADD' && present === undefined ? snapshot.removedNumber(urn)?.removedIn : present?.revision;
}

/** One place is set once in a change set: which of two values was meant, nobody can tell. */
function repeatedPlace({ op, urn, path = null }: Operation, index: number, places: Set<string>): Issue | undefined {
  if (op === 'ADD' || path === null) return undefined;
  const place = JSON.stringify([urn, path]);
  if (places.has(place)) return issue('OPERATION_REPEATED', ['operations', `${index}`, 'path'], { urn });
  places.add(place);
  return undefined;
}
