import { printCsv } from './csv.js';
import type { Cell } from './sheet.js';
import { printXlsx } from './xlsx-print.js';
import type { PrintedSheet } from './xlsx-print.js';

/** As what a table is printed. */
export type TableFormat = 'xlsx' | 'csv';

/** A cell of a printed table: text that is never taken for a formula, a typed value, or nothing. */
export type TableCell = Cell;

/** A table for a spreadsheet. What a spreadsheet would take for a formula is text in either format. */
export function printTable(sheet: PrintedSheet, format: TableFormat): Promise<Buffer> {
  if (format === 'xlsx') return printXlsx([sheet]);
  return Promise.resolve(Buffer.from(printCsv([sheet.columns.map(({ header }) => header), ...sheet.rows])));
}
