import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { IsInt, IsString } from 'class-validator';
import type { LandscapeView } from '../core/access/view.js';
import type { ElementKind, PartialDate } from '../core/landscape/model.js';
import type {
  Evidence,
  EvidenceEvent,
  EvidenceEventKind,
  EvidenceState,
  EvidenceStatus,
  EvidenceVerdict,
} from '../core/policy/evidence.js';
import type { Rule } from '../core/policy/rule.js';
import { NodeType } from '../registry/node.types.js';
import { ElementKindEnum } from '../registry/vocabulary.types.js';
import { connectionOf } from '../runtime/connection.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import { DateScalar, DateTimeScalar } from '../runtime/scalars.js';
import { UserErrorType } from '../runtime/user-error.types.js';
import { RuleType } from './compliance.types.js';

export const EvidenceStateEnum = graphqlEnum<EvidenceState>('EvidenceState', 'Where evidence stands on a day.', {
  SUBMITTED: 'Nobody has judged it yet; it shows nothing. Chờ xem xét.',
  NOT_YET_IN_FORCE: 'Accepted, and its first day is still to come. Chưa có hiệu lực.',
  IN_FORCE: 'Accepted, and between its first and its last day. Đang có hiệu lực.',
  EXPIRED: 'Its last day is over; it shows nothing any more. Hết hạn.',
  REJECTED: 'Not good enough; it shows nothing. Không được chấp nhận.',
  WITHDRAWN: 'Taken back. Đã rút.',
});

export const EvidenceVerdictEnum = graphqlEnum<EvidenceVerdict>(
  'EvidenceVerdict',
  'What accepted evidence was found to show.',
  {
    MET: 'What is asked for is met. Đáp ứng.',
    NOT_MET: 'What is asked for is not met. Không đáp ứng.',
  },
);

export const EvidenceEventKindEnum = graphqlEnum<EvidenceEventKind>(
  'EvidenceEventKind',
  'What happened to a piece of evidence.',
  {
    SUBMITTED: 'An agency submitted it. Nộp.',
    ACCEPTED: 'A reviewer accepted it, whatever it shows. Chấp nhận.',
    REJECTED: 'A reviewer found it not good enough. Không chấp nhận.',
    WITHDRAWN: 'It was taken back. Rút.',
  },
);

/** What is decided of evidence. */
export type EvidenceDecisionKind = 'ACCEPT' | 'REJECT';
export const EvidenceDecisionEnum = graphqlEnum<EvidenceDecisionKind>(
  'EvidenceDecision',
  'What is decided of evidence.',
  {
    ACCEPT: 'It can be judged by, and `verdict` says what it shows. Chấp nhận.',
    REJECT: 'It is not good enough, and what was unknown stays unknown. Không chấp nhận.',
  },
);

/** What happened to evidence, as it is kept. */
export interface KeptEvidenceEvent extends EvidenceEvent {
  /** When it was recorded, by the database's clock. */
  readonly at: Date;
}

/** Evidence as it is kept, with what is told of it beside what counts. */
export interface KeptEvidence extends Evidence {
  /** Code and version of the pack that its kind was read in. */
  readonly pack: string;
  readonly events: readonly [KeptEvidenceEvent, ...KeptEvidenceEvent[]];
}

/** Evidence as it stands on a day, with the landscape in which it is told. */
export interface SeenEvidence {
  readonly landscape: LandscapeView;
  readonly evidence: KeptEvidence;
  readonly status: EvidenceStatus;
  readonly today: PartialDate;
}

@ObjectType('EvidenceKind', { description: 'A document or link that rules ask for and people judge. Loại minh chứng.' })
export class EvidenceKindType {
  @Field(() => String, { description: 'Its id; rules read it as `self.evidence.<id>`.' })
  id: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Most days that it counts, from the day of the document or its acceptance; null = for good.',
  })
  validityDays: number | null;

  @Field(() => [ElementKindEnum], { description: 'Kinds of subject of which a rule asks for it.' })
  appliesTo: readonly ElementKind[];

  @Field(() => [RuleType], { description: 'The rules that ask for it.' })
  rules: readonly Rule[];
}

@ObjectType('EvidenceFile', {
  description: 'A file, told apart from all others by its hash. The file itself is not kept here.',
})
export class EvidenceFileType {
  @Field(() => String, { description: 'Its name, up to 255 characters.' })
  @IsString()
  name: string;

  @Field(() => String, { description: 'Its media type, for example application/pdf.' })
  @IsString()
  mediaType: string;

  @Field(() => Int, { description: 'Its size in bytes.' })
  @IsInt()
  size: number;

  @Field(() => String, { description: 'Its SHA-256: 64 hexadecimal digits in lower case.' })
  @IsString()
  sha256: string;
}

@ObjectType('EvidenceEvent', { description: 'One thing that happened to evidence. It is never changed.' })
export class EvidenceEventType {
  @Field(() => EvidenceEventKindEnum, { description: 'What happened.' })
  kind: EvidenceEventKind;

  @Field(() => DateScalar, { description: 'The day it happened; on earlier days it says nothing.' })
  on: string;

  @Field(() => String, { description: 'As whom: officer, architect or administrator.' })
  by: string;

  @Field(() => EvidenceVerdictEnum, { nullable: true, description: 'What it was found to show; null if not accepted.' })
  verdict: EvidenceVerdict | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Why, or of a submission what it says of itself; null for whoever is neither of the agency that submitted it nor ' +
      'speaks for the city.',
  })
  reason: string | null;

  @Field(() => DateTimeScalar, { description: "When it was recorded, by the database's clock." })
  at: string;
}

@ObjectType('Evidence', {
  implements: () => [NodeType],
  description:
    'A document or link that shows of a subject whether something is met, once a person other than who submitted it has ' +
    'judged it, and until its last day. Minh chứng.',
})
export class EvidenceType implements NodeType {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
}

@ObjectType('EvidenceConnection', { description: 'A page of evidence.' })
export class EvidenceConnectionType extends connectionOf<SeenEvidence>('Evidence', () => EvidenceType) {}

@ObjectType('EvidencePayload', { description: 'What came of what was submitted or decided.' })
export class EvidencePayload {
  @Field(() => EvidenceType, {
    nullable: true,
    description: 'The evidence, on a dry run as it would be; null where it was refused.',
  })
  evidence: SeenEvidence | null;

  @Field(() => [UserErrorType], { description: 'Everything that is wrong; empty where all went well.' })
  userErrors: readonly UserErrorType[];
}
