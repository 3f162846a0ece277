import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import type { WorkType } from '../core/landscape/proposal.js';
import type { MatchBand } from '../core/similarity/match-band.js';
import type { MatchSignalName } from '../core/similarity/match-signal.js';
import type { OtherFact } from '../core/similarity/what-would-change.js';
import { WorkTypeEnum } from '../portfolio/proposal.types.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import { CatalogueCapabilityType } from './component-reading.types.js';
import { MatchBandEnum, MatchSignalNameEnum } from './duplicates.types.js';

export const ChangingFactKindEnum = graphqlEnum<OtherFact['kind']>(
  'ChangingFactKind',
  'A fact by which a candidate would have another band.',
  {
    WORK_TYPE: 'Another kind of work is declared. Khai loại công việc khác.',
    CAPABILITY: 'The function is declared to be of a capability. Khai năng lực của chức năng.',
    LAYER: 'The function is declared to lie in a layer. Khai lớp của khung kiến trúc.',
    DESCRIPTION_OF_OBJECTIVE: 'The function is described by the objective. Mô tả chức năng bằng mục tiêu của dự án.',
    DESCRIPTION_OF_MATCH: 'The function is described as what the match does. Mô tả chức năng đúng như đối tượng đã có.',
    MATCH_RETIRED: 'The match has been withdrawn. Đối tượng đã có ngừng sử dụng.',
    MATCH_IN_USE: 'The match is in use after all. Đối tượng đã có vẫn đang dùng.',
    MATCH_TAKEN_OVER: 'An agency that is there took over the match. Có cơ quan tiếp nhận đối tượng đã có.',
    OWNED_BY_PROPOSER: 'The proposing agency owns the match. Cơ quan đề xuất là chủ quản.',
  },
);

/** What it would be, and in words. */
@ObjectType({ isAbstract: true })
abstract class OtherBandType {
  @Field(() => MatchBandEnum, { description: 'The band that it would have.' })
  band: MatchBand;

  @Field(() => Boolean, { description: 'Whether the proposal would carry on what is there.' })
  isContinuation: boolean;

  @Field(() => String, { description: 'The same as a sentence, in Vietnamese.' })
  sentenceVi: string;

  @Field(() => String, { description: 'The same as a sentence, in English.' })
  sentenceEn: string;
}

@ObjectType('NextBand', { description: 'The band that more or less likeness alone would give.' })
export class NextBandType extends OtherBandType {
  @Field(() => Float, { description: 'How far it is, in log-odds; at least 0.' })
  distance: number;
}

@ObjectType('DecisiveSignal', { description: 'A signal without which the band would be another.' })
export class DecisiveSignalType extends OtherBandType {
  @Field(() => MatchSignalNameEnum, { description: 'The signal.' })
  name: MatchSignalName;
}

@ObjectType('ChangingFact', { description: 'A fact by which the band would be another, and the band.' })
export class ChangingFactType extends OtherBandType {
  @Field(() => ChangingFactKindEnum, { description: 'What it is about.' })
  kind: OtherFact['kind'];

  @Field(() => [WorkTypeEnum], { description: 'Of WORK_TYPE: any of these; else empty.' })
  workTypes: readonly WorkType[];

  @Field(() => CatalogueCapabilityType, { nullable: true, description: 'Of CAPABILITY: which.' })
  capability: CatalogueCapabilityType | null;

  @Field(() => Int, { nullable: true, description: 'Of LAYER: which.' })
  layer: number | null;
}

@ObjectType('WhatWouldChange', {
  description:
    'What would give a candidate another band. Each was worked out by the judge of the candidate itself; what would change nothing is not told.',
})
export class WhatWouldChangeType {
  @Field(() => NextBandType, { nullable: true, description: 'More alike; null where no likeness would change it.' })
  up: NextBandType | null;

  @Field(() => NextBandType, { nullable: true, description: 'Less alike; null where there is no band below.' })
  down: NextBandType | null;

  @Field(() => [DecisiveSignalType], { description: 'Signals without each of which the band would be another.' })
  signals: readonly DecisiveSignalType[];

  @Field(() => [ChangingFactType], {
    description: 'Facts, declared or found out, by each of which it would be another.',
  })
  facts: readonly ChangingFactType[];
}
