import { Args, Context, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { Costs } from '../runtime/answer-cost.js';
import { RegistryError } from '../core/errors.js';
import { orderedBy } from '../core/ordering.js';
import type { ElementKind, RelationKind } from '../core/landscape/model.js';
import { ageOrderingOf } from '../core/landscape/order.js';
import type { DeadEndKind } from '../core/landscape/structure-dead-ends.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import { PageArgs, pageInOrder } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { LandscapeArgs } from './landscape-args.types.js';
import { LandscapeReader } from './landscape.reader.js';
import type { SeenElement } from './seen.types.js';
import { kindsToFollow, KINDS_TO_FOLLOW } from './relation-kinds.js';
import { StructureReader } from './structure.reader.js';
import {
  ComponentMemberConnectionType,
  CycleConnectionType,
  DeadEndConnectionType,
  DeadEndKindEnum,
  LayeringViolationConnectionType,
  LossConnectionType,
  OrphanConnectionType,
  SinglePointOfFailureConnectionType,
  SinglePointOfFailureType,
  StronglyConnectedComponentConnectionType,
  StronglyConnectedComponentType,
} from './structure.types.js';
import type { ComponentAnswer, LossType, SinglePointAnswer } from './structure.types.js';
import { ElementKindEnum, RelationKindEnum } from './vocabulary.types.js';

/** What each question costs for each element, in looks at a record. */
const LOOKS = { circles: 25, layers: 25, orphans: 30, deadEnds: 150, singlePoints: 100 } as const;

/**
 * Questions about the structure of the whole landscape. Each searches it for weak points, so each is for those who may
 * read findings.
 */
@Resolver()
export class StructureResolver {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly structure: StructureReader,
    private readonly access: FindingsAccess,
  ) {}

  @Query(() => CycleConnectionType, {
    description:
      'Things that need each other in a circle: one shortest circle of each group of them; every member of a group is told by stronglyConnectedComponents. For those who may read findings.',
  })
  @Asks('findings.read')
  @Costs(5_000)
  async cycles(
    @Args('relationKinds', { type: () => [RelationKindEnum], nullable: true, description: KINDS_TO_FOLLOW })
    relationKinds: RelationKind[] | null,
    @Args() page: PageArgs,
    @Args() at: LandscapeArgs,
    @Context() context: RequestContext,
  ): Promise<CycleConnectionType> {
    this.access.require(context.actor);
    const kinds = kindsToFollow(relationKinds);
    const landscape = await this.landscapes.forWork(context, at, LOOKS.circles);
    return this.structure.cycles(landscape, kinds, { page, language: context.language });
  }

  @Query(() => StronglyConnectedComponentConnectionType, {
    description:
      'Elements that all need one another: every member, and one shortest circle of each group. For those who may read findings.',
  })
  @Asks('findings.read')
  @Costs(5_000)
  async stronglyConnectedComponents(
    @Args('relationKinds', { type: () => [RelationKindEnum], nullable: true, description: KINDS_TO_FOLLOW })
    relationKinds: RelationKind[] | null,
    @Args() page: PageArgs,
    @Args() at: LandscapeArgs,
    @Context() context: RequestContext,
  ): Promise<StronglyConnectedComponentConnectionType> {
    this.access.require(context.actor);
    const kinds = kindsToFollow(relationKinds);
    const landscape = await this.landscapes.forWork(context, at, LOOKS.circles);
    return this.structure.components(landscape, kinds, { page, language: context.language });
  }

  @Query(() => LayeringViolationConnectionType, {
    description:
      'Needs that go against the layering of the framework, with the policy that says so and its source. For those who may read findings.',
  })
  @Asks('findings.read')
  @Costs(5_000)
  async layeringViolations(
    @Args() page: PageArgs,
    @Args() at: LandscapeArgs,
    @Context() context: RequestContext,
  ): Promise<LayeringViolationConnectionType> {
    this.access.require(context.actor);
    const landscape = await this.landscapes.forWork(context, at, LOOKS.layers);
    return this.structure.layeringViolations(landscape, { page, language: context.language });
  }

  @Query(() => OrphanConnectionType, {
    description:
      'Elements that no relation in force connects with anything that has not ended; who owns them does not count. For those who may read findings.',
  })
  @Asks('findings.read')
  @Costs(5_000)
  async orphans(
    @Args('kinds', {
      type: () => [ElementKindEnum],
      nullable: true,
      description: 'Look at these kinds; by default at what is built and runs.',
    })
    kinds: ElementKind[] | null,
    @Args() page: PageArgs,
    @Args() at: LandscapeArgs,
    @Context() context: RequestContext,
  ): Promise<OrphanConnectionType> {
    this.access.require(context.actor);
    const landscape = await this.landscapes.forWork(context, at, LOOKS.orphans);
    return this.structure.orphans(landscape, kinds ?? undefined, { page, language: context.language });
  }

  @Query(() => DeadEndConnectionType, {
    description: 'Where the architecture leads nowhere. For those who may read findings.',
  })
  @Asks('findings.read')
  @Costs(10_000)
  async deadEnds(
    @Args('kinds', { type: () => [DeadEndKindEnum], nullable: true, description: 'Only these kinds of dead end.' })
    kinds: DeadEndKind[] | null,
    @Args() page: PageArgs,
    @Args() at: LandscapeArgs,
    @Context() context: RequestContext,
  ): Promise<DeadEndConnectionType> {
    this.access.require(context.actor);
    const landscape = await this.landscapes.forWork(context, at, LOOKS.deadEnds);
    return this.structure.deadEnds(landscape, kinds ?? undefined, { page, language: context.language });
  }

  @Query(() => SinglePointOfFailureConnectionType, {
    description:
      'Elements whose stop takes others with it, or that alone hold others together; the worst first. For those who may read findings.',
  })
  @Asks('findings.read')
  @Costs(10_000)
  async singlePointsOfFailure(
    @Args('minimum', {
      type: () => Int,
      defaultValue: 1,
      description: 'How many others must stop or fall off for an element to be listed; at least 1.',
    })
    minimum: number,
    @Args() page: PageArgs,
    @Args() at: LandscapeArgs,
    @Context() context: RequestContext,
  ): Promise<SinglePointOfFailureConnectionType> {
    this.access.require(context.actor);
    if (minimum < 1) {
      const params = { field: 'minimum', value: minimum, minimum: 1, maximum: 2 ** 31 - 1 };
      throw RegistryError.of('VALUE_OUT_OF_BOUNDS', ['minimum'], params);
    }
    const landscape = await this.landscapes.forWork(context, at, LOOKS.singlePoints);
    return this.structure.singlePoints(landscape, minimum, { page, language: context.language });
  }
}

const BY_URN = orderedBy<SeenElement>(({ urn }) => urn);

/** Members of a group. */
@Resolver(() => StronglyConnectedComponentType)
export class ComponentResolver {
  @ResolveField(() => ComponentMemberConnectionType, { description: 'Its members, by urn.' })
  members(@Parent() { members }: ComponentAnswer, @Args() page: PageArgs): Page<SeenElement> {
    return pageInOrder(members, BY_URN, page, () => ['members']);
  }
}

/** What stops with an element. */
@Resolver(() => SinglePointOfFailureType)
export class SinglePointResolver {
  @ResolveField(() => LossConnectionType, {
    description: 'The others that surely stop, nearest first; as many as `lost`.',
  })
  losses(@Parent() { element, losses }: SinglePointAnswer, @Args() page: PageArgs): Page<LossType> {
    const ordering = ageOrderingOf<LossType>(
      element.landscape,
      (loss) => loss.element,
      ({ explanation }) => explanation.steps.length,
    );
    return pageInOrder(losses, ordering, page, () => ['losses', element.urn]);
  }
}
