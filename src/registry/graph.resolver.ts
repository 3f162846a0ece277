import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { Costs } from '../runtime/answer-cost.js';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import { IMPACT_FACET_FIELDS, impactFacet } from '../core/landscape/impact-facets.js';
import type { ImpactedElement } from '../core/landscape/impact.js';
import type { Element, Urn } from '../core/landscape/model.js';
import { ageOrderingOf } from '../core/landscape/order.js';
import type { Ordering } from '../core/ordering.js';
import { meaningOf } from '../runtime/graphql-enum.js';
import { PageArgs, mapPage, pageInOrder } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { FacetReader } from './facet.reader.js';
import { FacetType } from './facet.types.js';
import { GraphReader, impactedOf } from './graph.reader.js';
import { ImpactAnalysisType, ImpactArgs, ImpactedElementConnectionType } from './impact.types.js';
import type { ImpactAnswer, ImpactedElementType } from './impact.types.js';
import { LandscapeReader } from './landscape.reader.js';
import { PATHS_MAXIMUM, PathArgs, ShortestPathsType } from './path.types.js';
import type { PathAnswer } from './path.types.js';
import { kindsToFollow } from './relation-kinds.js';
import { seenAt } from './seen.types.js';

/** Questions that walk the graph. */
@Resolver(() => ImpactAnalysisType)
export class GraphResolver {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly graph: GraphReader,
    private readonly facetReader: FacetReader,
  ) {}

  @Query(() => ImpactAnalysisType, {
    description: 'What is hurt if something stops, or what it stands on: each with a path that explains it.',
  })
  @Asks('landscape.read')
  @Costs(1_000)
  async impactAnalysis(@Args() asked: ImpactArgs, @Context() context: RequestContext): Promise<ImpactAnswer> {
    assertDepth(asked.maxDepth);
    const { from, relationKinds: named, ...rest } = asked;
    const relationKinds = kindsToFollow(named);
    if (asked.kinds?.length === 0) throw RegistryError.of('VALUE_MISSING', ['kinds'], { field: 'kinds' });
    const landscape = await this.landscapes.forWork(context, asked);
    const setting = { language: context.language, work: workOf(context) };
    return this.graph.impact(landscape, found(landscape, from, 'from'), { ...rest, relationKinds }, setting);
  }

  @ResolveField(() => ImpactedElementConnectionType, { description: 'The impacted elements, nearest first.' })
  impacted(
    @Parent() { landscape, impact, origin, direction }: ImpactAnswer,
    @Args() page: PageArgs,
  ): Page<ImpactedElementType> {
    const list = (): unknown => ['impacted', origin.urn, direction];
    const cut = pageInOrder(impact.impacted, impactedOrdering(landscape), page, list);
    return mapPage(cut, (item) => impactedOf(landscape, item));
  }

  @ResolveField(() => [FacetType], {
    description: 'How often each value occurs among all elements of `impacted`, not only on the page.',
  })
  facets(
    @Parent() { landscape, impact }: ImpactAnswer,
    @Args('fields', {
      type: () => [String],
      defaultValue: ['kind', 'owner', 'layer', ...IMPACT_FACET_FIELDS],
      description: `By which fields: those of a list of elements, and ${IMPACT_FACET_FIELDS.join(', ')}.`,
    })
    fields: string[],
    @Context() context: RequestContext,
  ): FacetType[] {
    const { language } = context;
    const items = impact.impacted.flatMap(({ element }) => landscape.elementAt(element) ?? []);
    const own = fields.map((name) => IMPACT_FACET_FIELDS.find((each) => each === name));
    // All names go in together, so that a wrong one is told at its place in the list.
    const names = fields.map((name, index) => (own[index] === undefined ? name : 'kind'));
    return this.facetReader.ofElements({ landscape, items, context }, names).map((facet, index) => {
      const field = own[index];
      if (field === undefined) return facet;
      const { buckets } = impactFacet(impact.impacted, field);
      return {
        field,
        buckets: buckets.map(({ key, count }) => ({
          key,
          label: meaningOf('ImpactSeverity', key, language) ?? key,
          count,
        })),
      };
    });
  }

  @Query(() => ShortestPathsType, {
    description: 'The shortest ways in which one thing needs another, or in which harm comes from one to another.',
  })
  @Asks('landscape.read')
  @Costs(1_000)
  async shortestPaths(@Args() asked: PathArgs, @Context() context: RequestContext): Promise<PathAnswer> {
    assertDepth(asked.maxDepth);
    const { from, to, relationKinds: named, ...rest } = asked;
    const relationKinds = kindsToFollow(named);
    if (asked.k < 1 || asked.k > PATHS_MAXIMUM) {
      const params = { field: 'k', value: asked.k, minimum: 1, maximum: PATHS_MAXIMUM };
      throw RegistryError.of('VALUE_OUT_OF_BOUNDS', ['k'], params);
    }
    const landscape = await this.landscapes.forWork(context, asked);
    const ends = [found(landscape, from, 'from'), found(landscape, to, 'to')] as const;
    const setting = { language: context.language, work: workOf(context) };
    return this.graph.paths(landscape, ends, { ...rest, relationKinds }, setting);
  }
}

/** Nearest first, then by age. */
function impactedOrdering(landscape: LandscapeView): Ordering<ImpactedElement> {
  const urnOf = (seq: number): Urn => seenAt(landscape, seq).urn;
  return ageOrderingOf(
    landscape,
    ({ element: seq }) => ({
      seq,
      get urn() {
        return urnOf(seq);
      },
    }),
    ({ depth }) => depth,
  );
}

function assertDepth(maxDepth: number | null | undefined): void {
  if (maxDepth === null || maxDepth === undefined || maxDepth >= 1) return;
  const params = { field: 'maxDepth', value: maxDepth, minimum: 1, maximum: 2 ** 31 - 1 };
  throw RegistryError.of('VALUE_OUT_OF_BOUNDS', ['maxDepth'], params);
}

function found(landscape: LandscapeView, urn: string, argument: string): Element {
  const element = landscape.elementByUrn(urn);
  if (element !== undefined) return element;
  throw RegistryError.of('URN_UNKNOWN', [argument], { urn });
}
