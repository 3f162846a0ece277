import * as fc from 'fast-check';
import { addOf, remove, update } from '../../../test/support/change-sets.js';
import { element, landscapeOf, relation } from '../../../test/support/landscapes.js';
import {
  after,
  anyHistory,
  anyOperations,
  goodOperations,
  goodPlan,
  smallLandscape,
} from '../../../test/support/random-change-sets.js';
import { ADMINISTRATOR, PUBLIC } from '../access/actor.js';
import { LandscapeView } from '../access/view.js';
import { contentLines } from './content.js';
import { countDifference } from './difference-count.js';
import { differenceBetween, isSame } from './difference.js';
import type { LandscapeDifference, TableDifference } from './difference.js';
import { isSurelyAfter, mayHoldOn } from './model.js';
import type { Element, Relation } from './model.js';
import type { Operation } from './operation.js';
import { phaseOn } from './phase.js';
import { recordValue } from './record-values.js';
import { restoring, setting } from './undoing-steps.js';
import type { LandscapeSnapshot } from './snapshot.js';

const base = smallLandscape();
const [SYSTEM, PLATFORM, AGENCY, NEW] = ['e0', 'e1', 'e2', 'moi'].map((id) => `urn:khung:${id}`);

/** The operations that carry a difference out. */
function operationsOf(from: LandscapeSnapshot, { elements, relations, after: to }: LandscapeDifference): Operation[] {
  const adding = <T extends Element | Relation>({ added }: TableDifference<T>): Operation[] =>
    added.flatMap(({ urn, after }) => {
      if (after === undefined) return [];
      const value = recordValue(to, after);
      return [from.isTaken(urn) ? restoring(urn, value) : addOf(urn, value)];
    });
  const changing = <T>({ changed }: TableDifference<T>): Operation[] =>
    changed.flatMap(({ urn, fields }) => fields.map(({ path, after: value }) => setting(urn, path, value)));
  const removing = <T>({ removed }: TableDifference<T>): Operation[] => removed.map(({ urn }) => remove(urn));
  return [
    ...adding(elements),
    ...adding(relations),
    ...changing(elements),
    ...changing(relations),
    ...removing(relations),
    ...removing(elements),
  ];
}

/** What a difference says, without the landscapes that it was made from and their numbers. */
function told({ elements, relations }: LandscapeDifference): unknown {
  const table = <T>({ added, removed, changed }: TableDifference<T>): unknown => ({
    added: added.map(({ urn, ends }) => [urn, ends]),
    removed: removed.map(({ urn, ends }) => [urn, ends]),
    changed: changed.map(({ urn, fields, ends }) => [urn, fields, ends]),
  });
  return { elements: table(elements), relations: table(relations) };
}

/** The same landscape from scratch: none of its objects is shared with the original. */
function copied(landscape: LandscapeSnapshot): LandscapeSnapshot {
  return landscapeOf(
    Array.from(landscape.elements(), (each) => structuredClone(each)),
    Array.from(landscape.relations(), (each) => structuredClone(each)),
  );
}

describe('the difference of two landscapes', () => {
  it('carried out on the one gives the other', () => {
    let changed = 0;
    fc.assert(
      fc.property(anyHistory, anyOperations, (before, drawn) => {
        const there = after(before, goodOperations(before, drawn));
        const difference = differenceBetween(before, there);
        const again = after(before, operationsOf(before, difference));
        expect([...contentLines(again)]).toEqual([...contentLines(there)]);
        expect(isSame(difference)).toBe(
          JSON.stringify([...contentLines(before)]) === JSON.stringify([...contentLines(there)]),
        );
        changed += Number(!isSame(difference));
      }),
      { numRuns: 500 },
    );
    expect(changed).toBeGreaterThan(300);
  });

  it('is the same whether their pages are shared, their objects are copies, or somebody looks at them', () => {
    fc.assert(
      fc.property(anyHistory, anyOperations, (before, drawn) => {
        const there = after(before, goodOperations(before, drawn));
        const expected = told(differenceBetween(before, there));
        expect(told(differenceBetween(copied(before), copied(there)))).toEqual(expected);
        expect(told(differenceBetween(before, copied(there)))).toEqual(expected);
        const [seenBefore, seenAfter] = [before, there].map((each) => LandscapeView.of(each, ADMINISTRATOR));
        if (seenBefore === undefined || seenAfter === undefined) throw new Error('two views');
        expect(told(differenceBetween(seenBefore, seenAfter))).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });

  it('goes by urn where two branches of one landscape gave one number to two things', () => {
    const value = { kind: 'SYSTEM', name: 'Mới' };
    const left = base.with(
      goodPlan(base, [
        addOf('urn:khung:a', value),
        addOf('urn:khung:s', { kind: 'DEPENDS_ON', source: 'urn:khung:a', target: PLATFORM }),
      ]).delta,
    );
    const right = base.with(
      goodPlan(base, [
        addOf('urn:khung:b', value),
        addOf('urn:khung:a', value),
        addOf('urn:khung:s', { kind: 'DEPENDS_ON', source: 'urn:khung:b', target: PLATFORM }),
      ]).delta,
    );
    expect(told(differenceBetween(left, right))).toEqual({
      elements: { added: [['urn:khung:b', []]], removed: [], changed: [] },
      relations: {
        added: [],
        removed: [],
        changed: [
          ['urn:khung:s', [{ path: 'source', before: 'urn:khung:a', after: 'urn:khung:b' }], ['urn:khung:b', PLATFORM]],
        ],
      },
    });
  });

  it('tells each field with both its values, fields in their order and then attributes by key', () => {
    const there = after(base, [
      update(SYSTEM ?? '', 'attributes.hosting', 'CLOUD'),
      remove(SYSTEM ?? '', 'attributes.userCount'),
      update(SYSTEM ?? '', 'attributes.note', null),
      update(SYSTEM ?? '', 'aliases', ['HT', 'B']),
      update(SYSTEM ?? '', 'name', 'Đổi'),
    ]);
    expect(differenceBetween(base, there).elements.changed).toMatchObject([
      {
        urn: SYSTEM,
        fields: [
          { path: 'name', before: 'Hệ thống 0', after: 'Đổi' },
          { path: 'aliases', before: ['HT'], after: ['HT', 'B'] },
          { path: 'attributes.hosting', before: undefined, after: 'CLOUD' },
          { path: 'attributes.note', before: 'cũ', after: null },
          { path: 'attributes.userCount', before: 5, after: undefined },
        ],
      },
    ]);
  });

  it('is nothing where something changed and changed back, and where one looks at oneself', () => {
    const back = after(after(base, [update(SYSTEM ?? '', 'layer', 2)]), [update(SYSTEM ?? '', 'layer', null)]);
    expect(back.elementByUrn(SYSTEM ?? '')?.revision).toBe(3);
    expect(isSame(differenceBetween(base, back))).toBe(true);
    expect(isSame(differenceBetween(base, base))).toBe(true);
  });

  it('takes objects for the same whatever the order of their keys, and attributes named like parts of every object', () => {
    const one = landscapeOf([element(0, { attributes: { a: { x: 1, y: [1] }, constructor: 1 } })], []);
    const other = landscapeOf([element(0, { attributes: { constructor: 1, a: { y: [1], x: 1 } } })], []);
    const third = landscapeOf([element(0, { attributes: { a: { x: 1, z: [1] } } })], []);
    expect(isSame(differenceBetween(one, other))).toBe(true);
    expect(differenceBetween(one, third).elements.changed[0]?.fields).toEqual([
      { path: 'attributes.a', before: { x: 1, y: [1] }, after: { x: 1, z: [1] } },
      { path: 'attributes.constructor', before: 1, after: undefined },
    ]);
  });

  it('knows nothing of what somebody may not see', () => {
    const hidden = landscapeOf([element(0), element(1, { visibility: 'RESTRICTED' })], [relation(0, [0, 1])]);
    const opened = after(hidden, [update('urn:khung:e1', 'visibility', 'PUBLIC'), update('urn:khung:e0', 'layer', 1)]);
    const renamed = after(hidden, [update('urn:khung:e1', 'name', 'Kín')]);
    const seen = (landscape: LandscapeSnapshot): LandscapeView => LandscapeView.of(landscape, PUBLIC);
    expect(isSame(differenceBetween(seen(hidden), seen(renamed)))).toBe(true);
    expect(told(differenceBetween(seen(hidden), seen(opened)))).toEqual({
      elements: {
        added: [['urn:khung:e1', []]],
        removed: [],
        changed: [['urn:khung:e0', [{ path: 'layer', before: null, after: 1 }], []]],
      },
      relations: { added: [['urn:khung:r0', ['urn:khung:e0', 'urn:khung:e1']]], removed: [], changed: [] },
    });
  });
});

describe('the difference of two days', () => {
  const someDate = fc.option(fc.constantFrom('2025', '2026', '2026-03', '2026-03-15', '2027-01-01'), { nil: null });
  const someDay = fc.constantFrom('2024-12-31', '2026-01-01', '2026-03-15', '2026-03', '2026-12-31', '2028-01-01');
  const somePhases = fc.array(
    fc.record({ phase: fc.constantFrom('PLAN' as const, 'ACTIVE' as const, 'END_OF_LIFE' as const), from: someDate }),
    { maxLength: 3 },
  );
  const someLandscape = fc
    .record({
      lives: fc.array(somePhases, { minLength: 2, maxLength: 4 }),
      validities: fc.array(fc.record({ validFrom: someDate, validTo: someDate }), { maxLength: 4 }),
    })
    .map(({ lives, validities }) =>
      landscapeOf(
        lives.map((phases, seq) => element(seq, { phases })),
        validities.map((validity, seq) => relation(seq, [seq % 2, 1 - (seq % 2)], validity)),
      ),
    );

  it('tells what began, what ended and whose phase is another, and no more', () => {
    const told = { added: 0, removed: 0, changed: 0 };
    fc.assert(
      fc.property(someLandscape, someDay, someDay, (landscape, from, to) => {
        const today = '2026-06-01';
        const seen = (day: string): LandscapeView =>
          LandscapeView.of(landscape, ADMINISTRATOR, { day, onlyValid: true, today });
        const { elements, relations } = differenceBetween(seen(from), seen(to));
        const mayStand = ({ phases }: Element, day: string): boolean =>
          phases[0]?.phase === 'END_OF_LIFE' ||
          phases.length === 0 ||
          phases.some((each) => each.from === null || !isSurelyAfter(each.from, day));
        const mayHold = (each: Relation, day: string): boolean =>
          mayHoldOn(each, day) &&
          [each.source, each.target].every((end) => mayStand(landscape.elementAt(end) ?? element(end), day));
        const only = <T extends Element | Relation>(
          all: Iterable<T>,
          holds: (each: T, day: string) => boolean,
          [on, off]: readonly [string, string],
        ): string[] => Array.from(all).flatMap((each) => (holds(each, on) && !holds(each, off) ? each.urn : []));
        const urns = (list: readonly { readonly urn: string }[]): string[] => list.map(({ urn }) => urn);
        expect(urns(elements.added)).toEqual(only(landscape.elements(), mayStand, [to, from]));
        expect(urns(elements.removed)).toEqual(only(landscape.elements(), mayStand, [from, to]));
        expect(urns(relations.added)).toEqual(only(landscape.relations(), mayHold, [to, from]));
        expect(urns(relations.removed)).toEqual(only(landscape.relations(), mayHold, [from, to]));
        expect(relations.changed).toEqual([]);
        const moved = Array.from(landscape.elements()).flatMap((each) => {
          const [before, after] = [from, to].map((day) => phaseOn(each, day, today));
          const isBoth = mayStand(each, from) && mayStand(each, to);
          return isBoth && before !== after ? [{ urn: each.urn, fields: [], phase: { before, after } }] : [];
        });
        expect(elements.changed.map(({ urn, fields, phase }) => ({ urn, fields, phase }))).toEqual(moved);
        for (const way of ['added', 'removed', 'changed'] as const) told[way] += elements[way].length;
      }),
      { numRuns: 500 },
    );
    expect(Object.values(told).every((count) => count > 50)).toBe(true);
  });

  it('says that nobody knows the phase where an end has no date', () => {
    const phases = [
      { phase: 'ACTIVE', from: '2020' },
      { phase: 'END_OF_LIFE', from: null },
    ] as const;
    const landscape = landscapeOf([element(0, { phases })], []);
    const on = (day: string): LandscapeView =>
      LandscapeView.of(landscape, ADMINISTRATOR, { day, onlyValid: true, today: '2026-06-01' });
    expect(isSame(differenceBetween(on('2022-01-01'), on('2023-01-01')))).toBe(true);
    expect(differenceBetween(on('2022-01-01'), on('2026-06-01')).elements.changed).toMatchObject([
      { fields: [], phase: { before: 'UNKNOWN', after: 'END_OF_LIFE' } },
    ]);
  });
});

describe('an object that was removed and given back', () => {
  const urn = SYSTEM ?? '';
  const before = landscapeOf([element(0)], []);
  const gone = after(before, [remove(urn)]);
  const back = after(gone, [restoring(urn, { kind: 'SYSTEM', name: 'Hệ thống 0', layer: 2 })]);

  it('has changed at most, whatever was between', () => {
    expect([isSame(differenceBetween(before, gone)), isSame(differenceBetween(gone, back))]).toEqual([false, false]);
    for (const [one, other] of [
      [before, back],
      [copied(before), copied(back)],
    ] as const) {
      const { added, removed, changed } = differenceBetween(one, other).elements;
      expect([added, removed]).toEqual([[], []]);
      expect(changed).toMatchObject([{ urn, fields: [{ path: 'layer', before: null, after: 2 }] }]);
    }
  });
});

describe('the counts of a difference', () => {
  it('are by kind and by owner, of what is gone by the owner it had', () => {
    const there = after(base, [
      addOf(NEW ?? '', { kind: 'DATABASE', name: 'Kho' }),
      addOf('urn:khung:moi-so', { kind: 'OWNED_BY', source: NEW, target: AGENCY }),
      remove('urn:khung:r2'),
      remove('urn:khung:r3'),
      remove('urn:khung:e3'),
      update(SYSTEM ?? '', 'layer', 3),
      update(PLATFORM ?? '', 'layer', 1),
    ]);
    const counts = countDifference(differenceBetween(base, there));
    expect(counts).toMatchObject({
      elements: { added: 1, removed: 1, changed: 2 },
      relations: { added: 1, removed: 2, changed: 0 },
      byElementKind: [
        { kind: 'SYSTEM', added: 0, removed: 1, changed: 1 },
        { kind: 'PLATFORM', added: 0, removed: 0, changed: 1 },
        { kind: 'DATABASE', added: 1, removed: 0, changed: 0 },
      ],
      byRelationKind: [
        { kind: 'DEPENDS_ON', added: 0, removed: 1, changed: 0 },
        { kind: 'OWNED_BY', added: 1, removed: 1, changed: 0 },
      ],
      byOwner: [
        { owner: { urn: AGENCY }, added: 1, removed: 1, changed: 1 },
        { owner: undefined, added: 0, removed: 0, changed: 1 },
      ],
    });
  });

  it('of each list sum up to the whole', () => {
    fc.assert(
      fc.property(anyHistory, anyOperations, (before, drawn) => {
        const difference = differenceBetween(before, after(before, goodOperations(before, drawn)));
        const { elements, relations, byElementKind, byRelationKind, byOwner } = countDifference(difference);
        const sum = (list: readonly { added: number; removed: number; changed: number }[]): object =>
          list.reduce(
            (total, { added, removed, changed }) => ({
              added: total.added + added,
              removed: total.removed + removed,
              changed: total.changed + changed,
            }),
            { added: 0, removed: 0, changed: 0 },
          );
        expect([sum(byElementKind), sum(byRelationKind), sum(byOwner)]).toEqual([elements, relations, elements]);
      }),
      { numRuns: 100 },
    );
  });
});
