import { PassThrough, Readable, pipeline } from 'node:stream';
import { createGzip } from 'node:zlib';
import { Controller, Get, Logger, Req, StreamableFile } from '@nestjs/common';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import { may } from '../core/access/decide.js';
import { RegistryError } from '../core/errors.js';
import { IssuedPapers } from './audit/issued-papers.js';
import { backupLines } from './backup.js';
import { unavailableIfDown } from './database-errors.js';

const FILE = 'khung.backup.gz';

/**
 * Bytes of a compressed backup that wait in memory for a slow reader. So many, because the backup holds a transaction
 * until it is read, and on the embedded database everything else waits for that.
 */
const READ_AHEAD = 2 ** 30;

/** The whole database as one compressed file, for the administrator. */
@Controller('backup')
export class BackupController {
  private readonly logger = new Logger('Backup');

  constructor(
    private readonly database: DataSource,
    private readonly papers: IssuedPapers,
  ) {}

  @Get()
  async backup(@Req() request: Request): Promise<StreamableFile> {
    const actor = this.papers.actorOf(request);
    if (!may(actor, 'backup.take')) {
      throw RegistryError.of('NOT_PERMITTED', ['authorization'], { action: 'backup' });
    }
    // A link on a page elsewhere must not have whoever follows it hold up all who write.
    if (request.headers['sec-fetch-site'] === 'cross-site') throw RegistryError.of('CROSS_SITE');
    await this.papers.record(actor, { subject: FILE, payload: {} });
    const lines = backupLines(this.database);
    // Asked for before anything is answered: a database that does not answer is told with a code, not by half a file.
    const first = await unavailableIfDown(lines.next());
    const gzip = createGzip();
    if (first.done !== true) gzip.write(first.value);
    const file = new PassThrough({ readableHighWaterMark: READ_AHEAD });
    // Ends the transaction where the reader goes away, and cuts the file off where the database does.
    pipeline(Readable.from(lines), gzip, file, (error) => {
      if (error) this.logger.warn(`A backup ended early: ${error.message}`);
    });
    return new StreamableFile(file, {
      type: 'application/gzip',
      disposition: `attachment; filename="${FILE}"`,
    });
  }
}
