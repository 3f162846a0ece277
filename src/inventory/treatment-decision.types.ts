import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import { IsString } from 'class-validator';
import type { TreatmentOption } from '../core/policy/treatment.js';
import { ChangeOperationType, ChangeSetType } from '../registry/change-set.types.js';
import { DateScalar, UrnScalar } from '../runtime/scalars.js';
import { UserErrorType } from '../runtime/user-error.types.js';
import { TreatmentOptionEnum, TreatmentType } from './treatment.types.js';
import type { SeenTreatment } from './treatment.types.js';

@InputType({ description: 'What a person decided to become of a thing. It takes the place of an earlier decision.' })
export class DecideTreatmentInput {
  @Field(() => UrnScalar, { description: 'A system, platform, database, service or infrastructure.' })
  element: string;

  @Field(() => TreatmentOptionEnum, { description: 'What was decided; not UNDECIDED.' })
  option: TreatmentOption;

  @Field(() => UrnScalar, { description: 'The agency that decided.' })
  decidedBy: string;

  @Field(() => DateScalar, { description: 'When it was decided; not in the future.' })
  decidedOn: string;

  @Field(() => UrnScalar, { nullable: true, description: 'The legal document on which it rests.' })
  legalBasis?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Its number or article, or a paper that is not in the registry.',
  })
  legalNote?: string | null;

  @Field(() => UrnScalar, { nullable: true, description: 'What takes its place.' })
  successor?: string | null;

  @Field(() => [UrnScalar], {
    defaultValue: [],
    description: 'What it is merged or reorganised with; MERGE_REORGANISE needs at least one.',
  })
  withElements: string[];

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'That it shall end although others still need it, which is refused otherwise.',
  })
  confirmed: boolean;

  @Field(() => String, { description: 'Why, in words that a later reader understands.' })
  @IsString()
  reason: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The revision the author looked at: that the element changed since is a conflict.',
  })
  expectedRevision?: number | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Say what would happen, and change nothing.' })
  dryRun: boolean;
}

@ObjectType('DecideTreatmentPayload', { description: 'What came of a decision.' })
export class DecideTreatmentPayload {
  @Field(() => TreatmentType, {
    nullable: true,
    description: 'The treatment as it is now; null where it was refused or a dry run.',
  })
  treatment: SeenTreatment | null;

  @Field(() => ChangeSetType, {
    nullable: true,
    description: 'The change set; null where it was refused or a dry run.',
  })
  changeSet: ChangeSetType | null;

  @Field(() => [ChangeOperationType], {
    description: 'What was done, or would be, in order; empty where it was refused.',
  })
  operations: readonly ChangeOperationType[];

  @Field(() => [UserErrorType], { description: 'Everything that is wrong; empty where all went well.' })
  userErrors: readonly UserErrorType[];
}
