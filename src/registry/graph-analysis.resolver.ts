import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { ageOrdering } from '../core/landscape/order.js';
import { orderedBy } from '../core/ordering.js';
import type { LandscapeView } from '../core/access/view.js';
import type { Centralities, GraphAnalysis, GraphAnalysisRequest } from '../core/landscape/analysis-request.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import { jobPayload } from '../runtime/job.resolver.js';
import { JobPayload, JobType } from '../runtime/job.types.js';
import type { Job } from '../runtime/jobs.js';
import { PageArgs, pageInOrder } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { GRAPH_ANALYSIS, GraphAnalysisJob, analysisOf } from './graph-analysis.job.js';
import {
  CentralElementConnectionType,
  CommunityConnectionType,
  CommunityMemberConnectionType,
  CommunityType,
  GraphAnalysisType,
  StartGraphAnalysisInput,
} from './graph-analysis.types.js';
import type { CentralElementType, CommunityAnswer, GraphAnalysisAnswer } from './graph-analysis.types.js';
import { LandscapeReader } from './landscape.reader.js';
import { seenAt } from './seen.types.js';
import { kindsToFollow } from './relation-kinds.js';
import type { SeenElement } from './seen.types.js';

/** Starts analyses of the graph. Who stands in the middle is who to hit first, so they are as sensitive as findings. */
@Resolver()
export class GraphAnalysisResolver {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly analyses: GraphAnalysisJob,
    private readonly access: FindingsAccess,
  ) {}

  @Mutation(() => JobPayload, {
    description:
      'Starts to work out communities or centralities. The job tells how far it is, and then has the result in graphAnalysis.',
  })
  @Asks('findings.read')
  startGraphAnalysis(
    @Args('input', { description: 'Which analysis, and of which landscape.' }) input: StartGraphAnalysisInput,
    @Context() context: RequestContext,
  ): Promise<JobPayload> {
    return jobPayload(this.start(input, context), context.language);
  }

  private async start(input: StartGraphAnalysisInput, context: RequestContext): Promise<Job | null> {
    this.access.require(context.actor);
    const { asOf = null } = input;
    const relationKinds = kindsToFollow(input.relationKinds) ?? null;
    const landscape = await this.landscapes.forRequest(context, { asOf });
    const { revision } = landscape;
    const analysis = { request: requestOf(input), relationKinds, revision, validOn: asOf?.validOn ?? null };
    return input.dryRun ? this.analyses.check(landscape) : this.analyses.start(landscape, analysis, context.actor);
  }
}

function requestOf({ kind, measure, limit, resolution, seed }: StartGraphAnalysisInput): GraphAnalysisRequest {
  return kind === 'COMMUNITIES' ? { kind, resolution, seed } : { kind, measure, limit, seed };
}

/** The result of an analysis, as a field of its job. */
@Resolver(() => JobType)
export class GraphAnalysisResultResolver {
  constructor(
    private readonly analyses: GraphAnalysisJob,
    private readonly access: FindingsAccess,
  ) {}

  @ResolveField(() => GraphAnalysisType, {
    nullable: true,
    description: 'The result of an analysis of the graph; null before the job succeeded, and of other kinds of job.',
  })
  async graphAnalysis(@Parent() job: Job, @Context() context: RequestContext): Promise<GraphAnalysisAnswer | null> {
    if (job.kind !== GRAPH_ANALYSIS) return null;
    this.access.require(context.actor);
    const analysis = analysisOf(job);
    return analysis === null ? null : answerOf(await this.analyses.landscapeOf(job, context), analysis);
  }
}

const BY_NUMBER = orderedBy<CommunityAnswer>(({ number }) => number);
const BY_RANK = orderedBy<CentralElementType>(({ rank }) => rank);

/** Lists of a result. */
@Resolver(() => GraphAnalysisType)
export class GraphAnalysisListResolver {
  @ResolveField(() => CommunityConnectionType, {
    description: 'The communities, the largest first; none of CENTRALITY.',
  })
  communities(@Parent() { communities }: GraphAnalysisAnswer, @Args() page: PageArgs): Page<CommunityAnswer> {
    return pageInOrder(communities, BY_NUMBER, page, () => ['communities']);
  }

  @ResolveField(() => CentralElementConnectionType, {
    description: 'The most central elements, as many as were asked for; none of COMMUNITIES.',
  })
  ranking(@Parent() { ranking }: GraphAnalysisAnswer, @Args() page: PageArgs): Page<CentralElementType> {
    return pageInOrder(ranking, BY_RANK, page, () => ['ranking']);
  }
}

/** Members of a community. */
@Resolver(() => CommunityType)
export class CommunityResolver {
  @ResolveField(() => CommunityMemberConnectionType, { description: 'Its members, by age.' })
  members(@Parent() { landscape, number, members }: CommunityAnswer, @Args() page: PageArgs): Page<SeenElement> {
    return pageInOrder(members, ageOrdering(landscape), page, () => ['community', number]);
  }
}

function answerOf(landscape: LandscapeView, analysis: GraphAnalysis): GraphAnalysisAnswer {
  const { kind, nodes, edges } = analysis;
  const isRanking = analysis.kind === 'CENTRALITY';
  return {
    kind,
    nodes,
    edges,
    revision: landscape.revision,
    measure: isRanking ? analysis.measure : null,
    modularity: isRanking ? null : analysis.modularity,
    sampled: isRanking ? analysis.sampled : null,
    communities: isRanking ? [] : analysis.communities.map((members, at) => communityOf(landscape, members, at + 1)),
    ranking: isRanking ? rankingOf(landscape, analysis.ranking) : [],
  };
}

// What was hidden since the job was done is left out: nobody is shown what he may no longer see.

function communityOf(landscape: LandscapeView, seqs: readonly number[], number: number): CommunityAnswer {
  const members = seqs.filter((seq) => landscape.elementAt(seq) !== undefined);
  return {
    landscape,
    number,
    size: members.length,
    get members() {
      return members.map((seq) => seenAt(landscape, seq));
    },
  };
}

function rankingOf(landscape: LandscapeView, ranking: Centralities['ranking']): CentralElementType[] {
  return ranking.flatMap(([seq, score], at) =>
    landscape.elementAt(seq) === undefined ? [] : [{ element: seenAt(landscape, seq), rank: at + 1, score }],
  );
}
