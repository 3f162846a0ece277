import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { LandscapeView } from '../core/access/view.js';
import type { PartialDate } from '../core/landscape/model.js';
import type { TreatmentDecision } from '../core/policy/treatment-decision.js';
import type { TreatmentEvidence, TreatmentOption, TreatmentProposal, TreatmentSign } from '../core/policy/treatment.js';
import type { SeenElement } from '../registry/seen.types.js';
import { connectionOf } from '../runtime/connection.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import { DateScalar } from '../runtime/scalars.js';

export const TreatmentOptionEnum = graphqlEnum<TreatmentOption>(
  'TreatmentOption',
  'The six national answers to what becomes of a system.',
  {
    KEEP: 'It stays as it is. Tiếp tục sử dụng.',
    STANDARDISE_CONNECT: 'It is standardised, connected, integrated. Chuẩn hóa, kết nối, tích hợp.',
    UPGRADE_EXTEND: 'It is upgraded or extended. Nâng cấp, mở rộng.',
    MERGE_REORGANISE: 'It is merged with others or reorganised. Hợp nhất, sắp xếp lại.',
    REPLACE_RETIRE: 'It is replaced or retired. Thay thế, loại bỏ.',
    ADD_NEW: 'It is to be added. Bổ sung mới.',
    UNDECIDED: 'Too little is known, or something has to be decided first. Chưa đủ căn cứ.',
  },
);

export const TreatmentSignEnum = graphqlEnum<TreatmentSign>('TreatmentSign', 'What a proposed treatment rests on.', {
  PLANNED: 'It is not there yet. Mới ở giai đoạn kế hoạch.',
  LIFE_ENDED: 'Its life has ended. Đã dừng hoạt động.',
  LIFE_ENDING: 'It is or will soon be phased out. Đang hoặc sắp bị loại bỏ dần.',
  SUCCEEDED: 'Something takes its place. Đã có đối tượng thay thế.',
  SUSPENDED: 'It is suspended. Đang tạm dừng.',
  OWNER_GONE: 'Its owner is no more. Cơ quan chủ quản không còn.',
  DUPLICATED: 'Others of its kind serve the same need. Có đối tượng trùng.',
  SERVED_NATIONALLY: 'Something of its kind serves the same need for the nation. Cấp quốc gia đã có.',
  SUPPORT_ENDED: 'The support of what it stands on has or may have ended. Công nghệ hết hỗ trợ.',
  SUPPORT_ENDING: 'The support of what it stands on ends soon. Công nghệ sắp hết hỗ trợ.',
  CONTRACT_ENDING: 'A contract of it has ended or ends soon. Hợp đồng sắp kết thúc.',
  RULE_FAILED: 'It fails a rule of the city. Chưa đạt quy tắc.',
  RULE_OPEN: 'Nobody can say yet whether it fails a rule of the city. Chưa đánh giá được quy tắc.',
  NEEDED: 'Others need it directly. Đối tượng khác đang cần đến.',
  IN_USE: 'It is in use or being put to use. Đang được sử dụng.',
  ALONE: 'Nothing of its kind serves the same need, as far as known. Không thấy đối tượng trùng.',
  SUPPORTED: 'What it stands on is supported. Công nghệ còn hỗ trợ.',
  CONFIRMED: 'Its owner has confirmed what is recorded. Đã được xác nhận.',
});

/** What is proposed for and decided of an element, with the view it was read from. */
export interface SeenTreatment {
  readonly element: SeenElement;
  readonly proposal: TreatmentProposal;
  readonly decision: TreatmentDecision;
}

/** A piece of evidence with the view it was read from. */
export interface SeenEvidence extends TreatmentEvidence {
  readonly landscape: LandscapeView;
}

@ObjectType('TreatmentEvidence', { description: 'One thing that speaks for a treatment, and what it rests on.' })
export class TreatmentEvidenceType {
  @Field(() => TreatmentSignEnum, { description: 'What it is.' })
  sign: TreatmentSign;

  @Field(() => TreatmentOptionEnum, {
    nullable: true,
    description:
      'The answer that it speaks for; UNDECIDED: that nobody can say that it may stay as it is; null: it is only to be minded.',
  })
  option: TreatmentOption | null;

  @Field(() => Int, { description: 'Number of all that it rests on, or among which was looked.' })
  count: number;

  @Field(() => DateScalar, { nullable: true, description: 'The day that matters, as far as known.' })
  date: PartialDate | null;
}

@ObjectType('Treatment', {
  description: 'What becomes of a thing: proposed by what is known, never stored; decided by people. Phương án xử lý.',
})
export class TreatmentType {}

@ObjectType('TreatmentCount', { description: 'How many things of a list have an answer.' })
export class TreatmentCountType {
  @Field(() => TreatmentOptionEnum, { description: 'The answer.' })
  option: TreatmentOption;

  @Field(() => Int, { description: 'For how many it is proposed.' })
  proposed: number;

  @Field(() => Int, { description: 'For how many it was decided; of UNDECIDED those of which nothing was.' })
  decided: number;
}

export type TreatmentOrder = 'URGENCY' | 'NAME' | 'AGE';
export const TreatmentOrderEnum = graphqlEnum<TreatmentOrder>(
  'TreatmentOrder',
  'How a list of treatments is ordered.',
  {
    URGENCY: 'What nobody has decided first, by the day that something ends, then by the gravest answer. Mức cấp bách.',
    NAME: 'By the Vietnamese name, in Vietnamese order. Tên.',
    AGE: 'In order of their making. Thứ tự ghi nhận.',
  },
);

@ObjectType('TreatmentConnection', { description: 'A page of treatments, with what the whole list comes to.' })
export class TreatmentConnectionType extends connectionOf<SeenTreatment>('Treatment', () => TreatmentType) {}
