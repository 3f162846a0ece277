import { Field, Int, ObjectType } from '@nestjs/graphql';
import { DateScalar } from '../runtime/scalars.js';
import { AgencyType } from './element.types.js';
import type { SeenElement } from './seen.types.js';

@ObjectType('SecurityLevel', {
  description: 'The information-system security level (1-5): proposed by the owner, approved by the authority.',
})
export class SecurityLevelType {
  @Field(() => Int, { nullable: true, description: 'What the owner proposed; null where nobody has told.' })
  proposed: number | null;

  @Field(() => Int, { nullable: true, description: 'What was approved; null where nobody has told.' })
  approved: number | null;

  @Field(() => String, { nullable: true, description: 'Number of the decision that approved it.' })
  dossierNumber: string | null;

  @Field(() => AgencyType, { nullable: true, description: 'The agency that approved it.' })
  approvedBy: SeenElement | null;

  @Field(() => DateScalar, { nullable: true, description: 'When it was approved, as far as known.' })
  approvedOn: string | null;

  @Field(() => Int, { nullable: true, description: 'Of how many people it handles basic personal data.' })
  basicDataSubjects: number | null;

  @Field(() => Int, { nullable: true, description: 'Of how many people it handles sensitive personal data.' })
  sensitiveDataSubjects: number | null;
}
