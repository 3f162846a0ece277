import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import type { MatchBand } from '../core/similarity/match-band.js';
import type { BandQuality, QuarterQuality } from '../core/similarity/verdict-quality.js';
import { connectionOf } from '../runtime/connection.js';
import { MatchBandEnum } from './duplicates.types.js';

@ObjectType('DuplicateBandQuality', { description: 'How the pairs of one band were decided.' })
export class DuplicateBandQualityType implements Omit<BandQuality, 'band'> {
  @Field(() => MatchBandEnum, { description: 'The band that pairs had when they were decided.' })
  band: MatchBand;

  @Field(() => Int, { description: 'Pairs that had it.' })
  called: number;

  @Field(() => Int, {
    description:
      'Of these, those that people found to be so: CONFIRMED and MERGED for DUPLICATE, PARTIAL for OVERLAP, DISMISSED for ' +
      'RELATED and for DISTINCT.',
  })
  right: number;

  @Field(() => Int, { description: 'Pairs that people found to be so, whatever they were called.' })
  decided: number;

  @Field(() => Float, { nullable: true, description: 'right / called; null where none was called so.' })
  precision: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'right / decided; null where none was decided so. It knows only of pairs that became cases: what nobody was shown, ' +
      'nobody could miss.',
  })
  recall: number | null;
}

@ObjectType('DuplicateQualityQuarter', { description: 'What was decided of duplicates in one quarter of a year.' })
export class DuplicateQualityQuarterType implements Omit<QuarterQuality, 'bands'> {
  @Field(() => String, { description: 'Such as 2026-Q4.' })
  quarter: string;

  @Field(() => Int, { description: 'Cases whose decision is of this quarter.' })
  decided: number;

  @Field(() => [DuplicateBandQualityType], { description: 'One for each band.' })
  bands: readonly DuplicateBandQualityType[];
}

@ObjectType('DuplicateQualityQuarterConnection', { description: 'A page of quarters.' })
export class DuplicateQualityQuarterConnectionType extends connectionOf<QuarterQuality>(
  'DuplicateQualityQuarter',
  () => DuplicateQualityQuarterType,
) {}
