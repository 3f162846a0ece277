import { RegistryError } from '../core/errors.js';
import type { Issue } from '../core/errors.js';
import { HeaderWords } from './header-words.js';
import type { HeaderTable } from './header-words.js';
import { readSpreadsheet } from './read-file.js';
import { textOf } from './sheet.js';
import type { Sheet, SheetRow } from './sheet.js';
import { nothingRecognised, unrecognisedSheets } from './unrecognised-sheets.js';

/** One line of a list of titles: a project, a package, a system. */
export interface TitleLine {
  /** As written; the number of the line where the list gives none. */
  readonly id: string;
  /** Where it stands, by which two of one id are told apart: the number of the line, in a workbook behind the sheet's name. */
  readonly place: string;
  readonly title: string;
  readonly description: string | null;
  readonly agency: string | null;
}

/** A list that was read. */
export interface TitleList {
  /** In their order; none where no line under the header has a title. */
  readonly lines: readonly TitleLine[];
  /** What can not be taken as data, of the sheets that were read. */
  readonly issues: readonly Issue[];
}

/** Most lines of a list. */
export const TITLE_LINES_MAXIMUM = 100_000;

type TitleRole = 'id' | 'title' | 'description' | 'agency';

const HEADERS: HeaderTable<TitleRole> = {
  id: ['id', 'mã', 'stt', 'code'],
  title: [
    'title',
    'tên',
    'name',
    'project title',
    'project name',
    'nội dung nhiệm vụ',
    'danh mục',
    'nhiệm vụ',
    'dự án',
    'gói thầu',
  ],
  description: ['description', 'mô tả', 'mục tiêu', 'nội dung', 'chức năng'],
  agency: ['agency', 'cơ quan', 'đơn vị', 'chủ đầu tư', 'tên cơ quan', 'tên đơn vị', 'tên chủ đầu tư', 'owner'],
  none: ['đơn vị tính'],
};
const COLUMNS = 'id, title, description, agency';
/** The header stands in one of the first rows with content. */
const HEADER_ROWS = 30;
const WORDS = new HeaderWords<TitleRole>(['id', 'title', 'description', 'agency'], HEADERS);

type Columns = Readonly<Partial<Record<TitleRole, number>>>;

/**
 * Reads the titles of a list, a workbook or separated values. Lines without a title are left out.
 * @throws RegistryError where the file can not be read, no sheet has a column of titles, or it has too many lines.
 */
export async function readTitleList(bytes: Buffer): Promise<TitleList> {
  const { sheets } = await readSpreadsheet(bytes);
  const lists = sheets.flatMap((sheet) => listOf(sheet) ?? []);
  if (lists.length === 0) throw nothingRecognised(unrecognisedSheets(sheets, COLUMNS), COLUMNS);
  const lines = lists.flatMap((list) => list.lines);
  if (lines.length > TITLE_LINES_MAXIMUM) {
    const params = { field: 'lines', limit: TITLE_LINES_MAXIMUM, actual: lines.length };
    throw RegistryError.of('LIMIT_EXCEEDED', ['file'], params);
  }
  return { lines, issues: lists.flatMap(({ issues }) => issues) };
}

function listOf({ name, rows, issues }: Sheet): TitleList | undefined {
  for (const [at, row] of rows.slice(0, HEADER_ROWS).entries()) {
    const columns = columnsOf(row);
    if (columns.title === undefined) continue;
    const lines = rows.slice(at + 1).flatMap((each) => lineOf(name, each, columns));
    return { lines, issues: issues.filter((each) => !isTakenAllTheSame(name, each)) };
  }
  return undefined;
}

/** A text file gives its longest cells whole; a workbook does not. */
function isTakenAllTheSame(sheet: string, { reason }: Issue): boolean {
  return sheet === '' && reason === 'CELL_TOO_LONG';
}

function columnsOf({ cells }: SheetRow): Columns {
  const columns: Partial<Record<TitleRole, number>> = {};
  for (const [at, cell] of cells.entries()) {
    const role = WORDS.roleOf(textOf(cell));
    if (role !== undefined) columns[role] ??= at;
  }
  return columns;
}

function lineOf(sheet: string, { cells, line }: SheetRow, columns: Columns): TitleLine[] {
  const textAt = (role: TitleRole): string => textOf(cells[columns[role] ?? -1]).trim();
  const title = textAt('title');
  if (title === '') return [];
  return [
    {
      id: textAt('id') || String(line),
      place: sheet === '' ? String(line) : `${sheet}!${line}`,
      title,
      description: textAt('description') || null,
      agency: textAt('agency') || null,
    },
  ];
}
