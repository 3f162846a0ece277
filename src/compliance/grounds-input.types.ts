import { Field, InputType } from '@nestjs/graphql';
import { IsOptional, IsString } from 'class-validator';
import { RecordedInput } from '../runtime/recorded-input.types.js';

/** What every input has by which something is asked or decided. */
@InputType({ isAbstract: true })
export abstract class GroundsInput extends RecordedInput {
  @Field(() => String, { description: 'Why, up to 2,000 characters.' })
  @IsString()
  reason: string;

  @Field(() => String, {
    nullable: true,
    description: 'The paper it rests on, by its number and words, up to 500 characters. Whoever decides names one.',
  })
  @IsOptional()
  @IsString()
  document?: string | null;
}
