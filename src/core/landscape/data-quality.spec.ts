import * as fc from 'fast-check';
import { at, element, landscapeOf, relation } from '../../../test/support/landscapes.js';
import { QualityMeasure, completenessOf, factsWorthAsking, sumOfQualities } from './data-quality.js';
import type { QualityPolicy } from './data-quality.js';
import type { Element, Relation } from './model.js';

const POLICY: QualityPolicy = {
  facts: [
    { field: 'OWNED_BY', weight: 5, kinds: ['SYSTEM', 'PLATFORM'] },
    { field: 'description', weight: 3, kinds: ['SYSTEM'] },
    { field: 'layer', weight: 2, kinds: ['SYSTEM', 'PLATFORM'] },
    { field: 'hosting', weight: 1, kinds: ['SYSTEM'] },
  ],
  freshness: { agingAfterDays: 180, staleAfterDays: 365 },
};
const DAY = '2026-11-25';
const AGENCY = element(1, { kind: 'AGENCY' });

const someSystem = fc.record<Partial<Element>>({
  kind: fc.constantFrom('SYSTEM', 'PLATFORM', 'AGENCY'),
  description: fc.constantFrom(null, 'Để làm gì'),
  layer: fc.constantFrom(null, 1, 4),
  attributes: fc.constantFrom({}, { hosting: 'CLOUD' }, { hosting: null }),
});
const someOwner = fc.constantFrom<Partial<Relation> | undefined>(
  undefined,
  {},
  { status: 'PLANNED' },
  { status: 'ENDED' },
);

describe('data quality', () => {
  it('is what an independent count finds', () => {
    fc.assert(
      fc.property(someSystem, someOwner, (more, owner) => {
        const relations = owner === undefined ? [] : [relation(0, [0, 1], { kind: 'OWNED_BY', ...owner })];
        const landscape = landscapeOf([element(0, more), AGENCY], relations);
        const quality = new QualityMeasure(landscape, POLICY, DAY).of(at(landscape, 0));
        const isSystem = more.kind === 'SYSTEM';
        const isAsked = more.kind !== 'AGENCY';
        // One line for each fact: whether it is asked, whether it is known, its weight.
        const facts: readonly (readonly [boolean, boolean, number])[] = [
          [isAsked, owner !== undefined && owner.status !== 'ENDED', 5],
          [isSystem, more.description !== null, 3],
          [isAsked, more.layer !== null, 2],
          [isSystem, JSON.stringify(more.attributes) !== '{}', 1],
        ];
        let [known, wanted] = [0, 0];
        for (const [asked, told, weight] of facts) {
          if (!asked) continue;
          wanted += weight;
          if (told) known += weight;
        }
        expect([quality.known, quality.wanted]).toEqual([known, wanted]);
        expect(completenessOf(quality)).toBe(wanted === 0 ? 1 : known / wanted);
      }),
    );
  });

  it.each([
    [undefined, 'NEVER_CONFIRMED'],
    [null, 'NEVER_CONFIRMED'],
    ['2026-11-25', 'FRESH'],
    ['2026-05-29', 'FRESH'],
    ['2026-05-28', 'AGING'],
    ['2026-05', 'AGING'],
    ['2025-11-25', 'AGING'],
    ['2025-11-24', 'STALE'],
    ['2025', 'STALE'],
  ])('confirmed on %s is %s', (attestedOn, freshness) => {
    const attributes = attestedOn === undefined ? {} : { attestedOn };
    const landscape = landscapeOf([element(0, { attributes })], []);
    expect(new QualityMeasure(landscape, POLICY, DAY).of(at(landscape, 0)).freshness).toBe(freshness);
  });

  it('asks first for what many stand on, and not of what has ended', () => {
    const whole: Partial<Element> = { description: 'x', layer: 1, attributes: { hosting: null } };
    const list = [
      element(0, whole),
      AGENCY,
      element(2, { ...whole, layer: null }),
      element(3, { phases: [{ phase: 'END_OF_LIFE', from: null }] }),
      element(4, { ...whole, layer: null }),
    ];
    const owned = [0, 2, 4].map((seq, index) => relation(index, [seq, 1], { kind: 'OWNED_BY' }));
    const landscape = landscapeOf(list, [...owned, relation(5, [0, 4]), relation(6, [3, 4])]);
    const measure = new QualityMeasure(landscape, POLICY, DAY);
    const qualities = list.map((each) => [each, measure.of(each)] as const);
    const asked = factsWorthAsking(landscape, qualities, 5);
    expect(asked.map(({ element: { seq }, fact, worth }) => [seq, fact.field, worth])).toEqual([
      [4, 'layer', 4],
      [2, 'layer', 2],
    ]);
    expect(factsWorthAsking(landscape, qualities, 1)).toHaveLength(1);
  });

  it('of several is the share of all their weight', () => {
    const list = [element(0, { description: 'x' }), element(1, { kind: 'PLATFORM' }), element(2, { kind: 'AGENCY' })];
    const landscape = landscapeOf(list, []);
    const measure = new QualityMeasure(landscape, POLICY, DAY);
    const sum = sumOfQualities(list.map((each) => measure.of(each)));
    expect(sum).toMatchObject({ elements: 3, known: 3, wanted: 18, withoutOwner: 2 });
    expect(sum.freshness.NEVER_CONFIRMED).toBe(3);
  });
});
