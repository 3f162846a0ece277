import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import type { StreamableFile } from '@nestjs/common';
import type { Request } from 'express';
import { RegistryError } from '../core/errors.js';
import { ELEMENT_KINDS, isElementKind } from '../core/landscape/model.js';
import type { ElementKind } from '../core/landscape/model.js';
import { shown } from '../core/landscape/record-fields.js';
import { IssuedPapers } from '../runtime/audit/issued-papers.js';
import { languageOf } from '../runtime/messages.js';
import { exportedFile, recordedFile } from './exported-file.js';
import { ListReader } from './list.reader.js';
import type { TableFormat } from './table.writer.js';

/** Gives lists out as files, of what the caller may see. */
@Controller('exports')
export class ExportController {
  constructor(
    private readonly lists: ListReader,
    private readonly papers: IssuedPapers,
  ) {}

  /** All elements, each kind on a sheet, and the relations; with `kind`, that kind alone. */
  @Get('landscape.xlsx')
  async landscape(@Req() caller: Request): Promise<StreamableFile> {
    const request = this.request(caller);
    const bytes = await this.lists.workbook(request);
    return recordedFile({ bytes, name: 'landscape', format: 'xlsx' }, request.actor, this.papers);
  }

  @Get('elements.:format')
  async elements(
    @Param('format') given: string,
    @Query('kind') kind: unknown,
    @Req() caller: Request,
  ): Promise<StreamableFile> {
    const request = this.request(caller);
    const format = formatOf(given);
    const bytes = await this.lists.elements(kindOf(kind), format, request);
    const name = `elements-${kindOf(kind).toLowerCase()}`;
    return recordedFile({ bytes, name, format }, request.actor, this.papers);
  }

  @Get('relations.:format')
  async relations(@Param('format') given: string, @Req() caller: Request): Promise<StreamableFile> {
    const request = this.request(caller);
    const format = formatOf(given);
    const bytes = await this.lists.relations(format, request);
    return recordedFile({ bytes, name: 'relations', format }, request.actor, this.papers);
  }

  /** An empty list of a kind to fill in, with the values its columns take. */
  @Get('templates/:kind.xlsx')
  async template(@Param('kind') kind: string, @Req() caller: Request): Promise<StreamableFile> {
    const asked = kindOf(kind.toUpperCase());
    const bytes = await this.lists.template(asked, this.request(caller));
    return exportedFile({ bytes, name: `template-${kind.toLowerCase()}`, format: 'xlsx' });
  }

  private request(caller: Request): Parameters<ListReader['workbook']>[0] {
    return { actor: this.papers.actorOf(caller), language: languageOf(caller.headers['accept-language']) };
  }
}

function kindOf(value: unknown): ElementKind {
  if (isElementKind(value)) return value;
  const params = { field: 'kind', value: shown(value ?? ''), allowed: ELEMENT_KINDS.join(', ') };
  throw RegistryError.of('VALUE_NOT_ALLOWED', ['kind'], params);
}

function formatOf(value: string): TableFormat {
  if (value === 'xlsx' || value === 'csv') return value;
  throw RegistryError.of('VALUE_NOT_ALLOWED', ['format'], { field: 'format', value, allowed: 'xlsx, csv' });
}
