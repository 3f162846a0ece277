import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { AttestationRecordState, AttestationState, Mark, RecordMark } from '../core/landscape/attestation.js';
import type { LandscapeView } from '../core/access/view.js';
import type { Freshness } from '../core/landscape/data-quality.js';
import type { PartialDate } from '../core/landscape/model.js';
import { ChangeOperationType } from '../registry/change-set.types.js';
import { AgencyType, ElementType } from '../registry/element.types.js';
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
    DONE: 'All is confirmed, no correction that the caller may read waits, and its list is declared complete. Đã xong.',
    OVERDUE: 'It is not done, and the last day is over. Quá hạn.',
  },
);

export const AttestationRecordStateEnum = graphqlEnum<AttestationRecordState>(
  'AttestationRecordState',
  'Where a record stands that an agency is asked to confirm.',
  {
    TO_CONFIRM: 'To be confirmed, or corrected. Cần xác nhận.',
    CORRECTION_PENDING: 'The agency has corrected it, which waits to be merged. Chờ xử lý đính chính.',
    CONFIRMED:
      'Confirmed by its owner of today since it was asked, and unchanged; where nobody asks, not long ago. Đã xác nhận.',
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

  @Field(() => Boolean, {
    description: 'Whether nobody is asked any more: how far agencies are is then told as it was when it was closed.',
  })
  closed: boolean;

  @Field(() => String, { description: 'Who opened it.' })
  author: string;

  @Field(() => Int, { description: 'Raised by every change; name it as `expectedVersion` to change what you saw.' })
  version: number;
}

@ObjectType('AttestationProgress', {
  description:
    'How far an agency is with a campaign, worked out from the landscape as the caller sees it: of a closed one, from the ' +
    'landscape at its end.',
})
export class AttestationProgressType {
  @Field(() => AttestationCampaignType, { description: 'The campaign.' })
  campaign: AttestationCampaignType;

  @Field(() => AgencyType, { description: 'The agency.' })
  agency: SeenElement;

  @Field(() => Int, {
    description: 'Days that are left to the last one, or were when it was closed; negative when that is over.',
  })
  daysLeft: number;

  @Field(() => Int, { description: 'Number of records that it is asked to confirm.' })
  asked: number;

  @Field(() => Int, {
    description:
      'How many of them it has confirmed itself since the campaign was opened, and are unchanged; without those whose ' +
      'correction waits, where the caller may read corrections.',
  })
  confirmed: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many sets of corrections of it wait to be merged; null where the caller may not read them: nothing else here ' +
      'tells of them then.',
  })
  correctionsPending: number | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'When it declared its list complete by an attestation; null: not since the campaign was opened.',
  })
  listDeclaredCompleteOn: string | null;

  @Field(() => Boolean, { description: 'Whether any of that was only said after the last day.' })
  answeredLate: boolean;

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
    nullable: true,
    description:
      'Whether it was changed after its owner of today confirmed it; null where he has not, or the day came there in another ' +
      'way: nobody knows. Decisions on what becomes of it change nothing that is confirmed, and its relations are records of ' +
      'their own.',
  })
  changedSince: boolean | null;
}

/** A record with what else was found out of it. */
export interface WorkedRecord extends AttestationRecordType {
  /** The day on which its last confirmation was recorded; null where none is behind what it tells. */
  readonly saidOn: PartialDate | null;
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

/** What of all that agencies have said decides how far they are. */
export interface Answers {
  /** The last confirmation of each record, by urn. */
  readonly marks: ReadonlyMap<string, RecordMark>;
  /** The last declaration of each list, by urn of the agency. */
  readonly lists: ReadonlyMap<string, Mark>;
  /**
   * The records of which a correction waits, a list for each, by urn of the agency: of those alone whose corrections the
   * caller may read.
   */
  readonly corrected: ReadonlyMap<string, readonly (readonly string[])[]>;
}

@ObjectType('Attestation', { description: 'What an agency said of its records once. It is never changed.' })
export class AttestationType {}

@ObjectType('AttestationConnection', { description: 'A page of attestations.' })
export class AttestationConnectionType extends connectionOf<SeenAttestation>('Attestation', () => AttestationType) {}

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
