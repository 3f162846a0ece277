import { Field, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import { ChangeOperationInput } from '../registry/change-set.types.js';
import { DateScalar, UrnScalar } from '../runtime/scalars.js';

@InputType({ description: 'What agencies are asked to confirm, and until when.' })
export class OpenAttestationCampaignInput {
  @Field(() => String, { description: 'What it is called, up to 200 characters.' })
  @IsString()
  name: string;

  @Field(() => DateScalar, { description: 'The last day on which an answer is in time; a whole day, not in the past.' })
  dueOn: string;

  @Field(() => [UrnScalar], {
    nullable: true,
    description: 'The agencies that are asked; without it all that are there and own something that can be confirmed.',
  })
  agencies?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Why, up to 2,000 characters.' })
  reason?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Say what would come of it, and change nothing.' })
  dryRun: boolean;
}

@InputType({ description: 'A change of a campaign; what is not given stays.' })
export class ChangeAttestationCampaignInput {
  @Field(() => Int, { description: 'Number of the campaign.' })
  number: number;

  @Field(() => Int, { description: 'The version that the caller saw: a campaign that changed since is a conflict.' })
  expectedVersion: number;

  @Field(() => DateScalar, { nullable: true, description: 'Another last day; not in the past.' })
  dueOn?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether nobody is asked any more.' })
  closed?: boolean | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Say what would come of it, and change nothing.' })
  dryRun: boolean;
}

@InputType({ description: 'What an agency says of its own records on a day: whole or not at all.' })
export class AttestInput {
  @Field(() => UrnScalar, { description: 'The agency that says it; an officer speaks for his own alone.' })
  agency: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day of which it is said, a whole day; today in Viet Nam by default, and never later.',
  })
  on?: string | null;

  @Field(() => [UrnScalar], {
    defaultValue: [],
    description: 'Records of it that are right as they are. Refused where a correction of one waits.',
  })
  confirmed: string[];

  @Field(() => [UrnScalar], {
    defaultValue: [],
    description: 'Records of it that have no other data flows than those that are recorded.',
  })
  flowsComplete: string[];

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'That it has no other systems than those that are recorded. Refused while its corrections wait.',
  })
  inventoryComplete: boolean;

  @Field(() => [ChangeOperationInput], {
    defaultValue: [],
    description:
      'What is wrong with its records, as steps. They become a scenario of the agency that is ready to be merged; the ' +
      'landscape stays as it is until that is done, but for what was declared complete before and by them is not: its list ' +
      'where something comes to it or leaves it, the flows of records where one is corrected.',
  })
  @ValidateNested({ each: true })
  @Type(() => ChangeOperationInput)
  corrections: ChangeOperationInput[];

  @Field(() => String, { nullable: true, description: 'What else is to be said, up to 1,000 characters.' })
  @IsOptional()
  @IsString()
  note?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The revision the agency looked at: that what it speaks of changed since is a conflict, as is what came to its list or ' +
      'left it, or to the flows that are called complete.',
  })
  expectedRevision?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The same key of an agency with the same answer is recorded once, and the first is given again.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  idempotencyKey?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Say what would happen, and change nothing.' })
  dryRun: boolean;
}
