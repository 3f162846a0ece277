import * as fc from 'fast-check';
import type { Operation } from '../../src/core/landscape/operation.js';
import { planChangeSet } from '../../src/core/landscape/plan-change-set.js';
import type { ChangeSetPlan } from '../../src/core/landscape/plan-change-set.js';
import type { LandscapeSnapshot } from '../../src/core/landscape/snapshot.js';
import type { SourceTable } from '../../src/core/landscape/sources-around.js';
import { COMMIT_MOMENT, DEFINITIONS } from './change-sets.js';
import { element, landscapeOf, relation } from './landscapes.js';

/** Few urns, so that change sets often speak of the same object. */
const ELEMENTS = ['e0', 'e1', 'e2', 'e3', 'e4', 'n0', 'n1', 'n2'].map((id) => `urn:khung:${id}`);
const RELATIONS = ['r0', 'r1', 'r2', 'r3', 's0', 's1', 's2'].map((id) => `urn:khung:${id}`);

/** The elements of the small landscape by what they are, and one that is not there. */
export const NAMED = {
  SYSTEM: 'urn:khung:e0',
  PLATFORM: 'urn:khung:e1',
  AGENCY: 'urn:khung:e2',
  OTHER: 'urn:khung:e3',
  LONE: 'urn:khung:e4',
  NEW: 'urn:khung:moi',
} as const;

/** Five things and four relations among them, of three kinds; one with attributes. */
export function smallLandscape(): LandscapeSnapshot {
  return landscapeOf(
    [
      element(0, { attributes: { note: 'cũ', userCount: 5 }, aliases: ['HT'] }),
      element(1, { kind: 'PLATFORM', layer: 2 }),
      element(2, { kind: 'AGENCY', name: 'Sở' }),
      element(3, { kind: 'SYSTEM', phases: [{ phase: 'ACTIVE', from: '2024' }] }),
      element(4),
    ],
    [
      relation(0, [0, 1], { kind: 'USES_PLATFORM', strength: 'HARD' }),
      relation(1, [0, 2], { kind: 'OWNED_BY' }),
      relation(2, [3, 0]),
      relation(3, [3, 2], { kind: 'OWNED_BY', validFrom: '2024' }),
    ],
  );
}

const anyElement = fc.constantFrom(...ELEMENTS);
const anyRelation = fc.constantFrom(...RELATIONS);
const anySource = fc.constantFrom<Partial<Operation>>(
  {},
  {},
  { source: 'Công văn 1', confidence: 'HIGH' },
  { source: 'Công văn 2' },
  { confidence: 'LOW' },
);

const anyField = fc.oneof(
  fc.record({ path: fc.constant('name'), value: fc.constantFrom('Kho', 'Cổng') }),
  fc.record({ path: fc.constant('layer'), value: fc.constantFrom(1, 2, null) }),
  fc.record({ path: fc.constant('kind'), value: fc.constantFrom('SYSTEM', 'PLATFORM', 'DATABASE') }),
  fc.record({ path: fc.constant('aliases'), value: fc.constantFrom([], ['A'], ['A', 'B']) }),
  fc.record({ path: fc.constant('attributes.note'), value: fc.constantFrom('mới', 'khác', null) }),
  fc.record({ path: fc.constant('attributes.hosting'), value: fc.constantFrom('CLOUD', 'ON_SITE') }),
);
const anyRelationField = fc.oneof(
  fc.record({ path: fc.constant('strength'), value: fc.constantFrom('HARD', 'SOFT') }),
  fc.record({ path: fc.constant('validTo'), value: fc.constantFrom('2027', '2028-05', null) }),
  fc.record({ path: fc.constant('channels'), value: fc.constantFrom([], ['LGSP'], ['LGSP', 'FILE']) }),
);

interface DrawnUpdate {
  readonly urn: string;
  readonly field: { readonly path: string; readonly value: unknown };
  readonly more: Partial<Operation>;
}

function toUpdate({ urn, field, more }: DrawnUpdate): Operation {
  return { ...more, op: 'UPDATE', urn, ...field };
}
function toRemoval(urn: string): Operation {
  return { op: 'REMOVE', urn };
}
function toAddition(urn: string, value: object, more: Partial<Operation>): Operation {
  return { ...more, op: 'ADD', urn, value };
}

const anyAddition = fc
  .record({ kind: fc.constantFrom('SYSTEM', 'PLATFORM'), urn: anyElement, restore: fc.boolean(), more: anySource })
  .map(({ urn, kind, restore, more }) => toAddition(urn, { kind, name: 'Mới' }, { ...more, restore }));
const anyJoining = fc
  .record({
    kind: fc.constantFrom('DEPENDS_ON', 'USES_PLATFORM', 'OWNED_BY', 'PART_OF'),
    source: anyElement,
    target: anyElement,
    urn: anyRelation,
    restore: fc.boolean(),
    more: anySource,
  })
  .map(({ urn, restore, more, ...value }) => toAddition(urn, value, { ...more, restore }));
const anyForgetting = fc
  .tuple(
    anyElement,
    fc.constantFrom('layer', 'aliases', 'attributes.note', 'attributes.userCount', 'attributes.hosting'),
  )
  .map(([urn, path]): Operation => ({ op: 'REMOVE', urn, path }));

/** Any one step; most are possible on some landscape, few on each. */
const anyOperation: fc.Arbitrary<Operation> = fc.oneof(
  anyAddition,
  anyJoining,
  { weight: 3, arbitrary: fc.record({ urn: anyElement, field: anyField, more: anySource }).map(toUpdate) },
  { weight: 2, arbitrary: fc.record({ urn: anyRelation, field: anyRelationField, more: anySource }).map(toUpdate) },
  anyForgetting,
  { weight: 2, arbitrary: anyRelation.map(toRemoval) },
  anyElement.map(toRemoval),
);

/** Any steps, for `goodOperations` to choose from. */
export const anyOperations = fc.array(anyOperation, { minLength: 1, maxLength: 14, size: 'max' });

/** Plans with the next free numbers of the landscape itself. */
export function planAtHead(
  base: LandscapeSnapshot,
  operations: readonly Operation[],
): ReturnType<typeof planChangeSet> {
  const counters = { element: base.elementBound, relation: base.relationBound };
  return planChangeSet(base, { operations }, { definitions: DEFINITIONS, at: COMMIT_MOMENT, counters });
}

/** A landscape and where its values are known from, as the database has both. */
export interface Sourced {
  readonly landscape: LandscapeSnapshot;
  readonly sources: SourceTable;
}

/** Both after a change set that must be good. What comes back has no sources but those it is given. */
export function sourcedAfter({ landscape, sources }: Sourced, operations: readonly Operation[]): Sourced {
  if (operations.length === 0) return { landscape, sources };
  const { elements, relations, delta, sources: changes } = goodPlan(landscape, operations);
  const table = new Map(sources);
  for (const { urn, before, after: left } of [...elements, ...relations]) {
    const known = before === undefined ? {} : table.get(urn);
    const all = Object.entries({ ...known, ...Object.fromEntries(changes.get(urn) ?? []) });
    table.delete(urn);
    const some = all.flatMap(([path, source]) => (source === null ? [] : [[path, source] as const]));
    if (left !== undefined && some.length > 0) table.set(urn, Object.fromEntries(some));
  }
  return { landscape: landscape.with(delta).settled(), sources: table };
}

/** Of some steps those that make, in their order, a change set that the landscape takes. */
export function goodOperations(base: LandscapeSnapshot, drawn: readonly Operation[]): Operation[] {
  let good: Operation[] = [];
  for (const operation of drawn) {
    const longer = [...good, operation];
    if ('plan' in planAtHead(base, longer)) good = longer;
  }
  return good;
}

/** The plan of a change set that must be good. */
export function goodPlan(base: LandscapeSnapshot, operations: readonly Operation[]): ChangeSetPlan {
  const outcome = planAtHead(base, operations);
  if ('issues' in outcome) throw new Error(JSON.stringify([outcome.issues, operations]));
  return outcome.plan;
}

/** The landscape after a change set that must be good; the landscape itself where there is nothing to do. */
export function after(base: LandscapeSnapshot, operations: readonly Operation[]): LandscapeSnapshot {
  return operations.length === 0 ? base : base.with(goodPlan(base, operations).delta).settled();
}

/**
 * A landscape that some change sets have made of the small one, so that it has removed urns and gaps in its numbers; with
 * the sources of its values.
 */
export const anySourcedHistory = fc.array(anyOperations, { maxLength: 2 }).map((sets) => {
  let made: Sourced = { landscape: smallLandscape(), sources: new Map() };
  for (const drawn of sets) made = sourcedAfter(made, goodOperations(made.landscape, drawn));
  return made;
});
/** The same without sources. */
export const anyHistory = anySourcedHistory.map(({ landscape }) => landscape);
