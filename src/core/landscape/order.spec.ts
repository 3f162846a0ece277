import { draw } from '../../../test/support/drawn-landscape.js';
import { urnOf } from '../../../test/support/landscapes.js';
import { cutPage } from '../cut-page.js';
import { positionOf } from '../ordering.js';
import type { AttributeDefinition, AttributeType } from './attribute.js';
import { selectRelationsOf } from './filter-select.js';
import { elementOrdering, orderIssue, relationOrdering, relationsOfOrdering } from './order.js';
import type { ElementOrder, OrderContext } from './order.js';
import type { Element } from './model.js';

const { landscape, name } = draw(['kho OWNED_BY so', 'cong OWNED_BY uy', 'nen OWNED_BY so', 'le'], {
  kho: {
    name: 'Kho dữ liệu',
    kind: 'DATABASE',
    layer: 2,
    phases: [{ phase: 'ACTIVE', from: null }],
    attributes: { users: 10, hosting: 'Đám mây', done: true, since: '2025-07' },
    revision: 3,
  },
  so: { name: 'Sở Tài chính', kind: 'AGENCY' },
  cong: {
    name: 'Cổng dịch vụ',
    layer: 4,
    phases: [{ phase: 'PLAN', from: null }],
    attributes: { users: 9, hosting: 'Cụm máy', done: false, since: '2025' },
    revision: 2,
  },
  uy: { name: 'Ủy ban', kind: 'AGENCY', attributes: { users: null, tags: ['b', 'a'] } },
  nen: { name: 'Cộng tác', kind: 'PLATFORM', attributes: { hosting: 'Di động' } },
  le: { name: 'công cụ', kind: 'SYSTEM' },
});
const elements = [...landscape.elements()];

function ordered(orders: readonly ElementOrder[], context: Partial<OrderContext> = {}): string {
  const order = elementOrdering(orders, { landscape, ...context });
  const { items } = cutPage(elements, order, { count: 100, from: 'START' });
  return items.map(({ seq }) => name(seq)).join(' ');
}

describe('elements in order', () => {
  it.each<[readonly ElementOrder[], string]>([
    [[], 'kho so cong uy nen le'],
    [[{ field: 'NAME', direction: 'ASC' }], 'le cong nen kho so uy'],
    [[{ field: 'NAME', direction: 'DESC' }], 'uy so kho nen cong le'],
    [[{ field: 'CODE', direction: 'ASC' }], 'cong kho le nen so uy'],
    [[{ field: 'CHANGED_AT', direction: 'DESC' }], 'kho cong so uy nen le'],
    [[{ field: 'KIND', direction: 'ASC' }], 'so uy cong le nen kho'],
    [[{ field: 'LAYER', direction: 'ASC' }], 'kho cong so uy nen le'],
    [[{ field: 'LAYER', direction: 'DESC', nulls: 'FIRST' }], 'so uy nen le cong kho'],
    [[{ field: 'LAYER', direction: 'DESC', nulls: null }], 'cong kho so uy nen le'],
    [[{ field: 'OWNER_NAME', direction: 'ASC' }], 'kho nen cong so uy le'],
    [[{ field: 'PHASE', direction: 'ASC' }], 'cong kho so uy nen le'],
    [[{ field: 'RELEVANCE', direction: 'ASC' }], 'kho so cong uy nen le'],
    [[{ field: 'ATTRIBUTE', attribute: 'users', direction: 'ASC' }], 'cong kho so uy nen le'],
    [[{ field: 'ATTRIBUTE', attribute: 'hosting', direction: 'ASC' }], 'cong nen kho so uy le'],
    [[{ field: 'ATTRIBUTE', attribute: 'done', direction: 'ASC' }], 'cong kho so uy nen le'],
    [[{ field: 'ATTRIBUTE', attribute: 'since', direction: 'ASC' }], 'cong kho so uy nen le'],
    [[{ field: 'ATTRIBUTE', attribute: 'tags', direction: 'ASC' }], 'kho so cong uy nen le'],
    [[{ field: 'ATTRIBUTE', attribute: 'constructor', direction: 'DESC' }], 'kho so cong uy nen le'],
    [
      [
        { field: 'OWNER_NAME', direction: 'DESC', nulls: 'FIRST' },
        { field: 'NAME', direction: 'DESC' },
      ],
      'uy so le cong kho nen',
    ],
  ])('by %j: %s', (orders, expected) => {
    expect(ordered(orders)).toBe(expected);
  });

  it('stand by how well they fit, where something was searched for', () => {
    const ranks = new Map(['nen', 'uy', 'kho'].map((each, rank) => [each, rank]));
    const relevanceOf = (seq: number): number | null => ranks.get(name(seq)) ?? null;
    expect(ordered([{ field: 'RELEVANCE', direction: 'ASC' }], { relevanceOf })).toBe('nen uy kho so cong le');
  });

  it.each<[ElementOrder['field'], string | undefined]>([
    ['NAME', undefined],
    ['CODE', undefined],
    ['CHANGED_AT', undefined],
    ['KIND', undefined],
    ['LAYER', undefined],
    ['OWNER_NAME', undefined],
    ['PHASE', undefined],
    ['ATTRIBUTE', 'users'],
    ['ATTRIBUTE', 'hosting'],
  ])('by %s %s compare by what a cursor holds of them', (field, attribute) => {
    const order = elementOrdering([{ field, attribute, direction: 'ASC' }], { landscape });
    const [key] = order.keys;
    for (const each of elements) {
      const [value = null] = positionOf(order, each).values;
      expect(key?.keyOfValue(value)).toBe(key?.keyOf(each));
    }
  });

  it('have no phase and no kind that is not a word of its list', () => {
    const order = elementOrdering([{ field: 'KIND', direction: 'ASC' }], { landscape });
    const strange = { ...elements[0], kind: 'STRANGE' } as unknown as Element;
    expect(order.keys[0]?.keyOf(strange)).toBeNull();
    expect(order.keys[0]?.keyOfValue('STRANGE')).toBeNull();
  });
});

describe('the relations of an element in order', () => {
  const drawn = draw(['a READS c', 'b READS a', 'a OWNED_BY b', 'a READS b', 'a READS a', 'c OWNED_BY a', 'a READS b']);
  const seq = drawn.at('a').seq;
  const order = relationsOfOrdering(drawn.landscape, seq);
  const all = selectRelationsOf(drawn.landscape, seq, {});

  it('are outgoing before incoming, by kind, by the other end, by age', () => {
    const { items } = cutPage(all, order, { count: 100, from: 'START' });
    expect(items.map((each) => each.seq)).toEqual([3, 5, 1, 4, 7, 6, 2]);
  });

  it.each(['BOTH', 'OUTGOING', 'INCOMING'] as const)('stand in it as they are selected, %s', (direction) => {
    const selected = selectRelationsOf(drawn.landscape, seq, { direction });
    expect(selected).toEqual(cutPage(selected, order, { count: 100, from: 'START' }).items);
  });

  it('compare by what a cursor holds of them, and go on where an end is gone or was never known', () => {
    for (const each of all) {
      const { values } = positionOf(order, each);
      const keys = order.keys.map(({ keyOfValue }, at) => keyOfValue(values[at] ?? null));
      expect(keys).toEqual(order.keys.map(({ keyOf }) => keyOf(each)));
      expect(order.tieOfName(order.nameOf(each))).toBe(each.seq);
    }
    const [, , other] = order.keys;
    const without = drawn.landscape.with({
      revision: 2,
      at: '2026-01-02T00:00:00.000Z',
      elements: [{ seq: drawn.at('c').seq, urn: drawn.at('c').urn, after: undefined }],
      relations: [{ seq: 6, urn: urnOf('r6'), after: undefined }],
      definitions: [],
    });
    expect(relationsOfOrdering(without, seq).keys[2]?.keyOfValue(drawn.at('c').urn)).toBe(drawn.at('c').seq);
    expect(relationOrdering(without).tieOfName(urnOf('r6'))).toBe(6);
    expect(relationOrdering(without).tieOfName(drawn.at('c').urn)).toBeUndefined();
    expect(elementOrdering([], { landscape: without }).tieOfName(drawn.at('c').urn)).toBe(drawn.at('c').seq);
    expect(elementOrdering([], { landscape: without }).tieOfName('urn:khung:never')).toBeUndefined();
    expect([other?.keyOfValue('urn:khung:never'), other?.keyOfValue(null)]).toEqual([null, null]);
    expect(order.keys[1]?.keyOfValue('STRANGE')).toBeNull();
  });
});

describe('an order that can not be', () => {
  const define = (key: string, type: AttributeType): [string, AttributeDefinition] => {
    const words = { nameVi: key, nameEn: key, questionVi: '?', questionEn: '?' };
    return [key, { ...words, key, type, appliesTo: ['SYSTEM'], visibility: 'PUBLIC', askedFrom: 'OWNER' }];
  };
  const definitions = new Map([define('hosting', 'ENUM'), define('classes', 'STRING_LIST')]);
  const by = (attribute?: string | null): ElementOrder[] => [
    { field: 'NAME', direction: 'ASC' },
    { field: 'ATTRIBUTE', direction: 'ASC', attribute },
  ];
  it.each<[readonly ElementOrder[], object | undefined]>([
    [[], undefined],
    [by('hosting'), undefined],
    [by(null), { reason: 'VALUE_MISSING', path: ['orderBy', '1', 'attribute'], params: { field: 'attribute' } }],
    [by(), { reason: 'VALUE_MISSING', path: ['orderBy', '1', 'attribute'], params: { field: 'attribute' } }],
    [
      by('hostin'),
      {
        reason: 'FIELD_UNKNOWN',
        path: ['orderBy', '1', 'attribute'],
        params: { field: 'hostin', suggestion: 'hosting' },
      },
    ],
    [[{ field: 'KIND', direction: 'ASC', attribute: null }], undefined],
    [
      [{ field: 'KIND', direction: 'ASC', attribute: 'hosting' }],
      {
        reason: 'ARGUMENTS_EXCLUSIVE',
        path: ['orderBy', '0', 'attribute'],
        params: { field: 'attribute', other: 'field: KIND' },
      },
    ],
    [
      by('classes'),
      {
        reason: 'VALUE_NOT_ALLOWED',
        path: ['orderBy', '1', 'attribute'],
        params: { field: 'attribute', value: 'classes', allowed: 'hosting' },
      },
    ],
    [
      Array.from({ length: 9 }, () => ({ field: 'NAME', direction: 'ASC' }) as const),
      { reason: 'LIMIT_EXCEEDED', path: ['orderBy'], params: { field: 'orderBy', limit: 8, actual: 9 } },
    ],
  ])('%j', (orders, issue) => {
    expect(orderIssue(orders, { definitions, isSearched: false }, ['orderBy'])).toEqual(issue);
  });

  it('goes by relevance where nothing was searched for, and there alone', () => {
    const orders: ElementOrder[] = [
      { field: 'NAME', direction: 'ASC' },
      { field: 'RELEVANCE', direction: 'ASC' },
    ];
    expect(orderIssue(orders, { definitions, isSearched: true }, ['orderBy'])).toBeUndefined();
    expect(orderIssue(orders, { definitions, isSearched: false }, ['orderBy'])).toEqual({
      reason: 'ARGUMENT_NEEDED',
      path: ['orderBy', '1', 'field'],
      params: { value: 'RELEVANCE', other: 'search' },
    });
  });
});
