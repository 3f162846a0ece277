import { DEFINITIONS, definition } from '../../../test/support/change-sets.js';
import { checkAttribute, unknownAttribute } from './attribute.js';
import type { AttributeDefinition } from './attribute.js';
import { DATE_SHAPE } from './model.js';
import type { Json } from './model.js';

const PATH = ['value', 'key'];
function check(more: Partial<AttributeDefinition>, value: Json): unknown {
  return checkAttribute(definition('key', more), value, PATH);
}

describe('the value of an attribute', () => {
  it.each<[Partial<AttributeDefinition>, Json]>([
    [{}, 'chữ'],
    [{}, ''],
    [{}, 'x'.repeat(4000)],
    [{}, null],
    [{ type: 'INTEGER' }, -7],
    [{ type: 'INTEGER' }, Number.MAX_SAFE_INTEGER],
    [{ type: 'INTEGER', minimum: 0, maximum: 3 }, 0],
    [{ type: 'INTEGER', minimum: 0, maximum: 3 }, 3],
    [{ type: 'INTEGER' }, null],
    [{ type: 'BOOLEAN' }, false],
    [{ type: 'BOOLEAN', refuses: [true] }, false],
    [{ type: 'BOOLEAN', refuses: [true] }, null],
    [{ type: 'DATE' }, '2026'],
    [{ type: 'DATE' }, '2026-02'],
    [{ type: 'DATE' }, '2024-02-29'],
    [{ type: 'ENUM', values: ['A', 'B'] }, 'B'],
    [{ type: 'ENUM', values: ['A', 'B'] }, null],
    [{ type: 'URN' }, 'urn:khung:hcm-lgsp'],
    [{ type: 'URL' }, 'https://hochiminhcity.gov.vn/'],
    [{ type: 'URL' }, 'http://x'],
    [{ type: 'STRING_LIST' }, []],
    [{ type: 'STRING_LIST' }, ['a', 'b']],
    [{ type: 'STRING_LIST', listMaximum: 2 }, ['a', 'b']],
    [{ type: 'STRING_LIST' }, Array.from({ length: 200 }, () => 'a')],
    [{ type: 'STRING_LIST', values: ['A'] }, ['A', 'A']],
  ])('of %j may be %j', (more, value) => {
    expect(check(more, value)).toBeUndefined();
  });

  it.each<[Partial<AttributeDefinition>, Json, string, object]>([
    [{}, 7, 'VALUE_OF_WRONG_TYPE', { field: 'key', expected: 'STRING' }],
    [{}, ['a'], 'VALUE_OF_WRONG_TYPE', { expected: 'STRING' }],
    [{}, 'a\0b', 'VALUE_OF_WRONG_TYPE', { expected: 'STRING' }],
    [{}, 'half \uD83D', 'VALUE_OF_WRONG_TYPE', { expected: 'STRING' }],
    [{}, 'x'.repeat(4001), 'LIMIT_EXCEEDED', { limit: 4000, actual: 4001 }],
    [{ type: 'INTEGER' }, '7', 'VALUE_OF_WRONG_TYPE', { expected: 'INTEGER' }],
    [{ type: 'INTEGER' }, 1.5, 'VALUE_OF_WRONG_TYPE', { expected: 'INTEGER' }],
    [{ type: 'INTEGER' }, 2 ** 53, 'VALUE_OF_WRONG_TYPE', { expected: 'INTEGER' }],
    [{ type: 'INTEGER', minimum: 0, maximum: 3 }, -1, 'VALUE_OUT_OF_BOUNDS', { value: -1, minimum: 0, maximum: 3 }],
    [{ type: 'INTEGER', minimum: 0, maximum: 3 }, 4, 'VALUE_OUT_OF_BOUNDS', { value: 4 }],
    [{ type: 'INTEGER', minimum: 0 }, -1, 'VALUE_OUT_OF_BOUNDS', { maximum: Number.MAX_SAFE_INTEGER }],
    [{ type: 'INTEGER', maximum: 0 }, 1, 'VALUE_OUT_OF_BOUNDS', { minimum: Number.MIN_SAFE_INTEGER }],
    [{ type: 'BOOLEAN' }, 'true', 'VALUE_OF_WRONG_TYPE', { expected: 'BOOLEAN' }],
    [{ type: 'BOOLEAN', refuses: [true] }, true, 'STATE_SECRET', { field: 'key' }],
    [{ type: 'DATE' }, '2026-13', 'VALUE_OF_WRONG_TYPE', {}],
    [{ type: 'DATE' }, '2026-02-29', 'VALUE_OF_WRONG_TYPE', { expected: DATE_SHAPE }],
    [{ type: 'DATE' }, '24/11/2026', 'VALUE_OF_WRONG_TYPE', {}],
    [{ type: 'DATE' }, 2026, 'VALUE_OF_WRONG_TYPE', { expected: 'DATE' }],
    [{ type: 'ENUM', values: ['A', 'B'] }, 'C', 'VALUE_NOT_ALLOWED', { value: 'C', allowed: 'A, B' }],
    [{ type: 'ENUM' }, 'A', 'VALUE_NOT_ALLOWED', { allowed: '' }],
    [{ type: 'ENUM', values: ['A'], refuses: ['S'] }, 'S', 'STATE_SECRET', {}],
    [{ type: 'URN' }, 'hcm-lgsp', 'URN_MALFORMED', { value: 'hcm-lgsp' }],
    [{ type: 'URL' }, 'hochiminhcity.gov.vn', 'VALUE_OF_WRONG_TYPE', { expected: 'http(s) URL' }],
    [{ type: 'URL' }, 'javascript:https://x', 'VALUE_OF_WRONG_TYPE', {}],
    [{ type: 'URL' }, 'https://a b', 'VALUE_OF_WRONG_TYPE', {}],
    [{ type: 'STRING_LIST' }, 'a', 'VALUE_OF_WRONG_TYPE', { expected: 'STRING_LIST' }],
    [{ type: 'STRING_LIST', listMaximum: 2 }, ['a', 'b', 'c'], 'LIMIT_EXCEEDED', { limit: 2, actual: 3 }],
    [{ type: 'STRING_LIST' }, Array.from({ length: 201 }, () => 'a'), 'LIMIT_EXCEEDED', { limit: 200 }],
  ])('of %j may not be %j: %s', (more, value, reason, params) => {
    expect(check(more, value)).toEqual({ reason, path: PATH, params: expect.objectContaining(params) });
  });

  it.each<[Partial<AttributeDefinition>, Json, string]>([
    [{}, ['a', 7], 'VALUE_OF_WRONG_TYPE'],
    [{}, ['a', null], 'VALUE_OF_WRONG_TYPE'],
    [{ values: ['a'] }, ['a', 'b'], 'VALUE_NOT_ALLOWED'],
    [{ refuses: ['b'] }, ['a', 'b'], 'STATE_SECRET'],
  ])('that is a list of %j may not hold an item of %j: %s', (more, value, reason) => {
    expect(check({ type: 'STRING_LIST', ...more }, value)).toMatchObject({ reason, path: [...PATH, '1'] });
  });
});

describe('an attribute', () => {
  it('is known where it is defined for the kind', () => {
    expect(unknownAttribute('hosting', 'PLATFORM', DEFINITIONS, PATH)).toBeUndefined();
    expect(unknownAttribute('stateSecret', 'LEGISLATION', DEFINITIONS, PATH)).toBeUndefined();
  });

  it.each([
    ['hostin', 'SYSTEM', 'hosting'],
    ['usercount', 'SYSTEM', 'userCount'],
    ['usercount', 'PLATFORM', ''],
    ['userCount', 'PLATFORM', ''],
    ['hosting', 'AGENCY', ''],
    ['__proto__', 'SYSTEM', ''],
    ['constructor', 'SYSTEM', ''],
  ] as const)('%s of %s is unknown, and the closest is "%s"', (key, kind, suggestion) => {
    expect(unknownAttribute(key, kind, DEFINITIONS, PATH)).toEqual({
      reason: 'ATTRIBUTE_UNKNOWN',
      path: PATH,
      params: { key, kind, suggestion },
    });
  });
});
