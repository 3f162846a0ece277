import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import type { PartialDate } from '../core/landscape/model.js';
import { DateScalar, DateTimeScalar } from '../runtime/scalars.js';

@InputType('AsOf', {
  description: 'What was known (a revision or a moment) and what is valid (a calendar date); both default to now.',
})
export class AsOfInput {
  @Field(() => Int, { nullable: true, description: 'The landscape as it was at this revision.' })
  revision?: number | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'The landscape as it was known at this moment; not together with `revision`.',
  })
  knownAt?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      'Only what may have held on this day: relations that were surely over or not begun, and elements that had surely not begun, are left out; phases are those of the day, as far as what is recorded leaves no doubt. Without it nothing is left out, and phases are those of today.',
  })
  validOn?: string | null;
}

/** Which landscape a read is answered from. */
export interface LandscapeRequest {
  readonly asOf?: AsOfInput | null | undefined;
  readonly scenarioId?: string | null | undefined;
  /**
   * The day as which it is looked at, as if it were today: nothing is left out, and what ends later has not ended. Today
   * by default; nobody asks for it from outside.
   */
  readonly asIfToday?: PartialDate | undefined;
}

/** The arguments of every read of the landscape. */
@ArgsType()
export class LandscapeArgs implements LandscapeRequest {
  @Field(() => AsOfInput, { nullable: true, description: 'The past, or another day; the newest and today by default.' })
  asOf?: AsOfInput | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The landscape that a scenario makes of its base; of `asOf` only the day goes together with it.',
  })
  scenarioId?: string | null;
}
