import type { Issue } from '../core/errors.js';
import { issue } from '../core/errors.js';

/** A cell that a spreadsheet knows to be more than text. */
export interface TypedCell {
  readonly type: 'NUMBER' | 'DATE' | 'BOOLEAN';
  /** A number as JavaScript prints it, a day as `2025-07-01` (with a time behind it: `2025-07-01T08:30:00`), `true`, `false`. */
  readonly text: string;
  /** A number that is shown in hundredths: 0.4 stands there as `40 %`. */
  readonly isPercent?: true;
}

/** What a cell holds: text, a typed value, or nothing. Text is never empty. */
export type Cell = string | TypedCell | undefined;

export interface SheetRow {
  /** Number of the row, or of the line of a text file on which it begins; from 1. */
  readonly line: number;
  /** By column from 0; what lies beyond the end is empty. */
  readonly cells: readonly Cell[];
}

/** A block of cells that are shown as one: rows and columns from 0, both ends inside. */
export interface MergedCells {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** One table of a file, as it was written. Rows without content are left out. */
export interface Sheet {
  /** The name on its tab; empty for a text file. */
  readonly name: string;
  readonly rows: readonly SheetRow[];
  /** Empty for a text file. */
  readonly merged: readonly MergedCells[];
  /** What can not be taken as data, with the cell it stands in: formulas, errors, texts that are too long. */
  readonly issues: readonly Issue[];
}

/** The hidden sheet of a printed workbook that holds the values of its lists; it is no data. */
export const LISTS = '_lists';
/** Most characters of a cell, in Excel's own count; a longer one was not written by a spreadsheet. */
export const CELL_MAXIMUM = 32_767;
/** Bounds of one sheet. Ten times what a city hands over, and what is held in memory at once. */
export const ROW_MAXIMUM = 200_000;
export const COLUMN_MAXIMUM = 500;

/** `A`, `B` ... `Z`, `AA` ...: the name of a column, which is given from 0. */
export function columnName(column: number): string {
  const letter = String.fromCodePoint(65 + (column % 26));
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter;
}

/** `B7`: the address of a cell by its row from 1 and its column from 0. */
export function cellAddress(line: number, column: number): string {
  return `${columnName(column)}${line}`;
}

const ADDRESS = /^([A-Z]{1,3})(\d{1,7})$/;

/** The place of an address such as `B7`, both from 0; undefined where it is none. */
export function placeOf(address: string): { readonly row: number; readonly column: number } | undefined {
  const [, letters, digits] = ADDRESS.exec(address) ?? [];
  if (letters === undefined || digits === undefined) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + ((letter.codePointAt(0) ?? 65) - 64);
  return { row: Number(digits) - 1, column: column - 1 };
}

/** How a sheet is called in messages: that of a text file has no name. */
export function sheetWord(name: string): string {
  return name === '' ? 'CSV' : name;
}

/** The text of a cell; empty where there is none. */
export function textOf(cell: Cell): string {
  return typeof cell === 'object' ? cell.text : (cell ?? '');
}

/** Something wrong in one cell. Its path is the sheet and the cell's address. */
export function cellIssue(
  reason: Issue['reason'],
  { sheet, line, column }: { readonly sheet: string; readonly line: number; readonly column: number },
  params: Issue['params'] = {},
): Issue {
  const cell = cellAddress(line, column);
  return issue(reason, [sheet, cell], { cell: sheet === '' ? cell : `${sheet}!${cell}`, ...params });
}
