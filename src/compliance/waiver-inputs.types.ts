import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import { IsOptional, IsString } from 'class-validator';
import type { WaiverState } from '../core/policy/waiver.js';
import { PageArgs } from '../runtime/page.js';
import { DateScalar, UrnScalar } from '../runtime/scalars.js';
import { GroundsInput } from './grounds-input.types.js';
import { WaiverDecisionEnum, WaiverOrderEnum, WaiverStateEnum } from './waiver.types.js';
import type { WaiverDecision, WaiverOrder } from './waiver.types.js';

@InputType({ description: 'What an agency wants a rule to be waived for, and until when.' })
export class RequestWaiverInput extends GroundsInput {
  @Field(() => UrnScalar, { description: 'The agency that asks; an officer asks for his own alone.' })
  agency: string;

  @Field(() => String, { description: 'Code of the rule, for example R-07.' })
  @IsString()
  rule: string;

  @Field(() => [UrnScalar], {
    defaultValue: [],
    description: 'What it is to be waived for: up to 100 elements that the agency owns.',
  })
  subjects: string[];

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'That it is to be waived for all that the agency owns, in place of `subjects`.',
  })
  wholeAgency: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'What is done meanwhile so that the failure does less harm, up to 2,000 characters.',
  })
  @IsOptional()
  @IsString()
  compensatingMeasure?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The first day, a whole day, not in the past; today in Viet Nam by default.',
  })
  validFrom?: string | null;

  @Field(() => DateScalar, { description: 'The last day, a whole day; `waiverPolicy` says how late it may be.' })
  validTo: string;
}

/** An input about a waiver that is there. */
@InputType({ isAbstract: true })
abstract class WaiverActInput extends GroundsInput {
  @Field(() => ID, { description: 'Id of the waiver.' })
  @IsString()
  waiver: string;
}

@InputType({ description: 'Whether a request for a waiver is approved or denied, and why.' })
export class DecideWaiverInput extends WaiverActInput {
  @Field(() => WaiverDecisionEnum, { description: 'What is decided.' })
  decision: WaiverDecision;
}

@InputType({ description: 'Which waiver is ended, or which request withdrawn, and why.' })
export class RevokeWaiverInput extends WaiverActInput {}

@InputType({ description: 'Which waiver lasts longer, until when, and why.' })
export class RenewWaiverInput extends WaiverActInput {
  @Field(() => DateScalar, { description: 'The new last day, a whole day after the one before.' })
  validTo: string;
}

/** Which waivers are wanted, and in which order. */
@ArgsType()
export class WaiverListArgs extends PageArgs {
  @Field(() => [String], { nullable: true, description: 'Only those of rules with one of these codes.' })
  rule?: readonly string[] | null;

  @Field(() => UrnScalar, { nullable: true, description: 'Only those that this agency asked for.' })
  agency?: string | null;

  @Field(() => [WaiverStateEnum], { nullable: true, description: 'Only those that are in one of these states today.' })
  state?: readonly WaiverState[] | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Only those in force whose last day is today or at most so many days from now.',
  })
  expiringWithinDays?: number | null;

  @Field(() => WaiverOrderEnum, { defaultValue: 'AGE', description: 'In which order.' })
  orderBy: WaiverOrder;
}
