import { issue } from '../errors.js';
import type { Issue } from '../errors.js';
import { finished } from '../finished.js';
import type { AttributeDefinitions } from './attribute.js';
import { applyOperation } from './apply-operation.js';
import { ChangeDraft } from './change-draft.js';
import type { Counters, SourceChanges, Touched } from './change-draft.js';
import { checkDefinitions } from './check-definitions.js';
import { checkDraft } from './check-draft.js';
import type { DraftChecks } from './check-draft.js';
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
/** Most things said to be wrong at once, unless more are asked for: a caller that mends them asks again. */
export const ISSUES_MAXIMUM = 100;

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
  /** Most things said to be wrong; absent = a hundred. Of one step all is told, or nothing. */
  readonly issuesMaximum?: number;
}

type Outcome = { readonly plan: ChangeSetPlan } | { readonly issues: readonly [Issue, ...Issue[]] };

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

/** As `planningChangeSet`, at once. */
export function planChangeSet(snapshot: ChangeBase, request: ChangeSetRequest, context: PlanContext): Outcome {
  return finished(planningChangeSet(snapshot, request, context));
}

/**
 * Works out what a change set does to a landscape, or everything that is wrong with it, in steps short enough to let others
 * have their turn in between. Nothing is changed.
 *
 * @param snapshot - the head of the landscape. A commit is judged by all there is; a proposal by the view of whoever
 *   makes it, so that what is wrong with it tells nothing of what he may not see.
 * @returns the plan for revision `snapshot.revision + 1`, or at least one issue with its path in the request. An empty
 *   list of operations is an issue: a revision in which nothing happened says nothing.
 */
export function* planningChangeSet(
  snapshot: ChangeBase,
  request: ChangeSetRequest,
  context: PlanContext,
): Generator<void, Outcome> {
  const { operations } = request;
  const { issuesMaximum = ISSUES_MAXIMUM } = context;
  const refused = requestIssue(snapshot, request);
  if (refused !== undefined) return { issues: [refused] };
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
    if (issues.length >= issuesMaximum) break;
    yield;
  }
  const found = issues.length > 0 ? issues : yield* outcomeIssues(draft, definitionDraft, { origins, issuesMaximum });
  const [first, ...rest] = found.slice(0, issuesMaximum);
  if (first !== undefined) return { issues: [first, ...rest] };
  const elements = [...draft.touchedElements()];
  const relations = [...draft.touchedRelations()];
  const definitions = definitionDraft.touched();
  const changes = definitions.map(({ urn, after }) => ({ urn, after }));
  const delta = { ...draft.delta(revision, context.at), definitions: changes };
  return { plan: { delta, elements, relations, definitions, log, sources: draft.sources, counters: draft.counters } };
}

/** What is wrong with a change set before any of its operations is looked at. */
function requestIssue(snapshot: ChangeBase, request: ChangeSetRequest): Issue | undefined {
  const { length } = request.operations;
  if (length === 0) return issue('VALUE_MISSING', ['operations'], { field: 'operations' });
  if (length <= OPERATIONS_MAXIMUM) return unknownRevision(snapshot, request);
  const params = { field: 'operations', limit: OPERATIONS_MAXIMUM, actual: length };
  return issue('LIMIT_EXCEEDED', ['operations'], params);
}

/** What is wrong with the landscape that the change set would leave behind, once all its operations are carried out. */
function* outcomeIssues(
  draft: ChangeDraft,
  definitionDraft: DefinitionDraft,
  { origins, issuesMaximum }: Pick<DraftChecks, 'origins' | 'issuesMaximum'>,
): Generator<void, Issue[]> {
  const checks = { definitions: definitionDraft.byKey, origins, issuesMaximum };
  const ofDraft = yield* checkDraft(draft, checks);
  const ofRecords = yield* checkRecords(draft, checks);
  return [...ofDraft, ...ofRecords, ...checkDefinitions(draft, { definitionDraft, origins })];
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
