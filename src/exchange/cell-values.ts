import type { Issue } from '../core/errors.js';
import type { AttributeDefinition, AttributeType } from '../core/landscape/attribute.js';
import { isPartialDate } from '../core/landscape/model.js';
import type { Json } from '../core/landscape/model.js';
import { textOf } from './sheet.js';
import type { Cell } from './sheet.js';
import { foldHeader } from './spreadsheet-words.reader.js';
import type { SpreadsheetWords } from './spreadsheet-words.reader.js';

/** What a cell says: a value, that there is none (null), that it is to be unknown again, or why it can not be taken. */
export type CellReading =
  | { readonly value: Json }
  | { readonly forget: true }
  | { readonly wrong: Issue['reason']; readonly params: Issue['params'] };

const LANGUAGES = ['VI', 'EN'] as const;

/** Reads what the cells of a list say, in either language. Names of elements are read by whoever knows the landscape. */
export class CellReader {
  constructor(private readonly words: SpreadsheetWords) {}

  /** What a cell says of an attribute. References come as the texts that stand there. */
  attribute(cell: Cell, definition: AttributeDefinition): CellReading {
    const marked = this.marked(cell);
    if (marked !== undefined) return marked;
    const { type } = definition;
    if (type === 'STRING_LIST' || type === 'URN_LIST') return this.list(cell, definition);
    return this.single(cell, definition, type === 'URN' ? 'STRING' : type);
  }

  /** One of a list of values by its code or its words. */
  oneOf(cell: Cell, list: string): CellReading {
    const text = textOf(cell).trim();
    const value = this.words.valueOf(list, text);
    if (value !== undefined) return { value };
    const allowed = (this.words.valuesOf(list) ?? []).map((each) => this.words.wordFor(list, each, 'VI'));
    return { wrong: 'VALUE_NOT_ALLOWED', params: { value: text, allowed: allowed.join(', ') } };
  }

  /** The items of a list that each are one of a list of values. */
  severalOf(cell: Cell, list: string): CellReading {
    const values: Json[] = [];
    for (const item of itemsOf(cell)) {
      const reading = this.oneOf(item, list);
      if (!('value' in reading)) return reading;
      values.push(reading.value);
    }
    return { value: values };
  }

  /** Whether a cell says yes; undefined where it says neither yes nor no. */
  isYes(cell: Cell): boolean | undefined {
    const word = this.words.valueOf('boolean', textOf(cell));
    return word === undefined ? undefined : word === 'true';
  }

  /** The marks that mean something in a cell of any kind; undefined for any other text. */
  marked(cell: Cell): CellReading | undefined {
    const text = textOf(cell);
    // Nearly all cells are none: they are not folded to see that.
    if (!text.trimStart().startsWith('(')) return undefined;
    const folded = foldHeader(text);
    const isMark = (mark: 'absent' | 'unknown') =>
      LANGUAGES.some((each) => folded === foldHeader(this.words.marks[mark][each]));
    if (isMark('absent')) return { value: null };
    return isMark('unknown') ? { forget: true } : undefined;
  }

  private single(cell: Cell, { key, values, unit }: AttributeDefinition, type: AttributeType): CellReading {
    const text = textOf(cell).trim();
    switch (type) {
      case 'INTEGER':
        return wholeNumber(unit === PERCENT ? inHundredths(cell) : cell);
      case 'DATE':
        return dateOf(cell);
      case 'BOOLEAN': {
        const yes = this.isYes(cell);
        return yes === undefined
          ? { wrong: 'VALUE_OF_WRONG_TYPE', params: { expected: 'có / không' } }
          : { value: yes };
      }
      case 'ENUM':
        return this.enumValue(text, key, values ?? []);
      default:
        return { value: text };
    }
  }

  private enumValue(text: string, key: string, values: readonly string[]): CellReading {
    const list = `attribute:${key}`;
    const found = this.words.valueOf(list, text) ?? values.find((each) => foldHeader(each) === foldHeader(text));
    if (found !== undefined) return { value: found };
    const allowed = values.map((each) => this.words.wordFor(list, each, 'VI')).join(', ');
    return { wrong: 'VALUE_NOT_ALLOWED', params: { value: text, allowed } };
  }

  private list(cell: Cell, { key, values }: AttributeDefinition): CellReading {
    const items = itemsOf(cell);
    if (values === undefined) return { value: items };
    const found: Json[] = [];
    for (const item of items) {
      const reading = this.enumValue(item, key, values);
      if (!('value' in reading)) return reading;
      found.push(reading.value);
    }
    return { value: found };
  }
}

/** An item up to the next semicolon or line break; one in quotation marks may hold these, and its own marks twice. */
const ITEM = /[^\S\n]*(?:"((?:[^"]|"")*)"|([^;\n]*?))[^\S\n]*(?:[;\n]|$)/gu;

/** The items of a cell that holds a list. */
export function itemsOf(cell: Cell): string[] {
  return Array.from(textOf(cell).matchAll(ITEM), ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** Items as `itemsOf` reads them again. */
export function itemsText(items: readonly string[]): string {
  return items.map((item) => (/[;\n]|^"/.test(item) ? `"${item.replaceAll('"', '""')}"` : item)).join('; ');
}

/** Digits in groups of three, with points or commas or spaces between them: `1.250.000`. */
const GROUPED = /^-?\d{1,3}(?:([.,\s])\d{3})(?:\1\d{3})*$/;

/** The unit of what is counted in hundredths. */
const PERCENT = '%';

/** How many hundredths a cell tells: `40%`, or 0.4 that a spreadsheet shows so, is 40. */
function inHundredths(cell: Cell): Cell {
  if (typeof cell !== 'object') return textOf(cell).replace(/\s*%\s*$/, '');
  if (cell.isPercent !== true) return cell;
  // 0.57 times a hundred is a little less than 57 in binary fractions; spreadsheets count 15 digits.
  return { type: 'NUMBER', text: String(Number((Number(cell.text) * 100).toPrecision(15))) };
}

/** A whole number, written plainly or in groups of three. */
function wholeNumber(cell: Cell): CellReading {
  const text = textOf(cell).trim();
  const isTyped = typeof cell === 'object';
  const plain = !isTyped && GROUPED.test(text) ? text.replaceAll(/[.,\s]/g, '') : text;
  const number = Number(plain);
  if (plain !== '' && Number.isSafeInteger(number)) return { value: number };
  return { wrong: 'VALUE_OF_WRONG_TYPE', params: { expected: 'số nguyên / whole number (1250000)' } };
}

/**
 * A date as far as it is written: a day of the spreadsheet, `2025-07-01`, `01/07/2025` (day first, as people here write),
 * `07/2025` or `2025`.
 */
export function dateOf(cell: Cell): CellReading {
  const text = textOf(cell).trim();
  const [, day, month, year = ''] = /^(?:(\d{1,2})[/.-])?(?:(\d{1,2})[/.-])?(\d{4})$/.exec(text) ?? [];
  const parts = month === undefined ? [year, day] : [year, month, day];
  const local = parts.flatMap((part) => (part === undefined || part === '' ? [] : part.padStart(2, '0'))).join('-');
  const date = local === '' && typeof cell === 'object' ? text.slice(0, 10) : local || text;
  if (isPartialDate(date)) return { value: date };
  return { wrong: 'VALUE_OF_WRONG_TYPE', params: { expected: 'ngày / date (31/12/2025, 12/2025, 2025)' } };
}
