import { ArgsType, Field, InputType, Int } from '@nestjs/graphql';
import { IsInt, IsOptional, IsString, MaxLength } from 'class-validator';
import { LandscapeArgs } from '../registry/landscape-args.types.js';
import { PageArgs } from '../runtime/page.js';
import { DateScalar, JsonScalar } from '../runtime/scalars.js';
import { GroundsInput } from './grounds-input.types.js';
import { OutcomeChangeKindEnum } from './rule-preview.types.js';
import type { OutcomeChangeKind } from './rule-preview.types.js';

@InputType({ description: 'A rule, and why it is drafted.' })
export class DraftRuleInput extends GroundsInput {
  @Field(() => JsonScalar, {
    description: 'The rule as JSON, of the shape that rules of the pack have; up to 65,536 characters.',
  })
  rule: unknown;
}

@InputType({ description: 'Which draft is published, what was looked at before, and why.' })
export class PublishRuleInput extends GroundsInput {
  @Field(() => Int, { description: 'Number of the draft.' })
  @IsInt()
  draft: number;

  @Field(() => String, { description: 'Hash of the preview that was looked at.' })
  @IsString()
  preview: string;
}

@InputType({ description: 'Which rule is not asked any more, from which day, what was looked at before, and why.' })
export class WithdrawRuleInput extends GroundsInput {
  @Field(() => String, { description: 'Code of the rule.' })
  @IsString()
  rule: string;

  @Field(() => DateScalar, { description: 'The first day on which it is not asked: a whole day, not in the past.' })
  from: string;

  @Field(() => String, { description: 'Hash of the preview of its withdrawal that was looked at.' })
  @IsString()
  preview: string;
}

/** Which citation of which rule. */
@InputType({ isAbstract: true })
abstract class CitationInput extends GroundsInput {
  @Field(() => String, { description: 'Code of the rule.' })
  @IsString()
  rule: string;

  @Field(() => String, { description: 'The version of the rule that was looked at.' })
  @IsString()
  version: string;

  @Field(() => Int, { description: "The citation's place among those of the rule, from 0; the first one carries it." })
  @IsInt()
  citation: number;
}

@InputType({ description: 'Which citation was compared with the signed text, by whom and where.' })
export class VerifyCitationInput extends CitationInput {
  @Field(() => String, { description: 'Who has read the signed text, by name and office, up to 200 characters.' })
  @IsString()
  verifiedBy: string;
}

@InputType({ description: 'Which citation is not to be taken as verified any more, why, and by what paper.' })
export class DisputeCitationInput extends CitationInput {}

/** Which rule is tried, on which landscape. */
@ArgsType()
export class PreviewRuleArgs extends LandscapeArgs {
  @Field(() => JsonScalar, { nullable: true, description: 'A rule as JSON.' })
  @IsOptional()
  rule?: unknown;

  @Field(() => Int, { nullable: true, description: 'In place of `rule`: number of a draft.' })
  draft?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'In place of `rule`: code of a rule in use, as if it were withdrawn and not asked from today on.',
  })
  @IsOptional()
  @IsString()
  withdrawal?: string | null;
}

/** Which changes of a preview are wanted. */
@ArgsType()
export class OutcomeChangeArgs extends PageArgs {
  @Field(() => OutcomeChangeKindEnum, { defaultValue: 'ANY', description: 'Only these.' })
  kind: OutcomeChangeKind;
}

/** Which versions are wanted. */
@ArgsType()
export class RuleVersionArgs extends PageArgs {
  @Field(() => String, { description: 'Code of the rule.' })
  @IsString()
  @MaxLength(100)
  code: string;
}
