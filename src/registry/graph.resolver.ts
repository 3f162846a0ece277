import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import { IMPACT_FACET_FIELDS, impactFacet } from '../core/landscape/impact-facets.js';
import type { ImpactedElement } from '../core/landscape/impact.js';
import type { Element, RelationKind } from '../core/landscape/model.js';
import { shortestPaths } from '../core/landscape/paths.js';
import { cycles } from '../core/landscape/structure.js';
import { meaningOf } from '../runtime/graphql-enum.js';
import { PageArgs, mapPage, paginate } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { FacetReader } from './facet.reader.js';
import { FacetType } from './facet.types.js';
import { GraphReader, impactedOf, pathOf } from './graph.reader.js';
import { RelationPathType } from './graph.types.js';
import {
  ImpactAnalysisType,
  ImpactArgs,
  ImpactedElementConnectionType,
  PATHS_MAXIMUM,
  PathArgs,
} from './impact.types.js';
import type { ImpactAnswer, ImpactedElementType } from './impact.types.js';
import { LandscapeArgs } from './landscape-args.types.js';
import { LandscapeReader } from './landscape.reader.js';
import { kindsToFollow, KINDS_TO_FOLLOW } from './relation-kinds.js';
import { RelationKindEnum } from './vocabulary.types.js';

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
  async impactAnalysis(@Args() asked: ImpactArgs, @Context() context: RequestContext): Promise<ImpactAnswer> {
    assertDepth(asked.maxDepth);
    kindsToFollow(asked.relationKinds);
    if (asked.kinds?.length === 0) throw RegistryError.of('VALUE_MISSING', ['kinds'], { field: 'kinds' });
    const landscape = await this.landscapes.forRequest(context, asked);
    return this.graph.impact(landscape, found(landscape, asked.from, 'from'), asked, context.language);
  }

  @ResolveField(() => ImpactedElementConnectionType, { description: 'The impacted elements, nearest first.' })
  impacted(@Parent() { landscape, impact }: ImpactAnswer, @Args() page: PageArgs): Page<ImpactedElementType> {
    const urnOf = ({ element }: ImpactedElement): string => landscape.elementAt(element)?.urn ?? '';
    return mapPage(paginate(impact.impacted, page, urnOf), (item) => impactedOf(landscape, item));
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
    @Context() { language }: RequestContext,
  ): FacetType[] {
    const items = impact.impacted.flatMap(({ element }) => landscape.elementAt(element) ?? []);
    const own = fields.map((name) => IMPACT_FACET_FIELDS.find((each) => each === name));
    // All names go in together, so that a wrong one is told at its place in the list.
    const names = fields.map((name, index) => (own[index] === undefined ? name : 'kind'));
    return this.facetReader.ofElements({ landscape, items, language }, names).map((facet, index) => {
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

  @Query(() => [RelationPathType], {
    description:
      'The shortest ways in which one thing needs another, or in which harm comes from one to another: without loops, shortest first. A question that takes too much work for all paths it asks for is refused with the number it can have.',
  })
  async shortestPaths(@Args() asked: PathArgs, @Context() context: RequestContext): Promise<RelationPathType[]> {
    const { k, direction, maxDepth } = asked;
    assertDepth(maxDepth);
    const relationKinds = kindsToFollow(asked.relationKinds);
    if (k < 1 || k > PATHS_MAXIMUM) {
      const params = { field: 'k', value: k, minimum: 1, maximum: PATHS_MAXIMUM };
      throw RegistryError.of('VALUE_OUT_OF_BOUNDS', ['k'], params);
    }
    const landscape = await this.landscapes.forRequest(context, asked);
    const ends = [found(landscape, asked.from, 'from'), found(landscape, asked.to, 'to')] as const;
    const { paths, truncationReason } = shortestPaths(landscape, ends[0], ends[1], {
      k,
      direction,
      ...(relationKinds !== undefined && { relationKinds }),
      ...(maxDepth != null && { maxDepth }),
    });
    if (truncationReason === 'EFFORT') {
      throw RegistryError.of('LIMIT_EXCEEDED', ['k'], { field: 'k', limit: paths.length, actual: k });
    }
    return paths.map((steps) => pathOf(landscape, steps));
  }

  @Query(() => [RelationPathType], {
    description: 'Things that need each other in a circle: one shortest circle of each.',
  })
  async cycles(
    @Args('relationKinds', { type: () => [RelationKindEnum], nullable: true, description: KINDS_TO_FOLLOW })
    relationKinds: RelationKind[] | null,
    @Args() at: LandscapeArgs,
    @Context() context: RequestContext,
  ): Promise<RelationPathType[]> {
    const kinds = kindsToFollow(relationKinds);
    const landscape = await this.landscapes.forRequest(context, at);
    return cycles(landscape, kinds).map(({ cycle }) => pathOf(landscape, cycle));
  }
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
