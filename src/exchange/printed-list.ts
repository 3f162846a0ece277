import type { ChangeBase } from '../core/landscape/landscape.js';
import type { Element, ElementKind } from '../core/landscape/model.js';
import type { Language } from '../runtime/messages.js';
import { ElementLookup } from './element-lookup.js';
import type { Cell } from './sheet.js';
import type { ColumnWords, SpreadsheetWords } from './spreadsheet-words.reader.js';
import type { PrintedColumn } from './xlsx-print.js';

/** A list as it is printed: of which landscape, and in which words. */
export class ListStyle {
  private lookup: ElementLookup | undefined;

  constructor(
    readonly landscape: ChangeBase,
    readonly words: SpreadsheetWords,
    readonly language: Language,
  ) {}

  word(list: string, value: string): string {
    return this.words.wordFor(list, value, this.language);
  }

  /** What an element is called where others are named: its name, or its urn where that name would not find it again. */
  nameOf({ urn, name }: Element, kinds?: readonly ElementKind[]): string {
    // Names are looked up in lists alone that name others.
    this.lookup ??= new ElementLookup(this.landscape);
    const found = this.lookup.find(name, kinds);
    return 'urn' in found && found.urn === urn ? name : urn;
  }

  /** The head of a column of a field. @param list - list of the values that its cells may have. */
  column({ to, header, help }: ColumnWords, list: string | undefined): PrintedColumn {
    const values = list === undefined ? undefined : this.words.valuesOf(list)?.map((value) => this.word(list, value));
    return {
      header: header[this.language],
      width: WIDTHS[to] ?? NARROW,
      ...(help[this.language] !== '' && { help: help[this.language] }),
      ...(values !== undefined && { values }),
    };
  }
}

const WIDTHS: Readonly<Record<string, number>> = {
  name: 48,
  description: 60,
  owner: 36,
  urn: 30,
  source: 40,
  target: 40,
};
const NARROW = 18;

/** A column that is printed, and what its cells say. */
export interface ListColumn<T> extends PrintedColumn {
  readonly cell: (record: T) => Cell;
}

/** The rows of a list, made as they are asked for. */
export function* listRows<T>(records: Iterable<T>, columns: readonly ListColumn<T>[]): Generator<Cell[]> {
  for (const record of records) yield columns.map(({ cell }) => cell(record));
}

/** A date in the cell of a spreadsheet. */
export function dateCell(date: string | null | undefined): Cell {
  return date === null || date === undefined ? undefined : { type: 'DATE', text: date };
}

export function numberCell(number: number): Cell {
  return { type: 'NUMBER', text: String(number) };
}
