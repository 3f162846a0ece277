import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { LandscapeView } from '../core/access/view.js';
import type { Confidence, Element, RelationKind } from '../core/landscape/model.js';
import type { DeadEndKind } from '../core/landscape/structure-dead-ends.js';
import type { SinglePointReason } from '../core/landscape/structure-single-points.js';
import { connectionOf } from '../runtime/connection.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import type { Page } from '../runtime/page.js';
import { DateScalar } from '../runtime/scalars.js';
import { CoverageType } from './coverage.types.js';
import type { Coverage } from './coverage.types.js';
import { ElementType } from './element.types.js';
import { RelationPathType } from './graph.types.js';
import { RelationType } from './relation.types.js';
import type { SeenElement, SeenRelation } from './seen.types.js';
import { ConfidenceEnum, RelationKindEnum } from './vocabulary.types.js';

/** What every answer about the structure says of itself. */
export interface StructurePage<T> extends Page<T> {
  readonly revision: number;
  readonly examined: number;
  readonly coverage: Coverage;
  /** The elements of the whole list, one for each of its items, and the landscape they are of: for counts. */
  readonly whole: { readonly landscape: LandscapeView; readonly items: readonly Element[] };
}

/** What every page of an answer about the structure has, for a type to extend. */
function structureConnectionOf<T>(
  name: string,
  itemType: () => abstract new () => object,
): abstract new () => StructurePage<T> {
  @ObjectType({ isAbstract: true })
  abstract class StructureConnectionType extends connectionOf<T>(name, itemType) implements StructurePage<T> {
    @Field(() => Int, { description: 'Revision of the landscape it was answered from.' })
    revision: number;

    @Field(() => Int, { description: 'Number of elements that were looked at.' })
    examined: number;

    @Field(() => CoverageType, {
      description: 'How much is known behind the answer, what is missing, and whom to ask.',
    })
    coverage: Coverage;

    readonly whole: StructurePage<T>['whole'];
  }
  return StructureConnectionType;
}

/** A circle as its fields are answered from it. */
export interface CycleAnswer extends RelationPathType {
  /** The member with the smallest urn. */
  readonly first: SeenElement;
}

@ObjectType('CycleConnection', {
  description:
    'A page of circles: one shortest circle of each group of elements that all need one another, by smallest urn. Nothing cuts the search off.',
})
export class CycleConnectionType extends structureConnectionOf<CycleAnswer>('Cycle', () => RelationPathType) {}

@ObjectType('ComponentMemberConnection', { description: 'A page of members of a circle of need, by urn.' })
export class ComponentMemberConnectionType extends connectionOf<SeenElement>('ComponentMember', () => ElementType) {}

/** A circle of need as its fields are answered from it. */
export interface ComponentAnswer {
  readonly key: string;
  /** The member with the smallest urn. */
  readonly first: SeenElement;
  readonly size: number;
  readonly members: readonly SeenElement[];
  readonly cycle: RelationPathType;
}

@ObjectType('StronglyConnectedComponent', {
  description: 'Elements that all need one another, directly or through others. Nhóm cần lẫn nhau theo vòng.',
})
export class StronglyConnectedComponentType {
  @Field(() => Int, { description: 'Number of its members.' })
  size: number;

  @Field(() => RelationPathType, { description: 'A shortest circle through the member with the smallest urn.' })
  cycle: RelationPathType;
}

@ObjectType('StronglyConnectedComponentConnection', { description: 'A page of circles of need, by smallest urn.' })
export class StronglyConnectedComponentConnectionType extends structureConnectionOf<ComponentAnswer>(
  'StronglyConnectedComponent',
  () => StronglyConnectedComponentType,
) {}

@ObjectType('LayeringPolicy', {
  description: 'Which layer of a framework may need which. Quy tắc lớp nào được cần lớp nào.',
})
export class LayeringPolicyType {
  @Field(() => String, { description: 'Its code.' })
  code: string;

  @Field(() => String, { description: 'Its name, in the language of the request.' })
  name: string;

  @Field(() => String, { description: 'Where it is known from, and how sure the reading is.' })
  source: string;

  @Field(() => ConfidenceEnum, { description: 'How sure it is. What is UNSOURCED may warn and never binds.' })
  confidence: Confidence;

  @Field(() => DateScalar, { nullable: true, description: 'Since when; null where nobody has told.' })
  from: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Until when; null while it is in effect.' })
  to: string | null;
}

@ObjectType('LayeringViolation', {
  description: 'A need that goes against the layering. Quan hệ cần trái chiều giữa các lớp.',
})
export class LayeringViolationType {
  @Field(() => RelationType, { description: 'The relation.' })
  relation: SeenRelation;

  @Field(() => ElementType, { description: 'What needs.' })
  needs: SeenElement;

  @Field(() => Int, { description: 'Its layer.' })
  needsLayer: number;

  @Field(() => ElementType, { description: 'What is needed.' })
  needed: SeenElement;

  @Field(() => Int, { description: 'Its layer.' })
  neededLayer: number;

  @Field(() => String, { description: 'Why the policy does not allow it, in the language of the request.' })
  because: string;
}

@ObjectType('LayeringViolationConnection', {
  description: 'A page of needs against the layering, by urn of what needs.',
})
export class LayeringViolationConnectionType extends structureConnectionOf<LayeringViolationType>(
  'LayeringViolation',
  () => LayeringViolationType,
) {
  @Field(() => LayeringPolicyType, {
    nullable: true,
    description: 'The policy that was in effect; null where none was, and nothing was judged.',
  })
  policy: LayeringPolicyType | null;
}

@ObjectType('Orphan', { description: 'An element that no relation in force connects with anything. Đối tượng đơn lẻ.' })
export class OrphanType {
  @Field(() => ElementType, { description: 'The element.' })
  element: SeenElement;

  @Field(() => Boolean, { description: 'Whether somebody is recorded as its owner or operator.' })
  isOwned: boolean;

  @Field(() => Boolean, {
    description: 'Whether its owner declared its flows complete: only then it is unconnected for sure.',
  })
  isDeclared: boolean;
}

@ObjectType('OrphanConnection', { description: 'A page of unconnected elements, by age.' })
export class OrphanConnectionType extends structureConnectionOf<OrphanType>('Orphan', () => OrphanType) {
  @Field(() => [RelationKindEnum], { description: 'The kinds of relation that were looked for.' })
  relationKinds: readonly RelationKind[];
}

export const DeadEndKindEnum = graphqlEnum<DeadEndKind>('DeadEndKind', 'In which way something leads nowhere.', {
  UNUSED:
    'A platform, database, infrastructure or interface that nothing needs, no agency uses, and that feeds and is part of nothing. Không ai dùng.',
  REALIZES_NOTHING:
    'A system that realises, provides and masters nothing, and that nothing needs. Không thực hiện chức năng nào.',
  NEVER_READ: 'Data that something masters or writes, and nothing reads. Dữ liệu không ai đọc.',
  NEEDS_WHAT_ENDED: 'Something that runs and needs what has reached the end of its life. Còn cần thứ đã ngừng.',
});

@ObjectType('DeadEnd', { description: 'Where the architecture leads nowhere. Điểm cụt của kiến trúc.' })
export class DeadEndType {
  @Field(() => DeadEndKindEnum, { description: 'In which way.' })
  kind: DeadEndKind;

  @Field(() => ElementType, { description: 'The element.' })
  element: SeenElement;

  @Field(() => [RelationType], {
    description: 'The relations that show it: needs for what has ended, or what writes the data; else none.',
  })
  relations: readonly SeenRelation[];

  @Field(() => Boolean, {
    description: 'Whether its owner declared its flows complete: what is told from silence is only then sure.',
  })
  isDeclared: boolean;
}

@ObjectType('DeadEndConnection', { description: 'A page of dead ends, by age of the element.' })
export class DeadEndConnectionType extends structureConnectionOf<DeadEndType>('DeadEnd', () => DeadEndType) {}

const SinglePointReasonEnum = graphqlEnum<SinglePointReason>(
  'SinglePointReason',
  'Why an element is a single point of failure.',
  {
    LOSES_OTHERS: 'Others stop with it, redundancy considered. Ngừng thì kéo theo đối tượng khác ngừng.',
    HOLDS_TOGETHER: 'Without it the graph of needs falls apart (articulation point). Bỏ đi thì đồ thị bị chia cắt.',
  },
);

@ObjectType('Loss', { description: 'Something that stops with an element. Đối tượng ngừng theo.' })
export class LossType {
  @Field(() => ElementType, { description: 'What stops.' })
  element: SeenElement;

  @Field(() => RelationPathType, {
    description:
      'From the element that stops first, over what stops with it; each step is the need that tipped the scales.',
  })
  explanation: RelationPathType;

  @Field(() => Int, {
    description: 'How many of the redundancy group of the last step are lost; 1 where that need stands alone.',
  })
  lostOfGroup: number;
}

@ObjectType('LossConnection', { description: 'A page of what stops with an element, nearest first.' })
export class LossConnectionType extends connectionOf<LossType>('Loss', () => LossType) {}

/** A single point of failure as its fields are answered from it. */
export interface SinglePointAnswer {
  readonly element: SeenElement;
  readonly reasons: readonly SinglePointReason[];
  readonly lost: number;
  readonly lostAtMost: number;
  readonly separated: number;
  readonly pieces: number;
  readonly losses: readonly LossType[];
}

@ObjectType('SinglePointOfFailure', {
  description: 'An element whose stop takes others with it, or that holds others together. Điểm yếu đơn lẻ.',
})
export class SinglePointOfFailureType {
  @Field(() => ElementType, { description: 'The element.' })
  element: SeenElement;

  @Field(() => [SinglePointReasonEnum], { description: 'Why it is one.' })
  reasons: readonly SinglePointReason[];

  @Field(() => Int, { description: 'How many others surely stop with it, over HARD needs, redundancy considered.' })
  lost: number;

  @Field(() => Int, { description: 'How many others would stop with it were every unknown strength HARD.' })
  lostAtMost: number;

  @Field(() => Int, {
    description: 'How many others would no longer hang together with the largest piece that remains.',
  })
  separated: number;

  @Field(() => Int, { description: 'Number of pieces its part of the graph would fall into.' })
  pieces: number;
}

@ObjectType('SinglePointOfFailureConnection', { description: 'A page of single points of failure, the worst first.' })
export class SinglePointOfFailureConnectionType extends structureConnectionOf<SinglePointAnswer>(
  'SinglePointOfFailure',
  () => SinglePointOfFailureType,
) {}
