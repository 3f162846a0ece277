import { Controller, HttpCode, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { RegistryError } from '../core/errors.js';
import { ELEMENT_KINDS, isElementKind } from '../core/landscape/model.js';
import type { ElementKind } from '../core/landscape/model.js';
import { isWritableText } from '../core/landscape/record-fields.js';
import { Authenticator } from '../runtime/authentication.js';
import { bytesOf } from '../runtime/request-body.js';
import { ImportWriter } from './import.writer.js';
import type { ImportReport } from './import-report.js';

/** Longest text of an option of an import, characters. */
const TEXT_MAXIMUM = 200;

/** Takes lists in, as files. */
@Controller('imports')
export class ImportController {
  constructor(
    private readonly imports: ImportWriter,
    private readonly authenticator: Authenticator,
  ) {}

  /**
   * The body is the file. What is wrong with rows stands in the report, with status 200: the file was read, and the report
   * says whether anything was written.
   */
  @Post()
  @HttpCode(200)
  async import(@Query() query: Readonly<Record<string, unknown>>, @Req() request: Request): Promise<ImportReport> {
    const actor = this.authenticator.actorOf(request);
    const options = new ImportOptions(query);
    const order = {
      fileName: options.text('fileName') ?? 'import',
      kind: options.kind(),
      dryRun: options.flag('dryRun'),
      acceptValid: options.flag('acceptValid'),
      reason: options.text('reason'),
      scenario: options.text('scenario'),
    };
    this.imports.require(order, actor);
    return this.imports.run({ ...order, bytes: await bytesOf(request, this.authenticator) }, actor);
  }
}

/** The options of an import, as a link carries them. */
class ImportOptions {
  constructor(private readonly query: Readonly<Record<string, unknown>>) {}

  text(field: string): string | undefined {
    const value = this.query[field];
    if (value === undefined || value === '') return undefined;
    if (!isWritableText(value)) throw RegistryError.of('VALUE_OF_WRONG_TYPE', [field], { field, expected: 'text' });
    if (value.length <= TEXT_MAXIMUM) return value;
    throw RegistryError.of('LIMIT_EXCEEDED', [field], { field, limit: TEXT_MAXIMUM, actual: value.length });
  }

  flag(field: string): boolean {
    const value = this.text(field) ?? 'false';
    if (value === 'true' || value === 'false') return value === 'true';
    throw RegistryError.of('VALUE_NOT_ALLOWED', [field], { field, value, allowed: 'true, false' });
  }

  kind(): ElementKind | undefined {
    const value = this.text('kind');
    if (value === undefined || isElementKind(value)) return value;
    const params = { field: 'kind', value, allowed: ELEMENT_KINDS.join(', ') };
    throw RegistryError.of('VALUE_NOT_ALLOWED', ['kind'], params);
  }
}
