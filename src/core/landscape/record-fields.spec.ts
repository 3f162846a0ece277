import { addOf, committed, issuesOn, planned, remove, told, update } from '../../../test/support/change-sets.js';
import { element, landscapeOf, relation } from '../../../test/support/landscapes.js';
import { isPartialDate, isUrn } from './model.js';
import { isJson } from './record-fields.js';
import type { LandscapeSnapshot } from './snapshot.js';

const [SYSTEM, DEPENDS] = ['urn:khung:e0', 'urn:khung:r0'] as const;
function base(): LandscapeSnapshot {
  return landscapeOf([element(0, { attributes: { hosting: 'CLOUD' } }), element(1)], [relation(0, [0, 1])]);
}
/** What a field holds after it was set. */
function kept(urn: string, path: string, value: unknown): unknown {
  const after = committed(base(), update(urn, path, value));
  const record: object | undefined = after.elementByUrn(urn) ?? after.relationByUrn(urn);
  return new Map(Object.entries(record ?? {})).get(path);
}

describe('a field of an element', () => {
  it.each([
    ['name', 'Kho dữ liệu', 'Kho dữ liệu'],
    ['name', 'x'.repeat(500), 'x'.repeat(500)],
    ['nameEn', null, null],
    ['aliases', ['HT', 'Hệ thống'], ['HT', 'Hệ thống']],
    ['aliases', null, []],
    ['aliases', Array.from({ length: 200 }, () => 'x'), Array.from({ length: 200 }, () => 'x')],
    ['description', 'x'.repeat(10_000), 'x'.repeat(10_000)],
    ['externalIds', [{ scheme: 'NAS', value: 'A1' }], [{ scheme: 'NAS', value: 'A1', recordType: null }]],
    [
      'externalIds',
      [{ scheme: 'NAS', value: 'A1', recordType: 'ORIGINAL' }],
      [{ scheme: 'NAS', value: 'A1', recordType: 'ORIGINAL' }],
    ],
    ['layer', 1, 1],
    ['layer', 4, 4],
    ['layer', null, null],
    [
      'phases',
      [{ phase: 'PLAN', from: '2025' }, { phase: 'ACTIVE' }],
      [
        { phase: 'PLAN', from: '2025' },
        { phase: 'ACTIVE', from: null },
      ],
    ],
    ['visibility', 'RESTRICTED', 'RESTRICTED'],
    ['level', 'COMMUNE', 'COMMUNE'],
    ['kind', 'PLATFORM', 'PLATFORM'],
  ])('%s takes %j', (path, value, expected) => {
    expect(kept(SYSTEM, path, value)).toEqual(expected);
  });

  it.each([
    ['name', '', 'VALUE_OF_WRONG_TYPE 0.value'],
    ['name', ' \n', 'VALUE_OF_WRONG_TYPE 0.value'],
    ['name', null, 'VALUE_MISSING 0.value'],
    ['name', 7, 'VALUE_OF_WRONG_TYPE 0.value'],
    ['name', 'a\0b', 'VALUE_OF_WRONG_TYPE 0.value'],
    ['name', '\uDE00', 'VALUE_OF_WRONG_TYPE 0.value'],
    ['name', 'x'.repeat(501), 'LIMIT_EXCEEDED 0.value'],
    ['nameEn', 'x'.repeat(501), 'LIMIT_EXCEEDED 0.value'],
    ['description', 'x'.repeat(10_001), 'LIMIT_EXCEEDED 0.value'],
    ['aliases', 'HT', 'VALUE_OF_WRONG_TYPE 0.value'],
    ['aliases', ['HT', ''], 'VALUE_OF_WRONG_TYPE 0.value.1'],
    ['aliases', [null], 'VALUE_MISSING 0.value.0'],
    ['aliases', Array.from({ length: 201 }, () => 'x'), 'LIMIT_EXCEEDED 0.value'],
    ['externalIds', [7], 'VALUE_OF_WRONG_TYPE 0.value.0'],
    ['externalIds', [['NAS']], 'VALUE_OF_WRONG_TYPE 0.value.0'],
    ['externalIds', [{ scheme: 'NAS' }], 'VALUE_MISSING 0.value.0.value'],
    ['externalIds', [{ scheme: 'NAS', value: 'x'.repeat(201) }], 'LIMIT_EXCEEDED 0.value.0.value'],
    ['externalIds', [{ scheme: 'x'.repeat(101), value: 'A' }], 'LIMIT_EXCEEDED 0.value.0.scheme'],
    ['externalIds', [{ scheme: 'NAS', value: 'A', recordType: 'COPY' }], 'VALUE_NOT_ALLOWED 0.value.0.recordType'],
    ['externalIds', [{ scheme: 'NAS', value: 'A', type: 'x' }], 'FIELD_UNKNOWN 0.value.0.type'],
    ['externalIds', [{ scheme: 'NAS', value: 'A', constructor: 'x' }], 'FIELD_UNKNOWN 0.value.0.constructor'],
    ['layer', 0, 'VALUE_OUT_OF_BOUNDS 0.value'],
    ['layer', 5, 'VALUE_OUT_OF_BOUNDS 0.value'],
    ['layer', 1.5, 'VALUE_OF_WRONG_TYPE 0.value'],
    ['layer', '1', 'VALUE_OF_WRONG_TYPE 0.value'],
    ['phases', [{ from: '2025' }], 'VALUE_MISSING 0.value.0.phase'],
    ['phases', [{ phase: 'ACTIVE', from: '2025-13' }], 'VALUE_OF_WRONG_TYPE 0.value.0.from'],
    ['phases', [{ phase: 'ACTIVE', from: 2025 }], 'VALUE_OF_WRONG_TYPE 0.value.0.from'],
    ['visibility', 'SECRET', 'VALUE_NOT_ALLOWED 0.value'],
    ['level', { a: 1 }, 'VALUE_NOT_ALLOWED 0.value'],
    ['kind', 'OWNED_BY', 'VALUE_NOT_ALLOWED 0.value'],
  ])('%s does not take %j: %s', (path, value, expected) => {
    expect(told(issuesOn(base(), update(SYSTEM, path, value)))).toEqual([expected.replace(' ', ' operations.')]);
  });

  it('that is removed is what nobody ever said', () => {
    const value = {
      kind: 'SYSTEM',
      name: 'x',
      nameEn: 'x',
      aliases: ['x'],
      description: 'x',
      externalIds: [{ scheme: 's', value: 'v' }],
      layer: 1,
      phases: [{ phase: 'ACTIVE' }],
      level: 'OTHER',
    };
    const fields = ['nameEn', 'aliases', 'description', 'externalIds', 'layer', 'phases', 'level'];
    const added = addOf('urn:khung:new', value);
    const after = committed(base(), added, ...fields.map((field) => remove('urn:khung:new', field)));
    expect(after.elementByUrn('urn:khung:new')).toEqual(
      element(100, { urn: after.elementAt(100)?.urn ?? element(0).urn, name: 'x', revision: 2 }),
    );
  });
});

describe('a field of a relation', () => {
  it.each([
    ['kind', 'EXCHANGES_DATA_WITH', 'EXCHANGES_DATA_WITH'],
    ['strength', 'HARD', 'HARD'],
    ['strength', null, 'UNKNOWN'],
    ['status', 'PLANNED', 'PLANNED'],
    ['status', null, 'UNKNOWN'],
    ['channels', ['LGSP', 'FILE'], ['LGSP', 'FILE']],
    ['channels', null, []],
    ['validFrom', '2026-01', '2026-01'],
    ['validTo', null, null],
    ['provenance', 'Công văn 1', 'Công văn 1'],
    ['confidence', 'HIGH', 'HIGH'],
    ['confidence', null, 'UNSOURCED'],
  ])('%s takes %j', (path, value, expected) => {
    expect(kept(DEPENDS, path, value)).toEqual(expected);
  });

  it.each([
    ['kind', 'SYSTEM', 'VALUE_NOT_ALLOWED 0.value'],
    ['strength', 'STRONG', 'VALUE_NOT_ALLOWED 0.value'],
    ['status', 1, 'VALUE_NOT_ALLOWED 0.value'],
    ['channels', ['LGSP', 'POST'], 'VALUE_NOT_ALLOWED 0.value.1'],
    ['channels', ['LGSP', null], 'VALUE_MISSING 0.value.1'],
    ['validFrom', 'hôm nay', 'VALUE_OF_WRONG_TYPE 0.value'],
    ['provenance', '', 'VALUE_OF_WRONG_TYPE 0.value'],
    ['confidence', 'SURE', 'VALUE_NOT_ALLOWED 0.value'],
    ['name', 'x', 'FIELD_UNKNOWN 0.path'],
  ])('%s does not take %j: %s', (path, value, expected) => {
    expect(told(issuesOn(base(), update(DEPENDS, path, value)))).toEqual([expected.replace(' ', ' operations.')]);
  });
});

describe('a text', () => {
  const composed = 'Nền tảng tích hợp';
  const decomposed = composed.normalize('NFD');

  it('is kept composed, however it was typed', () => {
    expect(decomposed).not.toBe(composed);
    expect(kept(SYSTEM, 'name', decomposed)).toBe(composed);
    expect(kept(SYSTEM, 'aliases', [decomposed])).toEqual([composed]);
    expect(kept(DEPENDS, 'provenance', decomposed)).toBe(composed);
    const added = addOf('urn:khung:new', { kind: 'SYSTEM', name: decomposed });
    expect(planned(base(), added).elements[0]?.after?.name).toBe(composed);
  });

  it('is measured composed: how it was typed does not make it too long', () => {
    expect(kept(SYSTEM, 'name', 'ề'.repeat(500).normalize('NFD'))).toBe('ề'.repeat(500));
    expect(issuesOn(base(), update(SYSTEM, 'name', 'ề'.repeat(501).normalize('NFD')))).toMatchObject([
      { reason: 'LIMIT_EXCEEDED', params: { field: 'name', limit: 500, actual: 501 } },
    ]);
  });

  it('may hold what is written in pairs', () => {
    expect(kept(SYSTEM, 'name', 'Hệ thống 😀')).toBe('Hệ thống 😀');
  });
});

describe('keys that every object has', () => {
  const parsed: unknown = JSON.parse('{"kind":"SYSTEM","name":"x","__proto__":{"layer":1}}');

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s is no field and no attribute', (key) => {
    expect(told(issuesOn(base(), update(SYSTEM, key, 'x')))).toEqual(['FIELD_UNKNOWN operations.0.path']);
    expect(told(issuesOn(base(), remove(SYSTEM, key)))).toEqual(['FIELD_UNKNOWN operations.0.path']);
    expect(told(issuesOn(base(), update(SYSTEM, `attributes.${key}`, 'x')))).toEqual([
      'ATTRIBUTE_UNKNOWN operations.0.value',
    ]);
    expect(told(issuesOn(base(), remove(SYSTEM, `attributes.${key}`)))).toEqual(['FIELD_UNKNOWN operations.0.path']);
    expect(told(issuesOn(base(), update(DEPENDS, key, 'x')))).toEqual(['FIELD_UNKNOWN operations.0.path']);
  });

  it('are no fields of a new object, and change none', () => {
    expect(told(issuesOn(base(), addOf('urn:khung:new', parsed)))).toEqual([
      'FIELD_UNKNOWN operations.0.value.__proto__',
    ]);
    const attributes: unknown = JSON.parse('{"__proto__":{"hosting":"CLOUD"},"constructor":1}');
    expect(told(issuesOn(base(), addOf('urn:khung:new', { kind: 'SYSTEM', name: 'x', attributes })))).toEqual([
      'ATTRIBUTE_UNKNOWN operations.0.value.attributes.__proto__',
      'ATTRIBUTE_UNKNOWN operations.0.value.attributes.constructor',
    ]);
    expect(Object.hasOwn(Object.prototype, 'hosting')).toBe(false);
  });

  it('are good urns all the same', () => {
    const after = committed(base(), addOf('urn:khung:constructor', { kind: 'SYSTEM', name: 'x' }));
    expect(after.elementByUrn('urn:khung:constructor')?.name).toBe('x');
    expect(after.elementByUrn('constructor')).toBeUndefined();
    expect(after.isTaken('__proto__')).toBe(false);
  });
});

describe('the attributes of a new element', () => {
  const withAttributes = (attributes: unknown): ReturnType<typeof addOf> =>
    addOf('urn:khung:new', { kind: 'SYSTEM', name: 'x', attributes });

  it.each([[undefined], [null], [{}], [{ note: undefined }]])('%j are none', (attributes) => {
    expect(planned(base(), withAttributes(attributes)).elements[0]?.after?.attributes).toEqual({});
  });

  it('keep what is declared absent apart from what is unknown', () => {
    const { elements } = planned(base(), withAttributes({ note: null, hosting: 'CLOUD' }));
    expect(elements[0]?.after?.attributes).toEqual({ note: null, hosting: 'CLOUD' });
  });

  it.each([
    ['a text', 'VALUE_OF_WRONG_TYPE operations.0.value.attributes'],
    [['hosting'], 'VALUE_OF_WRONG_TYPE operations.0.value.attributes'],
    [{ userCount: Number.NaN }, 'VALUE_OF_WRONG_TYPE operations.0.value.attributes.userCount'],
    [{ note: { a: 1n } }, 'VALUE_OF_WRONG_TYPE operations.0.value.attributes.note'],
    [{ stateSecret: true }, 'STATE_SECRET operations.0.value.attributes.stateSecret'],
    [{ domains: ['a', 7] }, 'VALUE_OF_WRONG_TYPE operations.0.value.attributes.domains.1'],
  ])('may not be %p', (attributes, expected) => {
    expect(told(issuesOn(base(), withAttributes(attributes)))).toEqual([expected]);
  });
});

describe('the words of the model', () => {
  it.each([
    ['urn:khung:a', true],
    ['urn:khung:hcm-lgsp.v2_1', true],
    [`urn:khung:${'a'.repeat(152)}`, true],
    [`urn:khung:${'a'.repeat(153)}`, false],
    ['urn:khung:', false],
    ['urn:khung:-a', false],
    ['urn:khung:a-', false],
    ['urn:khung:Á', false],
    ['urn:other:a', false],
    ['urn:khung:a\n', false],
  ])('%j is a urn: %s', (text, expected) => {
    expect(isUrn(text)).toBe(expected);
  });

  it.each([
    ['2026', true],
    ['2026-12', true],
    ['2026-12-31', true],
    ['2026-11-31', false],
    ['2024-02-29', true],
    ['2100-02-29', false],
    ['2026-00', false],
    ['1000-01-01', true],
    ['0999-12-31', false],
    ['0050', false],
    ['9998-12-31', true],
    ['9999-12-31', false],
    ['9999', false],
    ['2026-01-00', false],
    ['26', false],
    ['2026-1', false],
    ['2026-01-01T00:00', false],
    ['', false],
  ])('%j is a date as far as it is known: %s', (text, expected) => {
    expect(isPartialDate(text)).toBe(expected);
  });

  it.each([
    [null, true],
    [{ a: [1, 'x', false, null] }, true],
    [Number.POSITIVE_INFINITY, false],
    [[Number.NaN], false],
    [{ a: undefined }, false],
    [undefined, false],
    [1n, false],
    [isJson, false],
  ])('%p is a JSON document: %s', (value, expected) => {
    expect(isJson(value)).toBe(expected);
  });
});
