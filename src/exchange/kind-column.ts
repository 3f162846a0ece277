import type { Issue } from '../core/errors.js';
import { cellIssue, textOf } from './sheet.js';
import type { RecognisedSheet } from './sheet-columns.js';
import type { SpreadsheetWords } from './spreadsheet-words.reader.js';

/** So many rows are needed to tell a column that speaks of something else from words that are misspelt. */
const ROWS_LEAST = 10;
/** Values that are shown of it. */
const EXAMPLES = 5;

/**
 * Lists of projects have a column of that name, too, which says how something is bought or what it is about. Where most of
 * its values are no kinds of the registry, those that happen to be are none either.
 * @returns what is wrong with the column; undefined where it says kinds, or there is none.
 */
export function kindColumnIssue(
  { sheet, columns, rows, headerLine }: RecognisedSheet,
  words: SpreadsheetWords,
): Issue | undefined {
  const column = columns.find(({ to }) => to === 'kind');
  if (column === undefined) return undefined;
  const values = rows.map(({ cells }) => textOf(cells[column.at]).trim()).filter((value) => value !== '');
  const others = values.filter((value) => words.valueOf('kind', value) === undefined);
  if (others.length < ROWS_LEAST || others.length * 2 <= values.length) return undefined;
  return cellIssue(
    'KIND_COLUMN_OTHER',
    { sheet: sheet.name, line: headerLine, column: column.at },
    {
      header: column.header,
      count: others.length,
      rows: values.length,
      examples: [...new Set(others)].slice(0, EXAMPLES).join(', '),
    },
  );
}
