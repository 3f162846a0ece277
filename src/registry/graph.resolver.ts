import { Args, Context, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import type { ImpactDirection } from '../core/landscape/impact.js';
import type { Element, ElementKind, RelationKind } from '../core/landscape/model.js';
import { shortestPaths } from '../core/landscape/paths.js';
import { cycles } from '../core/landscape/structure.js';
import { PageArgs, paginate } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { UrnScalar } from '../runtime/scalars.js';
import { GraphReader, pathOf } from './graph.reader.js';
import {
  ImpactAnalysisType,
  ImpactDirectionEnum,
  ImpactedElementConnectionType,
  RelationPathType,
} from './graph.types.js';
import type { ImpactAnswer, ImpactedElementType } from './graph.types.js';
import { LandscapeArgs } from './landscape-args.types.js';
import { LandscapeReader } from './landscape.reader.js';
import { ElementKindEnum, RelationKindEnum } from './vocabulary.types.js';

/** Most paths of one answer. */
const PATHS_MAXIMUM = 20;

/** Questions that walk the graph. */
@Resolver(() => ImpactAnalysisType)
export class GraphResolver {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly graph: GraphReader,
  ) {}

  @Query(() => ImpactAnalysisType, {
    description: 'What is hurt if something stops, or what it stands on: each with a path that explains it.',
  })
  async impactAnalysis(
    @Args('from', { type: () => UrnScalar, description: 'What stops.' }) from: string,
    @Args('direction', { type: () => ImpactDirectionEnum, defaultValue: 'DEPENDENTS' }) direction: ImpactDirection,
    @Args('relationKinds', { type: () => [RelationKindEnum], nullable: true, description: 'Follow only these.' })
    relationKinds: RelationKind[] | null,
    @Args('kinds', { type: () => [ElementKindEnum], nullable: true, description: 'List only these kinds.' })
    kinds: ElementKind[] | null,
    @Args('maxDepth', { type: () => Int, nullable: true, description: 'Go no further than this many steps.' })
    maxDepth: number | null,
    @Args() at: LandscapeArgs,
    @Context() context: RequestContext,
  ): Promise<ImpactAnswer> {
    if (maxDepth !== null && maxDepth !== undefined && maxDepth < 1) {
      const params = { field: 'maxDepth', value: maxDepth, minimum: 1, maximum: 2 ** 31 - 1 };
      throw RegistryError.of('VALUE_OUT_OF_BOUNDS', ['maxDepth'], params);
    }
    const landscape = await this.landscapes.forRequest(context, at);
    const origin = found(landscape, from, 'from');
    return this.graph.impact(landscape, origin, {
      direction,
      relationKinds,
      kinds,
      maxDepth,
      language: context.language,
    });
  }

  @ResolveField(() => ImpactedElementConnectionType, { description: 'The impacted elements, nearest first.' })
  impacted(@Parent() { items }: ImpactAnswer, @Args() page: PageArgs): Page<ImpactedElementType> {
    return paginate(items, page, ({ element }) => element.urn);
  }

  @Query(() => [RelationPathType], {
    description: 'The shortest ways in which one thing needs another, shortest first.',
  })
  async shortestPaths(
    @Args('from', { type: () => UrnScalar, description: 'What needs.' }) from: string,
    @Args('to', { type: () => UrnScalar, description: 'What is needed.' }) to: string,
    @Args('k', { type: () => Int, defaultValue: 3, description: `How many paths, ${PATHS_MAXIMUM} at most.` })
    k: number,
    @Args('relationKinds', { type: () => [RelationKindEnum], nullable: true, description: 'Take only these.' })
    relationKinds: RelationKind[] | null,
    @Args() at: LandscapeArgs,
    @Context() context: RequestContext,
  ): Promise<RelationPathType[]> {
    if (k < 1 || k > PATHS_MAXIMUM) {
      throw RegistryError.of('VALUE_OUT_OF_BOUNDS', ['k'], {
        field: 'k',
        value: k,
        minimum: 1,
        maximum: PATHS_MAXIMUM,
      });
    }
    const landscape = await this.landscapes.forRequest(context, at);
    const ends = [found(landscape, from, 'from'), found(landscape, to, 'to')] as const;
    const options = relationKinds === null || relationKinds === undefined ? { k } : { k, relationKinds };
    return shortestPaths(landscape, ends[0], ends[1], options).map((steps) => pathOf(landscape, steps));
  }

  @Query(() => [RelationPathType], {
    description: 'Things that need each other in a circle: one shortest circle of each.',
  })
  async cycles(
    @Args('relationKinds', { type: () => [RelationKindEnum], nullable: true, description: 'Follow only these.' })
    relationKinds: RelationKind[] | null,
    @Args() at: LandscapeArgs,
    @Context() context: RequestContext,
  ): Promise<RelationPathType[]> {
    const landscape = await this.landscapes.forRequest(context, at);
    return cycles(landscape, relationKinds ?? undefined).map(({ cycle }) => pathOf(landscape, cycle));
  }
}

function found(landscape: LandscapeView, urn: string, argument: string): Element {
  const element = landscape.elementByUrn(urn);
  if (element !== undefined) return element;
  throw RegistryError.of('URN_UNKNOWN', [argument], { urn });
}
