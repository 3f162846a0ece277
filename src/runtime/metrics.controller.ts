import { Controller, Get, Header, Req } from '@nestjs/common';
import type { Request } from 'express';
import { may, notPermitted } from '../core/access/decide.js';
import { Authenticator } from './authentication.js';
import { DatabaseMeasures } from './database-measures.js';
import { Metrics } from './metrics.js';

/** What is measured, for whoever watches the service. */
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    private readonly database: DatabaseMeasures,
    private readonly authenticator: Authenticator,
  ) {}

  @Get()
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  @Header('Cache-Control', 'no-store')
  async read(@Req() request: Request): Promise<string> {
    if (!may(this.authenticator.actorOf(request), 'metrics.read')) throw notPermitted('metrics');
    await this.database.read();
    return this.metrics.text();
  }
}
