import type { Issue } from '../../src/core/errors.js';
import type { AttributeDefinition, AttributeDefinitions } from '../../src/core/landscape/attribute.js';
import { ELEMENT_KINDS } from '../../src/core/landscape/model.js';
import type { Operation } from '../../src/core/landscape/operation.js';
import { planChangeSet } from '../../src/core/landscape/plan-change-set.js';
import type { ChangeSetPlan } from '../../src/core/landscape/plan-change-set.js';
import type { LandscapeSnapshot } from '../../src/core/landscape/snapshot.js';

/** An attribute of systems that anybody may read, unless told otherwise. */
export function definition(key: string, more: Partial<AttributeDefinition> = {}): AttributeDefinition {
  return {
    key,
    type: 'STRING',
    appliesTo: ['SYSTEM'],
    visibility: 'PUBLIC',
    nameVi: key,
    nameEn: key,
    questionVi: key,
    questionEn: key,
    askedFrom: 'OWNER',
    ...more,
  };
}

/** One attribute of each type; all of systems, `hosting` of platforms too, `stateSecret` of everything. */
export const DEFINITIONS: AttributeDefinitions = new Map(
  [
    definition('note'),
    definition('hosting', { type: 'ENUM', values: ['CLOUD', 'ON_SITE'], appliesTo: ['SYSTEM', 'PLATFORM'] }),
    definition('userCount', { type: 'INTEGER', minimum: 0, maximum: 1000 }),
    definition('isMobile', { type: 'BOOLEAN' }),
    definition('startedOn', { type: 'DATE' }),
    definition('successor', { type: 'URN' }),
    definition('site', { type: 'URL' }),
    definition('domains', { type: 'STRING_LIST', listMaximum: 2 }),
    definition('stateSecret', { type: 'BOOLEAN', appliesTo: ELEMENT_KINDS, refuses: [true] }),
  ].map((each) => [each.key, each]),
);

/** A definition of seats, an attribute of systems made at run time. */
export function seatsDefinition(more: object = {}): Record<string, unknown> {
  return {
    kind: 'ATTRIBUTE_DEFINITION',
    key: 'seats',
    type: 'INTEGER',
    appliesTo: ['SYSTEM'],
    nameVi: 'Số chỗ',
    nameEn: 'Seats',
    questionVi: 'Có bao nhiêu chỗ?',
    questionEn: 'How many seats?',
    askedFrom: 'OWNER',
    ...more,
  };
}
export function addSeats(urn: string, more: object = {}): Operation {
  return addOf(urn, seatsDefinition(more));
}

export const COMMIT_MOMENT = '2026-11-24T00:00:00.000Z';

/** Plans a change set on a base whose next free numbers are 100 for elements and 200 for relations. */
export function planOn(
  base: LandscapeSnapshot,
  operations: readonly Operation[],
  expectedRevision?: number | null,
): ReturnType<typeof planChangeSet> {
  const request = expectedRevision === undefined ? { operations } : { operations, expectedRevision };
  const counters = { element: 100, relation: 200 };
  return planChangeSet(base, request, { definitions: DEFINITIONS, at: COMMIT_MOMENT, counters });
}

/** What is wrong with a change set where these attributes are defined. */
export function issuesWith(
  definitions: AttributeDefinitions,
  base: LandscapeSnapshot,
  operations: readonly Operation[],
): readonly Issue[] {
  const outcome = outcomeWith(definitions, base, operations);
  return 'issues' in outcome ? outcome.issues : [];
}

/** Everything that is wrong with a change set, however much. */
export function allIssuesWith(
  definitions: AttributeDefinitions,
  base: LandscapeSnapshot,
  operations: readonly Operation[],
): readonly Issue[] {
  const outcome = outcomeWith(definitions, base, operations, Number.POSITIVE_INFINITY);
  return 'issues' in outcome ? outcome.issues : [];
}

/** The landscape after a change set that must be good where these attributes are defined. */
export function committedWith(
  definitions: AttributeDefinitions,
  base: LandscapeSnapshot,
  operations: readonly Operation[],
): LandscapeSnapshot {
  const outcome = outcomeWith(definitions, base, operations);
  if ('issues' in outcome) throw new Error(JSON.stringify(outcome.issues));
  return base.with(outcome.plan.delta).settled();
}

function outcomeWith(
  definitions: AttributeDefinitions,
  base: LandscapeSnapshot,
  operations: readonly Operation[],
  issuesMaximum = 100,
): ReturnType<typeof planChangeSet> {
  const counters = { element: Math.max(100, base.elementBound), relation: base.relationCount + 200 };
  return planChangeSet(base, { operations }, { definitions, at: COMMIT_MOMENT, counters, issuesMaximum });
}

/** The plan of a change set that must be good. */
export function planned(base: LandscapeSnapshot, ...operations: readonly Operation[]): ChangeSetPlan {
  const outcome = planOn(base, operations);
  if ('issues' in outcome) throw new Error(JSON.stringify(outcome.issues));
  return outcome.plan;
}

/** What is wrong with a change set; nothing where it is good. */
export function issuesOn(base: LandscapeSnapshot, ...operations: readonly Operation[]): readonly Issue[] {
  const outcome = planOn(base, operations);
  return 'issues' in outcome ? outcome.issues : [];
}

/** The landscape after a change set that must be good. */
export function committed(base: LandscapeSnapshot, ...operations: readonly Operation[]): LandscapeSnapshot {
  return base.with(planned(base, ...operations).delta).settled();
}

/** `REASON at.its.path`, as short as an issue can be told. */
export function told(issues: readonly Issue[]): string[] {
  return issues.map(({ reason, path }) => `${reason} ${path.join('.')}`);
}

export function addOf(urn: string, value: unknown): Operation {
  return { op: 'ADD', urn, value };
}
export function update(urn: string, path: string, value: unknown): Operation {
  return { op: 'UPDATE', urn, path, value };
}
export function remove(urn: string, path?: string): Operation {
  return path === undefined ? { op: 'REMOVE', urn } : { op: 'REMOVE', urn, path };
}
