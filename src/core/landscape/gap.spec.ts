import { element, landscapeOf, relation } from '../../../test/support/landscapes.js';
import { gapBetween } from './gap.js';
import type { Element, Relation } from './model.js';

const TODAY = '2026-11-25';
const TARGET = '2030-12-31';

/** What the gap says of a thing that is recorded the same on both sides. */
function ofElement(more: Partial<Element>): string[] {
  const landscape = landscapeOf([element(0, more)], []);
  return ways(gapBetween({ landscape, day: TODAY }, { landscape, day: TARGET }).elements);
}
function ofRelation(more: Partial<Relation>): string[] {
  const landscape = landscapeOf(2, [relation(0, [0, 1], more)]);
  return ways(gapBetween({ landscape, day: TODAY }, { landscape, day: TARGET }).relations);
}
function ways(table: { readonly [way in 'added' | 'removed' | 'changed']: readonly unknown[] }): string[] {
  return (['added', 'removed', 'changed'] as const).flatMap((way) => table[way].map(() => way));
}

describe('the gap to a target architecture', () => {
  it.each<[string, Partial<Element>, string[]]>([
    ['of which nobody has told', {}, []],
    ['in use', { phases: [{ phase: 'ACTIVE', from: '2020' }] }, []],
    ['planned, since a day nobody knows', { phases: [{ phase: 'PLAN', from: null }] }, ['added']],
    [
      'planned and in use later',
      {
        phases: [
          { phase: 'PLAN', from: '2025' },
          { phase: 'ACTIVE', from: '2028' },
        ],
      },
      ['added'],
    ],
    ['that begins after the target', { phases: [{ phase: 'ACTIVE', from: '2031' }] }, []],
    [
      'that ends before the target',
      {
        phases: [
          { phase: 'ACTIVE', from: '2020' },
          { phase: 'END_OF_LIFE', from: '2029' },
        ],
      },
      ['removed'],
    ],
    ['that ended already', { phases: [{ phase: 'END_OF_LIFE', from: '2020' }] }, []],
    ['that may have begun this year', { phases: [{ phase: 'ACTIVE', from: '2026' }] }, []],
  ])('a thing %s', (_what, more, expected) => {
    expect(ofElement(more)).toEqual(expected);
  });

  it.each<[string, Partial<Relation>, string[]]>([
    ['of which nobody has told', {}, []],
    ['that is planned', { status: 'PLANNED' }, ['added']],
    ['that has ended', { status: 'ENDED' }, []],
    ['that is over by then', { validTo: '2028' }, ['removed']],
    ['that begins until then', { validFrom: '2028' }, ['added']],
  ])('a relation %s', (_what, more, expected) => {
    expect(ofRelation(more)).toEqual(expected);
  });

  it('counts a relation where both its ends are', () => {
    const leaving = element(0, {
      phases: [
        { phase: 'ACTIVE', from: '2020' },
        { phase: 'END_OF_LIFE', from: '2029' },
      ],
    });
    const landscape = landscapeOf([leaving, element(1)], [relation(0, [1, 0])]);
    const gap = gapBetween({ landscape, day: TODAY }, { landscape, day: TARGET });
    expect([ways(gap.elements), ways(gap.relations)]).toEqual([['removed'], ['removed']]);
  });

  it('holds nothing that only becomes something else by its own phases, whether both sides share the record or not', () => {
    const phases = [
      { phase: 'PILOT', from: '2020' },
      { phase: 'ACTIVE', from: '2028' },
    ] as const;
    const [older, newer] = [landscapeOf([element(0, { phases })], []), landscapeOf([element(0, { phases })], [])];
    for (const landscape of [older, newer]) {
      const gap = gapBetween({ landscape: older, day: TODAY }, { landscape, day: TARGET });
      expect(ways(gap.elements)).toEqual([]);
    }
  });

  it('tells what is recorded otherwise, field by field', () => {
    const [now, then] = [landscapeOf([element(0)], []), landscapeOf([element(0, { layer: 2 })], [])];
    const gap = gapBetween({ landscape: now, day: TODAY }, { landscape: then, day: TARGET });
    expect(gap.elements.changed).toMatchObject([{ fields: [{ path: 'layer', before: null, after: 2 }] }]);
  });
});
