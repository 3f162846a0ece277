import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { Confidence } from '../core/landscape/model.js';
import type { Verification } from '../core/policy/rule.js';
import { CoverageVerdictEnum, MissingFactType } from '../registry/coverage.types.js';
import type { CoverageVerdict, MissingFact } from '../registry/coverage.types.js';
import { LegislationType } from '../registry/element.types.js';
import type { SeenElement } from '../registry/seen.types.js';
import { ConfidenceEnum } from '../registry/vocabulary.types.js';
import { VerificationEnum } from './compliance.types.js';

@ObjectType('LevelCriterion', { description: 'A criterion by which law gives a security level, and that matches.' })
export class LevelCriterionType {
  @Field(() => String, { description: 'What is so, in the language of the request.' })
  text: string;

  @Field(() => Int, { description: 'The least level, 1 to 5, that it asks for.' })
  level: number;

  @Field(() => Int, {
    nullable: true,
    description: 'How high it may be, where a person judges; null where it is `level`.',
  })
  mayReach: number | null;

  @Field(() => LegislationType, { nullable: true, description: 'The document; null where it has no record here.' })
  instrument: SeenElement | null;

  @Field(() => String, { description: 'Article and clause, as cited.' })
  article: string;

  @Field(() => ConfidenceEnum, { description: 'How sure the citation is.' })
  confidence: Confidence;

  @Field(() => VerificationEnum, { description: 'Whether a person read the signed text.' })
  verification: Verification;
}

@ObjectType('SuggestedSecurityLevel', {
  description:
    'The security level (1-5) that the criteria of law ask for, as far as the recorded facts tell; advice only.',
})
export class SuggestedSecurityLevelType {
  @Field(() => Int, { nullable: true, description: 'At least this level; null where no criterion matches yet.' })
  minimum: number | null;

  @Field(() => CoverageVerdictEnum, {
    description: 'COMPLETE: nothing open could raise it. LOWER_BOUND: it may be higher. UNKNOWN: nothing matches yet.',
  })
  verdict: CoverageVerdict;

  @Field(() => [LevelCriterionType], { description: 'The criteria that match, the highest level first.' })
  because: readonly LevelCriterionType[];

  @Field(() => [MissingFactType], { description: 'Facts nobody has told that could raise it, and whom to ask.' })
  missing: readonly MissingFact[];
}
