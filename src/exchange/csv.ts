import { setImmediate } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import { stringify } from 'csv-stringify/sync';
import { RegistryError } from '../core/errors.js';
import type { Issue } from '../core/errors.js';
import { CELL_MAXIMUM, COLUMN_MAXIMUM, ROW_MAXIMUM, cellIssue, textOf } from './sheet.js';
import type { Cell, Sheet, SheetRow } from './sheet.js';

/** What parts of the text are given to the parser at once, so that others have their turn in between. Characters. */
const PART = 65_536;

interface ParsedRow {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * Reads comma-separated values (RFC 4180), or those that a spreadsheet of a Vietnamese or European locale writes with
 * semicolons or tabs: the first line tells. Rows may be of different lengths.
 * @throws RegistryError CSV_QUOTES where a quotation mark is not closed or closed too early; LIMIT_EXCEEDED.
 */
export async function parseCsv(text: string): Promise<Sheet> {
  const parser = parse({ delimiter: delimiterOf(text), relax_column_count: true, info: true, bom: true });
  const rows: SheetRow[] = [];
  const issues: Issue[] = [];
  try {
    const feeding = feed(text, parser);
    let line = 1;
    // The parser gives what the options above ask of it.
    for await (const { record, info } of parser as AsyncIterable<ParsedRow>) {
      if (rows.length >= ROW_MAXIMUM) throw limit('rows', ROW_MAXIMUM, rows.length + 1);
      if (record.length > COLUMN_MAXIMUM) throw limit('columns', COLUMN_MAXIMUM, record.length);
      const cells = record.map((value): Cell => (value.trim() === '' ? undefined : unguarded(value)));
      if (cells.some((cell) => cell !== undefined)) rows.push({ line, cells });
      for (const [column, value] of record.entries()) {
        if (value.length > CELL_MAXIMUM) issues.push(tooLong(line, column, value.length));
      }
      line = info.lines + 1;
    }
    await feeding;
  } catch (error) {
    if (error instanceof CsvError) throw quotesWrong(error);
    throw error;
  }
  return { name: '', rows, merged: [], issues };
}

/** Never rejects: what the parser refuses comes out where its rows are read. */
async function feed(text: string, parser: ReturnType<typeof parse>): Promise<void> {
  for (let at = 0; at < text.length && !parser.destroyed; at += PART) {
    if (!parser.write(text.slice(at, at + PART))) await setImmediate();
  }
  if (!parser.destroyed) parser.end();
}

/** What a spreadsheet would take for a formula, behind any number of the apostrophes that keep it from doing so. */
const FORMULA = /^'*[=+\-@\t\r＝＋－＠]/;
const GUARDED = /^'+[=+\-@\t\r＝＋－＠]/;

function guarded(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** A text without the apostrophe that `guarded`, or a person, has put before it. */
function unguarded(text: string): string {
  return GUARDED.test(text) ? text.slice(1) : text;
}

/** The separator that stands most often in the first line that is not empty, outside quotation marks; a comma on a tie. */
export function delimiterOf(text: string): string {
  const [first = ''] = /[^\r\n]+/.exec(text.slice(0, PART)) ?? [];
  const bare = first.replaceAll(/"[^"]*"/g, '');
  let best = { delimiter: ',', count: 0 };
  for (const delimiter of [',', ';', '\t']) {
    const count = bare.split(delimiter).length - 1;
    if (count > best.count) best = { delimiter, count };
  }
  return best.delimiter;
}

function quotesWrong(error: CsvError): RegistryError {
  const line = 'lines' in error && typeof error.lines === 'number' ? error.lines : 0;
  return RegistryError.of('CSV_QUOTES', [], { line });
}

function limit(field: string, maximum: number, actual: number): RegistryError {
  return RegistryError.of('LIMIT_EXCEEDED', [], { field, limit: maximum, actual });
}

function tooLong(line: number, column: number, actual: number): Issue {
  return cellIssue('CELL_TOO_LONG', { sheet: '', line, column }, { limit: CELL_MAXIMUM, actual });
}

/**
 * Comma-separated values for a spreadsheet: UTF-8 with a byte order mark, without which Excel garbles Vietnamese, and no
 * cell that a spreadsheet would take for a formula.
 */
export function printCsv(rows: readonly (readonly Cell[])[], delimiter = ','): string {
  const texts = rows.map((cells) => cells.map((cell) => guarded(textOf(cell))));
  return stringify(texts, { bom: true, record_delimiter: 'windows', delimiter });
}
