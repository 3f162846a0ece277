import { Args, Context, Field, Int, ObjectType, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import type { LandscapeView } from '../core/access/view.js';
import type { ElementFilter, RelationFilter } from '../core/landscape/filter.js';
import { allElements } from '../core/landscape/filter-select.js';
import { ELEMENT_KINDS } from '../core/landscape/model.js';
import type { ElementOrder } from '../core/landscape/order.js';
import { PageArgs } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { DateTimeScalar, UrnScalar } from '../runtime/scalars.js';
import { CoverageType } from './coverage.types.js';
import type { Coverage } from './coverage.types.js';
import { ElementListReader } from './element-list.reader.js';
import type { ElementListPage } from './element-list.reader.js';
import { ElementConnectionType } from './element-list.types.js';
import { ElementType } from './element.types.js';
import { elementLabel } from './facet.reader.js';
import { FacetBucketType } from './facet.types.js';
import { ElementFilterInput, RelationFilterInput } from './filter.types.js';
import { LandscapeArgs } from './landscape-args.types.js';
import { LandscapeReader } from './landscape.reader.js';
import { ElementOrderInput } from './order.types.js';
import { RelationListReader } from './relation-list.reader.js';
import type { RelationListPage } from './relation-list.reader.js';
import { RelationConnectionType } from './relation.types.js';
import { seenByUrn } from './seen.types.js';
import type { SeenElement } from './seen.types.js';

/** What counting a relation costs, in looks at a record. */
const RELATION = 2;

@ObjectType('Landscape', { description: 'The whole landscape at one revision, as the caller may see it.' })
export class LandscapeType {
  @Field(() => Int, { description: 'Number of its last change set.' })
  revision: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Moment of its last change set; null while it is empty.',
  })
  at: string | null;
}

/** The landscape, and its elements and relations as lists. */
@Resolver(() => LandscapeType)
export class LandscapeResolver {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly lists: ElementListReader,
    private readonly relationLists: RelationListReader,
  ) {}

  @Query(() => LandscapeType, { description: 'The landscape: its revision, what is in it, how much of it is known.' })
  @Asks('landscape.read')
  landscape(@Args() at: LandscapeArgs, @Context() context: RequestContext): Promise<LandscapeView> {
    return this.landscapes.forWork(context, at);
  }

  @ResolveField(() => [FacetBucketType], { description: 'Number of elements of each kind that occurs.' })
  counts(@Parent() landscape: LandscapeView, @Context() context: RequestContext): FacetBucketType[] {
    const { language } = context;
    const counts = new Map<string, number>();
    const elements = allElements(landscape);
    workOf(context).spend(elements.length);
    for (const { kind } of elements) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return ELEMENT_KINDS.flatMap((key) => {
      const count = counts.get(key);
      return count === undefined ? [] : [{ key, count, label: elementLabel(landscape, 'kind', key, language) }];
    });
  }

  @ResolveField(() => Int, { description: 'Number of relations.' })
  relationCount(@Parent() landscape: LandscapeView, @Context() context: RequestContext): number {
    const work = workOf(context);
    let count = 0;
    for (const _ of landscape.relations()) {
      work.spend(RELATION);
      count += 1;
    }
    return count;
  }

  @ResolveField(() => CoverageType, { description: 'Whether the landscape is whole, and who has yet to say so.' })
  coverage(@Parent() landscape: LandscapeView, @Context() context: RequestContext): Coverage {
    return this.lists.coverage(landscape, context);
  }

  @Query(() => ElementType, { nullable: true, description: 'One element; null where nothing visible has that urn.' })
  @Asks('landscape.read')
  async element(
    @Args('urn', { type: () => UrnScalar, description: 'Its urn.' }) urn: string,
    @Args() at: LandscapeArgs,
    @Context() context: RequestContext,
  ): Promise<SeenElement | null> {
    return seenByUrn(await this.landscapes.forRequest(context, at), urn);
  }

  @Query(() => ElementConnectionType, { description: 'Elements by filter and search, ordered, in pages.' })
  @Asks('landscape.read')
  async elements(
    @Args('filter', { type: () => ElementFilterInput, nullable: true, description: 'Only those that match.' })
    filter: ElementFilter | null,
    @Args('search', {
      type: () => String,
      nullable: true,
      description:
        'Words, with or without marks, abbreviated, unfinished or misspelt. Best first unless ordered otherwise; `search` tells how it was understood.',
    })
    search: string | null,
    @Args('orderBy', { type: () => [ElementOrderInput], nullable: true, description: 'The first key counts most.' })
    orderBy: ElementOrder[] | null,
    @Args() page: PageArgs,
    @Args() at: LandscapeArgs,
    @Context() context: RequestContext,
  ): Promise<ElementListPage> {
    const landscape = await this.landscapes.forWork(context, at);
    const work = workOf(context);
    return this.lists.page(landscape, { filter, search, orderBy, page, work, of: [at.asOf, at.scenarioId] });
  }

  @Query(() => RelationConnectionType, { description: 'Relations by filter, in order of their making, in pages.' })
  @Asks('landscape.read')
  async relations(
    @Args('filter', { type: () => RelationFilterInput, nullable: true, description: 'Only those that match.' })
    filter: RelationFilter | null,
    @Args() page: PageArgs,
    @Args() at: LandscapeArgs,
    @Context() context: RequestContext,
  ): Promise<RelationListPage> {
    const landscape = await this.landscapes.forWork(context, at);
    return this.relationLists.page(landscape, { filter, page, context, of: [at.asOf, at.scenarioId] });
  }
}
