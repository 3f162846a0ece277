import { issue } from '../core/errors.js';
import type { Issue } from '../core/errors.js';
import type { Urn } from '../core/landscape/model.js';
import { brokenTenderCodesIn, tenderCodesIn } from '../core/landscape/tender-code.js';
import type { TenderCode } from '../core/landscape/tender-code.js';
import type { AgencyNames } from './agency-names.js';
import { COLUMN_NUMBER, PART_NUMBER } from './plan-rows.js';
import { cellAddress, cellIssue, sheetWord, textOf } from './sheet.js';
import type { SheetRow } from './sheet.js';
import type { TenderHeader } from './tender-header.js';
import type { TenderLine } from './tender-list.types.js';
import type { TenderRole, TenderWords } from './tender-words.js';
import { UnreadableCells } from './unreadable-cells.js';

/** What the rows of a list are read with. */
export interface TenderTools {
  readonly words: TenderWords;
  readonly agencies: AgencyNames;
  /** Where a notice was cited first, by its code, in all sheets of the file. */
  readonly firstOfNotice: Map<string, string>;
}

/** Longest title of a line, and most of a code that is told back, characters. */
const TITLE_MAXIMUM = 1_000;
const CODE_SHOWN = 100;
/** Broken codes of one cell that are told one by one; of the rest the number is told with the last of them. */
const BROKEN_SHOWN = 5;
/** Rows that are named one by one where some are left out. */
const ROWS_SHOWN = 10;
const CODE_SHAPE = 'IBxxxxxxxxxx, PLxxxxxxxxxx';

/** Reads the rows of one sheet of tenders below its header. */
export class TenderRowReader {
  private readonly unreadable: UnreadableCells;
  private readonly isNumbered: boolean;
  private readonly rows: readonly SheetRow[];

  constructor(
    private readonly tools: TenderTools,
    private readonly header: TenderHeader,
  ) {
    this.unreadable = new UnreadableCells(header.sheet);
    this.rows = this.rowsBelow();
    this.isNumbered = this.rows.some((row) => /\d/.test(this.text(row, 'number')));
  }

  /** The lines in their order. Headings of parts, sums, numbers of columns and remarks below the list are none. */
  lines(): TenderLine[] {
    return this.rows.filter((row) => this.isLine(row)).map((row) => this.line(row));
  }

  /** With those that have no other content than what can not be taken. */
  private rowsBelow(): SheetRow[] {
    const { sheet, lastLine, columns } = this.header;
    const below = sheet.rows.filter(({ line }) => line > lastLine);
    const known = new Set(below.map(({ line }) => line));
    const telling = new Set([...columns.title, ...columns.code]);
    for (const address of this.unreadable.addresses) {
      const line = Number(/\d+$/.exec(address)?.[0] ?? '0');
      const isTelling = [...telling].some((column) => cellAddress(line, column) === address);
      if (!isTelling || line <= lastLine || known.has(line)) continue;
      known.add(line);
      below.push({ line, cells: [] });
    }
    return below.toSorted((left, right) => left.line - right.line);
  }

  private isLine(row: SheetRow): boolean {
    if (this.isTotal(row) || this.isColumnNumbers(row) || this.isRepeatedHeader(row)) return false;
    return this.isTelling(row) || this.isLineOfWords(row);
  }

  private isTotal(row: SheetRow): boolean {
    const { words } = this.tools;
    return words.isTotal(this.text(row, 'title')) || words.isTotal(this.text(row, 'number'));
  }

  /** Whether a row cites a code, or has something in the place of one that can not be taken. */
  private isTelling(row: SheetRow): boolean {
    if (this.text(row, 'code') !== '' || this.isUnreadable(row)) return true;
    return tenderCodesIn(this.text(row, 'title')).length > 0;
  }

  /** Rows that are no lines for want of a number, though they have a title: signatures, remarks, or lines after all. */
  notes(): Issue[] {
    if (!this.isNumbered) return [];
    const skipped = this.rows.filter(
      (row) => this.text(row, 'title') !== '' && this.text(row, 'number') === '' && !this.isKnown(row),
    );
    if (skipped.length === 0) return [];
    const { name } = this.header.sheet;
    const lines = skipped.slice(0, ROWS_SHOWN).map(({ line }) => line);
    const shown = lines.join(', ') + (skipped.length > ROWS_SHOWN ? ' ...' : '');
    return [issue('ROWS_UNNUMBERED', [name], { sheet: sheetWord(name), count: skipped.length, lines: shown })];
  }

  /** Whether it is told what a row is: a line, or something that every list has besides its lines. */
  private isKnown(row: SheetRow): boolean {
    return this.isLine(row) || this.isTotal(row) || this.isRepeatedHeader(row);
  }

  private isLineOfWords(row: SheetRow): boolean {
    const [number, title] = [this.text(row, 'number'), this.text(row, 'title')];
    if (title === '') return this.saysMore(row) && (!this.isNumbered || /\d/.test(number));
    if (this.text(row, 'agency') === '' && PART_NUMBER.test(number)) return false;
    // Signatures below a list stand in several columns as well.
    return !this.isNumbered || number !== '' || this.tools.agencies.find(this.text(row, 'agency')).length > 0;
  }

  /** Whether a row has content beside its number and its title. */
  private saysMore({ cells }: SheetRow): boolean {
    const own = new Set([...this.header.columns.number, ...this.header.columns.title]);
    return cells.some((cell, at) => !own.has(at) && textOf(cell).trim() !== '');
  }

  private isUnreadable({ line }: SheetRow): boolean {
    const { title, code } = this.header.columns;
    return [...title, ...code].some((column) => this.unreadable.has(cellAddress(line, column)));
  }

  private isColumnNumbers({ cells }: SheetRow): boolean {
    const texts = cells.map((cell) => textOf(cell).trim()).filter((text) => text !== '');
    return texts.length > 1 && texts.every((text) => COLUMN_NUMBER.test(text));
  }

  private isRepeatedHeader({ cells }: SheetRow): boolean {
    const { columns, row } = this.header;
    const read = Object.values(columns).flat();
    return read.every((at) => textOf(cells[at]).trim() === textOf(row.cells[at]).trim());
  }

  private line(row: SheetRow): TenderLine {
    const { columns, sheet } = this.header;
    const problems = this.unreadable.inRow(row.line, [...columns.title, ...columns.code, ...columns.agency]);
    const agencyText = this.text(row, 'agency');
    const title = this.title(row, problems);
    const codes = this.codes(row, problems);
    if (title === '' && codes.length === 0 && problems.length === 0) {
      const [at] = [...columns.code, ...columns.title];
      problems.push(this.issue(row, at, 'VALUE_MISSING', { field: this.headerOf(at) }));
    }
    return {
      sheet: sheet.name,
      line: row.line,
      number: this.text(row, 'number'),
      title,
      codes,
      agency: this.agency(row, agencyText, problems),
      agencyText: agencyText === '' ? null : agencyText,
      problems,
    };
  }

  private title(row: SheetRow, problems: Issue[]): string {
    const text = this.text(row, 'title');
    if (text.length <= TITLE_MAXIMUM) return text;
    const params = { limit: TITLE_MAXIMUM, actual: text.length };
    problems.push(this.issue(row, this.header.columns.title[0], 'CELL_TOO_LONG', params));
    return '';
  }

  /** The codes of a row. Two rows of one notice are told: which of them is meant, nobody can tell; a plan has several. */
  private codes(row: SheetRow, problems: Issue[]): TenderCode[] {
    const { columns } = this.header;
    const found = new Map<string, TenderCode>();
    for (const column of [...columns.code, ...columns.title]) {
      const text = textOf(row.cells[column]).trim();
      const own = tenderCodesIn(text);
      if (columns.code.includes(column)) problems.push(...this.broken(row, column, own.length === 0));
      for (const code of own) {
        if (!found.has(code.value)) this.noteNotice(row, column, code, problems);
        found.set(code.value, code);
      }
    }
    return [...found.values()];
  }

  private broken(row: SheetRow, column: number, hasNone: boolean): Issue[] {
    const text = textOf(row.cells[column]).trim();
    if (text === '') return [];
    const broken = hasNone ? [text] : brokenTenderCodesIn(text);
    const rest = broken.length - BROKEN_SHOWN;
    return broken.slice(0, BROKEN_SHOWN).map((each, at) => {
      const shown = each.slice(0, CODE_SHOWN);
      const value = rest > 0 && at === BROKEN_SHOWN - 1 ? `${shown} (+${rest})` : shown;
      const params = { field: this.headerOf(column), value, allowed: CODE_SHAPE };
      return this.issue(row, column, 'VALUE_NOT_ALLOWED', params);
    });
  }

  private noteNotice(row: SheetRow, column: number, { kind, value }: TenderCode, problems: Issue[]): void {
    if (kind !== 'IB') return;
    const { firstOfNotice } = this.tools;
    const { name } = this.header.sheet;
    const first = firstOfNotice.get(value);
    if (first !== undefined) problems.push(this.issue(row, column, 'ROW_REPEATED', { urn: value, first }));
    else firstOfNotice.set(value, `${name === '' ? '' : `${name}!`}${cellAddress(row.line, column)}`);
  }

  private agency(row: SheetRow, value: string, problems: Issue[]): Urn | null {
    if (value === '') return null;
    const [urn, ...others] = this.tools.agencies.find(value);
    const [at] = this.header.columns.agency;
    if (urn === undefined) problems.push(this.issue(row, at, 'NAME_UNKNOWN', { value }));
    else if (others.length === 0) return urn;
    else problems.push(this.issue(row, at, 'NAME_AMBIGUOUS', { value, urns: [urn, ...others].join(', ') }));
    return null;
  }

  private issue(row: SheetRow, column: number | undefined, reason: Issue['reason'], params: Issue['params']): Issue {
    return cellIssue(reason, { sheet: this.header.sheet.name, line: row.line, column: column ?? 0 }, params);
  }

  /** What stands in the columns of a role; of several what they say together. */
  private text({ cells }: SheetRow, role: TenderRole): string {
    const texts = this.header.columns[role].map((at) => textOf(cells[at]).trim());
    return texts.filter((text) => text !== '').join(' ');
  }

  private headerOf(column: number | undefined): string {
    return textOf(this.header.row.cells[column ?? 0]).trim();
  }
}
