import { Controller, Get, Headers, Param, Query } from '@nestjs/common';
import type { StreamableFile } from '@nestjs/common';
import { RegistryError } from '../core/errors.js';
import { ELEMENT_KINDS, isElementKind } from '../core/landscape/model.js';
import type { ElementKind } from '../core/landscape/model.js';
import { shown } from '../core/landscape/record-fields.js';
import { Authenticator } from '../runtime/authentication.js';
import { languageOf } from '../runtime/messages.js';
import { exportedFile } from './exported-file.js';
import { ListReader } from './list.reader.js';
import type { TableFormat } from './table.writer.js';

interface Caller {
  readonly authorization?: string;
  readonly 'accept-language'?: string;
}

/** Gives lists out as files, of what the caller may see. */
@Controller('exports')
export class ExportController {
  constructor(
    private readonly lists: ListReader,
    private readonly authenticator: Authenticator,
  ) {}

  /** All elements, each kind on a sheet, and the relations; with `kind`, that kind alone. */
  @Get('landscape.xlsx')
  async landscape(@Headers() caller: Caller): Promise<StreamableFile> {
    return exportedFile(await this.lists.workbook(this.request(caller)), 'landscape', 'xlsx');
  }

  @Get('elements.:format')
  async elements(
    @Param('format') format: string,
    @Query('kind') kind: unknown,
    @Headers() caller: Caller,
  ): Promise<StreamableFile> {
    const list = await this.lists.elements(kindOf(kind), formatOf(format), this.request(caller));
    return exportedFile(list, `elements-${kindOf(kind).toLowerCase()}`, formatOf(format));
  }

  @Get('relations.:format')
  async relations(@Param('format') format: string, @Headers() caller: Caller): Promise<StreamableFile> {
    return exportedFile(
      await this.lists.relations(formatOf(format), this.request(caller)),
      'relations',
      formatOf(format),
    );
  }

  /** An empty list of a kind to fill in, with the values its columns take. */
  @Get('templates/:kind.xlsx')
  async template(@Param('kind') kind: string, @Headers() caller: Caller): Promise<StreamableFile> {
    const asked = kindOf(kind.toUpperCase());
    return exportedFile(
      await this.lists.template(asked, this.request(caller)),
      `template-${kind.toLowerCase()}`,
      'xlsx',
    );
  }

  private request({ authorization, 'accept-language': accepted }: Caller): Parameters<ListReader['workbook']>[0] {
    return { actor: this.authenticator.actorOf(authorization), language: languageOf(accepted) };
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
