import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import type { EvidenceCover } from '../core/policy/evidence-cover.js';
import { FIRST_TIER } from '../core/policy/rule-pack.js';
import type { ReportBy } from '../core/policy/report.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { printTable } from '../exchange/table.writer.js';
import { AUDIT_HEAD_HEADER, IssuedPapers, headText } from '../runtime/audit/issued-papers.js';
import { languageOf } from '../runtime/messages.js';
import type { RequestContext } from '../runtime/request-context.js';
import { inSlices } from '../runtime/slices.js';
import { todayInVietnam } from '../runtime/today.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import { FindingsReader } from './findings.reader.js';
import { oscalParts } from './oscal-report.js';
import { auditHeadHtml, reportHtml } from './report-html.js';
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

/** Most findings that are told at once: some 110 MB. */
const OSCAL_MAXIMUM = 100_000;
/** Documents that are made at once, for each is held until it is whole. */
const OSCAL_AT_ONCE = 2;

/** A report page loads nothing, runs nothing, and is shown in no other page. */
const CONTENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/** Who asks, as the headers of his request say. */
interface Caller {
  readonly 'accept-language'?: string;
  readonly 'if-none-match'?: string;
}

/** What is asked for. */
interface Asked {
  /** null = OSCAL, which sums nothing up. */
  readonly by: ReportBy | null;
  readonly tier: number;
  /** Ends when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** The report as a file for a spreadsheet, or as a page to print. */
@Controller('reports')
export class ComplianceReportController {
  private beingMade = 0;

  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly findings: FindingsReader,
    private readonly access: FindingsAccess,
    private readonly papers: IssuedPapers,
  ) {}

  /**
   * Its ETag is the hash of the body, so a copy that is still right is not sent again, across revisions too. A page also
   * says where the audit log ends, which its tag leaves out and is weak for.
   */
  @Get('compliance.:format')
  async compliance(
    @Param('format') asked: string,
    @Query() query: Readonly<Record<string, unknown>>,
    @Headers() caller: Caller,
    @Res() response: Response,
  ): Promise<void> {
    const actor = this.papers.actorOf(response.req);
    this.access.require(actor);
    const format = formatOf(asked);
    // OSCAL has every finding, and nothing that is summed up.
    const by = format === 'oscal.json' ? null : reportBy(query['by']);
    const context = { actor, language: languageOf(caller['accept-language']) };
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const request = { by, tier: tierOf(query['tier']), signal: gone.signal };
    const parts = await this.parts(format, request, context);
    if (parts === undefined) return;
    const etag = format === 'html' ? `W/${etagOf(parts)}` : etagOf(parts);
    const head = await this.papers.head();
    const shared = actor.kind === 'PUBLIC' && this.access.isPublic;
    const { type, disposition } = FORMATS[format];
    const name = `compliance${by === null ? '' : `-by-${by.toLowerCase()}`}.${format}`;
    response.set({
      'Content-Type': type,
      'Content-Disposition': `${disposition}; filename="${name}"`,
      [AUDIT_HEAD_HEADER]: headText(head),
      'Content-Security-Policy': CONTENT_POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': `${shared ? 'public' : 'private'}, no-cache`,
      Vary: 'Authorization, Cookie, Accept-Language, Origin',
      ETag: etag,
    });
    if (isHeld(caller['if-none-match'], etag)) {
      response.status(304).end();
      return;
    }
    const sent = format === 'html' ? [...parts, Buffer.from(auditHeadHtml(head, context.language))] : parts;
    const payload = { etag, sha256: hashOf(sent).digest('hex'), tier: request.tier };
    await this.papers.record(actor, { subject: name, payload });
    send(response, sent);
  }

  /** What is sent, in order; undefined where nobody waits for it any more. */
  private async parts(
    format: ReportFormat,
    { by, tier, signal }: Asked,
    context: RequestContext,
  ): Promise<readonly Buffer[] | undefined> {
    const landscape = await this.landscapes.read(context.actor);
    const evidence = await this.findings.evidence(landscape, todayInVietnam(), context);
    if (by === null) return this.oscal(landscape, { tier, evidence, signal }, context);
    const rows = await this.findings.report(landscape, { by, tier, evidence }, context);
    if (format === 'html') {
      const report = { rows, by, revision: landscape.revision, today: evidence.day, ...this.findings.asked(tier) };
      return [Buffer.from(reportHtml(report, context.language))];
    }
    const columns = reportColumns(by, context.language);
    const cells = rows.map((row) => columns.map(({ cell }) => cell(row)));
    return [await printTable({ name: by.toLowerCase(), columns, rows: cells }, format === 'xlsx' ? 'xlsx' : 'csv')];
  }

  /** @throws RegistryError TOO_MANY_FINDINGS before anything is worked out, BUSY while others have theirs made. */
  private async oscal(
    landscape: LandscapeView,
    { tier, evidence, signal }: Omit<Asked, 'by'> & { readonly evidence: EvidenceCover },
    context: RequestContext,
  ): Promise<readonly Buffer[] | undefined> {
    const actual = this.findings.most(landscape, tier);
    if (actual > OSCAL_MAXIMUM) throw RegistryError.of('TOO_MANY_FINDINGS', [], { limit: OSCAL_MAXIMUM, actual });
    if (this.beingMade >= OSCAL_AT_ONCE) throw RegistryError.of('BUSY', [], { limit: OSCAL_AT_ONCE });
    this.beingMade += 1;
    try {
      const cover = await this.findings.cover(landscape, evidence.day, context);
      const subjects = this.findings.all(landscape, { tier, evidence });
      const input = { landscape, ...this.findings.asked(tier), subjects, cover, language: context.language };
      return await inSlices(oscalParts(input), signal);
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    } finally {
      this.beingMade -= 1;
    }
  }
}

function etagOf(parts: readonly Buffer[]): string {
  return `"${hashOf(parts).digest('base64url')}"`;
}

function hashOf(parts: readonly Buffer[]): Hash {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash;
}

function send(response: Response, parts: readonly Buffer[]): void {
  const [first, ...others] = parts;
  if (others.length === 0) {
    response.send(first);
    return;
  }
  response.set('Content-Length', String(parts.reduce((sum, { length }) => sum + length, 0)));
  for (const part of parts) response.write(part);
  response.end();
}

function formatOf(asked: string): ReportFormat {
  const format = Object.keys(FORMATS).find((each): each is ReportFormat => each === asked);
  if (format !== undefined) return format;
  const params = { field: 'format', value: asked, allowed: Object.keys(FORMATS).join(', ') };
  throw RegistryError.of('VALUE_NOT_ALLOWED', ['format'], params);
}

/** Whether the caller holds what a tag is of, whether he or a proxy has it as a weak one or not. */
function isHeld(ifNoneMatch: string | undefined, etag: string): boolean {
  const held = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return held.includes(etag.replace(/^W\//, '')) || held.includes('*');
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
