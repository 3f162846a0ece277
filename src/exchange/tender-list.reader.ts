import { Injectable } from '@nestjs/common';
import { RegistryError } from '../core/errors.js';
import type { Landscape } from '../core/landscape/landscape.js';
import type { Language } from '../runtime/messages.js';
import { AgencyNames } from './agency-names.js';
import { readSpreadsheet } from './read-file.js';
import { readTenderHeader } from './tender-header.js';
import { TENDER_LINES_MAXIMUM } from './tender-list.types.js';
import type { TenderList } from './tender-list.types.js';
import { TenderRowReader } from './tender-rows.js';
import { TenderWords, readTenderWords } from './tender-words.js';
import { nothingRecognised, unrecognisedSheets } from './unrecognised-sheets.js';

/** Some of the headers that are known, for whoever wrote none. */
const COLUMNS = 'STT, Mã TBMT, Mã KHLCNT, Tên gói thầu, Chủ đầu tư';

/** Reads lists of tenders, workbooks or separated values. Nothing is kept. */
@Injectable()
export class TenderListReader {
  private readonly words = new TenderWords(readTenderWords());

  /** How far the words that columns are known by can be trusted. */
  source(language: Language): string {
    return this.words.source(language);
  }

  /**
   * @param landscape - as the caller sees it: agencies are known by its names alone.
   * @throws RegistryError where the file can not be read at all, no sheet of it has a header that is known, or it has more
   *   lines than are answered.
   */
  async read(bytes: Buffer, landscape: Landscape): Promise<TenderList> {
    const { sheets } = await readSpreadsheet(bytes);
    const read = sheets.map((sheet) => ({ sheet, header: readTenderHeader(this.words, sheet) }));
    const headers = read.flatMap(({ header }) => header ?? []);
    const unread = read.flatMap(({ sheet, header }) => (header === undefined ? sheet : []));
    const notes = unrecognisedSheets(unread, COLUMNS);
    if (headers.length === 0) throw nothingRecognised(notes, COLUMNS);
    const tools = { words: this.words, agencies: new AgencyNames(landscape), firstOfNotice: new Map<string, string>() };
    const found = headers.map((header) => {
      const rows = new TenderRowReader(tools, header);
      notes.push(...header.notes, ...rows.notes());
      return { name: header.sheet.name, headerLine: header.row.line, lines: rows.lines() };
    });
    const actual = found.reduce((sum, { lines }) => sum + lines.length, 0);
    if (actual > TENDER_LINES_MAXIMUM) {
      throw RegistryError.of('LIMIT_EXCEEDED', ['file'], { field: 'lines', limit: TENDER_LINES_MAXIMUM, actual });
    }
    return { sheets: found, notes };
  }
}
