import { Module } from '@nestjs/common';
import { RegistryModule } from '../registry/registry.module.js';
import { AnsweredListWriter } from './answered-list.writer.js';
import { ExportController } from './export.controller.js';
import { ImportController } from './import.controller.js';
import { ImportWriter } from './import.writer.js';
import { ListReader } from './list.reader.js';
import { PlanListReader } from './plan-list.reader.js';
import { SpreadsheetWords } from './spreadsheet-words.reader.js';

/** Formats in and out. */
@Module({
  imports: [RegistryModule],
  controllers: [ImportController, ExportController],
  providers: [AnsweredListWriter, ImportWriter, ListReader, PlanListReader, SpreadsheetWords],
  exports: [AnsweredListWriter, PlanListReader],
})
export class ExchangeModule {}
