import { describe, expect, it } from '@jest/globals';
import { draw } from '../../../test/support/drawn-landscape.js';
import { elementMatches, filterIssue, intMatches, relationMatches, stringMatches } from './filter.js';
import type { ElementFilter, IntFilter, RelationFilter, StringFilter } from './filter.js';

describe('a filter of texts', () => {
  it.each<[StringFilter, string | null, boolean]>([
    [{}, 'Kho', true],
    [{}, null, true],
    [{ eq: 'Kho' }, 'Kho', true],
    [{ eq: 'kho' }, 'Kho', false],
    [{ eq: 'Kho' }, null, false],
    [{ eq: null }, 'Kho', true],
    [{ ne: 'Kho' }, 'Kho', false],
    [{ ne: 'Kho' }, 'Khoa', true],
    [{ ne: 'Kho' }, null, true],
    [{ in: ['Kho', 'Sở'] }, 'Sở', true],
    [{ in: ['Kho', 'Sở'] }, 'So', false],
    [{ in: [] }, 'Kho', false],
    [{ in: ['Kho'] }, null, false],
    [{ contains: 'du lieu' }, 'Kho dữ liệu', true],
    [{ contains: 'DỮ LIỆU' }, 'kho du lieu', true],
    [{ contains: 'liệu kho' }, 'Kho dữ liệu', false],
    [{ contains: 'kho' }, null, false],
    [{ startsWith: 'đất' }, 'ĐẤT ĐAI', true],
    [{ startsWith: 'dai' }, 'Đất đai', false],
    [{ startsWith: 'kho' }, null, false],
    [{ isNull: true }, null, true],
    [{ isNull: true }, '', false],
    [{ isNull: false }, '', true],
    [{ isNull: false }, null, false],
    [{ startsWith: 'kho', contains: 'lieu' }, 'Kho dữ liệu', true],
    [{ startsWith: 'kho', contains: 'sổ' }, 'Kho dữ liệu', false],
  ])('%j on %j is %j', (filter, value, expected) => {
    expect(stringMatches(filter, value)).toBe(expected);
  });
});

describe('a filter of numbers', () => {
  it.each<[IntFilter, number | null, boolean]>([
    [{}, null, true],
    [{ eq: 3 }, 3, true],
    [{ eq: 3 }, 4, false],
    [{ eq: 3 }, null, false],
    [{ eq: 0 }, 0, true],
    [{ eq: 0 }, 1, false],
    [{ lt: 3 }, 2, true],
    [{ lt: 3 }, 3, false],
    [{ lt: 3 }, null, false],
    [{ lte: 3 }, 3, true],
    [{ lte: 3 }, 4, false],
    [{ lte: 3 }, null, false],
    [{ gt: 3 }, 4, true],
    [{ gt: 3 }, 3, false],
    [{ gt: -1 }, null, false],
    [{ gte: 3 }, 3, true],
    [{ gte: 3 }, 2, false],
    [{ gte: 0 }, null, false],
    [{ gte: 2, lt: 4 }, 3, true],
    [{ gte: 2, lt: 4 }, 4, false],
    [{ in: [1, 2] }, 2, true],
    [{ in: [1, 2] }, 3, false],
    [{ in: [1] }, null, false],
    [{ isNull: true }, null, true],
    [{ isNull: true }, 0, false],
    [{ isNull: false }, 0, true],
    [{ isNull: false }, null, false],
  ])('%j on %j is %j', (filter, value, expected) => {
    expect(intMatches(filter, value)).toBe(expected);
  });
});

const drawing = draw(
  ['kho OWNED_BY so', 'kho OWNED_BY ubnd', 'trang OWNED_BY ubnd', 'ubnd', 'kho DEPENDS_ON nen HARD IN_USE', 'nen'],
  {
    kho: {
      name: 'Kho dữ liệu',
      kind: 'DATABASE',
      layer: 2,
      phases: [
        { phase: 'PLAN', from: '2023' },
        { phase: 'ACTIVE', from: '2025' },
      ],
      externalIds: [
        { scheme: 'NAS', value: 'HCM-01', recordType: null },
        { scheme: 'IB', value: 'IB2500', recordType: null },
      ],
      attributes: { hosting: 'CLOUD', userCount: 0, note: null, done: true },
    },
    trang: { name: 'Cổng thông tin' },
    so: { name: 'Sở Khoa học và Công nghệ', kind: 'AGENCY', level: 'DEPARTMENT' },
    ubnd: { name: 'UBND thành phố', kind: 'AGENCY', level: 'PROVINCE' },
    nen: { kind: 'PLATFORM' },
  },
);

describe('a filter of elements', () => {
  it.each<[ElementFilter, string]>([
    [{}, 'kho so ubnd trang nen'],
    [{ kind: ['AGENCY', 'PLATFORM'] }, 'so ubnd nen'],
    [{ kind: [] }, ''],
    [{ urn: ['urn:khung:kho', 'urn:khung:none'] }, 'kho'],
    [{ name: { contains: 'khoa hoc' } }, 'so'],
    [{ externalId: { eq: 'IB2500' } }, 'kho'],
    [{ externalId: { eq: 'HCM-01' } }, 'kho'],
    [{ externalId: { eq: 'NAS' } }, ''],
    [{ externalId: { isNull: true } }, 'so ubnd trang nen'],
    [{ layer: { gte: 1 } }, 'kho'],
    [{ layer: { isNull: true } }, 'so ubnd trang nen'],
    [{ phase: ['ACTIVE'] }, 'kho'],
    [{ phase: ['PLAN'] }, ''],
    [{ phase: ['UNKNOWN'] }, 'so ubnd trang nen'],
    [{ level: ['DEPARTMENT', 'PROVINCE'] }, 'so ubnd'],
    [{ level: ['COMMUNE'] }, ''],
    [{ owner: { level: ['DEPARTMENT'] } }, 'kho'],
    [{ owner: { level: ['PROVINCE'] } }, 'trang'],
    [{ owner: {} }, 'kho trang'],
    [{ not: { owner: {} } }, 'so ubnd nen'],
    [{ attribute: { key: 'hosting', string: { eq: 'CLOUD' } } }, 'kho'],
    [{ attribute: { key: 'hosting', int: { isNull: false } } }, ''],
    [{ attribute: { key: 'userCount', int: { lt: 5 } } }, 'kho'],
    [{ attribute: { key: 'userCount', string: { isNull: false } } }, ''],
    [{ attribute: { key: 'note', isKnown: true } }, 'kho'],
    [{ attribute: { key: 'note', isKnown: false } }, 'so ubnd trang nen'],
    [{ attribute: { key: 'done', isKnown: true, string: { isNull: true } } }, 'kho'],
    [{ attribute: { key: 'constructor', isKnown: true } }, ''],
    [{ attribute: { isKnown: true } }, ''],
    [{ attribute: null, kind: null }, 'kho so ubnd trang nen'],
    [{ and: [{ kind: ['AGENCY'] }, { level: ['PROVINCE'] }] }, 'ubnd'],
    [{ and: [] }, 'kho so ubnd trang nen'],
    [{ or: [{ kind: ['PLATFORM'] }, { level: ['PROVINCE'] }] }, 'ubnd nen'],
    [{ or: [] }, ''],
    [{ not: { kind: ['AGENCY'] } }, 'kho trang nen'],
    [{ kind: ['AGENCY'], not: { or: [{ level: ['PROVINCE'] }] } }, 'so'],
  ])('%j finds "%s"', (filter, expected) => {
    const { landscape, name } = drawing;
    const found = [...landscape.elements()].filter((each) => elementMatches(landscape, filter, each));
    expect(found.map(({ seq }) => name(seq)).join(' ')).toBe(expected);
  });
});

describe('a filter of relations', () => {
  it.each<[RelationFilter, string]>([
    [{}, 'r1 r2 r3 r4'],
    [{ kind: ['DEPENDS_ON'] }, 'r4'],
    [{ strength: ['HARD', 'SOFT'] }, 'r4'],
    [{ strength: ['UNKNOWN'] }, 'r1 r2 r3'],
    [{ status: ['IN_USE'] }, 'r4'],
    [{ status: ['ENDED'] }, ''],
    [{ source: { kind: ['SYSTEM'] } }, 'r3'],
    [{ target: { level: ['PROVINCE'] } }, 'r2 r3'],
    [{ source: { kind: ['DATABASE'] }, target: { kind: ['AGENCY'] } }, 'r1 r2'],
    [{ source: { owner: { level: ['PROVINCE'] } } }, 'r3'],
    [{ channel: ['LGSP'] }, ''],
    [{ and: [{ kind: ['OWNED_BY'] }, { source: { kind: ['DATABASE'] } }] }, 'r1 r2'],
    [{ or: [{ kind: ['DEPENDS_ON'] }, { source: { kind: ['SYSTEM'] } }] }, 'r3 r4'],
    [{ not: { kind: ['OWNED_BY'] } }, 'r4'],
  ])('%j finds "%s"', (filter, expected) => {
    const { landscape } = drawing;
    const found = [...landscape.relations()].filter((each) => relationMatches(landscape, filter, each));
    expect(found.map(({ seq }) => `r${seq}`).join(' ')).toBe(expected);
  });

  it.each<[RelationFilter['channel'], boolean]>([
    [['LGSP'], true],
    [['NDXP', 'FILE'], true],
    [['NDXP'], false],
    [[], false],
  ])('by channels %j finds one over LGSP and FILE: %j', (channel, expected) => {
    const { landscape } = drawing;
    const [first] = landscape.relations();
    if (first === undefined) throw new Error('the drawing has relations');
    const filter = { ...(channel !== undefined && { channel }) };
    expect(relationMatches(landscape, filter, { ...first, channels: ['LGSP', 'FILE'] })).toBe(expected);
  });

  it('finds none by an end that is not there', () => {
    const { landscape } = drawing;
    const [first] = landscape.relations();
    if (first === undefined) throw new Error('the drawing has relations');
    expect(relationMatches(landscape, { source: {} }, { ...first, source: 999 })).toBe(false);
    expect(relationMatches(landscape, {}, { ...first, source: 999 })).toBe(true);
  });
});

describe('the size of a filter', () => {
  const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `urn:khung:e${index}`);
  // The filter itself and its list are two conditions, each item is one more.
  const tooMany = { reason: 'LIMIT_EXCEEDED', path: ['filter'], params: { field: 'filter', limit: 200, actual: 201 } };

  it.each<[string, ElementFilter, object | undefined]>([
    ['an empty one', {}, undefined],
    ['what is not given', { name: null, kind: undefined, owner: { name: null } }, undefined],
    ['as many conditions as may be', { urn: many(198) }, undefined],
    ['one condition too many', { urn: many(199) }, tooMany],
    ['more than a call takes arguments', { urn: many(300_000) }, tooMany],
    ['conditions within conditions', { or: many(100).map((urn) => ({ urn: [urn] })) }, tooMany],
    ['a text as long as may be', { name: { contains: 'x'.repeat(500) } }, undefined],
    [
      'a text too long',
      { not: { name: { eq: 'x', contains: 'x'.repeat(501) } } },
      { reason: 'LIMIT_EXCEEDED', path: ['filter'], params: { field: 'filter', limit: 500, actual: 501 } },
    ],
  ])('%s', (_what, filter, issue) => {
    expect(filterIssue(filter, ['filter'])).toEqual(issue);
  });

  it('is bounded however deep it goes', () => {
    let filter: ElementFilter = {};
    for (let depth = 0; depth < 5000; depth += 1) filter = { not: filter };
    expect(filterIssue(filter, ['filter'])).toEqual(tooMany);
  });
});
