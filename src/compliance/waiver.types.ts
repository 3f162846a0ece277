import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { LandscapeView } from '../core/access/view.js';
import type { PartialDate } from '../core/landscape/model.js';
import type {
  EffectiveOutcome,
  Waiver,
  WaiverEvent,
  WaiverEventKind,
  WaiverState,
  WaiverStatus,
} from '../core/policy/waiver.js';
import { ElementType } from '../registry/element.types.js';
import { NodeType } from '../registry/node.types.js';
import type { SeenElement } from '../registry/seen.types.js';
import { connectionOf } from '../runtime/connection.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import { DateScalar, DateTimeScalar } from '../runtime/scalars.js';
import { UserErrorType } from '../runtime/user-error.types.js';

export const EffectiveOutcomeEnum = graphqlEnum<EffectiveOutcome>(
  'EffectiveOutcome',
  'What a finding counts as today, with what is waived.',
  {
    PASS: 'Conforms, on known facts. Đạt.',
    FAIL: 'Does not conform, and is not waived. Không đạt.',
    NOT_APPLICABLE: 'The rule does not speak of this subject. Không áp dụng.',
    NEEDS_EVIDENCE: 'Facts are missing; nothing is concluded from silence. Chưa đủ thông tin.',
    ERROR: 'Could not be computed; never counted as conforming. Lỗi khi tính.',
    WAIVED: 'Does not conform, and is waived until a day: no pass. Được miễn trừ có thời hạn.',
  },
);

export const WaiverStateEnum = graphqlEnum<WaiverState>('WaiverState', 'Where a waiver stands on a day.', {
  REQUESTED: 'Nobody has decided yet; it waives nothing. Chờ quyết định.',
  NOT_YET_IN_FORCE: 'Approved, and its first day is still to come. Chưa có hiệu lực.',
  IN_FORCE: 'Approved, and between its first and its last day. Đang có hiệu lực.',
  EXPIRED: 'Its last day is over. Hết hạn.',
  DENIED: 'Denied. Bị từ chối.',
  REVOKED: 'Ended before its last day, or withdrawn. Đã thu hồi.',
});

export const WaiverEventKindEnum = graphqlEnum<WaiverEventKind>('WaiverEventKind', 'What happened to a waiver.', {
  REQUESTED: 'An agency asked for it. Xin miễn trừ.',
  APPROVED: 'It was approved. Phê duyệt.',
  DENIED: 'It was denied. Từ chối.',
  REVOKED: 'It was ended, or the request withdrawn. Thu hồi.',
  RENEWED: 'It was given a later last day. Gia hạn.',
});

/** What is decided of a request. */
export type WaiverDecision = 'APPROVE' | 'DENY';
export const WaiverDecisionEnum = graphqlEnum<WaiverDecision>('WaiverDecision', 'What is decided of a request.', {
  APPROVE: 'The rule is waived as was asked. Phê duyệt.',
  DENY: 'It is not. Từ chối.',
});

/** In which order waivers are listed. */
export type WaiverOrder = 'AGE' | 'EXPIRY';
export const WaiverOrderEnum = graphqlEnum<WaiverOrder>('WaiverOrder', 'In which order waivers are listed.', {
  AGE: 'What was asked for first first. Theo ngày xin.',
  EXPIRY: 'What ends first first. Theo ngày hết hạn.',
});

/** What happened to a waiver, as it is kept. */
export interface KeptWaiverEvent extends WaiverEvent {
  /** When it was recorded, by the database's clock. */
  readonly at: Date;
}

/** A waiver as it is kept, with what is told of it beside what counts. */
export interface KeptWaiver extends Waiver {
  /** Code and version of the pack that its rule was read in. */
  readonly pack: string;
  readonly events: readonly [KeptWaiverEvent, ...KeptWaiverEvent[]];
}

/** A waiver as it stands on a day, with the landscape in which it is told. */
export interface SeenWaiver {
  readonly landscape: LandscapeView;
  readonly waiver: KeptWaiver;
  readonly status: WaiverStatus;
  readonly today: PartialDate;
}

@ObjectType('WaiverEvent', { description: 'One thing that happened to a waiver. It is never changed.' })
export class WaiverEventType {
  @Field(() => WaiverEventKindEnum, { description: 'What happened.' })
  kind: WaiverEventKind;

  @Field(() => DateScalar, { description: 'The day it happened; on earlier days it says nothing.' })
  on: string;

  @Field(() => String, { description: 'As whom: officer or administrator.' })
  by: string;

  @Field(() => DateScalar, { nullable: true, description: 'The new last day; null where it is no renewal.' })
  validTo: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why; null for whoever is neither of the agency that asked nor speaks for the city.',
  })
  reason: string | null;

  @Field(() => String, { nullable: true, description: 'The paper it rests on; null also where `reason` is.' })
  document: string | null;

  @Field(() => DateTimeScalar, { description: "When it was recorded, by the database's clock." })
  at: string;
}

@ObjectType('WaiverSubjectConnection', { description: 'A page of what a waiver names.' })
export class WaiverSubjectConnectionType extends connectionOf<SeenElement>('WaiverSubject', () => ElementType) {}

@ObjectType('Waiver', {
  implements: () => [NodeType],
  description:
    'A rule is not held against something until a day. What the rule says stays: a failure that is waived is counted ' +
    'apart, and never as conforming. Miễn trừ có thời hạn.',
})
export class WaiverType implements NodeType {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
}

@ObjectType('WaiverConnection', { description: 'A page of waivers.' })
export class WaiverConnectionType extends connectionOf<SeenWaiver>('Waiver', () => WaiverType) {}

@ObjectType('WaiverPolicy', { description: 'How long and how often a rule may be waived.' })
export class WaiverPolicyType {
  @Field(() => Int, { description: 'Most days of a waiver, and of each renewal.' })
  maximumDays: number;

  @Field(() => Int, { description: 'Most renewals of one waiver.' })
  maximumRenewals: number;

  @Field(() => String, { description: 'Where these limits are from, in the language of the request.' })
  source: string;
}

@ObjectType('WaiverPayload', { description: 'What came of what was asked or decided of a waiver.' })
export class WaiverPayload {
  @Field(() => WaiverType, {
    nullable: true,
    description: 'The waiver, on a dry run as it would be; null where it was refused.',
  })
  waiver: SeenWaiver | null;

  @Field(() => [UserErrorType], { description: 'Everything that is wrong; empty where all went well.' })
  userErrors: readonly UserErrorType[];
}
