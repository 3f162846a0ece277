import { buffer, text as readText } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { RegistryError } from '../core/errors.js';
import { cellAddress } from './sheet.js';
import { XlsxArchive, readable } from './xlsx-archive.js';
import { readBook } from './xlsx-book.js';
import { inlineText } from './xlsx-print.js';

/** Columns that are added to a sheet behind those it has. */
export interface AppendedColumns {
  /** The name on the tab of the sheet. */
  readonly sheet: string;
  /** The first added column, from 0; everything from there on must be empty. */
  readonly from: number;
  /** The texts by number of the row, from 1; a row that the sheet has not is left out. */
  readonly texts: ReadonlyMap<number, readonly string[]>;
}

const ROW = /<(?<name>(?:\w+:)?row)\b(?<attributes>[^>]*?)(?:\/>|>(?<content>[\s\S]*?)<\/\k<name>>)/g;

/**
 * The same workbook with columns added to one of its sheets: all else, the looks and the other sheets too, stays as the
 * file has it, byte for byte. The added cells look like the last one of their row.
 * @throws RegistryError FILE_NO_WORKBOOK where it has no such sheet.
 */
export async function appendColumns(bytes: Buffer, columns: AppendedColumns): Promise<Buffer> {
  const archive = await XlsxArchive.open(bytes);
  try {
    return await readable(async () => {
      const { sheets } = await readBook(archive);
      const path = sheets.find(({ name }) => name === columns.sheet)?.path;
      if (path === undefined) throw RegistryError.of('FILE_NO_WORKBOOK');
      const zip = new ZipFile();
      for (const each of archive.paths) {
        const stream = await archive.stream(each);
        if (stream === undefined || each.endsWith('/')) continue;
        const part = each === path ? Buffer.from(withColumns(await readText(stream), columns)) : await buffer(stream);
        zip.addBuffer(part, each);
      }
      zip.end();
      // What yazl gives is a readable stream of Node.
      return buffer(zip.outputStream as Readable);
    });
  } finally {
    archive.close();
  }
}

function withColumns(xml: string, { from, texts }: AppendedColumns): string {
  const parts: string[] = [];
  let [line, end] = [0, 0];
  for (const row of xml.matchAll(ROW)) {
    const { name = '', attributes = '', content = '' } = row.groups ?? {};
    const stated = Number(/\br="(\d+)"/.exec(attributes)?.[1] ?? Number.NaN);
    line = Number.isInteger(stated) ? stated : line + 1;
    const added = texts.get(line);
    if (added === undefined) continue;
    const style = Number(/.*\bs="(\d+)"/s.exec(content)?.[1] ?? '0');
    const cells = added.map((text, at) => (text === '' ? '' : inlineText(cellAddress(line, from + at), text, style)));
    const prefix = name.slice(0, -'row'.length);
    const prefixed = cells.join('').replaceAll(/<(\/?)(?=[a-z])/g, `<$1${prefix}`);
    // What a row says of its width is a hint for faster loading, and would be wrong now.
    const rest = attributes.replace(/\s*\bspans="[^"]*"/, '');
    parts.push(xml.slice(end, row.index), `<${name}${rest}>${content}${prefixed}</${name}>`);
    end = row.index + row[0].length;
  }
  return parts.join('') + xml.slice(end);
}
