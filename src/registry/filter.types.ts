import { Field, InputType, Int } from '@nestjs/graphql';
import type {
  AttributeFilter,
  ElementFilter,
  IntFilter,
  RelationFilter,
  StringFilter,
} from '../core/landscape/filter.js';
import type {
  AgencyLevel,
  DependencyStrength,
  ElementKind,
  ExchangeChannel,
  LifecyclePhase,
  RelationKind,
  RelationStatus,
} from '../core/landscape/model.js';
import { UrnScalar } from '../runtime/scalars.js';
import {
  AgencyLevelEnum,
  DependencyStrengthEnum,
  ElementKindEnum,
  ExchangeChannelEnum,
  LifecyclePhaseEnum,
  OrderDirectionEnum,
  RelationKindEnum,
  RelationStatusEnum,
} from './vocabulary.types.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';

@InputType({ description: 'Conditions on a text; all that are given must hold.' })
export class StringFilterInput implements StringFilter {
  @Field(() => String, { nullable: true, description: 'Exactly this.' })
  eq?: string | null;

  @Field(() => String, { nullable: true, description: 'Anything but this.' })
  ne?: string | null;

  @Field(() => [String], { nullable: true, description: 'One of these.' })
  in?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Contains this; case and Vietnamese marks do not count.' })
  contains?: string | null;

  @Field(() => String, { nullable: true, description: 'Begins with this; case and Vietnamese marks do not count.' })
  startsWith?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether there is no text at all.' })
  isNull?: boolean | null;
}

@InputType({ description: 'Conditions on a whole number; all that are given must hold.' })
export class IntFilterInput implements IntFilter {
  @Field(() => Int, { nullable: true, description: 'Equal to.' })
  eq?: number | null;

  @Field(() => Int, { nullable: true, description: 'Less than.' })
  lt?: number | null;

  @Field(() => Int, { nullable: true, description: 'Less than or equal to.' })
  lte?: number | null;

  @Field(() => Int, { nullable: true, description: 'Greater than.' })
  gt?: number | null;

  @Field(() => Int, { nullable: true, description: 'Greater than or equal to.' })
  gte?: number | null;

  @Field(() => [Int], { nullable: true, description: 'One of these.' })
  in?: number[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether there is no number at all.' })
  isNull?: boolean | null;
}

@InputType({ description: 'Conditions on one attribute.' })
export class AttributeFilterInput implements AttributeFilter {
  @Field(() => String, { description: 'Key of the attribute.' })
  key: string;

  @Field(() => Boolean, { nullable: true, description: 'Whether the attribute is known (declared absent counts).' })
  isKnown?: boolean | null;

  @Field(() => StringFilterInput, { nullable: true, description: 'Of a text.' })
  string?: StringFilterInput | null;

  @Field(() => IntFilterInput, { nullable: true, description: 'Of a whole number.' })
  int?: IntFilterInput | null;
}

@InputType({ description: 'Conditions on an element; all that are given must hold.' })
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
}

@InputType({ description: 'Conditions on a relation; all that are given must hold.' })
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

  @Field(() => [ExchangeChannelEnum], { nullable: true, description: 'Over at least one of these channels.' })
  channel?: ExchangeChannel[] | null;
}

export type ElementOrderField = 'NAME' | 'CODE' | 'CHANGED_AT' | 'RELEVANCE';
export const ElementOrderFieldEnum = graphqlEnum<ElementOrderField>('ElementOrderField', 'What a list is ordered by.', {
  NAME: 'The Vietnamese name, in Vietnamese order. Tên.',
  CODE: 'The urn. Mã.',
  CHANGED_AT: 'The revision of the last change. Lần sửa gần nhất.',
  RELEVANCE: 'How well it fits the search. Mức phù hợp với từ khóa.',
});

@InputType({ description: 'One step of an order.' })
export class ElementOrderInput {
  @Field(() => ElementOrderFieldEnum, { description: 'What to compare.' })
  field: ElementOrderField;

  @Field(() => OrderDirectionEnum, { defaultValue: 'ASC', description: 'Which way.' })
  direction: 'ASC' | 'DESC';
}
