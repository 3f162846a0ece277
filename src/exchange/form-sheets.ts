import { closestWord } from '../core/closest-word.js';
import type { ChangeBase } from '../core/landscape/landscape.js';
import type { Element, Relation } from '../core/landscape/model.js';
import type { Issue } from '../core/errors.js';
import { dateOf, itemsOf, itemsText } from './cell-values.js';
import { urnOfCode } from './element-lookup.js';
import type { FormRowMaker } from './form-rows.js';
import type { FormColumn, FormSheet } from './national-form.reader.js';
import { ATTRIBUTE } from './element-sheet.js';
import { cellIssue, placeOf, textOf } from './sheet.js';
import type { Cell, Sheet, SheetRow } from './sheet.js';
import { HEADER_ROWS, lineOf, mergedIssues } from './sheet-columns.js';
import type { RecognisedSheet, SheetColumn } from './sheet-columns.js';
import { foldHeader } from './spreadsheet-words.reader.js';

/** A column of the form, and where the sheet has it. */
interface PlacedColumn {
  readonly column: FormColumn;
  /** From 0. */
  readonly at: number;
}

/** A sheet of the form as it was found in a file. */
interface PlacedSheet {
  readonly form: FormSheet;
  readonly sheet: Sheet;
  readonly header: SheetRow;
  readonly placed: readonly PlacedColumn[];
  readonly rows: readonly SheetRow[];
  /** The first column that no row has: what the form does not write stands there. */
  readonly free: number;
}

/** Cells that say what the registry concludes by itself are no news; what is written instead of them is. */
const CONCLUDED: ReadonlySet<string> = new Set(['attribute:architectureState', 'owner', 'timeline', 'connectionType']);
/** Fewest known headers by which the header of a sheet is found. */
const HEADERS_MINIMUM = 2;

/** Reads the sheets of the national form as the lists of elements and relations that they are. */
export class FormSheetReader {
  constructor(
    private readonly landscape: ChangeBase,
    private readonly maker: FormRowMaker,
  ) {}

  /** The lists of a sheet; undefined where it is none of the form's. Cells keep their places, for what is wrong with them. */
  recognise(sheet: Sheet): readonly RecognisedSheet[] | undefined {
    const form = this.maker.form.sheets.find(({ name }) => foldHeader(name) === foldHeader(sheet.name));
    const found = form === undefined ? undefined : place(form, sheet);
    if (found === undefined) return undefined;
    switch (found.form.rowsAre) {
      case 'OBJECTS':
        return [this.elements(found, null, found.rows)];
      case 'CONNECTIONS':
        return [this.connections(found)];
      case 'MAPPINGS':
        return [this.mappings(found)];
      case 'GAP_TASKS':
        return [
          this.elements(found, 'GAP', firstOfEach(found, 'GAP')),
          this.elements(found, 'TASK', firstOfEach(found, 'TASK')),
          this.closings(found),
        ];
    }
  }

  private elements(found: PlacedSheet, of: FormColumn['of'], rows: readonly SheetRow[]): RecognisedSheet {
    const placed = found.placed.filter(({ column }) => column.of === of);
    const cut = rows.map((row) => {
      const id = cellOf(row, placed, 'id');
      const urn = urnOfCode(textOf(id));
      const existing = urn === undefined ? undefined : this.landscape.elementByUrn(urn);
      const cells = placed.map(({ column, at }) => [at, this.elementCell(column, row.cells[at], existing)] as const);
      const kind = of === null ? [] : ([[found.free, of]] as const);
      return {
        line: row.line,
        cells: this.timed(spread([...cells, ...kind]), placed, { dueAt: found.free + 1, existing }),
      };
    });
    const columns = placed.map(({ column, at }) => this.column(column.header, column.to, at));
    const due = this.column(headerOf(placed, 'timeline'), `${ATTRIBUTE}dueOn`, found.free + 1);
    const added = of === null ? [] : [{ at: found.free, header: 'kind', to: 'kind' }, due];
    return this.list(found, { rowsAre: 'ELEMENTS', placed, rows: cut, columns: [...columns, ...added] });
  }

  private elementCell(column: FormColumn, cell: Cell, existing: Element | undefined): Cell {
    if (existing !== undefined && isConcluded(column, cell, this.maker.cellOf(column, existing))) return undefined;
    return worded(column, cell);
  }

  /** A time that is a date is when a task is due. What is told takes the place of the other, which the form does not show. */
  private timed(
    cells: Cell[],
    placed: readonly PlacedColumn[],
    { dueAt, existing }: { readonly dueAt: number; readonly existing: Element | undefined },
  ): readonly Cell[] {
    const at = placed.find(({ column }) => column.to === 'timeline')?.at;
    const cell = at === undefined ? undefined : cells[at];
    if (at === undefined || cell === undefined) return cells;
    const forgotten = (key: string): Cell =>
      existing?.attributes[key] === undefined ? undefined : this.maker.forgetting;
    const isDate = 'value' in dateOf(cell);
    cells[at] = isDate ? forgotten('timeline') : cell;
    cells[dueAt] = isDate ? cell : forgotten('dueOn');
    return cells;
  }

  private connections(found: PlacedSheet): RecognisedSheet {
    const rows = found.rows.map((row) => {
      const urn = urnOfCode(textOf(cellOf(row, found.placed, 'relation')));
      const existing = urn === undefined ? undefined : this.landscape.relationByUrn(urn);
      const cells = found.placed.map(
        ({ column, at }) => [at, this.connectionCell(column, row.cells[at], existing)] as const,
      );
      const type = textOf(cellOf(row, found.placed, 'connectionType'));
      return { line: row.line, cells: spread([...cells, [found.free, this.connectionKind(type, existing)]]) };
    });
    const columns = found.placed.map(({ column, at }) =>
      this.column(column.header, column.to === 'connectionType' ? `${ATTRIBUTE}nationalRelationType` : column.to, at),
    );
    const kind = { at: found.free, header: headerOf(found.placed, 'connectionType'), to: 'relationKind' };
    return this.list(found, { rowsAre: 'RELATIONS', placed: found.placed, rows, columns: [...columns, kind] });
  }

  private connectionCell(column: FormColumn, cell: Cell, existing: Relation | undefined): Cell {
    // A number that somebody else's file gives to a connection is none of ours: its ends say which it is.
    if (column.to === 'relation') return existing === undefined ? undefined : cell;
    if (existing !== undefined && isConcluded(column, cell, this.maker.connectionCell(column, existing)))
      return undefined;
    if (column.to === 'connectionType' && this.kindCalled(textOf(cell)) !== undefined) return undefined;
    return worded(column, cell);
  }

  /** The kind of relation that a connection is: the one called so, else what it is already, else the first kind there is. */
  private connectionKind(type: string, existing: Relation | undefined): string | undefined {
    const [first] = Object.keys(this.maker.form.connectionKinds);
    return this.kindCalled(type) ?? existing?.kind ?? first;
  }

  private kindCalled(type: string): string | undefined {
    const kinds = Object.entries(this.maker.form.connectionKinds);
    return kinds.find(([, word]) => foldHeader(word) === foldHeader(type))?.[0];
  }

  /** An object that is mapped to nothing yet is a row without a component, and no relation. */
  private mappings(found: PlacedSheet): RecognisedSheet {
    const rows = found.rows
      .filter((row) => textOf(cellOf(row, found.placed, 'target')).trim() !== '')
      .map(({ line, cells }) => ({
        line,
        cells: spread([...cells.entries(), [found.free, this.maker.form.mapping.kind]]),
      }));
    const columns = found.placed.map(({ column, at }) => this.column(column.header, column.to, at));
    const kind = { at: found.free, header: 'relationKind', to: 'relationKind' };
    return this.list(found, { rowsAre: 'RELATIONS', placed: found.placed, rows, columns: [...columns, kind] });
  }

  /** Which task closes which gap: that they stand in one row. */
  private closings(found: PlacedSheet): RecognisedSheet {
    const seen = new Set<string>();
    const [gap, task] = [firstPlace(found.placed, 'GAP'), firstPlace(found.placed, 'TASK')];
    const rows = found.rows.flatMap((row): SheetRow[] => {
      const [target, source] = [nameIn(row, found.placed, 'GAP'), nameIn(row, found.placed, 'TASK')];
      const key = JSON.stringify([source, target]);
      if (source === '' || target === '' || seen.has(key)) return [];
      seen.add(key);
      const cells = spread([
        [gap, target],
        [task, source],
        [found.free, 'CLOSES'],
      ]);
      return [{ line: row.line, cells }];
    });
    const columns = [
      { at: task, header: headerAt(found, task), to: 'source' },
      { at: gap, header: headerAt(found, gap), to: 'target' },
      { at: found.free, header: 'relationKind', to: 'relationKind' },
    ];
    return this.list(found, { rowsAre: 'RELATIONS', placed: [], rows, columns });
  }

  private column(header: string, to: string, at: number): SheetColumn {
    const attribute = to === 'timeline' ? `${ATTRIBUTE}timeline` : to;
    const key = attribute.startsWith(ATTRIBUTE) ? attribute.slice(ATTRIBUTE.length) : undefined;
    const definition = key === undefined ? undefined : this.landscape.definitions.byKey.get(key);
    return { at, header, to: attribute, ...(definition !== undefined && { definition }) };
  }

  /** What is wrong with a cell is told with the list that reads it, or with the first where none does. */
  private list(
    { sheet, header, placed: all }: PlacedSheet,
    { placed, ...list }: Pick<RecognisedSheet, 'rowsAre' | 'rows' | 'columns'> & Pick<PlacedSheet, 'placed'>,
  ): RecognisedSheet {
    const isFirst = placed[0] === all[0];
    const own = new Set(placed.map(({ at }) => at));
    const read = new Set(all.map(({ at }) => at));
    const isOwn = ({ path }: Issue): boolean => {
      const column = placeOf(path[1] ?? '')?.column ?? -1;
      return own.has(column) || (isFirst && !read.has(column));
    };
    const below = sheet.issues.filter(({ path }) => lineOf(path) > header.line);
    const issues = [...below, ...mergedIssues(sheet, header.line)].filter(isOwn);
    return {
      sheet,
      headerLine: header.line,
      ...list,
      issues,
      notes: isFirst ? unknownHeaders(sheet, header, all) : [],
    };
  }
}

/** Finds the header of a sheet, and the form's columns in it; undefined where there is none. */
function place(form: FormSheet, sheet: Sheet): PlacedSheet | undefined {
  let best: { readonly header: SheetRow; readonly placed: readonly PlacedColumn[] } | undefined;
  for (const header of sheet.rows.slice(0, HEADER_ROWS)) {
    const placed = form.columns.flatMap((column): PlacedColumn[] => {
      const at = header.cells.findIndex((cell) => foldHeader(textOf(cell)) === foldHeader(column.header));
      return at === -1 ? [] : [{ column, at }];
    });
    if (placed.length > (best?.placed.length ?? HEADERS_MINIMUM - 1)) best = { header, placed };
  }
  if (best === undefined) return undefined;
  const { header, placed } = best;
  const rows = sheet.rows.filter(({ line }) => line > header.line);
  const free = sheet.rows.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  return { form, sheet, header, placed, rows, free };
}

function unknownHeaders(sheet: Sheet, header: SheetRow, placed: readonly PlacedColumn[]): Issue[] {
  const known = placed.map(({ column }) => column.header);
  return header.cells.flatMap((cell, at): Issue[] => {
    const text = textOf(cell).trim();
    if (text === '' || placed.some((each) => each.at === at)) return [];
    const where = { sheet: sheet.name, line: header.line, column: at };
    return [cellIssue('COLUMN_UNKNOWN', where, { header: text, suggestion: closestWord(text, known) })];
  });
}

/**
 * The rows in which something is told of each gap or task. It may stand in several rows, with its cells repeated or left
 * empty; a row that says something else of it stays, and is refused as a second one.
 */
function firstOfEach({ placed, rows }: PlacedSheet, of: 'GAP' | 'TASK'): SheetRow[] {
  const own = placed.filter(({ column }) => column.of === of);
  const firstOf = new Map<string, SheetRow>();
  return rows.filter((row) => {
    const name = nameIn(row, placed, of);
    if (name === '') return own.some(({ at }) => textOf(row.cells[at]).trim() !== '');
    const first = firstOf.get(name);
    firstOf.set(name, first ?? row);
    return first === undefined || !own.every(({ at }) => isRepeated(row.cells[at], first.cells[at]));
  });
}

function isRepeated(cell: Cell, first: Cell): boolean {
  const text = textOf(cell).trim();
  return text === '' || text === textOf(first).trim();
}

/** The code of a gap or task in a row, else its name. */
function nameIn(row: SheetRow, placed: readonly PlacedColumn[], of: 'GAP' | 'TASK'): string {
  const own = placed.filter(({ column }) => column.of === of);
  const id = textOf(cellOf(row, own, 'id')).trim();
  return id === '' ? textOf(cellOf(row, own, 'name')).trim() : id;
}

/** Where what names a gap or task stands. */
function firstPlace(placed: readonly PlacedColumn[], of: 'GAP' | 'TASK'): number {
  return placed.find(({ column }) => column.of === of)?.at ?? 0;
}

function cellOf(row: SheetRow, placed: readonly PlacedColumn[], to: string): Cell {
  const at = placed.find(({ column }) => column.to === to)?.at;
  return at === undefined ? undefined : row.cells[at];
}

function headerAt({ header }: PlacedSheet, at: number): string {
  return textOf(header.cells[at]).trim();
}

function headerOf(placed: readonly PlacedColumn[], to: string): string {
  return placed.find(({ column }) => column.to === to)?.column.header ?? to;
}

function isConcluded(column: FormColumn, cell: Cell, printed: Cell): boolean {
  return CONCLUDED.has(column.to) && textOf(cell).trim() === textOf(printed).trim();
}

/** The value that the form's word stands for; the cell as it is where it is none of these. */
function worded({ to, words }: FormColumn, cell: Cell): Cell {
  const valueOf = (text: string): string => {
    const found = Object.entries(words).find(([, word]) => foldHeader(word) === foldHeader(text));
    return found?.[0] ?? text;
  };
  if (Object.keys(words).length === 0) return cell;
  const text = to === 'channels' ? itemsText(itemsOf(cell).map(valueOf)) : valueOf(textOf(cell).trim());
  return text === '' ? undefined : text;
}

/** Cells by their columns; the last of several for one column counts. */
function spread(entries: Iterable<readonly [number, Cell]>): Cell[] {
  const cells: Cell[] = [];
  for (const [at, cell] of entries) cells[at] = cell;
  return cells;
}
