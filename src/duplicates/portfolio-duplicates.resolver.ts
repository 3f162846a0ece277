import { Args, ArgsType, Context, Field, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { Costs } from '../runtime/answer-cost.js';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import { ownerOf, phaseOf } from '../core/landscape/landscape.js';
import { ownerTable } from '../core/landscape/owner-table.js';
import { orderedBy } from '../core/ordering.js';
import type { Ordering } from '../core/ordering.js';
import type { Cluster } from '../core/similarity/clusters.js';
import type { Portfolio } from '../core/similarity/portfolio.js';
import { CoverageType } from '../registry/coverage.types.js';
import type { Coverage } from '../registry/coverage.types.js';
import { LandscapeArgs } from '../registry/landscape-args.types.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { owningAgency } from '../registry/owning-agency.reader.js';
import { SeenElement, seenAt } from '../registry/seen.types.js';
import { PageArgs, mapPage, pageInOrder } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import type { CatalogueCapabilityType } from './component-reading.types.js';
import { DuplicatesReader } from './duplicates.reader.js';
import {
  DuplicateClusterConnectionType,
  DuplicateClusterMemberConnectionType,
  DuplicateClusterType,
  PortfolioDuplicatesType,
} from './portfolio-duplicates.types.js';
import type {
  DuplicateClusterAnswer,
  DuplicateClusterMemberType,
  PortfolioAnswer,
} from './portfolio-duplicates.types.js';
import { PortfolioReader } from './portfolio.reader.js';

/** What the question costs for each element, in looks at a record; the comparing itself is done between other work. */
const LOOKS = 20;

/** Where a caller sees the codes of capabilities. */
const CODES_ARE_TOLD = 'duplicateClusters.nodes.capability.code, reading.capabilities.capability.code';

@ArgsType()
class ClusterArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Only of the capability with this code.' })
  capability?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only with something that this agency itself owns.' })
  agency?: string | null;
}

const BY_URN = orderedBy<SeenElement>(({ urn }) => urn);

/** What is alike among all that somebody sees. */
@Resolver(() => PortfolioDuplicatesType)
export class PortfolioDuplicatesResolver {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly portfolios: PortfolioReader,
    private readonly duplicates: DuplicatesReader,
  ) {}

  @Query(() => PortfolioDuplicatesType, {
    description:
      'What among all that is registered is alike. The first question begins to work it out, later ones join it; nothing is stored.',
  })
  @Asks('landscape.read')
  @Costs(50_000)
  async portfolioDuplicates(
    @Args() at: LandscapeArgs,
    @Context() context: RequestContext,
  ): Promise<Omit<PortfolioDuplicatesType, 'duplicateClusters'> & PortfolioAnswer> {
    const landscape = await this.landscapes.forWork(context, at, LOOKS);
    const found = await this.portfolios.find(landscape, context, at);
    const { portfolio } = found;
    return {
      ...found,
      landscape,
      revision: landscape.revision,
      modelVersion: this.duplicates.model.version,
      duplicateCount: portfolio?.pairs.duplicates ?? null,
      overlapCount: portfolio?.pairs.overlaps ?? null,
      outsideCount: portfolio?.outside ?? null,
      tooLittleCount: portfolio?.tooLittle ?? null,
      cutCount: portfolio?.cut ?? null,
    };
  }

  @ResolveField(() => DuplicateClusterConnectionType, {
    nullable: true,
    description: 'The clusters; null while they are worked out.',
  })
  duplicateClusters(
    @Parent() { landscape, portfolio }: PortfolioAnswer,
    @Args() { capability = null, agency = null, ...page }: ClusterArgs,
  ): Page<DuplicateClusterAnswer> | null {
    const owner = owningAgency(landscape, agency);
    if (capability !== null && this.duplicates.capability(capability) === undefined) {
      const params = { field: 'capability', value: capability, allowed: CODES_ARE_TOLD };
      throw RegistryError.of('VALUE_NOT_ALLOWED', ['capability'], params);
    }
    if (portfolio === undefined) return null;
    const owners = ownerTable(landscape);
    const clusters = portfolio.clusters.filter(
      (each) =>
        (capability === null || each.capability === capability) &&
        (owner === undefined || seqsOf(portfolio, each).some((seq) => owners[seq] === owner.seq)),
    );
    const cut = pageInOrder(clusters, largestFirst(portfolio), page, () => ['duplicateClusters', capability, agency]);
    return mapPage(cut, (each) =>
      clusterAnswer(landscape, portfolio, each, (code) => this.duplicates.capability(code)),
    );
  }

  @ResolveField(() => CoverageType, {
    nullable: true,
    description:
      'Among how many elements was compared, and which agencies have yet to declare their lists complete; null while it is worked out.',
  })
  coverage(@Parent() { landscape, portfolio }: PortfolioAnswer, @Context() context: RequestContext): Coverage | null {
    if (portfolio === undefined) return null;
    const { elements, tooLittle, cut } = portfolio;
    return this.portfolios.coverage(landscape, context, {
      objects: elements.length - tooLittle,
      isWhole: tooLittle + cut === 0,
    });
  }
}

/** The members of a cluster. */
@Resolver(() => DuplicateClusterType)
export class DuplicateClusterResolver {
  @ResolveField(() => DuplicateClusterMemberConnectionType, { description: 'Its members, by urn.' })
  members(
    @Parent() { landscape, id, seqs }: DuplicateClusterAnswer,
    @Args() page: PageArgs,
  ): Page<DuplicateClusterMemberType> {
    const elements = seqs.map((seq) => seenAt(landscape, seq));
    return mapPage(
      pageInOrder(elements, BY_URN, page, () => ['duplicateCluster', id]),
      (element) => {
        const owner = ownerOf(landscape, element.seq);
        return {
          element,
          owner: owner === undefined ? null : new SeenElement(landscape, owner),
          phase: phaseOf(landscape, element),
        };
      },
    );
  }
}

/** The order that the clusters of a portfolio are in. */
function largestFirst(portfolio: Portfolio): Ordering<Cluster> {
  return orderedBy<Cluster>(
    ({ members }) => -members.length,
    ({ strongest }) => -strongest.score,
    ({ capability }) => capability,
    (cluster) => idOf(portfolio, cluster),
  );
}

function idOf({ elements }: Portfolio, { capability, members }: Cluster): string {
  return `${capability ?? ''}:${elements[members[0] ?? -1]?.urn ?? ''}`;
}

function seqsOf({ elements }: Portfolio, { members }: Pick<Cluster, 'members'>): number[] {
  return members.flatMap((member) => elements[member]?.seq ?? []);
}

function clusterAnswer(
  landscape: LandscapeView,
  portfolio: Portfolio,
  cluster: Cluster,
  capabilityOf: (code: string) => CatalogueCapabilityType | undefined,
): DuplicateClusterAnswer {
  const { capability, members, strongest } = cluster;
  const seqs = seqsOf(portfolio, cluster);
  const ends = seqsOf(portfolio, { members: [strongest.left, strongest.right] }).map((seq) => seenAt(landscape, seq));
  const [left, right] = ends.toSorted((one, other) => (one.urn < other.urn ? -1 : 1));
  if (left === undefined || right === undefined) throw new Error('A pair names an element that is not there.');
  return {
    landscape,
    id: idOf(portfolio, cluster),
    capability: capability === null ? null : (capabilityOf(capability) ?? null),
    size: members.length,
    seqs,
    strongest: { left, right, score: strongest.score, band: strongest.band },
  };
}
