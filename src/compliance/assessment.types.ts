import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { Min } from 'class-validator';
import { FIRST_TIER } from '../core/policy/rule-pack.js';
import { ElementType } from '../registry/element.types.js';
import { LandscapeArgs } from '../registry/landscape-args.types.js';
import type { SeenElement } from '../registry/seen.types.js';
import { UrnScalar } from '../runtime/scalars.js';
import { ComplianceSumsType, TIER_DESCRIPTION } from './compliance.types.js';

/** Of what an assessment is asked. */
@ArgsType()
export class AssessmentArgs extends LandscapeArgs {
  @Field(() => UrnScalar, { description: 'What is assessed.' })
  subject: string;

  @Field(() => Int, { defaultValue: FIRST_TIER, description: TIER_DESCRIPTION })
  @Min(1)
  tier: number;
}

/** What the rules say of one element, summed up. */
export interface SeenAssessment extends ComplianceSumsType {
  readonly subject: SeenElement;
  readonly tier: number;
}

@ObjectType('ComplianceAssessment', {
  description: 'What the rules say of one element, summed up; the coverage tells how much of it is known.',
})
export class ComplianceAssessmentType extends ComplianceSumsType {
  @Field(() => ElementType, { description: 'What is assessed.' })
  subject: SeenElement;

  @Field(() => String, { description: 'Code and version of the rule pack.' })
  packVersion: string;

  @Field(() => Int, { description: 'Revision of the landscape that was judged.' })
  landscapeRevision: number;
}
