import { RegistryError, issue } from '../core/errors.js';
import type { Issue } from '../core/errors.js';
import { sheetWord, textOf } from './sheet.js';
import type { Sheet } from './sheet.js';

/** What is said of the sheets of a list that have content and no header that is known. @param columns - such as are known. */
export function unrecognisedSheets(sheets: readonly Sheet[], columns: string): Issue[] {
  const written = sheets.filter(({ rows }) => rows.length > 0);
  return written.map(({ name, rows }) => unrecognised(name, rows[0]?.cells.map(textOf) ?? [], columns));
}

/** The refusal of a file none of whose sheets has a header that is known. @param notes - what is said of its sheets. */
export function nothingRecognised([first, ...rest]: readonly Issue[], columns: string): RegistryError {
  return new RegistryError([first ?? unrecognised('', [], columns), ...rest]);
}

function unrecognised(sheet: string, texts: readonly string[], columns: string): Issue {
  const headers = texts.filter((text) => text !== '').slice(0, 10);
  const params = { sheet: sheetWord(sheet), headers: headers.join(', ').slice(0, 300), columns };
  return issue('SHEET_UNRECOGNISED', [sheet], params);
}
