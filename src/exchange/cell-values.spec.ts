import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { itemsOf, itemsText } from './cell-values.js';

describe('the items of a cell', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['a', ['a']],
    [' a ; b;; c ', ['a', 'b', 'c']],
    ['a\nb; c', ['a', 'b', 'c']],
    ['"a; b"; c', ['a; b', 'c']],
    ['"a ""b"""', ['a "b"']],
    ['"a" b; c', ['"a" b', 'c']],
    ['5" màn hình; c', ['5" màn hình', 'c']],
  ])('of %j are %j', (text, items) => {
    expect(itemsOf(text)).toEqual(items);
  });

  it('are read as they were written', () => {
    const item = fc
      .string({ unit: fc.constantFrom('a', 'ữ', ' ', ';', '"', '\n'), minLength: 1 })
      .map((text) => text.trim());
    fc.assert(
      fc.property(fc.array(item.filter((text) => text !== '')), (items) => {
        expect(itemsOf(itemsText(items))).toEqual(items);
      }),
    );
  });
});
