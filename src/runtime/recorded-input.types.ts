import { Field, InputType } from '@nestjs/graphql';
import { IsOptional, IsString, MaxLength, ValidateBy } from 'class-validator';
import { isWritableText } from '../core/landscape/record-fields.js';

/** What every input has that is recorded as an event. */
@InputType({ isAbstract: true })
export abstract class RecordedInput {
  @Field(() => String, {
    nullable: true,
    description: 'The same key of an agency with the same request is recorded once, and what came of it is told again.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  @ValidateBy({ name: 'isWritable', validator: { validate: isWritableText } })
  idempotencyKey?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Say what would come of it, and record nothing.' })
  dryRun: boolean;
}
