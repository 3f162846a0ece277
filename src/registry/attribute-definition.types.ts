import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import type { AskedFrom, AttributeType, WithheldReason } from '../core/landscape/attribute.js';
import type { ElementKind, Json, RelationKind, Visibility } from '../core/landscape/model.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import { PageInfo } from '../runtime/page.js';
import { DateScalar, JsonScalar, UrnScalar } from '../runtime/scalars.js';
import { ElementKindEnum, RelationKindEnum, VisibilityEnum, WithheldReasonEnum } from './vocabulary.types.js';

export const AttributeTypeEnum = graphqlEnum<AttributeType>('AttributeType', 'What the values of an attribute are.', {
  STRING: 'A text. Văn bản.',
  INTEGER: 'A whole number. Số nguyên.',
  BOOLEAN: 'Yes or no. Có hoặc không.',
  DATE: 'A day, a month or a year. Ngày, tháng hoặc năm.',
  ENUM: 'One word of a closed list. Một giá trị trong danh mục.',
  URN: 'An element. Một đối tượng.',
  STRING_LIST: 'Texts, or words of a closed list. Danh sách văn bản.',
  URN_LIST: 'Elements. Danh sách đối tượng.',
  URL: 'A web address. Địa chỉ web.',
});

export const AskedFromEnum = graphqlEnum<AskedFrom>('AskedFrom', 'Who can answer the question of an attribute.', {
  OWNER: 'The agency that owns the element. Cơ quan chủ quản.',
  OPERATOR: 'The agency that operates it. Đơn vị vận hành.',
  SELF: 'The agency itself. Chính cơ quan đó.',
});

@ObjectType('AttributeDefinition', {
  description: 'What an attribute means, which values it takes, and the question that fills it.',
})
export class AttributeDefinitionType {
  @Field(() => String, { description: 'Key of the attribute, fixed at birth.' })
  key: string;

  @Field(() => UrnScalar, {
    nullable: true,
    description: 'Its urn, by which change sets change it; null where it belongs to the reference pack.',
  })
  urn: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Revision of the landscape in which it last changed; null where it belongs to the reference pack.',
  })
  revision: number | null;

  @Field(() => AttributeTypeEnum, { description: 'What its values are.' })
  type: AttributeType;

  @Field(() => [ElementKindEnum], { description: 'Kinds of element that have it.' })
  elementKinds: readonly ElementKind[];

  @Field(() => [RelationKindEnum], { description: 'Kinds of relation that have it.' })
  relationKinds: readonly RelationKind[];

  @Field(() => [String], { nullable: true, description: 'The words it takes; null where any text will do.' })
  values: readonly string[] | null;

  @Field(() => Float, { nullable: true, description: 'The smallest number it takes.' })
  minimum: number | null;

  @Field(() => Float, { nullable: true, description: 'The largest number it takes.' })
  maximum: number | null;

  @Field(() => Int, { nullable: true, description: 'Most items of its list.' })
  listMaximum: number | null;

  @Field(() => String, { nullable: true, description: 'Unit of its numbers.' })
  unit: string | null;

  @Field(() => [ElementKindEnum], {
    nullable: true,
    description: 'Kinds of the elements it may name; null where any kind will do.',
  })
  targetKinds: readonly ElementKind[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether the name of an agency that ends gives way to that of its successor; null and false where it tells what was.',
  })
  passesToSuccessor: boolean | null;

  @Field(() => String, { nullable: true, description: 'Key of the date that it may not be before.' })
  notBefore: string | null;

  @Field(() => JsonScalar, {
    nullable: true,
    description: 'Values under which the whole record may not be kept here.',
  })
  refuses: readonly Json[] | null;

  @Field(() => VisibilityEnum, { description: 'Who may read it and its values.' })
  visibility: Visibility;

  @Field(() => VisibilityEnum, {
    nullable: true,
    description: 'Who may read its values, where that are fewer; null where whoever may read it may read them too.',
  })
  valueVisibility: Visibility | null;

  @Field(() => WithheldReasonEnum, { nullable: true, description: 'Why values are withheld; null where none are.' })
  withheldReason: WithheldReason | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Last day on which values are withheld; null where nobody has told.',
  })
  withheldUntil: string | null;

  @Field(() => String, { description: 'Vietnamese name.' })
  nameVi: string;

  @Field(() => String, { description: 'English name.' })
  nameEn: string;

  @Field(() => String, { description: 'The question that fills it, in Vietnamese.' })
  questionVi: string;

  @Field(() => String, { description: 'The question that fills it, in English.' })
  questionEn: string;

  @Field(() => AskedFromEnum, { description: 'Who can answer it.' })
  askedFrom: AskedFrom;
}

@ObjectType('AttributeDefinitionConnection', { description: 'A page of attribute definitions.' })
export class AttributeDefinitionConnectionType {
  @Field(() => [AttributeDefinitionType], { description: 'The items.' })
  nodes: readonly AttributeDefinitionType[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  pageInfo: PageInfo;

  @Field(() => Int, { description: 'Number of definitions in the whole list.' })
  totalCount: number;
}
