import { Injectable } from '@nestjs/common';
import { delimiterOf, parseCsv, printCsv } from './csv.js';
import { isArchive } from './read-file.js';
import { decodeText } from './text-encoding.js';
import { appendColumns } from './xlsx-append.js';
import type { AppendedColumns } from './xlsx-sheet-append.js';

/** Columns of answers for one sheet: its texts hold the headers too, by the row of its own header. */
export type AnswerColumns = AppendedColumns;

/** The file that somebody sent, with answers. */
export interface AnsweredList {
  readonly bytes: Buffer;
  readonly format: 'xlsx' | 'csv';
}

/** Gives a list back as it came, with columns of answers at the right. */
@Injectable()
export class AnsweredListWriter {
  /**
   * A workbook keeps everything it has. A text file comes back as UTF-8 with its own separator, its empty lines left out,
   * and with cells that a spreadsheet would take for formulas marked as text.
   * @throws RegistryError where the file can not be read, or has no room for more columns.
   */
  async answer(bytes: Buffer, sheets: readonly AnswerColumns[]): Promise<AnsweredList> {
    if (isArchive(bytes)) return { bytes: await appendColumns(bytes, sheets), format: 'xlsx' };
    const { text } = decodeText(bytes);
    const { rows } = await parseCsv(text);
    const [answers] = sheets;
    const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
    const answered = rows.map(({ line, cells }) => {
      const own = Array.from({ length: width }, (_, at) => cells[at]);
      return [...own, ...(answers?.widths ?? []).map((_, at) => answers?.texts.get(line)?.[at])];
    });
    return { bytes: Buffer.from(printCsv(answered, delimiterOf(text))), format: 'csv' };
  }
}
