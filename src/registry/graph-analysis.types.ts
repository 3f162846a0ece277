import { Field, Float, InputType, Int, ObjectType } from '@nestjs/graphql';
import { IsIn, IsInt, IsNumber, IsOptional, Max, Min } from 'class-validator';
import type { LandscapeView } from '../core/access/view.js';
import type { CentralityMeasure } from '../core/landscape/analysis-request.js';
import { CENTRALITY_MEASURES } from '../core/landscape/analysis-request.js';
import type { RelationKind } from '../core/landscape/model.js';
import { connectionOf } from '../runtime/connection.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import { ElementType } from './element.types.js';
import { AsOfInput } from './landscape-args.types.js';
import type { SeenElement } from './seen.types.js';
import { KINDS_TO_FOLLOW } from './relation-kinds.js';
import { RelationKindEnum } from './vocabulary.types.js';

export type GraphAnalysisKind = 'COMMUNITIES' | 'CENTRALITY';
const GraphAnalysisKindEnum = graphqlEnum<GraphAnalysisKind>('GraphAnalysisKind', 'What is looked for in the graph.', {
  COMMUNITIES: 'What hangs together more closely than with others (Louvain). Các cụm gắn kết chặt.',
  CENTRALITY: 'What stands in the middle, by one of several measures. Mức độ trung tâm.',
});

const CentralityMeasureEnum = graphqlEnum<CentralityMeasure>(
  'CentralityMeasure',
  'A way to say how central a thing is.',
  {
    DEGREE: 'Share of all others that it needs or is needed by. Tỷ lệ đối tượng có quan hệ cần trực tiếp.',
    PAGERANK: 'How much of all need ends there, each passing on its own. Mức độ được cần, tính dồn.',
    BETWEENNESS: 'Share of the shortest ways between two others that lead over it. Tỷ lệ đường ngắn nhất đi qua.',
  },
);

/** Most elements of a ranking. */
const RANKING_MAXIMUM = 1_000;
const SEED_MAXIMUM = 2 ** 31 - 1;

@InputType({ description: 'What is to be worked out over the graph of needs of a whole landscape.' })
export class StartGraphAnalysisInput {
  @Field(() => GraphAnalysisKindEnum, { description: 'What is looked for.' })
  kind: GraphAnalysisKind;

  @Field(() => CentralityMeasureEnum, { defaultValue: 'BETWEENNESS', description: 'For CENTRALITY: the measure.' })
  @IsIn(CENTRALITY_MEASURES)
  measure: CentralityMeasure;

  @Field(() => Int, {
    defaultValue: 100,
    description: `For CENTRALITY: how many of the most central are kept, ${RANKING_MAXIMUM} at most.`,
  })
  @IsInt()
  @Min(1)
  @Max(RANKING_MAXIMUM)
  limit: number;

  @Field(() => Float, {
    defaultValue: 1,
    description: 'For COMMUNITIES: larger gives more and smaller ones; between 0.1 and 10.',
  })
  @IsNumber()
  @Min(0.1)
  @Max(10)
  resolution: number;

  @Field(() => Int, { defaultValue: 1, description: 'Where chance is used, the same seed gives the same answer.' })
  @IsInt()
  @Min(0)
  @Max(SEED_MAXIMUM)
  seed: number;

  @Field(() => [RelationKindEnum], { nullable: true, description: KINDS_TO_FOLLOW })
  @IsOptional()
  relationKinds?: RelationKind[] | null;

  @Field(() => AsOfInput, { nullable: true, description: 'The past, or another day; the newest and today by default.' })
  @IsOptional()
  asOf?: AsOfInput | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Whether it is only checked, and no job is started.' })
  dryRun: boolean;
}

@ObjectType('CommunityMemberConnection', { description: 'A page of members of a community, by age.' })
export class CommunityMemberConnectionType extends connectionOf<SeenElement>('CommunityMember', () => ElementType) {}

/** A community as its fields are answered from it. */
export interface CommunityAnswer {
  readonly landscape: LandscapeView;
  readonly number: number;
  readonly size: number;
  readonly members: readonly SeenElement[];
}

@ObjectType('Community', { description: 'Elements that hang together more closely than with others. Cụm gắn kết.' })
export class CommunityType {
  @Field(() => Int, { description: 'Its place: 1 is the largest.' })
  number: number;

  @Field(() => Int, { description: 'Number of its members.' })
  size: number;
}

@ObjectType('CommunityConnection', { description: 'A page of communities, the largest first.' })
export class CommunityConnectionType extends connectionOf<CommunityAnswer>('Community', () => CommunityType) {}

@ObjectType('CentralElement', { description: 'An element with how central it is. Mức độ trung tâm của đối tượng.' })
export class CentralElementType {
  @Field(() => ElementType, { description: 'The element.' })
  element: SeenElement;

  @Field(() => Int, { description: 'Its place: 1 is the most central.' })
  rank: number;

  @Field(() => Float, { description: 'From 0 to 1, by the measure.' })
  score: number;
}

@ObjectType('CentralElementConnection', { description: 'A page of elements, the most central first.' })
export class CentralElementConnectionType extends connectionOf<CentralElementType>(
  'CentralElement',
  () => CentralElementType,
) {}

/** The result of an analysis as its fields are answered from it. */
export interface GraphAnalysisAnswer {
  readonly kind: GraphAnalysisKind;
  readonly measure: CentralityMeasure | null;
  readonly revision: number;
  readonly nodes: number;
  readonly edges: number;
  readonly modularity: number | null;
  readonly sampled: number | null;
  readonly communities: readonly CommunityAnswer[];
  readonly ranking: readonly CentralElementType[];
}

@ObjectType('GraphAnalysis', {
  description: 'What was worked out over the graph of needs, of one revision and as one class of actor sees it.',
})
export class GraphAnalysisType {
  @Field(() => GraphAnalysisKindEnum, { description: 'What was looked for.' })
  kind: GraphAnalysisKind;

  @Field(() => CentralityMeasureEnum, { nullable: true, description: 'The measure; null unless of CENTRALITY.' })
  measure: CentralityMeasure | null;

  @Field(() => Int, { description: 'Revision of the landscape it was worked out from.' })
  revision: number;

  @Field(() => Int, { description: 'Number of elements it was worked out over: all that run and have not ended.' })
  nodes: number;

  @Field(() => Int, { description: 'Number of pairs of which one needs the other.' })
  edges: number;

  @Field(() => Float, {
    nullable: true,
    description: 'How much more need lies inside the communities than chance would put there, at most 1.',
  })
  modularity: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'From how many elements ways were counted, scaled up to all; null where from all, or none are counted.',
  })
  sampled: number | null;
}
