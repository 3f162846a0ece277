import * as fc from 'fast-check';
import { element, landscapeOf, relation, urnOf } from '../../../test/support/landscapes.js';
import { NaiveFilters } from '../../../test/support/naive-filter.js';
import { selectElements, selectRelations, selectRelationsOf } from './filter-select.js';
import type { ElementFilter, RelationFilter } from './filter.js';
import type { Element, Json, Relation } from './model.js';

const KINDS = ['SYSTEM', 'PLATFORM', 'AGENCY'] as const;
const NAMES = ['Kho dữ liệu', 'Quản lý văn bản', 'Sở Tài chính'];
const VALUES: readonly Json[] = ['CLOUD', 'Đám mây', 3, 0, true, null, '2025', '2025-07', '2025-07-01'];
const RELATION_KINDS = ['OWNED_BY', 'DEPENDS_ON', 'EXCHANGES_DATA_WITH'] as const;
const LARGEST = 7;

const someElement = fc.record<Partial<Element>>({
  kind: fc.constantFrom(...KINDS),
  name: fc.constantFrom(...NAMES),
  layer: fc.constantFrom(null, 1, 2),
  level: fc.constantFrom(null, 'PROVINCE' as const, 'COMMUNE' as const),
  attributes: fc.oneof(
    fc.constant({}),
    fc.constantFrom(...VALUES).map((a) => ({ a })),
  ),
});
const records = fc.array(someElement, { minLength: 3, maxLength: LARGEST }).chain((list) => {
  const seq = fc.nat(list.length - 1);
  const someRelation = fc.record<Partial<Relation>>({
    kind: fc.constantFrom(...RELATION_KINDS),
    strength: fc.constantFrom('HARD', 'UNKNOWN'),
    status: fc.constantFrom('IN_USE', 'ENDED'),
    channels: fc.subarray(['LGSP', 'FILE', 'UNKNOWN'] as const),
  });
  return fc.record({
    elements: fc.constant(list.map((more, each) => element(each, more))),
    relations: fc
      .array(fc.tuple(seq, seq, someRelation), { minLength: 4, maxLength: 12 })
      .map((drawn) => drawn.map(([source, target, more], each) => relation(each, [source, target], more))),
  });
});

type Arbitraries<T> = { readonly [K in keyof T]: fc.Arbitrary<T[K]> };

/** One or two of the conditions: with many of them a filter seldom finds anything. Now and then one is null. */
function few<T>(conditions: Arbitraries<T>): fc.Arbitrary<{ [K in keyof T]?: T[K] | null }> {
  const names = Object.keys(conditions) as (keyof T)[];
  return fc.subarray(names, { minLength: 1, maxLength: Math.min(2, names.length) }).chain((keys) => {
    const given = keys.map((key) => [key, fc.option(conditions[key], { freq: 20 })] as const);
    // Some of the conditions, each with its own values or null.
    return fc.record(Object.fromEntries(given)) as unknown as fc.Arbitrary<{ [K in keyof T]?: T[K] | null }>;
  });
}

const dates = fc.constantFrom('2024', '2025', '2025-07', '2025-07-01', '2026-01');
const strings = few({
  eq: fc.constantFrom(...NAMES, 'CLOUD'),
  ne: fc.constantFrom(...NAMES, 'CLOUD'),
  contains: fc.constantFrom('du lieu', 'ây', 'O'),
  startsWith: fc.constantFrom('kho', 'đ', 'SO'),
  isNull: fc.boolean(),
});
const ints = few({
  eq: fc.nat(3),
  lt: fc.nat(3),
  gte: fc.nat(3),
  isNull: fc.boolean(),
});

const { elementFilter, relationFilter } = fc.letrec<{ elementFilter: ElementFilter; relationFilter: RelationFilter }>(
  (tie) => {
    const nested = { maxDepth: 4, withCrossShrink: true };
    return {
      elementFilter: fc.oneof(
        nested,
        few({
          kind: fc.subarray([...KINDS]),
          name: strings,
          layer: ints,
          level: fc.subarray(['PROVINCE', 'COMMUNE'] as const),
          urn: fc.array(
            fc.nat(LARGEST).map((seq) => urnOf(`e${seq}`)),
            { maxLength: 3 },
          ),
          attribute: few({
            isKnown: fc.boolean(),
            boolean: fc.boolean(),
            int: ints,
            string: strings,
            date: few({ eq: dates, before: dates, after: dates }),
          }).map((conditions) => ({ ...conditions, key: 'a' })),
        }),
        few({
          and: fc.array(tie('elementFilter'), { maxLength: 2 }),
          or: fc.array(tie('elementFilter'), { maxLength: 2 }),
          not: tie('elementFilter'),
          owner: tie('elementFilter'),
        }),
        few({
          relation: few({
            some: tie('relationFilter'),
            none: tie('relationFilter'),
            every: tie('relationFilter'),
          }),
        }),
      ),
      relationFilter: fc.oneof(
        nested,
        few({
          kind: fc.subarray([...RELATION_KINDS]),
          direction: fc.constantFrom('OUTGOING' as const, 'INCOMING' as const, 'BOTH' as const),
          strength: fc.subarray(['HARD', 'UNKNOWN'] as const),
          status: fc.subarray(['IN_USE', 'ENDED'] as const),
          channel: fc.subarray(['LGSP', 'FILE', 'UNKNOWN'] as const),
          channelNot: fc.subarray(['LGSP', 'FILE'] as const),
          crossAgency: fc.boolean(),
        }),
        few({
          and: fc.array(tie('relationFilter'), { maxLength: 2 }),
          or: fc.array(tie('relationFilter'), { maxLength: 2 }),
          not: tie('relationFilter'),
          other: tie('elementFilter'),
          source: tie('elementFilter'),
          target: tie('elementFilter'),
        }),
      ),
    };
  },
);

describe('filters on random landscapes', () => {
  it('find the elements that a reading of the filter word by word finds', () => {
    let found = 0;
    fc.assert(
      fc.property(records, elementFilter, ({ elements, relations }, filter) => {
        const naive = new NaiveFilters(elements, relations);
        const expected = elements.filter((each) => naive.elementHolds(filter, each));
        expect(selectElements(landscapeOf(elements, relations), filter)).toEqual(expected);
        found += Number(expected.length > 0 && expected.length < elements.length);
      }),
      { numRuns: 3000, seed: 20261125 },
    );
    // Filters that find all or nothing would show little.
    expect(found).toBeGreaterThan(500);
  });

  it('find the relations that a reading of the filter word by word finds, from an element and from none', () => {
    let found = 0;
    fc.assert(
      fc.property(records, relationFilter, ({ elements, relations }, filter) => {
        const naive = new NaiveFilters(elements, relations);
        const landscape = landscapeOf(elements, relations);
        const expected = relations.filter((each) => naive.relationHolds(filter, each, -1));
        expect(selectRelations(landscape, filter)).toEqual(expected);
        const own = relations.filter(({ source, target }) => source === 0 || target === 0);
        const seen = own.filter((each) => naive.relationHolds(filter, each, 0));
        expect(selectRelationsOf(landscape, 0, filter).toSorted((a, b) => a.seq - b.seq)).toEqual(seen);
        found += Number(expected.length > 0 && expected.length < relations.length);
      }),
      { numRuns: 3000, seed: 20261126 },
    );
    expect(found).toBeGreaterThan(500);
  });
});
