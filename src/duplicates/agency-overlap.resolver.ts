import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { Costs } from '../runtime/answer-cost.js';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import type { Element } from '../core/landscape/model.js';
import { NOBODY, ownerTable } from '../core/landscape/owner-table.js';
import { orderedBy } from '../core/ordering.js';
import { capabilitiesShared, likenessOf } from '../core/similarity/agency-likeness.js';
import type { AgencyLikeness } from '../core/similarity/agency-likeness.js';
import { CoverageType } from '../registry/coverage.types.js';
import type { Coverage } from '../registry/coverage.types.js';
import { LandscapeArgs } from '../registry/landscape-args.types.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { owningAgency } from '../registry/owning-agency.reader.js';
import { SeenElement, seenAt } from '../registry/seen.types.js';
import { PageArgs, pageInOrder } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import {
  AgencySimilarityConnectionType,
  CapabilityOverlapType,
  PortfolioSimilarityType,
  ServedByAgencyElementConnectionType,
  ServedByAgencyType,
  SharedByAgenciesConnectionType,
} from './agency-overlap.types.js';
import type {
  AgencySimilarityType,
  CapabilityOverlapAnswer,
  ServedByAgencyAnswer,
  SharedByAgenciesAnswer,
} from './agency-overlap.types.js';
import { DuplicatesReader } from './duplicates.reader.js';
import type { CatalogueCapabilityType } from './component-reading.types.js';
import type { PortfolioAnswer } from './portfolio-duplicates.types.js';
import { PortfolioReader } from './portfolio.reader.js';

/** What the question costs for each element, in looks at a record; the comparing itself is done between other work. */
const LOOKS = 20;
const FEWEST_AGENCIES = 2;
const MOST_AGENCIES = 10;
const DECLARED = 'inventoryDeclaredCompleteOn';

const BEST_FIRST = orderedBy<AgencySimilarityType>(
  ({ similarity }) => -similarity,
  ({ duplicatePairs }) => -duplicatePairs,
  ({ overlapPairs }) => -overlapPairs,
  ({ agency }) => agency.urn,
);
const MOST_SHARED = orderedBy<SharedByAgenciesAnswer>(
  ({ agencies }) => -agencies.length,
  ({ elements }) => -elements,
  ({ capability }) => capability.code,
);
const BY_URN = orderedBy<SeenElement>(({ urn }) => urn);

interface SimilarityAnswer extends PortfolioAnswer {
  readonly agency: SeenElement;
}

/** Which agencies have things like those of one. */
@Resolver(() => PortfolioSimilarityType)
export class AgencySimilarityResolver {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly portfolios: PortfolioReader,
    private readonly duplicates: DuplicatesReader,
  ) {}

  @Query(() => PortfolioSimilarityType, {
    description:
      'For each other agency, what it has like an agency: alike pairs, and capabilities both serve. It rests on `portfolioDuplicates`, which is begun or joined.',
  })
  @Asks('landscape.read')
  @Costs(50_000)
  async portfolioSimilarity(
    @Args('agency', { type: () => ID, description: 'urn of the agency.' }) urn: string,
    @Args() at: LandscapeArgs,
    @Context() context: RequestContext,
  ): Promise<SimilarityAnswer & { readonly declaredCompleteOn: string | null }> {
    const landscape = await this.landscapes.forWork(context, at, LOOKS);
    const agency = agencyOf(landscape, urn);
    const found = await this.portfolios.find(landscape, context, at);
    return { ...found, landscape, agency, declaredCompleteOn: declaredBy(agency) };
  }

  @ResolveField(() => AgencySimilarityConnectionType, {
    nullable: true,
    description: 'The agencies that have something in common with it, best first; null while it is worked out.',
  })
  agencies(
    @Parent() { landscape, portfolio, agency }: SimilarityAnswer,
    @Args() page: PageArgs,
  ): Page<AgencySimilarityType> | null {
    if (portfolio === undefined) return null;
    const likenesses = likenessOf(portfolio, landscape, agency.seq).map((each) => this.answer(landscape, each));
    return pageInOrder(likenesses, BEST_FIRST, page, () => ['portfolioSimilarity', agency.urn]);
  }

  @ResolveField(() => CoverageType, {
    nullable: true,
    description:
      'Among how many elements was compared, and which agencies have yet to declare their lists complete; null while it is worked out.',
  })
  coverage(@Parent() { landscape, portfolio }: SimilarityAnswer, @Context() context: RequestContext): Coverage | null {
    if (portfolio === undefined) return null;
    const { elements, tooLittle, cut } = portfolio;
    const sought = { objects: elements.length - tooLittle, isWhole: tooLittle + cut === 0 };
    return this.portfolios.coverage(landscape, context, sought);
  }

  private answer(landscape: LandscapeView, likeness: AgencyLikeness): AgencySimilarityType {
    const agency = seenAt(landscape, likeness.agency);
    return {
      agency,
      similarity: likeness.similarity,
      duplicatePairs: likeness.duplicates,
      overlapPairs: likeness.overlaps,
      sharedCapabilities: likeness.shared.map(({ capability, own, theirs }) => ({
        capability: known(this.duplicates.capability(capability)),
        own,
        theirs,
      })),
      declaredCompleteOn: declaredBy(agency),
    };
  }
}

/** What some agencies have in common, by capability. */
@Resolver(() => CapabilityOverlapType)
export class CapabilityOverlapResolver {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly portfolios: PortfolioReader,
    private readonly duplicates: DuplicatesReader,
  ) {}

  @Query(() => CapabilityOverlapType, {
    description: 'The capabilities that at least two of some agencies serve, with the elements of each.',
  })
  @Asks('landscape.read')
  @Costs(5_000)
  async capabilityOverlap(
    @Args('agencies', {
      type: () => [ID],
      description: `urns of ${FEWEST_AGENCIES} to ${MOST_AGENCIES} agencies, each once.`,
    })
    urns: string[],
    @Args() at: LandscapeArgs,
    @Context() context: RequestContext,
  ): Promise<CapabilityOverlapAnswer> {
    checkCount(new Set(urns).size);
    const landscape = await this.landscapes.forWork(context, at, LOOKS);
    const agencies = [...new Set(urns)].map((urn) => agencyOf(landscape, urn, ['agencies', String(urns.indexOf(urn))]));
    const served = await this.portfolios.served(landscape);
    const owners = new Set(agencies.map(({ seq }) => seq));
    const table = ownerTable(landscape);
    const own = served.elements.filter(({ seq }) => owners.has(table[seq] ?? NOBODY));
    const isWhole = own.every(({ capabilities }) => capabilities.size > 0);
    const coverage = this.portfolios.coverage(landscape, context, { owners, objects: own.length, isWhole });
    return { landscape, served, agencies, coverage };
  }

  @ResolveField(() => SharedByAgenciesConnectionType, {
    description: 'The capabilities, those of most agencies first.',
  })
  capabilities(
    @Parent() { landscape, served, agencies }: CapabilityOverlapAnswer,
    @Args() page: PageArgs,
  ): Page<SharedByAgenciesAnswer> {
    const shares = capabilitiesShared(
      served,
      landscape,
      agencies.map(({ seq }) => seq),
    );
    const answers = shares.map(({ capability, served: by }) => ({
      capability: known(this.duplicates.capability(capability)),
      elements: by.reduce((sum, { elements }) => sum + elements.length, 0),
      agencies: by.map(({ agency, elements }) => ({
        landscape,
        capability,
        agency: seenAt(landscape, agency),
        count: elements.length,
        seqs: elements,
      })),
    }));
    return pageInOrder(answers, MOST_SHARED, page, () => ['capabilityOverlap', agencies.map(({ urn }) => urn)]);
  }
}

/** The elements by which an agency serves a capability. */
@Resolver(() => ServedByAgencyType)
export class ServedByAgencyResolver {
  @ResolveField(() => ServedByAgencyElementConnectionType, { description: 'The elements, by urn.' })
  elements(
    @Parent() { landscape, capability, agency, seqs }: ServedByAgencyAnswer,
    @Args() page: PageArgs,
  ): Page<SeenElement> {
    const elements = seqs.map((seq) => seenAt(landscape, seq));
    return pageInOrder(elements, BY_URN, page, () => ['servedByAgency', capability, agency.urn]);
  }
}

function agencyOf(landscape: LandscapeView, urn: string, path?: readonly string[]): SeenElement {
  const agency = owningAgency(landscape, urn, path);
  // A urn that is given names an agency, or is refused.
  if (agency === undefined) throw new Error(`No agency was found for ${urn}.`);
  return new SeenElement(landscape, agency);
}

function declaredBy({ attributes }: Pick<Element, 'attributes'>): string | null {
  const declared = attributes[DECLARED];
  return typeof declared === 'string' ? declared : null;
}

function known(capability: CatalogueCapabilityType | undefined): CatalogueCapabilityType {
  if (capability === undefined) throw new Error('A capability was read that the catalogue does not have.');
  return capability;
}

function checkCount(count: number): void {
  if (count >= FEWEST_AGENCIES && count <= MOST_AGENCIES) return;
  const params = { field: 'agencies', value: count, minimum: FEWEST_AGENCIES, maximum: MOST_AGENCIES };
  throw RegistryError.of('VALUE_OUT_OF_BOUNDS', ['agencies'], params);
}
