import { createHash } from 'node:crypto';
import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import { allElements } from '../core/landscape/filter-select.js';
import type { EvidenceCover } from '../core/policy/evidence-cover.js';
import { FIRST_TIER } from '../core/policy/rule-pack.js';
import type { ReportBy } from '../core/policy/report.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { printTable } from '../exchange/table.writer.js';
import { Authenticator } from '../runtime/authentication.js';
import { languageOf } from '../runtime/messages.js';
import type { RequestContext } from '../runtime/request-context.js';
import { todayInVietnam } from '../runtime/today.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import { FindingsReader } from './findings.reader.js';
import { oscalReport } from './oscal-report.js';
import { reportHtml } from './report-html.js';
import { reportColumns } from './report-table.js';

const REPORTS: Readonly<Record<string, ReportBy>> = {
  agency: 'AGENCY',
  rule: 'RULE',
  layer: 'LAYER',
  severity: 'SEVERITY',
};
const FORMATS = {
  csv: { type: 'text/csv; charset=utf-8', disposition: 'attachment' },
  xlsx: {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    disposition: 'attachment',
  },
  'oscal.json': { type: 'application/json; charset=utf-8', disposition: 'attachment' },
  html: { type: 'text/html; charset=utf-8', disposition: 'inline' },
} as const;
type ReportFormat = keyof typeof FORMATS;

/** Most elements of a landscape of which every finding is told at once: some 70 MB. */
const OSCAL_MAXIMUM = 20_000;

/** A report page loads nothing, runs nothing, and is shown in no other page. */
const CONTENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/** Who asks, as the headers of his request say. */
interface Caller {
  readonly authorization?: string;
  readonly 'accept-language'?: string;
  readonly 'if-none-match'?: string;
}

/** The report as a file for a spreadsheet, or as a page to print. */
@Controller('reports')
export class ComplianceReportController {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly findings: FindingsReader,
    private readonly access: FindingsAccess,
    private readonly authenticator: Authenticator,
  ) {}

  /** Its ETag is the hash of the body, so a copy that is still right is not sent again, across revisions too. */
  @Get('compliance.:format')
  async compliance(
    @Param('format') asked: string,
    @Query() query: Readonly<Record<string, unknown>>,
    @Headers() caller: Caller,
    @Res() response: Response,
  ): Promise<void> {
    const actor = this.authenticator.actorOf(caller.authorization);
    this.access.require(actor);
    const format = formatOf(asked);
    // OSCAL has every finding, and nothing that is summed up.
    const by = format === 'oscal.json' ? null : reportBy(query['by']);
    const context = { actor, language: languageOf(caller['accept-language']) };
    const body = await this.body(format, { by, tier: tierOf(query['tier']) }, context);
    const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
    const shared = actor.kind === 'PUBLIC' && this.access.isPublic;
    const { type, disposition } = FORMATS[format];
    response.set({
      'Content-Type': type,
      'Content-Disposition': `${disposition}; filename="compliance${by === null ? '' : `-by-${by.toLowerCase()}`}.${format}"`,
      'Content-Security-Policy': CONTENT_POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': `${shared ? 'public' : 'private'}, no-cache`,
      Vary: 'Authorization, Accept-Language',
      ETag: etag,
    });
    if (isHeld(caller['if-none-match'], etag)) response.status(304).end();
    else response.send(body);
  }

  private async body(
    format: ReportFormat,
    { by, tier }: { readonly by: ReportBy | null; readonly tier: number },
    context: RequestContext,
  ): Promise<Buffer> {
    const { language } = context;
    const landscape = await this.landscapes.read(context.actor);
    const evidence = await this.findings.evidence(landscape, todayInVietnam(), context);
    if (format === 'oscal.json' || by === null) {
      return Buffer.from(JSON.stringify(await this.oscal(landscape, { tier, evidence }, context)));
    }
    const rows = await this.findings.report(landscape, { by, tier, evidence }, context);
    if (format === 'html') {
      const report = { rows, by, revision: landscape.revision, today: evidence.day, ...this.findings.asked(tier) };
      return Buffer.from(reportHtml(report, language));
    }
    const columns = reportColumns(by, language);
    const cells = rows.map((row) => columns.map(({ cell }) => cell(row)));
    return printTable({ name: by.toLowerCase(), columns, rows: cells }, format);
  }

  private async oscal(
    landscape: LandscapeView,
    { tier, evidence }: { readonly tier: number; readonly evidence: EvidenceCover },
    context: RequestContext,
  ): Promise<object> {
    subjectsWithin(landscape);
    const cover = await this.findings.cover(landscape, evidence.day, context);
    const subjects = [...this.findings.all(landscape, { tier, evidence })];
    const { pack, rules } = this.findings.asked(tier);
    return oscalReport({ landscape, pack, rules, subjects, cover, language: context.language });
  }
}

function subjectsWithin(landscape: LandscapeView): void {
  const actual = allElements(landscape).length;
  if (actual <= OSCAL_MAXIMUM) return;
  throw RegistryError.of('LIMIT_EXCEEDED', [], { field: 'compliance.oscal.json', limit: OSCAL_MAXIMUM, actual });
}

function formatOf(asked: string): ReportFormat {
  const format = Object.keys(FORMATS).find((each): each is ReportFormat => each === asked);
  if (format !== undefined) return format;
  const params = { field: 'format', value: asked, allowed: Object.keys(FORMATS).join(', ') };
  throw RegistryError.of('VALUE_NOT_ALLOWED', ['format'], params);
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
