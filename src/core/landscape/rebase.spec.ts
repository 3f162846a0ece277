import * as fc from 'fast-check';
import { DEFINITIONS, addOf, remove, update } from '../../../test/support/change-sets.js';
import {
  NAMED,
  after,
  anyHistory,
  anyOperations,
  goodOperations,
  planAtHead,
  smallLandscape,
} from '../../../test/support/random-change-sets.js';
import { conflictsBetween } from './conflicts-between.js';
import { contentLines } from './content.js';
import { differenceBetween, isSame } from './difference.js';
import type { LandscapeDifference } from './difference.js';
import type { Operation } from './operation.js';
import { overlay } from './overlay.js';
import { rebase } from './rebase.js';
import type { Rebased } from './rebase.js';
import type { Resolution } from './rebase-decision.js';
import type { LandscapeSnapshot } from './snapshot.js';
import { recordValue, valueAt } from './record-values.js';

const base = smallLandscape();
const { SYSTEM, PLATFORM, AGENCY, OTHER, LONE, NEW } = NAMED;

function scenarioOf(on: LandscapeSnapshot, operations: readonly Operation[]): LandscapeSnapshot {
  const outcome = overlay(on, operations, DEFINITIONS);
  if ('issues' in outcome) throw new Error(JSON.stringify([outcome.issues, operations]));
  return outcome.landscape;
}
function rebased(
  current: LandscapeSnapshot,
  operations: readonly Operation[],
  resolutions: readonly Resolution[] = [],
): Rebased {
  return rebase({ base, scenario: scenarioOf(base, operations), current, operations, resolutions });
}
function content(landscape: LandscapeSnapshot): unknown[] {
  return [...contentLines(landscape)];
}
function fieldIn(landscape: LandscapeSnapshot, urn: string, path: string): unknown {
  const record = landscape.elementByUrn(urn) ?? landscape.relationByUrn(urn);
  return record === undefined ? undefined : valueAt(recordValue(landscape, record), path);
}

describe('two scenarios on one base', () => {
  it('that do not conflict may be merged in either order', () => {
    let [merged, refused] = [0, 0];
    fc.assert(
      fc.property(anyHistory, anyOperations, anyOperations, (start, first, second) => {
        const [ours, theirs] = [goodOperations(start, first), goodOperations(start, second)];
        // What is added and removed at once is no change, and still uses up its urn.
        const used = [ours, theirs].flat().filter(({ op, urn }) => op === 'ADD' && !start.isTaken(urn));
        const [left, right] = [after(start, ours), after(start, theirs)];
        if (used.some(({ urn }) => [left, right].some((each) => each.removedNumber(urn) !== undefined))) return;
        const onto = (current: LandscapeSnapshot, operations: readonly Operation[]): Rebased =>
          rebase({ base: start, scenario: scenarioOf(start, operations), current, operations });
        const [ourRest, theirRest] = [onto(right, ours), onto(left, theirs)];
        expect(ourRest.conflicts.length === 0).toBe(theirRest.conflicts.length === 0);
        if (ourRest.conflicts.length > 0) return;
        const [one, other] = [planAtHead(right, ourRest.operations), planAtHead(left, theirRest.operations)];
        // What is illegal only together is refused in either order.
        if (ourRest.operations.length > 0 && theirRest.operations.length > 0)
          expect('plan' in one).toBe('plan' in other);
        if (!('plan' in one) || !('plan' in other)) {
          refused += 1;
          return;
        }
        expect(content(after(right, ourRest.operations))).toEqual(content(after(left, theirRest.operations)));
        merged += 1;
      }),
      { numRuns: 800 },
    );
    expect([merged > 100, refused < 400]).toEqual([true, true]);
  });

  it('that are the same leave nothing to do, and no conflict', () => {
    fc.assert(
      fc.property(anyOperations, (drawn) => {
        const operations = goodOperations(base, drawn);
        const current = after(base, operations);
        if (isSame(differenceBetween(base, current))) return;
        expect(rebased(current, operations)).toEqual({ operations: [], conflicts: [], unresolved: [], unused: [] });
      }),
      { numRuns: 200 },
    );
  });

  it('conflict with each other at the same places, whichever is asked', () => {
    fc.assert(
      fc.property(anyOperations, anyOperations, (first, second) => {
        const [left, right] = [first, second].map((drawn) =>
          differenceBetween(base, after(base, goodOperations(base, drawn))),
        ) as [LandscapeDifference, LandscapeDifference];
        const [there, back] = [conflictsBetween(left, right), conflictsBetween(right, left)];
        expect(there.length === 0).toBe(back.length === 0);
        const fields = (list: typeof there): string[] =>
          list.flatMap(({ urn, path, cause }) => (cause === 'CHANGED_OTHERWISE' ? `${urn} ${path}` : []));
        expect(fields(there)).toEqual(fields(back));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a scenario on a landscape that moved on', () => {
  it('takes from each side what only that side changed', () => {
    fc.assert(
      fc.property(anyOperations, anyOperations, (first, second) => {
        const operations = goodOperations(base, first);
        const current = after(base, goodOperations(base, second));
        const scenario = scenarioOf(base, operations);
        const rest = rebased(current, operations);
        if (
          rest.conflicts.length > 0 ||
          rest.operations.length === 0 ||
          !('plan' in planAtHead(current, rest.operations))
        )
          return;
        const result = after(current, rest.operations);
        for (const { urn, fields } of differenceBetween(base, scenario).elements.changed) {
          for (const { path, after: value } of fields) expect(fieldIn(result, urn, path)).toEqual(value);
        }
        for (const { urn, fields } of differenceBetween(base, current).elements.changed) {
          for (const { path, after: value } of fields) expect(fieldIn(result, urn, path)).toEqual(value);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps the operations as they are where nothing moved', () => {
    const operations = [update(SYSTEM, 'name', 'A')];
    const unused = [{ urn: SYSTEM, path: 'name', choose: 'CURRENT' as const }];
    expect(rebased(base, operations, unused)).toEqual({ operations, conflicts: [], unresolved: [], unused });
  });

  it('does not set again what it did not change, and keeps its sources', () => {
    const current = after(base, [update(SYSTEM, 'name', 'Họ đổi')]);
    const operations = [
      update(SYSTEM, 'name', 'Hệ thống 0'),
      { ...update(SYSTEM, 'layer', 3), source: 'Công văn 2', confidence: 'LOW' as const },
    ];
    expect(rebased(current, operations)).toMatchObject({
      conflicts: [],
      operations: [{ op: 'UPDATE', urn: SYSTEM, path: 'layer', value: 3, source: 'Công văn 2', confidence: 'LOW' }],
    });
  });

  it('completes what both added, and makes of something removed and given back a change', () => {
    const add = (attributes: object): Operation => addOf(NEW, { kind: 'SYSTEM', name: 'Mới', attributes });
    const current = after(base, [add({ note: 'họ' })]);
    const rest = rebased(current, [{ ...add({ userCount: 3 }), source: 'Sổ' }]);
    expect(rest).toMatchObject({
      conflicts: [],
      operations: [{ path: 'attributes.userCount', value: 3, source: 'Sổ' }],
    });
    expect(after(current, rest.operations).elementByUrn(NEW)?.attributes).toEqual({ note: 'họ', userCount: 3 });
    const again = { ...addOf(LONE, { kind: 'SYSTEM', name: 'Hệ thống 4', layer: 4 }), restore: true };
    const renamed = after(base, [update(LONE, 'name', 'Họ đổi')]);
    const kept = rebased(renamed, [remove(LONE), again]);
    expect(after(renamed, kept.operations).elementByUrn(LONE)).toMatchObject({ name: 'Họ đổi', layer: 4 });
  });
});

const whole = expect.objectContaining({ kind: expect.any(String) });
const joins = (urn: string, kind: string, source: string, target: string): Operation =>
  addOf(urn, { kind, source, target });

interface Case {
  readonly what: string;
  readonly theirs: readonly Operation[];
  readonly ours: readonly Operation[];
  readonly conflicts: readonly object[];
  /** What is left to do where each conflict is decided for the scenario; undefined = it can not be. */
  readonly insisting: readonly object[] | undefined;
}

const CASES: readonly Case[] = [
  {
    what: 'both set a field otherwise',
    theirs: [update(SYSTEM, 'name', 'Họ')],
    ours: [update(SYSTEM, 'name', 'Ta')],
    conflicts: [
      { urn: SYSTEM, path: 'name', cause: 'CHANGED_OTHERWISE', base: 'Hệ thống 0', current: 'Họ', scenario: 'Ta' },
    ],
    insisting: [{ op: 'UPDATE', urn: SYSTEM, path: 'name', value: 'Ta' }],
  },
  {
    what: 'both set a list otherwise',
    theirs: [update(SYSTEM, 'aliases', ['HT', 'Họ'])],
    ours: [update(SYSTEM, 'aliases', ['HT', 'Ta'])],
    conflicts: [
      { urn: SYSTEM, path: 'aliases', cause: 'CHANGED_OTHERWISE', current: ['HT', 'Họ'], scenario: ['HT', 'Ta'] },
    ],
    insisting: [{ path: 'aliases', value: ['HT', 'Ta'] }],
  },
  {
    what: 'one forgets what the other sets',
    theirs: [update(SYSTEM, 'attributes.note', 'họ')],
    ours: [remove(SYSTEM, 'attributes.note')],
    conflicts: [
      { path: 'attributes.note', cause: 'CHANGED_OTHERWISE', base: 'cũ', current: 'họ', scenario: undefined },
    ],
    insisting: [{ op: 'REMOVE', urn: SYSTEM, path: 'attributes.note' }],
  },
  {
    what: 'they removed what we change',
    theirs: [remove(LONE)],
    ours: [update(LONE, 'layer', 1)],
    conflicts: [{ urn: LONE, path: null, cause: 'REMOVED_THERE', base: whole, current: undefined, scenario: whole }],
    insisting: [
      { op: 'ADD', urn: LONE, restore: true },
      { op: 'UPDATE', urn: LONE, path: 'layer', value: 1 },
    ],
  },
  {
    what: 'they changed what we remove',
    theirs: [update(LONE, 'layer', 1)],
    ours: [remove(LONE)],
    conflicts: [{ urn: LONE, path: null, cause: 'CHANGED_THERE', base: whole, current: whole, scenario: undefined }],
    insisting: [{ op: 'REMOVE', urn: LONE }],
  },
  {
    what: 'they changed a relation that we remove',
    theirs: [update('urn:khung:r2', 'strength', 'HARD')],
    ours: [remove('urn:khung:r2')],
    conflicts: [{ urn: 'urn:khung:r2', path: null, cause: 'CHANGED_THERE' }],
    insisting: [{ op: 'REMOVE', urn: 'urn:khung:r2' }],
  },
  {
    what: 'they hold on to what we remove',
    theirs: [joins('urn:khung:x', 'DEPENDS_ON', OTHER, LONE), joins('urn:khung:v', 'DEPENDS_ON', LONE, SYSTEM)],
    ours: [remove(LONE)],
    conflicts: [
      { urn: LONE, path: null, cause: 'STILL_RELATED', base: whole, current: ['urn:khung:v', 'urn:khung:x'] },
    ],
    insisting: [
      { op: 'REMOVE', urn: 'urn:khung:v' },
      { op: 'REMOVE', urn: 'urn:khung:x' },
      { op: 'REMOVE', urn: LONE },
    ],
  },
  {
    what: 'they removed the end of a relation that we add',
    theirs: [remove(LONE)],
    ours: [joins('urn:khung:x', 'DEPENDS_ON', SYSTEM, LONE)],
    conflicts: [
      { urn: 'urn:khung:x', path: 'target', cause: 'END_GONE', base: LONE, current: undefined, scenario: LONE },
    ],
    insisting: [
      { op: 'ADD', urn: LONE, restore: true },
      { op: 'ADD', urn: 'urn:khung:x' },
    ],
  },
  {
    what: 'both added one thing and describe it otherwise',
    theirs: [addOf(NEW, { kind: 'SYSTEM', name: 'Họ' })],
    ours: [addOf(NEW, { kind: 'SYSTEM', name: 'Ta' })],
    conflicts: [{ urn: NEW, path: 'name', cause: 'CHANGED_OTHERWISE', base: undefined, current: 'Họ', scenario: 'Ta' }],
    insisting: [{ op: 'UPDATE', urn: NEW, path: 'name', value: 'Ta' }],
  },
  {
    what: 'they gave the urn to a relation',
    theirs: [joins(NEW, 'DEPENDS_ON', OTHER, LONE)],
    ours: [addOf(NEW, { kind: 'SYSTEM', name: 'Ta' })],
    conflicts: [{ urn: NEW, path: null, cause: 'URN_TAKEN', current: whole, scenario: whole }],
    insisting: undefined,
  },
  {
    what: 'both added a relation between other ends',
    theirs: [joins(NEW, 'DEPENDS_ON', OTHER, LONE)],
    ours: [joins(NEW, 'DEPENDS_ON', LONE, OTHER)],
    conflicts: [{ urn: NEW, path: null, cause: 'URN_TAKEN' }],
    insisting: undefined,
  },
  {
    what: 'they gave the urn to something that is gone again',
    theirs: [addOf(NEW, { kind: 'SYSTEM', name: 'Họ' }), remove(NEW)],
    ours: [addOf(NEW, { kind: 'SYSTEM', name: 'Ta' })],
    conflicts: [{ urn: NEW, path: null, cause: 'URN_TAKEN', current: undefined, scenario: whole }],
    insisting: undefined,
  },
];

describe('where both went different ways', () => {
  it.each(CASES)(
    '$what: the conflict is told, and the landscape wins unless somebody decides',
    ({ theirs, ours, conflicts }) => {
      const current = after(base, theirs);
      const rest = rebased(current, ours);
      expect(rest.conflicts).toMatchObject(conflicts);
      expect(rest.unresolved).toEqual(rest.conflicts);
      expect(rest.operations).toEqual([]);
      const giveIn = rest.conflicts.map(({ urn, path }): Resolution => ({ urn, path, choose: 'CURRENT' }));
      expect(rebased(current, ours, giveIn)).toEqual({ ...rest, unresolved: [], operations: [] });
    },
  );

  it.each(CASES)('$what: somebody may insist on the scenario', ({ theirs, ours, insisting }) => {
    const current = after(base, theirs);
    const insist = rebased(current, ours).conflicts.map(({ urn, path }): Resolution => ({
      urn,
      path,
      choose: 'SCENARIO',
    }));
    const rest = rebased(current, ours, insist);
    expect(rest.unresolved).toHaveLength(insisting === undefined ? insist.length : 0);
    expect(rest.operations).toMatchObject(insisting ?? []);
    const result = after(current, rest.operations);
    if (insisting !== undefined) expect(differenceBetween(scenarioOf(base, ours), result).elements.changed).toEqual([]);
  });

  it('a field may be given a third value, an object may not', () => {
    const value: Resolution = { urn: SYSTEM, path: 'name', choose: 'VALUE', value: 'Cả hai' };
    const current = after(base, [update(SYSTEM, 'name', 'Họ'), update(SYSTEM, 'attributes.note', 'họ')]);
    const ours = [update(SYSTEM, 'name', 'Ta'), update(SYSTEM, 'attributes.note', 'ta')];
    const none: Resolution = { urn: SYSTEM, path: 'attributes.note', choose: 'VALUE' };
    expect(rebased(current, ours, [value, none])).toMatchObject({
      unresolved: [],
      operations: [update(SYSTEM, 'name', 'Cả hai'), remove(SYSTEM, 'attributes.note')],
    });
    const gone = after(base, [remove(LONE)]);
    const whole: Resolution = { urn: LONE, path: null, choose: 'VALUE', value: {} };
    expect(rebased(gone, [update(LONE, 'layer', 1)], [whole])).toMatchObject({
      unresolved: [{ urn: LONE }],
      operations: [],
    });
  });

  it('a decision of a place without a conflict is told', () => {
    const current = after(base, [update(SYSTEM, 'layer', 1)]);
    const resolution: Resolution = { urn: AGENCY, path: 'name', choose: 'CURRENT' };
    expect(rebased(current, [update(PLATFORM, 'layer', 1)], [resolution]).unused).toEqual([resolution]);
  });
});

describe('attribute definitions of a scenario', () => {
  const SEATS = 'urn:khung:attribute-seats';
  const define = (questionVi: string): Operation =>
    addOf(SEATS, {
      kind: 'ATTRIBUTE_DEFINITION',
      key: 'seats',
      type: 'INTEGER',
      appliesTo: ['SYSTEM'],
      nameVi: 'Số chỗ',
      nameEn: 'Seats',
      questionVi,
      questionEn: 'How many?',
      askedFrom: 'OWNER',
    });
  const defined = after(smallLandscape(), [define('Bao nhiêu?')]);
  const moved = (
    start: LandscapeSnapshot,
    theirs: readonly Operation[],
    ours: readonly Operation[],
    choose?: 'CURRENT' | 'SCENARIO',
  ): Rebased => {
    const request = { base: start, scenario: scenarioOf(start, ours), current: after(start, theirs), operations: ours };
    const { conflicts } = rebase(request);
    if (choose === undefined) return rebase(request);
    return rebase({ ...request, resolutions: conflicts.map(({ urn, path }) => ({ urn, path, choose })) });
  };

  it('come before the values that need them, and go after them', () => {
    const ours = [define('Bao nhiêu?'), update(SYSTEM, 'attributes.seats', 5)];
    const theirs = [update(SYSTEM, 'name', 'Họ')];
    const rest = moved(base, theirs, ours);
    expect(rest.operations).toMatchObject([
      { op: 'ADD', urn: SEATS },
      { op: 'UPDATE', urn: SYSTEM },
    ]);
    expect(after(after(base, theirs), rest.operations).elementByUrn(SYSTEM)?.attributes).toMatchObject({ seats: 5 });
    const gone = moved(after(defined, [update(SYSTEM, 'attributes.seats', 5)]), theirs, [
      remove(SYSTEM, 'attributes.seats'),
      remove(SEATS),
    ]);
    expect(gone.operations).toMatchObject([
      { op: 'REMOVE', urn: SYSTEM, path: 'attributes.seats' },
      { op: 'REMOVE', urn: SEATS },
    ]);
  });

  it.each<[string, LandscapeSnapshot, Operation, Operation, object, readonly object[]]>([
    [
      'both define one otherwise',
      base,
      define('Họ hỏi?'),
      define('Ta hỏi?'),
      { path: 'questionVi', cause: 'CHANGED_OTHERWISE', current: 'Họ hỏi?', scenario: 'Ta hỏi?' },
      [{ op: 'UPDATE', urn: SEATS, path: 'questionVi', value: 'Ta hỏi?' }],
    ],
    [
      'they removed one that we change',
      defined,
      remove(SEATS),
      update(SEATS, 'questionVi', 'Ta hỏi?'),
      { path: null, cause: 'REMOVED_THERE' },
      [
        { op: 'ADD', urn: SEATS, restore: true },
        { op: 'UPDATE', urn: SEATS, path: 'questionVi', value: 'Ta hỏi?' },
      ],
    ],
    [
      'they changed one that we remove',
      defined,
      update(SEATS, 'questionVi', 'Họ hỏi?'),
      remove(SEATS),
      { path: null, cause: 'CHANGED_THERE' },
      [{ op: 'REMOVE', urn: SEATS }],
    ],
  ])('%s', (_what, start, theirs, ours, conflict, insisting) => {
    expect(moved(start, [theirs], [ours]).conflicts).toMatchObject([{ urn: SEATS, ...conflict }]);
    expect(moved(start, [theirs], [ours], 'CURRENT')).toMatchObject({ unresolved: [], operations: [] });
    const rest = moved(start, [theirs], [ours], 'SCENARIO');
    expect(rest.operations).toMatchObject(insisting);
    expect(planAtHead(after(start, [theirs]), rest.operations)).toHaveProperty('plan');
  });
});
