import { Injectable } from '@nestjs/common';
import { RegistryError } from '../core/errors.js';
import { AgencyNames } from './agency-names.js';
import { CellReader } from './cell-values.js';
import { PlanHeaderReader } from './plan-header.js';
import type { PlanHeader } from './plan-header.js';
import { PLAN_LINES_MAXIMUM } from './plan-list.types.js';
import type { PlanContext, PlanLine, PlanList, PlanSheet } from './plan-list.types.js';
import { PlanRowReader } from './plan-rows.js';
import { PlanWords, readPlanWords } from './plan-words.js';
import { readSpreadsheet } from './read-file.js';
import { SpreadsheetWords } from './spreadsheet-words.reader.js';
import { nothingRecognised, unrecognisedSheets } from './unrecognised-sheets.js';

/** Some of the headers that are known, for whoever wrote none. */
const COLUMNS = 'STT, Tên nhiệm vụ, Đơn vị chủ trì, Mục tiêu, Kinh phí';

/** Reads lists of planned projects as agencies send them, workbooks or separated values. Nothing is kept. */
@Injectable()
export class PlanListReader {
  private readonly words = new PlanWords(readPlanWords());

  constructor(private readonly spreadsheetWords: SpreadsheetWords) {}

  /**
   * @throws RegistryError where the file can not be read at all, no sheet of it has a header that is known, or it has more
   *   lines than are answered.
   */
  async read(bytes: Buffer, { landscape, definitions }: PlanContext): Promise<PlanList> {
    const { sheets } = await readSpreadsheet(bytes);
    const reader = new PlanHeaderReader(this.words, definitions);
    const read = sheets.map((sheet) => ({ sheet, header: reader.read(sheet) }));
    const headers = read.flatMap(({ header }) => header ?? []);
    const unread = read.flatMap(({ sheet, header }) => (header === undefined ? sheet : []));
    const notes = unrecognisedSheets(unread, COLUMNS);
    if (headers.length === 0) throw nothingRecognised(notes, COLUMNS);
    const agencies = new AgencyNames(landscape);
    const cells = new CellReader(this.spreadsheetWords);
    const found = headers.map((header) => ({
      header,
      lines: new PlanRowReader({ words: this.words, cells, agencies }, header).lines(),
    }));
    const count = found.reduce((sum, { lines }) => sum + lines.length, 0);
    if (count > PLAN_LINES_MAXIMUM) {
      const params = { field: 'lines', limit: PLAN_LINES_MAXIMUM, actual: count };
      throw RegistryError.of('LIMIT_EXCEEDED', ['file'], params);
    }
    return {
      sheets: found.map(({ header, lines }) => planSheet(header, lines)),
      notes: [...notes, ...headers.flatMap((header) => header.notes)],
    };
  }
}

function planSheet({ sheet, row }: PlanHeader, lines: readonly PlanLine[]): PlanSheet {
  return { name: sheet.name, headerLine: row.line, lines };
}
