import { Field, Int, ObjectType } from '@nestjs/graphql';

@ObjectType('FacetBucket', { description: 'How many things share one value.' })
export class FacetBucketType {
  @Field(() => String, {
    description:
      'The value: a word, a number, true or false, the urn of an owner; UNKNOWN where nobody has told, DECLARED_ABSENT where it was said that there is none, NOT_APPLICABLE where it makes no sense.',
  })
  key: string;

  @Field(() => String, { description: 'The value in the language of the request.' })
  label: string;

  @Field(() => Int, { description: 'How many.' })
  count: number;
}

@ObjectType('Facet', { description: 'How often each value of a field occurs in a whole list, not only on the page.' })
export class FacetType {
  @Field(() => String, { description: 'The field.' })
  field: string;

  @Field(() => [FacetBucketType], {
    description: 'The values that occur, the most frequent first; what has no value last.',
  })
  buckets: readonly FacetBucketType[];
}

@ObjectType('CountGroup', { description: 'How many things share their values in several fields.' })
export class CountGroupType {
  @Field(() => [String], { description: 'The value in each field, as the key of a bucket.' })
  keys: readonly string[];

  @Field(() => [String], { description: 'The values in the language of the request.' })
  labels: readonly string[];

  @Field(() => Int, { description: 'How many.' })
  count: number;
}
