import * as fc from 'fast-check';
import { AttributeDefinitionReader } from '../registry/attribute-definition.reader.js';
import { CellReader, itemsOf, itemsText } from './cell-values.js';
import type { Cell } from './sheet.js';
import { SpreadsheetWords } from './spreadsheet-words.reader.js';

const definitions = new AttributeDefinitionReader().all;
const reader = new CellReader(new SpreadsheetWords());

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

describe('a number in hundredths', () => {
  const percent = (text: string): Cell => ({ type: 'NUMBER', text, isPercent: true });
  const wrong = { wrong: 'VALUE_OF_WRONG_TYPE' };

  it.each<[string, Cell, object]>([
    ['progressPercent', percent('1'), { value: 100 }],
    ['progressPercent', percent('0.57'), { value: 57 }],
    ['progressPercent', percent('0.125'), wrong],
    ['progressPercent', { type: 'NUMBER', text: '1' }, { value: 1 }],
    ['progressPercent', '100%', { value: 100 }],
    ['progressPercent', ' 40 % ', { value: 40 }],
    ['progressPercent', '%', wrong],
    // What is no share is what stands there.
    ['budgetVnd', percent('1'), { value: 1 }],
    ['budgetVnd', '100%', wrong],
  ])('%s of %j', (key, cell, expected) => {
    const definition = definitions.get(key);
    if (definition === undefined) throw new Error(`There is no attribute ${key}.`);
    expect(reader.attribute(cell, definition)).toMatchObject(expected);
  });
});
