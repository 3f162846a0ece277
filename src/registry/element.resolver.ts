import { Args, ArgsType, Context, Field, ID, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { withheldFrom } from '../core/access/withheld.js';
import type { RelationFilter } from '../core/landscape/filter.js';
import { ownerOf, phaseOf } from '../core/landscape/landscape.js';
import { phaseOn } from '../core/landscape/phase.js';
import type { Confidence, LifecyclePhase, PartialDate, ValueSource } from '../core/landscape/model.js';
import { DirectField } from '../runtime/direct-field.js';
import { PageArgs } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { seenAttributes } from './attribute-value-list.js';
import type { SeenAttribute } from './attribute-value-list.js';
import { ElementSourceLoader } from './element-source.loader.js';
import {
  AgencyType,
  AttributeValueType,
  ElementType,
  FieldSourceType,
  LifecycleType,
  WithheldType,
} from './element.types.js';
import { RelationFilterInput } from './filter.types.js';
import { RelationListReader } from './relation-list.reader.js';
import type { RelationListPage } from './relation-list.reader.js';
import { RelationConnectionType } from './relation.types.js';
import { SeenElement } from './seen.types.js';
import { ConfidenceEnum, LifecyclePhaseEnum } from './vocabulary.types.js';
import { DateScalar } from '../runtime/scalars.js';

/** Which relations of an element are wanted. */
@ArgsType()
class RelationsArgs extends PageArgs {
  @Field(() => RelationFilterInput, { nullable: true, description: 'Only those that match.' })
  filter?: RelationFilter | null;
}

/** On which day a phase is wanted. */
@ArgsType()
class PhaseArgs {
  @Field(() => DateScalar, { nullable: true, description: 'The day.' })
  on?: PartialDate | null;
}

/** The fields of an element that are more than its own columns. */
@Resolver(() => ElementType)
export class ElementResolver {
  constructor(
    private readonly sourceLoader: ElementSourceLoader,
    private readonly relationLists: RelationListReader,
  ) {}

  @ResolveField(() => ID, { description: 'The urn.' })
  id({ urn }: SeenElement): string {
    return urn;
  }

  @ResolveField(() => LifecycleType, { description: 'Where it stands in its life.' })
  lifecycle(element: SeenElement): SeenElement {
    return element;
  }

  @ResolveField(() => AgencyType, {
    nullable: true,
    description: 'The agency that owns it; null where nobody has told, or for what has no owner.',
  })
  owner({ seq, landscape }: SeenElement): SeenElement | null {
    const owner = ownerOf(landscape, seq);
    return owner === undefined ? null : new SeenElement(landscape, owner);
  }

  @ResolveField(() => [AttributeValueType], { description: 'Its attributes that are known, with their sources.' })
  attributes(@Parent() element: SeenElement, @Context() { language }: RequestContext): SeenAttribute[] {
    return seenAttributes(element, language);
  }

  @ResolveField(() => [WithheldType], {
    description: 'What the caller may know of and not read, why, and until when. It tells nothing of what is there.',
  })
  withheld({ landscape, kind }: SeenElement): WithheldType[] {
    return withheldFrom(landscape, kind);
  }

  @ResolveField(() => [FieldSourceType], { description: 'Where each of its values is known from, and how surely.' })
  async sources(@Parent() element: SeenElement, @Context() context: RequestContext): Promise<FieldSourceType[]> {
    const sources = await this.sourceLoader.load(element, context);
    return Object.entries(sources).map(([field, known]) => ({ field, ...known }));
  }

  @DirectField()
  @ResolveField(() => RelationConnectionType, { description: 'Its relations: outgoing, then incoming, each by kind.' })
  relations(
    element: SeenElement,
    @Args() page: RelationsArgs,
    @Context() context: RequestContext,
  ): RelationListPage | Promise<RelationListPage> {
    return this.relationLists.pageOf(element, { filter: page.filter, page, context });
  }
}

/** Where the value of an attribute is known from: read from the database where it is asked for, and only there. */
@Resolver(() => AttributeValueType)
export class AttributeValueResolver {
  constructor(private readonly sourceLoader: ElementSourceLoader) {}

  @ResolveField(() => String, { nullable: true, description: 'Where it is known from.' })
  async source(@Parent() value: SeenAttribute, @Context() context: RequestContext): Promise<string | null> {
    return (await this.sourceOf(value, context))?.source ?? null;
  }

  @ResolveField(() => ConfidenceEnum, {
    nullable: true,
    description: 'How sure it is; null where nothing was said.',
  })
  async confidence(@Parent() value: SeenAttribute, @Context() context: RequestContext): Promise<Confidence | null> {
    return (await this.sourceOf(value, context))?.confidence ?? null;
  }

  private async sourceOf({ record, key }: SeenAttribute, context: RequestContext): Promise<ValueSource | undefined> {
    return (await this.sourceLoader.load(record, context))[`attributes.${key}`];
  }
}

/** Where an element stands in its life, answered from the element itself. */
@Resolver(() => LifecycleType)
export class LifecycleResolver {
  @DirectField()
  @ResolveField(() => LifecyclePhaseEnum, {
    description:
      'The phase on a day; by default on the day of the landscape it was read from. UNKNOWN where what is recorded leaves a doubt: in the past, a phase without a date may not have begun yet.',
  })
  phase(element: SeenElement, @Args() { on }: PhaseArgs): LifecyclePhase {
    const { landscape } = element;
    return on === null || on === undefined ? phaseOf(landscape, element) : phaseOn(element, on, landscape.today);
  }
}
