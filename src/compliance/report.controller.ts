import { createHash } from 'node:crypto';
import { Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { RegistryError } from '../core/errors.js';
import { FIRST_TIER } from '../core/policy/rule-pack.js';
import type { ReportBy } from '../core/policy/report.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { Authenticator } from '../runtime/authentication.js';
import { languageOf } from '../runtime/messages.js';
import { todayInVietnam } from '../runtime/today.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import { FindingsReader } from './findings.reader.js';
import { reportCsv } from './report-csv.js';

const REPORTS: Readonly<Record<string, ReportBy>> = { agency: 'AGENCY', rule: 'RULE' };

/** The report as a file for a spreadsheet. */
@Controller('reports')
export class ComplianceReportController {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly findings: FindingsReader,
    private readonly access: FindingsAccess,
    private readonly authenticator: Authenticator,
  ) {}

  /** Its ETag is the hash of the body, so a copy that is still right is not sent again, across revisions too. */
  @Get('compliance.csv')
  async compliance(
    @Query() { by: asked, tier }: Readonly<Record<string, unknown>>,
    @Headers('accept-language') accepted: string | undefined,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const actor = this.authenticator.actorOf(request.headers.authorization);
    this.access.require(actor);
    const by = reportBy(asked);
    const language = languageOf(accepted);
    const landscape = await this.landscapes.read(actor);
    const context = { actor, language };
    const evidence = await this.findings.evidence(landscape, todayInVietnam(), context);
    const rows = await this.findings.report(landscape, { by, tier: tierOf(tier), evidence }, context);
    const body = reportCsv(rows, by, language);
    const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
    const shared = actor.kind === 'PUBLIC' && this.access.isPublic;
    response.set({
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="compliance-by-${by.toLowerCase()}.csv"`,
      'Cache-Control': `${shared ? 'public' : 'private'}, no-cache`,
      Vary: 'Authorization, Accept-Language',
      ETag: etag,
    });
    if (isHeld(request.headers['if-none-match'], etag)) response.status(304).end();
    else response.send(body);
  }
}

/** Whether the caller holds this very body. A proxy may have marked its tag as weak; the body is the same. */
function isHeld(ifNoneMatch: string | undefined, etag: string): boolean {
  const held = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return held.includes(etag) || held.includes('*');
}

/** The highest tier of rules that are asked. */
function tierOf(asked: unknown): number {
  if (asked === undefined) return FIRST_TIER;
  if (typeof asked === 'string' && /^[1-9]$/.test(asked)) return Number(asked);
  throw RegistryError.of('VALUE_NOT_ALLOWED', ['tier'], {
    field: 'tier',
    value: JSON.stringify(asked),
    allowed: '1 - 9',
  });
}

function reportBy(asked: unknown): ReportBy {
  const by = typeof asked === 'string' && Object.hasOwn(REPORTS, asked) ? REPORTS[asked] : undefined;
  if (by !== undefined) return by;
  const params = { field: 'by', value: String(asked), allowed: Object.keys(REPORTS).join(', ') };
  throw RegistryError.of('VALUE_NOT_ALLOWED', ['by'], params);
}
