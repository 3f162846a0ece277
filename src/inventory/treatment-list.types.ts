import { ArgsType, Field } from '@nestjs/graphql';
import type { TreatmentOption } from '../core/policy/treatment.js';
import { PageArgs } from '../runtime/page.js';
import { UrnScalar } from '../runtime/scalars.js';
import { TreatmentOptionEnum, TreatmentOrderEnum } from './treatment.types.js';
import type { TreatmentOrder } from './treatment.types.js';

/** Which treatments are wanted, and in which order. */
@ArgsType()
export class TreatmentListArgs extends PageArgs {
  @Field(() => UrnScalar, { nullable: true, description: 'Only what this agency owns; everything without it.' })
  agency?: string | null;

  @Field(() => [TreatmentOptionEnum], { nullable: true, description: 'Only those for which one of these is proposed.' })
  proposed?: readonly TreatmentOption[] | null;

  @Field(() => [TreatmentOptionEnum], {
    nullable: true,
    description: 'Only those of which one of these was decided; UNDECIDED: nothing was.',
  })
  decided?: readonly TreatmentOption[] | null;

  @Field(() => TreatmentOrderEnum, { defaultValue: 'AGE', description: 'In which order.' })
  orderBy: TreatmentOrder;
}
