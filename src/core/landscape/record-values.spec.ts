import { landscapeOf } from '../../../test/support/landscapes.js';
import { completeValue, urnAt, valueAt, withValueAt } from './record-values.js';

describe('a record value', () => {
  it('is made whole with the defaults of what was not given', () => {
    expect(completeValue({ kind: 'SYSTEM', name: 'A' })).toMatchObject({
      layer: null,
      visibility: 'PUBLIC',
      attributes: {},
    });
    const relation = { kind: 'USES', source: 'urn:khung:a', target: 'urn:khung:b' };
    expect(completeValue(relation)).toMatchObject({ ...relation, strength: 'UNKNOWN', channels: [], attributes: {} });
  });

  it.each([
    ['a text', 'x'],
    ['nothing', undefined],
    ['a record without a name', { kind: 'SYSTEM' }],
    ['a relation without an end', { kind: 'USES', source: 'urn:khung:a' }],
  ])('is not made of %s', (_what, value) => {
    expect(completeValue(value)).toBeUndefined();
  });

  it('is read and replaced at the paths of operations', () => {
    const value = { kind: 'SYSTEM', name: 'A', attributes: { note: 'x' } };
    expect(['name', 'attributes.note', 'attributes.toString', 'toString'].map((path) => valueAt(value, path))).toEqual([
      'A',
      'x',
      undefined,
      undefined,
    ]);
    expect(valueAt({ kind: 'SYSTEM' }, 'attributes.note')).toBeUndefined();
    expect(withValueAt(value, 'name', 'B')).toEqual({ ...value, name: 'B' });
    expect(withValueAt(value, 'name', undefined)).toBe(value);
    expect(withValueAt(value, 'attributes.note', undefined)).toEqual({ ...value, attributes: {} });
    expect(withValueAt(value, 'attributes.hosting', null)).toEqual({
      ...value,
      attributes: { note: 'x', hosting: null },
    });
  });
});

it('an end that is not there is a mistake of ours', () => {
  expect(() => urnAt(landscapeOf(1, []), 1)).toThrow(RangeError);
});
