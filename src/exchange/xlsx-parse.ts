import { RegistryError } from '../core/errors.js';
import type { Issue } from '../core/errors.js';
import { CELL_MAXIMUM, COLUMN_MAXIMUM, ROW_MAXIMUM, cellIssue, placeOf } from './sheet.js';
import type { Cell, MergedCells, Sheet, SheetRow } from './sheet.js';
import { spreadsheetDay } from './spreadsheet-day.js';
import { XlsxArchive, readable } from './xlsx-archive.js';
import { TextGatherer, readBook } from './xlsx-book.js';
import type { XlsxBook } from './xlsx-book.js';
import { attributeOf, readXml } from './xlsx-xml.js';
import type { Tag } from './xlsx-xml.js';

/** Most things wrong that are told of one sheet; a sheet of formulas would tell the same thousands of times. */
const ISSUE_MAXIMUM = 1_000;
/** Most cells with content in one sheet: what is held in memory at once. */
const CELLS_MAXIMUM = 5_000_000;

/**
 * Reads a workbook of Excel or LibreOffice (ECMA-376, transitional or strict). Formulas and errors are told as issues with
 * their cells, and give no value: a result that was kept may be out of date.
 * @throws RegistryError FILE_LEGACY, FILE_DAMAGED, FILE_NO_WORKBOOK or LIMIT_EXCEEDED.
 */
export async function parseXlsx(bytes: Buffer): Promise<Sheet[]> {
  const archive = await XlsxArchive.open(bytes);
  try {
    return await readable(async () => {
      const book = await readBook(archive);
      const sheets: Sheet[] = [];
      for (const { name, path } of book.sheets) {
        const source = await archive.stream(path);
        if (source === undefined) throw RegistryError.of('FILE_NO_WORKBOOK');
        const listener = new SheetListener(name, book);
        await readXml(source, listener);
        sheets.push(listener.sheet());
      }
      return sheets;
    });
  } finally {
    archive.close();
  }
}

/** Hears the XML of one sheet and keeps its rows. */
class SheetListener {
  private readonly rows: SheetRow[] = [];
  private readonly merged: MergedCells[] = [];
  private readonly issues: Issue[] = [];
  private readonly gatherer = new TextGatherer();
  private cells: Cell[] = [];
  private cellCount = 0;
  /** Of the cell that is being read; rows from 1, columns from 0. */
  private line = 0;
  private column = -1;
  private type = 'n';
  private style = 0;
  private value = '';
  private isValue = false;
  private isFormula = false;

  constructor(
    private readonly name: string,
    private readonly book: XlsxBook,
  ) {}

  sheet(): Sheet {
    return { name: this.name, rows: this.rows, merged: this.merged, issues: this.issues };
  }

  open(tag: Tag): void {
    if (tag.name === 'row') this.openRow(tag);
    else if (tag.name === 'c') this.openCell(tag);
    else if (tag.name === 'v') this.isValue = true;
    else if (tag.name === 'f') this.isFormula = true;
    else if (tag.name === 'mergeCell') this.merge(attributeOf(tag, 'ref') ?? '');
    else this.gatherer.open(tag.name);
  }

  text(text: string): void {
    if (this.isValue && this.value.length <= CELL_MAXIMUM) this.value += text;
    else this.gatherer.add(text);
  }

  close(name: string): void {
    if (name === 'row') this.closeRow();
    else if (name === 'c') this.closeCell();
    else if (name === 'v') this.isValue = false;
    else this.gatherer.close(name);
  }

  private openRow(tag: Tag): void {
    const stated = Number(attributeOf(tag, 'r') ?? Number.NaN);
    this.line = Number.isInteger(stated) && stated > this.line ? stated : this.line + 1;
    this.column = -1;
    this.cells = [];
  }

  private closeRow(): void {
    if (this.cells.length === 0) return;
    if (this.rows.length >= ROW_MAXIMUM) throw this.limit('rows', ROW_MAXIMUM, this.rows.length + 1);
    this.rows.push({ line: this.line, cells: this.cells });
  }

  private openCell(tag: Tag): void {
    this.column = placeOf(attributeOf(tag, 'r') ?? '')?.column ?? this.column + 1;
    this.type = attributeOf(tag, 't') ?? 'n';
    this.style = Number(attributeOf(tag, 's') ?? '0');
    this.value = '';
    this.isFormula = false;
  }

  private closeCell(): void {
    const cell = this.cell();
    if (cell === undefined) return;
    if (this.column >= COLUMN_MAXIMUM) throw this.limit('columns', COLUMN_MAXIMUM, this.column + 1);
    this.cellCount += 1;
    if (this.cellCount > CELLS_MAXIMUM) throw this.limit('cells', CELLS_MAXIMUM, this.cellCount);
    while (this.cells.length < this.column) this.cells.push(undefined);
    this.cells[this.column] = cell;
  }

  /** The value of the cell that ends; undefined where it is empty, or holds what is told as an issue. */
  private cell(): Cell {
    const text = this.type === 'inlineStr' ? this.gatherer.take() : this.value;
    if (this.isFormula) return this.refuse('CELL_FORMULA', {});
    if (this.type === 'e') return this.refuse('CELL_ERROR', { value: text });
    if (text === '') return undefined;
    if (this.type === 's') return this.textCell(this.book.texts[Number(text)] ?? '');
    if (this.type === 'b') return { type: 'BOOLEAN', text: text === '1' ? 'true' : 'false' };
    if (this.type === 'd') return { type: 'DATE', text };
    return this.type === 'n' ? this.numberCell(text) : this.textCell(text);
  }

  private numberCell(text: string): Cell {
    const number = Number(text);
    if (!Number.isFinite(number)) return this.refuse('CELL_ERROR', { value: text });
    const format = this.book.formats[this.style];
    const day = format === 'DATE' ? spreadsheetDay(number, this.book.startsIn1904) : undefined;
    if (day !== undefined) return { type: 'DATE', text: day };
    return { type: 'NUMBER', text: String(number), ...(format === 'PERCENT' && { isPercent: true }) };
  }

  private textCell(text: string): Cell {
    if (text.length > CELL_MAXIMUM) return this.refuse('CELL_TOO_LONG', { limit: CELL_MAXIMUM, actual: text.length });
    return text.trim() === '' ? undefined : text;
  }

  private refuse(reason: Issue['reason'], params: Issue['params']): undefined {
    if (this.issues.length >= ISSUE_MAXIMUM) return;
    this.issues.push(cellIssue(reason, { sheet: this.name, line: this.line, column: this.column }, params));
  }

  private merge(reference: string): void {
    const [from, to] = reference.split(':').map(placeOf);
    if (from === undefined || to === undefined) return;
    this.merged.push({ top: from.row, left: from.column, bottom: to.row, right: to.column });
  }

  private limit(field: string, maximum: number, actual: number): RegistryError {
    return RegistryError.of('LIMIT_EXCEEDED', [this.name], { field, limit: maximum, actual });
  }
}
