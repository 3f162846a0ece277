import { Controller, Get } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { unavailableIfDown } from './database-errors.js';

/** For whoever keeps the service running. */
@Controller('health')
export class HealthController {
  constructor(private readonly database: DataSource) {}

  /** The process answers. */
  @Get('live')
  live(): { status: string } {
    return { status: 'live' };
  }

  /** The process answers and so does its database: requests may be sent here. */
  @Get('ready')
  async ready(): Promise<{ status: string }> {
    await unavailableIfDown(this.database.query('select 1'));
    return { status: 'ready' };
  }
}
