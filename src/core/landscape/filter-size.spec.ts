import type { AttributeDefinition, AttributeDefinitions } from './attribute.js';
import { filterIssue, unseenRelationFilterIssue } from './filter-size.js';
import type { ElementFilter, RelationFilter } from './filter.js';

const WORDS = { nameVi: 'Nơi đặt', nameEn: 'Hosting', questionVi: 'Ở đâu?', questionEn: 'Where?' };
const HOSTING: AttributeDefinition = {
  ...WORDS,
  key: 'hosting',
  type: 'STRING',
  appliesTo: ['SYSTEM'],
  visibility: 'PUBLIC',
  askedFrom: 'OWNER',
};
const DEFINITIONS: AttributeDefinitions = new Map([['hosting', HOSTING]]);

function many(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `urn:khung:e${index}`);
}
function limit(path: readonly string[], maximum: number): object {
  return { reason: 'LIMIT_EXCEEDED', path, params: { field: path.at(-1), limit: maximum, actual: maximum + 1 } };
}
function nested(depth: number): ElementFilter {
  let filter: ElementFilter = {};
  for (let level = 1; level < depth; level += 1) filter = { not: filter };
  return filter;
}

describe('the size of a filter', () => {
  it.each<[string, ElementFilter, object | undefined]>([
    ['an empty one', {}, undefined],
    ['what is not given', { name: null, kind: undefined, owner: { name: null } }, undefined],
    // The filter itself and its list are two conditions, each item is one more.
    ['as many conditions as may be', { urn: many(198) }, undefined],
    ['one condition too many', { urn: many(199) }, limit(['filter'], 200)],
    ['more than a call takes arguments', { urn: many(300_000) }, limit(['filter'], 200)],
    ['conditions within conditions', { or: many(100).map((urn) => ({ urn: [urn] })) }, limit(['filter'], 200)],
    ['a text as long as may be', { name: { contains: 'x'.repeat(500) } }, undefined],
    [
      'a text too long',
      { not: { name: { eq: 'x', contains: 'x'.repeat(501) } } },
      limit(['filter', 'not', 'name', 'contains'], 500),
    ],
    [
      'a text that nothing can hold',
      { or: [{}, { name: { eq: 'a\0b' } }] },
      {
        reason: 'VALUE_OF_WRONG_TYPE',
        path: ['filter', 'or', '1', 'name', 'eq'],
        params: { field: 'eq', expected: 'text' },
      },
    ],
    ['as deep as may be', nested(10), undefined],
    ['one too deep', nested(11), limit(['filter', ...Array.from({ length: 10 }, () => 'not')], 10)],
    [
      'one too deep by every way down',
      {
        and: [{ or: [{ owner: { relation: { some: { other: { not: { relation: { every: { source: {} } } } } } } } }] }],
      },
      undefined,
    ],
    [
      'deep by lists alone',
      { and: [{ or: [nested(9)] }] },
      limit(['filter', 'and', '0', 'or', '0', ...Array.from({ length: 8 }, () => 'not')], 10),
    ],
    ['an attribute that is defined', { attribute: { key: 'hosting' } }, undefined],
    ['an attribute without a name', { attribute: {} }, undefined],
    [
      'an attribute that is not',
      { owner: { attribute: { key: 'hostin', isKnown: false } } },
      {
        reason: 'FIELD_UNKNOWN',
        path: ['filter', 'owner', 'attribute', 'key'],
        params: { field: 'hostin', suggestion: 'hosting' },
      },
    ],
  ])('%s', (_what, filter, issue) => {
    expect(filterIssue(filter, DEFINITIONS, ['filter'])).toEqual(issue);
  });

  it('is measured however deep it goes', () => {
    expect(filterIssue(nested(5000), DEFINITIONS, ['filter'])).toMatchObject({ reason: 'LIMIT_EXCEEDED' });
  });
});

describe('a filter of relations that are seen from no element', () => {
  const needsElement = (path: readonly string[]): object => ({
    reason: 'CONDITION_NEEDS_ELEMENT',
    path,
    params: { field: path.at(-1) },
  });
  it.each<[RelationFilter, object | undefined]>([
    [{ kind: ['USES'], source: { kind: ['AGENCY'] }, not: null, direction: null }, undefined],
    [{ source: { relation: { some: { direction: 'OUTGOING', other: {} } } } }, undefined],
    [{ direction: 'BOTH' }, needsElement(['filter', 'direction'])],
    [{ and: [{}, { other: {} }] }, needsElement(['filter', 'and', '1', 'other'])],
    [{ or: [{ not: { direction: 'INCOMING' } }] }, needsElement(['filter', 'or', '0', 'not', 'direction'])],
    [{ source: { urn: many(199) } }, limit(['filter'], 200)],
  ])('%j', (filter, issue) => {
    expect(unseenRelationFilterIssue(filter, DEFINITIONS, ['filter'])).toEqual(issue);
  });
});
