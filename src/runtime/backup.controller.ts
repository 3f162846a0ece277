import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { Controller, Get, Headers, StreamableFile } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { mayCommit } from '../core/access/decide.js';
import { RegistryError } from '../core/errors.js';
import { Authenticator } from './authentication.js';
import { backupLines } from './backup.js';

/** The whole database as one compressed file, for the administrator. */
@Controller('backup')
export class BackupController {
  constructor(
    private readonly database: DataSource,
    private readonly authenticator: Authenticator,
  ) {}

  @Get()
  backup(@Headers('authorization') authorization: string | undefined): StreamableFile {
    if (!mayCommit(this.authenticator.actorOf(authorization))) {
      throw RegistryError.of('NOT_PERMITTED', ['authorization'], { action: 'backup' });
    }
    const stream = Readable.from(backupLines(this.database)).pipe(createGzip());
    return new StreamableFile(stream, {
      type: 'application/gzip',
      disposition: 'attachment; filename="khung.backup.gz"',
    });
  }
}
