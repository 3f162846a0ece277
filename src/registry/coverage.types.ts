import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { NeedKind } from '../core/landscape/need-kinds.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import { DateScalar } from '../runtime/scalars.js';
import { ElementType } from './element.types.js';
import { RelationType } from './relation.types.js';
import type { SeenElement, SeenRelation } from './seen.types.js';

export type CoverageVerdict = 'COMPLETE' | 'LOWER_BOUND' | 'UNKNOWN';
export const CoverageVerdictEnum = graphqlEnum<CoverageVerdict>(
  'CoverageVerdict',
  'How far an answer can be trusted.',
  {
    COMPLETE: 'Everything the answer needs is known. Đủ dữ liệu.',
    LOWER_BOUND: 'At least this much is so; more may be. Ít nhất là như vậy.',
    UNKNOWN: 'Too little is known to say. Chưa đủ căn cứ.',
  },
);

/** A fact nobody has told, and who could. `question` is already in the language of the request. */
export interface MissingFact {
  readonly field: string;
  readonly question: string | null;
  readonly element: SeenElement | null;
  readonly relation: SeenRelation | null;
  readonly askedFrom: SeenElement | null;
}

@ObjectType('MissingFact', { description: 'A fact that nobody has told, and whom to ask.' })
export class MissingFactType implements MissingFact {
  @Field(() => String, { description: 'Field or attribute that is missing.' })
  field: string;

  @Field(() => String, {
    nullable: true,
    description: 'The question that would fill it, in the language of the request.',
  })
  question: string | null;

  @Field(() => ElementType, { nullable: true, description: 'The element that lacks it.' })
  element: SeenElement | null;

  @Field(() => RelationType, { nullable: true, description: 'The relation that lacks it.' })
  relation: SeenRelation | null;

  @Field(() => ElementType, { nullable: true, description: 'The agency that can answer; null where nobody is known.' })
  askedFrom: SeenElement | null;
}

export interface Coverage {
  readonly verdict: CoverageVerdict;
  readonly objectsKnown: number;
  readonly missing: readonly MissingFact[];
  /** Kinds of need that lead on from what was looked at and were not followed; none where there are none. */
  readonly unfollowed?: readonly NeedKind[];
  readonly attestedOn: string | null;
}

@ObjectType('Coverage', { description: 'How much is known behind an answer, what is missing, and whom to ask.' })
export class CoverageType {
  @Field(() => CoverageVerdictEnum, { description: 'How far the answer can be trusted.' })
  verdict: CoverageVerdict;

  @Field(() => Int, { description: 'Number of objects the answer was sought among.' })
  objectsKnown: number;

  missing: readonly MissingFact[];

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Oldest day on which a list behind the answer was declared complete.',
  })
  attestedOn: string | null;
}
