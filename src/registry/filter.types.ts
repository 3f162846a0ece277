import { Field, InputType, Int } from '@nestjs/graphql';
import type {
  ElementFilter,
  RelationDirection,
  RelationFilter,
  RelationQuantifier,
  ResponsibilityFilter,
} from '../core/landscape/filter.js';
import type {
  AgencyLevel,
  DependencyStrength,
  ElementKind,
  ExchangeChannel,
  LifecyclePhase,
  RelationKind,
  RelationStatus,
  ResponsibilityRole,
  Visibility,
} from '../core/landscape/model.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import { DateScalar, DateTimeScalar, UrnScalar } from '../runtime/scalars.js';
import { AttributeFilterInput, IntFilterInput, StringFilterInput } from './value-filter.types.js';
import {
  AgencyLevelEnum,
  DependencyStrengthEnum,
  ElementKindEnum,
  ExchangeChannelEnum,
  LifecyclePhaseEnum,
  RelationKindEnum,
  RelationStatusEnum,
  ResponsibilityRoleEnum,
  VisibilityEnum,
} from './vocabulary.types.js';

export const RelationDirectionEnum = graphqlEnum<RelationDirection>(
  'RelationDirection',
  'Which way a relation leads, seen from an element.',
  {
    OUTGOING: 'Away from it: it is the source. Đi.',
    INCOMING: 'To it: it is the target. Đến.',
    BOTH: 'Either way. Cả hai chiều.',
  },
);

@InputType({ description: 'Conditions on one responsibility for an element; all that are given must hold.' })
export class ResponsibilityFilterInput implements ResponsibilityFilter {
  @Field(() => [ResponsibilityRoleEnum], { nullable: true, description: 'In one of these roles.' })
  role?: ResponsibilityRole[] | null;

  @Field(() => [String], { nullable: true, description: 'Of one of these persons, by number in the directory.' })
  person?: string[] | null;

  @Field(() => [UrnScalar], { nullable: true, description: 'Of one of these agencies.' })
  agency?: string[] | null;

  @Field(() => DateScalar, { nullable: true, description: 'Neither surely over before this day nor begun after it.' })
  validOn?: string | null;
}

@InputType({
  description:
    'Conditions on the relations of an element. An element without relations has `none` of any and `every` of all. "All outgoing ones lead to platforms" is `none: { direction: OUTGOING, not: { other: ... } }`.',
})
export class RelationQuantifierInput implements RelationQuantifier {
  @Field(() => RelationFilterInput, { nullable: true, description: 'At least one of its relations is so.' })
  some?: RelationFilterInput | null;

  @Field(() => RelationFilterInput, { nullable: true, description: 'None of its relations is so.' })
  none?: RelationFilterInput | null;

  @Field(() => RelationFilterInput, { nullable: true, description: 'Each of its relations, of any kind, is so.' })
  every?: RelationFilterInput | null;
}

@InputType({
  description:
    'Conditions on an element; all that are given must hold. What is not known satisfies no comparison: it is asked for by `isNull`, `isKnown` or the value UNKNOWN. `not` turns a condition round, the unknown included.',
})
export class ElementFilterInput implements ElementFilter {
  @Field(() => [ElementFilterInput], { nullable: true, description: 'All of these hold.' })
  and?: ElementFilterInput[] | null;

  @Field(() => [ElementFilterInput], { nullable: true, description: 'At least one of these holds.' })
  or?: ElementFilterInput[] | null;

  @Field(() => ElementFilterInput, { nullable: true, description: 'This does not hold.' })
  not?: ElementFilterInput | null;

  @Field(() => [UrnScalar], { nullable: true, description: 'One of these elements.' })
  urn?: string[] | null;

  @Field(() => [ElementKindEnum], { nullable: true, description: 'Of one of these kinds.' })
  kind?: ElementKind[] | null;

  @Field(() => StringFilterInput, { nullable: true, description: 'On the Vietnamese name.' })
  name?: StringFilterInput | null;

  @Field(() => StringFilterInput, { nullable: true, description: 'On any code that another register gave.' })
  externalId?: StringFilterInput | null;

  @Field(() => IntFilterInput, { nullable: true, description: "On the layer (1-4) of the city's framework." })
  layer?: IntFilterInput | null;

  @Field(() => [LifecyclePhaseEnum], { nullable: true, description: 'In one of these phases now.' })
  phase?: LifecyclePhase[] | null;

  @Field(() => ElementFilterInput, { nullable: true, description: 'On the owner; an unknown owner never matches.' })
  owner?: ElementFilterInput | null;

  @Field(() => [AgencyLevelEnum], { nullable: true, description: 'Agencies of one of these levels.' })
  level?: AgencyLevel[] | null;

  @Field(() => AttributeFilterInput, { nullable: true, description: 'On an attribute.' })
  attribute?: AttributeFilterInput | null;

  @Field(() => [VisibilityEnum], { nullable: true, description: 'That these may read.' })
  visibility?: Visibility[] | null;

  @Field(() => ResponsibilityFilterInput, { nullable: true, description: 'That somebody answers for in this way.' })
  responsibility?: ResponsibilityFilterInput | null;

  @Field(() => RelationQuantifierInput, { nullable: true, description: 'On its relations.' })
  relation?: RelationQuantifierInput | null;

  @Field(() => Int, { nullable: true, description: 'Last changed after this revision.' })
  changedAfterRevision?: number | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Last changed after this moment.' })
  changedAfter?: string | null;
}

@InputType({
  description:
    'Conditions on a relation; all that are given must hold. `direction` and `other` are asked from an element: in `relation` of a filter of elements, and in `relations` of an element.',
})
export class RelationFilterInput implements RelationFilter {
  @Field(() => [RelationFilterInput], { nullable: true, description: 'All of these hold.' })
  and?: RelationFilterInput[] | null;

  @Field(() => [RelationFilterInput], { nullable: true, description: 'At least one of these holds.' })
  or?: RelationFilterInput[] | null;

  @Field(() => RelationFilterInput, { nullable: true, description: 'This does not hold.' })
  not?: RelationFilterInput | null;

  @Field(() => [RelationKindEnum], { nullable: true, description: 'Of one of these kinds.' })
  kind?: RelationKind[] | null;

  @Field(() => ElementFilterInput, { nullable: true, description: 'On the source.' })
  source?: ElementFilterInput | null;

  @Field(() => ElementFilterInput, { nullable: true, description: 'On the target.' })
  target?: ElementFilterInput | null;

  @Field(() => [DependencyStrengthEnum], { nullable: true, description: 'Of one of these strengths.' })
  strength?: DependencyStrength[] | null;

  @Field(() => [RelationStatusEnum], { nullable: true, description: 'In one of these states.' })
  status?: RelationStatus[] | null;

  @Field(() => [ExchangeChannelEnum], {
    nullable: true,
    description: 'Over at least one of these channels; one of which none is known is over UNKNOWN.',
  })
  channel?: ExchangeChannel[] | null;

  @Field(() => [ExchangeChannelEnum], {
    nullable: true,
    description: 'Surely over none of these; one with an unknown channel may be over any.',
  })
  channelNot?: ExchangeChannel[] | null;

  @Field(() => RelationDirectionEnum, {
    nullable: true,
    description: 'Which way it leads, where it is asked for from an element: both ways if not given.',
  })
  direction?: RelationDirection | null;

  @Field(() => ElementFilterInput, {
    nullable: true,
    description: 'On the end that is not the element from which it is asked for.',
  })
  other?: ElementFilterInput | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether its ends have different owners; never where one of them is unknown.',
  })
  crossAgency?: boolean | null;

  @Field(() => DateScalar, { nullable: true, description: 'Neither surely over before this day nor begun after it.' })
  validOn?: string | null;
}
