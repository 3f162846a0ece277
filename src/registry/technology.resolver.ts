import { Args, Context, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { ageOrdering, ageOrderingOf } from '../core/landscape/order.js';
import { endingSupports, supportState, usersOf } from '../core/landscape/technology-support.js';
import type { EndingSupport, SupportState } from '../core/landscape/technology-support.js';
import type { PartialDate } from '../core/landscape/model.js';
import { PageArgs, mapPage, pageByPlace } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { DateScalar } from '../runtime/scalars.js';
import { todayInVietnam } from '../runtime/today.js';
import { askedCoverage } from './asked-coverage.reader.js';
import { textOf } from '../core/landscape/attribute-values.js';
import type { Coverage } from './coverage.types.js';
import { checkedDays } from './days-ahead.js';
import { TechnologyType } from './element.types.js';
import { LandscapeArgs } from './landscape-args.types.js';
import { LandscapeReader } from './landscape.reader.js';
import { SeenElement } from './seen.types.js';
import { EndingSupportConnectionType, SupportStateEnum, TechnologyUserConnectionType } from './technology.types.js';
import type { EndingSupportType } from './technology.types.js';

/** What the question costs for each element, in looks at a record. */
const LOOKS = 5;

/** Technologies: how long they are supported, and what stands on them. */
@Resolver(() => TechnologyType)
export class TechnologyResolver {
  constructor(private readonly landscapes: LandscapeReader) {}

  @ResolveField(() => String, { nullable: true, description: 'Its version; null where nobody has told.' })
  version(technology: SeenElement): string | null {
    return textOf(technology, 'version');
  }

  @ResolveField(() => DateScalar, { nullable: true, description: 'When its support ends, as far as known.' })
  endOfSupport(technology: SeenElement): string | null {
    return textOf(technology, 'endOfSupport');
  }

  @ResolveField(() => DateScalar, { nullable: true, description: 'Until when extended support is to be had.' })
  extendedSupportUntil(technology: SeenElement): string | null {
    return textOf(technology, 'extendedSupportUntil');
  }

  @ResolveField(() => SupportStateEnum, {
    description: 'How it stands with its support on a day; by default on the day of the landscape it was read from.',
  })
  supportState(
    @Parent() technology: SeenElement,
    @Args('on', { type: () => DateScalar, nullable: true, description: 'The day.' }) on: PartialDate | null,
  ): SupportState {
    return supportState(technology, on ?? technology.landscape.day ?? todayInVietnam());
  }

  @ResolveField(() => TechnologyUserConnectionType, {
    description: 'What runs on it or depends on it directly; impactAnalysis tells what stands on it through others.',
  })
  usedBy(@Parent() technology: SeenElement, @Args() page: PageArgs): Page<SeenElement> {
    const { landscape } = technology;
    const list = (): unknown => ['usedBy', technology.urn];
    const users = pageByPlace(usersOf(landscape, technology), ageOrdering(landscape), page, list);
    return mapPage(users, (user) => new SeenElement(landscape, user));
  }

  @Query(() => EndingSupportConnectionType, {
    description:
      'Technologies whose support is or may be over, or ends within some days. One of which nobody has told is not in ' +
      'the list: it is a missing fact of the coverage.',
  })
  @Asks('landscape.read')
  async technologiesLosingSupport(
    @Args('within', { type: () => Int, defaultValue: 0, description: 'How many days ahead.' }) within: number,
    @Args() page: PageArgs,
    @Args() at: LandscapeArgs,
    @Context() context: RequestContext,
  ): Promise<Page<EndingSupportType> & { coverage: Coverage }> {
    const landscape = await this.landscapes.forWork(context, at, LOOKS);
    const found = endingSupports(landscape, landscape.day ?? todayInVietnam(), checkedDays(within, 'within'));
    const unknown = found.unknown.map((element) => ({ element, key: 'endOfSupport' }));
    const coverage = askedCoverage(landscape, { objectsKnown: found.technologies, unknown }, context.language);
    const ordering = ageOrderingOf<EndingSupport>(landscape, ({ technology }) => technology);
    const items = pageByPlace(found.ending, ordering, page, () => ['technologiesLosingSupport', within]);
    const seen = mapPage(items, ({ technology, state }) => {
      return { technology: new SeenElement(landscape, technology), state };
    });
    return { ...seen, coverage };
  }
}
