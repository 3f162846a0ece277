import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import type { LandscapeView } from '../core/access/view.js';
import type { LifecyclePhase } from '../core/landscape/model.js';
import type { MatchBand } from '../core/similarity/match-band.js';
import type { Portfolio } from '../core/similarity/portfolio.js';
import { AgencyType, ElementType } from '../registry/element.types.js';
import type { SeenElement } from '../registry/seen.types.js';
import { LifecyclePhaseEnum } from '../registry/vocabulary.types.js';
import { connectionOf } from '../runtime/connection.js';
import { JobStateEnum } from '../runtime/job.types.js';
import type { JobState } from '../runtime/jobs.js';
import { CatalogueCapabilityType } from './component-reading.types.js';
import { MatchBandEnum } from './duplicates.types.js';

@ObjectType('DuplicateClusterMember', { description: 'An element of a cluster. Đối tượng trong cụm.' })
export class DuplicateClusterMemberType {
  @Field(() => ElementType, { description: 'The element.' })
  element: SeenElement;

  @Field(() => AgencyType, { nullable: true, description: 'The agency that owns it; null where nobody has told.' })
  owner: SeenElement | null;

  @Field(() => LifecyclePhaseEnum, { description: 'Where it stands in its life. What has ended is in no cluster.' })
  phase: LifecyclePhase;
}

@ObjectType('DuplicateClusterMemberConnection', { description: 'A page of members of a cluster, by urn.' })
export class DuplicateClusterMemberConnectionType extends connectionOf<DuplicateClusterMemberType>(
  'DuplicateClusterMember',
  () => DuplicateClusterMemberType,
) {}

@ObjectType('AlikeElements', {
  description: 'Two elements that serve the same need, or a part of it. Cặp đối tượng giống nhau.',
})
export class AlikeElementsType {
  @Field(() => ElementType, { description: 'The one with the smaller urn.' })
  left: SeenElement;

  @Field(() => ElementType, { description: 'The other.' })
  right: SeenElement;

  @Field(() => Float, { description: 'How likely it is that a reviewer calls them a duplicate or an overlap, 0 to 1.' })
  score: number;

  @Field(() => MatchBandEnum, { description: 'DUPLICATE or OVERLAP.' })
  band: MatchBand;
}

/** A cluster as its fields are answered from it. */
export interface DuplicateClusterAnswer {
  readonly landscape: LandscapeView;
  readonly id: string;
  readonly capability: CatalogueCapabilityType | null;
  readonly size: number;
  /** By urn. */
  readonly seqs: readonly number[];
  readonly strongest: AlikeElementsType;
}

@ObjectType('DuplicateCluster', {
  description:
    'Elements that hang together by pairs that are alike, all within one capability: through a chain of different capabilities all of a city would. An element of two capabilities may stand in two clusters. Cụm trùng lặp.',
})
export class DuplicateClusterType {
  @Field(() => ID, { description: 'Capability and smallest urn.' })
  id: string;

  @Field(() => CatalogueCapabilityType, {
    nullable: true,
    description:
      'The capability that all of them serve; null for elements that name none that is known, which are joined by duplicates alone.',
  })
  capability: CatalogueCapabilityType | null;

  @Field(() => Int, { description: 'Number of its members, two at least.' })
  size: number;

  @Field(() => AlikeElementsType, { description: 'The pair of the highest score.' })
  strongest: AlikeElementsType;
}

@ObjectType('DuplicateClusterConnection', {
  description: 'A page of clusters: the largest first, then the highest score, then by capability and smallest urn.',
})
export class DuplicateClusterConnectionType extends connectionOf<DuplicateClusterAnswer>(
  'DuplicateCluster',
  () => DuplicateClusterType,
) {}

/** How far it is worked out which elements of a view are alike. */
export interface PortfolioState {
  readonly state: 'RUNNING' | 'SUCCEEDED';
  /** 0 to 1. */
  readonly progress: number;
  /** Undefined while it is RUNNING. */
  readonly portfolio: Portfolio | undefined;
}

/** An answer about a whole view as its fields are answered from it. */
export interface PortfolioAnswer extends PortfolioState {
  readonly landscape: LandscapeView;
}

/** How far the comparing of a whole view is, for a type to extend. */
@ObjectType({ isAbstract: true })
export abstract class PortfolioProgress {
  @Field(() => JobStateEnum, {
    description:
      'RUNNING while it is being worked out: ask again. SUCCEEDED when the result is there. An answer waits some seconds for it.',
  })
  state: JobState;

  @Field(() => Float, { description: 'Share that is worked out, from 0 to 1.' })
  progress: number;
}

@ObjectType('PortfolioDuplicates', {
  description:
    'What among all that is registered is alike: each element compared with the few hundred that share most with it. It is worked out once for a revision and for all who see the same. Left out are elements that have ended, pairs of different kinds of work, and those of which one delivers, follows or is a part of the other. Trùng lặp trong toàn bộ danh mục.',
})
export class PortfolioDuplicatesType extends PortfolioProgress {
  @Field(() => Int, { description: 'Revision of the landscape it is of.' })
  revision: number;

  @Field(() => String, { description: 'Version of the model that scored.' })
  modelVersion: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Number of pairs that serve the same need; null, as all that follows, while it is worked out.',
  })
  duplicateCount: number | null;

  @Field(() => Int, { nullable: true, description: 'Number of pairs that have a part of the need in common.' })
  overlapCount: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many of these pairs are in no cluster: the two have no capability in common, or name none and are no duplicates.',
  })
  outsideCount: number | null;

  @Field(() => Int, { nullable: true, description: 'Elements whose texts say too little to be compared.' })
  tooLittleCount: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Elements that may be alike to more than the few hundred they were compared with.',
  })
  cutCount: number | null;
}
