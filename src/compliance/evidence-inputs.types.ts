import { ArgsType, Field, ID, InputType, PickType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsOptional, IsString, ValidateNested } from 'class-validator';
import type { EvidenceState, EvidenceVerdict } from '../core/policy/evidence.js';
import { ForwardPageArgs } from '../runtime/page.js';
import { DateScalar, UrnScalar } from '../runtime/scalars.js';
import { EvidenceDecisionEnum, EvidenceFileType, EvidenceStateEnum, EvidenceVerdictEnum } from './evidence.types.js';
import type { EvidenceDecisionKind } from './evidence.types.js';
import { RecordedInput } from '../runtime/recorded-input.types.js';

@InputType({
  description: 'A file, told apart from all others by its hash. The file itself stays with who submits it.',
})
export class EvidenceFileInput extends PickType(
  EvidenceFileType,
  ['name', 'mediaType', 'size', 'sha256'] as const,
  InputType,
) {}

@InputType({ description: 'What an agency shows of something that it owns: a link, a file or both.' })
export class SubmitEvidenceInput extends RecordedInput {
  @Field(() => UrnScalar, {
    description: "What it speaks of: something that the officer's agency owns, or the agency.",
  })
  subject: string;

  @Field(() => String, { description: 'Id of its kind; `rulePack { evidence { id } }` has them.' })
  @IsString()
  kind: string;

  @Field(() => String, {
    nullable: true,
    description: 'Where it is: an http or https address without user and password, up to 2,000 characters.',
  })
  @IsOptional()
  @IsString()
  link?: string | null;

  @Field(() => EvidenceFileInput, {
    nullable: true,
    description: 'Which file it is; `link` may say where. The file itself is not sent.',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => EvidenceFileInput)
  file?: EvidenceFileInput | null;

  @Field(() => DateScalar, { nullable: true, description: 'The day of the document, a whole day that has come.' })
  documentedOn?: string | null;

  @Field(() => String, { nullable: true, description: 'What there is to say of it, up to 2,000 characters.' })
  @IsOptional()
  @IsString()
  note?: string | null;
}

/** An input about evidence that is there. */
@InputType({ isAbstract: true })
abstract class EvidenceActInput extends RecordedInput {
  @Field(() => ID, { description: 'Id of the evidence.' })
  @IsString()
  evidence: string;

  @Field(() => String, { description: 'Why, up to 2,000 characters.' })
  @IsString()
  reason: string;
}

@InputType({ description: 'Whether evidence is accepted, what it shows, from when until when, and why.' })
export class DecideEvidenceInput extends EvidenceActInput {
  @Field(() => EvidenceDecisionEnum, { description: 'What is decided.' })
  decision: EvidenceDecisionKind;

  @Field(() => EvidenceVerdictEnum, { nullable: true, description: 'What it shows; to be said of what is accepted.' })
  verdict?: EvidenceVerdict | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The first day that it counts; by default the day of the document, else today. Not before that.',
  })
  validFrom?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The last day that it counts; by default, and at most, as long as its kind counts from that day on.',
  })
  validTo?: string | null;
}

@InputType({ description: 'Which evidence is taken back, and why.' })
export class WithdrawEvidenceInput extends EvidenceActInput {}

@InputType({ description: 'Which evidence; all conditions that are given hold together.' })
export class EvidenceFilterInput {
  @Field(() => [UrnScalar], { nullable: true, description: 'Only of one of these subjects.' })
  subject?: readonly string[] | null;

  @Field(() => [String], { nullable: true, description: 'Only of kinds with one of these ids.' })
  kind?: readonly string[] | null;

  @Field(() => UrnScalar, { nullable: true, description: 'Only what this agency submitted.' })
  agency?: string | null;

  @Field(() => [EvidenceStateEnum], { nullable: true, description: 'Only what is in one of these states today.' })
  state?: readonly EvidenceState[] | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Only what is accepted, has not expired, and has its last day before this day.',
  })
  expiringBefore?: string | null;
}

/** Which evidence is wanted. */
@ArgsType()
export class EvidenceListArgs extends ForwardPageArgs {
  @Field(() => EvidenceFilterInput, { nullable: true, description: 'Which; all where nothing is given.' })
  @IsOptional()
  filter?: EvidenceFilterInput | null;
}
