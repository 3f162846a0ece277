import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { LISTS, cellAddress, columnName, textOf } from './sheet.js';
import type { Cell } from './sheet.js';

/** A column of a sheet that is printed. */
export interface PrintedColumn {
  readonly header: string;
  /** In characters. */
  readonly width: number;
  /** Shown where a cell of the column is chosen; at most 255 characters reach the reader. */
  readonly help?: string;
  /** The values that a cell may have: offered as a list, and anything else is warned of. */
  readonly values?: readonly string[];
}

export interface PrintedSheet {
  readonly name: string;
  readonly columns: readonly PrintedColumn[];
  readonly rows: Iterable<readonly Cell[]>;
}

/** Sheets of a workbook are named by up to 31 characters, none of them one of these. */
const NAME_MAXIMUM = 31;
const NAME_FORBIDDEN = /[\\/?*[\]:]/g;
/** Rows for which lists and help are given below a header: what people append to a template. */
const PREPARED_ROWS = 10_000;
/** What a spreadsheet shows of a help text. */
const HELP_MAXIMUM = 255;

/** Styles by number, as `STYLES` below lists them. */
const STYLE = { plain: 0, header: 1, day: 2, quoted: 3 } as const;

/**
 * A workbook for Excel and LibreOffice. Text is written as text and never taken for a formula, days are days of the
 * spreadsheet; the first row is the header, which stays in sight.
 */
export async function printXlsx(sheets: readonly PrintedSheet[]): Promise<Buffer> {
  const lists = new Lists();
  const zip = new ZipFile();
  const add = (path: string, parts: Iterable<string>) =>
    // The date is fixed: the same content is the same file.
    zip.addReadStream(Readable.from(parts), path, { mtime: new Date(1980, 0, 1), forceDosTimestamp: true });
  const bodies = sheets.map((sheet) => sheetXml(sheet, lists));
  const names = [...sheets.map(({ name }) => sheetName(name)), ...(lists.isEmpty ? [] : [LISTS])];
  add('[Content_Types].xml', [contentTypes(names.length)]);
  add('_rels/.rels', [ROOT_RELATIONS]);
  add('xl/workbook.xml', [workbookXml(names)]);
  add('xl/_rels/workbook.xml.rels', [workbookRelations(names.length)]);
  add('xl/styles.xml', [STYLES]);
  for (const [at, body] of bodies.entries()) add(`xl/worksheets/sheet${at + 1}.xml`, body);
  if (!lists.isEmpty) add(`xl/worksheets/sheet${names.length}.xml`, lists.xml());
  zip.end();
  // What yazl gives is a readable stream of Node.
  return buffer(zip.outputStream as Readable);
}

/** The values of the lists of all columns, each list a column of a hidden sheet of its own: a list in place is cut at 255. */
class Lists {
  private readonly columns: (readonly string[])[] = [];
  private readonly ranges = new Map<string, string>();

  get isEmpty(): boolean {
    return this.columns.length === 0;
  }

  /** Where a list stands, as a formula names it. */
  rangeOf(values: readonly string[]): string {
    const key = values.join('\n');
    const known = this.ranges.get(key);
    if (known !== undefined) return known;
    const column = columnName(this.columns.length);
    const range = `${LISTS}!$${column}$1:$${column}$${values.length}`;
    this.columns.push(values);
    this.ranges.set(key, range);
    return range;
  }

  *xml(): Generator<string> {
    yield `${SHEET_START}<sheetData>`;
    const height = Math.max(...this.columns.map(({ length }) => length));
    for (let row = 0; row < height; row += 1)
      yield rowXml(
        row + 1,
        this.columns.map((values) => values[row]),
      );
    yield '</sheetData></worksheet>';
  }
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const SHEET_START = `${XML}<worksheet xmlns="${MAIN}">`;

/** The lists of a sheet are gathered at once, before any of its rows are asked for: the sheet of lists is printed last. */
function sheetXml({ columns, rows }: PrintedSheet, lists: Lists): Generator<string> {
  const validations = columns.map((column, at) => validationXml(column, at, lists)).join('');
  const count = columns.filter(({ help, values }) => help !== undefined || values !== undefined).length;
  return (function* xml() {
    yield `${SHEET_START}<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`;
    const widths = columns.map(
      ({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
    );
    yield `<cols>${widths.join('')}</cols><sheetData>`;
    yield rowXml(
      1,
      columns.map(({ header }) => header),
      STYLE.header,
    );
    let line = 1;
    for (const cells of rows) {
      line += 1;
      yield rowXml(line, cells);
    }
    yield `</sheetData><autoFilter ref="A1:${cellAddress(line, columns.length - 1)}"/>`;
    if (count > 0) yield `<dataValidations count="${count}">${validations}</dataValidations>`;
    yield '</worksheet>';
  })();
}

function validationXml({ header, help, values }: PrintedColumn, at: number, lists: Lists): string {
  if (help === undefined && values === undefined) return '';
  const column = columnName(at);
  const place = `sqref="${column}2:${column}${PREPARED_ROWS}" allowBlank="1" errorStyle="warning"`;
  const prompt =
    help === undefined
      ? ''
      : ` showInputMessage="1" promptTitle="${escaped(header.slice(0, 32))}" prompt="${escaped(help.slice(0, HELP_MAXIMUM))}"`;
  if (values === undefined || values.length === 0) return `<dataValidation ${place}${prompt}/>`;
  const range = lists.rangeOf(values);
  return `<dataValidation type="list" showErrorMessage="1" ${place}${prompt}><formula1>${range}</formula1></dataValidation>`;
}

function rowXml(line: number, cells: readonly Cell[], style: number = STYLE.plain): string {
  return `<row r="${line}">${cells.map((cell, column) => cellXml(cellAddress(line, column), cell, style)).join('')}</row>`;
}

function cellXml(address: string, cell: Cell, style: number): string {
  if (cell === undefined || textOf(cell) === '') return '';
  if (typeof cell === 'string') return inlineText(address, cell, quotedStyle(cell, style));
  if (cell.type === 'NUMBER') return `<c r="${address}" s="${style}"><v>${cell.text}</v></c>`;
  if (cell.type === 'BOOLEAN') return `<c r="${address}" s="${style}" t="b"><v>${cell.text === 'true' ? 1 : 0}</v></c>`;
  const serial = serialOf(cell.text);
  return serial === undefined
    ? inlineText(address, cell.text, style)
    : `<c r="${address}" s="${STYLE.day}"><v>${serial}</v></c>`;
}

/** A cell of text. */
export function inlineText(address: string, text: string, style: number): string {
  return `<c r="${address}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

/** What a spreadsheet would take for a formula as soon as somebody edits the cell is marked as quoted text. */
function quotedStyle(text: string, style: number): number {
  return style === STYLE.plain && /^[=+\-@\t\r]/.test(text) ? STYLE.quoted : style;
}

/** The number that a spreadsheet keeps for a whole day; undefined for a month, a year, and days before 1 March 1900. */
function serialOf(day: string): number | undefined {
  const days = day.length === 10 ? Date.parse(`${day}T00:00:00Z`) / 86_400_000 + 25_569 : Number.NaN;
  return days >= 61 ? days : undefined;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What XML can not hold at all, a carriage return that it would lose, and half a character. */
const UNWRITABLE = /[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
/** Text that happens to look like a character written by its code. */
const LOOKS_WRITTEN = /_(?=x[0-9A-Fa-f]{4}_)/g;

/** Text as it may stand in XML; what XML can not hold is written as spreadsheets do: `_x0007_`. */
function escaped(text: string): string {
  return text
    .replaceAll(LOOKS_WRITTEN, '_x005F_')
    .replaceAll(/[&<>"]/g, (character) => ESCAPES[character] ?? '')
    .replaceAll(UNWRITABLE, (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`);
}

function sheetName(name: string): string {
  return name.replaceAll(NAME_FORBIDDEN, ' ').slice(0, NAME_MAXIMUM);
}

function contentTypes(sheets: number): string {
  const parts = Array.from(
    { length: sheets },
    (_, at) =>
      `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`,
  );
  return `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>${parts.join('')}</Types>`;
}

const ROOT_RELATIONS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;

function workbookXml(names: readonly string[]): string {
  const sheets = names.map((name, at) => {
    const hidden = name === LISTS ? ' state="hidden"' : '';
    return `<sheet name="${escaped(name)}" sheetId="${at + 1}"${hidden} r:id="rId${at + 1}"/>`;
  });
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets.join('')}</sheets></workbook>`;
}

function workbookRelations(sheets: number): string {
  const targets = Array.from(
    { length: sheets },
    (_, at) => `<Relationship Id="rId${at + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
  );
  const styles = `<Relationship Id="rId${sheets + 1}" Type="${OFFICE}/styles" Target="styles.xml"/>`;
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${targets.join('')}${styles}</Relationships>`;
}

/** Plain, header (bold, grey, wrapped), day, text that begins like a formula. */
const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE7ECF3"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>`;
