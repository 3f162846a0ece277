import { RegistryError } from '../core/errors.js';
import { cellAddress, placeOf } from './sheet.js';
import { inlineText } from './xlsx-print.js';
import type { WrappedStyles } from './xlsx-styles.js';

/** Columns that are added to a sheet behind those it has. */
export interface AppendedColumns {
  /** The name on the tab of the sheet. */
  readonly sheet: string;
  /** Of each added column, in characters. */
  readonly widths: readonly number[];
  /** The texts by number of the row, from 1; a row that the sheet has not is left out. */
  readonly texts: ReadonlyMap<number, readonly string[]>;
}

/** Rows, and what may look like rows and is none. */
const ROW =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<(?<name>(?:\w+:)?row)\b(?<attributes>[^>]*?)(?:\/>|>(?<content>[\s\S]*?)<\/\k<name>>)/g;
const CELL = /<(?:\w+:)?c\b([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?c>)/g;
const COLUMNS = /<((?:\w+:)?)cols\b[^>]*>([\s\S]*?)<\/(?:\w+:)?cols>/;
const COLUMN = /<(?:\w+:)?col\b([^>]*?)(?:\/>|><\/(?:\w+:)?col>)/g;
/** Columns of a sheet of Excel. */
const COLUMNS_MAXIMUM = 16_384;
const ROWS_OF_A_STEP = 100;

interface CellText {
  /** From 0. */
  readonly column: number;
  readonly style: number;
  readonly hasContent: boolean;
  /** Where it stands in the content of its row. */
  readonly start: number;
  readonly end: number;
}

/** The XML of a sheet with columns added, in short steps. @throws RegistryError LIMIT_EXCEEDED where there is no room. */
export function* appendToSheet(
  xml: string,
  { widths, texts }: AppendedColumns,
  styles: WrappedStyles,
): Generator<void, string> {
  const from = yield* firstFreeColumn(xml);
  if (from + widths.length > COLUMNS_MAXIMUM) {
    const params = { field: 'columns', limit: COLUMNS_MAXIMUM, actual: from + widths.length };
    throw RegistryError.of('LIMIT_EXCEEDED', ['file'], params);
  }
  const parts: string[] = [];
  let [line, end, seen] = [0, 0, 0];
  for (const row of xml.matchAll(ROW)) {
    const { name, attributes = '', content = '' } = row.groups ?? {};
    if (name === undefined) continue;
    line = lineOf(attributes) ?? line + 1;
    const added = texts.get(line);
    if (++seen % ROWS_OF_A_STEP === 0) yield;
    if (added === undefined) continue;
    const cells = withCells(content, { line, from, prefix: name.slice(0, -'row'.length) }, added, styles);
    // What a row says of its width is a hint for faster loading, and would be wrong now.
    const rest = attributes.replace(/\s*\bspans="[^"]*"/, '');
    parts.push(xml.slice(end, row.index), `<${name}${rest}>${cells}</${name}>`);
    end = row.index + row[0].length;
  }
  return withWidths(parts.join('') + xml.slice(end), from, widths);
}

function lineOf(attributes: string): number | undefined {
  const stated = Number(/\br="(\d+)"/.exec(attributes)?.[1] ?? Number.NaN);
  return Number.isInteger(stated) ? stated : undefined;
}

/** The first column, from 0, behind all content and all cells that are shown as one. */
function* firstFreeColumn(xml: string): Generator<void, number> {
  let [last, seen] = [-1, 0];
  for (const { groups } of xml.matchAll(ROW)) {
    for (const { column, hasContent } of cellsOf(groups?.['content'] ?? '')) {
      if (hasContent && column > last) last = column;
    }
    if (++seen % ROWS_OF_A_STEP === 0) yield;
  }
  for (const [, reference = ''] of xml.matchAll(/<(?:\w+:)?mergeCell\b[^>]*?\bref="[^":]*:([^"]*)"/g)) {
    last = Math.max(last, placeOf(reference)?.column ?? -1);
  }
  return last + 1;
}

function cellsOf(content: string): CellText[] {
  const cells: CellText[] = [];
  let column = -1;
  for (const match of content.matchAll(CELL)) {
    const [whole, attributes = '', inner = ''] = match;
    column = placeOf(/\br="([^"]*)"/.exec(attributes)?.[1] ?? '')?.column ?? column + 1;
    const style = Number(/\bs="(\d+)"/.exec(attributes)?.[1] ?? '0');
    cells.push({ column, style, hasContent: inner !== '', start: match.index, end: match.index + whole.length });
  }
  return cells;
}

/** The content of a row with texts from a column on, in place of cells that have a look and no content. */
function withCells(
  content: string,
  { line, from, prefix }: { readonly line: number; readonly from: number; readonly prefix: string },
  texts: readonly string[],
  styles: WrappedStyles,
): string {
  const cells = cellsOf(content);
  const before = cells.filter(({ column }) => column < from);
  const after = cells.find(({ column }) => column >= from + texts.length);
  const last = before.findLast(({ hasContent }) => hasContent) ?? before.at(-1);
  const style = styles.wrappedLike(last?.style ?? 0);
  const added = texts.map((text, at) => (text === '' ? '' : inlineText(cellAddress(line, from + at), text, style)));
  const prefixed = added.join('').replaceAll(/<(\/?)(?=[a-z])/g, `<$1${prefix}`);
  const head = content.slice(0, before.at(-1)?.end ?? cells[0]?.start ?? content.length);
  const tail = content.slice(after?.start ?? cells.at(-1)?.end ?? head.length);
  return head + prefixed + tail;
}

/** The sheet with widths for the added columns; what it says of its columns and its size is mended where it would be wrong. */
function withWidths(xml: string, from: number, widths: readonly number[]): string {
  const sized = xml.replace(/<(?:\w+:)?dimension\b[^>]*?(?:\/>|>[\s\S]*?<\/(?:\w+:)?dimension>)/, '');
  const [prefix, existing] = COLUMNS.exec(sized)?.slice(1, 3) ?? [];
  const [, ofSheet = ''] = /<((?:\w+:)?)sheetData\b/.exec(sized) ?? [];
  const name = `${prefix ?? ofSheet}col`;
  const added = widths.map(
    (width, at) => `<${name} min="${from + at + 1}" max="${from + at + 1}" width="${width}" customWidth="1"/>`,
  );
  if (existing === undefined) {
    return sized.replace(/<(?:\w+:)?sheetData\b/, (open) => `<${name}s>${added.join('')}</${name}s>${open}`);
  }
  const [first, last] = [from + 1, from + widths.length];
  const kept = Array.from(existing.matchAll(COLUMN), ([whole]) => [
    ...cut(whole, 1, first - 1),
    ...cut(whole, last + 1, COLUMNS_MAXIMUM),
  ]);
  const inOrder = [...kept.flat(), ...added].toSorted((left, right) => boundOf(left, 'min') - boundOf(right, 'min'));
  return sized.replace(COLUMNS, () => `<${name}s>${inOrder.join('')}</${name}s>`);
}

/** What a record of columns says of those between two, both inside; nothing where it says nothing of them. */
function cut(column: string, first: number, last: number): string[] {
  const [min, max] = [Math.max(first, boundOf(column, 'min')), Math.min(last, boundOf(column, 'max'))];
  if (min > max) return [];
  return [column.replace(/\bmin="\d+"/, `min="${min}"`).replace(/\bmax="\d+"/, `max="${max}"`)];
}

function boundOf(column: string, bound: 'min' | 'max'): number {
  return Number((bound === 'min' ? /\bmin="(\d+)"/ : /\bmax="(\d+)"/).exec(column)?.[1] ?? '0');
}
