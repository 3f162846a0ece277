import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { orderedBy } from '../core/ordering.js';
import { qualityByQuarter } from '../core/similarity/verdict-quality.js';
import type { QuarterQuality } from '../core/similarity/verdict-quality.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import { ForwardPageArgs, pageInOrder } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { DuplicateCaseReader } from './duplicate-case.reader.js';
import { DuplicateQualityQuarterConnectionType } from './duplicate-quality.types.js';

const NEWEST_FIRST = orderedBy<QuarterQuality>(
  ({ quarter }) => -Number(quarter.replace('-Q', '')),
  ({ quarter }) => quarter,
);

/** How well duplicates were told, by what people decided. */
@Resolver()
export class DuplicateQualityResolver {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly cases: DuplicateCaseReader,
    private readonly access: FindingsAccess,
  ) {}

  @Query(() => DuplicateQualityQuarterConnectionType, {
    description:
      'Precision and recall of each band, as it stood when a pair was decided, against what was decided, by quarter of the ' +
      'decision, newest first. A case counts once, by the decision that stands. Recall knows only of pairs that became ' +
      'cases. Of the cases that the caller sees; for whoever may read findings.',
  })
  @Asks('findings.read')
  async duplicateQuality(
    @Args() page: ForwardPageArgs,
    @Context() context: RequestContext,
  ): Promise<Page<QuarterQuality>> {
    this.access.require(context.actor);
    const cases = await this.cases.seen(await this.landscapes.forRequest(context), context);
    workOf(context).spend(cases.length);
    const quarters = qualityByQuarter(cases.map(({ kept }) => kept));
    return pageInOrder(quarters, NEWEST_FIRST, page, () => ['duplicateQuality']);
  }
}
