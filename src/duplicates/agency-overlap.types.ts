import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import type { LandscapeView } from '../core/access/view.js';
import type { ServedCapabilities } from '../core/similarity/portfolio.js';
import type { Coverage } from '../registry/coverage.types.js';
import { CoverageType } from '../registry/coverage.types.js';
import { AgencyType, ElementType } from '../registry/element.types.js';
import type { SeenElement } from '../registry/seen.types.js';
import { connectionOf } from '../runtime/connection.js';
import { DateScalar } from '../runtime/scalars.js';
import { CatalogueCapabilityType } from './component-reading.types.js';
import { PortfolioProgress } from './portfolio-duplicates.types.js';

@ObjectType('SharedCapability', { description: 'A capability that two agencies serve. Năng lực chung.' })
export class SharedCapabilityType {
  @Field(() => CatalogueCapabilityType, { description: 'The capability.' })
  capability: CatalogueCapabilityType;

  @Field(() => Int, { description: 'Elements by which the agency asked about serves it.' })
  own: number;

  @Field(() => Int, { description: 'Elements by which the other agency does.' })
  theirs: number;
}

@ObjectType('AgencySimilarity', {
  description: 'What another agency has in common with one. Mức độ giống nhau giữa hai cơ quan.',
})
export class AgencySimilarityType {
  @Field(() => AgencyType, { description: 'The other agency.' })
  agency: SeenElement;

  @Field(() => Float, {
    description:
      'Weighted Jaccard, 0 to 1: the rarity of the capabilities that both serve, over the rarity of those that either serves. The rarity of one is ln(1 + (N + 1) / (n + 0.5)), where n of the N public elements have it. 0 where either serves none that is known.',
  })
  similarity: number;

  @Field(() => Int, { description: 'Pairs of an element of each that serve the same need.' })
  duplicatePairs: number;

  @Field(() => Int, { description: 'Pairs of an element of each that have a part of the need in common.' })
  overlapPairs: number;

  @Field(() => [SharedCapabilityType], {
    description: 'The capabilities that both serve, those with most elements on both sides first.',
  })
  sharedCapabilities: readonly SharedCapabilityType[];

  @Field(() => DateScalar, {
    nullable: true,
    description:
      'When the other agency declared its list complete; null where it has not, so that it may have more in common.',
  })
  declaredCompleteOn: string | null;
}

@ObjectType('AgencySimilarityConnection', {
  description: 'A page of agencies: the highest similarity first, then most duplicates and overlaps, then by urn.',
})
export class AgencySimilarityConnectionType extends connectionOf<AgencySimilarityType>(
  'AgencySimilarity',
  () => AgencySimilarityType,
) {}

@ObjectType('PortfolioSimilarity', {
  description:
    'Which agencies have things like those of one agency. An agency has what it owns itself; what its units own is theirs. Projects count like what is there; what has ended does not. Cơ quan có danh mục giống nhau.',
})
export class PortfolioSimilarityType extends PortfolioProgress {
  @Field(() => AgencyType, { description: 'The agency asked about.' })
  agency: SeenElement;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'When it declared its own list complete; null where it has not.',
  })
  declaredCompleteOn: string | null;
}

@ObjectType('ServedByAgencyElementConnection', { description: 'A page of elements, by urn.' })
export class ServedByAgencyElementConnectionType extends connectionOf<SeenElement>(
  'ServedByAgencyElement',
  () => ElementType,
) {}

/** By what an agency serves a capability, as its fields are answered from it. */
export interface ServedByAgencyAnswer {
  readonly landscape: LandscapeView;
  readonly capability: string;
  readonly agency: SeenElement;
  readonly count: number;
  /** By urn. */
  readonly seqs: readonly number[];
}

@ObjectType('ServedByAgency', {
  description: 'By what an agency serves a capability. Đối tượng của một cơ quan theo năng lực.',
})
export class ServedByAgencyType {
  @Field(() => AgencyType, { description: 'The agency.' })
  agency: SeenElement;

  @Field(() => Int, { description: 'Number of its elements, one at least.' })
  count: number;
}

/** A capability that several agencies serve, as its fields are answered from it. */
export interface SharedByAgenciesAnswer {
  readonly capability: CatalogueCapabilityType;
  /** Number of elements of all of them. */
  readonly elements: number;
  readonly agencies: readonly ServedByAgencyAnswer[];
}

@ObjectType('SharedByAgencies', {
  description: 'A capability that several agencies serve. Năng lực nhiều cơ quan cùng có.',
})
export class SharedByAgenciesType {
  @Field(() => CatalogueCapabilityType, { description: 'The capability.' })
  capability: CatalogueCapabilityType;

  @Field(() => [ServedByAgencyType], {
    description: 'The agencies that serve it, in the order in which they were asked about.',
  })
  agencies: readonly ServedByAgencyAnswer[];
}

@ObjectType('SharedByAgenciesConnection', {
  description: 'A page of capabilities: those of most of the agencies first, then of most elements, then by code.',
})
export class SharedByAgenciesConnectionType extends connectionOf<SharedByAgenciesAnswer>(
  'SharedByAgencies',
  () => SharedByAgenciesType,
) {}

/** What some agencies have in common as its fields are answered from it. */
export interface CapabilityOverlapAnswer {
  readonly landscape: LandscapeView;
  readonly served: ServedCapabilities;
  readonly agencies: readonly SeenElement[];
  readonly coverage: Coverage;
}

@ObjectType('CapabilityOverlap', {
  description:
    'The capabilities that at least two of some agencies serve, and by what. An agency has what it owns itself; what its units own is theirs. Projects count like what is there; what has ended does not. Năng lực trùng nhau giữa các cơ quan.',
})
export class CapabilityOverlapType {
  @Field(() => [AgencyType], { description: 'The agencies asked about.' })
  agencies: readonly SeenElement[];

  @Field(() => CoverageType, {
    description:
      'Among how many of their elements was looked, and which of them have yet to declare their lists complete.',
  })
  coverage: Coverage;
}
