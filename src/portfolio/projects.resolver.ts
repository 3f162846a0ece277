import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import type { ElementFilter } from '../core/landscape/filter.js';
import { ElementListReader } from '../registry/element-list.reader.js';
import type { ElementListPage } from '../registry/element-list.reader.js';
import { ElementConnectionType } from '../registry/element-list.types.js';
import { ElementFilterInput } from '../registry/filter.types.js';
import { LandscapeArgs } from '../registry/landscape-args.types.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { PageArgs } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';

/** The portfolio: the projects of the landscape. */
@Resolver()
export class ProjectsResolver {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly lists: ElementListReader,
  ) {}

  @Query(() => ElementConnectionType, { description: 'Projects by filter and search, in pages.' })
  @Asks('landscape.read')
  async projects(
    @Args('filter', { type: () => ElementFilterInput, nullable: true, description: 'Only those that match.' })
    filter: ElementFilter | null,
    @Args('search', { type: () => String, nullable: true, description: 'Words, with or without Vietnamese marks.' })
    search: string | null,
    @Args() page: PageArgs,
    @Args() at: LandscapeArgs,
    @Context() context: RequestContext,
  ): Promise<ElementListPage> {
    const landscape = await this.landscapes.forWork(context, at);
    return this.lists.page(landscape, {
      among: { kind: ['PROJECT'] },
      filter,
      search,
      page,
      work: workOf(context),
      of: [at.asOf, at.scenarioId],
    });
  }
}
