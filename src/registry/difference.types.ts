import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { LandscapeView } from '../core/access/view.js';
import type { LandscapeDifference } from '../core/landscape/difference.js';
import type { ElementKind, Json, LifecyclePhase, PartialDate, RelationKind } from '../core/landscape/model.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import { PageInfo } from '../runtime/page.js';
import { DateScalar, JsonScalar, UrnScalar } from '../runtime/scalars.js';
import { AgencyType, ElementType } from './element.types.js';
import { RelationType } from './relation.types.js';
import type { SeenElement, SeenRelation } from './seen.types.js';
import { ElementKindEnum, LifecyclePhaseEnum, RelationKindEnum } from './vocabulary.types.js';

export type DifferenceWay = 'ADDED' | 'REMOVED' | 'CHANGED';
export const DifferenceWayEnum = graphqlEnum<DifferenceWay>(
  'DifferenceWay',
  'How two landscapes differ in an object.',
  {
    ADDED: 'It is only in the later one. Thêm mới.',
    REMOVED: 'It is only in the earlier one. Bỏ đi.',
    CHANGED: 'It is in both, with other values or in another phase. Thay đổi.',
  },
);

@ObjectType('FieldChange', { description: 'One field with its value on both sides. Lists count as wholes.' })
export class FieldChangeType {
  @Field(() => String, { description: 'The field, for example name or attributes.hosting.' })
  path: string;

  @Field(() => JsonScalar, { nullable: true, description: 'What was there; null where nothing was.' })
  before: Json | undefined;

  @Field(() => JsonScalar, { nullable: true, description: 'What is there; null where nothing is.' })
  after: Json | undefined;
}

@ObjectType('PhaseChange', {
  description: 'The phases in which an element is on the days of two landscapes. Đổi giai đoạn.',
})
export class PhaseChangeType {
  @Field(() => LifecyclePhaseEnum, { description: 'On the day of the earlier one; UNKNOWN where nobody can say.' })
  before: LifecyclePhase;

  @Field(() => LifecyclePhaseEnum, { description: 'On the day of the later one; UNKNOWN where nobody can say.' })
  after: LifecyclePhase;
}

@ObjectType('ElementDifference', { description: 'An element in which two landscapes differ.' })
export class ElementDifferenceType {
  @Field(() => UrnScalar, { description: 'The element.' })
  urn: string;

  @Field(() => DifferenceWayEnum, { description: 'How they differ.' })
  way: DifferenceWay;

  @Field(() => ElementType, { nullable: true, description: 'As it was in the earlier landscape.' })
  before: SeenElement | null;

  @Field(() => ElementType, { nullable: true, description: 'As it is in the later landscape.' })
  after: SeenElement | null;

  @Field(() => [FieldChangeType], {
    description: 'The fields that changed; empty where it was added or removed, or is in another phase alone.',
  })
  fields: readonly FieldChangeType[];

  @Field(() => PhaseChangeType, {
    nullable: true,
    description:
      'The phases it is in on the days of the two landscapes, where it is in both and they are not the same. A phase without a date is UNKNOWN on a day gone by.',
  })
  phase: PhaseChangeType | null;
}

@ObjectType('RelationDifference', { description: 'A relation in which two landscapes differ.' })
export class RelationDifferenceType {
  @Field(() => UrnScalar, { description: 'The relation.' })
  urn: string;

  @Field(() => DifferenceWayEnum, { description: 'How they differ.' })
  way: DifferenceWay;

  @Field(() => RelationType, { nullable: true, description: 'As it was in the earlier landscape.' })
  before: SeenRelation | null;

  @Field(() => RelationType, { nullable: true, description: 'As it is in the later landscape.' })
  after: SeenRelation | null;

  @Field(() => [FieldChangeType], { description: 'The fields that changed; empty where it was added or removed.' })
  fields: readonly FieldChangeType[];
}

@ObjectType('ElementDifferenceConnection', { description: 'A page of differing elements.' })
export class ElementDifferenceConnectionType {
  @Field(() => [ElementDifferenceType], { description: 'The items, in order of urn: added, removed, changed.' })
  nodes: readonly ElementDifferenceType[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  pageInfo: PageInfo;

  @Field(() => Int, { description: 'Number of differing elements in the whole list.' })
  totalCount: number;
}

@ObjectType('RelationDifferenceConnection', { description: 'A page of differing relations.' })
export class RelationDifferenceConnectionType {
  @Field(() => [RelationDifferenceType], { description: 'The items, in order of urn: added, removed, changed.' })
  nodes: readonly RelationDifferenceType[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  pageInfo: PageInfo;

  @Field(() => Int, { description: 'Number of differing relations in the whole list.' })
  totalCount: number;
}

@ObjectType('DifferenceCount', { description: 'How many objects differ, and how.' })
export class DifferenceCountType {
  @Field(() => Int, { description: 'Only in the later landscape.' })
  added: number;

  @Field(() => Int, { description: 'Only in the earlier landscape.' })
  removed: number;

  @Field(() => Int, { description: 'In both, with other values.' })
  changed: number;
}

@ObjectType('ElementKindDifference', { description: 'How many elements of one kind differ.' })
export class ElementKindDifferenceType extends DifferenceCountType {
  @Field(() => ElementKindEnum, { description: 'The kind; of a reclassified element its new one.' })
  kind: ElementKind;
}

@ObjectType('RelationKindDifference', { description: 'How many relations of one kind differ.' })
export class RelationKindDifferenceType extends DifferenceCountType {
  @Field(() => RelationKindEnum, { description: 'The kind.' })
  kind: RelationKind;
}

@ObjectType('OwnerDifference', { description: 'How many elements of one owner differ.' })
export class OwnerDifferenceType extends DifferenceCountType {
  @Field(() => AgencyType, { nullable: true, description: 'The owner; null for those whose owner nobody knows.' })
  owner: SeenElement | null;
}

@ObjectType('LandscapeDifference', {
  description: 'What leads from one landscape to another. Every count is of its lists.',
})
export class LandscapeDifferenceType {
  @Field(() => Int, { description: 'Revision of the earlier landscape.' })
  fromRevision: number;

  @Field(() => Int, { description: 'Revision of the later landscape.' })
  toRevision: number;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      'The day on which the earlier one is looked at; null where days do not count and all that is recorded is compared.',
  })
  fromDay: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      'The day on which the later one is looked at; null where days do not count and all that is recorded is compared.',
  })
  toDay: string | null;
}

/** A difference together with the views of both sides. */
export interface SeenDifference {
  readonly before: LandscapeView;
  readonly after: LandscapeView;
  readonly fromRevision: number;
  readonly toRevision: number;
  /** The days between which it is; null where all that is recorded is compared. */
  readonly fromDay: PartialDate | null;
  readonly toDay: PartialDate | null;
  readonly difference: LandscapeDifference;
}
