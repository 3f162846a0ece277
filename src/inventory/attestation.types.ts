import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { AttestationRecordState, AttestationState, Mark } from '../core/landscape/attestation.js';
import type { LandscapeView } from '../core/access/view.js';
import type { Freshness } from '../core/landscape/data-quality.js';
import type { Element } from '../core/landscape/model.js';
import { ChangeOperationType } from '../registry/change-set.types.js';
import { AgencyType, ElementType } from '../registry/element.types.js';
import type { ScenarioRow } from '../registry/scenario.reader.js';
import { ScenarioType } from '../registry/scenario.types.js';
import type { SeenElement } from '../registry/seen.types.js';
import { connectionOf } from '../runtime/connection.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import { DateScalar } from '../runtime/scalars.js';
import { UserErrorType } from '../runtime/user-error.types.js';
import type { AttestationRow } from './attestation.entity.js';
import { FreshnessEnum } from './quality.types.js';

export const AttestationStateEnum = graphqlEnum<AttestationState>(
  'AttestationState',
  'How far an agency is with what it was asked to confirm.',
  {
    NOT_BEGUN: 'It has said nothing yet. Chưa bắt đầu.',
    IN_PROGRESS: 'It has said something, and not all. Đang thực hiện.',
    DONE: 'All is confirmed, no correction waits, and its list is declared complete. Đã xong.',
    OVERDUE: 'It is not done, and the last day is over. Quá hạn.',
  },
);

export const AttestationRecordStateEnum = graphqlEnum<AttestationRecordState>(
  'AttestationRecordState',
  'Where a record stands that an agency is asked to confirm.',
  {
    TO_CONFIRM: 'To be confirmed, or corrected. Cần xác nhận.',
    CORRECTION_PENDING: 'The agency has corrected it, which waits to be merged. Chờ xử lý đính chính.',
    CONFIRMED: 'Confirmed since it was asked; where nobody asks, not long ago. Đã xác nhận.',
  },
);

@ObjectType('AttestationCampaign', { description: 'What agencies are asked to confirm of their records, until a day.' })
export class AttestationCampaignType {
  @Field(() => Int, { description: 'Its number, from 1.' })
  number: number;

  @Field(() => String, { description: 'What it is called.' })
  name: string;

  @Field(() => DateScalar, { description: 'The day it was opened: what was confirmed before does not count.' })
  openedOn: string;

  @Field(() => DateScalar, { description: 'The last day on which an answer is in time.' })
  dueOn: string;

  @Field(() => String, { nullable: true, description: 'Why agencies are asked.' })
  reason: string | null;

  @Field(() => Boolean, { description: 'Whether nobody is asked any more.' })
  closed: boolean;

  @Field(() => Int, { description: 'Raised by every change; name it as `expectedVersion` to change what you saw.' })
  version: number;
}

@ObjectType('AttestationProgress', {
  description: 'How far an agency is with a campaign, worked out from the landscape as the caller sees it.',
})
export class AttestationProgressType {
  @Field(() => AttestationCampaignType, { description: 'The campaign.' })
  campaign: AttestationCampaignType;

  @Field(() => AgencyType, { description: 'The agency.' })
  agency: SeenElement;

  @Field(() => Int, { description: 'Days that are left to the last one; negative when it is over.' })
  daysLeft: number;

  @Field(() => Int, { description: 'Number of records that it is asked to confirm.' })
  asked: number;

  @Field(() => Int, { description: 'How many of them are confirmed since the campaign was opened, and unchanged.' })
  confirmed: number;

  @Field(() => Int, {
    nullable: true,
    description: 'How many sets of corrections of it wait to be merged; null where the caller may not read them.',
  })
  correctionsPending: number | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'When it declared its list complete; null: not since the campaign was opened.',
  })
  listDeclaredCompleteOn: string | null;

  @Field(() => AttestationStateEnum, { description: 'How far it is.' })
  state: AttestationState;
}

@ObjectType('AttestationProgressConnection', { description: 'A page of agencies with how far they are.' })
export class AttestationProgressConnectionType extends connectionOf<AttestationProgressType>(
  'AttestationProgress',
  () => AttestationProgressType,
) {}

@ObjectType('AttestationCampaignConnection', { description: 'A page of campaigns.' })
export class AttestationCampaignConnectionType extends connectionOf<AttestationCampaignType>(
  'AttestationCampaign',
  () => AttestationCampaignType,
) {}

@ObjectType('AttestationRecord', { description: 'A record that an agency is asked to confirm.' })
export class AttestationRecordType {
  @Field(() => ElementType, { description: 'The record.' })
  element: SeenElement;

  @Field(() => AttestationRecordStateEnum, { description: 'Where it stands.' })
  state: AttestationRecordState;

  @Field(() => DateScalar, { nullable: true, description: 'When it was confirmed last; null: never, as far as known.' })
  attestedOn: string | null;

  @Field(() => FreshnessEnum, { description: 'How long ago that is.' })
  freshness: Freshness;

  @Field(() => Int, { description: 'How many facts of it are missing.' })
  missingCount: number;

  @Field(() => Boolean, {
    description:
      'Whether it was changed otherwise after the attestation that confirmed it. Its relations are records of their own.',
  })
  changedSince: boolean;
}

@ObjectType('AttestationRecordConnection', { description: 'A page of records that an agency is asked to confirm.' })
export class AttestationRecordConnectionType extends connectionOf<AttestationRecordType>(
  'AttestationRecord',
  () => AttestationRecordType,
) {}

@ObjectType('AttestedElementConnection', { description: 'A page of elements of which an agency said something.' })
export class AttestedElementConnectionType extends connectionOf<SeenElement>('AttestedElement', () => ElementType) {}

/** An attestation with the view in which it is told. */
export interface SeenAttestation {
  readonly landscape: LandscapeView;
  readonly row: AttestationRow;
}

/** All that agencies have said, and what of their corrections waits. */
export interface Answers {
  /** In the order in which they were said. */
  readonly rows: readonly AttestationRow[];
  readonly marks: ReadonlyMap<string, Mark>;
  /** The corrections that wait, by urn of the agency. */
  readonly waiting: ReadonlyMap<string, readonly ScenarioRow[]>;
}

@ObjectType('Attestation', { description: 'What an agency said of its records once. It is never changed.' })
export class AttestationType {}

@ObjectType('AttestationConnection', { description: 'A page of attestations.' })
export class AttestationConnectionType extends connectionOf<SeenAttestation>('Attestation', () => AttestationType) {}

/** What an agency is asked, with all that was said of it, in somebody's view. */
export interface SeenAttestationPage {
  readonly landscape: LandscapeView;
  readonly agency: Element;
  readonly answers: Answers;
}

@ObjectType('AttestationPage', { description: 'What an agency has to confirm, and has confirmed.' })
export class AttestationPageType {}

@ObjectType('AttestationCampaignPayload', { description: 'What came of opening or changing a campaign.' })
export class AttestationCampaignPayload {
  @Field(() => AttestationCampaignType, {
    nullable: true,
    description: 'The campaign, on a dry run as it would be; null where it was refused.',
  })
  campaign: AttestationCampaignType | null;

  @Field(() => [UserErrorType], { description: 'Everything that is wrong; empty where all went well.' })
  userErrors: readonly UserErrorType[];
}

@ObjectType('AttestPayload', { description: 'What came of what an agency said.' })
export class AttestPayload {
  @Field(() => AttestationType, {
    nullable: true,
    description: 'What is kept of it; null where it was refused or a dry run.',
  })
  attestation: SeenAttestation | null;

  @Field(() => ScenarioType, {
    nullable: true,
    description: 'The scenario of its corrections; null where there are none, it was refused, or a dry run.',
  })
  scenario: ScenarioType | null;

  @Field(() => [ChangeOperationType], {
    description: 'What was written to the landscape, or would be, in order; empty where the answer is told again.',
  })
  operations: readonly ChangeOperationType[];

  @Field(() => Int, { nullable: true, description: 'Revision of the landscape it made, or would make; null for none.' })
  revision: number | null;

  @Field(() => [UserErrorType], { description: 'Everything that is wrong; empty where all went well.' })
  userErrors: readonly UserErrorType[];
}
