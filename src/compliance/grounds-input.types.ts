import { Field, InputType } from '@nestjs/graphql';
import { IsOptional, IsString, MaxLength } from 'class-validator';

/** What every input has by which something is asked or decided. */
@InputType({ isAbstract: true })
export abstract class GroundsInput {
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

  @Field(() => String, {
    nullable: true,
    description: 'The same key with the same request is recorded once, and what came of it is told again.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  idempotencyKey?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Say what would come of it, and record nothing.' })
  dryRun: boolean;
}
