import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import type { LandscapeView } from '../core/access/view.js';
import type { DataQuality, Freshness } from '../core/landscape/data-quality.js';
import type { Element } from '../core/landscape/model.js';
import { MissingFactType } from '../registry/coverage.types.js';
import type { MissingFact } from '../registry/coverage.types.js';
import { AgencyType, ElementType } from '../registry/element.types.js';
import type { SeenElement } from '../registry/seen.types.js';
import { connectionOf } from '../runtime/connection.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import { DateScalar } from '../runtime/scalars.js';
import type { Measured } from './quality.reader.js';

export const FreshnessEnum = graphqlEnum<Freshness>(
  'Freshness',
  'How long ago somebody confirmed what is recorded. A change of one value confirms none of the others.',
  {
    FRESH: 'Confirmed not long ago. Mới xác nhận.',
    AGING: 'To be confirmed again soon. Sắp phải xác nhận lại.',
    STALE: 'Confirmed too long ago. Xác nhận đã quá cũ.',
    NEVER_CONFIRMED: 'Nobody has ever confirmed it. Chưa từng được xác nhận.',
  },
);

/** How much is known of an element, with the view it was read from. */
export interface SeenQuality {
  readonly landscape: LandscapeView;
  readonly element: Element;
  readonly quality: DataQuality;
}

@ObjectType('DataQuality', { description: 'How much of what should be known of an element is, and how fresh it is.' })
export class DataQualityType {}

@ObjectType('FreshnessCount', { description: 'How many elements are how fresh.' })
export class FreshnessCountType {
  @Field(() => FreshnessEnum, { description: 'How fresh.' })
  freshness: Freshness;

  @Field(() => Int, { description: 'Number of elements.' })
  count: number;
}

@ObjectType('DataQualitySum', { description: 'What the quality of several records comes to.' })
export class DataQualitySumType {
  @Field(() => AgencyType, {
    nullable: true,
    description: 'Their owner; null for what has no owner that is known, and for all together.',
  })
  agency: SeenElement | null;

  @Field(() => Int, { description: 'Number of records.' })
  elements: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Share of the weight of all that should be known that is, 0 to 1; null without records.',
  })
  completeness: number | null;

  @Field(() => Int, { description: 'Number of records whose owner nobody has told.' })
  withoutOwner: number;

  @Field(() => [FreshnessCountType], { description: 'How many are how fresh; every word is listed.' })
  freshness: readonly FreshnessCountType[];
}

@ObjectType('WantedFact', { description: 'A missing fact, and what it is worth to know it.' })
export class WantedFactType {
  @Field(() => MissingFactType, { description: 'The fact, the question, and whom to ask.' })
  fact: MissingFact;

  @Field(() => Float, { description: 'Its weight, once for the element and once for each that needs it.' })
  worth: number;

  @Field(() => Int, { description: 'Number of those alive that need the element directly.' })
  dependentCount: number;
}

@ObjectType('DataQualityPoint', { description: 'What was known at the end of a month.' })
export class DataQualityPointType {
  @Field(() => DateScalar, { description: 'The last day of the month.' })
  on: string;

  @Field(() => Int, { description: 'The revision of the landscape at its end.' })
  revision: number;

  @Field(() => Int, { description: 'Number of records there were.' })
  elements: number;

  @Field(() => Float, { nullable: true, description: 'How complete they were, 0 to 1; null without records.' })
  completeness: number | null;
}

@ObjectType('DataQualityElementConnection', { description: 'A page of elements by how much is known of them.' })
export class QualityElementConnectionType extends connectionOf<SeenElement>('DataQualityElement', () => ElementType) {}

/** A report on what an agency owns, or on everything, with the view it was read from. */
export interface SeenQualityReport {
  readonly landscape: LandscapeView;
  readonly agency: Element | undefined;
  readonly measured: readonly Measured[];
}

@ObjectType('DataQualityReport', { description: 'How complete and how fresh the records of agencies are.' })
export class DataQualityReportType {}
