import { closestWord } from '../core/closest-word.js';
import type { Issue } from '../core/errors.js';
import { issue } from '../core/errors.js';
import type { AttributeDefinition, AttributeDefinitions } from '../core/landscape/attribute.js';
import { RELATION_KINDS } from '../core/landscape/model.js';
import { cellIssue, columnName, sheetWord, textOf } from './sheet.js';
import type { Sheet, SheetRow } from './sheet.js';
import { foldHeader } from './spreadsheet-words.reader.js';
import type { ColumnWords, SpreadsheetWords } from './spreadsheet-words.reader.js';

/** A column of a sheet, and what its cells say. */
export interface SheetColumn {
  /** From 0. */
  readonly at: number;
  /** As the sheet has it. */
  readonly header: string;
  readonly to: string;
  /** Of the columns of attributes. */
  readonly definition?: AttributeDefinition;
}

/** A sheet of which is known what its rows are. */
export interface RecognisedSheet {
  readonly sheet: Sheet;
  readonly rowsAre: 'ELEMENTS' | 'RELATIONS';
  /** Number of the row that the header is. */
  readonly headerLine: number;
  readonly columns: readonly SheetColumn[];
  /** Behind the header, without repetitions of it. */
  readonly rows: readonly SheetRow[];
  /** What keeps the sheet, or some of its rows, from being taken; with the cell. */
  readonly issues: readonly Issue[];
  /** Columns that say nothing to the registry: told, and not read. */
  readonly notes: readonly Issue[];
}

/** The header stands in one of the first rows: titles of lists stand above it. */
export const HEADER_ROWS = 20;
const RELATION_KIND_SET: ReadonlySet<string> = new Set(RELATION_KINDS);

type HeaderTable = ReadonlyMap<string, Pick<SheetColumn, 'to' | 'definition'>>;

/** Knows the headers of lists: those of the fields in either language, and the names of all attributes. */
export class HeaderReader {
  private readonly ofElements: HeaderTable;
  private readonly ofRelations: HeaderTable;

  constructor(words: SpreadsheetWords, definitions: AttributeDefinitions) {
    const all = [...definitions.values()];
    this.ofElements = headerTable(
      words.elementColumns,
      all.filter((each) => !isOfRelations(each)),
      definitions,
    );
    this.ofRelations = headerTable(words.relationColumns, all.filter(isOfRelations), definitions);
  }

  /** What the rows of a sheet are, by its header; an issue where no header is known. */
  recognise(sheet: Sheet): RecognisedSheet | Issue {
    let best: { row: SheetRow; known: number; rowsAre: RecognisedSheet['rowsAre'] } | undefined;
    for (const row of sheet.rows.slice(0, HEADER_ROWS)) {
      for (const rowsAre of ['ELEMENTS', 'RELATIONS'] as const) {
        const known = this.knownIn(row, rowsAre);
        if (known > (best?.known ?? 1)) best = { row, known, rowsAre };
      }
    }
    if (best === undefined) return this.unrecognised(sheet);
    return this.read(sheet, best.row, best.rowsAre);
  }

  /** How many headers of a row are known; none where the rows below could not be told from each other. */
  private knownIn(row: SheetRow, rowsAre: RecognisedSheet['rowsAre']): number {
    const table = rowsAre === 'ELEMENTS' ? this.ofElements : this.ofRelations;
    const found = new Set(row.cells.flatMap((cell) => table.get(foldHeader(textOf(cell)))?.to ?? []));
    const isEnough =
      rowsAre === 'ELEMENTS'
        ? ['urn', 'id', 'name'].some((key) => found.has(key))
        : found.has('source') && found.has('target');
    return isEnough ? found.size : 0;
  }

  private unrecognised({ name, rows }: Sheet): Issue {
    const first = rows[0]?.cells.map(textOf).filter((text) => text !== '') ?? [];
    return issue('SHEET_UNRECOGNISED', [name], {
      sheet: sheetWord(name),
      headers: first.slice(0, 10).join(', '),
      columns: 'Tên / Name, Mã / Id, Loại / Kind',
    });
  }

  private read(sheet: Sheet, headerRow: SheetRow, rowsAre: RecognisedSheet['rowsAre']): RecognisedSheet {
    const table = rowsAre === 'ELEMENTS' ? this.ofElements : this.ofRelations;
    const columns: SheetColumn[] = [];
    const issues: Issue[] = sheet.issues.filter(({ path }) => lineOf(path) > headerRow.line);
    const notes: Issue[] = [];
    for (const [at, cell] of headerRow.cells.entries()) {
      const header = textOf(cell).trim();
      if (header === '') continue;
      const place = { sheet: sheet.name, line: headerRow.line, column: at };
      const known = table.get(foldHeader(header));
      const other = columns.find(({ to }) => to === known?.to);
      if (known === undefined) {
        const suggestion = closestWord(header, [...table.keys()]);
        notes.push(cellIssue('COLUMN_UNKNOWN', place, { header, suggestion }));
      } else if (other !== undefined) {
        issues.push(
          cellIssue('COLUMN_REPEATED', place, { header, other: `${other.header} (${columnName(other.at)})` }),
        );
      } else columns.push({ at, header, ...known });
    }
    issues.push(...mergedIssues(sheet, headerRow.line));
    const below = sheet.rows.filter(({ line }) => line > headerRow.line);
    const rows = below.filter((row) => !isRepeatedHeader(row, columns));
    return { sheet, rowsAre, headerLine: headerRow.line, columns, rows, issues, notes };
  }
}

function isOfRelations({ appliesTo }: AttributeDefinition): boolean {
  return appliesTo.some((kind) => RELATION_KIND_SET.has(kind));
}

function headerTable(
  columns: readonly ColumnWords[],
  attributes: readonly AttributeDefinition[],
  definitions: AttributeDefinitions,
): HeaderTable {
  const table = new Map<string, Pick<SheetColumn, 'to' | 'definition'>>();
  const add = (header: string, to: string, definition?: AttributeDefinition) => {
    const key = foldHeader(header);
    if (key !== '' && !table.has(key)) table.set(key, { to, ...(definition !== undefined && { definition }) });
  };
  for (const { to, header, also } of columns) {
    const definition = to.startsWith('attribute:') ? definitions.get(to.slice('attribute:'.length)) : undefined;
    for (const each of [header.VI, header.EN, to, ...also]) add(each, to, definition);
  }
  for (const definition of attributes) {
    const { key, nameVi, nameEn } = definition;
    for (const each of [nameVi, nameEn, key, snakeCase(key), `attribute:${key}`]) {
      add(each, `attribute:${definition.key}`, definition);
    }
  }
  return table;
}

function snakeCase(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** Cells below the header that are shown as one: which row their value belongs to, nobody can tell. */
export function mergedIssues({ name, merged }: Sheet, headerLine: number): Issue[] {
  return merged
    .filter(({ bottom }) => bottom >= headerLine)
    .map(({ top, left }) => cellIssue('CELL_MERGED', { sheet: name, line: top + 1, column: left }));
}

/** The row of the cell that an issue of a sheet stands in. */
export function lineOf([, cell = '']: readonly string[]): number {
  return Number(/\d+$/.exec(cell)?.[0] ?? '0');
}

function isRepeatedHeader({ cells }: SheetRow, columns: readonly SheetColumn[]): boolean {
  return columns.length > 1 && columns.every(({ at, header }) => textOf(cells[at]).trim() === header);
}
