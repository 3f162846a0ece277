import * as fc from 'fast-check';
import { draw } from '../../../test/support/drawn-landscape.js';
import { element, landscapeOf, relation } from '../../../test/support/landscapes.js';
import type { AttributeDefinition } from './attribute.js';
import { elementFacetFields, relationFacetFields } from './facet-fields.js';
import type { ElementFacetField, RelationFacetField } from './facet-fields.js';
import { countsBy, elementFacet, relationFacet } from './facets.js';
import type { Facet } from './facets.js';
import { selectElements } from './filter-select.js';
import { ownerOf } from './landscape.js';
import type { Element, Relation } from './model.js';

const words = { nameVi: 'Tên', nameEn: 'Name', questionVi: '?', questionEn: '?' };
const common = { ...words, visibility: 'PUBLIC', askedFrom: 'OWNER' } as const;
const DEFINITIONS: ReadonlyMap<string, AttributeDefinition> = new Map([
  ['hosting', { ...common, key: 'hosting', type: 'ENUM', values: ['SERVER', 'CLOUD'], appliesTo: ['SYSTEM'] }],
  ['level', { ...common, key: 'level', type: 'INTEGER', minimum: 1, maximum: 20, appliesTo: ['SYSTEM'] }],
  ['users', { ...common, key: 'users', type: 'INTEGER', minimum: 0, appliesTo: ['SYSTEM'] }],
  ['done', { ...common, key: 'done', type: 'BOOLEAN', appliesTo: ['SYSTEM', 'AGENCY'] }],
  ['note', { ...common, key: 'note', type: 'STRING', appliesTo: ['SYSTEM'] }],
]);

function elementFields(...names: string[]): readonly ElementFacetField[] {
  const found = elementFacetFields(names, DEFINITIONS, ['fields']);
  if ('issue' in found) throw new Error(JSON.stringify(found.issue));
  return found.fields;
}
function elementField(name: string): ElementFacetField {
  const [field] = elementFields(name);
  if (field === undefined) throw new Error(name);
  return field;
}
function relationField(name: string): RelationFacetField {
  const found = relationFacetFields([name], ['fields']);
  if ('issue' in found || found.fields[0] === undefined) throw new Error(name);
  return found.fields[0];
}
function told({ buckets }: Facet): string {
  return buckets.map(({ key, count }) => `${key} ${count}`).join(', ');
}

const { landscape } = draw(
  ['a OWNED_BY so', 'b OWNED_BY so', 'c OWNED_BY uy', 'd', 'a READS b HARD', 'a READS c', 'a READS d IN_USE'],
  {
    a: { layer: 10, attributes: { hosting: 'CLOUD', level: 10, done: false } },
    b: { layer: 2, attributes: { hosting: 'CLOUD', level: 2 } },
    c: { layer: 2, phases: [{ phase: 'PLAN', from: null }], attributes: { hosting: 'SERVER', done: true } },
    d: { visibility: 'GOVERNMENT', attributes: { hosting: null } },
    so: { kind: 'AGENCY', level: 'COMMUNE' },
    uy: { kind: 'AGENCY' },
  },
);
const elements = [...landscape.elements()];

describe('elements are counted', () => {
  it.each([
    ['kind', 'SYSTEM 4, AGENCY 2'],
    ['layer', '2 2, 10 1, UNKNOWN 3'],
    ['phase', 'PLAN 1, UNKNOWN 5'],
    ['owner', 'urn:khung:so 2, urn:khung:uy 1, UNKNOWN 3'],
    ['level', 'COMMUNE 1, NOT_APPLICABLE 4, UNKNOWN 1'],
    ['visibility', 'PUBLIC 5, GOVERNMENT 1'],
    ['attributes.hosting', 'CLOUD 2, SERVER 1, NOT_APPLICABLE 2, DECLARED_ABSENT 1'],
    ['attributes.level', '2 1, 10 1, NOT_APPLICABLE 2, UNKNOWN 2'],
    ['attributes.done', 'false 1, true 1, UNKNOWN 4'],
  ])('by %s: %s', (name, expected) => {
    expect(told(elementFacet(landscape, elements, elementField(name)))).toBe(expected);
  });

  it('only those of the list', () => {
    const list = selectElements(landscape, { layer: { eq: 2 } });
    expect(told(elementFacet(landscape, list, elementField('kind')))).toBe('SYSTEM 2');
    expect(told(elementFacet(landscape, [], elementField('kind')))).toBe('');
  });

  it('by several fields at once, in the order of their values', () => {
    const systems = selectElements(landscape, { kind: ['SYSTEM'] });
    expect(countsBy(landscape, systems, elementFields('owner', 'layer', 'attributes.hosting'))).toEqual([
      { keys: ['urn:khung:so', '2', 'CLOUD'], count: 1 },
      { keys: ['urn:khung:so', '10', 'CLOUD'], count: 1 },
      { keys: ['urn:khung:uy', '2', 'SERVER'], count: 1 },
      { keys: ['UNKNOWN', 'UNKNOWN', 'DECLARED_ABSENT'], count: 1 },
    ]);
    expect(countsBy(landscape, elements, [])).toEqual([{ keys: [], count: 6 }]);
    expect(countsBy(landscape, [], elementFields('kind'))).toEqual([]);
  });

  it('in the same way where there are more possible groups than an array should hold', () => {
    const count = 110;
    const many = landscapeOf(
      Array.from({ length: count }, (_, seq) =>
        element(seq, { layer: seq, attributes: { level: seq % 103, users: 1 } }),
      ),
      Array.from({ length: count }, (_, seq) => relation(seq, [seq, (seq + 1) % count], { kind: 'OWNED_BY' })),
    );
    const groups = countsBy(many, [...many.elements()], elementFields('layer', 'owner', 'attributes.level'));
    expect(groups).toHaveLength(count);
    expect(groups.map(({ keys }) => Number(keys[0]))).toEqual(Array.from({ length: count }, (_, seq) => seq));
  });
});

describe('relations are counted', () => {
  it.each([
    ['kind', 'READS 3, OWNED_BY 3'],
    ['status', 'IN_USE 1, UNKNOWN 5'],
    ['strength', 'HARD 1, UNKNOWN 5'],
    ['channel', 'UNKNOWN 6'],
    ['crossAgency', 'false 1, true 1, UNKNOWN 4'],
  ])('by %s: %s', (name, expected) => {
    const told = relationFacet(landscape, [...landscape.relations()], relationField(name)).buckets;
    expect(new Set(told.map(({ key, count }) => `${key} ${count}`))).toEqual(new Set(expected.split(', ')));
  });

  it('under each of their channels', () => {
    const channels = (...list: Relation['channels']): Partial<Relation> => ({ channels: list });
    const few = landscapeOf(2, [
      relation(0, [0, 1], channels('LGSP', 'FILE')),
      relation(1, [0, 1], channels('LGSP', 'LGSP')),
      relation(2, [0, 1], channels('UNKNOWN')),
      relation(3, [0, 1], channels()),
    ]);
    expect(told(relationFacet(few, [...few.relations()], relationField('channel')))).toBe('LGSP 2, FILE 1, UNKNOWN 2');
  });
});

describe('fields that nothing is counted by', () => {
  const many = Array.from({ length: 21 }, () => 'kind');
  it.each<[readonly string[], object]>([
    [
      ['kind', 'phas'],
      { reason: 'FIELD_UNKNOWN', path: ['fields', '1'], params: { field: 'phas', suggestion: 'phase' } },
    ],
    [['attributes.users'], { reason: 'FIELD_UNKNOWN', path: ['fields', '0'] }],
    [['attributes.note'], { reason: 'FIELD_UNKNOWN', path: ['fields', '0'] }],
    [['attributes.constructor'], { reason: 'FIELD_UNKNOWN', path: ['fields', '0'] }],
    [many, { reason: 'LIMIT_EXCEEDED', path: ['fields'], params: { field: 'fields', limit: 20, actual: 21 } }],
  ])('%j', (names, issue) => {
    expect(elementFacetFields(names, DEFINITIONS, ['fields'])).toMatchObject({ issue });
    expect(relationFacetFields(names, ['fields'])).toMatchObject({ issue: { reason: expect.any(String) } });
  });

  it('more than may be counted together', () => {
    const params = { field: 'fields', limit: 1, actual: 2 };
    expect(elementFacetFields(['kind', 'layer'], DEFINITIONS, ['fields'], 1)).toMatchObject({ issue: { params } });
  });
});

describe('counts on random landscapes', () => {
  const someElement = fc.record<Partial<Element>>({
    kind: fc.constantFrom('SYSTEM', 'AGENCY'),
    layer: fc.constantFrom(null, 1, 2, 10),
    level: fc.constantFrom(null, 'COMMUNE' as const),
    attributes: fc.constantFrom({}, { hosting: 'CLOUD' }, { hosting: null }, { done: true }),
  });
  const ends = fc.tuple(fc.nat(9), fc.nat(9));
  it('describe the same set as the list, whatever it is filtered by', () => {
    fc.assert(
      fc.property(
        fc.array(someElement, { minLength: 10, maxLength: 10 }),
        fc.array(ends, { maxLength: 15 }),
        fc.subarray(['kind', 'layer', 'owner', 'level', 'attributes.hosting', 'attributes.done'], { maxLength: 3 }),
        fc.constantFrom({}, { kind: ['SYSTEM' as const] }, { not: { owner: {} } }),
        (drawn, pairs, names, filter) => {
          const random = landscapeOf(
            drawn.map((more, seq) => element(seq, more)),
            pairs.map((pair, seq) => relation(seq, pair, { kind: 'OWNED_BY' })),
          );
          const list = selectElements(random, filter);
          const groups = countsBy(random, list, elementFields(...names));
          expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(list.length);
          const slow = new Map<string, number>();
          for (const each of list) {
            const key = names.map((name) => slowKey(name, each, ownerOf(random, each.seq))).join(' | ');
            slow.set(key, (slow.get(key) ?? 0) + 1);
          }
          expect(new Map(groups.map(({ keys, count }) => [keys.join(' | '), count]))).toEqual(slow);
          for (const name of names) {
            const { buckets } = elementFacet(random, list, elementField(name));
            expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(list.length);
          }
        },
      ),
      { numRuns: 1000, seed: 20261125 },
    );
  });
});

function slowKey(name: string, { kind, layer, level, attributes }: Element, owner: Element | undefined): string {
  switch (name) {
    case 'kind':
      return kind;
    case 'layer':
      return layer === null ? 'UNKNOWN' : String(layer);
    case 'owner':
      return owner?.urn ?? 'UNKNOWN';
    case 'level':
      return kind === 'SYSTEM' ? 'NOT_APPLICABLE' : (level ?? 'UNKNOWN');
    case 'attributes.hosting':
      if (attributes['hosting'] === null) return 'DECLARED_ABSENT';
      if (attributes['hosting'] === 'CLOUD') return 'CLOUD';
      return kind === 'SYSTEM' ? 'UNKNOWN' : 'NOT_APPLICABLE';
    default:
      return attributes['done'] === true ? 'true' : 'UNKNOWN';
  }
}
