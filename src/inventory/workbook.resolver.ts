import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import type { LandscapeView } from '../core/access/view.js';
import { respondentOf } from '../core/landscape/respondent.js';
import { issue } from '../core/errors.js';
import { orderedBy } from '../core/ordering.js';
import type { Ordering } from '../core/ordering.js';
import type { NationalForm } from '../exchange/national-form.reader.js';
import { WorkbookReader } from '../exchange/workbook.reader.js';
import type { WorkbookBlocker, WorkbookReadiness } from '../exchange/workbook.reader.js';
import { LandscapeArgs } from '../registry/landscape-args.types.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { SeenElement, SeenRelation } from '../registry/seen.types.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import { messageOf } from '../runtime/messages.js';
import type { Language } from '../runtime/messages.js';
import { PageArgs, mapPage, pageInOrder } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { WorkbookBlockerConnectionType, WorkbookType } from './workbook.types.js';
import type { WorkbookBlockerType } from './workbook.types.js';

/** What filling the form costs for each element, in looks at a record. */
const LOOKS = 40;

/** A workbook as its fields are worked out. */
type Workbook = Omit<WorkbookType, 'blockers'> & {
  readonly landscape: LandscapeView;
  readonly blueprint: NationalForm;
  readonly readiness: WorkbookReadiness;
};

/** What of the national form is ready. */
@Resolver(() => WorkbookType)
export class WorkbookResolver {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly workbooks: WorkbookReader,
    private readonly access: FindingsAccess,
  ) {}

  @Query(() => WorkbookType, { description: 'How far the national form can be filled, and what is missing.' })
  @Asks('findings.read')
  async workbook(
    @Args('form', { type: () => String, description: 'Code of the form: MAU_03.' }) code: string,
    @Args('version', { type: () => String, nullable: true, description: 'Version of the form; by default the newest.' })
    version: string | null | undefined,
    @Args() at: LandscapeArgs,
    @Context() context: RequestContext,
  ): Promise<Workbook> {
    this.access.require(context.actor);
    const form = this.workbooks.form(code, version);
    const landscape = await this.landscapes.forWork(context, at, LOOKS);
    const readiness = await this.workbooks.readiness(landscape);
    const isNewest = (at.asOf ?? null) === null && (at.scenarioId ?? null) === null;
    const language = context.language === 'VI' ? 'vi' : 'en';
    return {
      form: form.code,
      version: form.version,
      title: form.title[language],
      source: form.source[language],
      sheets: readiness.sheets.map((sheet) => ({ ...sheet, notReady: sheet.rows - sheet.ready })),
      referencesWithoutOrigin: readiness.referencesWithoutOrigin,
      duplicateCodes: readiness.duplicateCodes,
      url: isNewest ? `/exports/workbooks/${form.code}.xlsx` : null,
      landscape,
      blueprint: form,
      readiness,
    };
  }

  @ResolveField(() => WorkbookBlockerConnectionType, {
    description: 'The cells that are empty and required, in order of the sheets and their rows.',
  })
  blockers(
    @Parent() { blueprint, readiness, landscape }: Workbook,
    @Args() page: PageArgs,
    @Context() { language }: RequestContext,
  ): Page<WorkbookBlockerType> {
    const found = pageInOrder(readiness.blockers, blockerOrdering(blueprint), page, () => ['blockers', blueprint.code]);
    return mapPage(found, (blocker) => blockerType(blocker, landscape, language));
  }
}

/** As the form has them: sheets, rows and columns in the order in which they are read. */
function blockerOrdering({ sheets }: NationalForm): Ordering<WorkbookBlocker> {
  const placeOf = new Map(sheets.flatMap((sheet, at) => sheet.columns.map((column, index) => [column, [at, index]])));
  return orderedBy(
    ({ column }) => placeOf.get(column)?.[0] ?? null,
    ({ line }) => line,
    ({ column }) => placeOf.get(column)?.[1] ?? null,
  );
}

function blockerType(
  { sheet, line, column, element, relation }: WorkbookBlocker,
  landscape: LandscapeView,
  language: Language,
): WorkbookBlockerType {
  const key = column.to.replace(/^attribute:/, '');
  const definition = landscape.definitions.byKey.get(key);
  const question = language === 'VI' ? definition?.questionVi : definition?.questionEn;
  const owner = respondentOf(landscape, element, definition?.askedFrom ?? 'OWNER');
  return {
    sheet,
    line,
    column: column.header,
    element: new SeenElement(landscape, element),
    relation: relation === undefined ? null : new SeenRelation(landscape, relation),
    reason: question ?? messageOf(issue('VALUE_MISSING', [], { field: column.header }), language),
    owner: owner === undefined ? null : new SeenElement(landscape, owner),
  };
}
