import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsString, ValidateNested } from 'class-validator';
import type { AgencyLevel, Confidence, Json, PartialDate, RelationKind } from '../core/landscape/model.js';
import type {
  Assignment,
  ConsequenceType,
  ReorganisationPlan,
  ReorganisationQuestion,
} from '../core/landscape/reorganisation.js';
import { INTENTS_MAXIMUM } from '../core/landscape/reorganise.js';
import type { LandscapeView } from '../core/access/view.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import { PageInfo } from '../runtime/page.js';
import { DateScalar, JsonScalar, UrnScalar } from '../runtime/scalars.js';
import { ChangeSetType } from './change-set.types.js';
import { AgencyType, ElementType } from './element.types.js';
import { UserErrorType } from '../runtime/user-error.types.js';
import type { SeenElement } from './seen.types.js';
import { AgencyLevelEnum, ConfidenceEnum, RelationKindEnum } from './vocabulary.types.js';

export const ConsequenceTypeEnum = graphqlEnum<ConsequenceType>(
  'ReorganisationConsequenceType',
  'What a reorganisation does to one thing.',
  {
    FOUNDS: 'An agency begins: one operation. Thành lập cơ quan.',
    SETS: 'A field gets another value: one operation. Sửa thông tin.',
    MOVES: 'A relation goes to another agency: one ends, one begins, two operations. Chuyển giao.',
    JOINS: 'A relation ends, for the successor has one that says the same: one operation. Nhập vào quan hệ đã có.',
    ENDS: 'A relation ends with its agency: one operation. Kết thúc.',
    BEGINS: 'A relation begins: one operation. Bắt đầu.',
    ORPHANED: 'It stays with an agency that is no more, for nobody was named: no operation. Chưa có đơn vị tiếp nhận.',
    TO_DECIDE: 'A question that no rule can answer: no operation. Cần quyết định.',
  },
);

export const ReorganisationQuestionEnum = graphqlEnum<ReorganisationQuestion>(
  'ReorganisationQuestion',
  'What somebody has to decide.',
  {
    WHO_TAKES_OVER: 'Nobody was named for it. Ai tiếp nhận?',
    WHO_ANSWERS: 'A field names an agency that is no more. Ai thay thế cơ quan được ghi?',
    SAME_CAPABILITY: 'Several systems of one agency do the same. Nhiều hệ thống cùng chức năng.',
    SAME_DATA: 'Several systems of one agency hold the same originals. Nhiều hệ thống cùng giữ dữ liệu gốc.',
    CONTRACT_PARTY: 'The party of a contract is no more. Chủ thể hợp đồng đã thay đổi.',
    USAGE_DIFFERS: 'Relations that became one said different things. Thông tin khác nhau khi gộp.',
    MASTER_SCOPE: 'An original is of a territory whose agency is no more. Phạm vi dữ liệu gốc cần xác định lại.',
  },
);

@InputType({ description: 'An agency begins its life on the day.' })
export class FoundAgencyInput {
  @Field(() => UrnScalar, { description: 'Its urn, one that nothing has or had.' })
  agency: string;

  @Field(() => String, { description: 'Vietnamese name.' })
  name: string;

  @Field(() => String, { nullable: true, description: 'English name.' })
  nameEn?: string | null;

  @Field(() => AgencyLevelEnum, { nullable: true, description: 'Its level.' })
  level?: AgencyLevel | null;

  @Field(() => UrnScalar, { nullable: true, description: 'The agency it is a part of.' })
  partOf?: string | null;
}

@InputType({ description: 'Agencies end, and one other takes the place of all of them.' })
export class MergeAgenciesInput {
  @Field(() => UrnScalar, { description: 'The successor.' })
  into: string;

  @Field(() => [UrnScalar], { description: 'The agencies that end.' })
  from: string[];

  @Field(() => AgencyLevelEnum, { nullable: true, description: 'Their level from then on; unchanged without it.' })
  formerLevel?: AgencyLevel | null;
}

@InputType({ description: 'Whom one thing of a divided agency goes to.' })
export class AssignmentInput implements Assignment {
  @Field(() => UrnScalar, {
    description: 'What the agency owns, operates, uses or contains; or one relation of it, which counts more.',
  })
  what: string;

  @Field(() => UrnScalar, { description: 'One of the successors.' })
  to: string;
}

@InputType({ description: 'An agency ends, and several take its place, or nobody does.' })
export class SplitAgencyInput {
  @Field(() => UrnScalar, { description: 'The agency that ends.' })
  from: string;

  @Field(() => [UrnScalar], { description: 'The successors; none = it is abolished.' })
  into: string[];

  @Field(() => [AssignmentInput], { defaultValue: [], description: 'Whom things go to, one by one.' })
  @ValidateNested({ each: true })
  @Type(() => AssignmentInput)
  assignment: AssignmentInput[];

  @Field(() => UrnScalar, {
    nullable: true,
    description: 'The successor of all that is not assigned; without it that stays, as an orphan.',
  })
  otherwise?: string | null;

  @Field(() => AgencyLevelEnum, { nullable: true, description: 'Its level from then on; unchanged without it.' })
  formerLevel?: AgencyLevel | null;
}

@InputType({ description: 'An agency goes by another name; the old one is kept as an alias.' })
export class RenameAgencyInput {
  @Field(() => UrnScalar, { description: 'The agency.' })
  agency: string;

  @Field(() => String, { description: 'Its new Vietnamese name.' })
  name: string;

  @Field(() => String, {
    nullable: true,
    description: 'Its new English name; null = it has none. Unchanged if not given.',
  })
  nameEn?: string | null;
}

@InputType({ description: 'Some things go to an agency, and nobody ends.' })
export class TransferInput {
  @Field(() => [UrnScalar], {
    description:
      'What changes its owner; an agency changes what it is part of; a relation of an agency changes that end.',
  })
  what: string[];

  @Field(() => UrnScalar, { description: 'The agency they go to.' })
  to: string;
}

@InputType({ isOneOf: true, description: 'One step of a reorganisation: exactly one of its fields.' })
export class ReorganisationIntentInput {
  @Field(() => FoundAgencyInput, { nullable: true, description: 'Found an agency. Thành lập.' })
  found?: FoundAgencyInput;

  @Field(() => MergeAgenciesInput, { nullable: true, description: 'Merge agencies. Sáp nhập, hợp nhất.' })
  merge?: MergeAgenciesInput;

  @Field(() => SplitAgencyInput, { nullable: true, description: 'Divide or abolish an agency. Chia tách, giải thể.' })
  split?: SplitAgencyInput;

  @Field(() => RenameAgencyInput, { nullable: true, description: 'Rename an agency. Đổi tên.' })
  rename?: RenameAgencyInput;

  @Field(() => TransferInput, { nullable: true, description: 'Move things to an agency. Điều chuyển.' })
  transfer?: TransferInput;
}

@InputType({ description: 'A reorganisation of agencies: one change set, whole or not at all.' })
export class ReorganiseAgenciesInput {
  @Field(() => [ReorganisationIntentInput], {
    description: 'What to do, in order: each step finds what the one before it left.',
  })
  @ArrayMaxSize(INTENTS_MAXIMUM)
  intents: ReorganisationIntentInput[];

  @Field(() => DateScalar, {
    description: 'The first day of the new order, a whole day. What ends does so the day before.',
  })
  effectiveOn: string;

  @Field(() => String, { description: 'Why, in words that a later reader understands.' })
  @IsString()
  reason: string;

  @Field(() => UrnScalar, {
    nullable: true,
    description:
      'The legislation that says so. It becomes the source of what is written, and a legal basis of successors.',
  })
  legalBasis?: string | null;

  @Field(() => ConfidenceEnum, { nullable: true, description: 'How sure it is that the legal basis says so.' })
  confidence?: Confidence | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The revision the author looked at: where something that is touched changed since, that is a conflict.',
  })
  expectedRevision?: number | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Say what would happen, and change nothing.' })
  dryRun: boolean;
}

@ObjectType('ReorganisationConsequence', { description: 'What a reorganisation does to one thing.' })
export class ReorganisationConsequenceType {
  @Field(() => ConsequenceTypeEnum, { description: 'What it does.' })
  type: ConsequenceType;

  @Field(() => Int, { description: 'Position of the step it comes from, from 0.' })
  intent: number;

  @Field(() => UrnScalar, { description: 'The urn of what it is done to.' })
  elementUrn: string;

  @Field(() => ElementType, { nullable: true, description: 'The same; null where it is only to be founded.' })
  element: SeenElement | null;

  @Field(() => UrnScalar, { nullable: true, description: 'The relation as it was; null where there was none.' })
  relationUrn: string | null;

  @Field(() => UrnScalar, { nullable: true, description: 'The relation that begins; null where none does.' })
  begunRelationUrn: string | null;

  @Field(() => RelationKindEnum, { nullable: true, description: 'What the relation says.' })
  relationKind: RelationKind | null;

  @Field(() => String, { nullable: true, description: 'The field, for example level or attributes.operator.' })
  path: string | null;

  @Field(() => JsonScalar, { nullable: true, description: 'The value before; null = none.' })
  before: Json;

  @Field(() => JsonScalar, { nullable: true, description: 'The value after; null = none.' })
  after: Json;

  @Field(() => AgencyType, { nullable: true, description: 'The agency it was with.' })
  from: SeenElement | null;

  @Field(() => AgencyType, {
    nullable: true,
    description: 'The agency it goes to; null where it is only to be founded.',
  })
  to: SeenElement | null;

  @Field(() => UrnScalar, { nullable: true, description: 'The urn of the agency it goes to.' })
  toUrn: string | null;

  @Field(() => ReorganisationQuestionEnum, { nullable: true, description: 'What has to be decided.' })
  questionCode: ReorganisationQuestion | null;

  @Field(() => String, { nullable: true, description: 'The question, in the language of the request.' })
  question: string | null;

  @Field(() => AgencyType, {
    nullable: true,
    description: 'The agency that can answer; null where nobody is known to.',
  })
  askedFrom: SeenElement | null;

  @Field(() => [ElementType], {
    description: 'What else the question is about, the systems that do the same for example.',
  })
  concerned: readonly SeenElement[];
}

@ObjectType('ReorganisationConsequenceConnection', { description: 'A page of consequences.' })
export class ConsequenceConnectionType {
  @Field(() => [ReorganisationConsequenceType], { description: 'The items.' })
  nodes: readonly ReorganisationConsequenceType[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  pageInfo: PageInfo;

  @Field(() => Int, { description: 'Number of consequences in the whole list.' })
  totalCount: number;
}

@ObjectType('ReorganisationCount', { description: 'How many consequences are of one type.' })
export class ConsequenceCountType {
  @Field(() => ConsequenceTypeEnum, { description: 'The type.' })
  type: ConsequenceType;

  @Field(() => Int, { description: 'How many.' })
  count: number;

  @Field(() => Int, { description: 'Operations of the change set that they stand for.' })
  operations: number;
}

/** What a reorganisation comes to, and the landscape in which it is looked at. */
export interface ReorganisationPreview {
  readonly plan: ReorganisationPlan;
  readonly landscape: LandscapeView;
  readonly effectiveOn: PartialDate;
}

@ObjectType('ReorganisationPreview', {
  description: 'What a reorganisation comes to: what moves, what ends, what is left without an agency.',
})
export class ReorganisationPreviewType {
  @Field(() => DateScalar, { description: 'The first day of the new order.' })
  effectiveOn: string;
}

@ObjectType('ReorganiseAgenciesPayload', { description: 'What came of a reorganisation.' })
export class ReorganiseAgenciesPayload {
  @Field(() => ReorganisationPreviewType, {
    nullable: true,
    description: 'What it comes to, without the steps that have a conflict; null where nothing could be worked out.',
  })
  preview: ReorganisationPreview | null;

  @Field(() => ChangeSetType, {
    nullable: true,
    description: 'The change set; null where it was refused or a dry run. Reverting it undoes the reorganisation.',
  })
  changeSet: ChangeSetType | null;

  @Field(() => Int, { nullable: true, description: 'Revision of the landscape it made, or would make.' })
  revision: number | null;

  @Field(() => [UserErrorType], { description: 'Everything that is wrong; empty where all went well.' })
  userErrors: readonly UserErrorType[];
}
