import { ArgsType, Field, ID, InputType } from '@nestjs/graphql';
import { IsOptional, IsString } from 'class-validator';
import type { DuplicateCaseState, DuplicateVerdict } from '../core/similarity/duplicate-case.js';
import { ForwardPageArgs } from '../runtime/page.js';
import { RecordedInput } from '../runtime/recorded-input.types.js';
import { MoneyScalar, UrnScalar } from '../runtime/scalars.js';
import { DuplicateCaseStateEnum, DuplicateVerdictEnum } from './duplicate-case.types.js';

/** What every input about a case has. */
@InputType({ isAbstract: true })
abstract class CaseInput extends RecordedInput {
  @Field(() => String, { description: 'Why, up to 2,000 characters.' })
  @IsString()
  reason: string;
}

@InputType({ description: 'A pair of registered elements that people are to look at.' })
export class OpenDuplicateCaseInput extends CaseInput {
  @Field(() => UrnScalar, { description: 'One of the two: it is compared with the other as if it were proposed.' })
  subject: string;

  @Field(() => UrnScalar, { description: 'The other.' })
  match: string;
}

@InputType({ description: 'What is decided of a pair, and why.' })
export class DecideDuplicateCaseInput extends CaseInput {
  @Field(() => ID, { description: 'Id of the case.' })
  @IsString()
  case: string;

  @Field(() => DuplicateVerdictEnum, { description: 'What is decided. MERGED is for two projects.' })
  state: DuplicateVerdict;

  @Field(() => DuplicateCaseStateEnum, {
    description: 'The state that whoever decides has seen: where it is another one by now, nothing is recorded.',
  })
  expectedState: DuplicateCaseState;

  @Field(() => MoneyScalar, { nullable: true, description: 'Whole dong that need not be spent by this decision.' })
  @IsOptional()
  avoidedCost?: number | null;
}

/** Which cases are wanted. */
@ArgsType()
export class DuplicateCaseListArgs extends ForwardPageArgs {
  @Field(() => [DuplicateCaseStateEnum], { nullable: true, description: 'Only those that are in one of these states.' })
  state?: readonly DuplicateCaseState[] | null;

  @Field(() => UrnScalar, { nullable: true, description: 'Only those of which this agency owns one of the two.' })
  agency?: string | null;
}
