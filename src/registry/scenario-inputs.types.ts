import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { Exclude, Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import type { Json } from '../core/landscape/model.js';
import type { Choice, Resolution } from '../core/landscape/rebase-decision.js';
import type { ScenarioState } from '../core/landscape/scenario-state.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import { DateScalar, JsonScalar, UrnScalar } from '../runtime/scalars.js';
import { ChangeOperationInput } from './change-set.types.js';
import { ScenarioStateEnum } from './scenario.types.js';
import { OrderDirectionEnum } from './vocabulary.types.js';

export const ChoiceEnum = graphqlEnum<Choice>('ConflictChoice', 'How a conflict is decided.', {
  CURRENT: 'The landscape stays as it is there. Giữ dữ liệu hiện có.',
  SCENARIO: "The scenario's way. Theo kịch bản.",
  VALUE: 'A third value, for a field. Giá trị khác.',
});

export type ScenarioOrderField = 'CHANGED_AT' | 'CREATED_AT' | 'NAME' | 'TARGET_DATE';
const ScenarioOrderFieldEnum = graphqlEnum<ScenarioOrderField>('ScenarioOrderField', 'What scenarios are ordered by.', {
  CHANGED_AT: 'When it was changed last. Lần sửa cuối.',
  CREATED_AT: 'When it was begun. Ngày tạo.',
  NAME: 'Its name. Tên.',
  TARGET_DATE: 'The day it is to be reached; those without one last. Ngày đích.',
});

@InputType({ description: 'Which scenarios; what is not given does not narrow.' })
export class ScenarioFilterInput {
  @Field(() => [ScenarioStateEnum], { nullable: true, description: 'In one of these states.' })
  state?: ScenarioState[] | null;

  @Field(() => [UrnScalar], { nullable: true, description: 'Of one of these agencies.' })
  agency?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Only those with a target date, or only those without.' })
  isPlateau?: boolean | null;
}

@InputType({ description: 'One key of an order of scenarios.' })
export class ScenarioOrderInput {
  @Field(() => ScenarioOrderFieldEnum, { description: 'What to order by.' })
  field: ScenarioOrderField;

  @Field(() => OrderDirectionEnum, { defaultValue: 'ASC', description: 'In which direction.' })
  direction: 'ASC' | 'DESC';
}

@InputType({ description: 'A new scenario, on the landscape as it is now.' })
export class CreateScenarioInput {
  @Field(() => String, { description: 'Its name, up to 200 characters.' })
  name: string;

  @Field(() => String, { nullable: true, description: 'What it is for.' })
  purpose?: string | null;

  @Field(() => UrnScalar, { nullable: true, description: 'The agency that thinks of it; without it the whole city.' })
  agency?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'The day by which it is to be reached: makes it a plateau.' })
  targetDate?: string | null;

  @Field(() => [ChangeOperationInput], { nullable: true, description: 'Its steps, in order.' })
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => ChangeOperationInput)
  operations?: ChangeOperationInput[] | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Say what would come of it, and change nothing.' })
  dryRun: boolean;
}

@InputType({ description: 'Which scenario is meant, as the caller saw it.' })
class ScenarioTargetInput {
  @Field(() => ID, { description: 'The scenario.' })
  id: string;

  @Field(() => Int, { description: 'The version that the caller saw: a scenario that changed since is a conflict.' })
  expectedVersion: number;
}

@InputType({ description: 'A change of an open scenario; what is not given stays.' })
export class ChangeScenarioInput extends ScenarioTargetInput {
  @Field(() => String, { nullable: true, description: 'Its name, up to 200 characters.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is for; null takes it away.' })
  purpose?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'The day by which it is to be reached; null takes it away.' })
  targetDate?: string | null;

  @Field(() => [ChangeOperationInput], { nullable: true, description: 'All its steps anew.' })
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => ChangeOperationInput)
  operations?: ChangeOperationInput[] | null;

  @Field(() => [ChangeOperationInput], { nullable: true, description: 'Steps to come after those that are.' })
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => ChangeOperationInput)
  append?: ChangeOperationInput[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it is finished and may be merged. Not given, new steps make a finished one a draft again.',
  })
  ready?: boolean | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Say what would come of it, and change nothing.' })
  dryRun: boolean;
}

@InputType({ description: 'How one conflict is decided.' })
export class ConflictResolutionInput implements Resolution {
  @Field(() => UrnScalar, { description: 'The object.' })
  urn: string;

  @Field(() => String, { nullable: true, defaultValue: null, description: 'The field; null for the whole object.' })
  path: string | null;

  @Field(() => ChoiceEnum, { description: 'Which side is kept.' })
  choose: Choice;

  @Field(() => JsonScalar, { nullable: true, description: 'VALUE: what the field is to be; without it, unknown.' })
  // Any JSON: nothing of its shape is checked by class, and its keys may be names of JavaScript too.
  @Exclude()
  value?: Json;
}

@InputType({ description: 'Moves an open scenario to the landscape as it is now.' })
export class RebaseScenarioInput extends ScenarioTargetInput {
  @Field(() => [ConflictResolutionInput], { defaultValue: [], description: 'How conflicts are decided.' })
  @ValidateNested({ each: true })
  @Type(() => ConflictResolutionInput)
  resolutions: ConflictResolutionInput[];

  @Field(() => Boolean, { defaultValue: false, description: 'Say what would happen, and change nothing.' })
  dryRun: boolean;
}

@InputType({ description: 'Makes a ready scenario part of the landscape.' })
export class MergeScenarioInput extends ScenarioTargetInput {
  @Field(() => String, { description: 'Why, in words that a later reader of the log understands.' })
  reason: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Say what would happen, and change nothing; it need not be ready for that.',
  })
  dryRun: boolean;
}

@InputType({ description: 'Undoes a merged scenario.' })
export class RevertScenarioInput extends ScenarioTargetInput {
  @Field(() => String, { description: 'Why, in words that a later reader of the log understands.' })
  reason: string;

  @Field(() => Boolean, { defaultValue: false, description: 'Say what would happen, and change nothing.' })
  dryRun: boolean;
}

@InputType({ description: 'Gives an open scenario up.' })
export class ArchiveScenarioInput extends ScenarioTargetInput {
  @Field(() => Boolean, { defaultValue: false, description: 'Say what would come of it, and change nothing.' })
  dryRun: boolean;
}
