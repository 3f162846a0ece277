import { parseCsv } from './csv.js';
import type { Sheet } from './sheet.js';
import { decodeText } from './text-encoding.js';
import type { TextEncoding } from './text-encoding.js';
import { parseXlsx } from './xlsx-parse.js';

/** A file with tables, read as what its first bytes show it to be; its name is not asked. */
export interface SpreadsheetFile {
  readonly sheets: readonly Sheet[];
  /** Undefined for a workbook. */
  readonly encoding: TextEncoding | undefined;
}

/**
 * Reads a workbook, or a text file with separated values.
 * @throws RegistryError with what is wrong with the file as a whole; what is wrong with single cells stands with its sheet.
 */
export async function readSpreadsheet(bytes: Buffer): Promise<SpreadsheetFile> {
  if (isArchive(bytes)) return { sheets: await parseXlsx(bytes), encoding: undefined };
  const { text, encoding } = decodeText(bytes);
  return { sheets: [await parseCsv(text)], encoding };
}

/** The first bytes of an archive, or of the container of old workbooks: what else is a text. */
export function isArchive(bytes: Buffer): boolean {
  return (bytes[0] === 0x50 && bytes[1] === 0x4b) || (bytes[0] === 0xd0 && bytes[1] === 0xcf);
}
