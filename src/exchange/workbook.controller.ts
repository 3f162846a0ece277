import { Controller, Get, Param, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { StreamableFile } from '@nestjs/common';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { IssuedPapers } from '../runtime/audit/issued-papers.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import { recordedFile } from './exported-file.js';
import { WorkbookReader } from './workbook.reader.js';

/** Gives the forms of the nation out, of what the caller may see. */
@Controller('exports/workbooks')
export class WorkbookController {
  constructor(
    private readonly workbooks: WorkbookReader,
    private readonly landscapes: LandscapeReader,
    private readonly papers: IssuedPapers,
    private readonly access: FindingsAccess,
  ) {}

  /** The form, filled with what is known. What is missing is an empty cell, so it is for whoever may read findings. */
  @Get(':form.xlsx')
  async workbook(@Param('form') form: string, @Req() request: Request): Promise<StreamableFile> {
    const actor = this.papers.actorOf(request);
    this.access.require(actor);
    const { code } = this.workbooks.form(form.toUpperCase());
    const landscape = await this.landscapes.read(actor);
    const bytes = await this.workbooks.print(landscape);
    return recordedFile({ bytes, name: code.toLowerCase(), format: 'xlsx' }, actor, this.papers);
  }
}
