import { buffer, text as readText } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { RegistryError } from '../core/errors.js';
import { inSlices } from '../runtime/slices.js';
import { XlsxArchive, readable } from './xlsx-archive.js';
import { readBook } from './xlsx-book.js';
import { WrappedStyles } from './xlsx-styles.js';
import { appendToSheet } from './xlsx-sheet-append.js';
import type { AppendedColumns } from './xlsx-sheet-append.js';

/** What a workbook that is answered may become when it is unpacked, bytes: all of it is held in memory at once. */
const UNPACKED_MAXIMUM = 64 * 1024 * 1024;

/**
 * The same workbook with columns added to some of its sheets, behind those that have content: all else, the looks and the
 * other sheets too, stays as the file has it, byte for byte. The added cells look like the last one of their row, and wrap.
 * @throws RegistryError FILE_NO_WORKBOOK where it has no such sheet, LIMIT_EXCEEDED where it unpacks to too much or has
 *   no room for more columns.
 */
export async function appendColumns(bytes: Buffer, columns: readonly AppendedColumns[]): Promise<Buffer> {
  const archive = await XlsxArchive.open(bytes, UNPACKED_MAXIMUM);
  try {
    return await readable(async () => {
      const { sheets, stylesPath } = await readBook(archive);
      const styles = new WrappedStyles((await archive.text(stylesPath)) ?? '');
      const changed = new Map<string, string>();
      for (const each of columns) {
        const path = sheets.find(({ name }) => name === each.sheet)?.path;
        const stream = path === undefined ? undefined : await archive.stream(path);
        if (path === undefined || stream === undefined) throw RegistryError.of('FILE_NO_WORKBOOK');
        changed.set(path, await inSlices(appendToSheet(await readText(stream), each, styles)));
      }
      if (styles.isChanged) changed.set(stylesPath, styles.xml());
      return await written(archive, changed);
    });
  } finally {
    archive.close();
  }
}

async function written(archive: XlsxArchive, changed: ReadonlyMap<string, string>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const path of archive.paths) {
    const text = changed.get(path);
    const stream = text === undefined ? await archive.stream(path) : undefined;
    if (path.endsWith('/')) continue;
    const part = text === undefined ? stream && (await buffer(stream)) : Buffer.from(text);
    // The date is fixed: the same content is the same file.
    if (part !== undefined) zip.addBuffer(part, path, { mtime: new Date(1980, 0, 1), forceDosTimestamp: true });
  }
  zip.end();
  // What yazl gives is a readable stream of Node.
  return buffer(zip.outputStream as Readable);
}
