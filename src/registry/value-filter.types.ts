import { Field, InputType, Int } from '@nestjs/graphql';
import type { AttributeFilter, DateFilter, IntFilter, StringFilter } from '../core/landscape/filter.js';
import { DateScalar } from '../runtime/scalars.js';

@InputType({ description: 'Conditions on a text; all that are given must hold.' })
export class StringFilterInput implements StringFilter {
  @Field(() => String, { nullable: true, description: 'Exactly this.' })
  eq?: string | null;

  @Field(() => String, { nullable: true, description: 'A text that is another one; no text is none.' })
  ne?: string | null;

  @Field(() => [String], { nullable: true, description: 'One of these.' })
  in?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Contains this; case and Vietnamese marks do not count.' })
  contains?: string | null;

  @Field(() => String, { nullable: true, description: 'Begins with this; case and Vietnamese marks do not count.' })
  startsWith?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether there is no text at all.' })
  isNull?: boolean | null;
}

@InputType({ description: 'Conditions on a whole number; all that are given must hold.' })
export class IntFilterInput implements IntFilter {
  @Field(() => Int, { nullable: true, description: 'Equal to.' })
  eq?: number | null;

  @Field(() => Int, { nullable: true, description: 'Less than.' })
  lt?: number | null;

  @Field(() => Int, { nullable: true, description: 'Less than or equal to.' })
  lte?: number | null;

  @Field(() => Int, { nullable: true, description: 'Greater than.' })
  gt?: number | null;

  @Field(() => Int, { nullable: true, description: 'Greater than or equal to.' })
  gte?: number | null;

  @Field(() => [Int], { nullable: true, description: 'One of these.' })
  in?: number[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether there is no number at all.' })
  isNull?: boolean | null;
}

@InputType({
  description:
    'Conditions on a date that may be known by its year or month only. Only what is sure counts: a year is neither before nor after a day of it.',
})
export class DateFilterInput implements DateFilter {
  @Field(() => DateScalar, { nullable: true, description: 'Surely on that day, in that month, in that year.' })
  eq?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Surely before it began.' })
  before?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Surely after it was over.' })
  after?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether there is no date at all.' })
  isNull?: boolean | null;
}

@InputType({
  description: 'Conditions on one attribute, security levels among them; a value of another type is as good as none.',
})
export class AttributeFilterInput implements AttributeFilter {
  @Field(() => String, { description: 'Key of the attribute.' })
  key: string;

  @Field(() => Boolean, { nullable: true, description: 'Whether the attribute is known (declared absent counts).' })
  isKnown?: boolean | null;

  @Field(() => StringFilterInput, { nullable: true, description: 'Of a text, or of any text of a list.' })
  string?: StringFilterInput | null;

  @Field(() => IntFilterInput, { nullable: true, description: 'Of a whole number.' })
  int?: IntFilterInput | null;

  @Field(() => DateFilterInput, { nullable: true, description: 'Of a date.' })
  date?: DateFilterInput | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it is so; what is not known is neither.' })
  boolean?: boolean | null;
}
