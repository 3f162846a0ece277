import type { Issue } from '../core/errors.js';
import { lastLineOf } from './plan-header.js';
import { cellIssue, columnName, textOf } from './sheet.js';
import type { Sheet, SheetRow } from './sheet.js';
import type { TenderRole, TenderWords } from './tender-words.js';

/** Where a sheet says what. */
export interface TenderHeader {
  readonly sheet: Sheet;
  readonly row: SheetRow;
  /** Columns, from 0, of each role; of codes there may be several, of all else there is one at most. */
  readonly columns: Readonly<Record<TenderRole, readonly number[]>>;
  /** The last row of the header, which may be several rows high. */
  readonly lastLine: number;
  /** Columns that are not read. */
  readonly notes: readonly Issue[];
}

/** The header stands in one of the first rows with content. */
const HEADER_ROWS = 30;

/** The header of a sheet: of its first rows the one of which most is known; undefined where none names a title or a code. */
export function readTenderHeader(words: TenderWords, sheet: Sheet): TenderHeader | undefined {
  let best: { readonly row: SheetRow; readonly columns: TenderHeader['columns']; readonly known: number } | undefined;
  for (const row of sheet.rows.slice(0, HEADER_ROWS)) {
    const columns = columnsOf(words, row);
    const known = Object.values(columns).flat().length;
    // A lone word such as "Gói thầu" is a title of the list more often than a column.
    const isHeader = columns.code.length > 0 || (columns.title.length > 0 && known > 1);
    if (isHeader && known > (best?.known ?? 0)) best = { row, columns, known };
  }
  if (best === undefined) return undefined;
  const { row, columns } = best;
  const lastLine = lastLineOf(sheet, row);
  const notes = [...notesOf(words, sheet, row, columns), ...unnamedColumns(sheet, row, lastLine)];
  return { sheet, row, columns, lastLine, notes };
}

/** Columns that say something in a line and that no header names, as below a cell that heads two of them. */
function unnamedColumns({ name, rows }: Sheet, header: SheetRow, lastLine: number): Issue[] {
  const columns = new Set<number>();
  for (const { line, cells } of rows) {
    if (line <= lastLine) continue;
    for (const [column, cell] of cells.entries()) {
      if (textOf(cell) !== '' && textOf(header.cells[column]).trim() === '') columns.add(column);
    }
  }
  const ordered = [...columns].toSorted((a, b) => a - b);
  return ordered.map((column) => cellIssue('COLUMN_UNNAMED', { sheet: name, line: header.line, column }));
}

function columnsOf(words: TenderWords, row: SheetRow): TenderHeader['columns'] {
  const columns: Record<TenderRole, number[]> = { number: [], code: [], title: [], agency: [] };
  for (const [at, cell] of row.cells.entries()) {
    const role = words.headers.roleOf(textOf(cell));
    if (role !== undefined && (role === 'code' || columns[role].length === 0)) columns[role].push(at);
  }
  return columns;
}

function notesOf(
  words: TenderWords,
  { name }: Sheet,
  { line, cells }: SheetRow,
  columns: TenderHeader['columns'],
): Issue[] {
  const read = new Set(Object.values(columns).flat());
  return Array.from(cells.entries()).flatMap(([column, cell]) => {
    const header = textOf(cell).trim();
    if (header === '' || read.has(column)) return [];
    const place = { sheet: name, line, column };
    const role = words.headers.roleOf(header);
    const [first] = role === undefined ? [] : columns[role];
    if (first === undefined) {
      return [cellIssue('COLUMN_UNKNOWN', place, { header, suggestion: words.headers.headerLike(header) })];
    }
    return [cellIssue('COLUMN_REPEATED', place, { header, other: `${textOf(cells[first])} (${columnName(first)})` })];
  });
}
