import { Args, Context, Float, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { Costs } from '../runtime/answer-cost.js';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import { dayBefore } from '../core/landscape/calendar-day.js';
import { FRESHNESS, completenessOf, sumOfQualities } from '../core/landscape/data-quality.js';
import type { Freshness, QualitySum } from '../core/landscape/data-quality.js';
import type { Element } from '../core/landscape/model.js';
import { ageOrderingOf } from '../core/landscape/order.js';
import { MissingFactType } from '../registry/coverage.types.js';
import type { MissingFact } from '../registry/coverage.types.js';
import { ElementType } from '../registry/element.types.js';
import { LandscapeArgs } from '../registry/landscape-args.types.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { owningAgency } from '../registry/owning-agency.reader.js';
import { SeenElement } from '../registry/seen.types.js';
import { PAGE_MAXIMUM, PageArgs, mapPage, pageInOrder } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { DateScalar, UrnScalar } from '../runtime/scalars.js';
import { todayInVietnam } from '../runtime/today.js';
import { QualityReader } from './quality.reader.js';
import type { Measured } from './quality.reader.js';
import {
  DataQualityPointType,
  DataQualityReportType,
  DataQualitySumType,
  DataQualityType,
  FreshnessEnum,
  QualityElementConnectionType,
  WantedFactType,
} from './quality.types.js';
import type { SeenQuality, SeenQualityReport } from './quality.types.js';

/** What measuring costs for each element, in looks at a record. */
const LOOKS = 10;
/** The same of measuring, and of walking to all that needs it. */
const LOOKS_AT_DEPENDENTS = 50;

/** Most months of a trend: each is a landscape of its own, of which a request may hold only so many. */
const MONTHS_MAXIMUM = 6;

/** How much is known of an element. */
@Resolver(() => ElementType)
export class ElementQualityResolver {
  constructor(private readonly qualities: QualityReader) {}

  @ResolveField(() => DataQualityType, {
    description: 'How much of what should be known of it is; complete where nothing is asked of its kind.',
  })
  dataQuality(element: SeenElement): SeenQuality {
    const { landscape } = element;
    return { landscape, element, quality: this.qualities.of(landscape, element) };
  }
}

/** The fields of what is known of an element. */
@Resolver(() => DataQualityType)
export class QualityResolver {
  constructor(private readonly qualities: QualityReader) {}

  @ResolveField(() => Float, { description: 'Share of the weight of what should be known that is, 0 to 1.' })
  completeness({ quality }: SeenQuality): number {
    return completenessOf(quality);
  }

  @ResolveField(() => Int, { description: 'How many facts are missing.' })
  missingCount({ quality }: SeenQuality): number {
    return quality.missing.length;
  }

  @ResolveField(() => [MissingFactType], { description: 'The first missing facts, with whom to ask.' })
  missing(
    @Parent() { landscape, element, quality }: SeenQuality,
    @Args('first', { type: () => Int, defaultValue: 20, description: 'How many to list.' }) first: number,
    @Context() { language }: RequestContext,
  ): MissingFact[] {
    const facts = quality.missing.slice(0, checkedCount(first, 'first', PAGE_MAXIMUM));
    return facts.map((fact) => this.qualities.missingFact(landscape, element, fact, language));
  }

  @ResolveField(() => DateScalar, {
    nullable: true,
    description: 'When its owner last confirmed what is recorded; null: never, as far as known.',
  })
  attestedOn({ quality }: SeenQuality): string | null {
    return quality.attestedOn;
  }

  @ResolveField(() => FreshnessEnum, { description: 'How long ago that is on the day of the landscape.' })
  freshness({ quality }: SeenQuality): Freshness {
    return quality.freshness;
  }
}

/** How much is known of what agencies own. */
@Resolver(() => DataQualityReportType)
export class QualityReportResolver {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly qualities: QualityReader,
  ) {}

  @Query(() => DataQualityReportType, {
    description:
      'How complete and how fresh the records are of what an agency owns, or of everything that should have an owner; ' +
      'what to ask first; and how it was at the ends of the last months.',
  })
  @Asks('landscape.read')
  @Costs(10_000)
  async dataQualityReport(
    @Args('agency', { type: () => UrnScalar, nullable: true, description: 'Only what this agency owns.' })
    urn: string | null,
    @Args() at: LandscapeArgs,
    @Context() context: RequestContext,
  ): Promise<SeenQualityReport> {
    const landscape = await this.landscapes.forWork(context, at, LOOKS);
    const agency = owningAgency(landscape, urn);
    return { landscape, agency, measured: this.qualities.measured(landscape, agency) };
  }

  @ResolveField(() => DataQualitySumType, { description: 'All records together.' })
  total(@Parent() { measured }: SeenQualityReport, @Context() context: RequestContext): DataQualitySumType {
    workOf(context).spend(measured.length);
    return sumType(null, sumOfQualities(measured.map(([, quality]) => quality)));
  }

  @ResolveField(() => [DataQualitySumType], {
    description: 'One row for each agency that owns something, then one for what has no owner that is known.',
  })
  rows(@Parent() { landscape, measured }: SeenQualityReport, @Context() context: RequestContext): DataQualitySumType[] {
    workOf(context).spend(LOOKS * measured.length);
    return this.qualities.byAgency(landscape, measured).map(({ agency, sum }) => {
      return sumType(agency === undefined ? null : new SeenElement(landscape, agency), sum);
    });
  }

  @ResolveField(() => QualityElementConnectionType, {
    description: 'The elements behind it, the least complete first, then in order of their making.',
  })
  leastComplete(
    @Parent() { landscape, agency, measured }: SeenQualityReport,
    @Args() asked: PageArgs,
    @Context() context: RequestContext,
  ): Page<SeenElement> {
    workOf(context).spend(LOOKS * measured.length);
    const ordering = ageOrderingOf<Measured>(
      landscape,
      ([element]) => element,
      ([, quality]) => completenessOf(quality),
    );
    const page = pageInOrder(this.qualities.leastComplete(measured), ordering, asked, () => [
      'leastComplete',
      agency?.urn,
    ]);
    return mapPage(page, ([element]) => new SeenElement(landscape, element));
  }

  @ResolveField(() => [WantedFactType], {
    description: 'The missing facts worth asking first: by their weight times what hangs on the element.',
  })
  worthAsking(
    @Parent() { landscape, agency, measured }: SeenQualityReport,
    @Args('first', { type: () => Int, defaultValue: 5, description: 'How many.' }) first: number,
    @Context() context: RequestContext,
  ): WantedFactType[] {
    workOf(context).spend(LOOKS_AT_DEPENDENTS * measured.length);
    const { language } = context;
    const limit = checkedCount(first, 'first', PAGE_MAXIMUM);
    return this.qualities.worthAsking(landscape, agency, limit).map(({ element, fact, worth, dependents }) => ({
      fact: this.qualities.missingFact(landscape, element, fact, language),
      worth,
      dependentCount: dependents,
    }));
  }

  @ResolveField(() => [DataQualityPointType], {
    description:
      'What was known at the ends of the last months, the oldest first, by the agencies and owners of those days. It ' +
      'tells of the landscape that was committed, also where a scenario or the past is asked.',
  })
  async trend(
    @Parent() { agency }: SeenQualityReport,
    @Args('months', {
      type: () => Int,
      defaultValue: MONTHS_MAXIMUM,
      description: `How many, ${MONTHS_MAXIMUM} at most.`,
    })
    months: number,
    @Context() context: RequestContext,
  ): Promise<DataQualityPointType[]> {
    const ends = monthEnds(todayInVietnam(), checkedCount(months, 'months', MONTHS_MAXIMUM));
    const points: DataQualityPointType[] = [];
    for (const on of ends) {
      const asOf = { knownAt: `${on}T23:59:59.999+07:00` };
      const landscape = await this.landscapes.forWork(context, { asOf, asIfToday: on }, LOOKS);
      points.push({ on, revision: landscape.revision, ...this.shareIn(landscape, agency) });
    }
    return points;
  }

  private shareIn(
    landscape: LandscapeView,
    agency: Element | undefined,
  ): Pick<DataQualityPointType, 'elements' | 'completeness'> {
    const then = agency === undefined ? undefined : landscape.elementByUrn(agency.urn);
    // An agency that was not there yet owned nothing.
    const measured = agency !== undefined && then === undefined ? [] : this.qualities.measured(landscape, then);
    const { elements, completeness } = sumType(null, sumOfQualities(measured.map(([, quality]) => quality)));
    return { elements, completeness };
  }
}

function sumType(agency: SeenElement | null, sum: QualitySum): DataQualitySumType {
  const { elements, withoutOwner } = sum;
  const freshness = FRESHNESS.map((each) => ({ freshness: each, count: sum.freshness[each] }));
  return { agency, elements, completeness: elements === 0 ? null : completenessOf(sum), withoutOwner, freshness };
}

/** @throws RegistryError VALUE_OUT_OF_BOUNDS for a number that is negative or too large. */
function checkedCount(count: number, field: string, maximum: number): number {
  if (count >= 0 && count <= maximum) return count;
  throw RegistryError.of('VALUE_OUT_OF_BOUNDS', [field], { field, value: count, minimum: 0, maximum });
}

/** The last days of the months before a day, the oldest first. */
export function monthEnds(today: string, months: number): string[] {
  const ends: string[] = [];
  for (let first = `${today.slice(0, 7)}-01`; ends.length < months; first = `${(ends[0] ?? '').slice(0, 7)}-01`) {
    ends.unshift(dayBefore(first));
  }
  return ends;
}
