import { Module } from '@nestjs/common';
import { RegistryModule } from '../registry/registry.module.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import { AnsweredListWriter } from './answered-list.writer.js';
import { ExportController } from './export.controller.js';
import { ImportController } from './import.controller.js';
import { ImportWriter } from './import.writer.js';
import { ListReader } from './list.reader.js';
import { PlanListReader } from './plan-list.reader.js';
import { SpreadsheetWords } from './spreadsheet-words.reader.js';
import { TenderListReader } from './tender-list.reader.js';
import { WorkbookController } from './workbook.controller.js';
import { WorkbookReader } from './workbook.reader.js';

/** Formats in and out. */
@Module({
  imports: [RegistryModule],
  controllers: [ImportController, ExportController, WorkbookController],
  providers: [
    AnsweredListWriter,
    FindingsAccess,
    ImportWriter,
    ListReader,
    PlanListReader,
    SpreadsheetWords,
    TenderListReader,
    WorkbookReader,
  ],
  exports: [AnsweredListWriter, PlanListReader, TenderListReader, WorkbookReader],
})
export class ExchangeModule {}
